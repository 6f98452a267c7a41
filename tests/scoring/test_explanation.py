from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import InputError
from simulator.indicators.register_awards import DEFAULT_FOCUS
from simulator.rules.loading import criteria_from_text
from simulator.scoring.decision import decision_of
from simulator.scoring.explanation import DEFAULT_AWARD, choose_award, explain, find_nominee
from simulator.scoring.roster import Achievement, Initiative
from simulator.scoring.scorer import score
from tests.scoring.rosters import make_roster

HEAD = """\
id: mine
title: {vi: "Mẫu", en: "Mine"}
status: illustrative
drafting_state: drafting
valid: {from: 2020-01-01}
checked_on: 2026-11-22
"""
GROUND = 'title: {vi: "Mục", en: "Part"}, assumption: {vi: "Giả định", en: "Assumed"}'

TABLE = (
    HEAD
    + f"""
points:
  output: {{kind: proportional, points: 50, target: 10, {GROUND}}}
  quality: {{kind: steps, points: 30, {GROUND}, bands: [{{at_least: 8, points: 30}}, {{at_least: 5, below: 8, points: 15}}]}}
  order: {{kind: deduct, points: 10, {GROUND}, events: {{late: {{title: {{vi: "Chậm", en: "Late"}}, minus: 5}}}}}}
  ideas: {{kind: count, points: 10, each: 5, {GROUND}}}
classes:
  top: {{at_least: 90, {GROUND}, requires: {{points: every-criterion, at_least_share: 0.5}}}}
  good: {{at_least: 70, below: 90, {GROUND}}}
  rest: {{below: 70, {GROUND}}}
"""
)

AWARD = (
    HEAD
    + f"""
points:
  output: {{kind: proportional, points: 100, target: 100, {GROUND}}}
awards:
  prize:
    title: {{vi: "Thưởng", en: "Prize"}}
    target: individual
    kind: merit
    level: 1
    authority: unit
    clauses:
      enough: {{kind: eligibility, {GROUND}, requires: {{points: total, at_least: 50}}}}
      rating: {{kind: eligibility, {GROUND}, requires: {{any: [{{fact: rating, at_least: excellent}}, {{fact: unused-initiatives, at_least: 2, consumed: true}}]}}}}
      service: {{kind: eligibility, {GROUND}, requires: {{fact: service-months, at_least: 10}}}}
      leave: {{kind: eligibility, {GROUND}, requires: {{fact: leave-days, below: 40}}}}
      past: {{kind: eligibility, {GROUND}, requires: {{not: {{fact: rating-count, rating: failed, within_years: 1, at_least: 2}}}}}}
      places: {{kind: quota, {GROUND}, places: 2, pooling: all}}
"""
)


def table_of(output, quality, late, ideas):
    numbers = {"output": [output], "quality": [quality], "order.late": [late], "ideas": [ideas]}
    return make_roster(1, numbers=numbers, ids=["a"])


def award_roster(outputs, *, ratings=None, service=None, leave=None, initiatives=None):
    n = len(outputs)
    return make_roster(
        n,
        ids=[f"p{at}" for at in range(n)],
        names=[f"Người {at}" for at in range(n)],
        numbers={"output": outputs, "service_months": service or ["24"] * n, "leave_days": leave or ["0"] * n},
        words={"rating:2025": ratings or ["excellent"] * n},
        initiatives=initiatives,
    )


def changes(explanation):
    return [(change.column.id, change.before, change.after) for change in explanation.smallest_change]


def test_the_points_that_are_missing_are_solved_exactly():
    explanation = explain(criteria_from_text(TABLE), table_of("5", "8", "0", "0"), "a")
    assert (explanation.decision.class_, explanation.decision.points) == ("rest", 65)
    assert changes(explanation) == [("output", 5, 6)]
    assert explanation.reached.class_ == "good"


def test_fewest_columns_come_first_and_equal_ones_by_their_range():
    # 15 points are missing: a band (3 of 8 points of quality), 3 of 10 of output; an idea and an event less would be two columns.
    explanation = explain(criteria_from_text(TABLE), table_of("5", "5", "0", "2"), "a")
    assert explanation.decision.points == 60
    assert changes(explanation) == [("output", 5, 7)]


def test_a_floor_for_each_criterion_must_be_met_as_well():
    explanation = explain(criteria_from_text(TABLE), table_of("10", "8", "2", "2"), "a")
    assert (explanation.decision.points, explanation.decision.class_) == (90, "good")
    assert explanation.first_failed == "classes.top"
    assert changes(explanation) == [("order.late", 2, 1)]


def test_the_best_class_needs_no_change():
    explanation = explain(criteria_from_text(TABLE), table_of("10", "8", "0", "2"), "a")
    assert (explanation.outcome, explanation.smallest_change, explanation.first_failed) == ("already", None, None)


def test_one_more_initiative_or_a_better_grading():
    explanation = explain(
        criteria_from_text(AWARD), award_roster(["80"], ratings=["completed"], initiatives=[[Initiative("grass-roots", 2025)]]), "p0"
    )
    assert explanation.first_failed == "prize.rating"
    assert changes(explanation) == [("recognised_initiatives", 1, 2)] or changes(explanation) == [("rating:2025", "completed", "excellent")]
    assert explanation.reached.is_eligible


@pytest.mark.parametrize(("service", "leave"), [("9", "0"), ("24", "40")])
def test_time_and_health_are_nobodys_own_work(service, leave):
    explanation = explain(criteria_from_text(AWARD), award_roster(["80"], service=[service], leave=[leave]), "p0")
    assert (explanation.outcome, explanation.smallest_change) == ("none-within-the-rules", None)


def test_who_is_outside_the_places_must_be_equal_to_the_last_of_them():
    explanation = explain(criteria_from_text(AWARD), award_roster(["90", "80", "70.5"]), "p2")
    assert explanation.first_failed == "prize.places"
    assert changes(explanation) == [("output", Fraction("70.5"), 80)]
    assert str(explanation.reached.considered) == "council decides"


def test_who_is_tied_must_do_a_little_more():
    explanation = explain(criteria_from_text(AWARD), award_roster(["90", "80", "80"]), "p2")
    assert str(explanation.decision.considered) == "council decides"
    assert changes(explanation) == [("output", 80, 81)]
    assert str(explanation.reached.considered) == "yes"


def test_who_is_within_the_places_needs_nothing():
    assert explain(criteria_from_text(AWARD), award_roster(["90", "80"]), "p0").outcome == "already"


def test_places_nobody_can_count_are_not_in_a_nominees_hand():
    text = AWARD.replace("places: 2, pooling: all", "share: 0.5, of: staff, pooling: unit")
    explanation = explain(criteria_from_text(text), replace(award_roster(["90"]), units=("A",)), "p0")
    assert (explanation.outcome, explanation.smallest_change, explanation.first_failed) == ("places-unknown", None, "prize.places")


def test_more_achievements_are_named_with_their_level():
    text = (
        HEAD
        + f"""
points:
  honours:
    kind: achievements
    points: 30
    title: {{vi: "Thành tích", en: "Honours"}}
    assumption: {{vi: "Giả định", en: "Assumed"}}
    levels:
      low: {{title: {{vi: "Thấp", en: "Low"}}, points: 5}}
      high: {{title: {{vi: "Cao", en: "High"}}, points: 15}}
classes:
  top: {{at_least: 20, {GROUND}}}
  rest: {{below: 20, {GROUND}}}
"""
    )
    roster = make_roster(1, ids=["a"], achievements=[[Achievement("honours", "x", "low")]])
    explanation = explain(criteria_from_text(text), roster, "a")
    assert explanation.to_json()["smallest_change"] == [{"column": "honours", "from": 1, "to": 2, "level": "high"}]


def test_a_mean_of_the_group_moves_with_the_nominee():
    text = TABLE.replace("requires: {points: every-criterion, at_least_share: 0.5}", "requires: {points: output, at_least_share_of_mean: 1.5}")
    roster = make_roster(
        3,
        ids=["a", "b", "c"],
        clusters=["I", "I", "II"],
        numbers={"output": ["8", "8", "0"], "quality": ["8"] * 3, "order.late": ["0"] * 3, "ideas": ["2"] * 3},
    )
    # 1.5 times the mean of two is reached when a's output is three times b's, which no output is.
    assert explain(criteria_from_text(text), roster, "a").outcome == "none-within-the-rules"
    easier = criteria_from_text(text.replace("1.5", "1.1"))
    explanation = explain(easier, roster, "a")
    assert changes(explanation) == [("output", 8, 10)]
    assert explanation.reached.class_ == "top"


def test_the_json_has_the_shape_outsiders_rely_on():
    found = explain(criteria_from_text(AWARD), award_roster(["90", "80", "70.5"]), "p2", "prize").to_json()
    assert {"nominee", "award", "eligible", "first_failed", "clauses", "smallest_change"} <= found.keys()
    assert found["smallest_change"] == [{"column": "output", "from": 70.5, "to": 80}]
    assert {"clause", "observed", "required", "points", "source"} <= found["clauses"][0].keys()


def test_anonymous_json_names_the_row_only():
    assert explain(criteria_from_text(AWARD), award_roster(["90"]), "p0").to_json(anonymous=True)["nominee"] == "2"


def test_a_nominee_is_found_by_id_row_or_name():
    roster = award_roster(["1", "2"])
    assert [find_nominee(roster, who) for who in ("p1", 3, "3", "Người 1")] == [1, 1, 1, 1]
    with pytest.raises(InputError) as nobody:
        find_nominee(roster, "Nguyễn Văn A")
    assert nobody.value.findings[0].code == "SR461"
    assert "Nguyễn" not in str(nobody.value)
    twins = replace(roster, people=replace(roster.people, names=("An", "An")))
    with pytest.raises(InputError) as several:
        find_nominee(twins, "An")
    assert several.value.findings[0].fields == {"rows": "2, 3"}


def with_another(name, target="individual"):
    """Give the set a second award."""
    other = AWARD[AWARD.index("  prize:") :].replace("  prize:", f"  {name}:").replace("target: individual", f"target: {target}")
    return criteria_from_text(AWARD + other)


def test_several_awards_ask_for_a_choice():
    with pytest.raises(InputError) as problem:
        explain(with_another("medal"), award_roster(["90"]), "p0")
    assert (problem.value.findings[0].code, problem.value.findings[0].fields["known"]) == ("SR463", "prize, medal")
    assert explain(with_another("medal"), award_roster(["90"]), "p0", "medal").award == "medal"


def test_the_award_is_chosen_as_where_a_register_is_measured():
    assert DEFAULT_AWARD == DEFAULT_FOCUS
    assert explain(with_another(DEFAULT_AWARD), award_roster(["90"]), "p0").award == DEFAULT_AWARD
    assert explain(with_another("flag", "collective"), award_roster(["90"]), "p0").award == "prize"
    assert choose_award(criteria_from_text(AWARD.replace("target: individual", "target: collective"))) == "prize"
    assert choose_award(criteria_from_text(TABLE)) is None


# --- nothing smaller flips the decision: every combination of small grids, each scored alone --------------------------------------------------


@settings(max_examples=25)
@given(st.integers(0, 10), st.integers(0, 9), st.integers(0, 3), st.integers(0, 3))
def test_no_smaller_change_gives_a_better_class(output, quality, late, ideas):
    criteria = criteria_from_text(TABLE)
    now = {"output": output, "quality": quality, "order.late": late, "ideas": ideas}
    width = {"output": 10, "quality": max(8, quality), "order.late": max(2, late), "ideas": max(2, ideas)}
    values = [{*range(11), output}, {*range(9), quality}, {*range(late + 1)}, {*range(3), ideas}]
    combos = [dict(zip(now, combo, strict=True)) for combo in product(*values)]
    roster = make_roster(len(combos), numbers={column: [str(combo[column]) for combo in combos] for column in now})
    order = ["top", "good", "rest"]
    places = [order.index(class_) for class_ in score(criteria, roster).result().class_]
    here = places[combos.index(now)]
    better = [combo for combo, place in zip(combos, places, strict=True) if place < here]

    def rank(combo):
        moved = [column for column in now if combo[column] != now[column]]
        return (
            len(moved),
            round(sum(abs(combo[column] - now[column]) / width[column] for column in moved), 9),
            [column not in moved for column in now],
        )

    explanation = explain(criteria, table_of(str(output), str(quality), str(late), str(ideas)), "a")
    if explanation.smallest_change is None:
        assert not better
        assert explanation.outcome == ("already" if here == 0 else "none-within-the-rules")
    else:
        proposed = now | {column: int(after) for column, _before, after in changes(explanation)}
        assert proposed in better
        assert rank(proposed) == min(map(rank, better))
        assert order.index(explanation.reached.class_) == places[combos.index(proposed)]


@given(st.lists(st.integers(40, 100), min_size=2, max_size=6), st.sampled_from(["completed", "excellent"]), st.integers(0, 2))
@settings(max_examples=25)
def test_the_change_really_flips_the_decision_and_one_step_less_does_not(outputs, rating, n_initiatives):
    criteria = criteria_from_text(AWARD)
    n = len(outputs)
    roster = award_roster(
        [str(output) for output in outputs],
        ratings=[rating, *["excellent"] * (n - 1)],
        initiatives=[[Initiative("grass-roots", 2025)] * n_initiatives, *[[] for _ in range(n - 1)]],
    )
    explanation = explain(criteria, roster, "p0")
    if explanation.smallest_change is None:
        assert explanation.outcome in {"already", "none-within-the-rules"}
        return
    now = decision_of(score(criteria, roster, "prize"), 0, "prize")

    def after(moves):
        numbers, words, initiatives = dict(roster.numbers), dict(roster.words), list(roster.initiatives)
        for column, _before, value in moves:
            if column == "output":
                numbers["output"] = np.array([int(value), *outputs[1:]])
            elif column == "rating:2025":
                words["rating:2025"] = np.array([value, *["excellent"] * (n - 1)])
            else:
                initiatives[0] = (Initiative("grass-roots", 2025),) * value
        changed = replace(roster, numbers=numbers, words=words, initiatives=tuple(initiatives))
        return decision_of(score(criteria, changed, "prize"), 0, "prize")

    moves = changes(explanation)
    assert after(moves) == explanation.reached
    assert after(moves).is_better_than(now, "prize", ())
    for fewer in (rest for size in range(len(moves)) for rest in combinations(moves, size)):
        assert not after(fewer).is_better_than(now, "prize", ())
    for at, (column, before, value) in enumerate(moves):
        if column == "output" and value - 1 > before:
            assert not after([*moves[:at], (column, before, value - 1), *moves[at + 1 :]]).is_better_than(now, "prize", ())


@pytest.mark.parametrize("who", ["Nguyễn Thị Đào", "nguyen thi dao", " NGUYỄN  thị ĐÀO ", "Nguye\u0302\u0303n Thi\u0323 Đào", "CB01"])
def test_a_name_is_found_without_its_marks_and_capitals(who):
    roster = make_roster(ids=["cb01", "cb02"], names=["Nguyễn Thị Đào", "Trần Văn Sơn"])
    assert find_nominee(roster, who) == 0


def test_names_alike_without_marks_are_told_by_their_rows_and_one_written_in_full_is_found():
    roster = make_roster(names=["Nguyễn Thị Anh", "Nguyễn Thị Ánh"])
    assert find_nominee(roster, "Nguyễn Thị Ánh") == 1
    with pytest.raises(InputError) as several:
        find_nominee(roster, "nguyen thi anh")
    assert [(found.code, found.fields) for found in several.value.findings] == [("SR462", {"rows": "2, 3"})]
