from __future__ import annotations

import unicodedata

import pytest

from simulator.workbook.markings import are_mostly_old, count_old, is_secret, is_secret_margin


@pytest.mark.parametrize(
    "text", ["MẬT", " TỐI  MẬT ", "TUYỆT MẬT", "(MẬT)", "Độ mật: MẬT", "UBND TỈNH\nMẬT", "Tài liệu TUYỆT MẬT", "MËT", "TOÁI MAÄT", "MẬT (bản số 1)"]
)
def test_stamps(text):
    assert is_secret(text)
    assert is_secret(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    "text", ["", "Bảo mật", "Mật độ dân số", "Nguyễn Thị Mật", "Mật", "MẬT ONG", "BẢO MẬT", "CÔNG TÁC BẢO MẬT THÔNG TIN", "Bí mật"]
)
def test_words_that_are_no_stamps(text):
    assert not is_secret(text)


def test_stamps_in_page_margins():
    assert is_secret_margin('&L&"Times,Bold"&12UBND&C&KFF0000MẬT&R&P')
    assert not is_secret_margin("&LCông tác bảo mật&R&P/&N")


@pytest.mark.parametrize("text", ["NguyÔn V¨n §øc", "§¬n vÞ", "Hä vµ tªn", "Nguyeãn Vaên Ñöùc", "Hoï vaø teân", "Ñôn vò coâng taùc"])
def test_old_letters(text):
    assert count_old(text) > 0


@pytest.mark.parametrize(
    "text",
    [
        "Hoàng Hà",
        "toàn khoá",
        "Huế",
        "thuý",
        "quà",
        "Họ và tên",
        "Đơn vị",
        "Lê Hoè",
        "oán",
        "Đặng Thuỳ Trâm",
        "ngoài",
        "Nguyen Van A",
        "Nông Văn Dền",
        "",
        "công tác",
    ],
)
def test_letters_of_today(text):
    assert count_old(text) == 0


def test_one_foreign_name_makes_no_old_file():
    assert not are_mostly_old(["Nguyễn Văn A", "Trần Bình", "Jürgen Höß", "Lê Cúc", "François Naïf"])
    assert are_mostly_old(["NguyÔn V¨n §øc"])
