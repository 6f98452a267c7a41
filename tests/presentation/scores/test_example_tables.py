"""Worked examples in words state the numbers the scorer gave, and only those."""

from __future__ import annotations

import re

import pytest

from simulator.presentation.plain_words import number_words
from simulator.presentation.scores.example_tables import ExampleTables
from simulator.rules.assembly import read_criteria
from simulator.rules.citation import load_instruments
from simulator.rules.loading import criteria_from_text
from simulator.scoring.worked_examples import day_of, examples_of_award, examples_of_table
from simulator.workspace import find_workspace
from tests.scoring.test_explanation import TABLE


@pytest.fixture(scope="module")
def place(pytestconfig):
    return find_workspace(explicit=pytestconfig.rootpath)


@pytest.fixture(scope="module")
def decree(place):
    return read_criteria("decree-91", place)


def rows_of(table):
    return [row for group in table.groups for row in group.rows]


def test_an_award_is_shown_by_who_may_have_it_and_by_each_clause(decree, place):
    examples = examples_of_award(decree, "lao-dong-tien-tien", day_of(decree))
    table = ExampleTables(decree, "vi", load_instruments(place)).of_awards("individual", [examples])
    assert table.groups[0].title == "Lao động tiên tiến"
    first, rating, service, leave, _ = rows_of(table)
    assert first.cells[0].startswith("Xếp loại năm 2023: hoàn thành tốt nhiệm vụ; số tháng công tác")
    assert first.cells[1:] == ("Đủ điều kiện; được đưa ra xét.", "–")
    assert rating.cells[2] == (
        "Xếp loại năm 2023: hiện là hoàn thành nhiệm vụ, cần là hoàn thành tốt nhiệm vụ. Khi đó: đủ điều kiện; được đưa ra xét."
    )
    assert service.header == "Không đáp ứng “Không xét người tuyển dụng dưới 10 tháng”"
    assert service.cells[0].endswith("chỉ khác: số tháng công tác: 9")
    assert "Nguồn: khoản 6 Điều 5 Nghị định số 65/2014/NĐ-CP (đã đọc văn bản)." in service.cells[1]
    assert leave.cells[0].endswith(": 40")
    assert not any(re.search(r"; [A-ZĐ][^A-ZĐ]", row.cells[0]) for row in rows_of(table))  # a capital stood in the midst of the sentence


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_points_are_told_only_of_an_award_that_asks_for_them(lang, place):
    """Criteria that begin full gave 20 points to every nominee for an award that asks for none."""
    criteria = read_criteria("molisa-2019", place)
    word = {"vi": "điểm", "en": "points"}[lang]
    told = {}
    for award in ("lao-dong-tien-tien", "chien-si-thi-dua-co-so"):
        examples = examples_of_award(criteria, award, day_of(criteria))
        told[award] = rows_of(ExampleTables(criteria, lang).of_awards("individual", [examples]))
    assert not any(word in cell for row in told["lao-dong-tien-tien"] for cell in row.cells)
    assert all(word in row.cells[1] for row in told["chien-si-thi-dua-co-so"])


def test_years_of_one_grading_are_told_together_and_nothing_is_said_of_gates(decree):
    examples = examples_of_award(decree, "bang-khen-tinh", day_of(decree))
    facts = ExampleTables(decree, "vi").facts(examples[0])
    assert facts["rating"] == "Xếp loại các năm 2022–2023: hoàn thành xuất sắc nhiệm vụ"
    assert not {"sector", "is_woman"} & facts.keys()


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ["decree-335-2025", "thua-thien-hue-2018", "nghe-an-2025", "molisa-2019"])
def test_a_table_states_the_points_and_class_the_scorer_gave(name, lang, place):
    criteria = read_criteria(name, place)
    examples = examples_of_table(criteria, day_of(criteria))
    words = ExampleTables(criteria, lang)
    for example, row in zip(examples, rows_of(words.of_table(examples)), strict=True):
        decision = example.explanation.decision
        points = number_words(decision.points, lang)
        assert f"{points} {'điểm' if lang == 'vi' else 'points'}" in row.cells[1].partition("\n")[0]
        if decision.class_:
            assert criteria.classes[decision.class_].title.in_language(lang) in row.cells[1]
        if example.shows == "misses":
            reason = next(each for each in example.explanation.clauses if each.clause == example.clause)
            assert f"{number_words(reason.points, lang)}/{number_words(reason.most, lang)}" in row.cells[1]


def test_one_example_is_worked_criterion_by_criterion():
    criteria = criteria_from_text(TABLE)
    best, *_ = examples_of_table(criteria, day_of(criteria))
    table = ExampleTables(criteria, "vi").in_full(best)
    assert table.caption == "Ví dụ “Mọi tiêu chí ở mức cao nhất” tính theo từng tiêu chí. Kết quả: 100 điểm; xếp loại “Mục”"
    assert [row.cells[2] for row in rows_of(table)][:4] == ["50/50", "30/30", "10/10", "10/10"]


def test_the_way_back_to_a_class_states_the_numbers_of_the_search():
    criteria = criteria_from_text(TABLE)
    examples = examples_of_table(criteria, day_of(criteria))
    at = next(at for at, example in enumerate(examples) if example.clause == "points.output")
    (change,) = examples[at].explanation.smallest_change
    told = rows_of(ExampleTables(criteria, "vi").of_table(examples))[at].cells[2]
    assert told.startswith(f"Mục: hiện là {number_words(change.before, 'vi')}, cần là {number_words(change.after, 'vi')}. Khi đó:")
    assert number_words(examples[at].explanation.reached.points, "vi") in told


def test_a_table_without_classes_says_once_that_there_is_nothing_to_change(place):
    criteria = read_criteria("molisa-2019", place)
    words = ExampleTables(criteria, "vi", load_instruments(place))
    table = words.of_table(examples_of_table(criteria, day_of(criteria)))
    assert table.columns == ("Ví dụ", "Hồ sơ giả định", "Kết quả, điều khoản và nguồn")
    assert table.notes == ("Bảng chấm điểm này chỉ cho điểm, không có mức xếp loại, nên không nêu thay đổi nhỏ nhất.",)
    assert rows_of(table)[2].header == "Một lần bị trừ điểm ở tiêu chí “Chấp hành kỷ luật, nội quy”"
    assert rows_of(table)[2].cells[0].endswith("chỉ khác: báo cáo chậm: 1")
    with_classes = read_criteria("nghe-an-2025", place)
    table = ExampleTables(with_classes, "vi").of_table(examples_of_table(with_classes, day_of(with_classes)))
    assert len(table.columns) == 4
    assert table.notes == ()
