"""A run comes back from its line of text bit for bit, or not at all."""

from __future__ import annotations

import json
import re
from dataclasses import fields

import pytest

from simulator.experiments.runs.ladder_steps import steps_of
from simulator.experiments.runs.run import run_replication
from simulator.experiments.runs.run_text import NoRunError, read_run, write_run
from simulator.history import Role
from simulator.indicators.breakdown import DIVISIONS, GroupOutcome
from simulator.indicators.measurement import INDICATORS, MIX
from simulator.model.attribution import PARTS
from tests.experiments.hard_runs import RESULT, bits


def test_the_hardest_numbers_come_back_bit_for_bit_in_their_order():
    assert bits(read_run(write_run(RESULT).encode(), 3)) == bits(RESULT)


def test_a_real_run_comes_back_bit_for_bit(tiny):
    for replication in (0, 1):
        result = run_replication(tiny, replication)
        assert bits(read_run(write_run(result).encode(), replication)) == bits(result)


def test_it_is_one_line_of_strict_json_in_ascii():
    def refuse(name):
        raise AssertionError(name)

    text = write_run(RESULT)
    assert text.isascii()
    assert "\n" not in text
    assert json.loads(text, parse_constant=refuse)["by_rules"]["k2"]["values"]["b"] == "nan"


def test_nothing_but_numbers_hashes_and_names_of_indicators_is_written(tiny):
    """No title, no place, no name that somebody gave a scenario, an option or a file; the ids of kinds of unit alone."""
    words = set(re.findall(r'"([^"]*)"', write_run(run_replication(tiny, 0)))) - set(INDICATORS) - set(MIX)
    own = {"by_rules", "by_compliance", "values", "lawful_best", "course", "by_reference", "reasons"}
    own |= {"by_group", *DIVISIONS, *(field.name for field in fields(GroupOutcome)), *(role.name.lower() for role in Role)}
    own |= {"ladder", *(award for step in steps_of(tiny) for award in step)}
    kinds_of_unit = {*tiny.population.kinds, *(kind.sector for kind in tiny.population.kinds.values())}
    references = {"results", "results-and-initiative", "office"}
    left = {word for word in words - own - set(PARTS) - references - kinds_of_unit if not re.fullmatch(r"[0-9a-f]{64}|nan|-?inf", word)}
    assert left == set()


WRONG = {
    "nothing": b"",
    "no text": bytes(range(256)),
    "a pickle": b"\x80\x05\x8c\x02os\x94.",
    "very deep": b"[" * 100_000 + b"]" * 100_000,
    "another shape": b'{"by_rules": [], "by_compliance": {}}',
    "words for numbers": b'{"by_rules": {"k": {"values": {"a": "many"}}}, "by_compliance": {}}',
    "too large a number": b'{"by_rules": {"k": {"values": {"a": 1' + b"0" * 400 + b'}}}, "by_compliance": {}}',
}


@pytest.mark.parametrize("way", WRONG)
def test_what_is_no_run_is_refused(way):
    with pytest.raises(NoRunError):
        read_run(WRONG[way], 3)
