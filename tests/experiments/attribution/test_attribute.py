from __future__ import annotations

import json
from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from simulator.errors import RunError
from simulator.experiments.attribution import coalition_runs
from simulator.experiments.attribution.attribute import USUAL_INDICATORS, USUAL_REPLICATIONS, USUAL_REPLICATIONS_THINNED, Attribution, attribute
from simulator.experiments.comparing.compare import compare
from simulator.experiments.execution.processes import Processes
from simulator.experiments.mathematics.statistics import mean_of
from simulator.experiments.runs.rewording import reword
from simulator.experiments.store.store import Store
from simulator.experiments.studies import find_study, keep_study
from simulator.indicators.measurement import INDICATORS
from simulator.rules.values import Text
from tests.experiments.attribution.test_coalitions import CAP, REST, asking
from tests.experiments.crew import Here
from tests.worlds import FOCUS, award, clause, criteria, one_award, quota

FLOOR = clause("floor", "direct-worker-floor", "share: 0.6, pooling: unit")


@pytest.fixture(scope="module")
def plan_split(tiny, office):
    return attribute(tiny, workspace=office)


@pytest.fixture(scope="module")
def short(tiny):
    """Give a question of one award: who computes, and what is kept, does not depend on how many awards there are."""
    return asking(tiny, one_award(quota(0.2)), one_award(quota(0.2), FLOOR, CAP))


@pytest.fixture(scope="module")
def short_split(short, office):
    return attribute(short, workspace=office)


def parts_of(split, name, option=0):
    return {part.clause.rpartition("#")[2]: part for part in split.options[option].indicators[name].parts}


def all_indicators(split):
    return [(option, name, item) for option in split.options for name, item in option.indicators.items()]


def test_the_parts_add_up_to_the_effect(plan_split):
    for _, name, item in all_indicators(plan_split):
        if item.total is not None:
            assert sum(part.value for part in item.parts) == pytest.approx(item.total, rel=1e-12, abs=1e-12), name


def test_the_effect_is_the_one_the_comparison_shows(plan_split, tiny, office):
    compared = compare(tiny, workspace=office).option("plan")
    (option,) = plan_split.options
    for name, item in option.indicators.items():
        shown = compared.indicators[name]
        assert (item.total, item.value, item.baseline) == pytest.approx((shown.difference, shown.value, shown.baseline), rel=1e-12)
        assert item.margin == shown.margin


def test_a_large_population_is_thinned_and_it_says_so(tiny, office, plan_split):
    names = ["award_rate"]
    kinds = {name: kind.model_copy(update={"units": 20}) for name, kind in tiny.population.kinds.items()}
    large = replace(tiny, population=tiny.population.model_copy(update={"kinds": kinds}))
    study = attribute(large, members=200, indicators=names, workspace=office)
    assert (study.members, study.members_in_scenario) == (pytest.approx(200, rel=0.1), 720)
    whole = attribute(large, members=None, replications=2, indicators=names, workspace=office)
    assert whole.members == whole.members_in_scenario == 720
    assert plan_split.members == plan_split.members_in_scenario  # about two thousand, or fewer, stay as they are


def test_a_study_kept_before_it_told_of_its_members_is_read(plan_split):
    former = {name: value for name, value in plan_split.to_dict().items() if not name.startswith("members")}
    assert TypeAdapter(Attribution).validate_json(json.dumps(former)) == replace(plan_split, members=None, members_in_scenario=None)


@pytest.mark.parametrize(("members", "most"), [(None, USUAL_REPLICATIONS), (200, USUAL_REPLICATIONS_THINNED)])
def test_of_fewer_members_more_replications_are_run(tiny, office, members, most):
    kinds = {name: kind.model_copy(update={"units": 20}) for name, kind in tiny.population.kinds.items()}
    large = replace(tiny, population=tiny.population.model_copy(update={"kinds": kinds})).with_(replications=30, years=1)
    assert attribute(large, members=members, indicators=["award_rate"], workspace=office).replications == most


def test_clauses_that_are_only_recorded_have_no_part_at_all(plan_split):
    recorded = [part.clause for part in plan_split.options[0].parts if part.state == "recorded"]
    assert len(recorded) == 4
    for _, _, item in all_indicators(plan_split):
        of_recorded = [part for part in item.parts if part.clause in recorded]
        assert len(of_recorded) == 4
        assert {(part.value, part.low, part.high) for part in of_recorded} <= {(0.0, 0.0, 0.0), (None, None, None)}


def test_the_json_has_the_promised_shape(plan_split, tiny):
    data = json.loads(plan_split.to_json())
    assert data["scenario"] == tiny.id
    (option,) = data["options"]
    assert option["id"] == "plan"
    assert list(option["indicators"]) == list(USUAL_INDICATORS)
    for item in option["indicators"].values():
        assert {"total", "low", "high", "parts"} <= item.keys()
        assert all({"clause", "value", "low", "high"} <= part.keys() for part in item["parts"])
    assert all("#" in part["clause"] for part in option["parts"])


def test_a_single_clause_has_the_whole_effect(tiny, office):
    split = attribute(asking(tiny, one_award(quota(0.2)), one_award(quota(0.2), FLOOR)), workspace=office)
    for _, _, item in all_indicators(split):
        (part,) = item.parts
        assert (part.value, part.low, part.high, part.verdict) == (item.total, item.low, item.high, item.verdict)
    assert abs(split.options[0].indicators["leader_share"].total) > 0.001


def test_two_clauses_of_one_effect_share_it(tiny, office):
    other = FLOOR.replace("floor:", "other-floor:", 1)
    split = attribute(asking(tiny, one_award(quota(0.2)), one_award(quota(0.2), FLOOR, other)), workspace=office)
    for _, _, item in all_indicators(split):
        first, second = item.parts
        assert (first.value, first.low, first.high) == (second.value, second.low, second.high)
        assert first.value == pytest.approx(None if item.total is None else item.total / 2, rel=1e-12)
        if item.total is not None:  # either alone does it all: together they do as much less
            assert item.interaction.value == pytest.approx(-item.total, rel=1e-12, abs=1e-15)


def test_a_rewording_has_exactly_no_part_and_takes_no_run(tiny, office):
    scenario = asking(tiny, tiny.baseline, reword(tiny.baseline)).with_(years=1, warm_up_years=2, replications=2)
    split = attribute(scenario, workspace=office)
    assert split.options[0].parts
    for _, _, item in all_indicators(split):
        assert item.total in {0.0, None}
        assert {part.value for part in item.parts} == {item.total}


def in_other_words(baseline):
    """Give the same rules with another title of a clause."""
    (focus, held), *_ = baseline.awards.items()
    (name, first), *_ = held.clauses.items()
    clauses = {**held.clauses, name: first.model_copy(update={"title": Text(vi="Tên khác", en="Another name")})}
    awards = {**baseline.awards, focus: held.model_copy(update={"clauses": clauses})}
    return replace(baseline, rules=baseline.rules.model_copy(update={"awards": awards}))


def test_an_option_of_words_alone_has_no_effect_and_takes_no_other_option_with_it(tiny, office):
    scenario = asking(tiny, tiny.baseline, in_other_words(tiny.baseline), one_award(quota(0.3))).with_(years=1, warm_up_years=2, replications=2)
    split = attribute(scenario, workspace=office)
    words, other = split.options
    assert [part.state for part in words.parts] == ["words"]
    for item in words.indicators.values():
        if item.total is not None:
            assert (item.total, item.low, item.high, item.verdict) == (0, 0, 0, "small")
            assert [(part.value, part.low, part.high, part.verdict) for part in item.parts] == [(0, 0, 0, "small")]
            assert item.interaction is None
    assert any(item.total for item in other.indicators.values())


def planted(tiny, monkeypatch, n_clauses, worth):
    """Give a split whose coalitions are worth what is planted: each clause a cooling-off of its own award."""
    names = [f"giay-khen-{n}" for n in range(n_clauses)]
    before = criteria(award(FOCUS, quota(0.2)), *(award(name, quota(0.3), level=3) for name in names))
    after = criteria(award(FOCUS, quota(0.2)), *(award(name, quota(0.3), REST, level=3) for name in names))

    def measured(scenario, replication, names_wanted):
        found = {}
        for option in scenario.options:
            some = {number for number, name in enumerate(names) if "rest" in option.criteria.awards[name].clauses}
            found[option.key] = {name: worth(some, replication) if name == "leader_share" else 0.0 for name in names_wanted}
        return found

    def side_by_side(scenario, replications, names_wanted):
        of_each = [measured(scenario, replication, names_wanted) for replication in replications]
        return {key: [values[key] for values in of_each] for key in of_each[0]}

    monkeypatch.setattr(coalition_runs, "values_under", measured)
    monkeypatch.setattr(coalition_runs, "values_side_by_side", side_by_side)
    return attribute(asking(tiny, before, after).with_(replications=6), indicators=["leader_share"], workspace=None)


@pytest.mark.parametrize("n_clauses", [3, 10])
def test_effects_that_add_up_are_found_exactly(tiny, monkeypatch, n_clauses):
    split = planted(tiny, monkeypatch, n_clauses, lambda some, replication: 0.1 * replication + sum(0.01 * number for number in some))
    (option,) = split.options
    values = {part.clause.rpartition("#")[2]: part for part in option.indicators["leader_share"].parts}
    for number in range(n_clauses):
        part = values[f"giay-khen-{number}.rest"]
        assert (part.value, part.low, part.high) == pytest.approx((0.01 * number,) * 3, abs=1e-12)
    assert (option.method, option.orders) == (("exact", None) if n_clauses == 3 else ("sampled", 24))
    if n_clauses == 10:
        assert option.indicators["leader_share"].interaction is None


def test_the_interval_of_drawn_orders_covers_which_were_drawn(tiny, monkeypatch):
    split = planted(tiny, monkeypatch, 10, lambda some, _: 0.3 * ({0, 1, 2} <= some))
    item = split.options[0].indicators["leader_share"]
    first = next(part for part in item.parts if "giay-khen-0" in part.clause)
    assert first.low < 0.1 < first.high
    assert first.high > first.low + 0.01
    assert sum(part.value for part in item.parts) == pytest.approx(item.total, abs=1e-12)


def test_what_two_clauses_do_together_is_named(tiny, monkeypatch):
    split = planted(tiny, monkeypatch, 3, lambda some, _: 0.1 * (2 in some) + 0.3 * ({0, 1} <= some))
    item = split.options[0].indicators["leader_share"]
    assert [name.partition("#")[2] for name in item.interaction.clauses] == ["giay-khen-0.rest", "giay-khen-1.rest"]
    assert item.interaction.value == pytest.approx(0.3)


def test_a_replication_in_which_a_coalition_is_undefined_counts_for_nothing(tiny, monkeypatch):
    split = planted(tiny, monkeypatch, 3, lambda some, replication: float("nan") if replication == 2 and some == {1} else 0.1 * len(some))
    item = split.options[0].indicators["leader_share"]
    assert item.n == 5
    assert sum(part.value for part in item.parts) == pytest.approx(item.total, abs=1e-12)
    split = planted(tiny, monkeypatch, 3, lambda some, _: float("nan") if len(some) == 1 else 0.1)
    item = split.options[0].indicators["leader_share"]
    assert (item.n, item.total, item.caveat) == (0, None, "caveat.undefined")
    assert {(part.value, part.verdict) for part in item.parts} == {(None, "not clear")}


def test_runs_come_back_from_the_store_and_so_does_the_study(short, office, short_split, tmp_path, monkeypatch):
    store = Store(tmp_path)
    first = attribute(short, workspace=office, store=store)
    assert first == short_split
    compare(short, workspace=office, store=store)  # measures more of the same options: must not be met with less

    def never(*_arguments):
        pytest.fail("was run already")

    monkeypatch.setattr(coalition_runs, "values_side_by_side", never)
    monkeypatch.setattr(coalition_runs, "values_under", never)
    assert attribute(short, workspace=office, store=store) == first
    keep_study(store, "attribution", short, first)
    assert find_study(store, "attribution", short) == first


@pytest.mark.parametrize("crew", [Here, pytest.param(Processes, marks=pytest.mark.deep)])
def test_it_does_not_depend_on_who_computes(short, office, short_split, monkeypatch, crew):
    """That runs give the same in other processes is proved in test_executors.py; here, that all they need is handed over."""
    monkeypatch.setattr("simulator.experiments.execution.processes.Processes", crew)
    assert attribute(short, workspace=office, workers=2) == short_split


def test_one_option_and_one_indicator_can_be_asked_for(tiny, office):
    two = asking(tiny, one_award(quota(0.2)), one_award(quota(0.2), CAP), one_award(quota(0.2), FLOOR))
    split = attribute(two, options=["option-1"], indicators=["gini"], replications=2, workspace=office)
    assert [option.id for option in split.options] == ["option-1"]
    assert list(split.options[0].indicators) == ["gini"]
    assert split.replications == 2
    with pytest.raises(KeyError, match="option-7"):
        attribute(two, options=["option-7"], workspace=office)
    with pytest.raises(KeyError, match="luck"):
        attribute(two, indicators=["luck"], workspace=office)
    assert set(USUAL_INDICATORS) <= set(INDICATORS)


def test_failures_are_said_and_too_many_are_an_error(tiny, monkeypatch):
    def failing(some, replication):
        if replication == 1:
            raise ArithmeticError
        return float(len(some))

    split = planted(tiny, monkeypatch, 2, failing)
    assert split.options[0].indicators["leader_share"].n == 5
    with pytest.raises(RunError, match="too few"):
        planted(tiny, monkeypatch, 2, lambda _some, _replication: 1 / 0)


def test_progress_is_reported(short, office):
    told = []
    attribute(replace(short, replications=2), workspace=office, progress=lambda *one: told.append(one))
    assert told == [(1, 2), (2, 2)]


def test_parts_are_adjusted_for_how_many_they_are(tiny, monkeypatch):
    """Each alone is told from 0 at 5 per cent; three looked at together need more, and a part that moves nothing is looked at, too."""

    def worth(some, replication):
        luck = (-1, 1, -1, 1, -1, 1)[replication] * 0.02
        return 0.024 * (0 in some) + luck * (0 in some)

    (one,) = planted(tiny, monkeypatch, 1, worth).options
    (three,) = planted(tiny, monkeypatch, 3, worth).options
    alone, among = (option.indicators["leader_share"].parts[0] for option in (one, three))
    assert alone.value == among.value == pytest.approx(0.024)
    mean = mean_of([0.004, 0.044] * 3)
    assert (alone.low, alone.high) == pytest.approx(mean.interval(0.05))
    assert (among.low, among.high) == pytest.approx(mean.interval(0.05 / 3))
    assert alone.low > 0 > among.low
    assert (alone.verdict, among.verdict) == ("clear", "not clear")
    assert three.indicators["leader_share"].low == pytest.approx(alone.low)


@pytest.mark.parametrize(("undefined", "n", "word"), [(2, 4, "clear"), (3, 3, "clear"), (4, 2, "not clear")])
def test_what_less_than_half_of_the_replications_define_is_not_clear(tiny, monkeypatch, undefined, n, word):
    split = planted(tiny, monkeypatch, 2, lambda some, replication: float("nan") if replication < undefined else 0.5 * (0 in some))
    item = split.options[0].indicators["leader_share"]
    assert (item.n, item.verdict, item.parts[0].verdict) == (n, word, word)
    assert item.parts[1].verdict == ("small" if word == "clear" else word)
