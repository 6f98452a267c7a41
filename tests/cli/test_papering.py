"""``paperwork``: a scenario by its options, a set file by file."""

from __future__ import annotations

import json

from simulator.experiments.scenarios.scenario import load_scenario
from simulator.experiments.store.store import Store
from simulator.experiments.studies import find_study
from simulator.workspace import Workspace


def test_a_scenario_gives_tables_a_sentence_and_files_and_is_kept_for_reports(run, place, tmp_path):
    given = ("paperwork", "hanoi-2021", "--workers", "1", "--replications", "2", "--years", "1", "--store", str(tmp_path / "s"), "--lang", "en")
    code, out, err = run(*given, "-o", str(tmp_path / "o"))
    assert code == 0
    assert "Procedure and money of every option, a year" in out
    assert "What is assumed of the work" in out
    assert "- Option “" in out
    assert "2/2" in err
    names = ["assumed.csv", "awards.csv", "paperwork.csv", "paperwork.png", "paperwork.svg"]
    assert sorted(path.name for path in (tmp_path / "o").iterdir()) == names
    rows = (tmp_path / "o" / "paperwork.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "option,quantity,value,low,high,ground,difference,difference_low,difference_high,verdict"
    assert len(rows) == 1 + 4 * 12
    scenario = load_scenario("hanoi-2021", Workspace(place)).with_(years=1)
    kept = find_study(Store(tmp_path / "s"), "paperwork", scenario)
    assert (kept.kind, kept.replications, kept.years) == ("scenario", 2, 1)
    assert find_study(Store(tmp_path / "s"), "paperwork", scenario.with_(years=2)) is None


def test_a_set_is_told_without_a_simulation_by_the_base_salary_of_a_day(run):
    code, out, err = run("paperwork", "law-2022-decree-152", "--date", "2025-12-01", "--json")
    content = json.loads(out)
    assert (code, err) == (0, "")
    assert (content["kind"], content["law"]["base_salary"]["amount"], content["options"][0]["quantities"]) == ("set", 2_340_000, {})


def test_a_file_is_a_scenario_where_it_has_options(run, place):
    workspace = Workspace(place)
    for path, kind in ((workspace.scenarios / "hanoi-2021.yaml", "scenario"), (workspace.criteria / "decree-91.yaml", "set")):
        code, out, _ = run("paperwork", str(path), "--workers", "1", "--replications", "2", "--years", "1", "--no-store", "--json")
        assert (code, json.loads(out)["kind"]) == (0, kind)


def test_neither_a_scenario_nor_a_set_is_refused(run):
    code, _, err = run("paperwork", "nothing-of-the-kind")
    assert code == 2
    assert "nothing-of-the-kind" in err
