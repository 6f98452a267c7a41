from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from simulator.model.behaviour import Behaviour
from simulator.model.effort import choose_effort
from simulator.model.files import write_files
from simulator.model.inspection import inspect
from simulator.model.nomination import decide_award
from simulator.model.ratings import has_false_initiatives
from tests.cycles import begin_cycle
from tests.worlds import FOCUS, award, clause, criteria, quota

SUSPICIOUS = Behaviour(inspection_share=0.5, detection=0.8, fake_initiative_share=0.5, initiative_rate=3.0)
USES = clause("uses", "eligibility", "requires: {fact: unused-initiatives, at_least: 1, consumed: true}")


class ReadsEverything:
    """A council that lets all pass, and counts what is revoked."""

    n_revoked = 0

    def read(self, rule, nominees, relies, files, cycle):
        return SimpleNamespace(score=files.merit[nominees], is_approved=np.ones(len(nominees), dtype=np.bool_))

    def remember(self, rule, nominees, reading, files, cycle):
        pass

    def last_bar(self, rule):
        return np.array([-np.inf])


@pytest.fixture
def inspected():
    def live(behaviour, *clauses, claims=0.0, is_perfect=False, authority="unit"):
        cycle = begin_cycle(behaviour, criteria(award(FOCUS, *clauses, authority=authority)), n_units=300, is_perfect=is_perfect)
        files = write_files(cycle, choose_effort(cycle))
        files = replace(files, claims=np.full_like(files.merit, claims))
        council = ReadsEverything()
        before = decide_award(cycle.regime.focus, files, cycle, council, lambda _rule, who: np.zeros(np.size(who)))
        outcomes = {FOCUS: before}
        inspect(outcomes, files, cycle, {authority: council})
        return before, outcomes[FOCUS], council, cycle

    return live


def test_awards_that_rest_on_false_initiatives_are_revoked_when_inspected_and_found_out(inspected):
    before, after, council, cycle = inspected(SUSPICIOUS, USES)
    lost = np.setdiff1d(before.winners, after.winners)
    assert len(lost) / len(before.winners) == pytest.approx(0.5 * 0.5 * 0.8, abs=0.02)
    assert has_false_initiatives(cycle, cycle.members.id[lost]).all()
    assert council.n_revoked == len(lost)
    holds = np.flatnonzero(cycle.members.award_years[FOCUS] & np.uint32(1))
    assert holds.tolist() == sorted(after.winners.tolist())
    assert len(after.initiatives_used) == len(after.winners)
    assert (after.nominees == before.nominees).all()


def test_false_initiatives_that_were_not_needed_do_no_harm(inspected):
    before, after, council, _ = inspected(SUSPICIOUS)
    assert (after.winners == before.winners).all()
    assert council.n_revoked == 0


@pytest.mark.parametrize(("claims", "share"), [(1.0, 0.0), (1.01, 0.5 * 0.8)])
def test_claims_above_one_standard_deviation_are_what_an_award_rests_on(inspected, claims, share):
    before, after, _, _ = inspected(replace(SUSPICIOUS, fake_initiative_share=0.0), claims=claims)
    assert 1 - len(after.winners) / len(before.winners) == pytest.approx(share, abs=0.02)


@pytest.mark.parametrize("off", [{"inspection_share": 0.0}, {"detection": 0.0}])
def test_nobody_inspects_without_inspections_or_eyes(inspected, off):
    before, after, _, _ = inspected(replace(SUSPICIOUS, **off), USES, claims=2.0)
    assert after is before


def test_the_lawful_best_needs_no_inspection(inspected):
    before, after, _, _ = inspected(SUSPICIOUS, USES, claims=2.0, is_perfect=True)
    assert after is before


def test_each_authority_inspects_by_its_own_luck(inspected):
    ids = []
    for authority in ("unit", "province"):
        before, after, _, cycle = inspected(replace(SUSPICIOUS, detection=1.0), authority=authority, claims=2.0)
        ids.append(set(cycle.members.id[np.setdiff1d(before.winners, after.winners)].tolist()))
    assert ids[0] != ids[1]


def test_everything_is_inspected_at_a_share_of_one(inspected):
    behaviour = replace(SUSPICIOUS, inspection_share=1.0, detection=1.0)
    _, after, _, cycle = inspected(behaviour, quota(0.3), claims=2.0)
    assert len(after.winners) == 0
    assert not (cycle.members.award_years[FOCUS] & np.uint32(1)).any()
