from __future__ import annotations

import pytest

from simulator.presentation.rules.printed_text import printed


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Điều 2 khoản 4 Nghị định số 65/2014/NĐ-CP", "Khoản 4 Điều 2 Nghị định số 65/2014/NĐ-CP"),
        ("theo Điều 44 khoản 1 điểm e của Luật", "theo điểm e khoản 1 Điều 44 của Luật"),
        ("Mục 3 điểm a.", "Điểm a Mục 3."),  # a sentence begins with a large letter
        ("khoản 3 Điều 2", "khoản 3 Điều 2"),
        ("Điều 28–29: 13–15 thành viên", "Điều 28–29: 13–15 thành viên"),
        ("từ -1,0 lên -0,5", "từ −1,0 lên −0,5"),
        ("Nghị quyết 10-NQ, ngày 2017-06-01, COVID-19", "Nghị quyết 10-NQ, ngày 2017-06-01, COVID-19"),
        ("Chủ tịch UBND cấp xã", "Chủ tịch Ủy ban nhân dân cấp xã"),
        ("số 3959/UBND-NC, 40/2016/QĐ-UBND", "số 3959/UBND-NC, 40/2016/QĐ-UBND"),
    ],
)
def test_words_of_a_rule_file_are_printed_as_an_official_writes_them(written, told):
    assert printed(written, "vi") == told
    assert printed(told, "vi") == told


def test_in_english_only_the_minus_is_mended():
    assert printed("from -1.0 to -0.5, Điều 2 khoản 4, UBND", "en") == "from −1.0 to −0.5, Điều 2 khoản 4, UBND"


def test_a_clause_that_is_named_by_its_id_is_named_by_its_title_where_that_is_known():
    text = "Đã dùng thì không dùng lại (xem each-initiative-once)."
    assert (
        printed(text, "vi", {"each-initiative-once": "Mỗi sáng kiến một lần"})
        == "Đã dùng thì không dùng lại (xem điều khoản “Mỗi sáng kiến một lần”)."
    )
    assert printed(text, "vi") == text
