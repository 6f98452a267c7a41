"""Scores in words: best first in each group, and for anonymous readers nothing but rows."""

from __future__ import annotations

import dataclasses

import pytest

from simulator.presentation.scores.scores import scores_table, standings
from simulator.scoring.scorer import score
from tests.presentation.scored import criteria
from tests.scoring.rosters import make_roster
from tests.scoring.sets import make_set


def scored_roster(n=3):
    given = {"quality": ["94", "96", "80"], "tasks": ["90", "100.5", "33.3"], "ideas": ["1", "0", "3"], "late": ["0", "1", "0"]}
    return make_roster(
        numbers={name: [values[row % 3] for row in range(n)] for name, values in given.items()},
        ids=[f"CB{row:02}" for row in range(1, n + 1)],
        names=[f"{sign}Nguyễn Văn Mẫu {row}" for row, sign in zip(range(n), "=+-" * n, strict=False)],
        units=["Phòng A" if row % 3 < 2 else "Phòng B" for row in range(n)],
    )


@pytest.fixture(scope="module")
def scores():
    return score(criteria(), scored_roster())


def test_the_best_of_each_group_stand_first(scores):
    told = list(standings(scores, "vi"))
    assert [(each.id, each.unit, each.rank) for each in told] == [("CB02", "Phòng A", 1), ("CB01", "Phòng A", 2), ("CB03", "Phòng B", 1)]
    assert told[0].points == 78
    assert told[2].class_ == "Hoàn thành tốt"
    assert {each.eligible for each in told} == {"Có"}


def test_the_table_speaks_both_languages(scores):
    assert "72" in scores_table(scores, "vi").to_text()
    assert "19,99" in scores_table(scores, "vi").to_text()
    assert "19.99" in scores_table(scores, "en").to_text()
    assert "replaces no official decision" in scores_table(scores, "en").to_text()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_anonymous_readers_see_rows_alone(scores, lang):
    text = scores_table(scores, lang, anonymous=True).to_text()
    assert not [word for word in ("Mẫu", "CB0", "Phòng") if word in text]
    assert ("dòng 3" if lang == "vi" else "row 3") in text


def test_a_long_list_is_cut_with_a_word_about_the_rest(scores):
    table = scores_table(scores, "vi", most=1)
    assert len(table.groups[0].rows) == 1
    assert table.notes[0].startswith("Còn 2 dòng")


def test_ranks_within_clusters_say_which_cluster():
    roster = dataclasses.replace(scored_roster(), clusters=("Cụm 1", "Cụm 2", "Cụm 1"))
    table = scores_table(score(criteria(), roster), "vi")
    at = table.columns.index("Cụm, khối thi đua") - 1
    assert [(row.cells[at], row.cells[at + 1]) for row in table.groups[0].rows] == [("Cụm 1", "1"), ("Cụm 1", "2"), ("Cụm 2", "1")]
    assert "Cụm" not in scores_table(score(criteria(), roster), "vi", anonymous=True).to_text()


def test_a_rank_that_all_share_for_want_of_points_is_not_shown():
    place, prefer = {"kind": "quota", "places": 1, "pooling": "all"}, {"kind": "tie-break", "prefer": [{"who": {"fact": "is-woman"}}]}
    roster = make_roster(answers={"is_woman": [True, False]})
    alone, parted = (
        list(standings(score(make_set(awards={"title": {"clauses": clauses}}), roster), "vi")) for clauses in ({}, {"places": place, "women": prefer})
    )
    assert [each.rank for each in alone] == [None, None]
    assert [each.rank for each in parted] == [1, 2]


def test_a_table_without_awards_puts_nobody_forward(scores):
    assert "Kết quả" not in scores_table(scores, "vi").columns
    assert "Đủ điều kiện" not in scores_table(scores, "vi").columns
    titled = scores_table(score(make_set(awards={"title": {"clauses": {}}}), make_roster(2)), "vi")
    assert {"Kết quả", "Đủ điều kiện"} <= set(titled.columns)
