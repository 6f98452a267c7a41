"""What a list holds and lacks, in words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulator.indicators.measurement import Measured
from simulator.indicators.register_findings import CODES, WARNINGS
from simulator.presentation.i18n import catalogue, placeholders
from simulator.presentation.registers.register_contents import (
    NOT_OF_A_LIST,
    ReadingRemark,
    RegisterContents,
    contents_of,
    contents_table,
    needs_table,
    open_indicators,
    remarks_table,
    say_years,
)
from tests.indicators.full_lists import full_list
from tests.presentation.measured import measurement


def test_what_a_full_list_tells_and_what_a_bare_one_lacks():
    history = full_list(3)
    full = contents_of(history, has_succession=True)
    assert full.tells["levels"] == full.tells["dates"] == full.tells["succession"] == "yes"
    assert full.tells["merit"] == ("some" if np.isnan(history.merit).any() else "yes")
    bare = contents_of(
        replace(history, merit=None, award_levels={}, achievements=None, knows_members=False, knows_direct=False), has_succession=False
    )
    assert {*bare.tells.values()} == {"no"}
    assert contents_of(replace(history, merit=None, is_merit_of_winners=True), has_succession=False).tells["merit"] == "some"


@pytest.mark.parametrize(
    ("years", "vi", "en"),
    [
        ((2020,), "chỉ có năm 2020", "the year 2020 only"),
        ((2019, 2020, 2021), "đủ các năm từ 2019 đến 2021", "every year from 2019 to 2021"),
        ((2018, 2021), "từ 2018 đến 2021 nhưng thiếu 2019 và 2020", "from 2018 to 2021 but lacks 2019 and 2020"),
        ((), "không có năm nào", "has no years"),
    ],
)
def test_years_and_gaps_are_told(years, vi, en):
    contents = RegisterContents(years, {})
    assert vi in say_years(contents, "vi")
    assert en in say_years(contents, "en")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_kind_of_information_says_what_it_is_for(lang):
    contents = contents_of(full_list(3), has_succession=False)
    (group,) = contents_table(contents, lang).groups
    assert len(group.rows) == len(contents.tells)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("code", sorted(WARNINGS))
def test_remarks_of_reading_are_worded_with_what_to_mend(code, lang):
    fields = dict.fromkeys(placeholders(catalogue(lang)[f"finding.{code}"]), "x") | dict.fromkeys(re.findall(r"\{(\w+)\}", CODES[code]), "x")
    table = remarks_table([ReadingRemark("headcount", 7, code, fields), ReadingRemark("register", None, code, fields)], lang)
    first, second = table.groups[0].rows
    assert first.cells[0] == "7"
    assert second.cells[0] == "…"
    assert first.cells[1] == second.cells[1] != ""


def test_nothing_found_makes_no_table():
    assert remarks_table([], "vi") is None
    known = {name: Measured(0.1, 0.0, 0.2, 9) for name in measurement().indicators}
    assert needs_table(measurement(**known), "vi") is None


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_reason_for_a_missing_value_has_something_to_add(lang):
    """Whatever caveat of the indicators can stand for a value: each says what would be needed."""
    told = catalogue(lang)
    beside_a_value = {
        "few-units", "too-few-units", "often-undefined", "members-unnamed", "everybody-awarded", "nobody-awarded", "merit-of-some", "years-missing",
        "roles-joined", "only-answered", "causes-alike", "outside-shares", "shut-out", "ties-at-the-cut", "places-change",
    }  # fmt: skip
    folder = Path(__file__).parents[3] / "simulator" / "indicators"
    reasons = {name for path in folder.glob("*.py") for name in re.findall(r'"caveat\.([a-z-]+)"', path.read_text(encoding="utf-8"))}
    assert reasons - beside_a_value | {"hidden"} == {
        key.removeprefix("report.register.need.") for key in told if key.startswith("report.register.need.")
    }


def test_what_is_missing_is_grouped_by_reason():
    found = measurement(award_rate=Measured(0.1, 0.0, 0.2, 9), dossiers=Measured(None, None, None, 0, "caveat.no-dossiers"))
    by_reason = open_indicators(found)
    assert by_reason["caveat.no-dossiers"] == ["dossiers"]
    assert "award_rate" not in [name for names in by_reason.values() for name in names]
    table = needs_table(found, "vi")
    assert [len(group.rows) for group in table.groups] == [1, 1]
    assert "caveat.no-dossiers" in NOT_OF_A_LIST
    assert "Cột merit" in table.groups[0].rows[0].cells[1]
