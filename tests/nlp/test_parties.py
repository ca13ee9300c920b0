"""Parties without a name, parties that do it together, and what one party does alone."""

from __future__ import annotations

import pytest

from tests.nlp.told import claims


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # nobody in it has a name, but somebody does something to somebody
        (
            "id", "Dua negara anggota mencegat kapal itu.",
            "<Dua negara anggota> --intercept--> <kapal itu> | asserted",
        ),
        ("en", "Critics accused the company.", "<Critics> --accuse--> <the company> | asserted"),
        (
            "es", "Los manifestantes atacaron la comisaría.",
            "<Los manifestantes> --attack--> <la comisaría> | asserted",
        ),
        # what one does alone
        ("en", "The prime minister of Peru resigned.", "PER --resign--> | asserted"),
        # they do it together
        ("id", "India dan Bangladesh sepakat.", "IND --agree--> BGD | asserted"),
        ("en", "Ghana and Togo agreed.", "GHA --agree--> TGO | asserted"),
        # the subject of the main clause took part
        ("en", "After talks with Peru, Chile left.", "CHL --negotiate-with--> PER | asserted"),
        # whose it is and what it is done to
        ("en", "Eritrea's refusal of Sudan's offer angered Chad.", "ERI --reject--> SDN | asserted"),
        ("en", "Norway is likely to attack Iceland.", "NOR --attack--> ISL | possible"),
        # who is asked, also without a name or as the second object
        ("en", "Oman asked the militia to release the hostages.", "OMN --ask--> <the militia> | asserted"),
        ("en", "Turkey wants Sweden to leave NATO.", "TUR --ask--> SWE | asserted"),
        ("en", "China urged Washington to help Tuvalu.", "CHN --urge--> USA | asserted"),
        # one phrase names both
        ("en", "Israeli and Lebanese officials met on Monday.", "ISR --meet--> LBN | asserted"),
        (
            "id", "Pasukan Djibouti dan Prancis menggelar latihan gabungan.",
            "DJI-armed-forces --joint-exercise--> FRA | asserted",
        ),
        # a protest is against whom the protesters say it is
        (
            "id", "Warga Bagdad turun ke jalan menentang kebijakan Israel.",
            "<Warga Bagdad> --protest-against--> ISR | asserted",
        ),
        # a deed without an object was suffered, where writing does not show it
        ("ar", "قُتل ثلاثة جنود أتراك في هجوم.", "? --kill--> <ثلاثة جنود أتراك> | asserted"),
        # listed names are no small words, whatever they end in, and no verbs
        ("zh", "联合国安理会谴责朝鲜。", "un-security-council --criticise--> PRK | asserted"),
        ("zh", "以军空袭黎巴嫩。", "ISR --attack--> LBN | asserted"),
        # people whom the cue names
        (
            "en", "Oman asked the militia to release the hostages.",
            "<the militia> --release--> <the hostages> | requested by OMN",
        ),
        # people without a name, and not the place named behind them
        (
            "id", "Polisi mengusir nelayan dari Natuna.",
            "<Polisi> --deport--> <nelayan dari Natuna> | asserted",
        ),
        # the bare noun behind a passive verb did it
        ("id", "Aktivis itu ditahan tentara Israel.", "idf --arrest--> <Aktivis itu> | asserted"),
        ("id", "Rusia dituduh Latvia menyerang Estonia.", "LVA --accuse--> RUS | asserted"),
        # a relative clause is about the name right before it
        (
            "en", "Iran sent a letter to Vladimir Putin, who was visiting China.",
            "vladimir-putin --visit--> CHN | asserted",
        ),
    ],
)  # fmt: skip
def test_who_takes_part_is_told(lang: str, text: str, expected: str) -> None:
    """The claim is among those of the sentence, with the words of parties that are not known."""
    assert expected in claims(text, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("id", "Senjata terlarang itu hilang."),
        ("en", "Banned weapons disappeared."),
        ("en", "The accused man slept."),
    ],
)
def test_a_quality_is_no_event(lang: str, text: str) -> None:
    """Participles beside a noun, with nobody who does it, are not told."""
    assert claims(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("id", "Rusia mengklaim Ukraina menyerang Belarus.", "UKR --attack--> BLR | alleged by RUS"),
        ("en", "Russia claimed that Ukraine had attacked Belarus.", "UKR --attack--> BLR | alleged by RUS"),
        ("en", '"Ukraine attacked Belarus," Russia claimed.', "UKR --attack--> BLR | alleged by RUS"),
        ("en", "Russia said that Ukraine had attacked Belarus.", "UKR --attack--> BLR | asserted by RUS"),
        ("id", "Jepang akan mulai menyerang Laos.", "JPN --attack--> LAO | planned"),
        ("en", "Japan will begin to attack Laos.", "JPN --attack--> LAO | planned"),
        ("es", "Japón no volvió a atacar a Laos.", "JPN --attack--> LAO | negated"),
        ("en", "Japan sent no troops to Laos.", "JPN --deploy-forces--> LAO | negated"),
        ("es", "Japón no atacó nunca ningún puerto.", "JPN --attack--> <ningún puerto> | negated"),
        ("en", "Japan denied an attack on Laos.", "? --attack--> LAO | denied by JPN"),
        ("id", "Jepang urung mengunjungi Laos.", "JPN --visit--> LAO | negated"),
        ("id", "Jepang diperkirakan menyerang Laos.", "JPN --attack--> LAO | possible"),
    ],
)
def test_what_is_only_claimed_is_alleged(lang: str, text: str, expected: str) -> None:
    """A word that leaves open whether it is so keeps it from being told as a fact."""
    assert expected in claims(text, lang)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # who decided or did it acts
        (
            "id",
            "Resolusi Dewan Keamanan PBB mengecam Korea Utara.",
            ["un-security-council --criticise--> PRK | asserted"],
        ),
        ("id", "Tindakan Kenya mengancam Somalia.", ["KEN --threaten--> SOM | asserted"]),
        (
            "en",
            "The decision of the European Union condemns Chad.",
            ["european-union --criticise--> TCD | asserted"],
        ),
        ("fr", "La résolution de l'ONU condamne la Libye.", ["united-nations --criticise--> LBY | asserted"]),
        # a thing does nothing
        ("en", "The plan threatens Chad.", []),
        ("id", "Situasi itu mengancam Chad.", []),
        # what was done to somebody is not that one's doing
        ("en", "The arrest of Navalny threatens Chad.", ["? --arrest--> alexei-navalny | asserted"]),
        # weapons kill, people and bodies act
        ("en", "A car bomb killed 13 soldiers.", ["<A car bomb> --kill--> <13 soldiers> | asserted"]),
        ("en", "The administration criticised Chad.", ["<The administration> --criticise--> TCD | asserted"]),
    ],
)
def test_deeds_stand_for_their_owners_and_things_do_nothing(
    lang: str, text: str, expected: list[str]
) -> None:
    """Exactly these claims are told; a decision kills nobody."""
    assert claims(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "text", "doer"),
    [
        ("en", "Ghana condemned the killing of Navalny.", None),
        ("en", "Ghana condemned Navalny's arrest.", None),
        ("id", "Ghana mengecam pembunuhan Navalny.", None),
        ("de", "Ghana verurteilte die Tötung von Navalny.", None),
        ("es", "España condenó la detención de Navalni por Rusia.", "RUS"),
        ("id", "Ghana mengecam penangkapan Navalny oleh Chad.", "TCD"),
        ("en", "Ghana condemned Chad's attack on Libya.", "TCD"),
    ],
)
def test_who_suffered_a_deed_is_not_blamed_for_it(lang: str, text: str, doer: str | None) -> None:
    """To condemn the killing of somebody is to criticise the killer, if he is named, else nobody."""
    criticised = [claim for claim in claims(text, lang) if "--criticise-->" in claim]
    assert len(criticised) == 1
    told = criticised[0].split("--criticise--> ")[1]
    assert told == (f"{doer} | asserted" if doer else "| asserted")


def test_who_seems_to_have_done_it_does_not_say_so() -> None:
    """The subject of "seem" is no speaker."""
    assert claims("Ghana seems to have attacked Chad.", "en") == ["GHA --attack--> TCD | alleged"]
