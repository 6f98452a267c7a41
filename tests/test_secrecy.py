from __future__ import annotations

import unicodedata

import pytest

from simulator.secrecy import is_secret, is_secret_margin, is_secret_name, may_hold_stamp


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
    assert may_hold_stamp(f"so; {text}; on")


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


def test_names_of_files_and_sheets():
    assert [is_secret_name(name) for name in ("TUYỆT MẬT - ds", "ds (MẬT)", "ds_MẬT_2025", "bảo mật 2025", "Mật")] == [True, True, True, False, False]
