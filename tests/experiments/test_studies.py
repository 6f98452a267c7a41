from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.experiments.ensemble import lay_side_by_side
from simulator.experiments.plan import fingerprint
from simulator.experiments.scenario import load_scenario
from simulator.experiments.store import Store
from simulator.experiments.studies import KINDS, find_study, keep_study
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


def test_without_a_store_nothing_is_kept(scenario, study):
    keep_study(None, "structures", scenario, study)
    assert find_study(None, "structures", scenario) is None


@pytest.mark.parametrize("damage", [lambda text: text[:-9], lambda text: text.replace("weighted", "weihgted"), lambda _: "", lambda _: "\xff"])
def test_a_damaged_study_is_none(tmp_path, scenario, study, damage):
    store = Store(tmp_path)
    keep_study(store, "structures", scenario, study)
    (path,) = tmp_path.rglob("*.study.jsonl")
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="latin-1")
    assert find_study(store, "structures", scenario) is None


def test_a_study_of_another_shape_is_none(tmp_path, scenario):
    store = Store(tmp_path)
    store.add_study(fingerprint(scenario), "structures", '{"scenario": "hanoi-2021"}')
    assert find_study(store, "structures", scenario) is None


def test_where_nothing_can_be_kept_it_is_said(tmp_path, scenario, study):
    (tmp_path / "file").write_text("", encoding="ascii")
    told = []
    keep_study(Store(tmp_path / "file" / "store", tell=told.append), "structures", scenario, study)
    assert [finding.code for finding in told] == ["SW102"]


def test_every_kind_of_study_can_be_read():
    assert {"structures", "sensitivity"} <= set(KINDS)
