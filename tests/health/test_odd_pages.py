"""The Vietnamese page on the model says what the English one says: the same rows, and the same figures in each."""

from __future__ import annotations

import re

import pytest

from tests.odd_figures import ODD, ODD_VI, rows, stated

IN_PLAIN_WORDS = re.compile(r"^### 7\.0 .*?(?=^#|\Z)", re.MULTILINE | re.DOTALL)
NEVER = ("thiên vị", "lạm phát khen thưởng", "may rủi", "xổ số", "chạy", "con dấu", "giấy chứng nhận")


def first_numbers(page):
    """Give the numbers of the submodels that section 7.0 tells of, row by row."""
    text = IN_PLAIN_WORDS.search(page.read_text(encoding="utf-8"))[0]
    return [re.findall(r"7\.\d+", line.split("|")[1]) for line in text.splitlines() if line.startswith("| 7.")]


def targets(row, page):
    """Read the numbers a fact is judged by, in their order."""
    (line,) = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {row} |")]
    return re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<!\d)\.(?=\d)", "0.", line.split("|")[3].replace(",", ".")))


def test_both_pages_tell_of_the_same_submodels():
    assert first_numbers(ODD_VI) == first_numbers(ODD)
    assert len(first_numbers(ODD)) > 10


@pytest.mark.parametrize("section", [8, 9])
def test_both_pages_have_the_same_rows(section):
    assert rows(section, ODD_VI) == rows(section)


@pytest.mark.parametrize("row", rows(8))
def test_both_pages_state_the_same_figures(row):
    assert stated(row, page=ODD_VI) == stated(row)
    assert stated(row)


@pytest.mark.parametrize("row", ["1", "6", "8", "10", "14"])
def test_both_pages_judge_by_the_same_targets(row):
    assert targets(row, ODD_VI) == targets(row, ODD)
    assert targets(row, ODD)


def test_a_row_is_missed_on_both_pages_or_on_none():
    text = {page: page.read_text(encoding="utf-8") for page in (ODD, ODD_VI)}
    missed = {
        page: [line.split("|")[1].strip() for line in text[page].splitlines() if word in line and line.startswith("| ")]
        for page, word in ((ODD, "| **no** |"), (ODD_VI, "| **không** |"))
    }
    assert missed[ODD_VI] == missed[ODD] != []


def test_the_vietnamese_page_leads_to_the_equations_and_keeps_to_words_an_office_can_sign():
    text = ODD_VI.read_text(encoding="utf-8")
    assert "[odd.md](odd.md)" in text
    assert not [word for word in NEVER if word in text.lower()]
