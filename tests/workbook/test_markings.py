from __future__ import annotations

import pytest

from simulator.workbook.markings import are_mostly_old, count_old, is_surely_old


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


@pytest.mark.parametrize("text", ["Së KÕ ho¹ch", "NguyÔn V¨n An", "Phßng §µo t¹o", "Quy ®Þnh", "Traàn Vaên"])
def test_one_text_that_can_only_be_old(text):
    assert is_surely_old(text)


@pytest.mark.parametrize("text", ["Sở Kế hoạch", "Müller", "João", "François", "Noël", "Microsoft®", "1½", "", "An"])
def test_one_text_that_need_not_be_old(text):
    assert not is_surely_old(text)
