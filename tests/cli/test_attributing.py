"""``attribute``: tables and sentences on stdout, progress aside, the whole study kept."""

from __future__ import annotations

import json
import shutil

import pytest
import yaml

from simulator.experiments.scenarios import thinning
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.experiments.store.store import Store
from simulator.experiments.studies import find_study
from simulator.workspace import Workspace
from tests.small_hanoi import thin_out


@pytest.fixture
def desk(place, tmp_path):
    """Give a workspace in which the scenario has two options beside what is, so that there are fewer sets of clauses to run."""
    shutil.copytree(place, tmp_path / "w", ignore=shutil.ignore_patterns("reports"))
    path = tmp_path / "w" / "scenarios" / "hanoi-2021.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["options"] = content["options"][:3]
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return thin_out(Workspace(tmp_path / "w")).root


def test_the_whole_study_is_kept_for_reports(run, desk):
    code, out, err = run("attribute", "hanoi-2021", "--workers", "1", "--years", "1", "--replications", "2", "--lang", "en", workspace=desk)
    assert code == 0
    assert "Effect by clause" in out
    assert "- Option “" in out
    assert "simulating the sets of clauses" in err
    place = Workspace(desk)
    kept = find_study(Store(place.store), "attribution", load_scenario("hanoi-2021", place).with_(years=1))
    assert kept.replications == 2
    code, out, _ = run("attribute", "hanoi-2021", "--workers", "1", "--years", "1", "--replications", "2", "--json", workspace=desk)
    assert json.loads(out) == kept.to_dict()


def test_one_option_and_one_indicator_can_be_asked_for_and_are_not_kept(run, desk):
    code, out, _ = run(
        "attribute",
        "hanoi-2021",
        "--option",
        "plan-115",
        "--indicator",
        "gini",
        "--years",
        "2",
        "--replications",
        "2",
        "--workers",
        "1",
        "--json",
        workspace=desk,
    )
    content = json.loads(out)
    assert code == 0
    assert [(option["id"], list(option["indicators"])) for option in content["options"]] == [("plan-115", ["gini"])]
    place = Workspace(desk)
    assert find_study(Store(place.store), "attribution", load_scenario("hanoi-2021", place).with_(years=2)) is None


@pytest.mark.parametrize("wrong", [("--option", "plan-116"), ("--option", "keep-as-is"), ("--indicator", "luck"), ("--replications", "1")])
def test_what_there_is_not_is_refused(run, wrong):
    code, out, err = run("attribute", "hanoi-2021", *wrong)
    assert (code, out) == (2, "")
    assert wrong[1] in err


@pytest.mark.parametrize(("words", "is_whole"), [((), False), (("--full",), True)])
def test_fewer_members_stand_for_all_unless_all_are_asked_for(run, desk, words, is_whole, monkeypatch):
    monkeypatch.setattr(thinning, "THINNED_MEMBERS", 200)
    given = ("--option", "plan-115", "--indicator", "gini", "--years", "1", "--replications", "2", "--workers", "1", "--json", "--no-store")
    code, out, _ = run("attribute", "hanoi-2021", *given, *words, workspace=desk)
    content = json.loads(out)
    assert code == 0
    assert (content["members"] == content["members_in_scenario"]) is is_whole
