"""``compare``: the table alone on stdout, progress aside, runs kept."""

from __future__ import annotations

import json
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from simulator.cli import simulating
from simulator.cli.computing import load_asked
from simulator.errors import RunError
from simulator.experiments.store.results_file import FILE_NAME
from tests.experiments.shelf import change, kept, rows

LINE = re.compile(r"^[^:\n]+:\d+: [A-Z]{2}\d{3} (error|warning): \S.*$")


def test_compare_prints_the_table_alone_and_progress_aside(run, brief):
    code, out, err = run("compare", "hanoi-2021", "--workers", "1", workspace=brief)
    assert code == 0
    assert "Mức độ biểu hiện luân phiên" in out
    assert "kết quả mô phỏng, không phải số liệu thống kê" in out.replace("\n", " ")
    assert "2/2" in err
    assert "2/2" not in out
    main, by_group = out.split("\n\nCơ cấu khen thưởng theo ")
    assert "Đánh giá – " in main
    assert "chỉ mô tả, không đánh giá" in by_group


def test_compare_as_json_keeps_the_promised_shape_and_the_numbers_asked_for(run, brief):
    asked = ("--replications", "3", "--years", "2", "--seed", "0")
    code, out, _ = run("compare", "hanoi-2021", "--json", "--workers", "1", "--no-store", *asked, workspace=brief)
    content = json.loads(out)
    assert code == 0
    assert (content["replications"], content["years"], content["seed"]) == (3, [1, 2], 0)
    assert content["null_reform"]["max_abs_difference"] == 0
    keep = next(option for option in content["options"] if option["id"] == content["baseline_option"])
    assert {item["difference"] for item in keep["indicators"].values()} <= {0, None}
    for option in content["options"]:
        assert sum(group["awards_share"]["value"] for group in option["by_group"]["role"].values()) == pytest.approx(1)
    assert {group["award_rate"]["difference"] for group in keep["by_group"]["role"].values()} == {0}


def test_replications_stop_by_themselves_and_say_so(run, brief, tmp_path):
    """Three are too few to stop before: told is why there are no more, and nothing of how to go on."""
    short = ("compare", "hanoi-2021", "--json", "--workers", "1", "--years", "1", "--store", str(tmp_path / "s"))
    code, out, err = run(*short, "--at-most", "3", "--lang", "en", workspace=brief)
    stopping = json.loads(out)["stopping"]
    assert (code, json.loads(out)["replications"], stopping["reason"], stopping["cap"]) == (0, 3, "cap", 3)
    assert {(each["half_width"] is None) or each["half_width"] > each["tolerance"] for each in stopping["wide"]} <= {True}
    assert "--at-most" not in err
    fixed = json.loads(run(*short, "--replications", "3", workspace=brief)[1])
    assert fixed["stopping"]["reason"] == "asked"
    assert {**fixed, "stopping": None} == {**json.loads(out), "stopping": None}


def test_cohorts_are_counted_twenty_times_at_most_unless_a_number_is_given(run, monkeypatch):
    asked = []

    def count(scenario, **_how):
        asked.append(scenario.replications)
        raise RunError("enough")

    monkeypatch.setattr("simulator.experiments.comparing.transition.list_cohorts", count)
    monkeypatch.setattr(
        simulating,
        "load_asked",
        lambda *names, **changes: load_asked(*names, **changes) if changes["replications"] else load_asked(*names, at_most="200"),
    )
    for number in ((), ("--replications", "50")):
        assert run("transition", "hanoi-2021", *number)[0] == 1
    assert asked == [20, 50]


@pytest.mark.parametrize("command", ["compare", "report"])
def test_a_fixed_number_and_a_most_contradict_each_other(run, command):
    code, out, err = run(command, "hanoi-2021", "--at-most", "30", "--replications", "30")
    assert (code, out) == (2, "")
    assert "--at-most" in err


def test_a_scenario_that_is_wrong_says_where(run, place, tmp_path):
    text = (place / "scenarios" / "hanoi-2021.yaml").read_text(encoding="utf-8")
    path = tmp_path / "hanoi-2021.yaml"
    path.write_text(text.replace("decree-91+hanoi-plan-115\n", "decree-92+hanoi-plan-115\n"), encoding="utf-8")
    code, out, err = run("compare", str(path))
    assert (code, out) == (2, "")
    line = next(number for number, words in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if "decree-92" in words)
    assert err.startswith(f"{path.as_posix()}:{line}: ")


def test_runs_are_kept_beside_the_reports_and_used_again(run, brief, tmp_path, monkeypatch):
    shutil.copytree(brief, tmp_path / "w", ignore=shutil.ignore_patterns("reports"))  # which tests before this one may have written
    first = run("compare", "hanoi-2021", "--json", "--workers", "1", "--years", "1", workspace=tmp_path / "w")
    store = tmp_path / "w" / "reports" / "store"
    assert kept(store) == [0, 1]
    monkeypatch.setattr("simulator.experiments.execution.executors.run_replication", None)
    again = run("compare", "hanoi-2021", "--json", "--workers", "1", "--years", "1", workspace=tmp_path / "w")
    assert (first[0], first[1]) == (again[0], again[1])
    change(store, "UPDATE results SET text = '{' WHERE name = '0'")
    monkeypatch.undo()
    mended = run("compare", "hanoi-2021", "--json", "--workers", "1", "--years", "1", "--lang", "en", workspace=tmp_path / "w")
    assert mended[1] == first[1]
    warnings = [line for line in mended[2].splitlines() if "SW101" in line]
    assert len(warnings) == 1
    assert LINE.match(warnings[0])


def test_runs_are_kept_where_that_is_asked_or_nowhere(run, brief, tmp_path):
    shutil.copytree(brief, tmp_path / "w", ignore=shutil.ignore_patterns("reports"))  # which tests before this one may have written
    short = ("compare", "hanoi-2021", "--workers", "1", "--years", "1")
    assert run(*short, "--no-store", workspace=tmp_path / "w")[0] == 0
    assert run(*short, "--store", str(tmp_path / "s"), workspace=tmp_path / "w")[0] == 0
    assert not (tmp_path / "w" / "reports").exists()
    assert kept(tmp_path / "s") == [0, 1]


def test_a_store_that_cannot_be_written_is_one_warning(run, brief, tmp_path):
    (tmp_path / "s").write_text("x", encoding="utf-8")
    code, out, err = run("compare", "hanoi-2021", "--workers", "1", "--years", "1", "--store", str(tmp_path / "s"), workspace=brief)
    assert (code, "Mức độ" in out) == (0, True)
    assert len([line for line in err.splitlines() if LINE.match(line) and "SW102 warning" in line]) == 1


def test_a_scheduler_that_cannot_be_used_is_one_line(run):
    code, out, err = run("compare", "hanoi-2021", "--years", "1", "--no-store", "--scheduler", "nonsense")
    assert (code, out) == (2, "")
    assert re.match(r"tieuchi:1: SW20[12] error: ", err.splitlines()[-1])


@pytest.fixture(scope="module")
def undisturbed():
    """What the command that is stopped below gives where nothing stops it, once it was asked."""
    return []


@pytest.mark.deep
@pytest.mark.skipif(sys.platform == "win32", reason="an interrupt is no signal there")
@pytest.mark.parametrize("number", [signal.SIGINT, getattr(signal, "SIGKILL", None)], ids=["interrupted", "killed"])
@pytest.mark.parametrize("n_kept", [0, 3, 9], ids=["as-it-starts", "in-the-middle", "near-the-end"])
def test_a_command_that_was_stopped_goes_on_where_it_was(run, brief, undisturbed, tmp_path, number, n_kept):
    """Whichever way it ends, what was finished is kept, and the rest gives what an undisturbed command gives."""
    shutil.copytree(brief, tmp_path / "w", ignore=shutil.ignore_patterns("reports"))
    store = tmp_path / "w" / "reports" / "store"
    asked = ["compare", "hanoi-2021", "--json", "--years", "6", "--replications", "16", "--workers"]
    command = [sys.executable, "-m", "simulator", "--workspace", str(tmp_path / "w"), *asked, "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        deadline = time.monotonic() + 120
        while (len(kept(store)) < n_kept or not store.exists()) and time.monotonic() < deadline:
            time.sleep(0.01)
        child.send_signal(number)
        child.communicate(timeout=60)
    n_before = len(kept(store))
    assert n_kept <= n_before < 16
    with closing(sqlite3.connect(store / FILE_NAME)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if n_before:
            connection.execute("UPDATE results SET failure = 'kept before'")
            connection.commit()
    resumed = run(*asked, "1", workspace=tmp_path / "w")
    assert [row.failure for row in rows(store)].count("kept before") == n_before, "what was there was not written again"
    undisturbed.append(undisturbed[0] if undisturbed else run(*asked, "1", "--no-store", workspace=tmp_path / "w")[1])
    assert resumed[1] == undisturbed[0]
