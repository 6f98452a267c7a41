from __future__ import annotations

import pytest

from simulator.widgets.looks import Alarm
from simulator.widgets.training.seat import MEMBERS, YEARS, Refusal, Seat
from simulator.widgets.training.seat_panel import SeatPanel
from simulator.workspace import find_workspace


@pytest.fixture
def panel():
    return SeatPanel(find_workspace(), "vi", Alarm("vi"))


@pytest.fixture
def seated():
    return SeatPanel(find_workspace(), "vi", Alarm("vi"), Seat(find_workspace(), 3))


def choose(panel, *numbers):
    for number in numbers:
        panel.boxes[number].value = True
    panel.nominate.click()


def test_nothing_is_simulated_before_somebody_takes_the_seat(panel):
    assert panel.seat is None
    assert panel.nominate.disabled
    assert panel.skip.disabled
    panel.again.click()
    assert "Năm 1 trên 5" in panel.heading.value


def test_everybody_can_be_put_forward_with_what_a_head_knows_of_them(seated):
    told = [box.description for box in seated.boxes.values()]
    assert len(told) == MEMBERS
    assert sum("thủ trưởng (chính bạn)" in each for each in told) == 1
    for colleague, each in zip(seated.seat.colleagues(), told, strict=True):
        assert each.startswith(f"Số {colleague.number} · ")
        assert ("không đạt Lao động tiên tiến năm nay" in each) != colleague.has_lower
        assert ("không có sáng kiến chưa dùng" in each) == (colleague.n_initiatives == 0)
    asked = seated.list.children[0].value
    assert f"15% của {seated.seat.n_holders()} người đạt Lao động tiên tiến" in asked
    assert "Điều 23 Luật số 06/2022/QH15" in asked
    assert "thủ trưởng đơn vị đề nghị" not in asked


def test_a_refusal_names_the_rule_and_the_clause_and_others_are_told(seated):
    shut_out = next(each for each in seated.seat.colleagues() if each.rating == "completed-well" and not each.n_initiatives)
    choose(seated, shut_out.number)
    assert f"đã đề nghị người số {shut_out.number}; được công nhận: không ai" in seated.told.value
    assert f"Người số {shut_out.number} không được công nhận vì chưa đáp ứng: “Hoàn thành xuất sắc nhiệm vụ" in seated.told.value
    assert "(Điều 23 Luật số 06/2022/QH15)" in seated.told.value
    found = seated.seat.others(1)
    assert f"19 đơn vị khác có {found.n_awards} người được công nhận" in seated.told.value


def test_what_came_of_the_last_year_stands_below_the_button_and_of_those_before_above_the_list(seated):
    seated.skip.click()
    assert (seated.past.value, seated.told.value.count("đã đề nghị")) == ("", 1)
    seated.skip.click()
    assert "Năm 1: đã đề nghị" in seated.past.value
    assert "Năm 2: đã đề nghị" not in seated.past.value
    assert "Năm 2: đã đề nghị" in seated.told.value
    seated.nominate.click()
    assert "Chưa đánh dấu ai" in seated.told.value
    assert "Năm 2: đã đề nghị" in seated.told.value


def test_what_a_council_refuses_is_no_lack_of_places(seated):
    said = seated._say_refusal(seated.seat, "as-is", Refusal(1, 7, "council", ()))
    assert said.startswith("Hồ sơ của người số 7 đủ điều kiện nhưng chưa được hội đồng thông qua")


def test_nobody_is_put_forward_only_by_the_button_that_says_so(seated):
    seated.nominate.click()
    assert "Chưa đánh dấu ai" in seated.told.value
    assert seated.seat.year == 1
    seated.skip.click()
    assert seated.seat.year == 2
    assert "Năm 1: đã đề nghị không ai; được công nhận: không ai." in seated.told.value


@pytest.mark.deep
def test_five_years_end_in_a_comparison(seated):
    while not seated.seat.is_over:
        by_score = sorted(seated.seat.colleagues(), key=lambda colleague: -colleague.score)
        choose(seated, *(colleague.number for colleague in by_score[:3]))
    assert seated.past.value.count("đã đề nghị") == YEARS
    assert seated.nominate.disabled
    assert seated.skip.disabled
    assert seated.boxes == {}
    told = seated.table.value
    assert "Đơn vị của bạn, năm năm (đã đề nghị 15 lượt)" in told
    assert "bình quân một đơn vị" in told
    assert "“Người vừa đạt phải chờ hai năm” (giả định)" in told
    assert told.count("So với quy định ban đầu") == 2


def test_another_language_keeps_the_seat(seated):
    choose(seated, 1)
    other = SeatPanel(find_workspace(), "en", Alarm("en"), seated.seat)
    assert "Year 2 of 5" in other.heading.value
