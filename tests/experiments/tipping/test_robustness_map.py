"""Rules by futures: shares are counted, what nobody can tell is left out, and regret is that of the worst target."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.experiments.scenarios.option import Option
from simulator.experiments.tipping.results import Held
from simulator.experiments.tipping.robustness_map import counted_targets, least_regret, map_options, together
from simulator.experiments.tipping.targets import Target
from simulator.model.behaviour import STRUCTURES
from simulator.rules.values import Text

NAN = float("nan")
A, B = (Target(name, "not-further", 0.05) for name in ("a", "b"))


class FakeOption(Option):
    """An option known by its id alone."""

    @property
    def key(self):
        return self.id


def option(name):
    return FakeOption(name, Text(vi=name, en=name), ())


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [([0, 0], [0, 1], [0, 1]), ([NAN, 1], [0, NAN], [NAN, 1]), ([0, 1], [NAN, NAN], [0, 1]), ([NAN, NAN], [NAN, NAN], [NAN, NAN])],
)
def test_some_target_is_missed(one, other, both):
    missed = {"a": np.array(one, float), "b": np.array(other, float)}
    found = together(missed, counted_targets({"only": missed}))
    assert found == pytest.approx(np.array(both, float), nan_ok=True)


def test_an_option_does_not_meet_a_target_that_it_alone_leaves_undefined():
    """It used to look as if it met all targets together, where another option misses that target in every future."""
    shirks, other = {"a": np.array([0.0, 0, 1]), "b": np.full(3, NAN)}, {"a": np.zeros(3), "b": np.ones(3)}
    counted = counted_targets({"shirks": shirks, "other": other})
    assert counted == {"a", "b"}
    assert together(shirks, counted) == pytest.approx(np.array([NAN, NAN, 1]), nan_ok=True)
    assert together(other, counted).tolist() == [1, 1, 1]


def test_shares_and_regret():
    values = {
        "base": {"a": np.array([0.1, 0.1, 0.1, NAN]), "b": np.array([0.0, 0.0, 0.0, 0.0])},
        "plan": {"a": np.array([0.0, 0.2, 0.1, NAN]), "b": np.array([0.0, 0.0, 0.3, 0.0])},
    }
    missed = {key: {t.indicator: t.is_missed(of[t.indicator], values["base"][t.indicator]) for t in (A, B)} for key, of in values.items()}
    base, plan = map_options([option("base"), option("plan")], values, missed, np.array([0, 0, 1, -1]), (A, B))
    assert base.together == Held(3, 3)
    assert plan.by_target == {"a": Held(2, 3), "b": Held(3, 4)}
    assert plan.together == Held(1, 3)
    assert plan.by_structure == {STRUCTURES[0]: Held(1, 2), STRUCTURES[1]: Held(0, 1)} | dict.fromkeys(STRUCTURES[2:], Held(0, 0))
    assert plan.by_structure[STRUCTURES[2]].share is None
    # Per future, in margins: the baseline 2, 0, 0, 0 behind; the plan 0, 2, 6, 0.
    assert (base.largest_regret, base.mean_regret) == (pytest.approx(2), pytest.approx(0.5))
    assert (plan.largest_regret, plan.mean_regret) == (pytest.approx(6), pytest.approx(2))
    assert least_regret([plan, base]) == "base"


def test_who_leaves_a_target_undefined_forgoes_nothing_that_could_be_compared():
    """Nobody is awarded under the plan: no indicator of awards is defined, and that is no reason to regret it least."""
    values = {
        "base": {"a": np.array([0.1, 0.2, 0.1, 0.1]), "b": np.array([0.1, 0.0, 0.0, 0.0])},
        "plan": {"a": np.array([NAN, NAN, NAN, 0.0]), "b": np.array([0.0, 0.0, 0.0, 0.0])},
        "half": {"a": np.array([NAN, NAN, 0.3, 0.1]), "b": np.array([0.0, 0.0, 0.0, 0.0])},
    }
    missed = {key: {t.indicator: t.is_missed(of[t.indicator], values["base"][t.indicator]) for t in (A, B)} for key, of in values.items()}
    base, plan, half = map_options([option(name) for name in values], values, missed, np.zeros(4, dtype=int), (A, B))
    assert (plan.largest_regret, plan.mean_regret) == (None, None)
    assert base.largest_regret == pytest.approx(2)
    assert half.largest_regret == pytest.approx(4), "half of the futures are enough"
    assert least_regret([plan, half, base]) == "base"


def test_where_nothing_is_defined_there_is_no_regret():
    nothing = {"a": np.array([NAN])}
    (row,) = map_options([option("base")], {"base": nothing}, {"base": nothing}, np.array([0]), (A,))
    assert (row.largest_regret, row.mean_regret, row.together) == (None, None, Held(0, 0))
    assert least_regret([row]) == "base"
