from __future__ import annotations

import pytest

from simulator.widgets.drafting.titles import retitled


@pytest.mark.parametrize(
    ("title", "lang", "former", "own", "expected"),
    [
        ("Không quá 15% số cá nhân", "vi", {"share": 0.15}, {"share": 0.1}, "Không quá 10% số cá nhân"),
        ("At most 15 per cent of them", "en", {"share": 0.15}, {"share": 0.125}, "At most 12.5 per cent of them"),
        ("từ 70 phần trăm trở lên", "vi", {"prefer.1.who.at_least_share": 0.7}, {"prefer.1.who.at_least_share": 0.655}, "từ 65,5 phần trăm trở lên"),
        ("trong 05 năm", "vi", {"years": 5}, {"years": 12}, "trong 12 năm"),
        ("03 lần trong 05 năm", "vi", {"at_least": 3, "within_years": 5}, {"at_least": 2, "within_years": 4}, "02 lần trong 04 năm"),
        ("Tiền thưởng 1,0 lần mức lương cơ sở", "vi", {"multiple": 1.0}, {"multiple": 1.5}, "Tiền thưởng 1,5 lần mức lương cơ sở"),
        ("5 năm, mỗi 5 năm một lần", "vi", {"years": 5}, {"years": 4}, "5 năm, mỗi 5 năm một lần"),
        ("Luật số 06/2022", "vi", {"years": 6}, {"years": 4}, "Luật số 06/2022"),
        ("Không quá 15% số cá nhân", "vi", {"share": 0.15, "rounding": "floor"}, {"rounding": "ceiling"}, "Không quá 15% số cá nhân"),
        ("được tính 1 lần", "vi", {"is_counted": True, "times": 1}, {"is_counted": False}, "được tính 1 lần"),
        ("Có ít nhất một sáng kiến", "vi", {"at_least": 1}, {"at_least": 2}, "Có ít nhất hai sáng kiến"),
        ("một trong các tiêu chuẩn", "vi", {"at_least": 1}, {"at_least": 2}, "một trong các tiêu chuẩn"),
        ("Có năm sáng kiến", "vi", {"at_least": 5}, {"at_least": 12}, "Có mười hai sáng kiến"),
        ("Từ 10 năm trở lên", "vi", {"at_least": 5}, {"at_least": 4}, "Từ 10 năm trở lên"),
        ("Năm năm tiếp theo liên tục", "vi", {"fact": "rating-run", "at_least": 5}, {"at_least": 3}, "Ba năm tiếp theo liên tục"),
        ("Ba lần liên tục", "vi", {"fact": "award-run", "at_least": 3}, {"at_least": 1}, "Ba lần liên tục"),
        ("Provincial title twice in a row", "en", {"fact": "award-run", "at_least": 2}, {"at_least": 3}, "Provincial title three times in a row"),
        ("three times in a row", "en", {"fact": "award-run", "at_least": 3}, {"at_least": 2}, "two times in a row"),
        ("At least one recognised initiative", "en", {"at_least": 1}, {"at_least": 2}, "At least two recognised initiatives"),
        ("Has two initiatives recognised", "en", {"at_least": 2}, {"at_least": 1}, "Has one initiative recognised"),
        ("Ít nhất hai phần ba số người", "vi", {"share": 0.67}, {"share": 0.6}, "Ít nhất 60% số người"),
        ("At least two thirds of them", "en", {"share": 0.67}, {"share": 0.6}, "At least 60% of them"),
        ("half the members", "en", {"share": 0.5}, {"share": 0.6}, "half the members"),
        ("Tất cả cá nhân", "vi", {"share": 1.0}, {"share": 0.9}, "Tất cả cá nhân"),
        ("mười lăm phần trăm", "vi", {"share": 0.15}, {"share": 0.25}, "hai mươi lăm phần trăm"),
        ("5 năm", "vi", {"at_least": 5, "within_years": 5}, {"at_least": 3}, "5 năm"),
        ("03 lần trong 05 năm", "vi", {"at_least": 3, "within_years": 5}, {"at_least": 5, "within_years": 3}, "05 lần trong 03 năm"),
    ],
)
def test_a_title_keeps_saying_the_number(title, lang, former, own, expected):
    assert retitled(title, lang, former, own) == expected
