from __future__ import annotations

from dataclasses import fields, replace

import pytest

from simulator.experiments.comparing.ensemble import lay_side_by_side
from simulator.experiments.runs.plan import fingerprint_of_study
from simulator.experiments.scenarios.framing import Framing
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.experiments.store.store import Store
from simulator.experiments.studies import KINDS, find_study, keep_study
from simulator.reporting.evidence.contents import ScenarioEvidence
from simulator.rules.values import Text
from tests.experiments.shelf import change
from tests.presentation.influences import entry, sensitivity_of
from tests.presentation.specimen import specimen_comparison


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("hanoi-2021")


@pytest.fixture
def study():
    odd = replace(specimen_comparison(), title={"vi": "Dòng một\u2028dòng hai", "en": "one\ntwo"})
    return lay_side_by_side({"weighted": odd, "lexical": odd})


def test_a_study_comes_back_for_the_same_scenario_alone(tmp_path, scenario, study):
    store = Store(tmp_path)
    assert find_study(store, "structures", scenario) is None
    keep_study(store, "structures", scenario, study)
    assert find_study(store, "structures", scenario) == study
    assert find_study(store, "structures", scenario.with_(seed=5)) is None


def ranging(scenario, **changes):
    """Give the scenario with one assumption changed."""
    numbers = scenario.assumptions.numbers
    changed = numbers["turn_weight"].model_copy(update=changes)
    return replace(scenario, assumptions=scenario.assumptions.model_copy(update={"numbers": {**numbers, "turn_weight": changed}}))


OTHERS = {
    "margin": lambda it: replace(it, assumptions=it.assumptions.model_copy(update={"margins": {**it.assumptions.margins, "merit_kappa": 0.04}})),
    "range": lambda it: ranging(it, high=it.assumptions.numbers["turn_weight"].high + 0.001),
    "title": lambda it: ranging(it, title=Text(vi="Khác", en="Other")),
    "asked": lambda it: replace(it, asked=("gini",)),
    "option": lambda it: replace(it, options=(it.options[0], replace(it.options[1], title=Text(vi="Khác", en="Other")), *it.options[2:])),
    "years": lambda it: it.with_(years=it.years + 1),
}
"""What a study depends on, changed alone."""


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("change", OTHERS)
def test_a_study_is_not_found_once_anything_it_depends_on_is_another(tmp_path, scenario, study, name, change):
    store = Store(tmp_path)
    keep_study(store, name, scenario, study)
    assert store.get_study(fingerprint_of_study(scenario, with_replications=name == "structures"), name) is not None
    other = OTHERS[change](scenario)
    assert store.get_study(fingerprint_of_study(other, with_replications=name == "structures"), name) is None
    assert find_study(store, name, other) is None


def test_a_study_is_found_whatever_else_the_scenario_says(tmp_path, scenario, study):
    store = Store(tmp_path)
    keep_study(store, "structures", scenario, study)
    assert find_study(store, "structures", replace(scenario, question=Text(vi="Khác?", en="Other?"), framing=Framing())) == study


def test_only_the_study_that_is_run_as_often_as_the_scenario_is_lost_with_its_replications(tmp_path, scenario, study):
    store = Store(tmp_path)
    fewer = scenario.with_(replications=scenario.replications - 1)
    sensitivity = sensitivity_of(entry("a", -0.3, 0.1))
    keep_study(store, "structures", scenario, study)
    keep_study(store, "sensitivity", scenario, sensitivity)
    assert find_study(store, "structures", fewer) is None
    assert find_study(store, "sensitivity", fewer) == sensitivity


def test_without_a_store_nothing_is_kept(scenario, study):
    keep_study(None, "structures", scenario, study)
    assert find_study(None, "structures", scenario) is None


@pytest.mark.parametrize("damage", ["substr(text, 1, 90)", "replace(text, 'weighted', 'weihgted')", "''", "x'ff'"])
def test_a_damaged_study_is_none(tmp_path, scenario, study, damage):
    store = Store(tmp_path)
    keep_study(store, "structures", scenario, study)
    change(tmp_path, f"UPDATE results SET text = {damage}")  # noqa: S608 - of our own
    assert find_study(store, "structures", scenario) is None


def test_a_study_of_another_shape_is_none(tmp_path, scenario):
    store = Store(tmp_path)
    store.add_study(fingerprint_of_study(scenario, with_replications=True), "structures", '{"scenario": "hanoi-2021"}')
    assert find_study(store, "structures", scenario) is None


def test_where_nothing_can_be_kept_it_is_said(tmp_path, scenario, study):
    (tmp_path / "file").write_text("", encoding="ascii")
    told = []
    keep_study(Store(tmp_path / "file" / "store", tell=told.append), "structures", scenario, study)
    assert [finding.code for finding in told] == ["SW102"]


def test_every_kind_of_study_is_a_field_of_the_evidence_and_has_its_own_word():
    held = {field.name: field.type for field in fields(ScenarioEvidence)}
    assert {name: f"{kind.record.__name__} | None" for name, kind in KINDS.items()} == {name: held[name] for name in KINDS}
    assert len({kind.word for kind in KINDS.values()}) == len(KINDS) == 7
