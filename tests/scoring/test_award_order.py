from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.errors import InputError
from simulator.scoring.award_order import asked_for, awards_in_order, chain_of, outside_the_round
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


def test_a_window_reads_decided_awards_and_brings_nothing():
    window = "award-count"
    assert awards_in_order(ladder(a=(1, this_year("b", window)), b=(2,))) == ("a", "b")
    assert awards_in_order(ladder(b=(2, this_year("a", window)), a=(1, this_year("b", window)))) == ("a", "b")


def test_a_chain_is_the_award_and_those_it_stands_on_those_of_one_step_at_once():
    every = ladder(top=(3, this_year("y"), this_year("x", "award-run")), y=(2,), x=(2, this_year("low")), low=(1,), other=(1,))
    assert chain_of(every, "top") == (("low",), ("x", "y"), ("top",))
    assert chain_of(every, "y") == (("y",),)
    assert chain_of(every, "other") == (("other",),)


def test_of_what_waits_for_nothing_the_lowest_level_comes_first():
    assert chain_of(ladder(top=(9, this_year("high"), this_year("low")), high=(3,), low=(1,)), "top") == (("low",), ("high",), ("top",))


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_the_order_inside_a_step_is_that_of_what_is_asked(names):
    first, second = names
    criteria = ladder(**{first: (1, this_year("elsewhere")), second: (1, this_year("somewhere")), "top": (2, this_year("a"), this_year("b"))})
    assert chain_of(criteria, "top")[0] == (first, second)


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


def test_an_award_nobody_knows_is_told_at_the_last_file_of_a_stack():
    criteria = ladder(a=(1,))
    places = {(0, "id"): ("base.yaml", 2), (1, "id"): ("overlay.yaml", 5)}
    stack = replace(criteria, headers=criteria.headers * 2, files=("base.yaml", "overlay.yaml"), provenance=places)
    with pytest.raises(InputError) as caught:
        awards_in_order(stack, "c")
    assert [(finding.file, finding.line) for finding in caught.value.findings] == [("overlay.yaml", 5)]


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
