"""Whether more can be too much; and, against trying everything, that the smallest change is found where it can."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scoring.direction import more_is_never_worse
from simulator.scoring.explanation import explain
from simulator.scoring.scorer import score
from tests.examples import sampled
from tests.scoring.rosters import make_roster
from tests.scoring.sets import eligible, make_set

CLASSES = {"top": {"at_least": 8}, "mid": {"at_least": 4}, "low": {}}
DEEDS = {"kind": "count", "points": 6, "each": 1}
BANDS = {"kind": "steps", "points": 5, "bands": [{"at_least": 7, "points": 5}, {"at_least": 3, "points": 2}]}
POINTS = {"deeds": DEEDS, "share": BANDS}


def prize(condition, **sections):
    return make_set(points=POINTS, classes=CLASSES, awards={"prize": {"clauses": {"asks": eligible(condition)}}}, **sections)


RATED = {"fact": "rating", "at_least": "excellent"}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"class": ["mid"]}, False),
        ({"class": ["top", "mid"]}, True),
        ({"not": {"class": ["low"]}}, True),
        ({"not": {"class": ["mid"]}}, False),
        ({"points": "total", "at_least": 4}, True),
        ({"points": "total", "below": 4}, False),
        ({"points": "deeds", "below_share": 0.5}, False),
        ({"not": {"points": "deeds", "below_share": 0.5}}, True),
        ({"points": "total", "at_least_share_of_mean": 0.9}, True),
        ({"points": "total", "at_least_share_of_mean": 1.5}, False),
        ({"all": [RATED, {"points": "total", "at_least": 1}]}, True),
        ({"any": [RATED, {"not": {"points": "total", "at_least": 1}}]}, False),
        ({"not": RATED}, False),
        ({"not": {"fact": "case-pending"}}, True),
    ],
)
def test_more_is_never_worse_only_where_nothing_bounds_it_from_above(condition, expected):
    assert more_is_never_worse(prize(condition), "prize") is expected


def test_vetoes_and_penalties_turn_the_direction_and_tie_breaks_and_other_awards_do_not_matter():
    fine = {"points": "total", "at_least": 1}
    assert not more_is_never_worse(prize(fine, vetoes={"v": {"when": {"points": "total", "at_least": 5}}}), "prize")
    assert more_is_never_worse(prize(fine, vetoes={"v": {"when": {"points": "total", "below": 5}}}), "prize")
    penalty = {"kind": "penalty", "points": 3, "parts": {"x": {"kind": "threshold", "points": 3, "when": RATED}}}
    assert not more_is_never_worse(make_set(points={"work": DEEDS, "loss": penalty}), None)
    assert more_is_never_worse(make_set(points={"work": DEEDS, "loss": {**penalty, "kind": "bonus"}}), None)
    assert more_is_never_worse(prize(fine, procedure={"t": {"kind": "tie-break", "prefer": [{"who": {"not": RATED}}]}}), "prize")
    two = make_set(points=POINTS, awards={"a": {"clauses": {"c": eligible(fine)}}, "b": {"clauses": {"c": eligible({"not": RATED})}}})
    assert more_is_never_worse(two, "a")


ATOMS = st.one_of(
    st.builds(lambda names: {"class": sorted(names)}, st.sets(st.sampled_from(list(CLASSES)), min_size=1)),
    st.builds(
        lambda part, key, n: {"points": part, key: n},
        st.sampled_from(["total", "deeds", "share"]),
        st.sampled_from(["at_least", "below"]),
        st.integers(1, 9),
    ),
    st.builds(
        lambda part, key, share: {"points": part, key: share},
        st.sampled_from(["total", "deeds", "every-criterion"]),
        st.sampled_from(["at_least_share", "below_share"]),
        st.sampled_from([0.2, 0.5, 0.9]),
    ),
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda part: (
        st.builds(lambda word, parts: {word: parts}, st.sampled_from(["all", "any"]), st.lists(part, min_size=1))
        | st.builds(lambda inner: {"not": inner}, part)
    ),
    max_leaves=3,
)


@sampled(20, 250)
@given(CONDITIONS, st.integers(0, 6), st.integers(0, 8))
def test_no_smaller_change_was_missed(condition, deeds, share):
    """Of all better values of one column, or of both, the cheapest that is enough is told."""
    criteria = prize(condition)

    def is_enough(n_deeds, n_share):
        return bool(score(criteria, roster_of(n_deeds, n_share)).results[0].eligible[0])

    def roster_of(n_deeds, n_share):
        return make_roster(1, numbers={"deeds": [str(n_deeds)], "share": [str(n_share)]})

    found = explain(criteria, roster_of(deeds, share), "2", "prize")
    more_deeds, more_share = range(deeds + 1, 7), [edge for edge in (3, 7) if edge > share]
    singles = [n for n in more_deeds if is_enough(n, share)], [n for n in more_share if is_enough(deeds, n)]
    pairs = [(n, m) for n in more_deeds for m in more_share if is_enough(n, m)]
    if is_enough(deeds, share):
        assert found.outcome == "already"
    elif any(singles):
        (change,) = found.smallest_change
        ways = singles[change.column.id == "share"]
        assert change.after == min(ways)
    else:
        assert (found.smallest_change is not None) == bool(pairs)
        if pairs:
            assert tuple(int(change.after) for change in found.smallest_change) in pairs
