"""What rows say against one another is one finding for each cause, at the row that came second."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest

from simulator.errors import Severity
from simulator.indicators.register_checks import report_contradictions, report_differences, report_spellings
from simulator.indicators.register_file import Cells
from simulator.indicators.register_findings import FileFindings

UNKNOWN = np.nan


def found(person_year, *, post=None, parts=(), is_none=None, **same):
    """Report on rows; without more they are alike in everything."""
    n = len(person_year)
    findings = FileFindings("r.csv", np.arange(2, n + 2))
    report_contradictions(
        findings,
        np.array(person_year, dtype=np.int64),
        post=np.array([0] * n if post is None else post, dtype=np.float64),
        parts=tuple(np.array(part) for part in parts or (range(n),)),
        is_none=np.array([False] * n if is_none is None else is_none, dtype=np.bool_),
        same={name: np.array(values, dtype=np.float64) for name, values in same.items()},
    )
    return [(finding.code, finding.line, *finding.fields.values()) for finding in findings.findings]


def test_nobody_and_people_with_one_row_contradict_nothing():
    assert found([]) == found([0, 1, 2], post=[1, 2, 3], parts=[[0, 0, 0]], merit=[1, 2, 3], is_none=[True] * 3) == []


# --- posts ----------------------------------------------------------------------------------------------------------------------


def test_another_post_in_one_year_is_found_at_the_second_row():
    assert found([0, 1, 0, 2], post=[5, 6, 6, 5]) == [("RG408", 4, "2")]
    assert found([0, 1, 0, 2], post=[5, 6, 5, 7]) == []


@pytest.mark.parametrize(
    ("post", "expected"),
    [([6, 5, 5], [("RG408", 3, "2")]), ([5, 6, 5], [("RG408", 3, "2")]), ([5, 6, 7], [("RG408", 3, "2"), ("RG408", 4, "2")])],
)
def test_each_other_post_is_one_cause_however_many_rows_it_has(post, expected):
    assert found([0, 0, 0], post=post) == expected


def test_a_wrong_id_is_not_told_again_by_what_else_the_row_says():
    assert found([0, 0], post=[5, 6], parts=[[7, 7]], merit=[1, 2], post_rank=[1, 2], is_none=[False, True]) == [("RG408", 3, "2")]


def test_what_a_post_could_not_be_read_of_is_taken_for_the_same_person():
    assert found([0, 0], post=[5, UNKNOWN], parts=[[7, 8]]) == []
    assert found([0, 0], post=[UNKNOWN, 5], parts=[[7, 7]]) == [("RG407", 3, "2")]
    assert found([0, 0], post=[UNKNOWN, UNKNOWN], parts=[[7, 7]]) == [("RG407", 3, "2")]


# --- values ---------------------------------------------------------------------------------------------------------------------


def test_a_value_that_differs_is_found_and_an_unknown_one_is_not():
    assert found([0, 1, 0, 2], merit=[1.0, 3.0, 2.0, 4.0], post_rank=[1, 2, 1, 3]) == [("RG419", 4, "merit", "2")]
    assert found([0, 1, 0, 2], merit=[UNKNOWN, 3.0, 2.0, 4.0]) == found([0, 1, 0, 2], merit=[1.0, 3.0, UNKNOWN, 4.0]) == []
    assert found([0, 0, 0], merit=[UNKNOWN, 1.0, 2.0]) == [("RG419", 4, "merit", "3")]


def test_a_row_that_differs_in_two_columns_is_one_finding():
    assert found([0, 0], merit=[1, 2], post_rank=[3, 4]) == [("RG419", 3, "merit, post_rank", "2")]


@pytest.mark.parametrize(
    ("merit", "expected"),
    [([9, 1, 1], [("RG419", 3, "merit", "2")]), ([1, 2, 3], [("RG419", 3, "merit", "2"), ("RG419", 4, "merit", "2")])],
)
def test_each_other_value_is_one_cause(merit, expected):
    assert found([0, 0, 0], merit=merit) == expected


def test_differences_are_found_among_those_who_belong_together():
    findings = FileFindings("r.csv", np.arange(2, 6))
    report_differences(findings, np.array([4, 9, 4, 9]), {"level": np.array([1.0, 2.0, 1.0, 3.0])})
    report_differences(findings, np.array([4, 4, 4, 4]), {})
    assert [(finding.code, finding.line, finding.fields) for finding in findings.findings] == [("RG419", 5, {"column": "level", "first_line": "3"})]


# --- repeats --------------------------------------------------------------------------------------------------------------------


def test_a_row_stands_twice_only_if_all_its_parts_do():
    award, day = [7, 7, 7, 7], [1, 1, 1, 1]
    assert found([0, 1, 0, 2], parts=[award, day]) == [("RG407", 4, "2")]
    assert found([0, 1, 0, 2], parts=[award, [1, 1, 2, 1]]) == []


def test_every_further_copy_is_found_also_when_another_row_stands_between():
    assert found([0, 0, 0, 0], parts=[[7, 8, 7, 7]]) == [("RG407", 4, "2"), ("RG407", 5, "2")]


def test_a_copy_is_not_told_again_by_values_that_differ():
    assert found([0, 0, 0], parts=[[7, 8, 7]], merit=[1, 2, 2]) == [("RG407", 4, "2")]


@pytest.mark.parametrize(
    ("is_none", "expected"),
    [([True, False, False], [("RG436", 2, "1")]), ([False, True, True], [("RG436", 3, "2")]), ([True, True, True], [("RG436", 3, "2")])],
)
def test_no_award_beside_other_rows_is_counted_in_one_warning(is_none, expected):
    assert found([0, 0, 0], parts=[[7, 8, 9]], is_none=is_none) == expected


def test_no_award_written_twice_is_a_copy_like_any_other():
    assert found([0, 0, 0], parts=[[7, 7, 8]], is_none=[True, True, False]) == [("RG407", 3, "2")]


def test_no_award_of_other_merit_contradicts():
    assert found([0, 0], parts=[[7, 8]], is_none=[True, False], merit=[1, 2]) == [("RG419", 3, "merit", "2")]


def test_no_award_alone_is_a_row_like_any_other():
    assert found([0, 1, 0, 2], parts=[[7, 7, 8, 7]], is_none=[False, True, False, True]) == []


def test_a_spoilt_list_is_not_told_without_end():
    same = [0] * 200
    assert len(found(same, post=range(200))) == len(found(same, merit=range(200))) == len(found(same, parts=[same])) == 50


# --- spellings ------------------------------------------------------------------------------------------------------------------


def spelt(*words):
    findings = FileFindings("r.csv", np.arange(2, len(words) + 2))
    report_spellings(findings, "unit_id", Cells.of(words))
    return findings.findings


def test_words_that_differ_only_in_capitals_or_blanks_are_pointed_at_and_never_repeated():
    decomposed = unicodedata.normalize("NFD", "Phòng Á")
    (finding,) = spelt("Phòng C", "Phòng D", "PHÒNG C", "phòng  c", "Phòng Á", decomposed, "Phòng Đ")
    assert (finding.code, finding.severity, finding.line) == ("RG455", Severity.WARNING, 4)
    assert finding.fields == {"column": "unit_id", "n": "2", "first_line": "2"}
    assert spelt("Phòng C", "Phòng Đ", "Phòng C", "Phòng D", "Phòng") == []
