"""One nominee on a page of its own, in the words of `tieuchi explain`."""

from __future__ import annotations

import pytest

from simulator.presentation.scores.explaining import Explainer
from simulator.reporting.document import Paragraph, TableBlock
from simulator.reporting.pages.explained import show_explanation
from simulator.rules.linting import find_register
from simulator.rules.loading import load_criteria
from simulator.scoring.explanation import explain
from simulator.workbook.roster import read_roster
from simulator.workspace import find_workspace

AWARD = "chien-si-thi-dua-co-so"


@pytest.fixture(scope="module")
def scored():
    place = find_workspace()
    criteria = load_criteria("decree-91", place)
    return criteria, read_roster(place.notebooks / "examples" / "nominees.csv", criteria, award=AWARD, year=2022)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("who", ["CB04", "CB05"])
def test_it_says_what_the_command_says(scored, who, lang):
    criteria, roster = scored
    explanation = explain(criteria, roster, who, AWARD)
    section = show_explanation(explanation, criteria, roster, lang)
    told = Explainer(criteria, 2022, lang, instruments=find_register(find_workspace())).text(explanation)
    assert section.title in " ".join(told.split())
    for block in section.blocks:
        if isinstance(block, Paragraph):
            assert " ".join(block.text.split()) in " ".join(told.split())
    (table,) = [block.table for block in section.blocks if isinstance(block, TableBlock)]
    assert table.to_text() in told


def test_only_who_failed_is_told_what_failed(scored):
    criteria, roster = scored
    failed, passed = (show_explanation(explain(criteria, roster, who, AWARD), criteria, roster, "en").blocks for who in ("CB04", "CB05"))
    assert any(getattr(block, "text", "").startswith("First clause not met") for block in failed)
    assert not any(getattr(block, "text", "").startswith("First clause not met") for block in passed)
