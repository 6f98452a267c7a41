from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from simulator.rules.assembly import iter_set_files, read_criteria
from simulator.rules.loading import criteria_from_text
from simulator.rules.reading import read_yaml_bytes
from simulator.rules.writing import WIDEST, write_criteria, write_data
from simulator.workspace import Workspace
from tests.examples import sampled
from tests.rules.random_sets import as_set, sets
from tests.rules.specimen import OVERLAY, SET, stack_texts

WORKSPACE = Workspace(Path(__file__).parents[2])
SLOW = sampled(10, 100, suppress_health_check=list(HealthCheck))


@SLOW
@given(sets())
def test_any_valid_set_is_read_back_as_itself(data):
    criteria = as_set(data)
    again = criteria_from_text(write_criteria(criteria))
    assert again.rules == criteria.rules
    assert again.content_hash == criteria.content_hash


@pytest.mark.parametrize("path", [path.stem for path in iter_set_files(WORKSPACE)])
def test_every_set_of_the_house_is_read_back_as_itself(path):
    criteria = read_criteria(path, WORKSPACE)
    assert criteria_from_text(write_criteria(criteria)).rules == criteria.rules


@given(st.text(min_size=1))
def test_any_text_is_read_back_as_itself(text):
    import unicodedata  # noqa: PLC0415

    text = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode())
    if text:
        assert read_yaml_bytes(write_data({"note": {"vi": text, "en": text * 40}}).encode(), "x").data == {"note": {"vi": text, "en": text * 40}}


@pytest.mark.parametrize(
    "word", ["no", "on", "null", "010", "1", "1:30", "2020-01-01", "1e-3", "true", "~", "<<", "- a", "a: b", "a #b", "@", "'", ""]
)
def test_a_word_that_could_be_misread_stands_in_quotes(word):
    assert read_yaml_bytes(write_data({"id": word, word: 1}).encode(), "x").data == {"id": word, word: 1}


def test_a_stack_is_written_as_the_one_set_it_amounts_to():
    stack = stack_texts(SET, OVERLAY)
    again = criteria_from_text(write_criteria(stack))
    assert again.rules == stack.rules
    assert (again.id, again.extends) == ("stricter", None)


def test_it_reads_as_written_by_hand():
    text = write_criteria(stack_texts(SET))
    assert text.startswith('id: specimen\ntitle: {vi: "Bộ tiêu chí mẫu", en: "Specimen"}\nstatus: illustrative\n')
    assert 'source: {instrument: decree-example, provision: "Điều 1", confidence: read}\n' in text
    assert "            rounding: nearest" not in text
    assert "      quota:\n        kind: quota\n" in text
    assert "\n  fighter:\n" in text
    assert max(map(len, text.splitlines())) <= WIDEST


def test_what_is_long_stands_below():
    words = " ".join(["tiêu chuẩn"] * 40)
    text = write_data({"note": {"vi": words, "en": words}})
    assert text.startswith("note:\n  vi: >-\n    tiêu chuẩn")
    assert max(map(len, text.splitlines())) <= WIDEST
    assert read_yaml_bytes(text.encode(), "x").data["note"]["en"] == words


def test_a_comment_stands_on_top():
    assert write_data({"id": "a"}, "one\ntwo") == "# one\n# two\nid: a\n"
