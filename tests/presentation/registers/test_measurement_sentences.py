"""Sentences about a list say what the measurement says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.indicators.measurement import Measured
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count
from simulator.presentation.registers.measurement_sentences import (
    MAIN,
    NEUTRAL,
    NO_EFFECT_AT,
    course_reading,
    format_of,
    interval_words,
    main_findings,
    reading_of,
    say_counts,
    say_course,
    say_drawn,
    say_measured,
    say_mix,
    say_what_was_measured,
    side_of,
)
from simulator.presentation.registers.yearly_anonymity import REST, ToldCounts
from simulator.presentation.wording import CAUSES, indicator_name, sentence_case
from tests.presentation.measured import measured_numbers, measurement, year_of

LANGS = st.sampled_from(["vi", "en"])


@given(st.sampled_from(MAIN), measured_numbers(), LANGS)
def test_a_sentence_states_value_interval_observations_and_caveat(name, measured, lang):
    sentence = say_measured(name, measured, lang)
    form = format_of(name, measured, lang=lang)
    assert sentence.startswith(f"{sentence_case(indicator_name(name, lang))}: {form.around(measured.low, measured.high).value(measured.value)}")
    assert form.is_one_number(measured.low, measured.high) or form.interval(measured.low, measured.high) in sentence
    assert (format_count(measured.n, lang) if measured.n is not None else "…") in sentence
    for caveat in ("caveat.few-units", "caveat.ties-at-the-cut"):
        assert (translate(caveat, lang) in sentence) == (measured.caveat == caveat)
    for word in ("above", "below", "around"):
        for headline in NEUTRAL:
            is_said = translate(f"figure.measured.reading.{headline}.{word}", lang) in sentence
            assert is_said == (headline == name and reading_of(name, measured) == word)


@given(measured_numbers(), st.sampled_from([0.0, 1.0]))
def test_an_interval_lies_on_the_side_it_lies_on(measured, neutral):
    expected = "" if measured.low is None else "above" if measured.low > neutral else "below" if measured.high < neutral else "around"
    assert side_of(measured, neutral) == expected
    assert side_of(replace(measured, caveat="caveat.shut-out"), neutral) == ""
    assert side_of(replace(measured, caveat="caveat.places-change"), neutral) == ""


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_has_no_value_says_why_and_bounds_are_told(lang):
    unknown = Measured(None, None, None, 0, "caveat.no-merit")
    assert translate("caveat.no-merit", lang) in say_measured("merit_kappa", unknown, lang)
    bounds = Measured(None, 0.01, 0.05, 100, "caveat.not-identified")
    assert format_of("excess_inflation", bounds, lang=lang).interval(0.01, 0.05) in say_measured("excess_inflation", bounds, lang)
    assert translate("caveat.undefined", lang) in say_measured("gini", Measured(None, None, None, 0), lang)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_main_findings_join_what_is_unknown_for_one_reason(lang):
    found = main_findings(
        measurement(award_rate=Measured(0.15, 0.14, 0.16, 900), leader_share=Measured(None, None, None, None, "caveat.hidden")), lang
    )
    assert len(found) == 3
    assert found[0] == say_measured("award_rate", Measured(0.15, 0.14, 0.16, 900), lang)
    assert indicator_name("merit_kappa", lang) in found[1] or indicator_name("merit_kappa", lang) in found[2]
    assert sum(translate("caveat.hidden", lang) in sentence for sentence in found) == 1
    assert sum(translate("caveat.no-merit", lang) in sentence for sentence in found) == 1


def test_what_was_measured_is_counted():
    title = {"vi": "Chiến sĩ thi đua cơ sở", "en": "Grass-roots emulation soldier"}
    assert say_what_was_measured(measurement(), title, "vi") == (
        "Đo trên danh sách khen thưởng, danh hiệu “Chiến sĩ thi đua cơ sở”: 1.200 người, 60 đơn vị, 5 năm, 900 lượt khen."
    )
    hidden = replace(measurement(), n_units=None, n_years=1)
    assert "… units, 1 year, 900 awards" in say_what_was_measured(hidden, None, "en")


@given(st.dictionaries(st.sampled_from([*NO_EFFECT_AT, "leader_share"]), measured_numbers(), min_size=1), LANGS)
def test_a_figure_says_on_which_side_each_interval_lies(found, lang):
    sentence = say_drawn(measurement(**found), [*found], lang)
    sides = {name: side_of(measured, NO_EFFECT_AT[name]) for name, measured in found.items() if name in NO_EFFECT_AT}
    for side in ("above", "below", "around"):
        begins = translate(f"figure.measured.says-{side}", lang, indicators="|").partition("|")[0]
        assert (begins in sentence) == (side in sides.values())
    if not any(sides.values()):
        for name, measured in found.items():
            assert format_of(name, measured, lang=lang).value(measured.value) in sentence


@given(st.lists(measured_numbers(), min_size=4, max_size=4), LANGS)
def test_the_mix_is_said_in_full(parts, lang):
    found = replace(measurement(), allocation_mix=dict(zip(CAUSES, parts, strict=True)))
    sentence = say_mix(found, lang)
    form = format_of("merit", *parts, lang=lang)
    for part in parts:
        assert f"{form.value(part.value)} {form.interval(part.low, part.high)}".strip() in sentence
    unknown = replace(found, allocation_mix=dict.fromkeys(CAUSES, Measured(None, None, None, 0, "caveat.too-few-years")))
    assert translate("caveat.too-few-years", lang) in say_mix(unknown, lang)


@given(measured_numbers(), measured_numbers(), LANGS)
def test_a_course_says_where_it_begins_and_ends_and_whether_that_is_a_change(first, last, lang):
    years = [year_of(2019), year_of(2020, award_rate=first), year_of(2022), year_of(2024, award_rate=last)]
    sentence = say_course(years, "award_rate", lang)
    form = format_of("award_rate", first, last, lang=lang)
    for year, measured in (("2020", first), ("2024", last)):
        assert year in sentence
        assert form.value(measured.value) in sentence
        assert form.interval(measured.low, measured.high) in sentence
    has_both = first.low is not None and last.low is not None
    expected = "bare" if not has_both else "up" if last.low > first.high else "down" if last.high < first.low else "open"
    is_one_number = has_both and len({first.low, first.value, first.high, last.low, last.value, last.high}) == 1
    assert course_reading(first, last) == ("same" if is_one_number else expected)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_one_number_in_both_years_is_not_said_to_lack_evidence_of_a_change(lang):
    fixed, wide = Measured(0.2, 0.2, 0.2, 240, ""), Measured(0.2, 0.1, 0.3, 240, "")
    sentence = say_course([year_of(2018, award_rate=fixed), year_of(2023, award_rate=fixed)], "award_rate", lang)
    assert sentence.count("20") == 3  # the two years and the share, which stands once
    assert course_reading(fixed, fixed) == "same"
    assert course_reading(wide, wide) == course_reading(fixed, wide) == "open"


@given(st.lists(st.one_of(st.none(), st.tuples(st.integers(5, 900), st.just(0), st.integers(5, 900))), min_size=1, max_size=6), LANGS)
def test_counts_say_the_largest_group_of_the_years_that_are_told(rows, lang):
    told = ToldCounts("level", ("1", "2", REST), tuple(range(2015, 2015 + len(rows))), tuple(rows))
    shown = [row for row in rows if row is not None]
    if not shown:
        return
    totals = [sum(column) for column in zip(*shown, strict=True)]
    sentence = say_counts(told, lang)
    assert format_count(max(totals), lang) in sentence
    assert format_count(sum(totals), lang) in sentence
    largest = translate("figure.counts.level.name", lang, n="1") if totals[0] >= totals[2] else translate("figure.counts.level.rest", lang)
    assert largest in sentence


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("name", "is_plain"), [("award_rate", True), ("leader_share", True), ("direct_worker_share", True), ("merit_kappa", False)])
def test_a_share_is_not_followed_by_a_question_that_its_name_answers(name, is_plain, lang):
    sentence = say_measured(name, Measured(0.3, 0.2, 0.4, 900), lang)
    assert (sentence_case(translate(f"indicator.meaning.{name}", lang)) in sentence) == (not is_plain)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("number", [0.0, 0.214])
def test_what_every_draw_of_units_gives_is_not_said_to_lack_an_interval_or_evidence(number, lang):
    same = Measured(number, number, number, 144)
    sentence = say_measured("excess_inflation", same, lang)
    assert translate("figure.measured.support.same", lang, n="144") in sentence
    assert (translate("figure.measured.reading.excess_inflation.around", lang) in sentence) is False
    assert translate("table.interval.none", lang) in interval_words(same, format_of("excess_inflation", same, lang=lang))


def test_a_value_has_the_decimals_of_its_interval():
    close = Measured(-0.0712, -0.1243, -0.0008, 1008)
    assert "−0.071 (95% interval: [−0.124;\xa0−0.001]" in say_measured("turn_taking_index", close, "en")
