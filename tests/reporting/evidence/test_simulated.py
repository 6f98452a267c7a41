"""A scenario is simulated as asked, and each of its studies run once, kept, and run again as it was."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from simulator.experiments.comparing.compare import compare
from simulator.experiments.execution.computing import Computing
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.experiments.scenarios.thinning import THINNED_MEMBERS
from simulator.experiments.store.store import Store
from simulator.experiments.studies import KINDS
from simulator.reporting.evidence import simulated
from simulator.reporting.evidence.contents import Asked, read_evidence
from simulator.reporting.evidence.making import Request, make_evidence
from simulator.workspace import find_workspace
from tests.experiments.conftest import furnish
from tests.presentation.influences import entry, sensitivity_of
from tests.presentation.results.paperwork_specimen import paperwork
from tests.presentation.results.power_specimen import power
from tests.presentation.tipped import tipped
from tests.presentation.uncertain import entry as varied
from tests.presentation.uncertain import global_study

WORKSPACE = find_workspace()


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A dozen units and two options: who runs what, and when, does not depend on size."""
    return furnish(tmp_path_factory.mktemp("place") / "w")


@pytest.fixture(scope="module")
def comparisons():
    """What was compared in this file, by what was asked."""
    return {}


@pytest.fixture
def _compared_once(comparisons, monkeypatch):
    """Let the same question be compared once in this file, where a test is about a study beside it."""

    def compare_once(scenario, **how):
        name = repr(scenario)
        if name not in comparisons:
            comparisons[name] = compare(scenario, **how)
        return comparisons[name]

    monkeypatch.setattr(simulated, "compare", compare_once)


def test_a_scenario_is_simulated_as_asked_and_says_what_it_is_called(place, tmp_path):
    asked = Asked("", replications=2, years=1, seed=5, lang="en")
    path = tmp_path / "tiny.yaml"
    shutil.copy(place.scenarios / "tiny.yaml", path)
    evidence = make_evidence(Request("scenario", str(path), asked), place, Computing(store=Store(tmp_path / "store")))
    assert evidence.asked == Asked("tiny", replications=2, years=1, seed=5, lang="en")
    assert evidence.comparison == compare(load_scenario("tiny", place).with_(replications=2, years=1, seed=5))
    assert evidence.structures is None
    assert any(rule.topic == "gender" for rule in evidence.group_rules)
    assert read_evidence(evidence.to_json()) == evidence


@pytest.mark.usefixtures("_compared_once")
def test_a_study_that_is_asked_for_is_run_once_and_kept(place, tmp_path, monkeypatch):
    run = []
    study = sensitivity_of(entry("a", -0.3, 0.1))
    monkeypatch.setattr(simulated, "find_sensitivity", lambda scenario, _computing: run.append(scenario.id) or study)
    store = Store(tmp_path / "store")
    request = Request("scenario", "tiny", Asked("", replications=2, years=1), studies=("sensitivity",))
    assert [make_evidence(request, place, Computing(store=store)).sensitivity for _ in range(2)] == [study, study]
    assert run == ["tiny"]
    assert make_evidence(replace(request, studies=()), place, Computing(store=store)).sensitivity == study


@pytest.mark.usefixtures("_compared_once")
@pytest.mark.parametrize(("members", "asked"), [(2000, THINNED_MEMBERS), (20_000, None)])
@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_what_varied_at_once_is_run_once_kept_and_run_again_by_its_own_method(place, tmp_path, monkeypatch, members, asked, method):
    study = replace(global_study(varied("a", 0.5, method=method), method=method), members=members, replications=7)
    run = []
    monkeypatch.setattr(simulated, "find_global_sensitivity", lambda scenario, _computing, **how: run.append((scenario.id, how)) or study)
    store = Store(tmp_path / "store")
    request = Request("scenario", "tiny", Asked("", replications=2, years=1), studies=("global_sensitivity",))
    for _ in range(2):
        evidence = make_evidence(request, place, Computing(store=store))
        assert (evidence.global_sensitivity, evidence.sensitivity) == (study, None)
    assert run == [("tiny", {})]
    again = replace(request, studies=(), again={"global_sensitivity": study})
    assert make_evidence(again, place, Computing(store=store)).global_sensitivity == study
    (_, how) = run[1]
    assert (how["method"], how["members"], how["plan"].sobol.width) == (method, asked, 7)


@pytest.mark.usefixtures("_compared_once")
@pytest.mark.parametrize(("members", "asked"), [(2000, THINNED_MEMBERS), (8000, None)])
def test_a_study_of_a_report_is_run_again_as_it_was_whatever_is_kept(place, tmp_path, monkeypatch, members, asked):
    again = replace(sensitivity_of(entry("a", -0.3, 0.1)), replications=7, members=members, members_in_scenario=8000)
    run, begun = [], []
    monkeypatch.setattr(simulated, "find_sensitivity", lambda scenario, _computing, **how: run.append((scenario.id, how)) or again)
    store = Store(tmp_path / "store")
    request = Request("scenario", "tiny", Asked("", replications=2, years=1), again={"sensitivity": again})
    for _ in range(2):
        assert make_evidence(request, place, Computing(store=store), begin=begun.append).sensitivity == again
    assert run == [("tiny", {"replications": 7, "members": asked})] * 2
    assert begun == ["sensitivity"] * 2


@pytest.mark.usefixtures("_compared_once")
@pytest.mark.parametrize("members", [2000, None])
def test_where_options_tip_over_is_found_again_in_the_same_futures(place, monkeypatch, members):
    again, run = tipped(members_asked=members), []
    monkeypatch.setattr(simulated, "find_tipping", lambda scenario, _computing, **how: run.append((scenario.id, how)) or again)
    request = Request("scenario", "tiny", Asked("", replications=2, years=1), again={"tipping": again})
    assert make_evidence(request, place, Computing()).tipping == again
    assert run == [("tiny", {"futures": 40, "replications": 4, "members": members})]


@pytest.mark.usefixtures("_compared_once")
@pytest.mark.parametrize("name", ["paperwork", "power"])
def test_paper_and_power_are_run_once_kept_and_run_again_as_they_were(place, tmp_path, monkeypatch, name):
    study = {"paperwork": paperwork(), "power": power()}[name]
    run = []
    monkeypatch.setattr(simulated, f"{name}_of_scenario", lambda scenario, *_, **how: run.append((scenario.id, how)) or study)
    request = Request("scenario", "tiny", Asked("", replications=2, years=1), studies=(name,))
    store = Store(tmp_path / "store")
    for _ in range(2):
        assert getattr(make_evidence(request, place, Computing(store=store)), name) == study
    assert run == [("tiny", {})]
    make_evidence(replace(request, studies=(), again={name: study}), place, Computing(store=store))
    assert run[1] == ("tiny", {"replications": study.replications, "members": 2000})
    whole = {"paperwork": replace(paperwork(), members=20_000), "power": power(members_asked=None)}[name]
    make_evidence(replace(request, studies=(), again={name: whole}), place, Computing())
    assert run[2] == ("tiny", {"replications": study.replications, "members": None})


def test_every_kind_of_study_can_be_run():
    assert simulated._RUNNERS.keys() == KINDS.keys()
