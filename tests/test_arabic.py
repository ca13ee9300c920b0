"""Arabic: the verb stands first, small words lean on the next one, and vowels are not written.

Each sentence is given with all claims of one relation that it makes, so that a denial, a rumour or a
plan cannot also be drawn as a fact.
"""

from __future__ import annotations

import re

import pytest

from kg.linking.titles import bodies, titles
from kg.nlp.codebook import EVENT_TYPES, load_codebook
from kg.nlp.morphology import keys
from tests.nlp.told import claims, read, words, wrong

TOLD = [
    # who does what to whom
    ("زار الرئيس الفرنسي إيمانويل ماكرون القاهرة.", "emmanuel-macron --visit--> EGY | asserted"),
    ("التقى إيمانويل ماكرون شي جين بينغ في بكين.", "emmanuel-macron --meet--> xi-jinping | asserted"),
    ("رفعت ماليزيا العقوبات عن ميانمار.", "MYS --lift-sanctions--> MMR | asserted"),
    ("طردت بوليفيا سفير إسبانيا.", "BOL --expel-diplomats--> ESP | asserted"),
    ("نشرت بولندا قوات في ليتوانيا.", "POL --deploy-forces--> LTU | asserted"),
    ("قصف الجيش السوداني تشاد.", "SDN-armed-forces --bomb--> TCD | asserted"),
    ("هاجمت ليبيا تشاد.", "LBY --attack--> TCD | asserted"),
    wrong(
        "قطعت مالي علاقاتها مع أوكرانيا.",
        "MLI --cut-ties--> UKR | asserted",
        because="the parser takes Mali for the word for financial",
    ),
    ("أشادت الصين بباكستان.", "CHN --praise--> PAK | asserted"),
    ("رفضت إسرائيل طلب فرنسا.", "ISR --reject--> FRA | asserted"),
    ("هددت كوريا الشمالية اليابان.", "PRK --threaten--> JPN | asserted"),
    ("سلمت بلجيكا دبابات إلى أوكرانيا.", "BEL --supply-weapons--> UKR | asserted"),
    ("أرسلت تشيلي أدوية إلى هايتي.", "CHL --give-humanitarian-aid--> HTI | asserted"),
    ("انسحبت القوات الفرنسية من النيجر.", "FRA-armed-forces --withdraw-troops--> NER | asserted"),
    ("أعلنت إسبانيا دعم المغرب.", "ESP --support--> MAR | asserted"),
    ("اتهمت أوكرانيا روسيا بقصف بولندا.", "UKR --accuse--> RUS | asserted"),
    (
        "أجرى وزير الخارجية الروسي سيرغي لافروف محادثات مع نظيره الصيني وانغ يي.",
        "sergei-lavrov --negotiate-with--> wang-yi | asserted",
    ),
    # a noun behind a coordinated verb that tells somebody something is whom it tells
    (
        "نددت قطر بالهجوم الإسرائيلي على سوريا، وطالبت إسرائيل بالانسحاب.",
        "QAT --demand--> ISR | asserted",
    ),
    ("نددت قطر بالهجوم الإسرائيلي على سوريا، وطالبت إسرائيل بالانسحاب.", "QAT --criticise--> ISR | asserted"),
    # without vowels a passive looks like an active, but has no object
    ("اعتقلت الشرطة المصرية زعيم المعارضة.", "EGY-police --arrest--> <زعيم المعارضة> | asserted"),
    # not so
    ("لم تهاجم صربيا كوسوفو.", "SRB --attack--> XKX | negated"),
    ("لن تهاجم صربيا كوسوفو.", "SRB --attack--> XKX | negated"),
    ("لا تدعم الهند روسيا.", "IND --support--> RUS | negated"),
    ("نفت إيران أن تكون قد هاجمت إسرائيل.", "IRN --attack--> ISR | denied by IRN"),
    # said, alleged, rumoured
    ("قالت إيران إن إسرائيل هاجمت سوريا.", "ISR --attack--> SYR | asserted by IRN"),
    ("زعمت إيران أن إسرائيل هاجمت سوريا.", "ISR --attack--> SYR | alleged by IRN"),
    ("بحسب شائعات، هاجمت إسرائيل إيران.", "ISR --attack--> IRN | alleged"),
    # planned, possible
    ("سيزور إيمانويل ماكرون اليابان الأسبوع المقبل.", "emmanuel-macron --visit--> JPN | planned"),
    ("سوف ترسل ألمانيا قوات إلى ليتوانيا.", "DEU --deploy-forces--> LTU | planned"),
    ("تعتزم ألمانيا تزويد أوكرانيا بالدبابات.", "DEU --supply-weapons--> UKR | planned"),
    ("قد تهاجم روسيا بولندا.", "RUS --attack--> POL | possible"),
    ("هل هاجمت إيران إسرائيل؟", "IRN --attack--> ISR | possible"),
    wrong(
        "من المقرر أن يزور ماكرون اليابان.",
        "emmanuel-macron --visit--> JPN | planned",
        because="the parser takes the subject for the object",
    ),
    (
        "موسكو - نفت روسيا يوم الثلاثاء أن تكون قد هاجمت بولندا، واتهمت أوكرانيا بنشر شائعات.",
        "RUS --attack--> POL | denied by RUS",
    ),
    wrong(
        "نفت إيران تزويد روسيا بطائرات مسيرة.",
        "IRN --supply-weapons--> RUS | denied by IRN",
        because="what is supplied hangs on the verb of denial",
    ),
]

UNTOLD = [
    # what is denied, wished, asked or only supposed is no event, whatever else is found
    ("نفت إيران تزويد روسيا بطائرات مسيرة.", "supply-weapons"),
    ("دعت اليابان الصين إلى مهاجمة كوريا الشمالية.", "attack"),
    ("اتهمت أوكرانيا روسيا بقصف بولندا.", "bomb"),
    ("يعتزم ماكرون زيارة اليابان.", "visit"),
    ("إذا هاجمت إيران إسرائيل فسترد واشنطن.", "attack"),
    ("يجب على روسيا أن تنسحب من أوكرانيا.", "withdraw-troops"),
    ("حثت فرنسا إسرائيل على الانسحاب من لبنان.", "withdraw-troops"),
    ("تعتزم ألمانيا تزويد أوكرانيا بالدبابات.", "supply-weapons"),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_told(text: str, expected: str) -> None:
    """The claim is found with its parties, status and speaker, and the relation is told only once."""
    found = re.search(r"--(.+?)-->", expected)
    assert found
    assert claims(text, "ar", found[1]) == [expected]


@pytest.mark.parametrize(("text", "relation"), UNTOLD)
def test_no_fact_from_what_is_not_said_to_be_one(text: str, relation: str) -> None:
    """Denial, demand, accusation, condition and plan never become an asserted claim."""
    assert not [line for line in claims(text, "ar", relation) if "| asserted" in line]


ARTICLE = (
    "أعلنت وزارة الدفاع البولندية يوم الثلاثاء أن بولندا نشرت قوات في ليتوانيا. "
    "ونددت روسيا بالخطوة. وقالت موسكو إن بولندا تهدد بيلاروسيا.\n\n"
    "ولم تهاجم روسيا بولندا، وسترسل فرنسا قوات إلى ليتوانيا الشهر المقبل."
)


def test_an_article() -> None:
    """An article is told sentence by sentence, each claim with its own status and speaker."""
    told = claims(ARTICLE, "ar")
    assert "RUS --attack--> POL | negated" in told
    assert [line for line in told if line.startswith("FRA --deploy-forces-->") and line.endswith("planned")]
    assert not [line for line in told if "attack" in line and "asserted" in line]
    for claim in read(ARTICLE, "ar").claims:
        quote = claim.evidence
        assert ARTICLE[quote.start : quote.end] == quote.quote


def test_small_words_are_cut_from_the_next_one() -> None:
    """What leans on a word is a word of its own, unless the word merely begins like it."""
    assert words("وسترسل رومانيا للمشاركة بقوات", "ar") == [
        "و",
        "س",
        "ترسل",
        "رومانيا",
        "لل",
        "مشاركة",
        "ب",
        "قوات",
    ]
    assert words("وزير بغداد وصل", "ar") == ["وزير", "بغداد", "وصل"]
    assert words("قُتل جندي", "ar") == ["قُتل", "جندي"]  # vowel signs do not end a word


@pytest.mark.parametrize(
    ("said", "date", "precision"),
    [
        ("في 3 مايو 2022", "2022-05-03", "day"),
        ("في 12 آذار", "2023-03-12", "day"),
        ("في عام 2014", "2014", "year"),
        ("يوم الثلاثاء", "2023-05-16", "day"),
        ("الأسبوع الماضي", "2023-05-08", "week"),
        ("أمس", "2023-05-16", "day"),
    ],
)
def test_dates(said: str, date: str, precision: str) -> None:
    """A date is read as Arabic writes it, with either set of months."""
    (claim,) = (c for c in read(f"قصفت تركيا سوريا {said}.", "ar").claims if c.relation == "bomb")
    assert (claim.date, claim.date_precision) == (date, precision)


def test_cues_cover_the_codebook() -> None:
    """All sixteen event types and most relations can be told in Arabic."""
    told = [relation for relation in load_codebook().relations.values() if relation.cues.get("ar")]
    assert {relation.event_type for relation in told} >= EVENT_TYPES
    assert len(told) >= 110


@pytest.mark.parametrize(
    ("form", "word"),
    [("ترسل", "أرسل"), ("يزور", "زار"), ("اتهمت", "اتهم"), ("درّبت", "درب"), ("نافيا", "نفى")],
)
def test_forms_meet_their_word(form: str, word: str) -> None:
    """The imperfect, persons and participles are forms of their verb, with or without vowel signs."""
    assert word in keys(form, "ar")


def test_titles_and_bodies_are_those_of_every_language() -> None:
    """Arabic titles and bodies are translated to the words that roles in the actor list use."""
    assert titles("ar")["وزير الخارجية"] == "foreign minister"
    assert bodies("ar")["الجيش"] == "army"
