from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from simulator.presentation.rules.procedure_words import joined, procedure_rule
from simulator.rules.clauses import ProcedureClause

READ = TypeAdapter(ProcedureClause).validate_python
TITLE = {"vi": "Bước", "en": "Step"}
NAMES = {"worker": "Lao động tiên tiến"}


@pytest.mark.parametrize(
    ("clause", "vi"),
    [
        ({"kind": "stage", "level": "unit", "order": 1}, "Bước 1, cấp đơn vị."),
        (
            {
                "kind": "stage",
                "level": "province",
                "order": 3,
                "appraisers": 2,
                "audit_share": 0.1,
                "strictness": 0.5,
                "vote": {"threshold": 0.9, "counts": "all-members", "ballot": "secret"},
                "posting_days": 10,
                "consults": [{"vi": "Công an", "en": "Police"}, {"vi": "Thanh tra", "en": "Inspectorate"}],
                "delay_days": 15,
                "awards": ["worker"],
            },
            (
                "Bước 3, cấp tỉnh; 2 người thẩm định độc lập mỗi hồ sơ; kiểm tra lại 10% số hồ sơ; hồ sơ đạt từ 50% mức điểm tối đa mới được chuyển tiếp; "
                "thông qua khi có từ 90% tổng số thành viên hội đồng đồng ý, bỏ phiếu kín; công khai danh sách 10 ngày làm việc; "
                "lấy ý kiến Công an và Thanh tra; thực hiện trong 15 ngày làm việc; áp dụng cho “Lao động tiên tiến”."
            ),
        ),
        (
            {"kind": "ad-hoc-track", "counts_for_ladder": False, "decided_within_days": 10},
            "Khen thưởng đột xuất không được tính khi xét danh hiệu, hình thức khen thưởng mức cao hơn; quyết định trong 10 ngày.",
        ),
        ({"kind": "transition", "award": "worker", "of_set": "decree-91"}, "“Lao động tiên tiến” đạt theo “quy định trước đây” không được tính."),
        (
            {"kind": "transition", "award": "x", "of_set": "decree-91", "counts_as": "worker"},
            "“x” đạt theo “quy định trước đây” được tính như “Lao động tiên tiến”.",
        ),
        (
            {"kind": "sector-gate", "sector": "enterprise", "requires": {"fact": "leads-cluster"}, "awards": ["worker"]},
            "Đối với lĩnh vực doanh nghiệp, khi xét “Lao động tiên tiến”, còn phải dẫn đầu cụm, khối thi đua.",
        ),
        (
            {"kind": "scale", "target": "collective", "total": 950, "bonus": 50, "round_to": 0.1},
            "Chấm điểm tập thể, thang điểm 950; điểm thưởng không quá 50; tổng điểm hiển thị được làm tròn đến 0,1.",
        ),
        (
            {"kind": "marking", "sees": {"self": [], "cluster": ["self"]}, "reason_when_changed": False},
            (
                "Đơn vị, cá nhân tự chấm không được xem điểm của bên khác; các đơn vị trong cụm, khối thi đua được xem điểm của đơn vị, cá nhân tự chấm; "
                "chấm khác điểm trước đó không phải ghi lý do."
            ),
        ),
        (
            {"kind": "tie-break", "prefer": [{"points": "total"}, {"who": {"fact": "is-woman"}}]},
            "Khi ngang nhau, ưu tiên lần lượt: (1) đối tượng có tổng điểm cao hơn; (2) đối tượng là nữ.",
        ),
    ],
)
def test_each_clause_of_procedure_is_said(clause, vi):
    read = READ({"title": TITLE, **clause})
    assert procedure_rule(read, "vi", NAMES) == vi
    assert procedure_rule(read, "en", NAMES)


def test_details_that_are_not_there_leave_no_semicolon():
    assert joined("", "a", "") == "; a"
