from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st

from simulator.errors import InputError, Severity
from simulator.presentation.i18n import describe
from simulator.rules.assembly import iter_set_files, read_criteria
from simulator.rules.linting import find_assumption_ids, find_register, lint
from simulator.rules.loading import load_criteria
from simulator.rules.writing import write_criteria
from simulator.workbook.criteria import export_criteria, import_criteria
from simulator.workbook.criteria_layout import values_of_set
from simulator.workspace import Workspace
from tests.examples import sampled
from tests.rules.random_sets import as_set, sets
from tests.rules.specimen import OVERLAY, SET, line_of, make_workspace, replace, stack_texts
from tests.workbook.edited_book import TABLE, Book

WORKSPACE = Workspace(Path(__file__).parents[2])
SLOW = sampled(6, 12, suppress_health_check=list(HealthCheck))  # to write a book and to read it takes a fifth of a second


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path)


@pytest.fixture
def table_book(tmp_path):
    return Book(tmp_path, SET + TABLE)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_unedited_workbook_is_the_set_itself(tmp_path, lang):
    book = Book(tmp_path, SET + TABLE, lang)
    imported = book.read()
    assert imported.overlay is None
    assert imported.changed == ()
    assert imported.criteria is book.base


HOUSE = [path.stem for path in iter_set_files(WORKSPACE)]


def shapes_in(criteria):
    """Give every kind of clause of a set with each of its fields, and each value in it wherever in a list or a condition it stands."""
    named = [
        (values["kind"], [part for part in field.split(".") if not part.isdigit()]) for values in values_of_set(criteria).values() for field in values
    ]
    return {(kind, parts[0], parts[-1]) for kind, parts in named}


def test_every_kind_of_clause_in_the_house_comes_back_as_itself(tmp_path):
    """Most sets are one decree with a few other clauses; of those that say nothing in another form than the sets before them, the deep tests ask."""
    sets = sorted((read_criteria(name, WORKSPACE) for name in HOUSE), key=lambda criteria: len(criteria.stack))
    seen, tried = set(), []
    for base in sets:
        if not shapes_in(base) <= seen:
            seen |= shapes_in(base)
            tried.append(base.id)
            export_criteria(base, tmp_path / f"{base.id}.xlsx")
            assert import_criteria(tmp_path / f"{base.id}.xlsx", base, "draft").overlay is None
    assert {"decree-91", "nghe-an-2025"} <= set(tried)


@pytest.mark.deep
@pytest.mark.parametrize("name", HOUSE)
def test_every_set_of_the_house_comes_back_as_itself(tmp_path, name):
    base = read_criteria(name, WORKSPACE)
    export_criteria(base, tmp_path / "x.xlsx")
    assert import_criteria(tmp_path / "x.xlsx", base, "draft").overlay is None


@SLOW
@given(sets())
def test_any_valid_set_comes_back_as_itself(data):
    base = as_set(data)
    with tempfile.TemporaryDirectory() as folder:
        export_criteria(base, Path(folder) / "x.xlsx")
        assert import_criteria(Path(folder) / "x.xlsx", base, "draft").overlay is None


@SLOW
@given(sets(), sets())
def test_any_edits_give_the_set_that_was_edited(data, other):
    """The workbook of any other set, taken for an edit of this one: clauses added, removed, rewritten, of other kinds."""
    base = as_set(data)
    wanted = as_set({**other, "awards": {**data["awards"], **other["awards"]}})
    before, after = values_of_set(base), values_of_set(wanted)
    is_section = {path: values["kind"] in {"section", "bonus", "penalty"} for path, values in before.items()}
    assume(not any(is_section.get(path) and values["kind"] not in {"section", "bonus", "penalty"} for path, values in after.items()))
    with tempfile.TemporaryDirectory() as folder:
        book = Book(Path(folder), criteria=wanted)
        book.info("set").value, book.info("hash").value = base.id, base.content_hash
        book.base = base
        book.give_reason()
        imported = book.read()
    assert values_of_set(imported.criteria) == after
    assert (imported.overlay is None) == (before == after)


def test_a_changed_number_becomes_an_overlay_of_one_field(book, tmp_path):
    book.cell("fighter.quota", "share", "Giá trị").value = 0.3
    book.cell("fighter.quota", "kind", "Lý do sửa đổi (tiếng Việt)").value = "Giảm chỉ tiêu"
    book.cell("fighter.quota", "kind", "Lý do sửa đổi (tiếng Anh)").value = "Fewer places"
    book.info("overlay.title.vi").value, book.info("overlay.title.en").value = "Dự thảo", "Draft"
    book.info("overlay.valid.from").value = datetime.date(2027, 1, 1)
    imported = book.read(on=datetime.date(2026, 12, 1))
    assert imported.changed == ("fighter.quota",)
    assert (
        imported.overlay
        == """\
id: draft
extends: specimen
title: {vi: "Dự thảo", en: "Draft"}
status: draft
drafting_state: drafting
valid: {from: 2027-01-01}
checked_on: 2026-12-01

awards:
  fighter:
    clauses:
      quota:
        why: {vi: "Giảm chỉ tiêu", en: "Fewer places"}
        share: 0.3
"""
    )
    assert imported.criteria.rules == stack_texts(SET, OVERLAY).rules
    workspace = make_workspace(tmp_path, draft=imported.overlay)
    assert load_criteria("draft", workspace).rules == imported.criteria.rules


def test_what_was_imported_loads_and_lints(tmp_path):
    base = read_criteria("decree-91", WORKSPACE)
    book = Book(tmp_path, criteria=base)
    book.cell("chien-si-thi-dua-co-so.quota", "share", "Giá trị").value = 0.2
    book.cell("chien-si-thi-dua-co-so.quota", "kind", "Giả định (tiếng Việt)").value = "Mức thử nghiệm"
    book.cell("chien-si-thi-dua-co-so.quota", "kind", "Giả định (tiếng Anh)").value = "A trial share"
    book.give_reason()
    imported = book.read()
    assert len(imported.overlay.splitlines()) < 25
    findings = lint(imported.criteria, register=find_register(WORKSPACE), assumption_ids=find_assumption_ids(WORKSPACE))
    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []


def test_a_changed_condition_is_rewritten_whole(book):
    book.cell("fighter.standard", "requires.all.1.any.1.at_least", "Giá trị").value = 2
    book.add(
        {"Điều khoản": "fighter.standard", "Thuộc tính": "requires.all.3.fact", "Giá trị": "service-months"},
        {"Điều khoản": "fighter.standard", "Thuộc tính": "requires.all.3.at_least", "Giá trị": 12},
    )
    book.give_reason()
    standard = book.read().criteria.awards["fighter"].clauses["standard"]
    assert standard.requires.all[1].any[1].at_least == 2
    assert (standard.requires.all[3].fact, standard.requires.all[3].at_least) == ("service-months", 12)


def test_a_clause_can_be_added_and_removed(book):
    book.add(
        {"Điều khoản": "fighter.rest", "Thuộc tính": "kind", "Giá trị": "cooling-off", "Tên (tiếng Việt)": "Nghỉ", "Tên (tiếng Anh)": "Rest"},
        {"Điều khoản": "fighter.rest", "Thuộc tính": "years", "Giá trị": 2},
    )
    book.cell("fighter.floor", "kind", "Bãi bỏ").value = "bãi bỏ"
    book.delete("principles.fewer-leaders")
    book.give_reason()
    imported = book.read()
    assert set(imported.changed) == {"principles.fewer-leaders", "fighter.floor", "fighter.rest"}
    assert list(imported.criteria.awards["fighter"].clauses) == ["standard", "quota", "money", "rest"]
    assert imported.criteria.principles == {}
    assert "floor: \n" not in imported.overlay
    assert "        remove: true" in imported.overlay


def test_points_bands_and_classes_are_edited_in_their_own_sheets(table_book):
    book = table_book
    book.cell("points.results", None, "Điểm tối đa", "Bảng điểm").value = 70
    book.cell("points.results.budget", "bands.1", "Từ", "Khoảng điểm").value = 60
    book.cell("classes.good", None, "Từ", "Khoảng điểm").value = 55.5
    book.add(
        {
            "Điều khoản": "points.results.speed",
            "Loại": "mark",
            "Tên (tiếng Việt)": "Tiến độ",
            "Tên (tiếng Anh)": "Speed",
            "Điểm tối đa": 10,
            "Người chấm": "self, standing-body",
        },
        sheet="Bảng điểm",
    )
    book.give_reason()
    rules = book.read().criteria.rules
    assert rules.points["results"].points == 70
    assert [band.at_least for band in rules.points["results"].parts["budget"].bands] == [90, 60]
    assert rules.points["results"].parts["speed"].by == ("self", "standing-body")
    assert rules.classes["good"].at_least == 55.5


def test_an_award_can_be_added_and_its_head_changed(book):
    book.cell("fighter", "level", "Giá trị").value = 3
    for name, value in {"kind": "merit", "target": "individual", "level": 4, "authority": "province"}.items():
        book.add({"Điều khoản": "champion", "Thuộc tính": name, "Giá trị": value})
    book.cell("champion", "kind", "Tên (tiếng Việt)").value, book.cell("champion", "kind", "Tên (tiếng Anh)").value = "Mới", "New"
    book.give_reason()
    imported = book.read()
    assert imported.criteria.awards["fighter"].level == 3
    assert imported.criteria.awards["fighter"].why.en == "Therefore"
    assert {change.why.vi for change in imported.criteria.changes} == {"Vì vậy"}
    assert imported.criteria.awards["champion"].title.vi == "Mới"


def test_everything_wrong_is_told_at_once_by_cell(book):
    book.cell("fighter.quota", "share", "Giá trị").value = "0,3"
    book.cell("fighter.floor", "share", "Giá trị").value = "nhiều"
    book.cell("fighter.quota", "rounding", "Giá trị").value = "lên trời"
    book.cell("procedure.appraisal-at-unit", "appraisers", "Giá trị").value = 1.5
    book.add({"Điều khoản": "fighter.money", "Thuộc tính": "multiple", "Giá trị": 0.4})
    book.add({"Điều khoản": "fighter.quota", "Thuộc tính": "colour", "Giá trị": 1})
    book.add({"Điều khoản": "fighter.nobody", "Thuộc tính": "share", "Giá trị": 1})
    book.add({"Điều khoản": "Chiến sĩ thi đua", "Thuộc tính": "share", "Giá trị": 1})
    book.cell("fighter.standard", "requires.all.0.fact", "Giá trị").value = "rating"
    book.cell("worker", "level", "Giá trị").value = 2
    book.cell("worker", "kind", "Lý do sửa đổi (tiếng Việt)").value = "Chỉ tiếng Việt"
    book.info("overlay.valid.from").value = "khi nào đó"
    codes = book.codes()
    asked = ["WB560"] * 5  # one for each clause that was touched
    assert sorted(code for code, _ in codes) == ["WB553", "WB554", "WB555", "WB556", "WB557", "WB558", "WB559", *asked, "WB561", "WB562", "WB565"]
    assert all(cell for _, cell in codes)


@pytest.mark.parametrize(
    ("clause", "field", "value", "code"),
    [
        ("fighter.quota", "share", "0,3", "WB554"),
        ("fighter.quota", "share", "30%", "WB554"),
        ("fighter.quota", "share", "nhiều", "WB553"),
        ("fighter.quota", "share", True, "WB553"),
        ("fighter.quota", "rounding", "lên trời", "WB556"),
        ("fighter.quota", "rounding", 3, "WB556"),
        ("fighter.quota", "share", "=1/0", "WB567"),
        ("procedure.appraisal-at-unit", "appraisers", 1.5, "WB555"),
        ("fighter.standard", "requires.all.1.any.1.consumed", "có lẽ", "WB557"),
        ("fighter.standard", "requires.all.0.fact", "wish", "WB556"),
        ("fighter.standard", "requires.all.0.fact", "rating", "WB565"),
        ("principles.fewer-leaders", "compliance.low", 0.9, "WB565"),
    ],
)
def test_a_wrong_value_is_told_by_its_cell(book, clause, field, value, code):
    cell = book.cell(clause, field, "Giá trị")
    cell.value = value
    book.give_reason()
    ((found, place),) = book.codes()
    assert found == code
    assert place[1:].isdigit()
    if code != "WB565":
        assert place == cell.coordinate


def test_a_change_without_a_reason_is_asked_for_one(book):
    book.cell("fighter.quota", "share", "Giá trị").value = 0.3
    book.cell("fighter.money", "multiple", "Giá trị").value = 2
    book.cell("fighter.money", "kind", "Lý do sửa đổi (tiếng Việt)").value = "Chỉ tiếng Việt"
    assert [code for code, _ in book.codes()] == ["WB560", "WB560"]


@pytest.mark.parametrize("is_marked", [True, False])
def test_an_award_can_be_taken_away(book, is_marked):
    if is_marked:
        book.cell("fighter", "kind", "Bãi bỏ").value = "bãi bỏ"
    else:
        for clause in ("fighter", "fighter.standard", "fighter.quota", "fighter.floor", "fighter.money"):
            book.delete(clause)
    book.give_reason()
    imported = book.read()
    assert list(imported.criteria.awards) == ["worker"]
    assert imported.overlay.endswith('awards:\n  fighter:\n    why: {vi: "Vì vậy", en: "Therefore"}\n    remove: true\n')


@pytest.mark.parametrize("typed", ["01/07/2027", "1-7-2027", "2027-07-01"])
def test_a_day_typed_as_text_is_read_as_in_viet_nam(book, typed):
    book.cell("fighter.quota", "share", "Giá trị").value = 0.3
    book.give_reason()
    book.info("overlay.valid.from").value = typed
    assert "valid: {from: 2027-07-01}" in book.read().overlay


def test_the_words_of_a_list_are_named_as_the_cells_show_them(book):
    book.cell("fighter.quota", "rounding", "Giá trị").value = "lên trời"
    book.cell("fighter.standard", "requires.all.1.any.0.at_least", "Giá trị").value = "giỏi"
    book.give_reason()
    with pytest.raises(InputError) as problem:
        book.read()
    first, second = (finding.fields["allowed"] for finding in sorted(problem.value.findings, key=lambda each: -each.line))
    assert first.startswith("làm tròn xuống [floor]; ")
    assert second.startswith("số; không hoàn thành nhiệm vụ [failed]; ")


def test_the_words_of_a_list_without_their_id_are_enough(book):
    book.cell("fighter.quota", "rounding", "Giá trị").value = "Làm tròn xuống"
    book.give_reason()
    assert book.read().criteria.awards["fighter"].clauses["quota"].rounding == "floor"


def test_what_still_asks_for_an_award_taken_away_is_told_at_its_line_in_the_base(book):
    book.cell("worker", "kind", "Bãi bỏ").value = "bãi bỏ"
    book.give_reason()
    findings = [finding for finding in lint(book.read().criteria) if finding.code == "RL306"]
    assert {finding.line for finding in findings} == {line_of(SET, "award: worker"), line_of(SET, "holders_of: worker")}


def test_findings_about_the_overlay_name_its_file_as_given(book):
    book.cell("fighter.quota", "share", "Giá trị").value = 0.3
    book.give_reason()
    assert book.read(file="my/draft.yaml").criteria.files[-1] == "my/draft.yaml"


def test_a_section_with_parts_does_not_become_a_criterion(table_book):
    table_book.cell("points.results", None, "Loại", "Bảng điểm").value = "mark"
    table_book.give_reason()
    codes = [code for code, _ in table_book.codes()]
    assert set(codes) <= {"WB568", "WB565"}
    assert codes


def test_a_missing_sheet_or_heading_is_said(book):
    book.book["Điều khoản"]["B1"].value = "Cột khác"
    assert [code for code, _ in book.codes()] == ["WB552"]
    del book.book["Điều khoản"]
    assert [code for code, _ in book.codes()] == ["WB551"]


def test_a_workbook_of_another_set_or_of_an_older_one_is_refused(book):
    book.info("hash").value = "0" * 64
    assert [code for code, _ in book.codes()] == ["WB564"]
    book.info("set").value = "decree-91"
    assert [code for code, _ in book.codes()] == ["WB563"]


def test_text_never_becomes_a_formula(tmp_path):
    book = Book(tmp_path, replace(SET, 'vi: "Chỉ tiêu"', 'vi: "=1+1"'))
    cell = book.cell("fighter.quota", "kind", "Tên (tiếng Việt)")
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
    assert book.read().overlay is None


def test_words_to_choose_from_are_offered(book):
    sheet = book.book["Điều khoản"]
    cell = book.cell("fighter.quota", "rounding", "Giá trị")
    assert cell.value == "làm tròn đến số gần nhất [nearest]"
    (validation,) = [each for each in sheet.data_validations.dataValidation if cell.coordinate in each.sqref]
    name, _, place = validation.formula1.partition("!")
    offered = [row[0].value for row in book.book[name.strip("'")][place.replace("$", "")]]
    assert "làm tròn xuống [floor]" in offered
    cell.value = "floor"
    book.give_reason()
    assert book.read().criteria.awards["fighter"].clauses["quota"].rounding == "floor"


def test_a_stack_is_exported_as_it_stands_and_extended_by_one_more(tmp_path):
    stack = stack_texts(SET, OVERLAY)
    book = Book(tmp_path, criteria=stack)
    book.cell("fighter.quota", "share", "Giá trị").value = 0.25
    book.give_reason()
    imported = book.read()
    assert "extends: stricter" in imported.overlay
    assert imported.criteria.awards["fighter"].clauses["quota"].share == 0.25
    # What the overlay below says otherwise is contradicted knowingly, for the same reason, so that the file can be stacked on it.
    assert "supersedes:" in imported.overlay
    loaded = load_criteria("specimen+stricter+draft", make_workspace(tmp_path, stricter=OVERLAY, draft=imported.overlay))
    assert loaded.rules == imported.criteria.rules
    assert loaded.resolutions == imported.criteria.resolutions
    assert len(loaded.resolutions) == 1
    assert imported.criteria.stack == ("specimen", "stricter", "draft")


def test_what_no_overlay_below_says_is_not_said_to_be_contradicted(tmp_path):
    book = Book(tmp_path, criteria=stack_texts(SET, OVERLAY))
    book.cell("fighter.quota", "rounding", "Giá trị").value = "ceiling"
    book.give_reason()
    imported = book.read()
    assert "supersedes" not in imported.overlay
    assert (
        load_criteria("specimen+stricter+draft", make_workspace(tmp_path, stricter=OVERLAY, draft=imported.overlay)).rules == imported.criteria.rules
    )


def test_the_guide_and_the_meaning_of_each_clause_are_in_the_workbook(book):
    assert book.book.sheetnames[:3] == ["Thông tin", "Hướng dẫn", "Điều khoản"]
    assert book.cell("fighter.quota", "kind", "Nội dung").value.startswith("Số lượng tối đa: 50% số trường hợp đạt “Lao động tiên tiến”")
    assert book.cell("fighter.standard", "requires.all.0.fact", "Nội dung").value == "đạt “Lao động tiên tiến” trong năm"
    assert write_criteria(book.base)


GARBAGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(datetime.datetime(1950, 1, 1), datetime.datetime(2100, 1, 1)),  # noqa: DTZ001  # what a sheet holds
    st.text("abc.-=+@0123456789,;% [đơ]", max_size=12),
    st.sampled_from(["kind", "fighter.quota", "points.a.b", "principles.x", "requires.all.0.fact", "share", "=1+1", "all", "rating", "requires"]),
)


@SLOW
@given(st.data())
def test_whatever_is_typed_anywhere_is_read_or_told(data):
    with tempfile.TemporaryDirectory() as folder:
        book = Book(Path(folder), SET + TABLE)
        for _ in range(data.draw(st.integers(1, 4))):
            sheet = book.book[data.draw(st.sampled_from(["Thông tin", "Điều khoản", "Bảng điểm", "Khoảng điểm"]))]
            line, column = data.draw(st.integers(1, sheet.max_row + 2)), data.draw(st.integers(1, sheet.max_column))
            sheet.cell(line, column).value = data.draw(GARBAGE)
        findings = ()
        try:
            book.read()
        except InputError as problem:
            findings = problem.findings
        assert all(describe(finding, "vi") for finding in findings)
