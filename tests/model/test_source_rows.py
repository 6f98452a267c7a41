"""Rows S1 to S13 of the five source documents: each lever moved in a criteria set, or a scenario, moves its own indicator (docs/odd.md, section 9).

Each test also writes the lever down without moving it (an exhortation nobody follows, a floor of nothing, a stage that asks nothing), and expects the very same
history: what the indicator shows is the lever's doing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from simulator.history import Role
from simulator.model.effort import choose_effort
from simulator.model.model import AwardModel
from simulator.model.shock import Shock
from simulator.population.generator import generate, uniform_population
from simulator.population.spec import KindOfUnit, PopulationSpec
from simulator.rules.diffing import diff
from tests.odd_figures import named_tests, rows
from tests.shipped_worlds import ROOT, WHY, added, added_to, assumed, decree_91, indicator, lived, urged
from tests.worlds import FOCUS, award, clause, criteria, quota

AD_HOC = "giay-khen-dot-xuat"
FLAG = "co-thi-dua-tinh"
MEDAL = "medal"
UPPER = (("certificate", 0.1, 3, "province"), (MEDAL, 0.05, 4, "state"))
WORDS = {"vi": "Thử", "en": "Trial"}


def is_same(history, other):
    """Tell whether two histories hold the same awards, to the last one."""
    return all(np.array_equal(history.awards[award_id], other.awards[award_id]) for award_id in history.awards)


def urging(number, toward):
    """Give the shipped set with a sentence that urges but is not followed, and with one that is."""
    return [decree_91(principles=urged(number, toward, compliance)) for compliance in (0, 1)]


@lru_cache(maxsize=1)
def as_shipped():
    """Give the history under the shipped set."""
    return lived(decree_91()).history()


def histories(idle, *moved, without=None, **world):
    """Let sets live on the same luck: the lever absent, there and not moved (the same, to the last award), and moved.

    Returns
    -------
        The first, and those where it is moved.
    """
    before = as_shipped() if without is None and not world else lived(without or decree_91(), **world).history()
    assert is_same(before, lived(idle, **world).history())
    return before, *(lived(rules, **world).history() for rules in moved)


def changes(name, *lived_through):
    """Measure an indicator of several histories, and give how far each is from the first."""
    first, *others = (indicator(history, name) for history in lived_through)
    return [other - first for other in others]


def two_kinds(first, second, **of_second):
    """Lay out sixty units of each of two kinds."""
    same = {"title": WORDS, "basis": WORDS, "units": 60, "mean_size": 20.0, "leader_share": 0.15, "direct_share": 0.7}
    kinds = {first: KindOfUnit(**same), second: KindOfUnit(**same | of_second)}
    return generate(PopulationSpec(id="trial", title=WORDS, basis=WORDS, kinds=kinds))


def test_s1_who_is_not_asked_to_step_up_need_not_rise():
    """The next award need not be higher: with no step up asked for, awards above the unit fall as often as they rise."""

    def titles(compliance):
        words = f"compliance: {{value: {compliance}, low: 0, high: 1}}, moves: [{{assumption: escalation, toward: 0}}]"
        urge = () if compliance is None else (clause("urge", "exhortation", words),)
        upper = [award(name, quota(share, pooling="all"), level=level, authority=who) for name, share, level, who in UPPER]
        return criteria(award(FOCUS, quota()), *upper, principles=urge)

    always_up = assumed(escalation=1.0)
    lists = histories(titles(0), titles(1), without=titles(None), behaviour=always_up)
    assert indicator(lists[0], "ratchet_index") == 1
    assert indicator(lists[1], "ratchet_index") < 0.3
    # Over all levels the index would be nearly blind to it: the unit's own title comes in between, and every rise ends in a fall.
    with_the_title = [replace(history, award_levels={FOCUS: 2} | {name: level for name, _, level, _ in UPPER}) for history in lists]
    assert abs(changes("ratchet_index", *with_the_title)[0]) < 0.15


def test_s2_more_ad_hoc_awards_reach_direct_workers():
    before, after = histories(*urging("ad_hoc_reach", 0.8))
    assert after.awards[AD_HOC].mean() / before.awards[AD_HOC].mean() == pytest.approx(4, rel=0.15)
    direct = [history.awards[AD_HOC][history.role == Role.DIRECT].sum() / history.awards[AD_HOC].sum() for history in (before, after)]
    assert direct[1] == pytest.approx(0.69, abs=0.03)  # 60 % of the staff, who do half as many deeds again
    assert direct[0] > indicator(before, "direct_worker_share") + 0.1
    assert abs(changes("direct_worker_share", before, after)[0]) < 0.01  # the yearly title goes where it went


def test_s3_a_term_brings_awards_sooner_and_better_appraisal_finds_the_new():
    def track(days):
        return decree_91(procedure=f"  ad-hoc-track: {{decided_within_days: {days}, {WHY}}}\n")

    before, after = histories(track(21), track(5))
    is_at_once = before.achievements.is_ad_hoc[~np.isnan(before.achievements.awarded_at)].mean()
    assert changes("time_to_award_months", before, after)[0] == pytest.approx(-is_at_once * 16 / 21, abs=0.05)
    assert changes("discovery_recall", before, after) == [0]  # deeds noticed are no merit of the year
    before, after = histories(appraisal(1), appraisal(5))
    assert changes("discovery_recall", before, after)[0] > 0.04


def test_s4_an_overlay_is_read_compared_and_played():
    base = decree_91()
    reworded = decree_91(awards=f"  {FOCUS}:\n    clauses:\n      quota: {{title: {{vi: Khác, en: Other}}, {WHY}}}\n")
    fewer = decree_91(awards=f"  {FOCUS}:\n    clauses:\n      quota: {{share: 0.1, {WHY}}}\n")
    (row,) = diff(base, fewer).rows
    assert (row.clause, row.change, row.fields) == (f"{FOCUS}.quota", "changed", (("share", 0.15, 0.1),))
    before, after = histories(reworded, fewer)
    assert 0.5 < indicator(after, "award_rate") / indicator(before, "award_rate") < 0.8  # two thirds, but for rounding in each unit


def appraisal(appraisers, audit_share=0.1):
    return decree_91(procedure=f"  appraisal-at-unit: {{appraisers: {appraisers}, audit_share: {audit_share}, {WHY}}}\n")


def test_s5_appraisal_decides_how_well_awards_fit_merit():
    def strict(words):
        return decree_91(procedure=added("strict", "stage", f"level: unit, order: 11{words}"))

    before, five, audited = histories(appraisal(1), appraisal(5), appraisal(1, 0.5))
    assert changes("merit_kappa", before, five)[0] > 0.08
    assert changes("merit_ceiling", before, five)[0] > 0.2
    assert changes("awards_owed_to_chasing", before, audited)[0] < -0.04
    before, after = histories(strict(""), strict(", strictness: 0.8"))
    assert changes("award_rate", before, after)[0] < -0.01


@pytest.mark.parametrize(("size", "share_of_leaders"), [(20, 0.2), (8, 0.0)])
def test_s6_floors_hold_leaders_back_and_small_units_round_them_away(size, share_of_leaders):
    def floor(share, pooling="unit"):
        return decree_91(
            awards=added_to(FOCUS, "floor", "direct-worker-floor", f"share: {share}, counts_as_direct: [direct, staff], pooling: {pooling}")
        )

    before, half, pooled = histories(floor(0.0), floor(0.5), floor(0.5, "kind"), size=size, n_units=2400 // size)
    assert changes("leader_share", before, half)[0] < -0.04
    assert indicator(half, "leader_share") == pytest.approx(share_of_leaders, abs=0.03)
    assert indicator(pooled, "leader_share") > 0.15  # counted over all, half was never short
    if size == 8:
        assert indicator(half, "equal_opportunity_difference") < -0.3  # the deserving head is left out
    cap = added_to(FOCUS, "cap", "leader-cap", "share: 0.1, pooling: kind")
    capped = lived(decree_91(awards=cap), size=size, n_units=2400 // size).history()
    assert indicator(capped, "leader_share") == pytest.approx(0.1, abs=0.01)


def test_s7_consulting_before_state_awards_takes_time_and_ends_some_habits():
    def medals(words):
        stages = (clause("ask", "stage", f"level: province, order: 1, awards: [{MEDAL}]{words}"),) if words is not None else ()
        return criteria(award(FOCUS, quota()), award(MEDAL, quota(0.05), level=4, authority="state"), procedure=stages)

    asking = ", consults: [{vi: a, en: a}, {vi: b, en: b}], delay_days: 42"
    before, after = histories(medals(""), medals(asking), without=medals(None), focus=MEDAL)
    waits = [history.achievements.awarded_at - history.achievements.achieved_at for history in (before, after)]
    in_both = ~np.isnan(waits[0]) & ~np.isnan(waits[1])
    assert in_both.sum() > 20
    assert waits[1][in_both] - waits[0][in_both] == pytest.approx(2)
    turns = [float(lived(medals(words), assumed(learns=True), focus=MEDAL).norms.turn_weight.mean(dtype=float)) for words in (None, "", asking)]
    assert turns[0] == turns[1]
    assert turns[2] < turns[0] - 0.1
    claims = [lived(one_list(words), focus=MEDAL).history() for words in ("", asking)]
    assert changes("awards_owed_to_chasing", *claims)[0] < 0


def one_list(words):
    """Write a medal for which councils choose from one list."""
    stage = clause("ask", "stage", f"level: province, order: 1, awards: [{MEDAL}]{words}")
    medal = award(MEDAL, quota(0.05, pooling="all"), level=4, authority="state")
    return criteria(award(FOCUS, quota()), medal, procedure=(stage,))


def test_s8_a_gate_binds_the_sector_it_names():
    def gate(sector):
        words = f"sector: {sector}, requires: {{fact: rating-run, rating: excellent, at_least: 2}}, awards: [{FOCUS}]"
        return decree_91(procedure=added("gate", "sector-gate", words))

    population = two_kinds("office", "firm", sector="enterprise")
    before, after = histories(gate("army"), gate("enterprise"), population=population)
    is_firm = before.unit >= 60
    assert after.is_awarded[is_firm].mean() < 0.25 * before.is_awarded[is_firm].mean()
    assert np.array_equal(after.is_awarded[~is_firm], before.is_awarded[~is_firm])


def test_s9_a_track_all_year_round_answers_deeds_within_the_year():
    before, after = histories(*urging("ad_hoc_reach", 0.8))
    assert changes("recognised_within_12_months", before, after)[0] == pytest.approx(0.6, abs=0.1)
    assert changes("time_to_award_months", before, after)[0] < -1


def test_s10_checks_lower_claims_and_inspection_takes_awards_back():
    before, after = histories(*urging("audit_share", 0.5))
    assert changes("awards_owed_to_chasing", before, after)[0] < -0.04
    claims, revoked = [], []
    for rules in (decree_91(), *urging("audit_share", 0.5)):
        model = lived(rules, n_units=40, years=2, warm_up=2)
        claims.append(float(choose_effort(model._cycle()).claims.mean()))
    for rules in (decree_91(), *urging("inspection_share", 0.5)):
        model, n_revoked = AwardModel(uniform_population(120, 20, direct_share=0.7), rules, assumed(), seed=1, collects=False), 0
        for _ in range(8):
            model.step()
            n_revoked += sum(council.n_revoked for council in model.councils.values())
        revoked.append(n_revoked)
    assert claims[0] == claims[1] > 4 * claims[2]
    assert revoked[0] == revoked[1] < revoked[2] / 5


def test_s11_each_complaint_has_its_lever_and_its_headline():
    before, without_turns = histories(*urging("turn_weight", 0))
    assert changes("turn_taking_index", before, without_turns)[0] < -0.3
    before, without_regard = histories(*urging("rank_weight", 0))
    assert changes("equal_opportunity_difference", before, without_regard)[0] < -0.1

    def open_to_all(compliance):
        words = f"compliance: {{value: {compliance}, low: 0, high: 1}}, moves: [{{assumption: bar_drift, toward: 0}}]"
        return criteria(award(FOCUS), principles=() if compliance is None else (clause("urge", "exhortation", words),))

    falling = assumed(bar_drift=-0.05, council_bar_unit=0.5)
    before, held = histories(open_to_all(0), open_to_all(1), without=open_to_all(None), behaviour=falling)
    assert indicator(before, "excess_inflation") > 0.012
    assert indicator(held, "excess_inflation") == pytest.approx(0, abs=0.005)

    def bonus(multiple):
        return decree_91(awards=f"  {FOCUS}:\n    clauses:\n      bonus: {{multiple: {multiple}, {WHY}}}\n")

    before, dearer = histories(bonus(1.0), bonus(3.0))
    assert changes("awards_owed_to_chasing", before, dearer)[0] > 0.03


def test_s12_flags_are_given_by_the_same_code_one_level_up():
    def rest(years):
        return decree_91(awards=added_to(FLAG, "rest", "cooling-off", f"years: {years}"))

    world = {"focus": FLAG, "n_units": 480, "size": 8}
    before, after = histories(rest(0), rest(2), **world)
    flags = [history.is_awarded.reshape(len(history.years), -1) for history in (before, after)]
    repeats = [(won[1:] & won[:-1]).sum() / won[:-1].sum() for won in flags]
    assert repeats[0] > 0.1
    assert repeats[1] == 0
    everybody = [replace(history, is_eligible=None) for history in (before, after)]
    assert indicator(everybody[1], "turn_taking_index") > indicator(everybody[0], "turn_taking_index") + 0.5  # rotation by law
    by_turns = lived(decree_91(), assumed(cluster_turn_weight=0.75), **world).history()
    assert indicator(replace(by_turns, is_eligible=None), "turn_taking_index") > indicator(everybody[0], "turn_taking_index") + 0.3


def test_s13_a_shock_is_felt_where_and_when_it_falls():
    population = two_kinds("hospital", "school")
    where, years = {"kinds": frozenset({"hospital"}), "years": frozenset({2, 3})}, (2, 3)
    shocks = (None, Shock(**where), Shock(**where, roles=frozenset({Role.DIRECT, Role.STAFF}), deeds=10.0))
    before, idle, after = (lived(decree_91(), population=population, shock=shock, years=6).history() for shock in shocks)
    assert is_same(before, idle)

    def deeds(history, *, in_hospital, in_epidemic):
        done = history.achievements
        return (((done.unit < 60) == in_hospital) & (np.isin(done.year, years) == in_epidemic)).sum()

    assert deeds(after, in_hospital=True, in_epidemic=True) > 6 * deeds(before, in_hospital=True, in_epidemic=True)
    for elsewhere in ({"in_hospital": False, "in_epidemic": True}, {"in_hospital": True, "in_epidemic": False}):
        assert deeds(after, **elsewhere) == deeds(before, **elsewhere)
    letter = lived(decree_91(principles=urged("ad_hoc_reach", 0.5, 1)), population=population, shock=shocks[2], years=6).history()
    assert changes("recognised_within_12_months", after, letter)[0] == pytest.approx(0.3, abs=0.1)


def test_the_page_tells_every_row_and_names_tests_that_exist():
    assert rows(9) == [f"S{number}" for number in range(1, 14)]
    written = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("*/test_*.py"))
    assert [name for name in sorted(named_tests(9)) if f"def {name}(" not in written] == []
