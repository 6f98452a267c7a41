"""Each part of a compound clause says for itself whether it is met, and a floor names the criterion below it."""

from __future__ import annotations

from fractions import Fraction

from simulator.rules.conditions import AllOf, AnyOf, Not
from simulator.rules.facts import Test
from simulator.scoring.condition_parts import numbered_parts
from simulator.scoring.scorer import score
from tests.scoring.rosters import make_roster
from tests.scoring.sets import eligible, make_set

YEAR = 2025
GOOD = {"fact": "rating", "at_least": "completed-well"}
TIDY = {"fact": "case-pending"}
POINTS = {"work": {"kind": "count", "points": 10, "each": 1}, "order": {"kind": "proportional", "points": 20, "target": 100}}


def reasons(criteria, roster, position=0, award=None):
    return {reason.clause: reason for reason in score(criteria, roster).reasons(position, award)}


def told(reason):
    return [(part.place, part.is_met, dict(part.observed)) for part in reason.parts]


def test_parts_are_counted_as_a_reader_counts_them():
    one, two = Test(fact="is-woman"), Test(fact="case-pending")
    assert numbered_parts(AllOf(all=(one, two))) == (one, two)
    assert numbered_parts(AnyOf(any=(AllOf(all=(one, two)),))) == (one, two)
    assert numbered_parts(AllOf(all=(one,))) == ()
    assert numbered_parts(Not(**{"not": AllOf(all=(one, two))})) == ()


def test_a_compound_condition_says_which_part_failed():
    criteria = make_set(awards={"title": {"clauses": {"asks": eligible({"all": [GOOD, {"not": TIDY}, {"any": [TIDY, GOOD]}]})}}})
    roster = make_roster(words={f"rating:{YEAR}": ["excellent", "completed"]}, answers={"case_pending": [True, False]}, year=YEAR)
    first, second = (reasons(criteria, roster, position, "title")["title.asks"] for position in (0, 1))
    assert told(first) == [
        ("1", True, {f"rating:{YEAR}": "excellent"}),
        ("2", False, {"case_pending": True}),
        ("3", True, {"case_pending": True, f"rating:{YEAR}": "excellent"}),
    ]
    assert [part.is_met for part in second.parts] == [False, True, False]
    assert first.parts[0].required == GOOD


def test_what_such_nominees_cannot_have_is_no_part():
    criteria = make_set(awards={"title": {"clauses": {"asks": eligible({"any": [GOOD, {"fact": "leads-cluster"}]})}}})
    roster = make_roster(words={f"rating:{YEAR}": ["completed"]}, answers={"leads_cluster": [False]}, year=YEAR)
    assert [part.place for part in reasons(criteria, roster, 0, "title")["title.asks"].parts] == ["1"]


def test_a_class_names_the_criteria_below_its_floor():
    floor = {"points": "every-criterion", "at_least_share": 0.8}
    criteria = make_set(points=POINTS, classes={"best": {"at_least": 20, "requires": floor}, "rest": {}})
    found = reasons(criteria, make_roster(numbers={"work": ["7"], "order": ["100"]}, year=YEAR))
    (part,) = found["classes.best"].parts
    assert (part.place, part.is_met, part.observed, part.required) == ("points.work", False, {"points.work": 7}, {"at_least": 8})
    assert found["classes.rest"].parts == ()


def test_a_floor_inside_a_list_names_its_criteria_after_its_number():
    floor = {"points": "every-criterion", "at_least": 9}
    criteria = make_set(points=POINTS, classes={"best": {"at_least": 5, "requires": {"all": [floor, {"not": TIDY}]}}, "rest": {}})
    roster = make_roster(numbers={"work": ["9", "8"], "order": ["100", "10"]}, answers={"case_pending": [False, False]}, year=YEAR)
    above, below = (reasons(criteria, roster, position)["classes.best"] for position in (0, 1))
    assert told(above) == [("1", True, {}), ("2", True, {"case_pending": False})]
    assert [(part.place, part.is_met) for part in below.parts] == [("1", False), ("points.work", False), ("points.order", False), ("2", True)]


def test_a_floor_beside_the_mean_says_how_many_points_that_is():
    floor = {"points": "every-criterion", "at_least_share_of_mean": 0.9}
    criteria = make_set(points={"work": POINTS["work"]}, classes={"best": {"requires": floor}})
    (part,) = reasons(criteria, make_roster(numbers={"work": ["2", "10"]}, year=YEAR))["classes.best"].parts
    assert part.required == {"at_least": Fraction(27, 5), "of_mean": True}


def test_a_veto_sees_the_classes_before_it_struck():
    veto = {"when": {"all": [{"class": ["best"]}, TIDY]}, "effect": "down-one-class"}
    criteria = make_set(points=POINTS, classes={"best": {"at_least": 5}, "rest": {}}, vetoes={"case": veto})
    roster = make_roster(numbers={"work": ["9"], "order": ["100"]}, answers={"case_pending": [True]}, year=YEAR)
    reason = reasons(criteria, roster)["vetoes.case"]
    assert not reason.is_met
    assert [part.is_met for part in reason.parts] == [True, True]
