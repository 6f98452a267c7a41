"""Options are read strictly: one way to write a number, one way to write a date."""

from __future__ import annotations

import datetime

import pytest

from simulator.cli.options import UsageError, folder_of_store, language_of, read_choice, read_date, read_list, whole_number
from simulator.workspace import Workspace


@pytest.mark.parametrize(
    ("arguments", "lang"), [([], "vi"), (["--lang", "en"], "en"), (["x", "--lang=en"], "en"), (["--lang", "fr"], "vi"), (["en"], "vi")]
)
def test_the_language_is_found_anywhere(arguments, lang):
    assert language_of(arguments) == lang


@pytest.mark.parametrize(("text", "lang"), [("2021-11-10", "vi"), ("2021-11-10", "en"), ("10/11/2021", "vi")])
def test_a_date_is_written_as_its_reader_writes_it(text, lang):
    assert read_date(None, lang) is None
    assert read_date(text, lang) == datetime.date(2021, 11, 10)
    assert read_date("5/1/2026", "vi") == datetime.date(2026, 1, 5)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("text", ["11/13/2021", "31/02/2021", "10/11/21", "20211110", "2021-2-3", "2021-02-30", "", "2021-W01-1", "10.11.2021"])
def test_any_other_date_is_refused(text, lang):
    with pytest.raises(UsageError, match="2021-11-10"):
        read_date(text, lang)


def test_in_english_a_date_with_strokes_could_be_either():
    with pytest.raises(UsageError):
        read_date("10/11/2021", "en")


def test_a_number_is_digits_within_its_range():
    assert whole_number("years", None, "vi") is None
    assert whole_number("years", "50", "vi") == 50
    assert whole_number("seed", str(2**63 - 1), "vi") == 2**63 - 1


@pytest.mark.parametrize("text", ["0", "51", "7.0", "-1", "+3", "٣", "1e1", "", " 7"])
def test_any_other_number_is_refused(text):
    with pytest.raises(UsageError, match="50"):
        whole_number("years", text, "en")


def test_the_environment_names_the_language_only_where_the_line_names_none():
    assert language_of([], "en") == "en"
    assert language_of([], "fr") == "vi"
    assert language_of(["--lang", "vi"], "en") == "vi"
    assert language_of(["--lang", "en", "list", "--lang=vi"]) == "vi"
    assert language_of(["--lang"]) == "vi"


def test_a_word_is_one_of_a_few():
    assert read_choice("--to", "html", ("html",), "vi") == "html"
    with pytest.raises(UsageError, match=r"“HTML” cannot be used for --to; it may be: html, docx"):
        read_choice("--to", "HTML", ("html", "docx"), "en")


def test_results_are_kept_where_it_is_said(tmp_path):
    place = Workspace(tmp_path)
    assert folder_of_store(None, False, place, "vi") == tmp_path / "reports" / "store"
    assert folder_of_store(tmp_path / "x", False, place, "vi") == tmp_path / "x"
    assert folder_of_store(None, True, place, "vi") is None
    with pytest.raises(UsageError, match="--no-store"):
        folder_of_store(tmp_path / "x", True, place, "en")


def test_a_list_keeps_the_order_it_was_typed_in_and_has_nothing_twice():
    assert read_list("--to", "pdf, html,pdf", ("html", "docx", "pdf"), "vi") == ["pdf", "html"]
    assert read_list("--to", None, ("html",), "vi") == []
    for wrong in ("", "html,", "html;pdf", "PDF"):
        with pytest.raises(UsageError, match="--to"):
            read_list("--to", wrong, ("html", "pdf"), "vi")
