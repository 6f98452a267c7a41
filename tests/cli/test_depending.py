"""``sensitivity``: tables on stdout, progress aside, the study kept for reports."""

from __future__ import annotations

import json
import re
import shutil

import pytest
import yaml

from simulator.experiments.scenarios.scenario import load_scenario
from simulator.experiments.sensitivity import global_sensitivity
from simulator.experiments.sensitivity.sobol_study import SobolPlan
from simulator.experiments.sensitivity.two_stage_screening import ScreeningPlan
from simulator.experiments.store.store import Store
from simulator.experiments.studies import find_study
from simulator.workspace import Workspace
from tests.experiments.ranges import keep_ranges
from tests.small_hanoi import shorten, thin_out


def keep_three(folder):
    """Leave but three assumptions a range."""
    keep_ranges(folder / "scenarios" / "assumptions.yaml", {"rank_weight", "turn_weight", "annual_delay_months"})
    return folder


@pytest.fixture(scope="module")
def small(place, tmp_path_factory):
    """Give a workspace with one option beside what is, in which but three assumptions have a range, so that the study takes seconds."""
    folder = tmp_path_factory.mktemp("small") / "w"
    shutil.copytree(place, folder, ignore=shutil.ignore_patterns("reports"))
    shorten(Workspace(folder), ("keep-as-is", "plan-115-and-letter-3959"), warm_up_years=4)
    return keep_three(folder)


@pytest.fixture(scope="module")
def brief(place, tmp_path_factory):
    """Give the same with another option, shorter and with a quarter of the people, where it is none of these that a test is about."""
    folder = tmp_path_factory.mktemp("brief") / "w"
    shutil.copytree(place, folder, ignore=shutil.ignore_patterns("reports"))
    shorten(thin_out(Workspace(folder)), ("keep-as-is", "letter-3959"), warm_up_years=2)
    return keep_three(folder)


def test_the_table_alone_is_printed_and_progress_aside(run, brief):
    code, out, err = run("sensitivity", "hanoi-2021", "--method", "one-at-a-time", "--replications", "3", "--workers", "1", workspace=brief)
    assert code == 0
    assert "phụ thuộc vào giả định nào" in out
    assert "Mức đơn vị xét theo chức vụ" in out.replace("\n", " ") or "1. Mức đơn vị" in out
    assert "xem nhanh, đổi từng giả định một" in out
    assert "3 giả định có khoảng" in err
    assert re.search(r"\d+/\d+", err)
    assert "giả định có khoảng)…" not in out


def test_the_study_is_kept_for_reports_and_found_as_it_was_printed(run, brief):
    code, out, _ = run(
        "sensitivity", "hanoi-2021", "--method", "one-at-a-time", "--replications", "3", "--workers", "1", "--json", "--lang", "en", workspace=brief
    )
    content = json.loads(out)
    assert code == 0
    assert {each["id"] for each in content["assumptions"]} == {"rank_weight", "turn_weight", "annual_delay_months"}
    kept = find_study(Store(brief / "reports" / "store"), "sensitivity", load_scenario("hanoi-2021", Workspace(brief)))
    assert kept is not None
    assert json.loads(kept.to_json()) == content


def test_nothing_is_kept_where_that_is_asked(run, brief, tmp_path):
    shutil.copytree(brief, tmp_path / "w", ignore=shutil.ignore_patterns("reports"))
    code, _, _ = run(
        "sensitivity",
        "hanoi-2021",
        "--method",
        "one-at-a-time",
        "--replications",
        "2",
        "--workers",
        "1",
        "--no-store",
        "--years",
        "1",
        workspace=tmp_path / "w",
    )
    assert code == 0
    assert not (tmp_path / "w" / "reports" / "store").exists()


@pytest.fixture
def quick(monkeypatch):
    """Let a study that varies everything at once take seconds, and be that of the small office."""
    sobol = SobolPlan(base=2, rows=8, rows_of_dummy=2, width=2)
    plan = global_sensitivity.GlobalPlan(ScreeningPlan(alone=2, width=1), sobol, 3, 2, is_apart=False)
    monkeypatch.setattr(global_sensitivity, "LOUDEST", 100.0)  # in so small an office luck makes most of what varies
    monkeypatch.setattr(global_sensitivity, "GlobalPlan", lambda: plan)
    monkeypatch.setattr("simulator.experiments.scenarios.thinning.THINNED_MEMBERS", 200)


def test_by_default_everything_varies_at_once_and_files_are_written_where_asked(run, small, quick, tmp_path):
    arguments = ("sensitivity", "hanoi-2021", "--workers", "1", "--years", "2", "--lang", "en", "-o", str(tmp_path / "out"))
    code, out, err = run(*arguments, workspace=small)
    assert code == 0
    assert "Method: everything varies at once" in out
    assert "Whether verdicts hold when everything varies at once" in out
    assert "Compliance needed" in out
    assert "Trying all assumptions at once (5 inputs)" in err
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"effects.csv", "differences.csv", "compliance.csv"} <= names
    assert any(name.endswith(".svg") for name in names)
    assert "plan-115" in (tmp_path / "out" / "effects.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_the_data_have_the_keys_of_the_quick_look_and_more(run, brief, quick, method):
    seed = len(method)  # a seed of its own: what the other method keeps is no concern of this one
    asked = ("--workers", "1", "--years", "1", "--seed", str(seed), "--json")
    code, out, _ = run("sensitivity", "hanoi-2021", "--method", method, *asked, workspace=brief)
    content = json.loads(out)
    assert code == 0
    assert content["method"] == method
    for key in ("scenario", "title", "baseline_title", "members", "members_in_scenario", "replications", "followed", "n_runs", "seed"):
        assert key in content
    assert {each["id"] for each in content["assumptions"]} >= {"rank_weight", "turn_weight", "structure", "compliance", "seed_block"}
    assert set(content["options"][0]["differences"]) >= {"turn_taking_index", "merit_kappa"}
    assert (content["followed"] > 0) is (method == "sobol")
    # A screening alone is a part of the study, and must not take its place in a report; nor must either be taken for the quick look.
    scenario, store = load_scenario("hanoi-2021", Workspace(brief)).with_(years=1, seed=seed), Store(brief / "reports" / "store")
    kept = find_study(store, "global_sensitivity", scenario)
    assert (kept is None) is (method == "morris")
    assert kept is None or json.loads(kept.to_json()) == content
    assert find_study(store, "sensitivity", scenario) is None


def test_a_method_nobody_knows_is_refused(run, brief):
    code, out, err = run("sensitivity", "hanoi-2021", "--method", "fast", workspace=brief)
    assert (code, out) == (2, "")
    assert "sobol, morris, one-at-a-time" in " ".join(err.split())


def test_a_number_that_is_none_is_refused(run, brief):
    code, out, err = run("sensitivity", "hanoi-2021", "--replications", "7.0", workspace=brief)
    assert (code, out) == (2, "")
    assert "7.0" in err


def test_a_scenario_without_another_option_is_refused_before_anything_runs(run, brief, tmp_path):
    shutil.copytree(brief, tmp_path / "w", ignore=shutil.ignore_patterns("reports"))
    path = tmp_path / "w" / "scenarios" / "alone.yaml"
    content = yaml.safe_load((tmp_path / "w" / "scenarios" / "hanoi-2021.yaml").read_text(encoding="utf-8"))
    content |= {"id": "alone", "options": content["options"][:1]}
    content.pop("recommendation", None)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    for command in (("sensitivity", "alone"), ("report", "alone", "--with", "sensitivity")):
        code, out, err = run(*command, "--workers", "1", "--lang", "en", workspace=tmp_path / "w")
        assert (code, out) == (1, "")
        assert "CL007" in err
        assert "No option of the scenario alone changes a rule" in " ".join(err.split())
        assert not re.search(r"\d+/\d+ runs|Trying the assumptions", err)
