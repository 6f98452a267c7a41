"""Each mistake planted in a random sound table is found at its own line, and the table without it has none of that kind."""

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import HealthCheck, Phase, assume, given

from simulator.rules.linting import lint
from tests.examples import sampled
from tests.rules.strategies import paths_of, read, set_data


def _criteria(table):
    for part in table.values():
        if "parts" in part:
            yield from _criteria(part["parts"])
        else:
            yield part


def _sections(table):
    for part in table.values():
        if part["kind"] == "section":
            yield part
        yield from _sections(part.get("parts", {}))


def section(data):
    found = next(_sections(data["points"]), None)
    assume(found is not None)
    found["points"] += 1


def total(data):
    data["procedure"]["scale"]["total"] += 0.5


def band(data):
    found = next((part for part in _criteria(data["points"]) if part["kind"] == "steps"), None)
    assume(found is not None)
    found["bands"][0]["points"] = found["points"] + 0.25


def gap(data):
    _best, second, *_others = data["classes"].values()
    second["below"] -= 0.5
    assume("at_least" not in second or second["below"] > second["at_least"])


def overlap(data):
    _best, second, *_others = data["classes"].values()
    del second["below"]
    second["at_most"] = next(iter(data["classes"].values()))["at_least"]


def out_of_reach(data):
    next(iter(data["classes"].values()))["at_least"] = 10**6


def nameless(data):
    data["procedure"]["tie"] = {"kind": "tie-break", "title": data["title"], "prefer": [{"points": "no-such-part"}]}


def groundless(data):
    del next(iter(data["points"].values()))["assumption"]


def double(data):
    data["procedure"] |= {name: {**data["procedure"]["scale"], "title": data["title"]} for name in ("scale", "scale-again")}


def universal(data):
    condition = {"any": [{"fact": "is-woman"}, {"not": {"fact": "is-woman"}}]}
    data["vetoes"] = {"everybody": {"title": data["title"], "assumption": data["title"], "when": condition}}


def impossible(data):
    path = paths_of(data["points"])[0]
    condition = {"all": [{"points": path, "at_least": 2}, {"points": path, "below": 1}]}
    clause = {"kind": "eligibility", "title": data["title"], "assumption": data["title"], "requires": condition}
    head = {"title": data["title"], "target": "individual", "kind": "merit", "level": 1, "authority": "unit"}
    data["awards"] = {"best": {**head, "clauses": {"never": clause}}}


PLANTS = {
    section: "RL326",
    total: "RL327",
    band: "RL340",
    gap: "RL331",
    overlap: "RL332",
    out_of_reach: "RL336",
    nameless: "RL349",
    groundless: "RL301",
    double: "RL320",
    universal: "RL365",
    impossible: "RL357",
}


# Of each mistake the ordinary suite plants four: to draw a set, and to read and to lint it twice, takes a tenth of a second.
@sampled(4, 10, phases=(Phase.explicit, Phase.generate), suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=set_data(has_points=True, has_awards=False, is_sound=True))
@pytest.mark.parametrize(("plant", "code"), PLANTS.items(), ids=[plant.__name__ for plant in PLANTS])
def test_a_planted_mistake_is_found(plant, code, data):
    data = {**data, "procedure": {"scale": data["procedure"]["scale"]}}  # a random procedure has mistakes of its own
    clean = {finding.code for finding in lint(read(data))} - {"RL336", "RL334"}
    assume("RL347" not in clean)  # a random name may be that of a column every list has
    assert clean <= {"RL328", "RL342", "RL343", "RL344", "RL345", "RL360", "RL361", "RL368", "RL371", "RL372", "RL373", "RL374", "RL390"}, (
        "what a random number can make doubtful, and no error"
    )
    broken = deepcopy(data)
    plant(broken)
    found = {finding.code for finding in lint(read(broken))}
    also = {impossible: "RL369", gap: "RL336"}.get(plant)  # more than a part gives; a gap because its class is out of reach
    assert code in found or also in found
