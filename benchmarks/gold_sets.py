"""The development sets: which gold, which scorer, what is printed, how the product's rows are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from common import Listings, Row
from convert import el_id, events, factuality, geo, quotes, re3d

Predict = Callable[[Row, Listings], Row]


@dataclass(frozen=True, kw_only=True)
class GoldSet:
    """One set of gold.

    ``levels`` are those of the scorer that the table shows, the main one first; ``items`` is the
    field of a gold row with what is to be found.  ``predict`` turns the product's rows into a
    prediction; ``variants`` are other readings of the same rows, measured on the main level.
    ``same`` and ``show`` are for ``--details``: whether a prediction is a gold item, and an item
    in words; ``looked_at`` is the reading whose mistakes are listed there, if not ``predict``.
    ``gold_variants`` are other readings of the gold, measured on the main level with ``predict``;
    ``actors`` is a file that is imported (``kg actors``) before.  Of ``every`` so many texts one is taken.
    """

    name: str
    scorer: str
    measures: str
    levels: tuple[str, ...]
    items: str
    article: Callable[[Row], Row]
    predict: Predict
    same: Callable[[ModuleType, Row, Row], bool]
    show: Callable[[Row, Row], str]
    variants: tuple[tuple[str, Predict], ...] = ()
    looked_at: Predict | None = None
    gold_variants: tuple[tuple[str, Callable[[Row], Row]], ...] = ()
    actors: Path | None = None
    every: int = 1


def _events(name: str, measures: str) -> GoldSet:
    return GoldSet(
        name=name,
        scorer="score_events",
        measures=measures,
        levels=("type_actors", "type"),
        items="events",
        article=events.article,
        predict=events.predict,
        same=events.same,
        show=events.show,
    )


SETS = (
    GoldSet(
        name="quotes_dev",
        scorer="score_quotes",
        measures="who says what",
        levels=("attribution", "content"),
        items="attributions",
        article=quotes.article,
        predict=quotes.predict,
        same=quotes.same,
        show=quotes.show,
        variants=(("and claims", quotes.predict_with_claims),),
    ),
    GoldSet(
        name="factuality_dev",
        scorer="score_factuality",
        measures="did it happen",
        levels=("macro", "CT+", "U", "CT-"),
        items="targets",
        article=factuality.article,
        predict=factuality.predict,
        same=factuality.same,
        show=factuality.show,
        variants=(
            ("if silent CT+", factuality.predict_by_default),
            ("rules on all words", factuality.predict_by_rules),
        ),
        looked_at=factuality.predict_by_rules,
        every=3,
    ),
    _events("events_en_gigaword_dev", "events, English"),
    GoldSet(
        name="re3d_dev",
        scorer="score_re3d",
        measures="related pairs",
        levels=("rel_pair", "ent_overlap_type"),
        items="relations",
        article=re3d.article,
        predict=re3d.predict,
        same=re3d.same,
        show=re3d.show,
    ),
    GoldSet(
        name="geo_trnews",
        scorer="score_geo",
        measures="places on the map",
        levels=("resolved", "detect"),
        items="toponyms",
        article=geo.article,
        predict=geo.predict,
        same=geo.same,
        show=geo.show,
    ),
    _events("events_es_dev", "events, Spanish"),
    GoldSet(
        name="el_id_dev",
        scorer="score_el",
        measures="who is meant",
        levels=("link", "detect"),
        items="mentions",
        article=el_id.article,
        predict=el_id.predict,
        same=el_id.same,
        show=el_id.show,
        gold_variants=(("in the list", el_id.within_list),),
        actors=el_id.IDENTIFIERS,
    ),
)
