from __future__ import annotations

from simulator.experiments.ensemble import lay_side_by_side
from simulator.model.behaviour import STRUCTURES
from simulator.presentation.ensemble_table import draw_ensemble
from simulator.presentation.i18n import translate
from tests.presentation.specimen import specimen_comparison


def test_every_structure_has_its_column_and_all_five_one_verdict():
    ensemble = lay_side_by_side({structure: specimen_comparison() for structure in STRUCTURES})
    for lang in ("vi", "en"):
        table = draw_ensemble(ensemble, lang)
        assert table.columns[1:] == tuple(translate(f"structure.{structure}", lang) for structure in STRUCTURES)
        assert all(len(row.cells) == len(STRUCTURES) for group in table.groups for row in group.rows)
        first = table.groups[0].rows
        assert len({*first[0].cells}) == 1  # the same specimen five times
        assert "5" in first[-1].cells[0]


def test_the_option_that_keeps_things_is_not_compared_with_itself():
    ensemble = lay_side_by_side({structure: specimen_comparison() for structure in STRUCTURES})
    table = draw_ensemble(ensemble, "en")
    assert not any(ensemble.options[0].title["en"] in group.title for group in table.groups)
