"""``measure``: the indicators on a real list."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def register(tmp_path):
    rows = ["year,unit_id,member_id,role,award"]
    for year in range(2019, 2024):
        for unit in range(12):
            for member in range(8):
                award = "chien-si-thi-dua-co-so" if (member + year) % 8 == unit % 8 else ""
                rows.append(f"{year},u{unit},u{unit}m{member},{'head' if member == 0 else 'direct'},{award}")
    path = tmp_path / "register.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_measure_prints_indicators_with_intervals_and_caveats(run, register):
    code, out, err = run("measure", str(register), workspace=None)
    assert (code, err) == (0, "")
    assert "Tỷ lệ lãnh đạo, quản lý trong số được khen (%)" in out.replace("\n  ", " ") or "Tỷ lệ lãnh đạo" in out
    assert "96 người, 12 đơn vị, 5 năm" in out.replace("\n", " ")


def test_measure_takes_a_workspace_as_every_command_does(run, register, tmp_path):
    code, out, err = run("measure", str(register), "--workspace", str(tmp_path), workspace=None)
    assert (code, err) == (0, "")
    assert out == run("measure", str(register), workspace=None)[1]


def test_measure_as_json_keeps_the_promised_shape(run, register):
    content = json.loads(run("measure", str(register), "--json", workspace=None)[1])
    assert {"award", "n_members", "n_units", "n_years", "n_awards", "indicators", "allocation_mix"} <= content.keys()
    assert set(content["allocation_mix"]) == {"merit", "turn", "post", "unexplained"}
    assert all({"value", "low", "high", "n", "caveat"} <= item.keys() for item in content["indicators"].values())
    assert all(item["caveat"] for item in content["indicators"].values() if item["value"] is None)


def test_measure_of_an_award_that_is_not_there_names_those_that_are(run, register):
    code, out, err = run("measure", str(register), "--award", "nothing", workspace=None)
    assert (code, out) == (2, "")
    assert "chien-si-thi-dua-co-so" in err
