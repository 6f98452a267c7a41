from __future__ import annotations

import contextlib
import datetime
import math
import os
import resource

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import InputError
from simulator.rules.loading import criteria_from_text
from simulator.workbook.cells import read_sheets
from simulator.workbook.roster import read_roster
from simulator.workbook.sheets import Broken, Percent
from tests.workbook.files_of_every_kind import BOOK, parts_of, sheet_of, zipped
from tests.workbook.rosters_on_paper import HEADINGS, ROW, SET_TEXT, make_set, with_cells, write_csv, write_xlsx

MOST_MEMORY = 500 * 2**20
CRITERIA = make_set()


def rows_of(path):
    return read_sheets(path)[0].rows


def code_of(path):
    with pytest.raises(InputError) as caught:
        read_sheets(path)
    assert all(finding.is_unreadable for finding in caught.value.findings)
    return caught.value.findings[-1].code


def write(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content if isinstance(content, bytes) else zipped(content))
    return path


def test_values_of_every_type(tmp_path):
    day = datetime.date(2024, 2, 29)
    values = ["Mẫu", 12, 0.25, True, day, 0.945, "#REF!", "=1+1"]
    path = write_xlsx(tmp_path / "a.xlsx", [values], formats={"F1": "0.00%"})
    row = rows_of(path)[0]
    assert row == ["Mẫu", 12.0, 0.25, True, day, 0.945, "#REF!", ""]
    assert [type(value) for value in row] == [str, float, float, bool, datetime.date, Percent, Broken, Broken]


def test_a_formula_with_its_result_is_its_result(tmp_path):
    path = write(tmp_path, parts_of('<row r="1"><c r="A1"><f>SUM(1,2)</f><v>3</v></c><c r="C1" t="str"><f>T("a")</f><v>a</v></c></row>'))
    assert rows_of(path) == [[3.0, None, "a"]]


def test_namespace_prefixes_rich_text_and_furigana(tmp_path):
    strings = '<x:sst xmlns:x="m"><x:si><x:r><x:t>Nguyễn </x:t></x:r><x:r><x:t>Mẫu</x:t></x:r><x:rPh><x:t>ng</x:t></x:rPh></x:si></x:sst>'
    sheet = '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    path = write(tmp_path, {**parts_of(), "xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": sheet})
    assert rows_of(path) == [["Nguyễn Mẫu"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "WB502"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "WB503"),
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "WB506"),
        (parts_of(**{"xl/vbaProject.bin": "x"}), "WB504"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}, "WB505"),
        ({"word/document.xml": "<a/>"}, "WB507"),
        ({"xl/workbook.bin": "x"}, "WB507"),
        (b"%PDF-1.7", "WB507"),
        (b"<html><table></table></html>", "WB507"),
        (b"PK\x03\x04 cut off", "WB508"),
        (b"Hoc ten;\xb5\xb6\xff", "WB512"),
        ("Họ;Tên".encode()[:-1] + b"\xff", "WB512"),
        ("M· sè;Hä vµ tªn;§¬n vÞ".encode("latin-1"), "WB511"),
        (parts_of('<row r="1"><c r="A1"><v>1e999'), "WB508"),
        (parts_of('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), "WB508"),
        (parts_of('<row r="1"><c r="A1"><v>1_0</v></c></row>'), "WB508"),
        (parts_of('<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>'), "WB508"),
        (parts_of('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'), "WB509"),
        (parts_of('<row r="1"><c t="inlineStr"><is><t>' + "a" * 40_000 + "</t></is></c></row>"), "WB509"),
        (parts_of("".join(f'<row r="{line}"><c><v>1</v></c></row>' for line in range(1, 200_003))), "WB509"),
        ({**parts_of(), "xl/workbook.xml": BOOK.replace("<workbook", '<!DOCTYPE a [<!ENTITY b "c">]><workbook')}, "WB531"),
        ({**parts_of(), "xl/worksheets/sheet1.xml": '<!DOCTYPE a SYSTEM "file:///etc/hostname"><worksheet/>'}, "WB531"),
        ({**parts_of(), **{f"x/{number}": "" for number in range(2100)}}, "WB509"),
        ({**parts_of(), "xl/media/bomb": b"\0" * (40 * 2**20)}, "WB509"),
        (parts_of('<row r="1"><c t="inlineStr"><is><t>MẬT</t></is></c></row>'), "WB510"),
        (parts_of("", '<headerFooter><oddHeader>&amp;C&amp;"Arial,Bold"TỐI MẬT</oddHeader></headerFooter>'), "WB510"),
        ({**parts_of(), "xl/workbook.xml": BOOK.replace("Danh sách", "TUYỆT MẬT (2)")}, "WB510"),
        ({**parts_of(), "xl/workbook.xml": BOOK.replace("Danh sách", "MẬT")}, "WB510"),
        ({**parts_of('<row r="1"><c><v>1</v></c></row>'), "xl/drawings/drawing1.xml": "<a><t>TUYỆT MẬT</t></a>"}, "WB510"),
    ],
)
def test_what_is_refused_with_a_clear_word(tmp_path, content, code):
    assert code_of(write(tmp_path, content)) == code


def test_a_bomb_that_lies_about_its_size_is_found_while_it_inflates(tmp_path):
    raw = bytearray(zipped({**parts_of(), "xl/worksheets/sheet1.xml": sheet_of(" " * (60 * 2**20))}))
    size = (60 * 2**20 + len(sheet_of(""))).to_bytes(4, "little")
    assert raw.count(size) >= 1
    lying = bytes(raw).replace(size, (1000).to_bytes(4, "little"))
    assert code_of(write(tmp_path, lying)) in {"WB508", "WB509"}


def test_words_that_only_sound_secret_are_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Bảo mật thông tin", "mật độ", "MẬT ONG RỪNG", "Nguyễn Thị Mật"])
    book.save(tmp_path / "a.xlsx")
    assert len(rows_of(tmp_path / "a.xlsx")[0]) == 4


@pytest.mark.parametrize(
    "part",
    ["xl/comments1.xml", "docProps/core.xml", "xl/charts/chart1.xml", "xl/diagrams/data1.xml", "xl/threadedComments/threadedComment1.xml"],
)
def test_a_stamp_beside_the_cells_is_found(tmp_path, part):
    text = "<a><b><r><t>TUYỆT </t></r><r><t>MẬT</t></r></b></a>"
    assert code_of(write(tmp_path, {**parts_of('<row r="1"><c><v>1</v></c></row>'), part: text})) == "WB510"


def test_a_stamp_in_a_prompt_a_name_or_the_file_name_is_found(tmp_path):
    one = '<row r="1"><c><v>1</v></c></row>'
    assert code_of(write(tmp_path, parts_of(one, '<dataValidations><dataValidation prompt="TỐI MẬT"/></dataValidations>'))) == "WB510"
    book = BOOK.replace("</workbook>", '<definedNames><definedName name="TUYỆT_MẬT">1</definedName></definedNames></workbook>')
    assert code_of(write(tmp_path, {**parts_of(one), "xl/workbook.xml": book})) == "WB510"
    path = tmp_path / "TUYỆT MẬT - ds.xlsx"
    path.write_bytes(zipped(parts_of(one)))
    assert code_of(path) == "WB510"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names")
def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert code_of(tmp_path / "pipe") == "WB501"
    assert code_of("/dev/zero") == "WB501"


def test_long_texts_in_every_cell_cost_little(tmp_path):
    strings = "<sst><si><t>" + "- họ và tên" * 2900 + "</t></si></sst>"
    rows = "".join(f'<row r="{line}">' + '<c t="s"><v>0</v></c>' * 3 + "</row>" for line in range(1, 20_000))
    path = write(tmp_path, {**parts_of(rows), "xl/sharedStrings.xml": strings})
    assert len(rows_of(path)) == 19_999


def damage(data, raw: bytes) -> bytes:
    held = bytearray(raw)
    for place in data.draw(st.lists(st.integers(0, len(held) - 1), min_size=1, max_size=6)):
        held[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.none() | st.integers(0, len(held)))
    return bytes(held[:cut])


def read_whatever(path, content):
    """Read a file: a roster or findings, and nothing else ever."""
    path.write_bytes(content)
    with contextlib.suppress(InputError):
        read_roster(path, CRITERIA, year=2025)


def good_book(tmp_path_factory) -> bytes:
    path = tmp_path_factory.getbasetemp() / "good.xlsx"
    if not path.exists():
        write_xlsx(path, [HEADINGS, ROW], sheets={"Khen thưởng": [["Mã", "Danh hiệu", "Năm"], ["CB01", "Lao động giỏi", 2020]]})
    return path.read_bytes()


XML = st.sampled_from(
    [
        *(
            "<row>",
            "</row>",
            '<row r="2">',
            "<c>",
            "</c>",
            '<c r="A2" t="s">',
            '<c t="inlineStr">',
            '<c r="B9" s="99">',
            "<v>",
            "</v>",
            "<f>",
            "</f>",
            "<is>",
            "</is>",
        ),
        *(
            "<t>",
            "</t>",
            "1",
            "-1",
            "1e400",
            "nan",
            "0x1",
            "Mã",
            "Họ và tên",
            "&lt;",
            "&b;",
            "<!--x-->",
            "<![CDATA[1]]>",
            '<mergeCell ref="A1:ZZ9"/>',
            '<mergeCell ref="x"/>',
        ),
    ]
)
CELLS = st.one_of(
    st.text(max_size=8),
    st.floats().map(str),
    st.integers().map(str),
    st.sampled_from(
        [
            "1.234",
            "1.234,5",
            "94%",
            "0,5%",
            "31/12/2024",
            "30-2-2024",
            "2023; 2024",
            "a: b; c: giải nhất",
            "=1",
            "'=1",
            "\u00a0",
            "có",
            "x",
            "9" * 40,
            "\n",
        ]
    ),
)


def check_damaged(data, tmp_path_factory):
    read_whatever(tmp_path_factory.getbasetemp() / "damaged.xlsx", damage(data, good_book(tmp_path_factory)))


def check_xml(pieces, tmp_path_factory):
    read_whatever(tmp_path_factory.getbasetemp() / "xml.xlsx", zipped(parts_of("".join(pieces))))


def check_cells(cells, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "cells.csv"
    row = [cells.get(place, value) for place, value in enumerate(ROW)]
    write_csv(path, [HEADINGS, row], encoding="utf-8")
    read_whatever(path, path.read_bytes())


def check_bytes(raw, tmp_path_factory):
    read_whatever(tmp_path_factory.getbasetemp() / "bytes.csv", raw)


def check_yaml(data, _tmp_path_factory):
    """The loader of criteria sets, on texts that are almost good ones."""
    text = SET_TEXT.encode()
    held = damage(data, text) if data.draw(st.booleans()) else data.draw(st.binary(max_size=300))
    with contextlib.suppress(InputError):
        criteria_from_text(held)


FUZZED = {
    "damaged": (check_damaged, st.data()),
    "xml": (check_xml, st.lists(XML, max_size=40)),
    "cells": (
        check_cells,
        st.dictionaries(st.integers(0, len(ROW) - 1), CELLS.map(lambda text: text.encode("utf-8", "replace").decode().replace("\x00", ""))),
    ),
    "bytes": (check_bytes, st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))),
    "yaml": (check_yaml, st.data()),
}


@pytest.mark.parametrize("kind", FUZZED)
def test_whatever_comes_there_is_a_roster_or_a_finding(kind, tmp_path_factory):
    check, strategy = FUZZED[kind]

    @given(strategy)
    def run(drawn):
        check(drawn, tmp_path_factory)

    run()


@pytest.mark.deep
@pytest.mark.parametrize("kind", FUZZED)
def test_more_than_a_thousand_of_each_within_five_hundred_megabytes(kind, tmp_path_factory):
    """Five kinds, 1,200 each: 6,000 inputs."""
    check, strategy = FUZZED[kind]

    @settings(max_examples=1200, deadline=20_000, derandomize=False)
    @given(strategy)
    def run(drawn):
        check(drawn, tmp_path_factory)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    run()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before < MOST_MEMORY


def test_a_number_too_large_for_a_float_is_told_not_read(tmp_path):
    assert rows_of(write(tmp_path, parts_of('<row r="1"><c r="A1"><v>1e999</v></c></row>'))) == [[math.inf]]
    path = write_xlsx(tmp_path / "b.xlsx", [HEADINGS, with_cells(Số_vụ_giải_quyết=10**16)])
    with pytest.raises(InputError) as caught:
        read_roster(path, CRITERIA, year=2025)
    assert [finding.code for finding in caught.value.findings] == ["WB530"]


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read(tmp_path):
    path = write_csv(tmp_path / "a.csv", [HEADINGS])
    path.chmod(0)
    assert code_of(path) == "WB501"
