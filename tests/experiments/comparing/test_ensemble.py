from __future__ import annotations

import json
from dataclasses import replace

import pytest

from simulator.experiments.comparing.ensemble import compare_structures, judge_jointly, lay_side_by_side
from simulator.experiments.execution.computing import Computing
from simulator.experiments.results.comparison import STRUCTURES_CAVEAT
from simulator.experiments.store.store import Store
from simulator.model.behaviour import STRUCTURES
from tests.presentation.specimen import specimen_comparison

NAME = "turn_taking_index"


def comparison(verdict, difference):
    """Give a comparison in which the second option differs so from the first."""
    specimen = specimen_comparison()
    first, second, *_ = specimen.options
    indicator = replace(second.indicators[NAME], difference=difference, verdict=verdict)
    return replace(specimen, options=[first, replace(second, indicators={NAME: indicator})])


def joined(*says):
    ensemble = lay_side_by_side(dict(zip(STRUCTURES, [comparison(*one) for one in says], strict=True)))
    return ensemble.options[1].indicators[NAME]


def test_four_in_five_that_say_the_same_decide():
    found = joined(("clear", -0.2), ("clear", -0.1), ("clear", -0.3), ("clear", -0.1), ("small", 0.0))
    assert (found.verdict, found.agreement) == ("clear", 0.8)
    assert (found.lowest, found.highest) == (-0.3, 0.0)


def test_clear_effects_of_opposite_sign_are_not_clear_together():
    found = joined(("clear", -0.2), ("clear", -0.1), ("clear", 0.3), ("clear", 0.1), ("clear", 0.1))
    assert (found.verdict, found.agreement) == ("not clear", pytest.approx(0.6))


def test_three_in_five_do_not_decide():
    assert joined(("small", 0.0), ("small", 0.0), ("small", 0.0), ("clear", 0.1), ("not clear", 0.1)).verdict == "not clear"


def test_what_is_undefined_is_laid_beside_the_others():
    found = joined(("not clear", None), *[("small", 0.01)] * 4)
    assert found.verdict == "small"
    assert found.by_structure["weighted"].difference is None


def test_an_ensemble_travels_as_strict_json():
    ensemble = lay_side_by_side({structure: comparison("small", 0.0) for structure in STRUCTURES})
    data = json.loads(ensemble.to_json())
    assert data["structures"] == list(STRUCTURES)
    assert set(data["options"][1]["indicators"][NAME]["by_structure"]) == set(STRUCTURES)


def judged(own, *others):
    ensemble = lay_side_by_side(dict(zip(STRUCTURES, [comparison(*one) for one in (own, *others)], strict=True)))
    found = judge_jointly(comparison(*own), ensemble).options[1].indicators[NAME]
    return found.verdict, found.caveat


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        (("clear", -0.2), [("clear", -0.1)] * 3 + [("small", 0.0)], ("clear", None)),
        (("clear", -0.2), [("clear", -0.1)] * 2 + [("small", 0.0)] * 2, ("not clear", STRUCTURES_CAVEAT)),
        (("clear", -0.2), [("clear", 0.1)] * 4, ("not clear", STRUCTURES_CAVEAT)),  # the others agree, but on the opposite
        (("small", 0.0), [("clear", -0.1)] * 4, ("not clear", STRUCTURES_CAVEAT)),
        (("not clear", -0.2), [("clear", -0.1)] * 4, ("not clear", None)),  # its own interval does not bear more
    ],
)
def test_a_verdict_stands_only_where_four_in_five_say_the_same(own, others, expected):
    assert judged(own, *others) == expected


def test_without_the_other_structures_verdicts_stay():
    assert judge_jointly(specimen_comparison(), None) == specimen_comparison()


def test_every_structure_is_announced_and_compared_by_those_who_compute(tiny, office, monkeypatch):
    begun, asked = [], []
    computing = Computing(workers=3, scheduler="tcp://x", store=Store(office.root / "none"), progress=print)

    def compare(scenario, **by):
        assert begun[-1] == scenario.behaviour.structure
        assert replace(scenario, behaviour=tiny.behaviour) == tiny
        asked.append(by)
        return comparison("clear", -0.2)

    monkeypatch.setattr("simulator.experiments.comparing.compare.compare", compare)
    ensemble = compare_structures(tiny, computing, begin=begun.append, workspace=office)
    assert begun == ensemble.structures == list(STRUCTURES)
    by = {name: getattr(computing, name) for name in ("workers", "scheduler", "store", "progress")}
    assert asked == [{**by, "workspace": office}] * len(STRUCTURES)
