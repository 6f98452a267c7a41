"""Why somebody was awarded: shares that add up, say nothing of what does nothing, and find what decides."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.model import attribution
from simulator.model.attribution import ASKING_AND_TIES, MECHANISMS, PARTS, shapley_shares
from simulator.model.behaviour import STRUCTURES, Behaviour
from simulator.model.effort import choose_effort
from simulator.model.files import write_files
from simulator.model.model import AwardModel
from simulator.model.nomination import put_question
from simulator.model.structures import PeerVoteUnit
from simulator.population.generator import uniform_population
from tests.cycles import begin_cycle
from tests.worlds import FOCUS, award, clause, criteria, live, one_award, quota

WEIGHTS = clause("weights", "weights", "results: 0.5, initiative: 0.2, scope: 0.2, conduct: 0.1")
VOTE = clause("vote", "stage", "order: 1, level: unit, vote: {threshold: 0.5, counts: all-members}")
USUAL = {
    "appraisal_reliability": 0.45,
    "turn_weight": 0.25,
    "rank_weight": 0.15,
    "prestige_weight": 0.05,
    "stakes": 1.0,
    "tenure_effect": 0.1,
    "reciprocity": 0.25,
    "escalation": 0.5,
    "council_bar_unit": -1.0,
    "fake_initiative_share": 0.1,
    "audit_share": 0.1,
}


def shares_of(rules, behaviour, *, years=5, n_units=30, size=20, focus=FOCUS, is_perfect=False):
    """Live for some years and give the shares of the last."""
    model = AwardModel(
        uniform_population(n_units, size, n_leaders=3), rules, behaviour, seed=1, focus_award=focus, is_perfect=is_perfect, collects=False
    )
    with model:
        model.run(years - 1)
        model.attributes = True
        return model.run(1).attributions[years]


def assert_decides_all_but_the_draw(shares, mechanism):
    """Of 90 places in 30 units the draw finds somebody by chance: its agreement is one trial around 0 of a standard deviation below .1."""
    assert {name: share for name, share in shares.items() if name not in (mechanism, ASKING_AND_TIES)} == dict.fromkeys(
        set(MECHANISMS) - {mechanism}, 0.0
    )
    assert shares[mechanism] + shares[ASKING_AND_TIES] == pytest.approx(1, abs=1e-12)
    assert abs(shares[ASKING_AND_TIES]) < 0.3


@given(worths=st.lists(st.integers(-1000, 1000), min_size=7, max_size=7), without=st.integers(-1000, 1000))
def test_shares_are_the_mean_over_all_orders(worths, without):
    players = ("a", "b", "c")
    sets = [frozenset(some) for some in ("a", "b", "c", "ab", "ac", "bc", "abc")]
    worth = {frozenset(): without / 1000} | {some: value / 1000 for some, value in zip(sets, worths, strict=True)}
    shares = shapley_shares(players, worth)
    for player in players:
        added = []
        for order in permutations(players):
            before = frozenset(order[: order.index(player)])
            added.append(worth[before | {player}] - worth[before])
        assert shares[player] == pytest.approx(sum(added) / 6, abs=1e-12)
    assert sum(shares.values()) == pytest.approx(worth[frozenset("abc")] - worth[frozenset()], abs=1e-12)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_parts_add_up_to_one(structure):
    behaviour = Behaviour(**USUAL, ladder_weight=0.05, lottery_weight=0.05, structure=structure)
    run = clause("run", "eligibility", f"requires: {{fact: award-run, award: {FOCUS}, at_least: 3}}")
    rules = criteria(award(FOCUS, quota()), award("upper", run, level=3, authority="province"), procedure=(WEIGHTS, VOTE))
    shares = shares_of(rules, behaviour)
    assert tuple(shares) == PARTS
    assert sum(shares.values()) == pytest.approx(1, abs=1e-12)
    assert shares["merit"] > 0.1
    assert shares["noise-and-lot"] > 0.1
    assert (shares["turn"] == 0) == (structure == "planning")


def test_everything_switched_on_chooses_the_real_winners():
    """The whole rests on this: a set with everything in it is worth exactly 1."""
    behaviour = Behaviour(**USUAL, ladder_weight=0.05, lottery_weight=0.05, structure="peer-vote")
    found = []

    class Watcher(attribution._World):
        def __init__(self, question, files, cycle, council):
            super().__init__(question, files, cycle, council)
            found.append(self.winners(MECHANISMS))

    rules = one_award(quota(), procedure=(WEIGHTS, VOTE))
    with pytest.MonkeyPatch.context() as patch, AwardModel(uniform_population(30, 20), rules, behaviour, collects=False, attributes=True) as model:
        patch.setattr(attribution, "_World", Watcher)
        history = model.run(3).history(n_history_years=0)
    won = history.is_awarded.reshape(3, -1)
    for year in range(3):
        for winners in found[2 * year : 2 * year + 2]:  # for the shares, and for the choice without claims
            assert sorted(winners.tolist()) == np.flatnonzero(won[year]).tolist()


def test_with_merit_alone_the_best_by_merit_win_who_reach_the_bar():
    """No error of unit or council, no generosity and no luck of votes is left."""
    numbers = {"appraisal_reliability": 0.45, "member_disagreement": 0.5, "reciprocity": 0.5, "council_bar_unit": 1.0, "council_deference": 0.5}
    cycle = begin_cycle(Behaviour(**numbers), one_award(quota(), procedure=(VOTE,)))
    files = write_files(cycle, choose_effort(cycle))
    priorities = PeerVoteUnit.priorities([], files, cycle)
    with AwardModel(cycle.population, one_award(quota()), collects=False) as model:
        council = model.councils["unit"]
        question = put_question(cycle.regime.focus, files, cycle, council, priorities)
        winners = attribution._World(question, files, cycle, council).winners(["merit"])
    expected = [
        member for unit in range(20) for member in np.argsort(-files.merit[20 * unit : 20 * unit + 20])[:3] + 20 * unit if files.merit[member] >= 1
    ]
    assert sorted(winners.tolist()) == sorted(expected)


@pytest.mark.parametrize(
    ("numbers", "mechanism"),
    [
        ({}, "merit"),
        ({"turn_weight": 1.0}, "turn"),
        ({"rank_weight": 1.0}, "post"),
        ({"prestige_weight": 1.0}, "prestige-and-ladder"),
        ({"lottery_weight": 1.0}, "noise-and-lot"),
    ],
)
def test_what_decides_alone_has_everything(numbers, mechanism):
    assert_decides_all_but_the_draw(shares_of(one_award(quota()), Behaviour(**numbers)), mechanism)


@pytest.mark.parametrize(
    ("mechanism", "numbers", "more"),
    [
        ("turn", {"turn_weight": 0.2}, {"turn_weight": 0.5}),
        ("post", {"rank_weight": 0.1}, {"rank_weight": 0.4}),
        ("prestige-and-ladder", {"prestige_weight": 0.1}, {"prestige_weight": 0.6}),
        ("noise-and-lot", {"appraisal_reliability": 0.8}, {"appraisal_reliability": 0.3}),
        ("claims", {"stakes": 0.5}, {"stakes": 5.0}),
        ("post", {"council_deference": 0.0, "council_bar_unit": 1.0}, {"council_deference": 1.5, "council_bar_unit": 1.0}),
    ],
)
def test_a_mechanism_with_more_weight_has_more_of_the_awards(mechanism, numbers, more):
    start = {"appraisal_reliability": 0.6, "claim_loading_results": 1.0}
    few, many = (shares_of(one_award(quota()), Behaviour(**{**start, **some}))[mechanism] for some in (numbers, more))
    assert many > few + 0.02


def test_criteria_are_a_reason_of_their_own():
    only = clause("weights", "weights", "results: 0.2, initiative: 0.2, scope: 0.5, conduct: 0.1")
    shares = shares_of(
        one_award(quota(), procedure=(only,)), Behaviour(post_loading_scope=0.0, post_loading_initiative=0.0, post_loading_conduct=0.0)
    )
    assert shares["criteria"] > 0.3
    assert shares["post"] == shares["claims"] == 0


def test_a_perfect_world_has_one_reason():
    shares = shares_of(one_award(quota(), procedure=(WEIGHTS,)), Behaviour(**USUAL), is_perfect=True)
    assert_decides_all_but_the_draw(shares, "merit")


def test_on_one_list_for_all_units_reasons_of_units_count_for_nothing():
    shares = shares_of(one_award(quota(pooling="all")), Behaviour(turn_weight=0.5, rank_weight=0.2, appraisal_reliability=0.45))
    assert shares["turn"] == shares["post"] == 0
    assert shares["merit"] + shares["noise-and-lot"] + shares[ASKING_AND_TIES] == pytest.approx(1, abs=1e-12)


def agreement_of_lists(lists):
    """Compare (real winners, others, members who meet the conditions) of each list, one list after the other."""
    found = sum(len(real & others) - len(real) * len(others) / n for real, others, n in lists)
    return found / sum(len(real) - len(real) ** 2 / n for real, _, n in lists)


@pytest.mark.parametrize("numbers", [{}, USUAL])
def test_without_any_mechanism_the_draw_decides_in_units_that_have_places(numbers):
    """Who would win by the draw alone is read from the list: the smallest draws of each unit, as many as it has places."""
    model = AwardModel(uniform_population(30, 20, n_leaders=3), one_award(quota()), Behaviour(**numbers), seed=1, collects=False)
    with model:
        model.run(2)
        model.attributes = True
        history = model.run(1).history(n_history_years=2)
        share = model.attributions[3][ASKING_AND_TIES]
    lists = []
    for unit in range(30):
        rows = np.flatnonzero((history.year == 3) & (history.unit == unit) & history.is_eligible)
        by_draw = rows[np.argsort(history.tie[rows])][:3]
        lists.append((set(rows[history.is_awarded[rows]].tolist()), set(by_draw.tolist()), len(rows)))
    assert share == pytest.approx(agreement_of_lists(lists), abs=1e-12)
    assert share != 0


def test_on_one_list_asking_alone_may_decide_much():
    """Units always ask for more than somebody has had, and for nothing else, so that 60 of 600 are left for 36 places."""
    upper = award("upper", quota(0.06, pooling="all"), level=3, authority="province")
    rules, behaviour = criteria(award(FOCUS, quota()), upper), Behaviour(appraisal_reliability=0.45, escalation=1.0)
    few = shares_of(rules, behaviour, focus="upper", years=16)
    assert 0.4 < few[ASKING_AND_TIES] < 0.75  # 36 of 60 that are left: (36·36/60 − 36²/600) / (36 − 36²/600) = .57
    assert sum(few.values()) == pytest.approx(1, abs=1e-12)
    assert few["merit"] > 0.05
    everybody = shares_of(rules, Behaviour(appraisal_reliability=0.45), focus="upper", years=16)
    assert abs(everybody[ASKING_AND_TIES]) < 0.1


def test_where_all_who_are_asked_for_are_awarded_asking_is_everything():
    """There is a place for everybody on the list, and no mechanism changes whom units ask for."""
    upper = award("upper", quota(0.9, pooling="all"), level=3, authority="province")
    shares = shares_of(criteria(award(FOCUS, quota()), upper), Behaviour(appraisal_reliability=0.45, escalation=1.0), focus="upper", years=2)
    assert shares == {name: float(name == ASKING_AND_TIES) for name in PARTS}


def test_where_nobody_else_could_have_been_chosen_there_is_no_reason():
    for rules in (one_award(quota(1.0)), one_award(quota(0.0))):
        assert all(np.isnan(share) for share in shares_of(rules, Behaviour()).values())


def test_clusters_have_reasons_too(monkeypatch):
    flag = award("flag", quota(0.25, pooling="cluster", rounding="nearest"), level=3, authority="province").replace("individual", "collective")
    behaviour = Behaviour(appraisal_reliability=0.45, cluster_turn_weight=0.4, cluster_reciprocity=0.3)
    agreements = []
    measure = attribution._agreement_with

    def watch(outcome, cycle):
        agreement = measure(outcome, cycle)
        agreements.append((outcome, agreement))
        return agreement

    monkeypatch.setattr(attribution, "_agreement_with", watch)
    ask = attribution._World.working

    def ask_everything(world):
        agreements.append(world.winners(MECHANISMS))
        return ask(world)

    monkeypatch.setattr(attribution._World, "working", ask_everything)
    shares = shares_of(criteria(award(FOCUS, quota()), flag), behaviour, n_units=64, focus="flag")
    assert sum(shares.values()) == pytest.approx(1, abs=1e-12)
    assert min(shares["merit"], shares["turn"], shares["noise-and-lot"]) > 0.05
    (outcome, _), winners = agreements
    assert sorted(winners.tolist()) == sorted(outcome.winners.tolist())  # marks and all
    assert shares["post"] == shares["claims"] == shares["criteria"] == 0


def test_without_claims_others_win():
    rules, behaviour = one_award(quota()), Behaviour(stakes=3.0, claim_loading_results=1.0)
    loud = live(rules, behaviour)
    assert (loud.is_awarded != loud.is_choice_without_claims).any()
    assert loud.is_choice_without_claims.sum() == loud.is_awarded.sum()
    assert loud.merit[loud.is_choice_without_claims].mean() > loud.merit[loud.is_awarded].mean()
    audited = live(rules, Behaviour(stakes=3.0, claim_loading_results=1.0, audit_share=1.0, detection=1.0, penalty=0.0))
    assert (audited.is_awarded == audited.is_choice_without_claims).all()
