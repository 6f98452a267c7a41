"""The opponent of the engine: the same rules as an ordinary Mesa model, an agent for each member, as fast as plain Python lets such a model be.

It follows ``docs/odd.md`` for the baseline of ``hanoi-2021`` (weighted reasons, no learning, no shock, no floors or caps) and refuses what that does not have.
The oracle of the tests is no fair opponent: it is written to be believed, and asks for every draw, share and condition anew. Here rules become functions once a
year, what lasts is kept on the agents, only who stands for something is looked at, and luck comes from tables. With the engine's own draws it awards the same
people (``tests/benchmarks/test_object_model.py``); figures are 64 bits but for priorities, where equals are common and must be equal in both.
"""

# ruff: noqa: INP001 - benchmarks stand beside the house, not in it
from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

import mesa
import numpy as np

from benchmarks.object_agents import CRITERIA, GRID, PRIORITY_STEPS, Collective, Council, Unit, by_score, share_terms, twice_the_middle
from benchmarks.object_rules import Award, Clock
from simulator.history import Achievements, History
from simulator.model.compiling import compile_regime
from simulator.model.effort import density_at_cut
from simulator.randomness import PoissonTable
from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.object_agents import Candidate, Member
    from benchmarks.object_rules import KeyedLuck, OrdinaryLuck
    from simulator.model.behaviour import Behaviour
    from simulator.population.generator import Population
    from simulator.rules.criteria import CriteriaSet

AUTHORITIES: Final = ("unit", "province", "state")


class Society(mesa.Model):
    """Members, units, collectives, clusters and councils, year by year.

    Parameters
    ----------
    population, criteria, behaviour, focus
        As for the engine.
    luck
        The engine's own draws, or ordinary ones.
    first_year
        Number of the first year.
    """

    def __init__(
        self, population: Population, criteria: CriteriaSet, behaviour: Behaviour, luck: KeyedLuck | OrdinaryLuck, *, focus: str, first_year: int = 1
    ) -> None:
        """Work out what lasts, and settle everybody."""
        super().__init__()
        self.luck, self.behaviour, self.population = luck, behaviour, population
        self.regime = compile_regime(criteria, behaviour, focus_award=focus)
        if behaviour.learns or behaviour.structure != "weighted" or behaviour.registration_reach < 1 or self.regime.ad_hoc_counts:
            message = "the object model knows the baseline of hanoi-2021 alone"
            raise NotImplementedError(message)
        if behaviour.leader_rating_weight or behaviour.lottery_weight or behaviour.tenure_effect or behaviour.leader_merit:
            message = "the object model knows the numbers of hanoi-2021 alone"
            raise NotImplementedError(message)
        self.clock = Clock(first_year, first_year)
        self.first_year, self.is_founding = first_year, True
        self._work_out_numbers()
        self.awards = [Award(rule, behaviour) for rule in self.regime.awards]
        self.awards_of_collectives = [Award(rule, behaviour) for rule in self.regime.collective_awards]
        self.ad_hoc_awards = [Award(rule, behaviour) for rule in self.regime.ad_hoc_awards]
        self.focus = next(award for award in self.awards if award.id == focus)
        self.awards_counted = sorted(
            {test.award for award in self.awards_of_collectives for test in award.rule.conditions if getattr(test, "fact", "") == "members-awarded"}
        )
        self.n_posts = population.n_members
        self.newcomers = [0] * self.n_posts
        starts, sizes, roles = population.groups.start.tolist(), population.groups.size.tolist(), population.role.tolist()
        self.units = [
            Unit(self, position, kind, range(start, start + size), roles[start : start + size])
            for position, (kind, start, size) in enumerate(zip(population.kind.tolist(), starts, sizes, strict=True))
        ]
        self.collectives = [Collective(self, unit, age) for unit, age in zip(self.units, population.age.tolist(), strict=True)]
        clusters: dict[int, list[Collective]] = defaultdict(list)
        for one, cluster in zip(self.collectives, population.cluster.tolist(), strict=True):
            clusters[cluster].append(one)
        self.clusters = list(clusters.values())
        self.councils = {authority: Council(self, authority) for authority in AUTHORITIES}
        self.records: list[dict[str, Any]] = []
        self.clock, self.is_founding = Clock(first_year - 1, first_year), False

    def _work_out_numbers(self) -> None:
        """Turn behavioural numbers into the factors that are needed member by member."""
        b, regime, weights = self.behaviour, self.regime, self.regime.weights
        stability = b.merit_stability
        self.steady, self.passing = math.sqrt(stability), math.sqrt(1 - stability)
        self.persistence, self.innovation = b.fortune_persistence, math.sqrt(1 - b.fortune_persistence**2)
        self.loadings = tuple(getattr(b, f"merit_loading_{name}") for name in CRITERIA)
        own = [math.sqrt(1 - loading**2) for loading in self.loadings]
        self.aptitude_parts, self.yearly_parts = [part * self.steady for part in own], [part * self.passing for part in own]
        self.lawful_scope = b.lawful_scope_share * b.post_loading_scope
        self.weights, self.post_loading = weights.of_criteria, weights.post_loading
        self.sigma, self.left_by_audit, self.leniency = regime.error_sd, 1 - b.detection, b.council_leniency
        self.cuts = [b.rating_completed_at, b.rating_well_at, b.rating_excellent_at]
        self.rating_cap, self.pull = regime.rating_cap, exact(b.collective_pull)
        self.thresholds = [(threshold.share, threshold.must_pass) for threshold in regime.thresholds]
        self.noise_part = self.sigma / math.sqrt(regime.appraisers["unit"])
        self.lasting_part, self.yearly_noise_part = math.sqrt(b.lasting_error_share), math.sqrt(1 - b.lasting_error_share)
        self.by_merit, self.by_awards = b.appointment_by_merit, b.appointment_by_awards
        self.memory, self.effort_effect, self.morale_gain = b.morale_memory, b.effort_effect, b.effort_base * b.morale_effect
        self.reasons = {name: getattr(b, f"{name}_weight") for name in ("turn", "rank", "prestige", "ladder")}
        left = 1.0
        for weight in self.reasons.values():
            left -= float(np.float32(weight))
        self.reasons["score"] = round(max(left, 0.0) * GRID) / GRID
        worth = regime.worth_of_focus * max(left, 0.0) * float(density_at_cut(np.array([regime.focus_share]))[0]) / math.sqrt(1 + self.sigma**2)
        self.base_gain = worth / b.effort_cost
        cost = regime.audit_share["unit"] * b.detection * b.penalty
        claims = round(max(worth * b.claim_return - cost, 0.0) / b.claim_cost * GRID) / GRID
        self.claims_in_files, self.chance_to_claim = weights.claim_loading * claims, min(b.claimed_deed_rate * claims, 1.0)
        means = [round(b.initiative_rate * math.exp(b.initiative_slope * (row / 16 - 5.0)), 9) for row in range(161)]
        self.initiative_table = PoissonTable.of_means(means)
        self.deed_table = PoissonTable.of_means((b.surprise_rate, b.surprise_rate * b.surprise_direct_factor))

    def ladder_term(self, award: Award) -> Callable[[Candidate], float]:
        """Give the weighted worth of the next step that is built on an award, for this year."""
        weight, patience = np.float32(self.reasons["ladder"]), self.behaviour.lookahead_patience
        steps, bit, award_id = award.ladder, self.clock.bit, award.id
        worth = [[float(weight * np.float32(step.worth * patience ** max(step.n_wins - had, 1))) for had in range(step.n_wins + 1)] for step in steps]
        without_any = max((row[0] for row in worth), default=0.0)

        def term(one: Candidate) -> float:
            years = one.won.get(award_id, 0)
            if not years & (bit >> 1):
                return without_any
            n_in_a_row, last = 0, bit >> 1
            while years & last:
                n_in_a_row, last = n_in_a_row + 1, last >> 1
            return max(row[min(n_in_a_row, len(row) - 1)] for row in worth)

        if any(step.window_years is not None for step in steps):
            message = f"the object model knows no windows of {award_id}"
            raise NotImplementedError(message)
        return term

    def step(self) -> None:
        """Live through one year."""
        clock = self.clock = Clock(self.clock.year + 1, self.first_year)
        now = self._draws(clock.year)
        self.winners: dict[str, list[Candidate]] = defaultdict(list)
        self.achievements: list[tuple[Member, float, bool]] = []
        self.ad_hoc = [(award, award.is_open_in(clock)) for award in self.ad_hoc_awards]
        self.n_dossiers: dict[int, int] = defaultdict(int)
        self._move_on(now)
        for unit in self.units:
            self._live_in(unit, now)
        for council in self.councils.values():
            council.open_year(clock.year)
        members = [one for unit in self.units for one in unit.members]
        for award in self.awards:
            self._hold_round(award, members)
        for one in self.collectives:
            one.compete(now, clock.bit)
        for award in self.awards_of_collectives:
            self._hold_round_of_collectives(award)
        self._inspect()
        self._close_year(members)
        self._write_down(members)

    def _draws(self, year: int) -> Any:
        """Make the draws of the year ready, once for everybody."""
        luck, b = self.luck, self.behaviour
        now = type("Draws", (), {})()
        now.leaves, now.standing = luck.chance("member.leaves", year, b.turnover), luck.normal("member.standing", year)
        now.filled_from_within = luck.chance("post.filled-from-within", year, b.appointed_from_within)
        now.fortune, now.tie = luck.normal("member.fortune", year), luck.tie(year)
        for name in CRITERIA:
            setattr(now, name, luck.normal(f"aptitude-of-the-year.{name}", year))
        now.rating_noise, now.noise = luck.normal("rating.noise", year), luck.normal("file.noise", year)
        now.lasting_noise, now.claims = luck.normal("file.lasting-noise", 0), luck.exponential("file.claims", year)
        now.initiatives = luck.poisson("member.initiatives", self.initiative_table, year)
        now.disciplined = luck.chance("member.disciplined", year, b.discipline_probability)
        now.false_initiatives = luck.chance("member.false-initiatives", year, b.fake_initiative_share)
        now.audited = luck.chance("council.unit.audits", year, self.regime.audit_share["unit"])
        now.deeds, now.month = luck.poisson("member.deeds", self.deed_table, year), luck.uniform("deed.month", year)
        now.claims_deed, now.found_out = luck.uniform("deed.claimed", year), luck.chance("deed.found-out", year, b.detection)
        now.noticed = luck.chance("deed.noticed", year, b.ad_hoc_reach)
        self.asks_a_step_up = luck.chance("unit.asks-a-step-up", year, b.escalation)
        return now

    def _move_on(self, now: Any) -> None:
        leaves = now.leaves
        for unit in self.units:
            leavers = []
            for one in unit.members:
                one.service += 1
                one.old_initiatives, one.initiatives = one.initiatives, 0
                if leaves(one.identity):
                    leavers.append(one)
            if leavers:
                unit.fill_posts(leavers, now)

    def _live_in(self, unit: Unit, now: Any) -> None:
        unit.strive()
        members = unit.members
        for one in members:
            one.show_merit(now)
            one.be_rated(now)
            one.write_file(now)
            one.do_deeds(now)
        unit.settle_ratings(self.clock.bit)

    def _asked_for(self, award: Award, eligible: list[Any]) -> list[Any]:
        """Keep those for whom units ask a higher authority: a step up for some, what the bar lets through for others."""
        if not award.is_asked_for:
            return eligible
        bar = self.councils[award.authority].bars.get(award.id, -math.inf)
        return [one for one in eligible if (award.level > one.highest_level if self.asks_a_step_up(one.identity) else one.score >= bar)]

    def _hold_round(self, award: Award, members: list[Member]) -> None:
        """7.7, for members."""
        is_open = award.is_open_in(self.clock)
        eligible = [one for one in members if is_open(one)]
        council = self.councils[award.authority]
        asked = self._asked_for(award, eligible)
        council.open_award(award)
        if award is self.focus:
            nominees = self._put_forward(award, asked)
            self.eligible, self.nominees = eligible, nominees
        elif award.quota is not None:
            message = f"the object model knows no places of {award.id}"
            raise NotImplementedError(message)
        else:
            nominees = asked
        self._decide(award, nominees)
        for one in nominees:
            self.n_dossiers[one.row] += 1

    def _put_forward(self, award: Award, asked: list[Member]) -> list[Member]:
        """Let each unit fill its places; keep what the same choice without claims needs."""
        share = exact(award.quota.share)
        holders = Counter(one.unit for one in self.winners[award.quota.of.holders_of])
        self.standing_for: dict[Unit, list[Member]] = defaultdict(list)
        for one in asked:
            self.standing_for[one.unit].append(one)
        self.n_places = {unit: (2 * share.numerator * n + share.denominator) // (2 * share.denominator) for unit, n in holders.items()}
        nominees = []
        for unit, eligible in self.standing_for.items():
            unit.compare_reasons(award)
            nominees += unit.put_forward(eligible, sorted(unit.members, key=by_score, reverse=True), self.n_places[unit])
        return nominees

    def _decide(self, award: Award, nominees: list[Any]) -> None:
        council, winners, bit = self.councils[award.authority], self.winners[award.id], self.clock.bit
        for one in nominees:
            reading, claims = council.read(award, one)
            if council.passes(award, one, reading + claims):
                self._give(award, one, bit)
                winners.append(one)

    def _give(self, award: Award, one: Candidate, bit: int) -> None:
        one.win(award.id, bit)
        if award.n_used:
            from_old = min(award.n_used, one.old_initiatives)
            one.old_initiatives -= from_old
            one.initiatives -= award.n_used - from_old

    def _hold_round_of_collectives(self, award: Award) -> None:
        """7.7 and 7.8, for collectives: a place of each cluster for the first in its order, or places of all for the best read."""
        is_open, quota = award.is_open_in(self.clock), award.quota
        council, bit = self.councils[award.authority], self.clock.bit
        council.open_award(award)
        if quota is None:
            self._decide(award, self._asked_for(award, [one for one in self.collectives if is_open(one)]))
            return
        if quota.pooling == "cluster":
            first_of_each = []
            for cluster in self.clusters:
                for one in cluster:
                    one.leads_cluster = True
                able = [one for one in cluster if is_open(one)]
                if able:
                    priority = self._priorities_in_cluster(award, cluster)
                    first_of_each.append(min(able, key=lambda one: (-priority[one], one.tie)))
            self._decide(award, first_of_each)  # a cluster fills the place it has, as a unit does
            return
        asked = self._asked_for(award, [one for one in self.collectives if is_open(one)])
        readings = {one: sum(council.read(award, one)) for one in asked}
        passed = sorted((one for one in asked if council.passes(award, one, readings[one])), key=readings.__getitem__, reverse=True)
        share = exact(quota.share)
        n_holders = sum(one.won.get(quota.of.holders_of, 0) & bit != 0 for one in self.collectives)
        for one in passed[: n_holders * share.numerator // share.denominator]:
            self._give(award, one, bit)
            self.winners[award.id].append(one)

    def _priorities_in_cluster(self, award: Award, cluster: list[Collective]) -> dict[Collective, int]:
        turn = self.behaviour.cluster_turn_weight
        waits = [one.waited(award.id) for one in cluster]
        turns = share_terms(len(cluster), turn, is_tied=True)
        of_wait = {wait: turns[place] for wait, place in twice_the_middle(waits).items()}
        terms = share_terms(len(cluster), round((1.0 - float(np.float32(turn))) * GRID) / GRID, is_tied=False)
        found = {}
        for one, term in zip(sorted(cluster, key=by_score, reverse=True), terms, strict=True):
            found[one] = int(np.rint(np.float32(np.float32(term + of_wait[one.waited(award.id)]) * np.float32(PRIORITY_STEPS))))
        return found

    def _inspect(self) -> None:
        """7.9: look again at some awards, and revoke what rests on false initiatives or on large claims."""
        b, year, bit = self.behaviour, self.clock.year, self.clock.bit
        finds = self.luck.chance("inspection.finds", year, b.detection)
        for award in self.awards:
            looks = self.luck.chance(f"inspection.{award.authority}", year, b.inspection_share)
            revoked = {
                one
                for one in self.winners[award.id]
                if looks(one.identity) and (one.claims > 1 or (award.n_used and one.has_false_initiatives)) and finds(one.identity)
            }
            if revoked:
                self.winners[award.id] = [one for one in self.winners[award.id] if one not in revoked]
                for one in revoked:
                    one.won[award.id] &= ~bit

    def _close_year(self, members: list[Member]) -> None:
        """7.10: waits, prestige, highest levels, morale."""
        decay, next_year = self.behaviour.prestige_decay, self.clock.year + 1
        for one in members:
            if one.prestige:
                one.prestige *= decay
        for award in (*self.awards, *self.awards_of_collectives):
            for one in self.winners[award.id]:
                one.prestige += award.value
                one.since[award.id] = next_year
                one.highest_level = max(one.highest_level, award.level)
        for award in self.ad_hoc_awards:
            for one in self.winners[award.id]:
                one.prestige += award.value
        eligible, awarded = defaultdict(list), defaultdict(list)
        for one in self.eligible:
            eligible[one.unit].append(one)
        for one in self.winners[self.focus.id]:
            awarded[one.unit].append(one)
        for unit in self.units:
            unit.judge(eligible.get(unit, []), awarded.get(unit, []))
        self.awarded_in = awarded

    def _write_down(self, members: list[Member]) -> None:
        """Keep of the year what the indicators read."""
        noise_choice = []
        for unit, awarded in self.awarded_in.items():
            able = self.standing_for[unit]
            noise_choice += sorted(able, key=lambda one: one.merit + one.noise, reverse=True)[: len(awarded)]
        delay = self.focus.delay_months
        winners = set(self.winners[self.focus.id])
        begin = 12.0 * self.clock.year
        self.records.append(
            {
                "year": self.clock.year,
                "member": np.array([one.identity for one in members]),
                "merit": np.array([one.merit for one in members], dtype=np.float32),
                "tie": np.array([one.tie for one in members], dtype=np.uint64),
                "is_eligible": self._marked(self.eligible),
                "is_nominated": self._marked(self.nominees),
                "is_noise_choice": self._marked(noise_choice),
                "is_choice_without_claims": self._marked(self._choose_without_claims()),
                "place_share": np.repeat([self.n_places.get(unit, 0) / len(unit.members) for unit in self.units], self.population.groups.size),
                "n_dossiers": np.array([self.n_dossiers.get(row, 0) for row in range(self.n_posts)], dtype=np.int8),
                "awards": {award.id: self._marked(self.winners[award.id]) for award in (*self.awards, *self.ad_hoc_awards)},
                "achievements": [
                    (
                        one.identity,
                        one.unit.position,
                        begin + month,
                        self._answered(one, begin, month, delay, winners, is_ad_hoc=is_ad_hoc),
                        is_ad_hoc,
                    )
                    for one, month, is_ad_hoc in self.achievements
                ],
                "collectives": {award.id: {one.unit.position for one in self.winners[award.id]} for award in self.awards_of_collectives},
            }
        )

    def _answered(self, one: Member, begin: float, month: float, delay: float, winners: set[Candidate], *, is_ad_hoc: bool) -> float:
        if is_ad_hoc:
            return begin + month + self.regime.ad_hoc_delay_months
        return begin + 12 + delay if one in winners else math.nan

    def _choose_without_claims(self) -> list[Member]:
        """Ask who would have won the focus award had nobody claimed."""
        award, council, chosen = self.focus, self.councils[self.focus.authority], []
        council.open_award(award)
        for unit, eligible in self.standing_for.items():
            in_order = sorted(unit.members, key=lambda one: one.score - one.claims, reverse=True)
            nominees = unit.put_forward(eligible, in_order, self.n_places[unit])
            chosen += [one for one in nominees if council.passes(award, one, council.read(award, one)[0])]
        return chosen

    def _marked(self, some: Sequence[Member]) -> np.ndarray:
        marks = np.zeros(self.n_posts, dtype=np.bool_)
        marks[[one.row for one in some]] = True
        return marks

    def history(self, *, n_history_years: int, base_salary: float | None = None) -> History:
        """Bind the years into the table the indicators read."""
        records, rules = self.records, (*self.regime.awards, *self.regime.ad_hoc_awards)
        years = np.repeat(np.array([record["year"] for record in records], dtype=np.int32), self.n_posts)
        columns = (
            "member",
            "merit",
            "tie",
            "is_eligible",
            "is_nominated",
            "is_noise_choice",
            "is_choice_without_claims",
            "place_share",
            "n_dossiers",
        )
        rows = [(*row, record["year"]) for record in records for row in record["achievements"]]
        member, unit, achieved, awarded, is_ad_hoc, year = (np.array(column) for column in zip(*rows, strict=True))
        return History(
            year=years,
            unit=np.tile(self.population.groups.of_member.astype(np.int32), len(records)),
            role=np.tile(self.population.role, len(records)),
            focus_award=self.focus.id,
            awards={rule.id: np.concatenate([record["awards"][rule.id] for record in records]) for rule in rules},
            award_values={rule.id: rule.value for rule in rules},
            award_levels={rule.id: rule.level for rule in rules if rule.is_asked_for},
            n_history_years=n_history_years,
            base_salary=base_salary,
            achievements=Achievements(member, unit.astype(np.int32), year.astype(np.int32), achieved, awarded, is_ad_hoc),
            **{name: np.concatenate([record[name] for record in records]) for name in columns},
        )
