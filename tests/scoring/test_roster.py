from __future__ import annotations

from fractions import Fraction

from simulator.scoring.roster import People
from tests.scoring.rosters import make_roster


def test_a_number_is_given_exactly_as_it_was_written():
    roster = make_roster(numbers={"quality": ["90.1", "7"]})
    assert [roster.number("quality", row) for row in range(2)] == [Fraction(901, 10), Fraction(7)]
    assert roster.n_nominees == 2


def test_people_print_nothing_of_themselves():
    people = People(("NV-1",), ("Trần Thị Ánh",))
    assert repr(people) == "People(1 nominees)"
    assert "Ánh" not in repr(make_roster(names=["Trần Thị Ánh"]))
