from __future__ import annotations

import pytest

from simulator.rules.loading import criteria_from_text
from simulator.scoring.columns import columns_of
from simulator.scoring.levers import Addition, choices_of
from tests.scoring.rosters import make_roster
from tests.scoring.test_explanation import AWARD, GROUND, HEAD


def choices(part, *, inside="", numbers=None, answers=None, **others):
    """List what could change about one nominee of a table with one criterion, ``part``, perhaps inside a section."""
    body = f"  outer:\n    kind: {inside}\n    points: 30\n    {GROUND_LINES}\n    parts:\n      x: {part}\n" if inside else f"  x: {part}\n"
    criteria = criteria_from_text(HEAD + "points:\n" + body)
    roster = make_roster(1, numbers=numbers, answers=answers, **others)
    return choices_of(criteria, columns_of(criteria, 2025), roster, 0)


GROUND_LINES = 'title: {vi: "Mục", en: "Part"}\n    assumption: {vi: "Giả định", en: "Assumed"}'


def only(found):
    (choice,) = found
    return list(choice.values), choice.lever.costs[1:].round(6).tolist()


def test_a_proportional_criterion_is_tried_at_every_step_up_to_its_target():
    values, costs = only(choices(f"{{kind: proportional, points: 10, target: 5, {GROUND}}}", numbers={"x": ["4.5"]}))
    assert values == [46, 47, 48, 49, 50]
    assert costs == [0.02, 0.04, 0.06, 0.08, 0.1]


def test_who_has_reached_the_target_has_nothing_to_try():
    assert choices(f"{{kind: proportional, points: 10, target: 5, {GROUND}}}", numbers={"x": ["6"]}) == []


def test_ones_own_target_is_no_lever():
    found = choices(f"{{kind: proportional, points: 10, target: own, {GROUND}}}", numbers={"x": ["1"], "x:target": ["3"]})
    assert [choice.column.id for choice in found] == ["x"]
    assert list(found[0].values) == [2, 3]


def test_bands_are_entered_at_their_edge():
    bands = "[{above: 9, points: 10}, {at_least: 5, at_most: 9, points: 6}, {below: 5, points: 1}]"
    values, costs = only(choices(f"{{kind: steps, points: 10, bands: {bands}, {GROUND}}}", numbers={"x": ["3"]}))
    assert values == [5, 10]
    assert costs == [round(2 / 9, 6), round(7 / 9, 6)]


def test_an_edge_between_two_steps_of_the_grid_is_rounded_to_the_side_that_counts():
    values, _ = only(choices(f"{{kind: threshold, points: 10, at_least: 2.35, {GROUND}}}", numbers={"x": ["1.1"]}))
    assert values == [24]
    values, _ = only(choices(f"{{kind: threshold, points: 10, at_most: 2.35, {GROUND}}}", numbers={"x": ["9.1"]}))
    assert values == [23]


def test_counts_go_up_to_their_cap_and_events_down_to_none():
    assert only(choices(f"{{kind: count, points: 10, each: 4, {GROUND}}}", numbers={"x": ["1"]}))[0] == [2, 3]
    assert only(choices(f"{{kind: event, points: 10, each: -4, {GROUND}}}", numbers={"x": ["2"]}))[0] == [1, 0]
    events = '{late: {title: {vi: "Chậm", en: "Late"}, minus: 3, at_most_times: 2}}'
    assert only(choices(f"{{kind: deduct, points: 10, events: {events}, {GROUND}}}", numbers={"x.late": ["7"]}))[0] == [1, 0]


def test_in_a_penalty_less_is_more():
    assert only(choices(f"{{kind: event, points: 10, each: 4, {GROUND}}}", inside="penalty", numbers={"x": ["2"]}))[0] == [1, 0]
    assert choices(f"{{kind: event, points: 10, each: 4, {GROUND}}}", inside="penalty", numbers={"x": ["0"]}) == []


@pytest.mark.parametrize(
    ("answer", "inside", "expected"), [(False, "", [True]), (True, "", None), (True, "penalty", [False]), (False, "penalty", None)]
)
def test_an_answer_turns_only_towards_more_points(answer, inside, expected):
    found = choices(f"{{kind: threshold, points: 10, {GROUND}}}", inside=inside, answers={"x": [answer]})
    assert (list(found[0].values) if found else None) == expected


def test_marks_and_past_awards_are_nobodys_own_work():
    assert choices(f"{{kind: mark, points: 10, {GROUND}}}", numbers={"x": ["3"]}) == []
    level = '{title: {vi: "Cờ", en: "Flag"}, points: 10}'
    assert choices(f"{{kind: highest, points: 10, levels: {{flag: {level}}}, {GROUND}}}", answers={"x.flag": [False]}) == []


def test_achievements_that_give_no_more_than_a_cheaper_one_are_not_tried():
    levels = '{low: {title: {vi: "Thấp", en: "Low"}, points: 5}, high: {title: {vi: "Cao", en: "High"}, points: 6}}'
    values, _ = only(choices(f"{{kind: achievements, points: 10, levels: {levels}, {GROUND}}}", achievements=[[]]))
    assert values == [Addition(1, "low"), Addition(2, "low")]


def test_an_award_offers_gradings_of_the_year_and_initiatives_but_neither_time_nor_health():
    criteria = criteria_from_text(AWARD)
    roster = make_roster(
        1, numbers={"output": ["99"], "service_months": ["3"], "leave_days": ["50"]}, words={"rating:2025": ["completed"]}, initiatives=[[]]
    )
    found = {choice.column.id: list(choice.values) for choice in choices_of(criteria, columns_of(criteria, 2025, "prize"), roster, 0)}
    assert found == {
        "output": [100],
        "rating:2025": ["completed-well", "excellent"],
        "recognised_initiatives": [Addition(1, "grass-roots"), Addition(2, "grass-roots")],
    }


def test_a_very_fine_grid_is_tried_more_coarsely_and_up_to_its_end():
    ((choice),) = choices(f"{{kind: proportional, points: 10, target: 5, {GROUND}}}", numbers={"x": ["0.00000001"]})
    assert len(choice.values) <= 100_001
    assert choice.values[-1] == 5 * 10**8


def test_more_members_of_a_collective_may_be_graded_so():
    text = AWARD.replace("{fact: service-months, at_least: 10}", "{fact: members-rated, rating: completed, at_least_share: 1}").replace(
        "target: individual", "target: collective"
    )
    criteria = criteria_from_text(text)
    numbers = {"output": ["100"], "members": ["5"], "members_rated:completed": ["3"], "leave_days": ["0"]}
    roster = make_roster(1, numbers=numbers, words={"rating:2025": ["excellent"]})
    found = {choice.column.id: list(choice.values) for choice in choices_of(criteria, columns_of(criteria, 2025, "prize"), roster, 0)}
    assert found["members_rated:completed"] == [4, 5]
    assert "members" not in found
