from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from simulator.presentation.rules.point_words import criterion_rule
from simulator.rules.points import Criterion

READ = TypeAdapter(Criterion).validate_python
TITLE = {"vi": "Đi muộn", "en": "Late"}


@pytest.mark.parametrize(
    ("criterion", "vi"),
    [
        ({"kind": "proportional"}, "Tối đa 10 điểm khi đạt 100% chỉ tiêu; thấp hơn thì tính điểm theo tỷ lệ đạt được."),
        (
            {"kind": "proportional", "target": "own", "loses": {"points": 1, "per_percent": 2, "counted": "whole-steps"}, "nothing_below": 50},
            "Tối đa 10 điểm khi đạt chỉ tiêu riêng của mình; cứ thiếu 2% chỉ tiêu thì trừ 1 điểm, phần lẻ không tính; dưới 50% chỉ tiêu thì không có điểm.",
        ),
        (
            {"kind": "steps", "bands": [{"at_least": 90, "points": 10}, {"below": 90, "points": 2.5}], "unit": {"vi": "%", "en": "%"}},
            "Tối đa 10 điểm: từ 90 trở lên: 10 điểm; dưới 90: 2,5 điểm. Đơn vị tính: %.",
        ),
        ({"kind": "threshold"}, "10 điểm khi đạt yêu cầu; không thì 0 điểm."),
        ({"kind": "threshold", "at_most": 3}, "10 điểm khi kết quả từ 3 trở xuống; không thì 0 điểm."),
        ({"kind": "threshold", "when": {"fact": "is-woman"}}, "10 điểm khi là nữ; không thì 0 điểm."),
        ({"kind": "count", "each": 2, "unit": {"vi": "sáng kiến", "en": "initiative"}}, "Mỗi sáng kiến được 2 điểm, tối đa 10 điểm."),
        ({"kind": "count", "each": -2}, "Mỗi trường hợp bị trừ 2 điểm."),
        (
            {"kind": "deduct", "events": {"late": {"title": TITLE, "minus": 0.5, "at_most_times": 4}}},
            "Có sẵn 10 điểm; Đi muộn: trừ 0,5 điểm mỗi lần, không quá 4 lần.",
        ),
        ({"kind": "event", "each": -3}, "Mỗi lần trừ 3 điểm; tất cả không quá 10 điểm."),
        (
            {"kind": "event", "each": 3, "at_most_times": 2, "round_to": 0.5},
            "Mỗi lần tính 3 điểm, không quá 2 lần; tất cả không quá 10 điểm. Điểm được làm tròn đến 0,5.",
        ),
        ({"kind": "highest", "levels": {"a": {"title": TITLE, "points": 4}}}, "Chỉ tính mức cao nhất đạt được, tối đa 10 điểm: Đi muộn: 4 điểm."),
        (
            {"kind": "achievements", "levels": {"a": {"title": TITLE, "points": 4, "when": {"fact": "leads-cluster"}}}},
            "Cộng điểm các thành tích, mỗi thành tích tính một lần, tối đa 10 điểm: Đi muộn: 4 điểm, khi dẫn đầu cụm, khối thi đua.",
        ),
        ({"kind": "mark"}, "Chấm từ 0 đến 10 điểm, do cơ quan thường trực chấm."),
        (
            {"kind": "mark", "by": ["self", "standing-body"], "counts": "mean", "step": 0.25},
            "Chấm từ 0 đến 10 điểm, do đơn vị, cá nhân tự chấm và cơ quan thường trực chấm; lấy điểm trung bình cộng; điểm chấm là bội số của 0,25.",
        ),
    ],
)
def test_each_kind_of_criterion_is_said(criterion, vi):
    read = READ({"title": TITLE, "points": 10, **criterion})
    assert criterion_rule(read, "vi") == vi
    assert criterion_rule(read, "en")
