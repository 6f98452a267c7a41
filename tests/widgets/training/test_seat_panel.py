from __future__ import annotations

import pytest

from simulator.widgets.looks import Alarm
from simulator.widgets.training.seat import YEARS
from simulator.widgets.training.seat_panel import SeatPanel
from simulator.workspace import find_workspace


@pytest.fixture
def panel():
    return SeatPanel(find_workspace(), "vi", Alarm("vi"))


def choose(panel):
    for box in list(panel.boxes.values())[: panel.seat.n_places()]:
        box.value = True
    panel.nominate.click()


def test_nothing_is_simulated_before_somebody_takes_the_seat(panel):
    assert panel.seat is None
    assert panel.nominate.disabled
    panel.again.click()
    assert "Năm 1 trên 5" in panel.heading.value


@pytest.mark.deep
def test_five_years_end_in_a_comparison(panel):
    panel.again.click()
    for _ in range(YEARS):
        choose(panel)
    assert "Người vừa đạt phải chờ hai năm" in panel.table.value
    assert panel.past.value.count("đã đề nghị") == YEARS
    assert panel.nominate.disabled


def test_another_number_than_there_are_places_is_told(panel):
    panel.again.click()
    for box in panel.boxes.values():
        box.value = True
    panel.nominate.click()
    assert panel.seat.year == 1 or len(panel.boxes) == 0
    assert "Hãy chọn đúng" in panel.told.value


def test_another_language_keeps_the_seat(panel):
    panel.again.click()
    choose(panel)
    other = SeatPanel(find_workspace(), "en", Alarm("en"), panel.seat)
    assert "Year 2 of 5" in other.heading.value


def test_people_are_called_by_number_and_how_many_qualify_is_said(panel):
    panel.again.click()
    n_eligible = sum(colleague.is_eligible for colleague in panel.seat.colleagues())
    assert f"Năm nay có {n_eligible} trên 18 người đủ điều kiện" in panel.list.children[0].value
    first = next(iter(panel.boxes))
    choose(panel)
    assert f"Năm 1: đã đề nghị người số {first}" in panel.past.value
