from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from matplotlib.colors import to_rgb

from simulator.experiments.power.results import FEWEST_LISTS
from simulator.presentation.results.bias_trial import FALSE_FILLS, TRUE_FILLS, bias_table, draw_bias, misleading, say_bias, to_monitor, worlds
from tests.presentation.results.power_specimen import power, rate

EOD, WORTH, RULE = "equal_opportunity_difference", "post_worth", "eighty_percent_rule"
FOUND = {
    (EOD, ..., 0.5, 0.0): 0.9,
    (WORTH, ..., 0.5, 0.0): 1.0,
    (WORTH, ..., 0.25, 0.0): 0.8,
    (RULE, ..., 0.5, 0.0): 1.0,
    (WORTH, ..., 0.0, 0.3): 0.55,
    (RULE, ..., 0.0, 0.3): 0.95,
}


def test_lists_in_which_every_alarm_is_false_stand_first():
    assert worlds(power()) == [(0.0, 0.0), (0.0, 0.3), (0.25, 0.0), (0.5, 0.0)]


def test_fewest_false_alarms_where_leaders_are_better_decide_what_to_monitor():
    study = power(bias=FOUND)
    assert to_monitor(study) == (EOD, "rating", 0.5)
    assert misleading(study) == [(WORTH, "rating"), (RULE, "none")]
    said = say_bias(study, "en")
    assert said.startswith("With a list of 60 units over 5 years, monitor the difference in award rate at equal merit: it finds a bonus of 0.5")
    assert "raises a false alarm in 0% of the lists tried." in said
    assert "with ratings alone (a real list), worth of a post in merit (false alarms 55%); without merit, the 80% rule (false alarms 95%)" in said


def test_of_two_that_are_as_safe_the_keener_is_monitored():
    study = power(bias={**FOUND, (WORTH, ..., 0.0, 0.3): 0.0})
    assert to_monitor(study) == (WORTH, "rating", 0.25)


def test_what_is_monitored_is_said_to_fail_where_it_does():
    study = power(bias={**FOUND, (EOD, "rating", 0.0, 0.3): 0.32})
    assert "chỉ số này cũng báo nhầm ở 32% số danh sách thử" in say_bias(study, "vi")
    assert (EOD, "rating") in misleading(study)
    assert say_bias(study, "vi").count("chênh lệch tỷ lệ được khen") == 1


@pytest.mark.parametrize(("share", "is_named"), [(0.15, False), (0.16, True)])
def test_an_indicator_misleads_where_its_interval_lies_above_ten_in_a_hundred(share, is_named):
    study = power(bias={**FOUND, (RULE, ..., 0.0, 0.3): share})
    assert ((RULE, "none") in misleading(study)) is is_named


def test_where_nothing_finds_anything_nothing_is_recommended():
    study = power()
    assert to_monitor(study) is None
    assert say_bias(study, "en") == (
        "With a list of 60 units over 5 years, no indicator that a real list allows finds any of the bonuses tried in 80% of the lists. "
        "No other indicator raises many false alarms."
    )


def test_an_alarm_that_is_raised_whatever_happens_finds_nothing():
    study = power(bias={(RULE, ..., ..., ...): 0.95})
    assert to_monitor(study) is None
    assert misleading(study) == [(RULE, "none")]


def test_the_table_groups_by_what_is_known_of_merit():
    table = bias_table(power(bias=FOUND), "en")
    assert [(group.title, len(group.rows)) for group in table.groups] == [
        ("With merit known exactly (simulation)", 1),
        ("With ratings alone (a real list)", 2),
        ("Without merit", 1),
    ]
    assert table.groups[1].rows[0].cells == ("0%\n[0%; 4%]", "0%\n[0%; 4%]", "0%\n[0%; 4%]", "90%\n[83%; 94%]")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_picture_holds_every_rate(lang):
    drawing = draw_bias(power(bias=FOUND), lang)
    (panel,) = drawing.figure.axes
    assert [text.get_text() for text in panel.texts] == [
        *("0%", "0%", "0%", "90%"),
        *("0%", "0%", "0%", "90%"),
        *("0%", "55%", "80%", "100%"),
        *("0%", "95%", "0%", "100%"),
    ]
    assert drawing.to_svg() == draw_bias(power(bias=FOUND), lang).to_svg()
    assert "95%" in drawing.alt


@pytest.mark.parametrize(("lists", "is_said"), [(FEWEST_LISTS, False), (FEWEST_LISTS - 1, True)])
def test_shares_of_too_few_lists_are_said_not_to_be_sure(lists, is_said):
    study = replace(power(bias={(..., ..., ..., ...): rate(1.0, lists=lists)}), replications=5)
    said = f"cần ít nhất {-(-FEWEST_LISTS * 5 // lists)} lượt."
    assert (say_bias(study, "vi").endswith(said), "chưa chắc" in say_bias(study, "vi")) == (is_said, is_said)


def _lightness(fill):
    """Give the lightness of a colour, from 0 (black) to 100 (white), as the International Commission on Illumination defines it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(fill)]
    return 116 * sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) ** (1 / 3) - 16


def test_fills_differ_without_colour():
    greys = sorted(map(_lightness, {*FALSE_FILLS, *TRUE_FILLS}))
    assert all(darker + 10 < lighter for darker, lighter in pairwise(greys))
