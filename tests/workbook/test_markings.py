from __future__ import annotations

import unicodedata

import pytest

from simulator.workbook.markings import are_mostly_old, count_old, is_secret, is_secret_margin, is_secret_name, is_surely_old


@pytest.mark.parametrize(
    "text",
    [
        "MẬT",
        " TỐI  MẬT ",
        "TUYỆT MẬT",
        "(MẬT)",
        "Độ mật: MẬT",
        "UBND TỈNH\nMẬT",
        "Tài liệu TUYỆT MẬT",
        "MËT",
        "TOÁI MAÄT",
        "MẬT (bản số 1)",
        "M Ậ T",
        "T U Y Ệ T  M Ậ T",
        "M.Ậ.T",
        "ＭẬＴ",
        "M\u200bẬT",
        "(Mật)",
        "Tối mật",
        "hồ sơ tối mật",
        "TÀI LIỆU MẬT",
        "Tài liệu: MẬT",
        'DẤU "MẬT"',
        "Bí mật nhà nước: độ Mật",
        "TOI MAT",
        "TUYET MAT",
        "Dấu: M Ậ T",
        "tuyệt mật",
    ],
)
def test_stamps(text):
    assert is_secret(text)
    assert is_secret(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bảo mật",
        "Mật độ dân số",
        "Nguyễn Thị Mật",
        "Mật",
        "MẬT ONG",
        "BẢO MẬT",
        "mật độ dân số",
        "mật mã",
        "cán bộ cơ mật",
        "Nguyễn Văn Mật",
        "NGUYEN THI TUYET MAT",
        "Danh sách mật khẩu",
        "Đảm bảo bí mật nhà nước",
        "Nghiên cứu quản lý tài liệu mật",
        "BÁO CÁO MẬT ĐỘ DÂN SỐ",
        "Độ mật",
        "CÔNG TÁC BẢO MẬT THÔNG TIN",
        "Bí mật",
    ],
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


def test_names_of_files_and_sheets():
    assert [is_secret_name(name) for name in ("TUYỆT MẬT - ds", "ds (MẬT)", "ds_MẬT_2025", "bảo mật 2025", "Mật")] == [True, True, True, False, False]


@pytest.mark.parametrize("text", ["Së KÕ ho¹ch", "NguyÔn V¨n An", "Phßng §µo t¹o", "Quy ®Þnh", "Traàn Vaên"])
def test_one_text_that_can_only_be_old(text):
    assert is_surely_old(text)


@pytest.mark.parametrize("text", ["Sở Kế hoạch", "Müller", "João", "François", "Noël", "Microsoft®", "1½", "", "An"])
def test_one_text_that_need_not_be_old(text):
    assert not is_surely_old(text)
