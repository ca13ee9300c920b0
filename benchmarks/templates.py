"""The sentences that synthetic articles are made of, in English, Indonesian and Spanish."""

from __future__ import annotations

from dataclasses import dataclass

#: Relation → label, event type, CAMEO code, as in ``ontologies/relations.ttl``.
RELATIONS = {
    "visit": ("visits", "CONSULT", "042"),
    "meet": ("meets", "CONSULT", "040"),
    "negotiate-with": ("holds talks with", "CONSULT", "046"),
    "support": ("supports", "SUPPORT", "051"),
    "give-aid": ("gives aid to", "AID", "070"),
    "supply-weapons": ("supplies weapons to", "AID", "072"),
    "criticise": ("criticises", "ACCUSE", "111"),
    "accuse": ("accuses", "ACCUSE", "112"),
    "threaten": ("threatens", "THREATEN", "130"),
    "impose-sanctions": ("imposes sanctions on", "SANCTION", "163"),
    "attack": ("attacks", "ASSAULT", "190"),
}


@dataclass(frozen=True)
class Language:
    """Templates of a language.  In a frame ``{past}`` and ``{base}`` are forms of the verb, ``<…>`` is the
    cue, ``(…)`` the content of a quotation; in a verb ``[…]`` is the trigger."""

    frames: dict[str, str]
    verbs: dict[str, tuple[str, str]]
    where: str
    days: tuple[str, str]
    months: tuple[str, str]
    years: str
    yesterday: str
    last_month: str
    context: str
    relay: str


LANGUAGES = {
    "en": Language(
        frames={
            "stated": "{actor} {past} {recipient}{where}{when}.",
            "said": "{speaker} <said> that ({actor} {past} {recipient}{where}{when}).",
            "denied": "{speaker} <denied> that {actor} {past} {recipient}{when}.",
            "self-denied": "{actor} <denied> that it {past} {recipient}{when}.",
            "negated": "{actor} did <not> {base} {recipient}{when}.",
            "alleged": "{actor} <allegedly> {past} {recipient}{where}{when}.",
            "planned": "{actor} <plans> to {base} {recipient}{where}.",
            "requested": "{speaker} <asked> {actor} to {base} {recipient}.",
            "possible": "{actor} <may> {base} {recipient}{where}.",
        },
        verbs={
            "visit": ("[visited]", "[visit]"),
            "meet": ("[met]", "[meet]"),
            "negotiate-with": ("[negotiated] with", "[negotiate] with"),
            "support": ("[supported]", "[support]"),
            "give-aid": ("[helped]", "[help]"),
            "supply-weapons": ("[armed]", "[arm]"),
            "criticise": ("[criticised]", "[criticise]"),
            "accuse": ("[accused]", "[accuse]"),
            "threaten": ("[threatened]", "[threaten]"),
            "impose-sanctions": ("[sanctioned]", "[sanction]"),
            "attack": ("[attacked]", "[attack]"),
        },
        where=" in {place}",
        days=("d MMMM y", " on {}"),
        months=("MMMM y", " in {}"),
        years=" in {}",
        yesterday=" yesterday",
        last_month=" last month",
        context="In {place}, {other} followed the news closely.",
        relay="The report was published by {}.",
    ),
    "id": Language(
        frames={
            "stated": "{actor} {past} {recipient}{where}{when}.",
            "said": "{speaker} <mengatakan> bahwa ({actor} {past} {recipient}{where}{when}).",
            "denied": "{speaker} <membantah> bahwa {actor} {past} {recipient}{when}.",
            "self-denied": "{actor} <membantah> {past} {recipient}{when}.",
            "negated": "{actor} <tidak> {base} {recipient}{when}.",
            "alleged": "{actor} <diduga> {past} {recipient}{where}{when}.",
            "planned": "{actor} <berencana> {base} {recipient}{where}.",
            "requested": "{speaker} <meminta> {actor} {base} {recipient}.",
            "possible": "{actor} <mungkin> {base} {recipient}{where}.",
        },
        verbs={
            "visit": ("[mengunjungi]",) * 2,
            "meet": ("[bertemu] dengan",) * 2,
            "negotiate-with": ("[berunding] dengan",) * 2,
            "support": ("[mendukung]",) * 2,
            "give-aid": ("[membantu]",) * 2,
            "supply-weapons": ("[memasok] senjata kepada",) * 2,
            "criticise": ("[mengkritik]",) * 2,
            "accuse": ("[menuduh]",) * 2,
            "threaten": ("[mengancam]",) * 2,
            "impose-sanctions": ("[menjatuhkan] sanksi kepada",) * 2,
            "attack": ("[menyerang]",) * 2,
        },
        where=" di {place}",
        days=("d MMMM y", " pada {}"),
        months=("MMMM y", " pada {}"),
        years=" pada tahun {}",
        yesterday=" kemarin",
        last_month=" bulan lalu",
        context="Di {place}, {other} mengikuti perkembangan itu.",
        relay="Dilansir dari {}.",
    ),
    "es": Language(
        frames={
            "stated": "{actor} {past} {recipient}{where}{when}.",
            "said": "{speaker} <dijo> que ({actor} {past} {recipient}{where}{when}).",
            "denied": "{speaker} <negó> la noticia de que {actor} {past} {recipient}{when}.",
            "self-denied": "{actor} <negó> {base} {recipient}{when}.",
            "negated": "{actor} <no> {past} {recipient}{when}.",
            "alleged": "{actor} <presuntamente> {past} {recipient}{where}{when}.",
            "planned": "{actor} <planea> {base} {recipient}{where}.",
            "requested": "{speaker} <pidió> a {actor} {base} {recipient}.",
            "possible": "{actor} <podría> {base} {recipient}{where}.",
        },
        verbs={
            "visit": ("[visitó] a", "[visitar] a"),
            "meet": ("se [reunió] con", "[reunirse] con"),
            "negotiate-with": ("[negoció] con", "[negociar] con"),
            "support": ("[apoyó] a", "[apoyar] a"),
            "give-aid": ("[ayudó] a", "[ayudar] a"),
            "supply-weapons": ("[armó] a", "[armar] a"),
            "criticise": ("[criticó] a", "[criticar] a"),
            "accuse": ("[acusó] a", "[acusar] a"),
            "threaten": ("[amenazó] a", "[amenazar] a"),
            "impose-sanctions": ("[sancionó] a", "[sancionar] a"),
            "attack": ("[atacó] a", "[atacar] a"),
        },
        where=" en {place}",
        days=("d 'de' MMMM 'de' y", " el {}"),
        months=("MMMM 'de' y", " en {}"),
        years=" en {}",
        yesterday=" ayer",
        last_month=" el mes pasado",
        context="En {place}, {other} siguió las noticias de cerca.",
        relay="Según informó {}.",
    ),
}
