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


def test_measure_calls_the_award_by_its_title(run, register):
    assert "danh hiệu “Chiến sĩ thi đua cơ sở”" in run("measure", str(register), workspace=None)[1].replace("\n", " ")
    register.write_text(register.read_text(encoding="utf-8").replace("chien-si-thi-dua-co-so", "khen-thuong-khac"), encoding="utf-8")
    assert "loại khen thưởng “khen-thuong-khac”" in run("measure", str(register), workspace=None)[1].replace("\n", " ")


def test_measure_takes_a_workspace_as_every_command_does(run, register, tmp_path):
    code, out, err = run("measure", str(register), "--workspace", str(tmp_path), workspace=None)
    assert (code, err) == (0, "")
    caption, *figures = out.splitlines()
    elsewhere, *same = run("measure", str(register), workspace=None)[1].splitlines()
    assert figures == same
    assert caption != elsewhere  # a folder without rules knows no titles of awards


def test_measure_as_json_keeps_the_promised_shape(run, register):
    content = json.loads(run("measure", str(register), "--json", workspace=None)[1])
    assert {"award", "n_members", "n_units", "n_years", "n_awards", "indicators", "allocation_mix"} <= content.keys()
    assert set(content["allocation_mix"]) == {"merit", "turn", "post", "unexplained"}
    assert all({"value", "low", "high", "n", "caveat"} <= item.keys() for item in content["indicators"].values())
    assert all(item["caveat"] for item in content["indicators"].values() if item["value"] is None)


def test_measure_says_what_kind_of_interval_it_gives(run, register):
    content = json.loads(run("measure", str(register), "--json", workspace=None)[1])["indicators"]
    assert (content["award_rate"]["interval_kind"], content["award_rate"]["interval_method"]) == ("sampling", "randomisation")
    assert (content["merit_kappa"]["interval_kind"], content["merit_kappa"]["interval_method"]) == (None, None)


def test_measure_warns_of_a_list_of_winners_unless_it_is_said_to_be_complete(run, register):
    lines = register.read_text(encoding="utf-8").splitlines()
    register.write_text("\n".join(line for line in lines if not line.endswith(",")) + "\n", encoding="utf-8")
    code, out, err = run("measure", str(register), "--json", workspace=None)
    assert (code, json.loads(out)["indicators"]["award_rate"]["value"]) == (0, None)
    assert f"{register.as_posix()}:1: RG448" in err
    code, out, err = run("measure", str(register), "--json", "--complete", workspace=None)
    assert (code, json.loads(out)["indicators"]["award_rate"]["value"], err) == (0, 1, "")


def test_measure_follows_mergers_and_headcounts(run, register, tmp_path):
    lines = register.read_text(encoding="utf-8").splitlines()
    merged = [line.replace(",u1,", ",u0,") if line.startswith("2023") else line for line in lines]
    register.write_text("\n".join(merged) + "\n", encoding="utf-8")
    (tmp_path / "after.csv").write_text("unit_id,successor_id,from\nu1,u0,2023\n", encoding="utf-8")
    content = json.loads(run("measure", str(register), "--succession", str(tmp_path / "after.csv"), "--json", workspace=None)[1])
    assert (content["n_units"], content["caveats"]) == (11, [])
    winners = [merged[0], *[line for line in merged if line.endswith("chien-si-thi-dua-co-so")]]
    (tmp_path / "winners.csv").write_text("\n".join(winners) + "\n", encoding="utf-8")
    counts = [f"{year},u{unit},{role},{n}" for year in range(2019, 2024) for unit in range(12) for role, n in (("head", 2), ("direct", 14))]
    (tmp_path / "heads.csv").write_text("\n".join(["year,unit_id,role,n_members", *counts]) + "\n", encoding="utf-8")
    code, out, err = run("measure", str(tmp_path / "winners.csv"), "--headcount", str(tmp_path / "heads.csv"), workspace=None)
    assert (code, err) == (0, "")
    assert "danh sách chỉ nêu người được khen" in out.replace("\n", " ").lower()


def test_measure_says_on_stderr_which_columns_it_does_not_use(run, register):
    lines = register.read_text(encoding="utf-8").splitlines()
    register.write_text("\n".join([lines[0] + ",meritt", *[line + ",1" for line in lines[1:]]]) + "\n", encoding="utf-8")
    code, out, err = run("measure", str(register), "--json", workspace=None)
    assert (code, json.loads(out)["n_units"]) == (0, 12)
    assert err.startswith(f"{register}:1: RG429 warning: ")
    assert "meritt → merit" in err
    assert err.count("\n") == 1


def test_measure_without_small_counts(run, register):
    rows = [line for line in register.read_text(encoding="utf-8").splitlines() if ",u1," in line or line.startswith("year")]
    register.write_text("\n".join(rows) + "\n", encoding="utf-8")
    content = json.loads(run("measure", str(register), "--anonymous", "--json", workspace=None)[1])
    assert (content["n_units"], content["n_members"], content["n_awards"]) == (None, 8, 5)
    assert content["indicators"]["leader_share"]["caveat"] == "caveat.hidden"
    assert content["indicators"]["award_rate"]["value"] is not None


def test_measure_of_an_award_that_is_not_there_names_those_that_are(run, register):
    code, out, err = run("measure", str(register), "--award", "nothing", workspace=None)
    assert (code, out) == (2, "")
    assert "chien-si-thi-dua-co-so" in err
