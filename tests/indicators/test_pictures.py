"""The page of indicators: nothing is missing, and its pictures are those of the lists it names."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from simulator.indicators.measurement import INDICATORS, MIX
from tests.indicators.pictures import ANCHORS, FOLDER, PICTURES, draw, found_on, say

PAGE = (FOLDER.parent / "indicators.md").read_text(encoding="utf-8")
NEVER = ("thiên vị", "lạm phát khen thưởng", "may rủi", "xổ số", "chạy")


def test_every_indicator_has_its_question_formula_reading_and_caveat():
    sections = {name: section for section in PAGE.split("\n### ")[1:] for name in re.findall(r"`(\w+)`", section.partition("\n")[0])}
    assert set(INDICATORS) | {"allocation_mix"} == set(sections)
    for name, section in sections.items():
        for part in ("**Question.**", "**Formula.**", "**Reading", "nchors", "**Caveat.**"):
            assert part in section, (name, part)
    assert all(f"`{cause}`" in sections["allocation_mix"] for cause in MIX)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_again_byte_for_byte(name):
    assert (FOLDER / f"{name}.svg").read_text(encoding="utf-8") == draw(name), "draw it again with python -m tests.indicators.pictures"
    assert f"](pictures/{name}.svg)" in PAGE


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_needs_nothing_from_outside_and_says_what_it_shows(name):
    picture = ElementTree.parse(FOLDER / f"{name}.svg").getroot()  # noqa: S314 - a file of this house
    assert {element.tag.rpartition("}")[2] for element in picture.iter()} == {"svg", "title", "style", "rect", "text", "path"}
    assert say(name) in "".join(picture.itertext())
    assert not any(word in "".join(picture.itertext()).lower() for word in NEVER)


def test_no_picture_is_left_over():
    assert {path.stem for path in FOLDER.glob("*.svg")} == set(PICTURES)


@pytest.mark.parametrize(
    ("name", "merit", "turn"),
    [("turn_taking_index", 0, 1), ("last_winner_penalty", 0, 1), ("merit_kappa", 1, None), ("regret", 0, None), ("win_dispersion", None, 0), ("equal_opportunity_difference", 0, None), ("leader_risk_ratio", 1, None), ("unexplained_gap", 0, None), ("discovery_recall", 1, None), ("effective_winners", None, 10), ("gini", None, 0), ("five_year_coverage", None, 0.5), ("award_rate", 0.1, 0.1)],
)  # fmt: skip
def test_the_exact_anchors_are_exact(name, merit, turn):
    for world, exact in (("merit", merit), ("turn", turn)):
        if exact is not None:
            assert found_on(world)[name] == pytest.approx(exact, abs=1e-9), world


def test_a_lottery_and_posts_read_as_the_page_says():
    lot, posts = found_on("lot"), found_on("post")
    for name, expected in (
        ("turn_taking_index", 0),
        ("last_winner_penalty", 0),
        ("equal_opportunity_difference", 0),
        ("merit_kappa", 0),
        ("regret", 1),
    ):
        assert lot[name] == pytest.approx(expected, abs=0.15), name
    assert lot["win_dispersion"] == pytest.approx(1, abs=0.1)
    assert lot["five_year_coverage"] == pytest.approx(1 - 0.9**5, abs=0.02)
    assert (posts["win_dispersion"], posts["effective_winners"], posts["leader_share"]) == pytest.approx((10, 1, 1))
    assert [found_on(world)[cause] for world, cause in zip(ANCHORS, ("merit", "unexplained", "turn", "post"), strict=True)] == pytest.approx(
        [1, 1, 1, 1], abs=0.12
    )


def test_months_are_those_of_the_formula():
    at_once, in_round, half = (found_on(world) for world in ("at-once", "round", "half"))
    assert [world["time_to_award_months"] for world in (at_once, in_round, half)] == pytest.approx([0, 9, 5], abs=0.02)
    assert [world["recognised_within_12_months"] for world in (at_once, in_round, half)] == pytest.approx([1, 0.75, 0.875], abs=0.01)
