"""How the names of people bend in Russian and Ukrainian: by their endings, sex and country.

pymorphy3 knows few foreign names, and bends particles; it is asked for the sex of first names only.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

import pymorphy3

Row = dict[str, str]
INFLECTED = ("ru", "uk")
CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words within the names of people that are the same in all cases.
PARTICLES = _words(
    """аль эль ель уль валь ас аш аз ан ад ар ат ес эс ибн ібн бен бин бін абд абдель абдул абу абуль арап
    фон ван вон дер ден тер цу де ди ді да ду дель дос дус душ ла ле лё лос и й далай джей"""
)
#: Of these words what begins the full name is a first name: Бен Уоллес, but Итамар Бен-Гвир.
FIRST_NAMES = frozenset({"Бен", "Ван"})
#: Where the family name is often first and only the last part bends: Си Цзиньпина, Ким Чен Ына.
FAMILY_FIRST = _words("CHN HKG MAC TWN KOR PRK VNM SGP KHM LAO MMR")
#: Where surnames in -ов, -ин, -ова, -ина, -ко are Slavic or made so: Алиевым, but Дарвином.
SLAVIC = _words("RUS UKR BLR SUN MDA KAZ KGZ UZB TKM TJK AZE BGR SRB MNE MKD BIH HRV SVN CZE SVK POL")
#: Women whose first name pymorphy3 does not know, or not as a woman's.
WOMEN = _words(
    """alice-weidel ana-brnabic annalena-baerbock annegret-kramp-karrenbauer asma-al-assad avril-haines
    aung-san-suu-kyi benazir-bhutto brittney-griner carrie-lam chandrika-kumaratunga choe-son-hui
    dalia-grybauskaite delcy-rodriguez droupadi-murmu evika-silina ewa-kopacz fatou-bensouda
    federica-mogherini florence-parly giorgia-meloni gloria-macapagal-arroyo helle-thorning-schmidt
    hsiao-bi-khim hua-chunying jacinda-ardern jeanine-anez jen-psaki jill-biden julie-bishop kaja-kallas
    kamala-harris kang-kyung-wha keiko-fujimori kemi-badenoch kersti-kaljulaid khaleda-zia kim-ju-ae
    kim-yo-jong kolinda-grabar-kitarovic kristi-noem mahsa-amini malala-yousafzai mamata-banerjee mao-ning
    marine-le-pen marise-payne megawati-sukarnoputri melanie-joly mette-frederiksen michelle-bachelet
    michelle-obama naledi-pandor netumbo-nandi-ndaitwah ngozi-okonjo-iweala nicola-sturgeon nikki-haley
    nirmala-sitharaman paetongtarn-shinawatra pam-bondi park-geun-hye penny-wong puan-maharani
    retno-marsudi ri-sol-ju rosario-murillo salome-zourabichvili sanae-takaichi sanna-marin sheikh-hasina
    sophie-wilmes sri-mulyani sushma-swaraj tarja-halonen tsai-ing-wen tulsi-gabbard tzipi-livni
    vjosa-osmani wendy-sherman xiomara-castro yingluck-shinawatra yoko-kamikawa yvette-cooper
    zuzana-caputova"""
)
#: Men whose first name pymorphy3 takes for a woman's.
MEN = _words(
    """adel-al-jubeir adil-abdul-mahdi amadou-toumani-toure amrullah-saleh anura-kumara-dissanayake
    bertie-ahern bidzina-ivanishvili evan-gershkovich gabi-ashkenazi karol-nawrocki laurent-fabius
    laurent-gbagbo mari-alkatiri nana-akufo-addo vivian-balakrishnan"""
)
#: How the words in names of people bend: which (``m`` of a man, ``f`` of a woman, ``g`` first names, ``s``
#: surnames, ``S`` of SLAVIC countries, ``w`` none of a name with the family name first), what is cut off
#: their end, and what comes there in CASES[1:]; ``|`` is between two that are both in use.  The first that
#: fits counts.  A word that none fits, or one without endings, is the same in all cases.
ENDINGS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "ru": (
        ("", "(?<=ий)н|(?<=^Никол)я", ""),
        ("mg", "(?<=^Пав)ел", "ла лу ла лом ле"),
        ("mg", "(?<=^П)[её]тр", "етра етру етра етром етре"),
        ("mg", "(?<=^Л)ев", "ьва ьву ьва ьвом ьве"),
        ("msS", "(?<=[иы]х)", ""),
        ("ms", "ый", "ого ому ого ым ом"),
        ("ms", "(?<=[кгх])ий", "ого ому ого им ом"),
        ("ms", "(?<=ш)ий", "его ему его им ем"),
        ("fsS", "ая", "ой ой ую ой ой"),
        ("fsS", "(?<=[оеё]в)а|(?<=[иы]н)а", "ой ой у ой ой"),
        ("msS", "(?<=[оеё]в)|(?<=[иы]н)", "а у а ым е"),
        ("ms", "(?<=[оеё]в)|(?<=[иы]н)", "а у а ом|ым е"),
        ("m", "(?<=и)й", "я ю я ем и"),
        ("m", "[йь]", "я ю я ем е"),
        ("m", "(?<=[жшчщц])", "а у а ем е"),
        ("m", "(?<=[бвгдзклмнпрстфх])", "а у а ом е"),
        ("w", "(?<=и)я", "и и ю ей и"),
        ("w", "я", "и е ю ей е"),
        ("w", "(?<=[гкх])а", "и е у ой е"),
        ("w", "(?<=[жшчщ])а", "и е у ей е"),
        ("w", "(?<=ц)а", "ы е у ей е"),
        ("w", "(?<=[бвдзлмнпрстф])а", "ы е у ой е"),
    ),
    "uk": (
        ("", "(?<=[иі]й)н|(?<=^Нікол)я", ""),
        ("mg", "(?<=^Дмитр)о|(?<=^Кирил)о|(?<=^Михайл)о|(?<=^Павл)о|(?<=^Петр)о", "а у|ові а ом і|ові"),
        ("mg", "(?<=^Ігор)", "я ю|еві я ем і|еві"),
        ("msS", "(?<=[иі]х)", ""),
        ("ms", "ий", "ого ому ого им ому|ім"),
        ("fsS", "(?<=[оеє]в)а|(?<=[іїь]н)а|(?<=ьк)а", "ої ій у ою ій"),
        ("msS", "(?<=к)о", "а у|ові а ом у|ові"),
        ("msS", "(?<=[оеєї]в)|(?<=[иії]н)", "а у|ові а им і|ові"),
        ("ms", "(?<=[оеєї]в)|(?<=[иії]н)", "а у|ові а ом|им і|ові"),
        ("m", "й", "я ю|єві я єм ї|єві"),
        ("m", "ь", "я ю|еві я ем і|еві"),
        ("m", "(?<=[жшчщ])", "а у|еві а ем і|еві"),
        ("m", "(?<=ц)", "а у|ові а ом|ем і|ові"),
        ("m", "(?<=[гґкх])", "а у|ові а ом у|ові"),
        ("m", "(?<=[бвдзлмнпрстф])", "а у|ові а ом і|ові"),
        ("w", "(?<=[аеєиіїйоуьюя'])я", "ї ї ю єю ї"),
        ("w", "я", "і і ю ею і"),
        ("w", "(?<=[жшчщ])а", "і і у ею і"),
        ("w", "(?<=ц)а", "и і у ею|ою і"),
        ("w", "ка", "ки ці ку кою ці"),
        ("w", "га", "ги зі гу гою зі"),
        ("w", "ґа", "ґи дзі ґу ґою дзі"),
        ("w", "ха", "хи сі ху хою сі"),
        ("w", "(?<=[бвдзлмнпрстф])а", "и і у ою і"),
    ),
}

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whose name it is, as far as its endings ask; ``first`` is the first word of the full name."""

    woman: bool
    country: str
    first: str


@functools.cache
def analyzer(lang: str) -> pymorphy3.MorphAnalyzer:
    """The analyser of a language, loaded once."""
    return pymorphy3.MorphAnalyzer(lang=lang)


def bearer(row: Row) -> Bearer:
    """The full name is the first one in the first language with cases that has any."""
    full = next((name for lang in INFLECTED if (name := row.get(f"names_{lang}", "").partition("|")[0])), "")
    first = next((word for word in full.split() if word[0].isupper()), "")
    key = row["id"].partition("/")[2]
    return Bearer(key in WOMEN or (key not in MEN and _is_womans(first)), row["country"], first)


def _is_womans(first: str) -> bool:
    """Whether pymorphy3 knows a first name, and only as a woman's."""
    known = analyzer(INFLECTED[0])
    parses = known.parse(first) if known.word_is_known(first) else []
    sexes = {p.tag.gender for p in parses if "Name" in p.tag and {"sing", "nomn"} <= set(p.tag.grammemes)}
    return sexes == {"femn"}


def person_cases(name: str, lang: str, who: Bearer) -> list[str]:
    """The name of a person in all cases, without the first."""
    words = re.split(r"([ \-]+)", name)
    forms = [_forms(words, place, lang, who) for place in range(len(words))]
    found: list[str] = []
    for case in zip(*forms, strict=True):
        first, last = [choice[0] for choice in case], [choice[-1] for choice in case]
        # Сергію Лаврову, Сергієві Лаврову, Сергієві Лаврові
        found += ["".join(first), "".join([*last[:-1], first[-1]]), "".join(last)]
    return [form for form in dict.fromkeys(found) if form != name]


def _forms(words: list[str], place: int, lang: str, who: Bearer) -> list[list[str]]:
    """What may stand in each case for the word at a place of the name.

    The first part of a double name may stay (Франк-Вальтера), but not before "-младший".
    """
    word = words[place]
    bent = _bent(word, lang, _traits(words, place, who)) if _bends(word, who) else []
    if not bent:
        return [[word]] * (len(CASES) - 1)
    double = words[place + 1 : place + 2] == ["-"] and not words[-1].endswith("ший")
    return [[word, form.partition("|")[0]] if double else form.split("|") for form in bent]


def _bends(word: str, who: Bearer) -> bool:
    """Whether it is a word with cases: no initial, number or particle."""
    if not word[:1].isalpha() or word.isupper():
        return False
    return word.lower() not in PARTICLES or word in FIRST_NAMES & {who.first}


def _traits(words: list[str], place: int, who: Bearer) -> str | None:
    """What a word of a name is, in the letters of ENDINGS; None if it stays.

    A family name that is first stays (Ким, Сяо).  A king or a pope (Карл III, папа Франциск) has none.
    """
    sex, last = "f" if who.woman else "m", place == len(words) - 1
    if _family_first(words, who):
        return sex if last else None
    titled = any(_is_title(word) or re.fullmatch("[IVX]+", word) for word in words)
    surname = _is_title(words[place]) or (last and not titled)
    return sex + "w" + ("s" if surname else "g") + ("S" if who.country in SLAVIC else "")


def _is_title(word: str) -> bool:
    return word.islower() and word not in PARTICLES and not word.endswith("ший")


def _family_first(words: list[str], who: Bearer) -> bool:
    """Whether a name is like Ким Чен Ын: its first word is a syllable, and no first name of the West."""
    syllables = re.findall("[аеёиоуыэюяєії]+", words[0].lower())
    return who.country in FAMILY_FIRST and len(words) > 1 and len(syllables) <= 1 and words[0] != "Джон"


def _bent(word: str, lang: str, traits: str | None) -> list[str]:
    """The word in CASES[1:], each with ``|`` between what is in use; nothing if it stays."""
    if traits is None:
        return []
    for which, end, endings in ENDINGS[lang]:
        match = re.search(f"(?:{end})$", word)
        if match is not None and set(which) <= set(traits):
            stem = word[: match.start()]
            return ["|".join(stem + ending for ending in each.split("|")) for each in endings.split()]
    return []
