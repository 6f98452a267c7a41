from __future__ import annotations

import pytest

from simulator.presentation.rules.compared_sets import caption, describe_sets, side_of, title_of
from tests.rules.specimen import OVERLAY, SET, replace, stack_texts

DATES = "valid: {from: 2021-01-01, until: 2028-06-30}\n"


@pytest.mark.parametrize(("status", "side"), [("in-force", "current"), ("repealed", "base"), ("illustrative", "base"), ("draft", "base")])
def test_only_rules_in_force_are_called_so(status, side):
    base = stack_texts(replace(SET, "status: illustrative", f"status: {status}"))
    assert side_of(base) == side
    assert describe_sets(base, base, "vi")[0].startswith({"current": "Quy định hiện hành: ", "base": "Quy định gốc: "}[side])


def test_a_draft_says_what_it_changes_and_has_no_period_of_its_base():
    base, draft = stack_texts(SET), stack_texts(SET, replace(OVERLAY, DATES, ""))
    said = describe_sets(base, draft, "vi")[1]
    assert said == "Dự thảo: “Lớp phủ mẫu” (stricter), sửa đổi, bổ sung “Bộ tiêu chí mẫu”; tình trạng: dự thảo; chưa xác định thời gian áp dụng."
    own = describe_sets(base, stack_texts(SET, OVERLAY), "vi")[1]
    assert own.endswith("áp dụng từ ngày 01 tháng 01 năm 2021 đến ngày 30 tháng 6 năm 2028.")
    other = describe_sets(draft, base, "vi")[1]
    assert other.startswith("Dự thảo: Bộ tiêu chí mẫu (specimen);"), "what does not stand on the first set changes nothing of it"


def test_the_caption_names_a_base_once():
    base, draft = stack_texts(SET), stack_texts(SET, OVERLAY)
    assert caption(base, draft, "vi") == "Bảng so sánh. Quy định gốc: “Bộ tiêu chí mẫu”; dự thảo: “Lớp phủ mẫu”"
    assert caption(draft, base, "vi") == "Bảng so sánh: “Bộ tiêu chí mẫu + Lớp phủ mẫu” và “Bộ tiêu chí mẫu”"


def test_a_stack_is_titled_as_a_document_is_and_not_by_a_formula():
    base, draft = stack_texts(SET), stack_texts(SET, OVERLAY)
    assert title_of(base, "vi") == "Bộ tiêu chí mẫu"
    assert title_of(draft, "vi") == "Bộ tiêu chí mẫu áp dụng cùng Lớp phủ mẫu"
    assert "+" not in title_of(draft, "en")
