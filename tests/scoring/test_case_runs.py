from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.scoring.case_runs import find_case_files, run_case_files
from simulator.workspace import Workspace
from tests.scoring.test_case_rosters import CASES
from tests.scoring.test_explanation import AWARD


@pytest.fixture
def place(tmp_path):
    (tmp_path / "criteria").mkdir()
    (tmp_path / "tests" / "law").mkdir(parents=True)
    (tmp_path / "tests" / "law" / "mine.yaml").write_text(AWARD, encoding="utf-8")
    return Workspace(tmp_path)


def run(place, text=CASES):
    path = place.root / "tests" / "law" / "cases.yaml"
    path.write_text(text.replace("set: mine", "set: mine.yaml"), encoding="utf-8")
    return run_case_files([path], place)


def problems(place, text):
    with pytest.raises(InputError) as problem:
        run(place, text)
    return [(finding.code, finding.file, finding.line) for finding in problem.value.findings]


def expecting(expectation):
    return CASES.replace("expect: {eligible: true}", f"expect: {{{expectation}}}")


def test_a_case_that_holds_has_nothing_to_tell(place):
    results = run(
        place, expecting("eligible: true, considered: true, rank: 1, score: 90.5, places: 2, tie: false, first_failed: none, points: {output: 90.5}")
    )
    assert [result.holds for result in results] == [True]
    assert results[0].findings == []
    assert results[0].to_json()["checks"][0] == {"person": "an", "what": "eligible", "expected": True, "got": True, "holds": True}


def test_what_did_not_come_out_is_told_with_file_and_line(place):
    (result,) = run(place, expecting("eligible: false, score: 90.6, first_failed: prize.rating"))
    assert not result.holds
    assert [finding.render() for finding in result.findings] == [
        "tests/law/cases.yaml:8: SR451 error: the case does not hold: eligible of an is true, expected false",
        "tests/law/cases.yaml:8: SR451 error: the case does not hold: score of an is 90.5, expected 90.6",
        "tests/law/cases.yaml:8: SR451 error: the case does not hold: first_failed of an is none, expected prize.rating",
    ]
    assert not any(finding.is_unreadable for finding in result.findings)


def test_names_that_the_set_does_not_have_are_refused(place):
    assert problems(place, expecting("first_failed: prize.ratting")) == [("SR458", "tests/law/cases.yaml", 8)]
    assert problems(place, expecting("class: splendid")) == [("SR458", "tests/law/cases.yaml", 8)]
    assert problems(place, expecting("points: {outputt: 3}")) == [("SR458", "tests/law/cases.yaml", 8)]
    assert problems(place, CASES.replace("    units:", "    award: medal\n    units:")) == [("SR458", "tests/law/cases.yaml", 6)]


def test_several_awards_must_be_told_apart(place):
    law = place.root / "tests" / "law" / "mine.yaml"
    law.write_text(AWARD + AWARD[AWARD.index("  prize:") :].replace("  prize:", "  medal:"), encoding="utf-8")
    assert problems(place, CASES) == [("SR456", "tests/law/cases.yaml", 4)]


def test_the_mistakes_of_all_files_are_told_at_once(place):
    first, second = place.root / "a.yaml", place.root / "b.yaml"
    first.write_text("set: nowhere\ncases: []\n", encoding="utf-8")
    second.write_text("set: nowhere\n", encoding="utf-8")
    with pytest.raises(InputError) as problem:
        run_case_files([first, second], place)
    assert [finding.file for finding in problem.value.findings] == ["a.yaml", "b.yaml"]


def test_the_cases_of_a_workspace_are_found(place):
    assert [path.name for path in find_case_files(place)] == ["mine.yaml"]
    assert find_case_files(Workspace(place.root / "criteria")) == []
