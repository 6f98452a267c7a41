"""The table by group says the numbers of the comparison, in both languages, and nothing of the few."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.experiments.results.comparison import HIDDEN_CAVEAT, GroupComparison, GroupNumber
from simulator.experiments.results.records import UNDEFINED_CAVEAT
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import MINUS
from simulator.presentation.results.group_table import draw_groups
from simulator.presentation.results.tables import draw_table
from tests.presentation.specimen import specimen_comparison

NOTHING = (None,) * 7
HIDDEN = GroupComparison(None, None, *[GroupNumber(*NOTHING, 0, HIDDEN_CAVEAT)] * 2)


def group(rate, before, half=0.01, *, n=20, share=0.5):
    """Give a group of which the share of awards is twice the rate."""
    numbers = [
        GroupNumber(value, value - half, value + half, base, value - base, value - base - half, value - base + half, n)
        for value, base in ((rate, before), (2 * rate, 2 * before))
    ]
    return GroupComparison(1000, share, *numbers)


def comparison_of(*by_groups, titles=None):
    """Put breakdowns into the first options of the specimen, and leave the other options out."""
    comparison = specimen_comparison()
    options = [replace(option, by_group=by_group) for option, by_group in zip(comparison.options, by_groups, strict=False)]
    return replace(comparison, options=options, unit_kind_titles=titles or comparison.unit_kind_titles)


def read(cell, lang):
    """Read the numbers of a cell back, in percent."""
    for mark, plain in (("[", " "), ("]", " "), (";", " "), ("\N{NO-BREAK SPACE}", " "), (MINUS, "-")):
        cell = cell.replace(mark, plain)
    return [float(number.replace(",", ".") if lang == "vi" else number) for number in cell.split()]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_cell_says_the_numbers_of_the_comparison(lang):
    comparison = specimen_comparison()
    table = draw_groups(comparison, lang)
    assert table.is_simulated
    assert table.columns[1:] == tuple(option.title[lang] for option in comparison.options)
    expected = [(division, measure) for division in ("unit_kind", "role") for measure in ("award_rate", "awards_share")]
    assert len(table.groups) == len(expected)
    for (division, measure), shown in zip(expected, table.groups, strict=True):
        names = list(comparison.options[0].by_group[division])
        assert len(shown.rows) == len(names)
        for name, row in zip(names, shown.rows, strict=True):
            for option, cell in zip(comparison.options, row.cells, strict=True):
                number = getattr(option.by_group[division][name], measure)
                ends = (
                    []
                    if number.difference == number.difference_low == number.difference_high == 0
                    else [number.difference_low, number.difference_high]
                )
                told = [number.value] if option is comparison.options[0] else [number.value, number.difference, *ends]
                assert read(cell, lang) == pytest.approx([100 * part for part in told], abs=0.0501)


def test_a_vietnamese_table_reads_as_officials_write():
    table = draw_groups(specimen_comparison(), "vi")
    assert table.caption == "Cơ cấu khen thưởng theo loại đơn vị và vị trí công tác, danh hiệu “Chiến sĩ thi đua cơ sở”"
    assert table.columns[0] == "Nhóm (tỷ trọng trong số thuộc diện xét)"
    assert table.groups[0].title == "Tỷ lệ được khen theo loại đơn vị (%; chênh lệch: điểm %)"
    assert table.groups[3].title == "Tỷ trọng trong tổng số lượt khen, theo vị trí công tác (%; chênh lệch: điểm %)"
    assert [row.header for row in table.groups[0].rows] == ["Trường học (75,0%)", "Sở, ban, ngành (25,0%)"]
    direct = table.groups[2].rows[0]
    assert direct.header == "Người lao động trực tiếp (50,0%)"
    assert direct.cells[:2] == ("10,0", "12,1\n+2,1 [+1,9;\N{NO-BREAK SPACE}+2,3]")


@pytest.mark.parametrize(
    ("lang", "words"), [("vi", ("chỉ mô tả, không đánh giá", "bình quân của 20 lượt")), ("en", ("does not judge", "mean of 20"))]
)
def test_it_says_that_it_describes_and_holds_no_verdict(lang, words):
    table = draw_groups(specimen_comparison(), lang)
    assert words[0] in table.notes[0]
    assert any(words[1] in note and specimen_comparison().options[0].title[lang] in note for note in table.notes)
    verdicts = {translate(f"verdict.{word}", lang) for word in ("clear", "small", "not-clear")}
    assert not verdicts & {line for shown in table.groups for row in shown.rows for cell in row.cells for line in cell.split("\n")}
    assert len(table.notes) == 3


@pytest.mark.parametrize(("lang", "words"), [("vi", "không nêu"), ("en", "not told")])
def test_of_the_few_nothing_is_told_and_the_reason_is(lang, words):
    groups = {"direct": group(0.2, 0.2, share=0.9), "staff": HIDDEN, "head": HIDDEN}
    table = draw_groups(comparison_of({"role": groups}, {"role": groups}), lang)
    for shown in table.groups:
        _, staff, head = shown.rows
        assert staff.cells == head.cells == (words, words)
        assert "%" not in staff.header
    assert any("5" in note and words in note.lower() for note in table.notes)


def test_a_sector_that_is_one_kind_of_unit_is_told_once():
    kinds = {name: group(0.2, 0.2) for name in ("school", "department", "factory")}
    titles = {name: {"vi": name, "en": name} for name in kinds}
    two = {"public": group(0.2, 0.2), "enterprise": group(0.2, 0.2)}
    table = draw_groups(comparison_of({"unit_kind": kinds, "sector": two}, {"unit_kind": kinds, "sector": two}, titles=titles), "vi")
    assert "loại đơn vị và lĩnh vực" in table.caption
    assert [row.header for row in table.groups[2].rows] == ["Khu vực công (50,0%)", "Doanh nghiệp (50,0%)"]
    del kinds["factory"]
    table = draw_groups(comparison_of({"unit_kind": kinds, "sector": two}, titles=titles), "vi")
    assert "lĩnh vực" not in table.caption
    assert len(table.groups) == 2


def test_rare_awards_have_the_decimal_without_which_all_rates_read_alike():
    rare = {"direct": group(0.0021, 0.0016, 0.0002), "head": group(0.0341, 0.0341, 0.0002)}
    rows = draw_groups(comparison_of({"role": rare}, {"role": rare}), "en").groups[0].rows
    assert rows[0].cells == ("0.21", "0.21\n+0.05 [+0.03;\N{NO-BREAK SPACE}+0.07]")
    assert rows[1].cells[0] == "3.4"


def test_shares_of_replications_without_awards_are_said_to_be_fewer():
    some = {"direct": group(0.2, 0.2, n=13), "head": group(0.2, 0.2, n=13)}
    all_of_them = {"direct": group(0.2, 0.2), "head": group(0.2, 0.2)}
    comparison = comparison_of({"role": all_of_them}, {"role": some})
    (note,) = [note for note in draw_groups(comparison, "vi").notes if "13" in note]
    assert note.startswith(f"Phương án “{comparison.options[1].title['vi']}”: tỷ trọng chỉ so sánh được ở 13 trong 20 lượt")
    undefined = replace(group(0.0, 0.0), awards_share=GroupNumber(*NOTHING, 0, UNDEFINED_CAVEAT))
    table = draw_groups(comparison_of({"role": {"direct": undefined, "head": undefined}}), "en")
    assert table.groups[1].rows[0].cells == ("undefined",)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_without_groups_there_is_no_table(lang):
    assert draw_groups(comparison_of({}, {}), lang) is None


def test_both_tables_say_whether_their_intervals_are_adjusted_for_how_many_are_compared():
    comparison = specimen_comparison()
    main, groups = (" ".join(draw(comparison, "vi").notes) for draw in (draw_table, draw_groups))
    assert "đã điều chỉnh (nới rộng) vì so sánh nhiều chỉ số cùng lúc" in main
    assert "không điều chỉnh vì so sánh nhiều số cùng lúc" in groups


def test_the_rows_of_a_block_have_the_same_count_of_decimals():
    blocks = {"direct": group(0.378, 0.364, 0.001), "head": group(0.32, 0.32, 0.02)}
    rows = draw_groups(comparison_of({"role": blocks}, {"role": blocks}), "vi").groups[0].rows
    assert [row.cells[0] for row in rows] == ["37,8", "32,0"]
    assert [row.cells[1].split("\n")[1].split(" ")[0] for row in rows] == ["+1,4", "0,0"]
