"""Priorities of a year: every award of the year, all units at once or one by one, and the same year seen through other files."""

from __future__ import annotations

import mesa
import numpy as np
import pytest

from simulator.model.behaviour import Behaviour
from simulator.model.effort import choose_effort
from simulator.model.files import write_files
from simulator.model.norms import REASONS
from simulator.model.priorities import ALL_REASONS
from simulator.model.structures import STRUCTURE_UNITS, PeerVoteUnit, WeighingUnit
from tests.cycles import begin_cycle

NUMBERS = {"appraisal_reliability": 0.45, "turn_weight": 0.2, "rank_weight": 0.1, "reciprocity": 0.4}


def begin(kind=WeighingUnit, *, is_perfect=False, **numbers):
    cycle = begin_cycle(Behaviour(**{**NUMBERS, **numbers}), is_perfect=is_perfect)
    files = write_files(cycle, choose_effort(cycle))
    return kind.priorities([], files, cycle), files, cycle


def test_units_that_weigh_alike_and_units_that_do_not():
    priorities, files, cycle = begin()
    alike = priorities(cycle.regime.focus)
    assert alike.dtype == np.float32
    cycle.norms.turn_weight[3] = 0.9
    apart = WeighingUnit.priorities([], files, cycle)(cycle.regime.focus)
    is_third = cycle.population.groups.of_member == 3
    assert (apart[~is_third] == alike[~is_third]).all()
    assert (apart[is_third] != alike[is_third]).any()


class Neighbourly(WeighingUnit):
    """A unit that is asked by itself."""

    def priority(self, reasons):
        """Weigh as others do."""
        return super().priority(reasons)


@pytest.mark.parametrize("kind", [*STRUCTURE_UNITS.values(), Neighbourly])
@pytest.mark.parametrize("is_alike", [True, False])
def test_some_members_have_the_priority_they_have_among_all(kind, is_alike):
    _, files, cycle = begin(kind)
    cycle.norms.turn_weight[3] = 0.2 if is_alike else 0.6
    groups = cycle.population.groups
    units = [kind(mesa.Model(), 0, slice(start, start + size)) for start, size in zip(groups.start, groups.size, strict=True)]
    priorities = kind.priorities(units, files, cycle)
    some = np.arange(2, groups.n_members, 7)
    assert priorities(cycle.regime.focus, some).tolist() == priorities(cycle.regime.focus)[some].tolist()


@pytest.mark.parametrize("structure", sorted(STRUCTURE_UNITS))
def test_the_same_files_with_every_reason_are_the_same_year(structure):
    priorities, files, cycle = begin(STRUCTURE_UNITS[structure])
    seen = priorities.seen_through(files.score, ALL_REASONS, has_noise=True)
    assert (seen(cycle.regime.focus) == priorities(cycle.regime.focus)).all()


def test_a_reason_left_out_has_no_weight():
    priorities, files, cycle = begin()
    is_kept = np.array([reason == "score" for reason in REASONS])
    seen = priorities.seen_through(files.score, is_kept, has_noise=True)(cycle.regime.focus)
    for unit in range(3):
        members = slice(20 * unit, 20 * unit + 20)
        assert (np.argsort(seen[members]) == np.argsort(files.score[members])).all()


def test_marks_of_peers_are_files_and_generosity():
    priorities, files, cycle = begin(PeerVoteUnit, turn_weight=0.0, rank_weight=0.0)
    generosity = cycle.normal_once("member.generosity", cycle.members.id)
    mark = np.float32(0.6) * files.score + np.float32(0.4) * generosity
    assert (np.argsort(priorities(cycle.regime.focus)[:20]) == np.argsort(mark[:20])).all()
    fair = priorities.seen_through(files.score, ALL_REASONS, has_noise=False)(cycle.regime.focus)
    assert (np.argsort(fair[:20]) == np.argsort(files.score[:20])).all()
    assert priorities.has_generosity
    assert not begin(PeerVoteUnit, is_perfect=True)[0].has_generosity
    assert not begin(PeerVoteUnit, reciprocity=0.0)[0].has_generosity
    assert not begin(WeighingUnit)[0].has_generosity


def test_perfect_units_have_one_reason():
    priorities, _, _ = begin(is_perfect=True)
    assert (priorities.weights == np.eye(6, dtype=np.float32)[:, :1]).all()
