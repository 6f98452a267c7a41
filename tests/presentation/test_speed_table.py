"""The table of speed: each measurement in its group, both as measured and scaled, and a word where figures are not to be trusted."""

from __future__ import annotations

import pytest

from simulator.presentation.i18n import catalogue
from simulator.presentation.speed_table import draw_speed

KERNELS = {"copy_gb_per_s": 10.0, "sort_ns": 8.0, "sort_in_blocks_ns": 5.0, "noise_ns": 2.0, "object_ns": 30.0}
RUN = {
    "members": 100_000,
    "years": 12,
    "rules": "decree-91",
    "ns_per_member_year": 1234.0,
    "model_ns": 1000.0,
    "indicators_ns": 234.0,
    "clock_seconds": 1.5,
    "peak_resident_bytes": 250_000_000,
}
MEASURED = {
    "machine": {"system": "Linux", "architecture": "x86_64", "n_processors": 2, "python": "3.11.7", "numpy": "2.4.6", "mesa": "3.3.1"},
    "calibration": {**KERNELS, "reference_sort_ns": 4.0, "reference_object_ns": 20.0, "spread": dict.fromkeys(KERNELS, 0.1), "is_trustworthy": True},
    "engine": [RUN, {**RUN, "members": 2_000_000, "ns_per_member_year": 1357.4, "peak_resident_bytes": None}],
    "ratios": [
        {
            "members": 100_000,
            "object_members": 10_000,
            "object_years": 3,
            "object_ns": 24_680.0,
            "ratio": 20.0,
            "ratio_scaled": 26.7,
            "ratio_without_indicators": 24.4,
            "is_extrapolated": True,
        }
    ],
    "memory": [{"members": 100_000, "held_bytes": 274.5, "bytes_of_a_year": 55.0, "peak_bytes": 353.6}],
    "stages": [{"members": 100_000, "years": 6, "overhead": 0.01, "shares": {"rest": 0.9, "turnover": 0.02, "files": 0.08}}],
    "slider": [
        {
            "members": 2000,
            "years": 10,
            "replications": 30,
            "engine_seconds": 0.2,
            "engine_ns": 333.0,
            "indicators_seconds": 0.1,
            "indicators_ns": 222.0,
            "figure_seconds": 0.12,
            "answer_seconds": 0.3,
            "n_processes": 2,
        }
    ],
    "missing": [],
    "failures": [],
}


def cells(table):
    return {row.header: row.cells for group in table.groups for row in group.rows}


def test_figures_stand_as_measured_and_scaled():
    table = draw_speed(MEASURED, "en")
    rows = cells(table)
    assert len(table.groups) == 6
    assert table.columns[-1] == "Scaled to a machine that sorts a key in 4 ns"
    assert rows["100,000 members, 12 years, decree-91"] == ("1,234 ns per member-year (rules 1,000, indicators 234)", "617 ns per member-year")
    assert rows["dearest over cheapest, from 100,000 members up: more by"] == ("10%", "")
    assert rows["100,000 members: the ordinary model taken to be as fast as with 10,000 over 3 years"] == (
        "24,680 ns per member-year: 20.0 times",
        "16,453 ns per member-year: 26.7 times",  # by objects, which this machine asks at two thirds of the speed
    )
    assert rows["asking objects that do nothing"] == ("30.0 ns each (rounds apart by 10%)", "")
    assert rows["sorting packed keys, a million at once"] == ("8.0 ns each (rounds apart by 10%)", "")
    assert rows["… at the peak of a year"] == ("354 bytes a member", "")
    assert rows["2,000 members, 10 years, 30 replications: the changed side"][0] == "0.20 s, 333 ns per member-year"
    assert rows["… its indicators"] == ("0.10 s, 222 ns per member-year (40% of both)", "0.05 s, 111 ns per member-year")
    assert rows["… the whole answer with its figure, on the clock, by 2 processes"] == ("0.30 s", "0.15 s")
    assert "0.25 GB at the peak" in table.to_text()


def test_the_largest_share_comes_first_and_the_rest_last():
    group = next(group for group in draw_speed(MEASURED, "en").groups if group.title == "Share of the time")
    assert [row.header for row in group.rows] == ["merit, ratings and files", "careers", "everything else"]


def test_a_busy_machine_is_said():
    busy = {**MEASURED["calibration"], "spread": {**dict.fromkeys(KERNELS, 0.1), "sort_ns": 0.4}, "is_trustworthy": False}
    for lang, word in (("en", "cannot be trusted"), ("vi", "không đáng tin cậy")):
        assert not any(word in note for note in draw_speed(MEASURED, lang).notes)
        assert any("40%" in note and word in note for note in draw_speed({**MEASURED, "calibration": busy}, lang).notes)


def test_what_is_missing_or_failed_is_said():
    without = {
        **MEASURED,
        "ratios": [],
        "memory": [],
        "slider": [],
        "missing": ["object-model"],
        "failures": [{"measurement": "engine", "error": "E"}],
    }
    table = draw_speed(without, "en")
    assert [group.title for group in table.groups] == ["This machine", "The whole model with all indicators, on one core", "Share of the time"]
    assert any("not in an installed copy" in note for note in table.notes)
    assert "Not measured: engine (E)." in table.notes


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_stage_has_its_words(lang):
    from benchmarks.measuring import STAGES  # noqa: PLC0415 - the words of the table are those of what is measured

    stages = {stage for stage, _, _ in STAGES} - {"decide"} | {"decide-unit", "decide-province", "decide-state", "rest"}
    assert stages == {key.removeprefix("speed.stage.") for key in catalogue(lang) if key.startswith("speed.stage.")}
