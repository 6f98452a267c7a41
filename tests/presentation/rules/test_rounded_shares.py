"""Every share of a set is rounded once, and says which clauses rule it."""

from __future__ import annotations

from simulator.presentation.rules.rounded_shares import rounded_shares
from simulator.rules.assembly import read_criteria
from simulator.rules.rounding import rounding_lens
from simulator.workspace import find_workspace


def test_each_share_stands_once_with_the_places_of_the_lens(pytestconfig):
    criteria = read_criteria("decree-91", find_workspace(explicit=pytestconfig.rootpath))
    shares = rounded_shares(criteria, "vi")
    assert [each.share for each in shares] == sorted(each.share for each in shares)
    found = {(each.share, each.rounding): each.places for each in shares}
    assert len(found) == len(shares)
    assert found == {(float(row.share), row.rounding): row.places for row in rounding_lens(criteria)}
    twice = next(each for each in shares if each.share == 0.2)
    assert len(twice.titles) == 2
