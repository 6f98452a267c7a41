from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.scoring.award_order import asked_for, awards_in_order, outside_the_round
from tests.scoring.sets import eligible, make_set


def this_year(award, fact="awarded-this-year"):
    more = {
        "awarded-this-year": {},
        "award-run": {"at_least": 2},
        "award-count": {"at_least": 2, "within_years": 5},
        "years-since-award": {"at_least": 5},
    }
    return eligible({"fact": fact, "award": award, **more[fact]})


def ladder(**asks):
    """Make awards; each value is (level, what it asks for)."""
    return make_set(
        awards={name: {"level": level, "clauses": {f"c{n}": ask for n, ask in enumerate(clauses)}} for name, (level, *clauses) in asks.items()}
    )


def test_the_lowest_level_comes_first():
    assert awards_in_order(ladder(c=(3,), a=(1,), b=(2,))) == ("a", "b", "c")


@pytest.mark.parametrize(
    ("fact", "order"),
    [("awarded-this-year", ("a", "b")), ("award-run", ("a", "b")), ("award-count", ("b",)), ("years-since-award", ("b",))],
)
def test_one_award_brings_those_that_must_be_won_this_year(fact, order):
    criteria = ladder(b=(2, this_year("a", fact)), a=(1,), other=(1,))
    assert awards_in_order(criteria, "b") == order


def test_what_is_asked_for_comes_first_whatever_the_level():
    assert awards_in_order(ladder(a=(1, this_year("b")), b=(2,))) == ("b", "a")


def test_a_window_looks_at_this_year_where_that_award_is_scored_anyway():
    assert awards_in_order(ladder(a=(1, this_year("b", "award-count")), b=(2,))) == ("b", "a")
    both = ladder(a=(1, this_year("b", "award-count"), this_year("c")), b=(2,), c=(1, this_year("b", "award-run")))
    assert awards_in_order(both, "a") == ("b", "c", "a")


def test_windows_that_look_at_each_other_are_no_circle():
    window = "award-count"
    assert awards_in_order(ladder(b=(2, this_year("a", window)), a=(1, this_year("b", window)))) == ("a", "b")
    assert awards_in_order(ladder(a=(1, this_year("b", window)), b=(2, this_year("a")))) == ("a", "b")


def test_an_award_of_another_set_is_not_scored():
    assert awards_in_order(ladder(a=(1, this_year("elsewhere"))), "a") == ("a",)


def test_a_run_of_itself_is_no_circle():
    assert list(asked_for(ladder(a=(1, this_year("a", "award-run"))), "a")) == []


def test_a_circle_is_refused():
    with pytest.raises(InputError, match=r"SR410 .* a → b → a"):
        awards_in_order(ladder(a=(1, this_year("b")), b=(2, this_year("a"))))


def test_an_award_nobody_knows_is_refused_with_those_there_are():
    with pytest.raises(InputError, match=r"SR401 .* no award c; it has a, b"):
        awards_in_order(ladder(a=(1,), b=(2,)), "c")


def test_people_and_collectives_do_not_stand_on_one_list():
    awards = {"flag": {"clauses": {}, "target": "collective"}, "title": {"clauses": {}}}
    assert awards_in_order(make_set(awards=awards)) == ("title",)
    assert awards_in_order(make_set(awards=awards), "flag") == ("flag",)
    assert awards_in_order(make_set(awards={"flag": awards["flag"]})) == ("flag",)


def test_a_deed_outside_the_yearly_round_is_scored_when_named():
    awards = {"year": {"clauses": {}}, "deed": {"clauses": {}, "kind": "ad-hoc"}, "team": {"clauses": {}, "target": "collective"}}
    criteria = make_set(awards=awards)
    assert outside_the_round(criteria) == ("deed",)
    assert awards_in_order(criteria) == ("year",)
    assert awards_in_order(criteria, "deed") == ("deed",)


def test_a_set_of_nothing_but_deeds_is_scored_whole():
    criteria = make_set(awards={"deed": {"clauses": {}, "kind": "ad-hoc"}})
    assert (outside_the_round(criteria), awards_in_order(criteria)) == ((), ("deed",))


def test_deeds_of_people_do_not_hide_the_awards_of_collectives():
    criteria = make_set(awards={"deed": {"clauses": {}, "kind": "ad-hoc"}, "team": {"clauses": {}, "target": "collective"}})
    assert awards_in_order(criteria) == ("team",)
