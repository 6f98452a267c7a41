from __future__ import annotations

from dataclasses import replace

from simulator.experiments.transition import Cohort, Transitions
from simulator.presentation.i18n import translate
from simulator.presentation.transition_table import draw_transitions

COHORT = Cohort(
    option="law",
    from_year=1,
    former="decree-91",
    successor="law-2022",
    award="bang-khen-tinh",
    award_title={"vi": "Bằng khen cấp tỉnh", "en": "Provincial Certificate of Merit"},
    kind="school",
    kind_title={"vi": "Trường học", "en": "School"},
    role="direct",
    members=1200.0,
    before=40.0,
    after=55.6,
    gained=20.2,
    lost=4.6,
)


TITLES = {"decree-91": {"vi": "Nghị định số 91", "en": "Decree 91"}, "law-2022": {"vi": "Luật năm 2022", "en": "Law of 2022"}}


def transitions(*cohorts):
    return Transitions("trial", {"vi": "Thử", "en": "Trial"}, "decree-91", 5, list(cohorts), TITLES)


def test_who_gains_and_loses_is_told_in_people():
    table = draw_transitions(transitions(COHORT), "en")
    (group,) = table.groups
    assert group.title == "Provincial Certificate of Merit: from Decree 91 to Law of 2022, year 1"
    assert group.rows[0].cells == ("1,200", "40", "56", "20", "5")
    assert draw_transitions(transitions(COHORT), "vi").groups[0].rows[0].cells[0] == "1.200"


def test_groups_in_which_nobody_changes_sides_are_left_out():
    table = draw_transitions(transitions(replace(COHORT, gained=0.2, lost=0.1)), "en")
    assert table.groups == ()
    assert table.notes == (translate("transition.nobody", "en"),)


def test_rules_that_take_over_from_themselves_are_left_out():
    assert draw_transitions(transitions(replace(COHORT, successor="decree-91")), "en").groups == ()
