"""What a study that varies everything at once says, at the boundaries of its words."""

from __future__ import annotations

import pytest

from simulator.presentation.i18n import translate
from simulator.presentation.results.uncertain_words import (
    MOST_NAMED,
    choose_indices,
    input_name,
    input_range,
    say_all,
    say_indices,
    say_verdict,
    share_with_interval,
)
from tests.presentation.uncertain import NAME, difference_of, entry, global_study


def said(*entries, lang="en", **changes):
    study = global_study(*entries, **changes)
    return say_indices(study, choose_indices(study, NAME), lang)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_sentence_tells_the_range_the_inputs_and_the_verdict(lang):
    told = said(entry("a", 0.3), entry("b", 0.5), entry("structure", 0.4, kind="structure"), lang=lang)
    for words in (
        "−0,20" if lang == "vi" else "−0.20",
        "−0,5" if lang == "vi" else "−0.5",
        "“B” (50%)",
        "“A” (30%)",
        translate("verdict.clear", lang),
    ):
        assert words in told.replace("\N{NO-BREAK SPACE}", " ")
    assert told.index("“B”") < told.index(translate("input.structure", lang)) < told.index("“A”")


def test_only_what_is_told_from_luck_is_named_and_no_more_than_a_few():
    assert "“A”" not in said(entry("a", 0.5, is_told=False), entry("b", 0.3))
    assert "No input has a share" in said(entry("a", 0.5, is_told=False))
    many = said(*[entry(name, 0.3) for name in "abcde"])
    assert sum(f"“{name.upper()}” (" in many for name in "abcde") == MOST_NAMED


@pytest.mark.parametrize(("draws", "structures", "holds"), [(0.8, 0.8, True), (0.79, 1.0, False), (1.0, 0.6, False), (1.0, 1.0, True)])
@pytest.mark.parametrize("word", ["clear", "small"])
def test_a_verdict_holds_from_four_in_five_of_both(draws, structures, holds, word):
    told = say_verdict(difference_of(verdict=word, agreement_of_draws=draws, agreement_of_structures=structures), "en")
    assert ("over all, it is therefore not clear" not in told) is holds
    assert f"“{word}”" in told


def test_what_was_not_clear_is_said_to_be_so_to_begin_with():
    told = say_verdict(difference_of(verdict="not clear", agreement_of_draws=None, agreement_of_structures=None), "en")
    assert told == translate("sentence.indices.unclear", "en")


@pytest.mark.parametrize(("explained", "is_rough"), [(0.69, True), (0.7, False)])
def test_shares_of_an_emulator_that_predicts_little_are_called_rough(explained, is_rough):
    assert ("rough" in said(entry("a", 0.5), explained=explained)) is is_rough


def test_screening_names_what_moves_further_than_luck_interval_from_interval():
    study = global_study(entry("a", 0.13, method="morris"), entry("b", 0.11, method="morris"), method="morris", noise=0.1)
    told = say_indices(study, choose_indices(study, NAME), "en")
    assert "“A”" in told
    assert "“B”" not in told
    quiet = global_study(entry("a", 0.12, method="morris"), method="morris", noise=0.1)
    assert "none moves" in say_indices(quiet, choose_indices(quiet, NAME), "en")


@pytest.mark.parametrize(("method", "key"), [("sobol", "narrow"), ("morris", "still")])
def test_an_indicator_with_nothing_to_share_out_has_no_figure_and_says_why(method, key):
    study = global_study(entry("a", 0.5, method=method), method=method)
    assert choose_indices(study, "merit_kappa") is None
    told = say_all(study, "merit_kappa", "vi")
    assert told == translate(f"sentence.indices.{key}", "vi", indicator=translate("indicator.merit_kappa", "vi"))
    assert say_all(study, NAME, "vi") == say_indices(study, choose_indices(study, NAME), "vi")


@pytest.mark.parametrize(("noise", "is_loud"), [(0.0499, False), (0.05, True)])
def test_where_luck_makes_too_much_nothing_is_shared_out_and_that_is_said(noise, is_loud):
    study = global_study(entry("a", None), noise=noise)
    assert choose_indices(study, NAME) is None
    key = "loud" if is_loud else "narrow"
    words = {"share": "5%"} if is_loud else {}
    assert say_all(study, NAME, "vi") == translate(f"sentence.indices.{key}", "vi", indicator=translate(f"indicator.{NAME}", "vi"), **words)


def test_inputs_are_called_by_what_they_are():
    assert input_name(entry("a", 0.1), "vi") == "A"
    for kind in ("structure", "compliance", "dummy"):
        assert input_name(entry("x", 0.1, kind=kind), "en") == translate(f"input.{kind}", "en")
    assert input_range(entry("a", 0.1), "vi") == "0,2 (từ 0,1 đến 0,3)"
    assert input_range(entry("x", 0.1, kind="structure"), "en") == "5 hypotheses of behaviour"
    assert input_range(entry("x", 0.1, kind="compliance"), "en") == "from 0.1 to 0.3"


def test_a_share_is_never_below_nothing():
    assert share_with_interval(-0.01, -0.05, 0.204, "en") == "0% [0%; 20%]"
    assert share_with_interval(None, None, None, "vi") == translate("table.undefined", "vi")
