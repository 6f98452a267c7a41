from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.presentation.results.attribution_table import (
    attribution_tables,
    effect_cell,
    part_format,
    part_title,
    say_attribution,
    say_interaction,
    say_method,
    shown_names,
)
from tests.presentation.split import PARTS, TITLES, part, specimen_attribution

LANGS = ("vi", "en")


@pytest.mark.parametrize("lang", LANGS)
def test_every_number_of_the_table_is_the_studys(lang):
    attribution = specimen_attribution()
    (table,) = attribution_tables(attribution, lang)
    (option,) = attribution.options
    (group,) = table.groups
    assert len(group.rows) == 1 + 3
    for column, name in enumerate(shown_names(option)):
        item = option.indicators[name]
        form = part_format(name, item, lang)
        assert (
            group.rows[0].cells[column] == f"{form.change(item.total)}\n{form.interval(item.low, item.high, signed=True)}"
        )  # its verdict is elsewhere
        for row, effect in zip(group.rows[1:], item.parts, strict=False):
            assert row.small == effect.clause
            if effect.value:
                first, interval = row.cells[column].split("\n")
                assert first.split(" ")[0] == form.around(effect.low, effect.high).change(effect.value)
                assert interval == form.interval(effect.low, effect.high, signed=True)
    assert "8" in table.notes[0]
    assert table.is_simulated


def test_decimals_and_verdicts_are_vietnamese_in_vietnamese():
    (table,) = attribution_tables(specimen_attribution(), "vi")
    assert table.groups[0].rows[1].cells[0] == "−0,200 (rõ)\n[−0,204;\N{NO-BREAK SPACE}−0,196]"
    assert table.groups[0].rows[1].header == "Không luân phiên (bổ sung)"
    assert "Lời khuyên" in " ".join(table.notes)


def test_a_single_change_is_not_split():
    attribution = specimen_attribution()
    (option,) = attribution.options
    first, *others = option.parts
    alone = replace(option, parts=[first, *(replace(each, state="recorded") for each in others)])
    told = say_method(attribution, alone, "en")
    assert "A single change" in told
    assert "Shapley" not in told
    assert "Shapley" in say_method(attribution, option, "en")


@pytest.mark.parametrize("lang", LANGS)
def test_a_change_that_moves_nothing_is_named_in_a_note_and_takes_no_row_of_noughts(lang):
    attribution = specimen_attribution()
    (option,) = attribution.options
    clause = option.indicators["turn_taking_index"].parts[0].clause
    still = {
        name: replace(item, parts=[replace(each, value=0.0, low=0.0, high=0.0) if each.clause == clause else each for each in item.parts])
        for name, item in option.indicators.items()
    }
    (before,), (table,) = (attribution_tables(replace(attribution, options=[each]), lang) for each in (option, replace(option, indicators=still)))
    assert next(row.small for row in before.groups[0].rows if row not in table.groups[0].rows) == clause
    assert len(table.groups[0].rows) == len(before.groups[0].rows) - 1
    title = part_title(next(each for each in option.parts if each.clause == clause), lang)
    assert any(title in note and "1" in note for note in table.notes if note not in before.notes)


def test_how_it_was_split_is_said():
    exact, sampled = (" ".join(attribution_tables(specimen_attribution(method=method), "en")[0].notes) for method in ("exact", "sampled"))
    assert "over all orders" in exact
    assert "over 32 orders drawn at random" in sampled


@pytest.mark.parametrize("method", ["exact", "sampled"])
@pytest.mark.parametrize(("compared", "is_said"), [(None, False), (8, False), (20, True), (4, True)])
def test_other_replications_of_the_comparison_are_said_only_where_they_are_other(method, compared, is_said):
    attribution = specimen_attribution(method=method)
    for option in attribution.options:
        told = say_method(attribution, option, "en", compared)
        assert ("differ slightly" in told) is is_said
        assert ("compared on" in told) is is_said
        assert "Replications: 8." in told


def test_where_nothing_is_simulated_there_was_nothing_to_split():
    attribution = specimen_attribution(n_clauses=1)
    (option,) = attribution.options
    words = replace(option, parts=[replace(each, state="words") for each in option.parts])
    assert say_method(attribution, words, "en").endswith("the effect of the option is exactly 0.")


def with_parts(option, *parts):
    item = option.indicators["turn_taking_index"]
    found = [replace(each, value=value, low=low, high=high) for each, (value, low, high) in zip(item.parts, parts, strict=False)]
    return replace(option, indicators={"turn_taking_index": replace(item, parts=[*found, *item.parts[len(found) :]])})


@pytest.mark.parametrize(
    ("parts", "is_named"),
    [
        (((-0.2, -0.3, -0.1), (0.01, 0.0, 0.02), (0, 0, 0)), True),
        (((-0.2, -0.4, 0.0), (0.01, 0.005, 0.02), (0, 0, 0)), False),
        (((-0.2, -0.4, 0.1), (0.1, 0.05, 0.15), (0, 0, 0)), False),
        (((-0.2, None, None), (0.1, None, None), (0, 0, 0)), False),
        (((-0.2, -0.3, -0.1), (-0.2, -0.3, -0.1), (0, 0, 0)), False),
    ],
)
def test_the_largest_part_is_named_only_where_it_is_told_from_nothing_and_is_alone(parts, is_named):
    (option,) = specimen_attribution().options
    said = say_attribution(with_parts(option, *parts), "turn_taking_index", "en")
    assert ("the largest part is that of “No turn-taking (added)”" in said) is is_named
    assert ("cannot be said which of the 3 changes" in said) is not is_named
    assert "(clear)" not in said


def test_the_only_part_that_is_not_nothing_in_every_replication_is_all_of_the_effect():
    (option,) = specimen_attribution().options
    nothing, unsure = (0.0, 0.0, 0.0), (0.0, -0.01, 0.01)
    for others, is_all in (((nothing, nothing), True), ((nothing, unsure), False)):
        said = say_attribution(with_parts(option, (-0.2, -0.5, 0.1), *others), "turn_taking_index", "en")
        assert ("all of it by “No turn-taking (added)”" in said) is is_all


def test_what_two_clauses_do_together_is_not_told_where_it_could_be_nothing():
    (option,) = specimen_attribution().options
    item = option.indicators["turn_taking_index"]
    for low, high, is_told in ((-0.07, -0.05, True), (-0.12, 0.0, False), (None, None, False)):
        one = replace(option, indicators={"turn_taking_index": replace(item, interaction=replace(item.interaction, low=low, high=high))})
        assert (say_interaction(one, "turn_taking_index", "en") is not None) is is_told


@pytest.mark.parametrize(("members", "is_said"), [(200, True), (2000, False)])
def test_a_thinned_population_is_said(members, is_said):
    (table,) = attribution_tables(specimen_attribution(members=members), "vi")
    assert any("200 người thay cho 2.000 người" in note for note in table.notes) is is_said


def test_few_replications_are_said_first():
    (table,) = attribution_tables(specimen_attribution(replications=2), "en")
    assert "first look" in table.notes[0] or "2" in table.notes[0]


def test_what_was_taken_together_is_said():
    for reason in ("needs-each-other", "one-award"):
        plain, said = (len(attribution_tables(specimen_attribution(reason=each), "en")[0].notes) for each in ("alone", reason))
        assert said == plain + 1
    both = part("x", *TITLES[:2], reason="needs-each-other")
    assert part_title(both, "en") == "No turn-taking and Fewer leaders (added)"
    assert "2" in part_title(part("x", *TITLES[:2], reason="one-award"), "en")


def test_a_part_of_an_award_names_it():
    one = part("x", TITLES[0])
    of_award = replace(one, members=[replace(one.members[0], award_title={"vi": "Cờ thi đua", "en": "Flag"})])
    assert part_title(of_award, "vi") == "Không luân phiên (bổ sung) – Cờ thi đua"


def test_more_indicators_than_fit_go_into_another_table():
    attribution = specimen_attribution()
    (option,) = attribution.options
    item = option.indicators["merit_kappa"]
    many = {f"gini{n}" if n else "gini": item for n in range(1)} | option.indicators
    names = [*many, *many]
    tables = attribution_tables(replace(attribution, options=[replace(option, indicators=many)]), "en", names)
    assert [len(table.columns) - 1 for table in tables] == [5, 3]
    assert len({table.id for table in tables}) == 2


@pytest.mark.parametrize("lang", LANGS)
def test_a_sentence_says_the_effect_and_its_largest_part(lang):
    (option,) = specimen_attribution().options
    said = say_attribution(option, "turn_taking_index", lang)
    form = part_format("turn_taking_index", option.indicators["turn_taking_index"], lang)
    assert form.change(sum(PARTS["turn_taking_index"])) in said
    assert form.change(-0.2) in said
    assert TITLES[0][LANGS.index(lang)] in said
    (single,) = specimen_attribution(n_clauses=1).options
    assert TITLES[0][LANGS.index(lang)] in say_attribution(single, "turn_taking_index", lang)


def test_nothing_and_what_is_undefined_are_said():
    (option,) = specimen_attribution().options
    item = option.indicators["merit_kappa"]
    nothing = replace(item, total=0.0, low=0.0, high=0.0, parts=[replace(each, value=0.0, low=0.0, high=0.0) for each in item.parts])
    undefined = replace(item, total=None, low=None, high=None, parts=[replace(each, value=None, low=None, high=None) for each in item.parts])
    assert "không làm thay đổi" in say_attribution(replace(option, indicators={"merit_kappa": nothing}), "merit_kappa", "vi")
    assert "không xác định" in say_attribution(replace(option, indicators={"merit_kappa": undefined}), "merit_kappa", "vi")
    form = part_format("merit_kappa", item, "vi")
    assert effect_cell(nothing, form, "vi") == "0"
    assert effect_cell(undefined, form, "vi") == "không xác định"
    assert shown_names(replace(option, indicators={"merit_kappa": undefined})) == []


def test_two_clauses_that_act_on_each_other_are_named_where_it_matters():
    (option,) = specimen_attribution().options
    said = say_interaction(option, "turn_taking_index", "en")
    assert "No turn-taking" in said
    assert "Fewer leaders" in said
    assert "−0.06" in said
    assert say_interaction(option, "merit_kappa", "en") is None
    item = option.indicators["turn_taking_index"]
    small = replace(item, interaction=replace(item.interaction, value=0.01))
    assert say_interaction(replace(option, indicators={"turn_taking_index": small}), "turn_taking_index", "en") is None
