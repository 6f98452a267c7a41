"""Sentences of a study of tipping: each is what the numbers say, at its boundaries too, and conditions read as a list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.experiments.tipping.results import LEADER_SHARE, UNIT_SIZE, FutureFailure, FutureInput, Held, Restriction
from simulator.experiments.tipping.targets import Target
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_shortest
from simulator.presentation.results.tipping_words import conditions, is_only, notes, say_map, say_option, setting, shown_event, what_happens
from tests.presentation.tipped import AMONG, LIMITS, N, box_of, event_of, option_of, row_of, tipped


def said(event, lang="en", **changes):
    option = option_of("plan", event)
    return say_option(tipped(option, **changes), option, lang)


def test_the_sentence_of_a_box_names_conditions_coverage_and_density():
    told = said(event_of("box", box_of(*LIMITS)))
    assert told.startswith(
        "“PLAN” is worse than “Keep as is” in at least one of 2 main indicators mainly if weight a unit gives to turns is at least 0.3"
    )
    assert "and mean size of units is at most 60 members." in told.replace("\N{NO-BREAK SPACE}", " ")
    assert "12 of 40 futures" in told
    assert "of the futures that meet it 83% are, against 30% of all" in told
    for share in ("83%", "75%", "71%"):
        assert share in told
    in_vietnamese = said(event_of("box", box_of(*LIMITS)), "vi")
    assert "chủ yếu khi mức đơn vị xét theo lượt từ 0,3 trở lên và quy mô bình quân của đơn vị từ 60 người trở xuống" in in_vietnamese.replace(
        "\N{NO-BREAK SPACE}", " "
    )


@pytest.mark.parametrize(("cases_inside", "only"), [(12, True), (11, False)])
def test_only_is_said_where_every_case_lies_inside(cases_inside, only):
    box = box_of(*LIMITS, inside=13, cases_inside=cases_inside)
    assert is_only(box) is only
    assert (" only if " in said(event_of("box", box))) is only
    assert (" chỉ khi " in said(event_of("box", box), "vi")) is only


def test_a_box_that_does_not_reach_is_told_plainly_even_where_it_holds_every_case():
    told = said(event_of("weak", box_of(*LIMITS, inside=30, cases_inside=12, is_reached=False)))
    assert told.startswith("No condition tells well when “PLAN” is worse")
    assert "does not reach 70%" in told
    assert " only if " not in told


def test_where_most_miss_the_condition_is_of_those_that_meet():
    told = said(event_of("box", box_of(*LIMITS, holds="meets"), missed=28))
    assert told.startswith("“PLAN” is worse than “Keep as is” in no main indicator mainly if")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("word", "missed"), [("never", 0), ("always", N), ("rare", 3), ("spread", 20), ("unknown", 0)])
def test_without_a_box_the_counts_are_said(word, missed, lang):
    told = said(event_of(word, missed=missed), lang)
    event = event_of(word, missed=missed)
    study = tipped()
    expected = {"option": "PLAN", "what": what_happens(study, event, lang), "n": str(N), "missed": str(missed), "aim": "70%"}
    assert told == translate(f"tipping.says.{word}", lang, **expected)
    assert (str(missed) in told) or word in {"never", "always", "unknown"}


def test_a_target_that_has_a_box_is_told_where_all_together_have_none():
    one = event_of("box", box_of(*LIMITS), target="turn_taking_index")
    option = option_of("plan", event_of("spread"), turn_taking_index=one)
    assert shown_event(option) is one
    assert "is worse than “Keep as is” in turn-taking index" in say_option(tipped(option), option, "en")
    weak = option_of("plan", event_of("spread"), turn_taking_index=event_of("weak", box_of(*LIMITS), target="turn_taking_index"))
    assert shown_event(weak).target == "any"


def test_conditions_of_one_input_and_of_choices():
    study = tipped()
    both = [LIMITS[0], Restriction("turn_weight", "high", 0.6, [], 0.01), AMONG]
    assert conditions(study, both, "en") == (
        "weight a unit gives to turns is between 0.3 and 0.6 and units choose by “Reasons weighed together” or “Peers vote, mark for mark”"
    )
    assert conditions(study, [replace(AMONG, among=["planning"])], "en") == "units choose by “One person's ladder”"
    most = replace(AMONG, among=["weighted", "mixture", "near-ties"])
    assert conditions(study, [most], "en") == "units do not choose by “One person's ladder” or “Peers vote, mark for mark”"
    assert "từ 0,3 đến 0,6" in conditions(study, both, "vi")


@pytest.mark.parametrize(
    ("name", "value", "written"), [(UNIT_SIZE, 32.4, "32 members"), (LEADER_SHARE, 0.1234, "12.3%"), ("turn_weight", 0.30000000000000004, "0.3")]
)
def test_values_are_written_with_their_units(name, value, written):
    kind = "assumption" if name == "turn_weight" else "population"
    assert setting(FutureInput(name, kind, ""), value, "en").replace("\N{NO-BREAK SPACE}", " ") == written


def test_stated_targets_are_said_in_other_words():
    study = tipped(targets=[Target("turn_taking_index", "at-most", 0.05, 0.2), Target("excess_inflation", "at-least", 0.02, 0.0)])
    option = study.options[0]
    assert "misses at least one target" in say_option(study, option, "en")
    told = " ".join(notes(study, "en"))
    assert "at most 0.2" in told
    assert "at least 0% a year" in told
    assert "states no target" not in told


@pytest.mark.parametrize(("lang", "words"), [("vi", "(5\N{NO-BREAK SPACE}điểm %)"), ("en", "(5\N{NO-BREAK SPACE}pp)")])
def test_margins_have_the_units_of_the_tables(lang, words):
    study = tipped(
        targets=[Target("equal_opportunity_difference", "not-further", 0.05, None), Target("turn_taking_index", "not-further", 0.05, None)]
    )
    told = " ".join(notes(study, lang))
    assert words in told
    assert f"({format_shortest(0.05, lang)})" in told
    assert told.count(format_shortest(0.05, lang)) == 1


def test_notes_say_how_it_was_made():
    told = " ".join(notes(tipped(), "en"))
    for words in (
        "40 futures",
        "4 replications",
        "10 years",
        "3959",
        "2,000 members in place of 20,000",
        "states no target",
        "of 30 futures",
        "in 27",
    ):
        assert words in told.replace("\N{NO-BREAK SPACE}", " ")
    assert "could not be run" not in told
    assert "Futures that could not be run and do not count: 1." in " ".join(notes(tipped(failures=[FutureFailure(3, "ValueError: no")]), "en"))
    assert "about 20,000 members" in " ".join(notes(tipped(members_asked=None), "en"))


def test_the_map_names_the_best_and_the_smallest_regret():
    told = say_map(tipped(), "en")
    assert "“LETTER”: in 100% of 40" in told
    assert "least is lost by “PLAN” and “LETTER”: 2.0 margins behind" in told, "equals are named together"
    one = tipped(rows=[row_of("keep", N, 3.0), row_of("plan", 28, 2.0), row_of("letter", 28, 2.5)])
    assert "thì “PLAN” thua thiệt ít nhất" in say_map(one, "vi")
    same = tipped(rows=[row_of("keep", N), row_of("plan", 28), row_of("letter", 28)])
    assert "“PLAN” and “LETTER”: in 70%" in say_map(same, "en")
    alone = option_of("plan", event_of("never", missed=0))
    assert say_map(tipped(alone), "en").startswith("“PLAN” meets all targets in 100%")
    nothing = tipped(rows=[row_of("keep", N), row_of("plan", 0), row_of("letter", 0)])
    assert say_map(nothing, "en").startswith("In none of 40 futures are all targets met by “PLAN” and “LETTER”. When each")
    untold = tipped(rows=[row_of("keep", N), *(replace(row_of(name, 0, None), together=Held(0, 0)) for name in ("plan", "letter"))])
    assert say_map(untold, "en").startswith("No future tells whether all targets are met by “PLAN” and “LETTER”.")
    assert "0%" not in say_map(untold, "vi")
    some = tipped(rows=[row_of("keep", N), replace(row_of("plan", 0, None), together=Held(0, 0)), replace(row_of("letter", 7), together=Held(7, 10))])
    assert "by “LETTER”: in 70% of 10." in say_map(some, "en"), "futures in which nobody can tell are not counted"
    alike = tipped(rows=[row_of("keep", N), row_of("plan", 20), replace(row_of("letter", 5), together=Held(5, 10))])
    assert "in 50% of 10–40." in say_map(alike, "en")
    unknown = tipped(rows=[row_of(name, N, None) for name in ("keep", "plan", "letter")])
    assert "regret" not in say_map(unknown, "en")


def test_keep_as_is_is_among_those_that_meet_stated_targets_and_not_ranked_where_it_is_the_target():
    """Nobody is worse than itself: that keep-as-is meets such targets everywhere says nothing; that it meets stated ones more often than any option does."""
    rows = [row_of("keep", 36), row_of("plan", 12), row_of("letter", 4)]
    stated = tipped(rows=rows, targets=[Target("turn_taking_index", "at-most", 0.05, 0.2)])
    assert say_map(stated, "en").startswith("All targets are met in most futures by “KEEP”: in 90% of 40.")
    assert say_map(tipped(rows=rows), "en").startswith(
        "Of the options that change something, all targets are met in most futures by “PLAN”: in 30% of 40."
    )
    assert say_map(tipped(rows=rows), "vi").startswith("Trong các phương án có thay đổi,")
