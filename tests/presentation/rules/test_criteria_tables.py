"""The tables about a set count and cite what the set holds."""

from __future__ import annotations

import pytest

from simulator.model.playable import is_played
from simulator.presentation.rules.criteria_tables import (
    ClauseTables,
    count_grounds,
    count_played,
    findings_table,
    grounds_table,
    identity_table,
    instruments_table,
    is_playable,
    ladder_table,
    plays,
    state_words,
)
from simulator.rules.assembly import read_criteria
from simulator.rules.citation import load_instruments
from simulator.rules.codes import make_finding
from simulator.workspace import find_workspace


@pytest.fixture(scope="module")
def place(pytestconfig):
    return find_workspace(explicit=pytestconfig.rootpath)


@pytest.fixture(scope="module")
def stack(place):
    return read_criteria("decree-91+hanoi-plan-115+hanoi-letter-3959", place)


@pytest.fixture(scope="module")
def table(place):
    return read_criteria("thua-thien-hue-2018", place)


def paths(table):
    return [row.small for group in table.groups for row in group.rows]


@pytest.mark.parametrize(("lang", "wrong"), [("vi", "số người"), ("en", "1 places")])
def test_a_quota_of_collectives_counts_no_people_and_one_place_is_one(place, stack, lang, wrong):
    table = ClauseTables(stack, lang, load_instruments(place)).awards("collective")
    quotas = [row.cells[0] for group in table.groups for row in group.rows if row.small.endswith(".quota")]
    assert len(quotas) == 2
    assert not any(wrong in words for words in quotas)


def test_every_file_of_a_stack_is_told_with_its_status(stack):
    rows = identity_table(stack, "vi").groups[0].rows
    assert [row.small for row in rows] == ["decree-91", "hanoi-plan-115", "hanoi-letter-3959"]
    assert rows[0].cells[2:] == ("từ 01/10/2017 đến hết 31/12/2023", "22/11/2026")
    assert rows[2].cells[:2] == ("Đang có hiệu lực", "Đã ban hành")


@pytest.mark.parametrize(
    ("lang", "read", "unread"), [("vi", "Đã đọc văn bản", "Chưa đọc được toàn văn"), ("en", "Text was read", "The text could not be read")]
)
def test_of_a_law_whose_text_is_not_loaded_nobody_says_that_it_was_read(place, lang, read, unread):
    stack = read_criteria("law-2022-decree-152", place)
    rows = {row.small: row.cells[-1] for row in instruments_table(stack, lang, load_instruments(place)).groups[0].rows}
    assert rows["law-06-2026"].splitlines()[-1] == unread
    assert rows["law-06-2022"].splitlines()[-1] == read


def test_every_instrument_is_told_with_where_it_was_read(stack, place):
    register = load_instruments(place)
    rows = {row.small: row for row in instruments_table(stack, "vi", register).groups[0].rows}
    assert tuple(rows) == stack.instruments
    law = rows["law-15-2003"]
    assert "Luật số 15/2003/QH11" in law.header
    assert law.cells[0] == "Quốc hội"
    assert law.cells[3] == "Cơ sở dữ liệu quốc gia về văn bản pháp luật (vbpl.vn); trang tra cứu văn bản pháp luật (lawnet.vn)\nĐã đọc văn bản"
    assert not any(mark in row.cells[3] for row in rows.values() for mark in ("github", "ItemID", "160387"))
    unknown = instruments_table(stack, "vi").groups[0].rows[0]
    assert unknown.cells[0] == "Chưa có trong danh mục văn bản"


def test_grounds_add_up_to_the_clauses(stack):
    counts = count_grounds(stack)
    assert sum(counts.values()) == len(list(stack.iter_clauses()))
    assert counts["assumed"] == sum(clause.source is None for _, clause in stack.iter_clauses())
    *rows, total = grounds_table(stack, "vi").groups[0].rows
    assert [row.cells[0] for row in rows] == [str(n) for n in counts.values()]
    assert total.cells[0] == str(sum(counts.values()))


def test_every_clause_of_a_set_stands_in_one_table(stack, table):
    for criteria in (stack, table):
        words = ClauseTables(criteria, "vi")
        found = [words.principles(), *words.procedure(), words.points(), *words.classes(), words.awards("individual"), words.awards("collective")]
        told = [path for each in found if each is not None for path in paths(each)]
        sections = {f"points.{name}" for name in criteria.points}
        assert sorted(told) == sorted(path for path, _ in criteria.iter_clauses() if path not in sections or path in told)
        assert len(told) == len(set(told))


def test_a_clause_tells_its_rule_its_source_and_what_is_assumed(stack, place):
    words = ClauseTables(stack, "vi", load_instruments(place))
    rows = {row.small: row for group in words.awards("individual").groups for row in group.rows}
    rule, ground = rows["lao-dong-tien-tien.minimum-service"].cells
    assert rule == "Điều kiện: có ít nhất 10 tháng công tác."
    assert ground == "khoản 6 Điều 5 Nghị định số 65/2014/NĐ-CP (đã đọc văn bản)"
    urged = {row.small: row for row in words.principles().groups[0].rows}["principles.no-rotation"].cells
    assert "mức tuân thủ giả định 0,3" in urged[0]
    assert "Mức tuân thủ 0,3 là giả định" in urged[1]
    assert "Giả định: " not in urged[1]


def test_stages_stand_in_their_order(table):
    stages, others = ClauseTables(table, "vi").procedure()
    assert paths(stages) == ["procedure.self-scoring", "procedure.bloc-review", "procedure.appraisal"]
    assert "procedure.scale" in paths(others)


def test_the_ladder_puts_each_award_on_its_level(stack):
    told = {row.header: row.cells for row in ladder_table(stack, "vi").groups[0].rows}
    for award in stack.awards.values():
        assert award.title.vi in told[str(award.level)][award.target == "collective"]


def test_what_the_model_plays_is_counted_and_a_table_not_at_all(stack, table):
    counts = count_played(stack)
    assert is_playable(stack)
    assert sum(counts.values()) == len(list(stack.iter_clauses()))
    assert not is_playable(table)
    assert count_played(table)["simulated"] == 0
    kept = next(award for award in stack.awards.values() if not is_played(award))
    assert not any(plays(clause, kept) for clause in kept.clauses.values())


def test_findings_stand_with_errors_first_the_name_of_the_file_and_how_to_mend_it():
    found = [
        make_finding("RL318", "drafts/mine.yaml", 3, set="mine"),
        make_finding("RL322", "drafts/mine.yaml", 1),
    ]
    errors, warnings = findings_table(found, "vi").groups
    assert errors.title == "Lỗi phải xử lý"
    assert errors.rows[0].cells[0] == "mine.yaml, dòng 1"
    assert "Hãy" in errors.rows[0].cells[1]
    assert warnings.rows[0].header == "RL318"
    assert findings_table([], "vi") is None


def test_an_illustration_is_not_said_to_be_issued():
    assert state_words("illustrative", "issued", "vi") == "không phải văn bản được ban hành"
    assert state_words("in-force", "issued", "vi") == "đã ban hành"
