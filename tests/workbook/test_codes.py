from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import simulator.workbook
from simulator.errors import InputError, Severity
from simulator.presentation.i18n import catalogue, placeholders
from simulator.workbook.codes import CODES, MOST_FINDINGS, Problems, make_finding

ROOM = Path(simulator.workbook.__file__).parent


def constants():
    for path in ROOM.rglob("*.py"):
        if path.name != "codes.py":
            yield from (node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant))


def test_every_code_is_made_somewhere_and_none_is_unknown():
    made = {value for value in constants() if isinstance(value, str) and re.fullmatch(r"WB5(?:[0-4]\d|50)", value)}
    assert made | {"WB525"} == set(CODES)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_code_has_its_sentence_with_fields_it_carries(lang):
    for code, entry in CODES.items():
        assert set(placeholders(catalogue(lang)[f"finding.{code}"])) <= {*placeholders(entry.english), "column"}, code


def test_every_word_a_finding_names_is_in_the_catalogue():
    named = {value[1:] for value in constants() if isinstance(value, str) and re.fullmatch(r"@[a-z][a-z-]+", value)}
    assert {word for word in named if f"finding.word.{word}" not in catalogue("vi")} == set()


def test_a_warning_does_not_stop_the_reading():
    problems = Problems("a.xlsx")
    problems.report("WB526", 3, columns="x")
    problems.stop_if_wrong()
    assert [finding.severity for finding in problems.warnings] == [Severity.WARNING]
    assert not problems.warnings[0].is_unreadable


def test_past_a_hundred_errors_are_counted():
    problems = Problems("a.xlsx")
    for line in range(MOST_FINDINGS + 7):
        problems.report("WB502", line)
    with pytest.raises(InputError) as caught:
        problems.stop_if_wrong()
    assert len(caught.value.findings) == MOST_FINDINGS + 1
    assert caught.value.findings[-1].english == "7 further problems are not listed"


def test_words_of_the_catalogue_are_plain_in_english():
    assert (
        make_finding("WB508", "a", 1, part="@zip-directory").english == "the workbook is damaged in zip directory; open it in Excel and save it anew"
    )


def test_findings_come_sheet_by_sheet_each_in_the_order_of_lines():
    problems = Problems("x.xlsx")
    for cell, line in (("Danh sách!B9", 9), ("Kỷ luật!A2", 2), ("Danh sách!A4", 4)):
        problems.report("WB532", line, cell=cell)
    with pytest.raises(InputError) as refused:
        problems.stop()
    assert [finding.fields["cell"] for finding in refused.value.findings] == ["Danh sách!A4", "Danh sách!B9", "Kỷ luật!A2"]
