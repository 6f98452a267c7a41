from __future__ import annotations

import datetime

import pytest

from simulator.errors import InputError
from simulator.workbook import limits as limits_of_files
from simulator.workbook.codes import Problems
from simulator.workbook.limits import Limits
from simulator.workbook.number_formats import Shown
from simulator.workbook.sheet_xml import SheetReader, parse, read_formats, read_strings, read_texts
from simulator.workbook.sheets import Percent, Range
from tests.workbook.files_of_every_kind import sheet_of


def read(text, strings=(), formats=()):
    problems = Problems("a.xlsx")
    limits = Limits(problems)
    reader = SheetReader("S", list(strings), list(formats), limits, starts_1904=False)
    parse([text.encode()], "sheet", limits, reader.start, reader.end, reader.text)
    return reader.sheet


def test_cells_stand_where_their_references_say():
    sheet = read(sheet_of('<row r="3"><c r="C3"><v>1</v></c><c><v>2</v></c></row><row r="9"><c r="A9" t="s"><v>0</v></c></row>', "<x/>"), ["text"])
    assert (sheet.lines, sheet.rows) == ([3, 9], [[None, None, 1.0, 2.0], ["text"]])


def test_numbers_are_what_their_styles_show():
    formats = [Shown.PLAIN, Shown.PERCENT, Shown.DATE]
    row = read(
        sheet_of('<row><c s="0"><v>0.5</v></c><c s="1"><v>0.5</v></c><c s="2"><v>45351</v></c><c s="9"><v>7</v></c></row>'), formats=formats
    ).rows[0]
    assert row == [0.5, 0.5, datetime.date(2024, 2, 29), 7.0]
    assert isinstance(row[1], Percent)


def test_merged_cells_and_margins_are_kept():
    sheet = read(sheet_of("", '<mergeCells><mergeCell ref="A1:C2"/></mergeCells><headerFooter><oddFooter>&amp;CMật</oddFooter></headerFooter>'))
    assert (sheet.merged, sheet.notes) == ([Range(1, 2, 0, 2)], ["&CMật"])


@pytest.mark.parametrize(
    "text",
    [
        sheet_of('<row r="1"><c r="1A"><v>1</v></c></row>'),
        sheet_of('<row r="x"><c><v>1</v></c></row>'),
        sheet_of('<row><c t="s"><v>-1</v></c></row>', ""),
        sheet_of('<row><c t="d"><v>yesterday</v></c></row>'),
        sheet_of('<row><c t="n"><v> </v></c></row>'),
        sheet_of("", "<mergeCell/>"),
        "<worksheet>",
        "<a></b>",
    ],
)
def test_what_no_program_writes_is_damage(text):
    with pytest.raises(InputError, match="WB508"):
        read(text, ["text"])


def test_a_tag_without_end_is_refused_before_it_fills_memory():
    problems = Problems("a.xlsx")
    pieces = (b'<a b="' if number == 0 else b"x" * 2**16 for number in range(1000))
    with pytest.raises(InputError, match="WB509"):
        parse(pieces, "sheet", Limits(problems), lambda *_: None, lambda _: None, None)


def test_declarations_are_refused():
    with pytest.raises(InputError, match="WB531"):
        read('<!DOCTYPE a [<!ENTITY b "c">]>' + sheet_of(""))


def test_strings_formats_and_texts():
    problems = Problems("a.xlsx")
    limits = Limits(problems)
    assert read_strings([b"<sst><si><t>a</t></si><si/><si><r><t>b</t></r><r><t>c</t></r></si></sst>"], "p", limits) == ["a", "", "bc"]
    styles = b'<s><numFmts><numFmt numFmtId="170" formatCode="0%"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf/><xf numFmtId="170"/></cellXfs></s>'
    assert read_formats([styles], "p", limits) == [Shown.PLAIN, Shown.PERCENT]
    assert "".join(read_texts([b"<a><b>c</b>d</a>"], "p", limits)) == "cd"


@pytest.mark.parametrize(
    "text",
    [
        "<a>" * 200,
        "<a/>" * 300,
        "".join(f"<a{number}/>" for number in range(6000)),
        '<row r="1"><c><v>' + "1" * 40_000,
        "".join(f'<mergeCell ref="A1:SF{number}"/>' for number in range(1, 5000)),
    ],
)
def test_what_is_too_much_is_refused_while_it_arrives(text, monkeypatch):
    monkeypatch.setattr(limits_of_files, "MOST_ELEMENTS", 250 if text.startswith("<a/>") else 10**6)
    with pytest.raises(InputError, match="WB509"):
        read("<worksheet>" + text)


def test_a_paragraph_in_several_runs_is_one_text_and_prompts_are_read():
    limits = Limits(Problems("a.xlsx"))
    read_texts(["<x:a xmlns:x='y'><p><r><t>TUYỆT </t></r><r><t>MẬT</t></r></p></x:a>".encode()], "xl/comments1.xml", limits)
    assert limits.secrets == {"TUYỆT MẬT": "xl/comments1.xml"}
    assert read(sheet_of("", '<dataValidations><dataValidation prompt="b" errorTitle="c"/></dataValidations>')).notes == ["b", "c"]


def test_hidden_rows_and_equal_values():
    sheet = read(sheet_of('<row r="2" hidden="1"><c><v>1.5</v></c><c><v>1.5</v></c></row><row r="3" hidden="0"/>'))
    assert sheet.hidden == [2]
    assert sheet.rows[0][0] is sheet.rows[0][1]
