"""What is said of leaders names every number that is known, and claims no more than their intervals."""

from __future__ import annotations

import pytest

from simulator.indicators.measurement import Measured
from simulator.presentation.i18n import translate
from simulator.presentation.registers.leader_sentences import reading_of_leaders, say_leaders
from simulator.presentation.registers.measurement_sentences import format_of, with_interval
from simulator.presentation.wording import indicator_name
from tests.presentation.measured import measurement


def of(value, low, high):
    return Measured(value, low, high, 900)


UP, DOWN, OPEN, NEAR_ONE = of(0.3, 0.1, 0.5), of(-0.3, -0.5, -0.1), of(0.1, -0.1, 0.3), of(1.1, 0.9, 1.3)


def leaders(*, post=0.0, ratio=NEAR_ONE, **indicators):
    """Give a measurement whose part of posts lies .1 about its value."""
    return measurement(mix=(0.5, 0.2, post, 0.3 - post), leader_risk_ratio=ratio, **indicators)


@pytest.mark.parametrize(
    ("found", "reading"),
    [
        (leaders(unexplained_gap=OPEN, post_worth=OPEN), "open"),
        (leaders(unexplained_gap=UP, post_worth=OPEN), "favoured"),
        (leaders(unexplained_gap=OPEN, post_worth=DOWN), "disfavoured"),
        (leaders(unexplained_gap=UP, post_worth=DOWN), "opposed"),
        (leaders(post=-0.3, ratio=of(1.3, 1.1, 1.5)), "opposed"),
        (leaders(ratio=of(0.7, 0.5, 0.9)), "disfavoured"),
    ],
)
def test_the_verdict_follows_the_intervals(found, reading):
    assert reading_of_leaders(found) == reading
    for lang in ("vi", "en"):
        (sentence,) = say_leaders(found, lang)
        assert translate(f"figure.measured.leaders.{reading}", lang, rest="|").split("|")[0].removesuffix(".") in sentence


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("gap", "has_rest"), [(UP, False), (OPEN, True)])
def test_that_the_others_leave_it_open_is_said_only_where_there_are_others(lang, gap, has_rest):
    found = leaders(post=0.3, ratio=of(1.3, 1.1, 1.5), post_worth=UP, unexplained_gap=gap)
    (sentence,) = say_leaders(found, lang)
    assert (translate("figure.measured.leaders.rest", lang) in sentence) == has_rest


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_number_stands_on_the_side_its_value_is_on_and_the_headline_is_not_repeated(lang):
    found = leaders(post=-0.06, ratio=of(1.3, 1.1, 1.5), unexplained_gap=of(0.06, 0.02, 0.1), post_worth=DOWN, equal_opportunity_difference=OPEN)
    (sentence,) = say_leaders(found, lang)
    more, less = (translate(f"figure.measured.leaders.{side}", lang, indicators="|").split("|")[0] for side in ("above", "below"))
    begins, ends = sentence.index(more), sentence.index(less)
    names = {name: indicator_name(name, lang) for name in ("leader_risk_ratio", "unexplained_gap", "equal_opportunity_difference", "post_worth")}
    for name, is_more in {"leader_risk_ratio": True, "unexplained_gap": True, "equal_opportunity_difference": True, "post_worth": False}.items():
        assert (begins < sentence.index(names[name]) < ends) == is_more, name
    assert sentence.index(translate("figure.measured.leaders.post", lang)) > ends
    ratio = found.indicators["leader_risk_ratio"]
    assert f"{names['leader_risk_ratio']} {with_interval(ratio, format_of('leader_risk_ratio', ratio, lang=lang))}" in sentence
    assert {"vi": "1,3", "en": "1.3"}[lang] in sentence
    assert not sentence.split(names["equal_opportunity_difference"])[1].startswith(" ")


def test_one_number_alone_is_not_reconciled_with_anything():
    alone = measurement(leader_risk_ratio=UP)
    parts = dict.fromkeys(alone.allocation_mix, Measured(None, None, None, 0, "caveat.no-merit"))
    assert say_leaders(type(alone)(alone.award, 1, 1, 1, 1, alone.indicators, parts), "vi") == []


@pytest.mark.parametrize(("value", "side"), [(0.04, "neither"), (-0.04, "neither"), (0.06, "above"), (-0.06, "below")])
def test_a_number_that_reads_as_none_leans_to_neither_side(value, side):
    (sentence,) = say_leaders(leaders(post_worth=of(value, -0.9, 0.9), unexplained_gap=OPEN), "en")
    worth = f"{indicator_name('post_worth', 'en')} {with_interval(of(value, -0.9, 0.9), format_of('post_worth', of(value, -0.9, 0.9), lang='en'))}"
    told = {each: translate(f"figure.measured.leaders.{each}", "en", indicators="|").split("|")[0] for each in ("above", "below", "neither")}
    parts = {each: sentence.partition(words)[2].partition(".\x20")[0] for each, words in told.items()}
    assert [each for each, part in parts.items() if worth in part] == [side]
