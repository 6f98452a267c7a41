"""The report on a set: its sections in order, in both languages, stating the numbers of its evidence."""

from __future__ import annotations

import hashlib
from functools import cache
from itertools import product

import pytest

from simulator.presentation.i18n import catalogue
from simulator.reporting.document import Section
from simulator.reporting.forms.html import export_html
from simulator.reporting.pages.criteria import CriteriaPages
from simulator.reporting.pages.opening import open_report
from simulator.reporting.publishing import find_template, publish
from simulator.workspace import find_workspace
from tests.reporting.criteria_specimen import BASE, ORDER, evidence_of, outline_of, overlay, workspace_in
from tests.reporting.telling import telling_here

NEVER = ("thiên vị", "lạm phát khen thưởng", "may rủi", "xổ số", '"chạy"', "con dấu", "giấy chứng nhận")


@pytest.fixture(scope="module")
def place(pytestconfig):
    return find_workspace(explicit=pytestconfig.rootpath)


SHIPPED = cache(evidence_of)
"""Evidence of what ships is made once."""


def pages_of(expression, workspace, lang="vi", date=""):
    make = SHIPPED if workspace == find_workspace() else evidence_of
    return CriteriaPages(make(expression, workspace, lang), lang, date)


def text_of(section):
    return "\n".join(
        text
        for block in section.blocks
        for text in ([block.text] if block.block == "paragraph" else block.items if block.block == "bullets" else [getattr(block, "says", "")])
    )


@pytest.mark.parametrize(
    ("name", "lang"), [("decree-91+hanoi-letter-3959", "vi"), ("law-2022", "en"), *product(["school-leader-2026", "hcmc-districts"], ["vi", "en"])]
)
def test_what_ships_is_a_whole_page_in_each_language(name, lang, place):
    outline = outline_of(pages_of(name, place, lang))
    html = export_html(outline)
    assert html.count("<h1") == 1
    assert not [word for word in NEVER if word in html.lower()]
    assert "kết quả mô phỏng, không phải" not in html
    assert all(chapter.blocks for chapter in outline.chapters)


def test_what_a_set_has_not_has_no_section(place, tmp_path):
    told = {name: getattr(pages_of("base", workspace_in(tmp_path)), name)() for name in ORDER}
    assert [name for name in ORDER if told[name] is None] == ["changes", "points", "procedure"]
    of_table = pages_of("hcmc-districts", place)
    assert of_table.clauses() is None or of_table.evidence.clauses
    assert "không có điều khoản nào quy định tỷ lệ" in text_of(of_table.lens())


def test_the_front_page_states_the_counts_of_the_evidence(place):
    pages = pages_of("decree-91+hanoi-letter-3959", place)
    counts, told = pages.evidence.overview.counts, text_of(pages.front())
    assert f"Có {counts['clauses']} điều khoản, trong đó {counts['ground-read']} điều khoản đã đọc văn bản" in told
    assert f"{counts['unverified']} điều khoản có nguồn nhưng còn phải đối chiếu" in told
    assert f"{counts['ground-assumed']} điều khoản không có nguồn" in told
    assert f"có {counts['changes']} điều khoản khác: bổ sung {counts['added']}" in told
    assert f"{counts['error']} lỗi phải xử lý, {counts['warning']} nội dung cần xem lại" in told
    assert f"mô phỏng được {counts['simulated']} điều khoản và chỉ ghi nhận {counts['recorded']}" in told
    assert f"Có {counts['individual']} danh hiệu" in told


def test_a_table_of_fewer_rows_than_clauses_says_why(place, tmp_path):
    pages = pages_of("decree-91+hanoi-letter-3959", place)
    rows = sum(len(group.rows) for group in pages.evidence.changes.table.groups)
    changes = pages.evidence.overview.counts["changes"]
    assert rows < changes
    assert f"Bảng có {rows} dòng cho {changes} điều khoản" in text_of(pages.changes())
    assert "Bảng có" not in text_of(pages_of("base+less", workspace_in(tmp_path, less=overlay("less", 0.1))).changes())


def test_the_date_is_blank_until_somebody_gives_one(place):
    for date, told in (("", "Ngày … tháng … năm …"), ("2026-11-22", "Ngày 22 tháng 11 năm 2026")):
        dates = [block.text for block in pages_of("hcmc-districts", place, date=date).front().blocks if getattr(block, "role", "") == "date"]
        assert dates == [told]


def test_a_set_with_errors_says_so_first(tmp_path):
    front = pages_of("base", workspace_in(tmp_path, base=BASE.replace("share: 0.15", "share: 1.5"))).front()
    assert next(block for block in front.blocks if block.role == "lead").text.startswith("Bộ quy định này còn 1 lỗi phải xử lý")
    assert not [block for block in pages_of("base", workspace_in(tmp_path / "sound")).front().blocks if getattr(block, "role", "") == "lead"]


def test_the_lens_is_a_figure_with_its_data_and_a_table(tmp_path):
    section = pages_of("base", workspace_in(tmp_path)).lens()
    figure = next(block for block in section.blocks if block.block == "figure")
    assert not figure.is_simulated
    assert figure.data[0].groups[0].rows[0].cells == ("0 (0%)", "1 (14%)", "1 (8%)", "3 (15%)")
    table = next(block.table for block in section.blocks if block.block == "table")
    assert table.groups[0].rows[0].cells[-4:] == ("0", "1", "1", "3")


def test_a_conflict_that_was_settled_is_told_with_its_reason(tmp_path):
    settled = 'supersedes: [{set: less, clause: prize.quota, why: {vi: "Mới hơn", en: "It is newer"}}]\n'
    workspace = workspace_in(tmp_path, less=overlay("less", 0.1), more=overlay("more", 0.2, settled))
    assert "Lý do: Mới hơn" in text_of(pages_of("base+less+more", workspace).changes())
    assert "không quy định khác nhau" in text_of(pages_of("base+less", workspace).changes())


def test_the_examples_tell_what_was_supposed(tmp_path):
    section = pages_of("base", workspace_in(tmp_path)).examples()
    assert "Ngày xét giả định: 22/11/2026. Đơn vị giả định có 100 người, tập thể giả định có 20 thành viên" in text_of(section)
    table = next(block.table for block in section.blocks if block.block == "table")
    assert [row.header for row in table.groups[0].rows] == ["Đủ mọi điều kiện", "Không đáp ứng “Hoàn thành tốt”", "Không đáp ứng “Đủ 10 tháng”"]


def test_what_is_not_simulated_is_named(place):
    told = text_of(pages_of("decree-335-2025", place).model())
    assert "Mô hình chưa mô phỏng được bộ quy định này" in told
    assert "“Bảng chấm điểm”" in told
    assert "“Huân chương Lao động hạng Ba (quá trình cống hiến)”" in text_of(pages_of("decree-91+hanoi-letter-3959", place).model())


def test_the_provenance_holds_what_verification_needs(tmp_path):
    pages = pages_of("base", workspace_in(tmp_path))
    section = pages.provenance()
    digest = hashlib.sha256(BASE.encode()).hexdigest()
    assert section.data["hashes"]["base"] == digest
    assert section.data["asked"]["subject"] == "base"
    assert section.data["numbers"]["counts/clauses"] == 3
    rows = [row for block in section.blocks if block.block == "table" for group in block.table.groups for row in group.rows]
    assert digest in {row.cells[0] for row in rows}
    assert {row.header: row.cells[0] for row in rows}["Lệnh để lập lại báo cáo"] == section.data["command"] == "tieuchi report base --lang vi"


def test_the_report_opens_from_its_evidence_and_its_template_tells_it_all(tmp_path, place):
    evidence = evidence_of("base", workspace_in(tmp_path), date="2026-11-22")
    path = tmp_path / "evidence.json"
    path.write_text(evidence.to_json(), encoding="utf-8", newline="\n")
    pages = open_report(str(path), hashlib.sha256(path.read_bytes()).hexdigest(), "vi", "2026-11-22")
    assert pages == CriteriaPages(evidence, "vi", "2026-11-22")
    template = find_template("criteria", place.templates)
    first = publish(evidence, template, tmp_path / "one", forms=("html",)).files[0].read_bytes()
    with telling_here():
        assert publish(evidence, template, tmp_path / "two", forms=("html",)).files[0].read_bytes() == first
    html = first.decode()
    for name in ORDER:
        section = getattr(pages, name)()
        assert section is None or isinstance(section, Section)
        assert section is None or section.title in html.replace("&quot;", '"')


def test_every_word_of_the_report_is_used(place):
    """A sentence nobody says any more would go on being reviewed and translated."""
    folder = place.root / "simulator"
    modules = (*(folder / "reporting").rglob("criteria*.py"), *(folder / "presentation").rglob("*.py"))
    text = "".join(path.read_text(encoding="utf-8") for path in modules)
    begins = ("report.criteria.", "set.examples.facts.", "set.identity.", "set.points.", "figure.rounding.")
    unused = [
        key
        for key in catalogue("vi")
        if key.startswith(begins) and not any(form in text for form in (key, key.removeprefix("report.criteria."), f'"{key.rpartition(".")[2]}"'))
    ]
    assert [key for key in unused if not key.endswith(".title") and not key.startswith(("report.criteria.limits.", "figure.rounding.says."))] == []
