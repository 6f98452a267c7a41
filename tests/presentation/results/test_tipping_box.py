"""The picture of a box: the futures it draws, the shade where the box is, and words that say the same."""

from __future__ import annotations

import pytest
from matplotlib.patches import Rectangle

from simulator.experiments.tipping.results import STRUCTURE, UNIT_SIZE
from simulator.model.behaviour import STRUCTURES
from simulator.presentation.results.tipping_box import choose, draw_box, meets, tick
from simulator.presentation.results.tipping_words import say_option
from tests.presentation.tipped import AMONG, ANSWERS, LIMITS, OF_STRUCTURES, SIZES, TURNS, N, box_of, event_of, option_of, tipped


def drawn(*restrictions, lang="en", **changes):
    option = option_of("plan", event_of("box", box_of(*restrictions, **changes)))
    study = tipped(option)
    return study, option, draw_box(study, option, lang)


def shades(drawing):
    return [patch.get_bbox().bounds for patch in drawing.figure.axes[0].patches if isinstance(patch, Rectangle)]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_future_is_a_point_and_the_box_is_shaded(lang):
    study, option, drawing = drawn(*LIMITS, lang=lang)
    others, cases = (list(map(tuple, each.get_offsets().tolist())) for each in drawing.figure.axes[0].collections)
    assert cases == [(turns, size) for turns, size, answer in zip(TURNS, SIZES, ANSWERS, strict=True) if answer]
    assert len(cases) + len(others) == N
    assert shades(drawing) == [pytest.approx((0.3, 23.8, 0.45, 36.2))]
    assert drawing.says == say_option(study, option, lang)
    assert drawing.says in drawing.alt


def test_a_single_condition_is_drawn_over_the_size_of_units():
    _, _, drawing = drawn(LIMITS[0])
    assert shades(drawing) == [pytest.approx((0.3, 23.8, 0.45, 71.4))]
    _, _, by_size = drawn(LIMITS[1])
    assert [label.get_text().split("\n")[0] for label in by_size.figure.axes[0].get_yticklabels()] != []
    assert shades(by_size) == [pytest.approx((23.8, -0.5, 36.2, 5.0))]


def test_structures_lie_in_rows_of_their_own():
    study, option, drawing = drawn(LIMITS[0], AMONG)
    assert [round(y) for _, y, _, _ in shades(drawing)] == [round(-0.5), round(3.5)]
    shown = choose(study, option.events["any"], option.events["any"].box)
    assert shown.axes == ("turn_weight", STRUCTURE)
    assert all(abs(y - STRUCTURES.index(name)) <= 0.35 for (_, y), name in zip(shown.places, OF_STRUCTURES, strict=True))


def test_futures_that_do_not_meet_what_is_asked_beside_are_left_out_and_that_is_said():
    study, option, drawing = drawn(*LIMITS, AMONG)
    shown = choose(study, option.events["any"], option.events["any"].box)
    left = [future for future in range(N) if OF_STRUCTURES[future] in AMONG.among]
    assert len(shown.places) == len(left) == 16
    assert shown.beside == [AMONG]
    assert "Only the 16 futures are drawn in which units choose by “Reasons weighed together” or" in drawing.says


def test_a_future_of_which_nobody_can_tell_is_not_drawn_and_the_rarer_kind_is_filled():
    answers = [None, *ANSWERS[1:]]
    option = option_of("plan", event_of("box", box_of(*LIMITS, holds="meets"), answers=answers))
    study = tipped(option)
    shown = choose(study, option.events["any"], option.events["any"].box)
    assert len(shown.places) == N - 1
    assert shown.is_case == [not answer for answer in answers[1:]]


def test_limits_belong_to_the_box():
    study = tipped(shown_values={"turn_weight": [0.3, 0.29], UNIT_SIZE: [60.0, 60.1]})
    assert [meets(study, LIMITS[0], future) for future in (0, 1)] == [True, False]
    assert [meets(study, LIMITS[1], future) for future in (0, 1)] == [True, False]


def test_without_a_box_there_is_no_picture():
    assert draw_box(tipped(), tipped().options[1]) is None


@pytest.mark.parametrize(("word", "is_told"), [("box", True), ("weak", False)])
def test_the_title_promises_no_more_than_the_box_tells(word, is_told):
    option = option_of("plan", event_of(word, box_of(*LIMITS, is_reached=is_told)))
    assert (draw_box(tipped(option), option, "en").title == "In which futures “PLAN” tips over") is is_told


def test_ticks_are_written_in_the_language_of_the_reader():
    study = tipped()
    assert tick(study.input("turn_weight"), 0.30000000000000004, "vi") == "0,3"
    assert tick(study.input(UNIT_SIZE), 40.0, "en") == "40"


def test_the_same_picture_is_the_same_bytes():
    assert drawn(*LIMITS)[2].to_svg() == drawn(*LIMITS)[2].to_svg()
