"""Behavioural numbers are all there, honest about their source, inside their range, and known to the model."""

from __future__ import annotations

import re

import pytest

from simulator.errors import InputError
from simulator.experiments.scenarios.assumptions import Assumption, load_assumptions
from simulator.indicators.measurement import INDICATORS
from simulator.model.behaviour import NAMES_OF_NUMBERS, Behaviour
from simulator.model.compiling import compile_regime
from simulator.presentation.wording import OF_THE_BASELINE
from simulator.workspace import find_workspace
from tests.worlds import FOCUS, one_award, quota

FILE = "scenarios/assumptions.yaml"


def findings(desk):
    with pytest.raises(InputError) as problem:
        load_assumptions(desk)
    return problem.value.findings


def line_of(desk, words):
    lines = (desk.root / FILE).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_every_number_of_the_model_is_there_with_a_source_or_the_word_assumed(office):
    numbers = load_assumptions(office).numbers
    assert set(numbers) == NAMES_OF_NUMBERS
    for name, number in numbers.items():
        assert number.low <= number.value <= number.high, name
        assert number.low < number.high, name
        assert (number.source is None) is number.assumed, name
        assert number.title.vi != number.title.en, name


def test_every_index_share_and_rate_has_a_margin(office):
    """The others (paper and money, which grow with the list) take a share of the baseline; of a ratio near 0 that would be next to nothing."""
    margins = load_assumptions(office).margins
    assert set(margins) == set(INDICATORS) - OF_THE_BASELINE
    assert {"dossiers", "cost_vnd"} == OF_THE_BASELINE
    promised = {"turn_taking_index": 0.05, "equal_opportunity_difference": 0.05, "excess_inflation": 0.02, "merit_kappa": 0.03, "leader_share": 0.02}
    assert promised.items() <= margins.items()


def test_behaviour_takes_the_numbers_and_a_scenario_may_replace_some(office):
    assumptions = load_assumptions(office)
    behaviour = assumptions.behaviour({"turn_weight": 0.6})
    for name in NAMES_OF_NUMBERS - {"turn_weight"}:
        assert getattr(behaviour, name) == assumptions.numbers[name].value
    assert behaviour.turn_weight == 0.6
    assert assumptions.behaviour({}) == assumptions.behaviour({})
    assert assumptions.behaviour({}) != Behaviour()


def test_every_number_of_the_file_reaches_the_behaviour(office):
    assumptions = load_assumptions(office)
    behaviour = assumptions.behaviour({"escalation": 0.9})
    for name, number in assumptions.numbers.items():
        assert getattr(behaviour, name) == (0.9 if name == "escalation" else number.value)


def test_an_assumption_holds_where_the_criteria_set_does_not_say(office):
    behaviour = load_assumptions(office).behaviour({})
    regime = compile_regime(one_award(quota()), behaviour, focus_award=FOCUS)
    assert regime.audit_share["unit"] == load_assumptions(office).numbers["audit_share"].value


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ([("  turn_weight:\n", "  turn_wait:\n")], "SC304", "turn_wait:"),
        (
            [("    value: 0.25\n    unit: weight\n    low: 0.0\n    high: 0.75", "    value: 0.9\n    unit: weight\n    low: 0.0\n    high: 0.75")],
            "CS118",
            "turn_weight:",
        ),
        ([("  turn_taking_index: 0.05", "  turn_taking_index: 0")], "CS105", "turn_taking_index: 0"),
        ([("checked_on: 2026-11-22\n", "")], "CS102", "numbers:"),
        ([("  turn_taking_index: 0.05", "  turn_taking_index: wide")], "CS103", "turn_taking_index: wide"),
    ],
)
def test_a_mistake_is_found_at_its_line(desk, rewrite, changes, code, where):
    rewrite(FILE, *changes)
    found = [finding for finding in findings(desk) if finding.code == code]
    assert [(finding.file, finding.is_unreadable) for finding in found] == [(FILE, True)]
    assert abs(found[0].line - line_of(desk, where)) <= 1


def test_a_misspelt_number_names_those_that_are_close_and_is_also_missing(desk, rewrite):
    rewrite(FILE, ("  turn_weight:\n", "  turn_wait:\n"))
    unknown, missing = findings(desk)
    assert unknown.code == "SC304"
    assert unknown.fields["known"].startswith("turn_weight")
    assert (missing.code, missing.fields["missing"]) == ("SC311", "turn_weight")
    assert missing.line == line_of(desk, "numbers:")
    assert missing.is_unreadable


BOTH = "    high: 0.75\n    assumed: true\n    source: {vi: Sách, en: A book}\n  rank_weight:"
NEITHER = "    high: 0.75\n  rank_weight:"
FALSE = "    high: 0.75\n    assumed: false\n  rank_weight:"


@pytest.mark.parametrize("written", [BOTH, NEITHER, FALSE])
def test_a_number_with_both_a_source_and_the_word_assumed_or_neither_is_refused(desk, rewrite, written):
    rewrite(FILE, ("    high: 0.75\n    assumed: true\n  rank_weight:", written))
    (finding,) = findings(desk)
    assert finding.file == FILE
    assert abs(finding.line - line_of(desk, "  turn_weight:")) <= 1
    assert finding.is_unreadable


def test_dishonesty_about_the_source_has_its_own_code(desk, rewrite):
    rewrite(FILE, ("    high: 0.75\n    assumed: true\n  rank_weight:", NEITHER))
    assert [finding.code for finding in findings(desk)] == ["SC310"]


def test_a_missing_file_is_a_finding_and_no_crash(desk):
    (desk.root / FILE).unlink()
    (finding,) = findings(desk)
    assert finding.file == FILE
    assert finding.is_unreadable


@pytest.mark.parametrize(("value", "is_possible"), [(0.0, True), (1.0, True), (-0.01, False), (1.01, False)])
def test_the_ends_of_a_range_belong_to_it(value, is_possible):
    content = {"title": {"vi": "Thử", "en": "Trial"}, "value": value, "unit": "share", "low": 0.0, "high": 1.0, "assumed": True}
    if is_possible:
        assert Assumption.model_validate(content).value == value
    else:
        with pytest.raises(ValueError, match=re.escape("not in order")):
            Assumption.model_validate(content)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_shipped_titles_are_words_each_its_own(lang):
    """A symbol in a title is a second name, and letters are too few: two numbers would share one. The equations call numbers by their ids."""
    titles = [number.title.in_language(lang) for number in load_assumptions(find_workspace()).numbers.values()]
    assert len(set(titles)) == len(titles)
    assert [title for title in titles if re.search(r"\([^() ]{1,4}\)|[α-ωΑ-Ω]", title)] == []
