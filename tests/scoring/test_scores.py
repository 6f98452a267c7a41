from __future__ import annotations

import json

import pytest

from simulator.errors import InputError
from simulator.scoring.scorer import score
from tests.scoring.rosters import make_roster
from tests.scoring.sets import eligible, make_set

KEYS = {"id", "award", "score", "rank", "class", "eligible", "considered", "tie", "quota", "reasons"}
REASON_KEYS = {"clause", "observed", "required", "points", "source"}


def table():
    return make_set(
        points={"work": {"kind": "proportional", "points": 10, "target": 3}},
        classes={"best": {"at_least": 9}},
        awards={
            "title": {"clauses": {"places": {"kind": "quota", "places": 1, "pooling": "all"}, "asks": eligible({"points": "total", "at_least": 3})}}
        },
    )


def scored():
    roster = make_roster(
        numbers={"work": ["1", "3", "0.5"]}, year=2025, ids=["NV-1", "NV-2", "NV-3"], names=["Trần Thị Ánh", "Lê Văn Bình", "Đỗ Chi"]
    )
    return score(table(), roster)


def test_the_shape_is_the_one_outsiders_rely_on():
    data = scored().to_json()
    assert data["table"] == "made"
    assert [nominee["id"] for nominee in data["nominees"]] == ["NV-1", "NV-2", "NV-3"]
    for nominee in data["nominees"]:
        assert set(nominee) >= KEYS
        assert set(nominee["quota"]) == {"places", "unit", "rounding"}
        for reason in nominee["reasons"]:
            assert set(reason) >= REASON_KEYS
    first = data["nominees"][1]
    assert {key: first[key] for key in ("award", "score", "rank", "class", "eligible", "considered", "tie")} == {
        "award": "title",
        "score": 10,
        "rank": 1,
        "class": "best",
        "eligible": True,
        "considered": "yes",
        "tie": False,
    }
    assert first["reasons"] == []
    json.dumps(data, allow_nan=False)


def test_only_what_is_lost_or_failed_is_told_unless_all_is_asked_for():
    failed, everything = (scored().to_json(reasons=which)["nominees"][0]["reasons"] for which in ("failed", "all"))
    assert [reason["clause"] for reason in failed] == ["points.work", "classes.best", "title.places"]
    assert [reason["clause"] for reason in everything] == ["points.work", "classes.best", "title.places", "title.asks"]
    assert failed[0]["points"] == 3.333333333


def test_names_are_never_told_and_ids_only_where_they_may_be():
    told, hidden = (json.dumps(scored().to_json(anonymous=anonymous, reasons="all"), ensure_ascii=False) for anonymous in (False, True))
    for name in ("Trần", "Lê", "Đỗ"):
        assert name not in told
    assert "NV-" not in hidden
    assert [nominee["id"] for nominee in scored().to_json(anonymous=True)["nominees"]] == ["2", "3", "4"]
    assert "Trần" not in repr(scored())


def test_a_set_without_points_has_no_score():
    data = score(make_set(awards={"title": {"clauses": {}}}), make_roster(1)).to_json()
    assert (data["nominees"][0]["score"], data["nominees"][0]["class"]) == (None, None)


def test_a_quota_is_told_in_one_shape_even_where_there_is_none():
    nobody_tells = {"places": None, "unit": None, "rounding": None}
    assert score(make_set(awards={"title": {"clauses": {}}}), make_roster(1)).to_json()["nominees"][0]["quota"] == nobody_tells
    assert (
        score(make_set(points={"work": {"kind": "mark", "points": 10}}), make_roster(1, numbers={"work": ["3"]})).results[0].quota_of(0)
        == nobody_tells
    )


def test_a_result_is_found_by_its_award():
    scores = scored()
    assert scores.result("title") is scores.results[0]
    assert scores.result() is scores.results[0]
    with pytest.raises(KeyError):
        scores.result("nothing")


def test_of_several_awards_one_must_be_named():
    roster = make_roster(1)
    scores = score(make_set(awards={"title": {"clauses": {}}, "medal": {"clauses": {}}}), roster)
    with pytest.raises(InputError, match=r"SR463 .* medal, title"):
        scores.result()
    assert scores.result("medal").award == "medal"
    asks = eligible({"fact": "awarded-this-year", "award": "title"})
    assert score(make_set(awards={"title": {"clauses": {}}, "medal": {"clauses": {"asks": asks}}}), roster, "medal").result().award == "medal"


@pytest.mark.parametrize(("points", "share", "extra"), [(1, "1", None), (1, "3", "1/3"), (3, "2", None)])
def test_a_total_that_had_to_be_rounded_is_told_exactly_too(points, share, extra):
    table = make_set(points={"share": {"kind": "proportional", "points": points, "target": "own"}})
    entry = score(table, make_roster(1, numbers={"share": ["1"], "share:target": [share]})).to_json()["nominees"][0]
    assert entry.get("score_exact") == extra


@pytest.mark.parametrize("target", ["0", "-2"])
def test_a_target_of_nothing_is_an_error_at_its_row(target):
    table = make_set(points={"share": {"kind": "proportional", "points": 1, "target": "own"}})
    with pytest.raises(InputError, match=r"SR416 .*share:target"):
        score(table, make_roster(1, numbers={"share": ["0"], "share:target": [target]}))


def test_every_criterion_leaves_out_events_that_only_take_off():
    points = {"deeds": {"kind": "count", "points": 5, "each": 1}, "late": {"kind": "event", "points": 5, "each": -1}}
    classes = {"top": {"at_least": 1, "requires": {"points": "every-criterion", "at_least_share": 0.5}}, "rest": {}}
    scores = score(make_set(points=points, classes=classes), make_roster(2, numbers={"deeds": ["5", "2"], "late": ["0", "0"]}))
    assert scores.results[0].class_.tolist() == ["top", "rest"]


def test_a_set_without_points_and_places_is_ranked_by_its_tie_break():
    women = {"kind": "tie-break", "prefer": [{"who": {"fact": "is-woman"}}]}
    criteria = make_set(awards={"title": {"clauses": {"first": women}}})
    assert score(criteria, make_roster(2, answers={"is_woman": [False, True]})).results[0].rank.tolist() == [2, 1]


def test_units_that_no_cluster_counts_are_noted():
    quota = {"kind": "quota", "share": 0.5, "of": "staff", "pooling": "cluster", "rounding": "floor"}
    roster = make_roster(1, units=["A"], clusters=["X"], headcounts={"A": {"staff": 4}, "B": {"staff": 4}})
    scores = score(make_set(awards={"title": {"clauses": {"places": quota}}}), roster)
    assert [(note.code, note.fields["n_units"]) for note in scores.notes] == [("SR414", "1")]
