"""Scoring a list: exact cases, what must always hold, and a second scorer that goes one nominee at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import InputError
from simulator.rules.facts import RATINGS, SCOPES
from simulator.scoring.roster import AwardEvent, Initiative, People
from simulator.scoring.scorer import score
from tests.examples import sampled
from tests.scoring.rosters import make_roster
from tests.scoring.sets import eligible, make_set
from tests.scoring.slow_scorer import slow_score

YEAR = 2025
GOOD = {"fact": "rating", "at_least": "completed-well"}
INITIATIVE = {"fact": "unused-initiatives", "at_least": 1, "consumed": True}
DEEDS = {"kind": "count", "points": 100, "each": 1}


def quota(places=None, **fields):
    return {"kind": "quota", "pooling": "all", **({"places": places} if places is not None else {}), **fields}


def by_deeds(*, clauses=None, **sections):
    """Make a set with one award whose order is the number of deeds."""
    return make_set(points={"deeds": DEEDS}, awards={"title": {"clauses": clauses or {}}}, **sections)


def deeds(*values, **columns):
    numbers = {"deeds": [str(value) for value in values], **columns.pop("numbers", {})}
    return make_roster(len(values), year=YEAR, numbers=numbers, **columns)


def considered(criteria, roster, award="title"):
    return score(criteria, roster, award).result(award).considered.tolist()


def codes_of(criteria, roster, award=None):
    with pytest.raises(InputError) as refusal:
        score(criteria, roster, award)
    return [finding.code for finding in refusal.value.findings]


def test_points_order_and_the_quota_cuts():
    result = score(by_deeds(clauses={"places": quota(2)}), deeds(5, 9, 7, 1)).results[0]
    assert result.rank.tolist() == [3, 1, 2, 4]
    assert result.considered.tolist() == ["no", "yes", "yes", "no"]
    assert result.points.tolist() == [value * 10**9 for value in (5, 9, 7, 1)]
    assert result.quota_of(0) == {"places": 2, "unit": None, "rounding": None}


def test_a_tie_at_the_cut_is_left_to_the_council():
    result = score(by_deeds(clauses={"places": quota(2)}), deeds(9, 7, 7, 1)).results[0]
    assert result.considered.tolist() == ["yes", "council decides", "council decides", "no"]
    assert result.is_tied.tolist() == [False, True, True, False]


def test_a_statutory_tie_break_comes_before_the_council():
    women_first = {"women": {"kind": "tie-break", "prefer": [{"who": {"fact": "is-woman"}}]}}
    criteria = by_deeds(clauses={"places": quota(2)}, procedure=women_first)
    result = score(criteria, deeds(9, 7, 7, 1, answers={"is_woman": [False, False, True, False]})).results[0]
    assert result.considered.tolist() == ["yes", "no", "yes", "no"]
    assert result.rank.tolist() == [1, 3, 2, 4]
    assert not result.is_tied.any()


def test_without_points_the_eligible_are_equal_and_the_council_decides():
    criteria = make_set(awards={"title": {"clauses": {"rating": eligible(GOOD), "places": quota(1)}}})
    roster = make_roster(3, year=YEAR, words={f"rating:{YEAR}": ["excellent", "completed-well", "failed"]})
    result = score(criteria, roster).results[0]
    assert result.rank.tolist() == [1, 1, 0]
    assert result.considered.tolist() == ["council decides", "council decides", "no"]
    assert result.points is None


@pytest.mark.parametrize(("rounding", "n_places"), [("floor", 0), ("nearest", 1), ("ceiling", 1)])
def test_a_share_of_the_staff_of_a_unit_is_rounded_as_the_rule_says(rounding, n_places):
    criteria = by_deeds(clauses={"places": {"kind": "quota", "share": 0.15, "pooling": "unit", "rounding": rounding}})
    roster = deeds(3, 2, units=["A", "A"], headcounts={"A": {"staff": 6}})
    assert score(criteria, roster).results[0].quota_of(0) == {"places": n_places, "unit": "A", "rounding": rounding}


def test_without_a_head_count_nothing_is_guessed():
    holders = {"kind": "quota", "share": 0.15, "of": {"holders_of": "title"}, "pooling": "unit"}
    scores = score(by_deeds(clauses={"places": holders}), deeds(3, 2, units=["A", "B"], headcounts={"B": {"holders:title": 20}}))
    assert scores.results[0].considered.tolist() == ["not counted", "yes"]
    assert [note.code for note in scores.notes] == ["SR408"]


def test_an_award_won_a_moment_ago_counts_and_its_initiative_is_used():
    """Two awards ask for an initiative: one is enough for the first only, two for both."""
    lower = {"clauses": {"rating": eligible(GOOD), "initiative": eligible(INITIATIVE)}, "level": 1}
    higher = {"clauses": {"lower": eligible({"fact": "awarded-this-year", "award": "lower"}), "initiative": eligible(INITIATIVE)}, "level": 2}
    criteria = make_set(awards={"higher": higher, "lower": lower})
    one, two = [Initiative("grass-roots", 2025)], [Initiative("grass-roots", 2025), Initiative("nation", 2024)]
    roster = make_roster(3, year=YEAR, words={f"rating:{YEAR}": ["excellent"] * 2 + ["failed"]}, initiatives=[one, two, two])
    scores = score(criteria, roster)
    assert [result.award for result in scores.results] == ["lower", "higher"]
    assert scores.result("lower").eligible.tolist() == [True, True, False]
    assert scores.result("higher").eligible.tolist() == [False, True, False]
    alone = score(criteria, roster, "higher")
    assert [result.award for result in alone.results] == ["higher"]
    assert alone.result("higher").eligible.tolist() == [False, True, False]


def test_who_is_left_to_the_council_does_not_hold_the_award_yet():
    lower = {"clauses": {"places": quota(1)}, "level": 1}
    higher = {"clauses": {"lower": eligible({"fact": "awarded-this-year", "award": "lower"})}, "level": 2}
    assert considered(make_set(awards={"lower": lower, "higher": higher}), make_roster(2, year=YEAR), "higher") == ["no", "no"]


def test_an_award_decided_before_needs_no_second_decision():
    lower = {"clauses": {"rating": eligible(GOOD)}, "level": 1}
    higher = {"clauses": {"lower": eligible({"fact": "awarded-this-year", "award": "lower"})}, "level": 2}
    roster = make_roster(2, year=YEAR, words={f"rating:{YEAR}": ["failed", "failed"]}, awards=[[AwardEvent("lower", YEAR)], []])
    assert considered(make_set(awards={"lower": lower, "higher": higher}), roster, "higher") == ["yes", "no"]


def test_a_veto_keeps_out_whatever_the_points():
    criteria = by_deeds(clauses={"places": quota(1)}, vetoes={"case": {"when": {"fact": "case-pending"}}})
    result = score(criteria, deeds(9, 7, answers={"case_pending": [True, False]})).results[0]
    assert result.considered.tolist() == ["no", "yes"]
    assert result.eligible.tolist() == [False, True]
    assert result.rank.tolist() == [0, 1]


def test_a_sector_gate_stands_before_its_sector_only():
    gate = {"strict": {"kind": "sector-gate", "sector": "enterprise", "requires": {"fact": "rating", "at_least": "excellent"}}}
    roster = deeds(9, 8, 7, words={"sector": ["enterprise", "other", "enterprise"], f"rating:{YEAR}": ["completed", "completed", "excellent"]})
    assert considered(by_deeds(procedure=gate), roster) == ["no", "yes", "yes"]


def test_a_winner_waits():
    criteria = by_deeds(clauses={"wait": {"kind": "cooling-off", "years": 2}})
    awards = [[AwardEvent("title", YEAR - 2)], [AwardEvent("title", YEAR - 3)], [AwardEvent("title", YEAR)], []]
    assert considered(criteria, deeds(1, 1, 1, 1, awards=awards)) == ["no", "yes", "yes", "yes"]


def test_a_class_may_be_a_condition():
    criteria = by_deeds(clauses={"class": eligible({"class": ["best"]})}, classes={"best": {"at_least": 8}, "rest": {}})
    result = score(criteria, deeds(9, 7)).results[0]
    assert result.eligible.tolist() == [True, False]
    assert list(result.class_) == ["best", "rest"]


def test_a_table_without_awards_has_one_result():
    criteria = make_set(points={"deeds": DEEDS}, classes={"best": {"at_least": 8}}, vetoes={"case": {"when": {"fact": "case-pending"}}})
    result = score(criteria, deeds(9, 7, 7, 20, clusters=["X", "X", "X", "Y"], answers={"case_pending": [False, False, False, True]})).results[0]
    assert result.award is None
    assert result.rank.tolist() == [1, 2, 2, 0]
    assert list(result.class_) == ["best", None, None, None]
    assert result.is_tied.tolist() == [False, True, True, False]


def test_systematic_rounding_carries_over_from_unit_to_unit():
    criteria = by_deeds(clauses={"places": {"kind": "quota", "share": 0.15, "pooling": "all", "rounding": "systematic"}})
    units = ["A", "B", "C", "D"]
    result = score(criteria, deeds(1, 1, 1, 1, units=units, headcounts={unit: {"staff": 5} for unit in units})).results[0]
    assert [result.quota_of(row)["places"] for row in range(4)] == [1, 1, 0, 1]
    assert result.quota_of(0)["rounding"] == "systematic"


def test_every_missing_column_is_said_at_once():
    criteria = by_deeds(clauses={"rating": eligible(GOOD), "sex": eligible({"fact": "is-woman"})})
    assert codes_of(criteria, make_roster(2, year=YEAR)) == ["SR402"] * 3


def test_a_file_without_a_column_of_events_is_told_so():
    criteria = make_set(awards={"title": {"clauses": {"initiative": eligible(INITIATIVE)}}})
    assert codes_of(criteria, make_roster(2, year=YEAR, given=["id", "name"])) == ["SR402"]
    assert considered(criteria, make_roster(2, year=YEAR, given=["id", "recognised_initiatives"])) == ["no", "no"]


@pytest.mark.parametrize(
    ("clauses", "code"),
    [
        ({"cap": {"kind": "leader-cap", "share": 0.2, "pooling": "unit"}}, "SR405"),
        ({"places": quota(1), "cap": {"kind": "leader-cap", "share": 0.2, "pooling": "unit"}}, "SR403"),
        ({"places": quota(1), "floor": {"kind": "direct-worker-floor", "share": 0.2, "counts_as_direct": ["deputy"], "pooling": "all"}}, "SR409"),
        ({"points": eligible({"points": "total", "at_least": 3})}, "SR406"),
    ],
)
def test_what_cannot_be_applied_to_a_list_is_refused(clauses, code):
    assert codes_of(make_set(awards={"title": {"clauses": clauses}}), make_roster(1, year=YEAR, words={"role": ["head"]})) == [code]


def test_an_unknown_award_is_refused():
    assert codes_of(by_deeds(), deeds(1), "nothing") == ["SR401"]


def test_an_assumed_merit_is_noted_and_not_judged():
    scores = score(by_deeds(clauses={"bar": {"kind": "score-threshold", "at_least": 1.0}}), deeds(1))
    assert scores.results[0].eligible.tolist() == [True]
    assert [note.code for note in scores.notes] == ["SR407"]


def test_a_clause_for_people_and_collectives_asks_each_what_it_can_answer():
    women = {"women": {"kind": "tie-break", "prefer": [{"who": {"any": [{"fact": "is-woman"}, {"fact": "women-share", "at_least_share": 0.7}]}}]}}
    person = by_deeds(clauses={"places": quota(1)}, procedure=women)
    assert considered(person, deeds(5, 5, answers={"is_woman": [False, True]})) == ["no", "yes"]
    flag = make_set(points={"deeds": DEEDS}, procedure=women, awards={"title": {"clauses": {"places": quota(1)}, "target": "collective"}})
    assert considered(flag, deeds(5, 5, numbers={"members": ["10", "10"], "women": ["7", "6"]})) == ["yes", "no"]


# --- whatever the set and the list -------------------------------------------------------------------------------------------

AWARDS = ("lower", "higher")
ATOMS = st.one_of(
    st.builds(lambda word: {"fact": "rating", "at_least": word}, st.sampled_from(RATINGS)),
    st.builds(lambda award: {"fact": "awarded-this-year", "award": award}, st.just("lower")),
    st.builds(lambda n: {"fact": "award-run", "award": "lower", "at_least": n}, st.integers(1, 2)),
    st.builds(lambda n: {"fact": "award-count", "award": "lower", "at_least": n, "within_years": 3}, st.integers(1, 2)),
    st.just({"fact": "is-woman"}),
    st.just({"fact": "leave-days", "below": 40}),
    st.builds(lambda n, scope: {**INITIATIVE, "at_least": n, "scope": scope}, st.integers(1, 2), st.sampled_from(SCOPES)),
    st.just(INITIATIVE),
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda part: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(part, min_size=1, max_size=2)),
        st.builds(lambda parts: {"any": parts}, st.lists(part, min_size=1, max_size=3)),
        st.builds(lambda inner: {"not": inner}, part),
    ),
    max_leaves=4,
)
LOW_CONDITIONS = CONDITIONS.filter(lambda condition: "lower" not in str(condition))
POOLING = st.sampled_from(["unit", "cluster", "kind", "all"])
QUOTAS = st.one_of(
    st.builds(lambda n, pooling: {"kind": "quota", "places": n, "pooling": pooling}, st.integers(0, 3), POOLING),
    st.builds(
        lambda share, of, pooling, rounding: {"kind": "quota", "share": share, "of": of, "pooling": pooling, "rounding": rounding},
        st.sampled_from([0.15, 0.2, 0.5]),
        st.sampled_from(["staff", "eligible"]),
        POOLING,
        st.sampled_from(["floor", "nearest", "ceiling"]),
    ),
)


@st.composite
def award_clauses(draw, conditions):
    clauses = {f"asks-{n}": eligible(condition) for n, condition in enumerate(draw(st.lists(conditions, max_size=2)))}
    if draw(st.booleans()):
        clauses["wait"] = {"kind": "cooling-off", "years": draw(st.integers(1, 3))}
    if draw(st.booleans()) or draw(st.booleans()):
        clauses["places"] = draw(QUOTAS)
        pooling = clauses["places"]["pooling"]
        if draw(st.booleans()):
            clauses["cap"] = {"kind": "leader-cap", "share": draw(st.sampled_from([0.0, 0.34, 0.5])), "pooling": pooling}
        if draw(st.booleans()):
            clauses["floor"] = {"kind": "direct-worker-floor", "share": draw(st.sampled_from([0.34, 0.5])), "pooling": pooling}
    return clauses


@st.composite
def sets(draw):
    data = {"awards": {}}
    for level, (name, conditions) in enumerate(zip(AWARDS, (LOW_CONDITIONS, CONDITIONS), strict=True), start=1):
        data["awards"][name] = {"level": level, "clauses": draw(award_clauses(conditions))}
    if draw(st.booleans()):
        data["points"] = {"deeds": {"kind": "count", "points": 6, "each": 1.5}, "days": {"kind": "count", "points": 3, "each": 1}}
    steps = [{"who": draw(LOW_CONDITIONS)}] + ([{"points": "deeds"}] if "points" in data else [])
    data["procedure"] = {}
    if draw(st.booleans()):
        data["procedure"]["equals"] = {"kind": "tie-break", "prefer": steps}
    if draw(st.booleans()):
        data["procedure"]["gate"] = {"kind": "sector-gate", "sector": "enterprise", "requires": draw(LOW_CONDITIONS)}
    if draw(st.booleans()):
        data["vetoes"] = {"strict": {"when": draw(LOW_CONDITIONS)}}
    return data


WON = st.lists(st.builds(AwardEvent, st.sampled_from(AWARDS), st.integers(YEAR - 3, YEAR)), max_size=2)
INITIATIVES = st.lists(st.builds(Initiative, st.sampled_from(SCOPES), st.none() | st.integers(2023, 2025), st.booleans()), max_size=3)
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "rating": st.sampled_from(["", *RATINGS]),
            "role": st.sampled_from(["direct", "staff", "deputy", "head"]),
            "sector": st.sampled_from(["enterprise", "other"]),
            "is_woman": st.booleans(),
            "leave_days": st.sampled_from(["0", "39.5", "40"]),
            "deeds": st.integers(0, 4).map(str),
            "days": st.integers(0, 2).map(str),
            "unit": st.sampled_from(["A", "B"]),
            "cluster": st.sampled_from(["X", "Y"]),
            "won": WON,
            "initiatives": INITIATIVES,
        }
    ),
    min_size=1,
    max_size=5,
)
HEADCOUNTS = st.sampled_from(
    [{"A": {"staff": 7}, "B": {"staff": 20}}, {"A": {"staff": 3}}, {"A": {"staff": 10}, "B": {"staff": 4}, "C": {"staff": 9}}]
)


def list_of(people, headcounts, *, with_clusters=True):
    def column(name):
        return [one[name] for one in people]

    return make_roster(
        len(people),
        year=YEAR,
        on=date(YEAR, 12, 15),
        words={f"rating:{YEAR}": column("rating"), "role": column("role"), "sector": column("sector")},
        answers={"is_woman": column("is_woman")},
        numbers={name: column(name) for name in ("leave_days", "deeds", "days")},
        units=column("unit"),
        clusters=column("cluster") if with_clusters else None,
        awards=column("won"),
        initiatives=column("initiatives"),
        headcounts=headcounts,
    )


def outcome(criteria, roster):
    """Give the same as the slow scorer."""
    found = {}
    for result in score(criteria, roster).results:
        rows = range(roster.n_nominees)
        points = [None] * roster.n_nominees if result.points is None else [Fraction(int(nano), 10**9) for nano in result.points]
        places = [result.quota_of(row)["places"] for row in rows]
        rows = zip(result.eligible.tolist(), result.considered.tolist(), result.rank.tolist(), points, places, strict=True)
        found[result.award] = list(rows)
    return found


@sampled(30, 400)
@given(sets(), PEOPLE, HEADCOUNTS, st.booleans())
def test_a_second_scorer_agrees(data, people, headcounts, with_clusters):
    roster = list_of(people, headcounts, with_clusters=with_clusters)
    assert outcome(make_set(**data), roster) == slow_score(data, roster)


@given(sets(), PEOPLE, HEADCOUNTS, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_names_matter(data, people, headcounts, luck):
    criteria, mixed = make_set(**data), luck.sample(range(len(people)), len(people))
    before = outcome(criteria, list_of(people, headcounts))
    roster = list_of([people[place] for place in mixed], headcounts)
    renamed = replace(roster, people=People(tuple(f"other-{n}" for n in mixed), tuple("Tên khác" for _ in mixed)))
    assert outcome(criteria, renamed) == {award: [rows[place] for place in mixed] for award, rows in before.items()}


@given(sets(), PEOPLE, HEADCOUNTS, st.sampled_from(AWARDS))
def test_a_veto_never_raises_anyone_of_the_vetoed(data, people, headcounts, award):
    roster = list_of(people, headcounts)
    before = score(make_set(**data), roster, award).result(award)
    vetoed = {**data, "vetoes": {**data.get("vetoes", {}), "one-more": {"when": {"fact": "is-woman"}}}}
    after = score(make_set(**vetoed), roster, award).result(award)
    is_struck = np.array([one["is_woman"] for one in people])
    assert not after.eligible[is_struck].any()
    if award == "lower":  # a higher award may be denied to whom a lower one was given: "not awarded this year" is a condition too
        assert not (after.eligible & ~before.eligible).any()


@given(sets(), PEOPLE, HEADCOUNTS, st.integers(0, 4))
def test_more_places_never_take_one_away(data, people, headcounts, n_places):
    order = ["no", "not counted", "council decides", "yes"]
    found = []
    for n in (n_places, n_places + 1):
        clauses = {key: clause for key, clause in data["awards"]["lower"]["clauses"].items() if key not in {"cap", "floor"}}
        lower = {"level": 1, "clauses": {**clauses, "places": quota(n)}}
        found.append(considered(make_set(**{**data, "awards": {"lower": lower}}), list_of(people, headcounts), "lower"))
    assert all(order.index(after) >= order.index(before) for before, after in zip(*found, strict=True))


@given(sets(), PEOPLE, HEADCOUNTS)
def test_equals_are_never_told_apart_unless_a_limit_does(data, people, headcounts):
    """Whoever has the same rank in one pool and the same kind of post is treated alike."""
    for result in score(make_set(**data), list_of(people, headcounts)).results:
        if result.places is not None:
            seen = {}
            for row, one in enumerate(people):
                if result.eligible[row]:
                    leads, pool = one["role"] in {"deputy", "head"}, int(result.places.pools.of_nominee[row])
                    same = (int(result.rank[row]), one["cluster"], pool, leads)
                    assert seen.setdefault(same, result.considered[row]) == result.considered[row]


def test_awards_outside_the_yearly_round_are_left_out_with_a_note():
    criteria = make_set(awards={"title": {"clauses": {}}, "deed": {"clauses": {}, "kind": "ad-hoc"}})
    scores = score(criteria, make_roster(2))
    assert [result.award for result in scores.results] == ["title"]
    assert [(note.code, note.fields["awards"]) for note in scores.notes] == [("SR415", "deed")]
    assert score(criteria, make_roster(2), "deed").notes == ()


def test_awards_of_collectives_are_left_out_of_a_list_of_people_with_a_note():
    of_all = {"flag": {"clauses": {}, "target": "collective"}, "deed": {"clauses": {}, "target": "collective", "kind": "ad-hoc"}}
    criteria = make_set(awards={"title": {"clauses": {}}, **of_all})
    scores = score(criteria, make_roster(2))
    assert [result.award for result in scores.results] == ["title"]
    assert [(note.code, note.fields["awards"]) for note in scores.notes] == [("SR415", "deed"), ("SR417", "flag")]
    assert score(criteria, make_roster(2), "flag").notes == ()
    assert [note.code for note in score(make_set(awards=of_all), make_roster(2)).notes] == ["SR415"], "where there are no others, nothing is left out"
