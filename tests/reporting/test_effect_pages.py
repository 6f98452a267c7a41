from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.reporting.document import FigureBlock, TableBlock
from simulator.reporting.effect_pages import effects_by_clause
from tests.presentation.split import specimen_attribution
from tests.reporting.specimen import evidence_of


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_where_it_was_not_worked_out_it_is_said_how_to(lang):
    section = effects_by_clause(evidence_of(), lang)
    assert "tieuchi attribute hanoi-2021" in section.blocks[0].text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_option_has_its_sentences_table_and_figures(lang):
    options = ("plan-115", "plan-115-and-letter-3959")
    section = effects_by_clause(replace(evidence_of(), attribution=specimen_attribution(options=options)), lang)
    assert [block.table.id for block in section.blocks if isinstance(block, TableBlock)] == [f"attribution-{option}" for option in options]
    figures = [block for block in section.blocks if isinstance(block, FigureBlock)]
    assert len({figure.id for figure in figures}) == len(figures) == 4
    assert all(figure.says and figure.alt for figure in figures)


def test_a_scenario_that_changes_nothing_says_so():
    section = effects_by_clause(replace(evidence_of(), attribution=specimen_attribution(options=())), "vi")
    assert len(section.blocks) == 1
