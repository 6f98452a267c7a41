from __future__ import annotations

import pytest

from simulator.presentation.scores.scores import scores_table
from simulator.rules.linting import find_register
from simulator.rules.loading import load_criteria
from simulator.scoring.achievement_names import without_marks
from simulator.scoring.scorer import score
from simulator.widgets.looks import Alarm
from simulator.widgets.workbench import reasons_panel
from simulator.widgets.workbench.reasons_panel import ReasonsPanel
from simulator.widgets.workbench.scoring_panel import read_nominees
from simulator.widgets.workbench.uploads import Uploaded
from simulator.workspace import find_workspace
from tests.widgets.workbench.handed_lists import AWARD, NAME, YEAR, as_csv, nominees


@pytest.fixture(scope="module")
def scores():
    criteria = load_criteria("decree-91", find_workspace())
    return score(criteria, read_nominees(Uploaded("ds.csv", as_csv(nominees())), criteria, AWARD, YEAR).roster, AWARD)


@pytest.fixture
def asked():
    alarm = Alarm("vi")
    yield ReasonsPanel(find_register(find_workspace()), "vi", alarm)
    assert alarm.trace == ""


def test_nobody_is_asked_about_first(asked, scores):
    asked.offer(scores, anonymous=False)
    assert (asked.who.value, asked.reasons.value, len(asked.who.options)) == (0, "", 13)
    assert asked.of_award.layout.display == "none"


@pytest.mark.parametrize("is_anonymous", [True, False])
def test_who_is_asked_about_is_called_as_the_page_calls_everybody(asked, scores, is_anonymous):
    asked.offer(scores, anonymous=is_anonymous)
    asked.who.value = asked.who.options[3][1]
    assert "khoản 3 Điều 2" in asked.reasons.value
    assert (NAME in asked.reasons.value + str(asked.who.options)) == (not is_anonymous)


def test_who_is_asked_about_is_called_as_in_the_table_above(asked, scores):
    asked.offer(scores, anonymous=False)
    table = scores_table(scores, "vi").to_html()
    assert all(name in table for name, _ in asked.who.options[1:])


def test_of_another_list_no_reasons_are_left(asked, scores):
    asked.offer(scores, anonymous=False)
    asked.who.value = asked.who.options[3][1]
    asked.offer(scores, anonymous=False)
    assert asked.reasons.value == ""
    asked.who.value = asked.who.options[3][1]
    asked.clear()
    assert (asked.reasons.value, asked.found.value, asked.search.value) == ("", "", "")
    assert [row for _, row in asked.who.options] == [0]


def test_a_list_that_shows_everybody_has_no_field_to_search(asked, scores):
    asked.offer(scores, anonymous=False)
    assert asked.search.layout.display == asked.found.layout.display == "none"


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(reasons_panel, "_MOST_OFFERED", 5)


@pytest.mark.usefixtures("few")
def test_who_is_beyond_the_list_is_found_by_a_part_of_the_name_without_its_marks(asked, scores):
    asked.offer(scores, anonymous=False)
    everybody = asked._called
    assert (asked.search.layout.display, asked.found.layout.display) == ("", "")
    assert [row for _, row in asked.who.options] == [0, *(row for _, row in everybody[:5])]
    assert "12" in asked.found.value
    assert "5 mục đầu" in asked.found.value
    name, row = everybody[-1]
    asked.search.value = f" {without_marks(name).upper()} "
    assert asked.who.options[1:] == ((name, row),)
    assert "Tìm thấy 1 trong 12" in asked.found.value
    asked.who.value = row
    assert asked.reasons.value
    asked.search.value = "không có ai"
    assert (asked.reasons.value, len(asked.who.options)) == ("", 1)
    assert "Không tìm thấy" in asked.found.value
    assert "không có ai" not in asked.found.value
    asked.offer(scores, anonymous=True)
    assert (asked.search.value, len(asked.who.options)) == ("", 6)


@pytest.mark.usefixtures("few")
def test_of_rows_alone_a_search_tells_no_name(asked, scores):
    asked.offer(scores, anonymous=True)
    asked.search.value = NAME
    assert len(asked.who.options) == 1
