"""The Vietnamese page on the model says what the English one says: the same rows, and the same figures in each."""

from __future__ import annotations

import re

import pytest

from tests.odd_figures import ODD, ODD_VI, rows, stated

IN_PLAIN_WORDS = re.compile(r"^### 7\.0 .*?(?=^#|\Z)", re.MULTILINE | re.DOTALL)
HISTORY_MATCHING = ODD.parent / "history-matching.md"
NEVER = ("thiên vị", "lạm phát khen thưởng", "may rủi", "xổ số", "chạy", "con dấu", "giấy chứng nhận")


VERDICTS = {"half": "một nửa", "yes": "đạt", "sign yes": "chiều đúng", "assumed": "là giả định", "**no**": "**không**"}


def verdicts(page):
    """Give the column "met" of section 8, row by row."""
    text = page.read_text(encoding="utf-8")
    return {row: next(line for line in text.splitlines() if line.startswith(f"| {row} |")).split(" | ")[4].removesuffix(" |") for row in rows(8)}


def history_matched(name):
    """Give the numbers of one row of the page on history matching."""
    line = next(line for line in HISTORY_MATCHING.read_text(encoding="utf-8").splitlines() if re.match(rf"\|[^|]*`{name}`\)? \|", line))
    return re.findall(r"-?\d+\.\d+", line)


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


@pytest.mark.parametrize("row", ["1", "6", "8", "10", "14", "15"])
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


def test_both_pages_judge_every_row_alike():
    given, in_vietnamese = verdicts(ODD), verdicts(ODD_VI)
    for row, words in given.items():
        (verdict,) = [verdict for verdict in VERDICTS if words.startswith(verdict)]
        assert in_vietnamese[row].startswith(VERDICTS[verdict]), row


def test_what_misses_its_size_in_the_history_matching_is_not_said_to_be_met():
    *_, given, _ = history_matched("year_round_share")
    assert float(given) < 0.5
    for page, sign in ((ODD, given), (ODD_VI, given.replace(".", ","))):
        words = verdicts(page)
        assert sign in words["15"]
        assert not words["10"].startswith(("yes", "đạt"))
        assert not words["15"].startswith(("yes", "đạt"))


def test_both_pages_tell_how_free_the_headline_number_is():
    default, low, median, high = history_matched("turn_taking_index")
    for page, vietnamese in ((ODD, False), (ODD_VI, True)):
        (told,) = [part for part in page.read_text(encoding="utf-8").split("\n\n") if part.startswith(("**How free", "**Con số chính"))]
        for number in (default, low, median, high):
            assert (number.replace(".", ",") if vietnamese else number).replace("-", "−") in told
        assert "(history-matching.md)" in told


def test_both_pages_name_the_shipped_scenarios_that_learn():
    scenarios = (ODD.parents[1] / "scenarios").glob("*.yaml")
    learning = [path.stem for path in scenarios if re.search(r"^learning: true", path.read_text(encoding="utf-8"), re.MULTILINE)]
    assert learning
    for page in (ODD, ODD_VI):
        (row,) = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| 7.10, 7.11")]
        assert re.findall(r"`([a-z-]+)`", row) == sorted(learning)
