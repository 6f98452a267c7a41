from __future__ import annotations

from simulator.experiments.paperwork.results import GROUNDS, OptionPaperwork, Quantity
from simulator.presentation.i18n import catalogue


def test_every_quantity_and_ground_has_words_in_both_languages():
    for lang in ("vi", "en"):
        assert all(f"paperwork.name.{name}" in catalogue(lang) for name in GROUNDS)
        assert all(f"paperwork.ground.{ground}" in catalogue(lang) for ground in GROUNDS.values())


def test_an_undefined_amount_says_so_in_json():
    unknown = Quantity(None, None, None, "law", None, None, None, "not clear")
    told = OptionPaperwork("x", {"vi": "x", "en": "x"}, {"bonus_vnd": unknown}, []).to_dict()
    assert told["quantities"]["bonus_vnd"]["caveat"] == "caveat.undefined"
