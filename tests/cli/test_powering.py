"""``power``: what a list can show, of a scenario's units or of a register."""

from __future__ import annotations

import json
from functools import partial

import pytest

from simulator.experiments.power.power import Design
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.experiments.store.store import Store
from simulator.experiments.studies import find_study
from simulator.workspace import Workspace


@pytest.fixture(autouse=True)
def _few_cells(monkeypatch):
    """Try little, so that a study takes a second."""
    turns = (("none", 0.0), ("lot", 0.0), ("weighed", 0.25), ("strict", 1.0))
    small = partial(Design, turns=turns, units=((6, 2), (12, 1)), years=(3, 5), bonuses=(0.0,))
    monkeypatch.setattr("simulator.experiments.power.power.Design", small)


def write_register(path):
    rows = [
        f"{2018 + year},u{unit},m{unit}-{place},{int(place == 0)},{int(place in {year, year + 1})}"
        for year in range(4)
        for unit in range(8)
        for place in range(9)
    ]
    path.write_text("year,unit_id,member_id,is_leader,is_awarded\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_scenario_gives_tables_sentences_and_files_and_is_kept_for_reports(run, place, tmp_path):
    code, out, err = run(
        "power", "hanoi-2021", "--workers", "1", "--replications", "2", "--store", str(tmp_path / "s"), "-o", str(tmp_path / "o"), "--lang", "en"
    )
    assert code == 0
    assert "Units a list needs before turn-taking is seen in it" in out
    assert "Share of the lists tried that were said to show leaders awarded beyond their merit" in out
    assert "- When turns weigh 25% in every choice," in out
    assert "planting and testing lists (2 runs)" in err
    assert sorted(path.name for path in (tmp_path / "o").iterdir()) == sorted(
        ["turns.csv", "bias.csv", "power.png", "power.svg", "bias-trial.png", "bias-trial.svg"]
    )
    rows = (tmp_path / "o" / "turns.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "test,way,turn,units,years,lists,alarms,undefined,rate,low,high,reaches"
    assert len(rows) == 1 + 3 * 4 * 2 * 2
    kept = find_study(Store(tmp_path / "s"), "power", load_scenario("hanoi-2021", Workspace(place)))
    assert (kept.replications, kept.laid_out.members_asked) == (2, 2000)


def test_a_register_is_asked_in_its_own_size(run, tmp_path):
    register = write_register(tmp_path / "register.csv")
    code, out, _ = run("power", "--register", str(register), "--workers", "1", "--replications", "2", "--no-store", "--json")
    content = json.loads(out)
    assert code == 0
    assert content["laid_out"] | {"cycle": 4.5} == content["laid_out"]
    assert (content["laid_out"]["kind"], content["laid_out"]["units"], content["bias_units"], content["bias_years"]) == ("register", 8, 8, 4)
    assert any((each["units"], each["years"]) == (8, 4) for each in content["turns"])
    assert "m1-0" not in out


@pytest.mark.parametrize("arguments", [[], ["hanoi-2021", "--register", "register.csv"]])
def test_a_scenario_or_a_register_is_named_and_not_both(run, arguments):
    code, _, err = run("power", *arguments)
    assert code == 2
    assert "--register" in err


def test_winners_without_a_head_count_are_refused_in_words(run, tmp_path):
    register = tmp_path / "winners.csv"
    rows = [f"{2018 + year},u{unit},m{unit}-{year},0,1" for year in range(4) for unit in range(8)]
    register.write_text("year,unit_id,member_id,is_leader,is_awarded\n" + "\n".join(rows) + "\n", encoding="utf-8")
    code, _, err = run("power", "--register", str(register), "--no-store")
    assert code == 1
    assert "--headcount" in err
