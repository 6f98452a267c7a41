from __future__ import annotations

import unicodedata

import pytest

from simulator.workbook.markings import are_mostly_old, count_old, is_of_windows, is_surely_old


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


def windows(text):
    """Write Vietnamese as Windows does: the vowel with its hook or horn, then the mark."""
    pieces = []
    for letter in unicodedata.normalize("NFC", text):
        try:
            pieces.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            base, *others = unicodedata.normalize("NFD", letter)
            mark = next(each for each in others if each in "\u0300\u0301\u0303\u0309\u0323")
            pieces.append(
                unicodedata.normalize("NFC", base + "".join(each for each in others if each != mark)).encode("cp1258") + mark.encode("cp1258")
            )
    return b"".join(pieces)


def test_what_windows_writes_is_told_from_old_fonts():
    assert is_of_windows(windows("Mã;Họ và tên;Đơn vị\nCB01;Nguyễn Thị Hoà;Phòng Tổng hợp\n"))
    for old in ("Hä vµ tªn;§¬n vÞ;NguyÔn V¨n §øc;Phßng Tæng hîp", "Hoï vaø teân;Ñôn vò coâng taùc;Nguyeãn Vaên Ñöùc;Traàn Thò Hoøa"):
        assert not is_of_windows(old.encode("latin-1"))
    assert not is_of_windows(b"a;\xff\n")
