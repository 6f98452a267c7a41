from __future__ import annotations

import math

import pytest

from simulator.experiments.runs.compliance import SWEPT
from simulator.experiments.runs.references import order_options, values_by_reference
from simulator.indicators.values import values_of
from tests.worlds import live, one_award, quota

MARGINS = dict.fromkeys(SWEPT, 0.05)


def runs(**by_reference):
    """Give two replications in which every indicator has the same value under each reference."""
    return [{reference: dict.fromkeys(SWEPT, value) for reference, value in by_reference.items()}] * 2


def test_options_that_keep_their_places_are_stable():
    orders = order_options({"keep": runs(results=0.1, office=0.3), "draft": runs(results=0.2, office=0.4)}, MARGINS)
    assert [order.indicator for order in orders] == list(SWEPT)
    assert all(order.is_stable for order in orders)
    assert orders[0].order == {"results": ["draft", "keep"], "office": ["draft", "keep"]}
    assert orders[0].values["office"] == {"keep": pytest.approx(0.3), "draft": pytest.approx(0.4)}


def test_options_that_change_places_by_the_margin_are_not():
    orders = order_options({"keep": runs(results=0.1, office=0.4), "draft": runs(results=0.2, office=0.3)}, MARGINS)
    assert not any(order.is_stable for order in orders)


def test_a_change_smaller_than_the_margin_is_no_change():
    orders = order_options({"keep": runs(results=0.10, office=0.12), "draft": runs(results=0.11, office=0.11)}, MARGINS)
    assert all(order.is_stable for order in orders)


def test_what_is_undefined_has_no_value_goes_last_and_leaves_it_open_whether_places_change():
    orders = order_options({"keep": runs(results=math.nan), "draft": runs(results=-0.2)}, MARGINS)
    assert orders[0].values["results"] == {"keep": None, "draft": pytest.approx(-0.2)}
    assert orders[0].order["results"] == ["draft", "keep"]
    assert orders[0].is_stable is None


def test_a_replication_without_a_value_is_left_out():
    keep = [*runs(results=0.9, office=0.1)[:1], *runs(results=0.9, office=math.nan)[:1]]
    orders = order_options({"keep": keep, "draft": runs(results=0.1, office=0.9)}, MARGINS)
    assert orders[0].values["office"] == {"keep": pytest.approx(0.1), "draft": pytest.approx(0.9)}
    assert orders[0].is_stable is False


def test_a_change_that_is_seen_is_a_change_whatever_else_is_undefined():
    by_option = {"keep": runs(results=0.1, office=0.4), "draft": runs(results=0.2, office=0.3), "third": runs(results=math.nan, office=0.3)}
    assert order_options(by_option, MARGINS)[0].is_stable is False


def test_nothing_run_gives_no_order():
    assert order_options({}, MARGINS) == []
    assert order_options({"keep": []}, MARGINS) == []


def test_every_reference_of_a_history_is_measured():
    history = live(one_award(quota()), years=5)
    values = values_of(history)[0]
    measured = values_by_reference(history, values)
    assert set(measured) == {"results", *history.references}
    assert measured["results"]["merit_kappa"] == values["merit_kappa"] == 1
    assert measured["results-and-initiative"]["merit_kappa"] < 1
