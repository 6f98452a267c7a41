from __future__ import annotations

from datetime import date
from fractions import Fraction

from simulator.scoring.roster import AwardEvent, Initiative
from simulator.scoring.scorer import score
from tests.scoring.rosters import make_roster
from tests.scoring.sets import eligible, make_set

YEAR = 2025
SOURCE = {"instrument": "law-06-2022", "provision": "Điều 23", "confidence": "read"}
GOOD = {"fact": "rating", "at_least": "completed-well"}
QUOTA = {"kind": "quota", "places": 1, "pooling": "all"}


def reasons(criteria, roster, position=0, award=None):
    return {reason.clause: reason for reason in score(criteria, roster).reasons(position, award)}


def title(**clauses):
    return {"title": {"clauses": clauses}}


def test_a_condition_tells_what_was_seen_what_is_asked_and_where_it_was_read():
    clause = {**eligible({"any": [GOOD, {"fact": "leave-days", "below": 40}]}), "source": SOURCE}
    roster = make_roster(words={f"rating:{YEAR}": ["completed"]}, numbers={"leave_days": ["41.5"]}, year=YEAR)
    reason = reasons(make_set(awards=title(asks=clause)), roster)["title.asks"]
    assert reason.kind == "eligibility"
    assert not reason.is_met
    assert reason.observed == {f"rating:{YEAR}": "completed", "leave_days": Fraction(83, 2)}
    assert reason.required == {"any": [GOOD, {"fact": "leave-days", "below": 40}]}
    assert (reason.source.instrument, reason.source.provision) == ("law-06-2022", "Điều 23")
    assert (reason.points, reason.most) == (None, None)


def test_a_criterion_tells_points_and_the_most():
    parts = {"work": {"kind": "section", "points": 20, "parts": {"quality": {"kind": "proportional", "points": 12, "target": 90}}}}
    found = reasons(make_set(points=parts), make_roster(numbers={"quality": ["45"]}, year=YEAR))
    quality, work = found["points.work.quality"], found["points.work"]
    assert (quality.kind, quality.is_met, quality.points, quality.most) == ("criterion", False, 6, 12)
    assert quality.observed == {"quality": 45}
    assert quality.required == {"target": 90.0}
    assert (work.kind, work.is_met, work.points, work.most) == ("section", False, 6, 20)


def test_points_taken_off_are_points_lost():
    parts = {
        "work": {"kind": "count", "points": 10, "each": 1},
        "faults": {"kind": "penalty", "points": 5, "parts": {"late": {"kind": "event", "points": 5, "each": 2}}},
    }
    one, none = (reasons(make_set(points=parts), make_roster(numbers={"work": ["10"], "late": [late]}, year=YEAR)) for late in ("1", "0"))
    assert (one["points.faults"].is_met, one["points.faults.late"].is_met, one["points.faults"].points) == (False, False, 2)
    assert (none["points.faults"].is_met, none["points.faults.late"].is_met, none["points.work"].is_met) == (True, True, True)


def test_classes_are_told_down_to_the_one_given():
    criteria = make_set(
        points={"work": {"kind": "count", "points": 10, "each": 1}}, classes={"best": {"at_least": 9}, "good": {"at_least": 5}, "rest": {}}
    )
    found = reasons(criteria, make_roster(numbers={"work": ["6"]}, year=YEAR))
    assert [(path, reason.is_met) for path, reason in found.items() if reason.kind == "class"] == [("classes.best", False), ("classes.good", True)]
    assert found["classes.best"].observed == {"total": 6, "class": "good"}
    assert found["classes.best"].required == {"at_least": 9.0}


def test_a_veto_is_met_when_it_does_not_strike():
    criteria = make_set(points={"work": {"kind": "count", "points": 9, "each": 1}}, vetoes={"case": {"when": {"fact": "case-pending"}}})
    roster = make_roster(numbers={"work": ["6", "6"]}, answers={"case_pending": [True, False]}, year=YEAR)
    struck, spared = (reasons(criteria, roster, position)["vetoes.case"] for position in (0, 1))
    assert (struck.is_met, spared.is_met) == (False, True)
    assert struck.observed == {"case_pending": True}
    assert struck.required == {"not": {"fact": "case-pending"}, "effect": "not-considered"}


def test_a_place_tells_rank_places_and_pool():
    criteria = make_set(points={"work": {"kind": "count", "points": 9, "each": 1}}, awards=title(places=QUOTA))
    roster = make_roster(numbers={"work": ["6", "7"]}, year=YEAR)
    second, first = (reasons(criteria, roster, position, "title")["title.places"] for position in (0, 1))
    assert (second.kind, second.is_met, first.is_met) == ("quota", False, True)
    assert second.observed == {"rank": 2, "considered": "no"}
    assert second.required == {"places": 1, "of": "staff", "pooling": "all", "rounding": None, "unit": None}


def test_a_cap_is_named_where_it_stood_in_the_way():
    cap = {"kind": "leader-cap", "share": 0.0, "pooling": "all"}
    criteria = make_set(points={"work": {"kind": "count", "points": 9, "each": 1}}, awards=title(places=QUOTA, cap=cap))
    roster = make_roster(numbers={"work": ["7", "6", "5"]}, words={"role": ["head", "staff", "head"]}, year=YEAR)
    found = [reasons(criteria, roster, position, "title") for position in range(3)]
    assert [(one["title.places"].is_met, one["title.cap"].is_met) for one in found] == [(False, False), (True, True), (False, True)]
    assert found[0]["title.cap"].observed == {"rank": 1, "considered": "no", "role": "head"}


def test_a_tie_break_is_told_where_it_was_needed():
    women = {"women": {"kind": "tie-break", "prefer": [{"who": {"fact": "is-woman"}}, {"points": "work"}]}}
    criteria = make_set(points={"work": {"kind": "count", "points": 9, "each": 1}}, procedure=women, awards=title(places=QUOTA))
    roster = make_roster(numbers={"work": ["6", "6", "5"]}, answers={"is_woman": [True, False, False]}, year=YEAR)
    found = [reasons(criteria, roster, position, "title") for position in range(3)]
    assert ["procedure.women" in one for one in found] == [True, True, False]
    assert found[0]["procedure.women"].observed == {"is_woman": True, "points.work": 6}


def test_waits_and_gates_tell_years_and_sector():
    gate = {"strict": {"kind": "sector-gate", "sector": "enterprise", "requires": GOOD}}
    criteria = make_set(procedure=gate, awards=title(wait={"kind": "cooling-off", "years": 2}))
    words = {"sector": ["enterprise"], f"rating:{YEAR}": ["completed"]}
    found = reasons(criteria, make_roster(words=words, awards=[[AwardEvent("title", 2024)]], year=YEAR))
    assert (found["title.wait"].kind, found["title.wait"].is_met) == ("cooling-off", False)
    assert found["title.wait"].observed == {"award:title": [2024]}
    assert (found["procedure.strict"].kind, found["procedure.strict"].is_met) == ("gate", False)
    assert found["procedure.strict"].observed == {"sector": "enterprise", f"rating:{YEAR}": "completed"}


def test_an_assumed_merit_is_told_as_not_judged():
    found = reasons(make_set(awards=title(bar={"kind": "score-threshold", "at_least": 1.0})), make_roster(1, year=YEAR))
    assert found["title.bar"].observed == {"judged": False}


def test_points_and_classes_are_seen_by_their_path():
    criteria = make_set(
        points={"work": {"kind": "count", "points": 9, "each": 1}, "more": {"kind": "count", "points": 9, "each": 1}},
        classes={"best": {"at_least": 1}},
        awards=title(asks=eligible({"all": [{"points": "every-criterion", "at_least": 1}, {"class": ["best"]}]})),
    )
    found = reasons(criteria, make_roster(numbers={"work": ["3"], "more": ["0"]}, year=YEAR), 0, "title")
    assert found["title.asks"].observed == {"points.work": 3, "points.more": 0, "class": "best"}
    assert not found["title.asks"].is_met


def test_an_award_of_a_moment_ago_and_used_initiatives_are_seen():
    initiative = {"fact": "unused-initiatives", "at_least": 1, "consumed": True}
    higher = {"asks": eligible({"all": [{"fact": "awarded-this-year", "award": "lower"}, initiative]})}
    criteria = make_set(awards={"lower": {"clauses": {"asks": eligible(initiative)}}, "higher": {"clauses": higher, "level": 2}})
    found = reasons(criteria, make_roster(initiatives=[[Initiative("province", 2024)]], year=YEAR), 0, "higher")
    assert found["higher.asks"].observed == {
        "award:lower": [YEAR],
        "proposed:award:lower": [YEAR],
        "recognised_initiatives": [],
        "used:recognised_initiatives": 1,
    }


def test_discipline_is_seen_by_its_days():
    criteria = make_set(awards=title(asks=eligible({"not": {"fact": "disciplined-this-year"}})))
    found = reasons(criteria, make_roster(disciplined_on=[[date(2025, 3, 1), date(2020, 1, 2)]], year=YEAR))
    assert found["title.asks"].observed == {"disciplined_on": ["2020-01-02", "2025-03-01"]}


def test_points_and_means_a_condition_looks_at_are_told():
    tests = {"total": {"points": "total", "at_least": 9}, "mean": {"points": "total", "at_least_share_of_mean": 1.1}}
    parts = {"work": {"points": "every-criterion", "at_least_share": 0.5}, "class": {"class": ["best"]}}
    criteria = make_set(
        points={"one": {"kind": "count", "points": 10, "each": 1}, "two": {"kind": "count", "points": 10, "each": 1}},
        classes={"best": {"at_least": 12, "requires": {"any": [tests["total"], {"points": "one", "below_share_of_mean": 0.5}]}}, "rest": {}},
        awards=title(**{name: eligible(test) for name, test in (tests | parts).items()}),
    )
    roster = make_roster(numbers={"one": ["2", "5"], "two": ["3", "10"]}, units=["A", "A"], year=YEAR)
    found = reasons(criteria, roster)
    assert {path: found[path].observed for path in ("title.total", "title.mean", "title.work", "title.class", "classes.best")} == {
        "title.total": {"points.total": 5},
        "title.mean": {"points.total": 5, "mean:points.total": 10},
        "title.work": {"points.one": 2, "points.two": 3},
        "title.class": {"class": "rest"},
        "classes.best": {"total": 5, "class": "rest", "points.one": 2, "mean:points.one": Fraction(7, 2)},
    }
    assert not any(found[path].is_met for path in ("title.total", "title.mean", "title.work", "title.class", "classes.best"))


def test_a_bonus_nobody_got_is_not_lost_and_what_only_takes_off_loses_what_it_takes():
    parts = {
        "faults": {"kind": "event", "points": 8, "each": -4},
        "more": {"kind": "bonus", "points": 5, "parts": {"ideas": {"kind": "count", "points": 5, "each": 1}}},
    }
    spared, struck = (reasons(make_set(points=parts), make_roster(numbers={"faults": [n], "ideas": ["0"]}, year=YEAR)) for n in ("0", "1"))
    assert (spared["points.more"].is_met, spared["points.more.ideas"].is_met) == (True, True)
    assert (spared["points.faults"].is_met, spared["points.faults"].most) == (True, 0)
    assert (struck["points.faults"].is_met, struck["points.faults"].points) == (False, -4)


def test_places_are_no_reason_for_whoever_was_never_reached_by_them():
    criteria = make_set(awards=title(asks=eligible(GOOD), places=QUOTA))
    roster = make_roster(words={f"rating:{YEAR}": ["completed", "excellent"]}, year=YEAR)
    assert ["title.places" in reasons(criteria, roster, position, "title") for position in (0, 1)] == [False, True]


def test_a_place_shared_with_another_unit_is_told_by_the_rank_and_the_tie_break_that_decided_it():
    """Both are first of their unit, and equal in points: the one place of all goes to the woman of the other unit."""
    women = {"women": {"kind": "tie-break", "prefer": [{"who": {"fact": "is-woman"}}]}}
    criteria = make_set(points={"work": {"kind": "count", "points": 9, "each": 1}}, procedure=women, awards=title(quota=QUOTA))
    facts = {"numbers": {"work": ["6", "5", "6"]}, "answers": {"is_woman": [False, True, True]}, "year": YEAR}
    for clusters in (None, ["X", "X", "Y"]):
        roster = make_roster(units=["A", "A", "B"], clusters=clusters, **facts)
        assert score(criteria, roster).results[0].rank.tolist() == [2, 3, 1]
        loser, winner = (reasons(criteria, roster, position) for position in (0, 2))
        assert (loser["title.quota"].observed["rank"], winner["title.quota"].observed["rank"]) == (2, 1)
        assert {"procedure.women"} <= loser.keys() & winner.keys()
