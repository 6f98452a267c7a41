from __future__ import annotations

import pytest

from simulator.presentation.rules.reading_places import is_official, reading_places
from simulator.rules.citation import load_instruments
from simulator.workspace import find_workspace


@pytest.mark.parametrize(
    ("where", "vi", "en", "official"),
    [
        ("vbpl.vn ItemID 8274", "Cơ sở dữ liệu quốc gia về văn bản pháp luật (vbpl.vn)", "National database of legal documents (vbpl.vn)", True),
        ("github 21ts444/x (toàn văn)", "Bản sao do bên thứ ba đăng công khai (toàn văn)", "A copy published by a third party (full text)", False),
        (
            "news.laodong.vn 1, 2; pbgdpl.cantho.gov.vn",
            "Trang thông tin điện tử của cơ quan nhà nước (pbgdpl.cantho.gov.vn); báo, trang tin điện tử (news.laodong.vn)",
            "An authority's own site (pbgdpl.cantho.gov.vn); online press (news.laodong.vn)",
            True,
        ),
        ("notgov.vn 1", "Trang thông tin điện tử (notgov.vn)", "Another site (notgov.vn)", False),
        (None, "", "", False),
    ],
)
def test_a_place_is_told_by_its_kind_and_name_without_an_address(where, vi, en, official):
    assert (reading_places(where, "vi"), reading_places(where, "en")) == (vi, en)
    assert is_official(where) is official


def test_every_place_of_the_register_is_of_a_known_kind(pytestconfig):
    register = load_instruments(find_workspace(explicit=pytestconfig.rootpath))
    places = [reading_places(instrument.where_read, "vi") for instrument in register.instruments.values() if instrument.where_read]
    assert len(places) > 10
    for place in places:
        assert "github" not in place
        assert not place.lower().startswith("trang thông tin điện tử (")
