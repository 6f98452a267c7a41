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
    ],
)
def test_a_title_keeps_saying_the_number(title, lang, former, own, expected):
    assert retitled(title, lang, former, own) == expected
