from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from simulator.scoring.name_order import name_key

IN_ORDER = [
    "Phòng 1",
    "Phòng An",
    "Phòng Án",
    "Phòng An Bình",
    "Phòng Anh",
    "Phòng Ăn",
    "Phòng Ân",
    "Phòng Dân",
    "Phòng Đa",
    "Phòng Đà",
    "Phòng Đả",
    "Phòng Đã",
    "Phòng Đá",
    "Phòng Đạ",
    "Phòng E",
    "Phòng Ê",
    "Phòng G",
    "Phòng O",
    "Phòng Ô",
    "Phòng Ơ",
    "Phòng U",
    "Phòng Ư",
    "Phòng Y",
]


def test_names_stand_as_in_a_vietnamese_dictionary():
    mixed = [*IN_ORDER[::-2], *IN_ORDER[1::2]]
    assert sorted(mixed, key=name_key) == IN_ORDER
    assert sorted(mixed) != IN_ORDER, "code points would order them otherwise"


def test_neither_capitals_nor_the_way_letters_are_composed_change_the_place():
    others = [unicodedata.normalize("NFD", name.upper()) for name in IN_ORDER[::-1]]
    assert [unicodedata.normalize("NFC", name) for name in sorted(others, key=name_key)] == [name.upper() for name in IN_ORDER]


def test_signs_come_first_and_foreign_letters_last():
    assert len(name_key("\u0300")) == 3, "a mark without its letter"
    assert sorted(["Ω", "y", "-", "7", "a", ""], key=name_key) == ["", "-", "7", "a", "y", "Ω"]


@given(st.text(max_size=8), st.text(max_size=8))
def test_only_what_is_written_alike_has_one_key(one, other):
    assert (name_key(one) == name_key(other)) == (unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other))
