from __future__ import annotations

from dataclasses import replace

from simulator.experiments.comparing.transition import Cohort, Transitions
from simulator.presentation.i18n import translate
from simulator.presentation.results.transition_table import draw_transitions

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


OPTIONS = {"law": {"vi": "Luật", "en": "The law"}, "draft": {"vi": "Dự thảo", "en": "The draft"}}


def transitions(*cohorts):
    return Transitions("trial", {"vi": "Thử", "en": "Trial"}, "decree-91", 5, list(cohorts), TITLES, OPTIONS)


def test_who_gains_and_loses_is_told_in_people():
    table = draw_transitions(transitions(COHORT), "en")
    (group,) = table.groups
    assert group.title == "Provincial Certificate of Merit: in year 1, from decree-91 to: law-2022 (option “The law”)"
    assert group.rows[0].cells == ("1,200", "40", "56", "20", "5")
    assert draw_transitions(transitions(COHORT), "vi").groups[0].rows[0].cells[0] == "1.200"


def test_the_head_of_a_column_of_numbers_is_not_broken_word_by_word():
    lines = draw_transitions(transitions(replace(COHORT, kind_title={"vi": "Đơn vị " * 15, "en": "Unit " * 20})), "vi").to_text().splitlines()
    assert any(
        all(head in line.replace("\N{NO-BREAK SPACE}", " ") for head in ("Số người", "Quy định cũ", "Quy định mới", "Có thêm")) for line in lines
    )


def test_groups_in_which_nobody_changes_sides_are_left_out():
    table = draw_transitions(transitions(replace(COHORT, gained=0.2, lost=0.1)), "en")
    assert table.groups == ()
    assert table.notes == (translate("table.note.few-replications", "en", replications="5"), translate("transition.nobody", "en"))


def test_only_few_replications_are_warned_of():
    enough = draw_transitions(replace(transitions(COHORT), replications=8), "en")
    assert enough.notes == ("Criteria sets – decree-91: Decree 91; law-2022: Law of 2022.", translate("transition.note", "en"))
    assert draw_transitions(transitions(COHORT), "en").notes[0].startswith("Only 5 replications")


def test_rules_that_take_over_from_themselves_are_left_out():
    assert draw_transitions(transitions(replace(COHORT, successor="decree-91")), "en").groups == ()


def test_options_that_change_the_same_people_share_a_group_that_names_them():
    both = transitions(COHORT, replace(COHORT, option="draft", successor="decree-91+law-2022", gained=20.4))
    (group,) = draw_transitions(both, "vi").groups
    assert group.title.endswith("sang: law-2022 (phương án “Luật”); decree-91+law-2022 (phương án “Dự thảo”)")
    assert len(group.rows) == 1


def test_options_that_change_other_people_or_in_another_year_do_not():
    for other in (
        {"gained": 30.0},
        {"from_year": 3},
        {"former": "law-2022", "successor": "decree-91"},
        {"kind": "office", "kind_title": {"vi": "Sở", "en": "Office"}},
    ):
        assert len(draw_transitions(transitions(COHORT, replace(COHORT, option="draft", **other)), "en").groups) == 2


def test_lower_managers_are_not_called_deputies_alone():
    titles = {
        lang: [row.header for row in draw_transitions(transitions(replace(COHORT, role="deputy")), lang).groups[0].rows] for lang in ("vi", "en")
    }
    assert titles == {"vi": ["Trường học: cấp phó, lãnh đạo bộ phận"], "en": ["School: deputies and heads of divisions"]}
