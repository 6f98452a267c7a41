"""One concept, one word: every term stands once, has its word in both languages, and names a place in the code that exists."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from typing import NamedTuple, get_args

import pytest

from simulator.indicators.measurement import INDICATORS
from simulator.presentation.i18n import translate
from simulator.rules import clauses


class Entry(NamedTuple):
    term: str
    vietnamese: str
    english: str
    meaning: str
    where: str


@pytest.fixture(scope="module")
def entries(root):
    rows = [line for line in (root / "GLOSSARY.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [Entry(*(cell.strip("`") for cell in cells[:4]), place_of(cells[4])) for cells in (row.strip("| ").split(" | ") for row in rows[1:])]


def place_of(cell):
    """Return the path of a file, or the dotted name of a module and what to look for in it."""
    names = re.findall(r"`([^`]+)`", cell)
    return names[0] if "/" in names[0] else ".".join(["simulator", *names])


def open_place(root, where):
    """Return what a dotted name stands for, or the path of a file; raise where there is neither."""
    if not where.startswith("simulator."):
        return (root / where).resolve(strict=True)
    module, names = where, []
    while True:
        try:
            place = importlib.import_module(module)
            break
        except ModuleNotFoundError:
            module, _, name = module.rpartition(".")
            names.insert(0, name)
    for name in names:
        fields = getattr(place, "model_fields", {}) | getattr(place, "__dataclass_fields__", {})
        place = fields[name] if name in fields else getattr(place, name)
    return place


def test_every_place_in_the_code_exists(root, entries):
    missing = []
    for entry in entries:
        try:
            open_place(root, entry.where)
        except (AttributeError, FileNotFoundError) as error:
            missing.append(f"{entry.term}: {error}")
    assert missing == []


@pytest.mark.parametrize("where", ["simulator.rules.clauses.Quote", "simulator.model.behaviour.Behaviour.apraisers", "criteria/decree-19.yaml"])
def test_a_place_that_does_not_exist_would_be_found(root, where):
    with pytest.raises((AttributeError, FileNotFoundError)):
        open_place(root, where)


@pytest.mark.parametrize("column", ["term", "vietnamese", "english"])
def test_one_word_stands_once(entries, column):
    counted = Counter(getattr(entry, column).casefold() for entry in entries)
    assert [word for word, n in counted.items() if n > 1] == []


def test_nothing_is_left_blank_or_said_in_one_language(entries):
    """A meaning is a Vietnamese sentence, then an English one in italics."""
    assert [entry.term for entry in entries if not all(entry)] == []
    assert [entry.term for entry in entries if not re.fullmatch(r"[^*]+[.…] \*[^*]+[.…]\*", entry.meaning)] == []


def test_indicators_bear_their_official_names(entries):
    given = {entry.term: (entry.vietnamese, entry.english) for entry in entries}
    assert {name: given.get(name) for name in INDICATORS} == {
        name: tuple(translate(f"indicator.{name}", lang) for lang in ("vi", "en")) for name in INDICATORS
    }


def test_every_kind_of_clause_is_explained(entries):
    places = {entry.where.rpartition(".")[2] for entry in entries}
    kinds = {kind.__name__ for kind in get_args(clauses.Clause)}
    assert len(kinds) >= 10
    assert kinds - places == set()


@pytest.mark.parametrize(("key", "term"), [("table.lawful-best", "lawful best"), ("table.difference", "difference"), ("table.verdict", "verdict")])
def test_the_words_of_the_tables_are_the_words_of_the_glossary(entries, key, term):
    (entry,) = (entry for entry in entries if entry.term == term)
    assert (entry.vietnamese, entry.english) == (translate(key, "vi"), translate(key, "en"))
