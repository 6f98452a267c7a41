from __future__ import annotations

import pytest

from simulator.rules.facts import FACTS
from simulator.workbook.criteria_fields import Spec, kinds_of, model_of, spec_of


@pytest.mark.parametrize(
    ("kind", "field", "spec"),
    [
        ("quota", "share", Spec(is_number=True)),
        ("quota", "places", Spec(is_whole=True)),
        ("quota", "rounding", Spec(choices=("floor", "nearest", "ceiling", "systematic"))),
        ("quota", "of.holders_of", Spec(is_text=True)),
        ("quota", "limit.source.confidence", Spec(choices=("read", "recalled", "unsure", "derived"))),
        ("eligibility", "requires.all.3.not.consumed", Spec(is_yes_no=True)),
        ("eligibility", "requires.within_years", Spec(is_whole=True, low=1)),
        ("proportional", "target", Spec(is_number=True, choices=("own",), low=0, is_low_refused=True)),
        ("proportional", "points", Spec(is_number=True, low=0)),
        ("eligibility", "requires.one_of", Spec(is_list=True)),
        ("mark", "by", Spec(is_list=True, choices=("self", "cluster", "standing-body"))),
        ("steps", "bands.0.points", Spec(is_number=True)),
        ("highest", "levels.gold.when.any.0.below", Spec(is_number=True, is_whole=True, low=0)),
        ("stage", "consults.0.vi", Spec(is_text=True)),
        ("quota", "colour", Spec()),
        ("quota", "share.more", Spec()),
        ("eligibility", "requires.all.x.fact", Spec()),
    ],
)
def test_what_a_value_may_be_is_read_off_the_format(kind, field, spec):
    assert spec_of(model_of(kind), field) == spec
    assert spec.is_known == (spec != Spec())


def test_every_fact_is_offered():
    assert set(spec_of(model_of("eligibility"), "requires.fact").choices) == set(FACTS)


def test_every_kind_has_its_model():
    assert len(kinds_of()) == len(set(kinds_of())) > 30
    assert all(model_of(kind) for kind in kinds_of())
    assert model_of("nothing") is None
    assert spec_of(model_of("merit", is_award=True), "level") == Spec(is_whole=True, low=1)
