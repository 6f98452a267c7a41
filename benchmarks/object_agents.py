"""The agents of the model of one object a member (:mod:`benchmarks.object_model`): members, units, councils and collectives (``docs/odd.md`` 7.1 to 7.11)."""

# ruff: noqa: INP001 - benchmarks stand beside the house, not in it
from __future__ import annotations

import math
from bisect import bisect_right
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

import mesa
import numpy as np

from simulator.history import FIRST_LEADING_ROLE, Role
from simulator.rules.facts import RATINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.object_model import Society
    from benchmarks.object_rules import Award

SCORE_STEPS: Final = 2**18
PRIORITY_STEPS: Final = 4194303.0
SPLIT: Final = 2.0**29 + 1
"""``c = x * SPLIT; c - (c - x)`` is x rounded to 32 bits."""
GRID: Final = 2**20
COLLECTIVE: Final = 2**40
NEXT_HEAD: Final = 2**32
WELL, EXCELLENT = RATINGS.index("completed-well"), RATINGS.index("excellent")
CRITERIA: Final = ("results", "initiative", "scope", "conduct")
FIRST_SERVICE: Final = 5
LONGEST_WAIT: Final = 127
by_score, by_merit = attrgetter("score"), attrgetter("merit")


@lru_cache(maxsize=4096)
def share_terms(size: int, weight: float, *, is_tied: bool) -> list[float]:
    """Weigh the rank shares of a unit of some size: by place, 0 the best, or by twice the middle place from the bottom where equals share it."""
    last = np.float32(max(size - 1, 1))
    steps = (
        np.arange(2 * size - 1, dtype=np.float32) / np.float32(2 * max(size - 1, 1)) if is_tied else (last - np.arange(size, dtype=np.float32)) / last
    )
    return (np.float32(weight) * (np.full(len(steps), 0.5, dtype=np.float32) if size == 1 else steps)).tolist()


def twice_the_middle(values: Sequence[int]) -> dict[int, int]:
    """Give each value twice the middle of the places its holders share, from the bottom."""
    counts: dict[int, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    below, found = 0, {}
    for value in sorted(counts):
        found[value] = 2 * below + counts[value] - 1
        below += counts[value]
    return found


class Candidate(mesa.Agent):
    """Whoever can be awarded, a member or a collective: what it is, what it remembers."""

    def __init__(self, society: Society, identity: int, arrived: int) -> None:
        """Bring talent and fortune, and no past; who was there from the beginning was founded in the year 0."""
        super().__init__(society)
        self.identity = identity
        self.talent = society.luck.normal("member.talent", 0)(identity)
        self.steady = society.steady * self.talent
        self.fortune = society.luck.normal("member.first-fortune", 0 if society.is_founding else arrived)(identity)
        self.arrived = arrived
        self.since: dict[str, int] = {}
        self.won: dict[str, int] = {}
        self.years_rated = [0] * len(RATINGS)
        self.initiatives = self.old_initiatives = 0
        self.highest_level = 0
        self.prestige = 0.0
        self.is_disciplined = self.leads = False
        self.merit = self.noise = self.claims = self.criteria = self.score = 0.0
        self.tie = self.rating = 0

    def waited(self, award: str) -> int:
        """Years since the award was last won, or since it came."""
        return min(self.model.clock.year - self.since.get(award, self.arrived), LONGEST_WAIT)

    def win(self, award: str, bit: int) -> None:
        """Remember an award."""
        self.won[award] = self.won.get(award, 0) | bit

    def remember_rating(self, bit: int) -> None:
        """Remember the rating of the year, and all below it."""
        for rating in range(self.rating + 1):
            self.years_rated[rating] |= bit


class Member(Candidate):
    """One person in one post."""

    def __init__(self, society: Society, unit: Unit, row: int, role: int, identity: int, arrived: int, service: int) -> None:
        """Settle in a post."""
        super().__init__(society, identity, arrived)
        self.unit, self.service = unit, service
        self.take_post(row, role)
        self.aptitudes = [
            part * society.luck.normal(f"aptitude.{name}", 0)(identity) for name, part in zip(CRITERIA, society.aptitude_parts, strict=True)
        ]
        self.lasting_noise, self.head_of_noise = 0.0, -1
        self.is_audited = self.has_false_initiatives = False

    def take_post(self, row: int, role: int) -> None:
        """Take a post of the unit."""
        self.row, self.role = row, role
        self.leads, self.is_direct = role >= FIRST_LEADING_ROLE, int(role == Role.DIRECT)

    def show_merit(self, now: Any) -> None:
        """7.3: general merit, and what each criterion shows of it."""
        society, identity = self.model, self.identity
        fortune = self.fortune = society.persistence * self.fortune + society.innovation * now.fortune(identity)
        general = self.steady + society.passing * fortune + self.unit.lift
        results, initiative, scope, conduct = self.aptitudes
        in_results, in_initiative, in_scope, in_conduct = society.loadings
        of_results, of_initiative, of_scope, of_conduct = society.yearly_parts
        steps = SCORE_STEPS
        merit = self.merit = round((in_results * general + results + of_results * now.results(identity)) * steps) / steps
        self.shown_initiative = round((in_initiative * general + initiative + of_initiative * now.initiative(identity)) * steps) / steps
        wider = society.lawful_scope if self.leads else 0.0
        shown_scope = round((in_scope * general + scope + of_scope * now.scope(identity) + wider) * steps) / steps
        shown_conduct = round((in_conduct * general + conduct + of_conduct * now.conduct(identity)) * steps) / steps
        a, b, c, d = society.weights
        self.criteria = round((a * merit + b * self.shown_initiative + c * shown_scope + d * shown_conduct - merit) * steps) / steps

    def be_rated(self, now: Any) -> None:
        """7.4, as far as it concerns one member."""
        society, identity = self.model, self.identity
        self.tie = now.tie(identity)
        self.rating_score = self.merit + society.sigma * now.rating_noise(identity)
        self.rating = bisect_right(society.cuts, self.rating_score)
        self.initiatives = now.initiatives(identity, round((min(max(self.shown_initiative, -5.0), 5.0) + 5.0) * 16))
        self.is_disciplined = now.disciplined(identity)

    def write_file(self, now: Any) -> None:
        """7.6: the score of the file."""
        society, unit, identity = self.model, self.unit, self.identity
        self.has_false_initiatives = now.false_initiatives(identity)
        self.is_audited = is_audited = now.audited(identity)
        claims = unit.claims_in_files * now.claims(identity) if unit.claims_in_files else 0.0
        self.claims = claims = claims * society.left_by_audit if is_audited else claims
        if self.head_of_noise != unit.head_key:
            self.head_of_noise = unit.head_key
            self.lasting_noise = society.lasting_part * now.lasting_noise(identity + NEXT_HEAD * unit.head_key)
        self.noise = noise = society.noise_part * (society.yearly_noise_part * now.noise(identity) + self.lasting_noise)
        score = self.merit + noise + claims + self.criteria
        self.score = score + society.post_loading if self.leads else score

    def do_deeds(self, now: Any) -> None:
        """7.5: a deed, or the claim of one, and whether it is answered at once."""
        society, identity = self.model, self.identity
        is_done = now.deeds(identity, self.is_direct) > 0
        if not is_done and not (now.claims_deed(identity) < self.unit.chance_to_claim and not (self.is_audited and now.found_out(identity))):
            return
        is_rewarded = False
        if now.noticed(identity):
            for award, is_open in society.ad_hoc:
                if is_open(self):
                    society.winners[award.id].append(self)
                    is_rewarded = True
        if is_done:
            society.achievements.append((self, 12 * now.month(identity), is_rewarded))


class Unit(mesa.Agent):
    """A unit: its members, and in which order it puts them forward."""

    def __init__(self, society: Society, position: int, kind: int, rows: range, roles: list[int]) -> None:
        """Settle members in the posts."""
        super().__init__(society)
        self.position, self.kind, self.first_row, self.roles = position, kind, rows.start, roles
        self.morale = 0.5
        self.head_place = roles.index(Role.HEAD) if Role.HEAD in roles else None
        places = twice_the_middle(roles)
        terms = share_terms(len(roles), society.reasons["rank"], is_tied=True)
        self.post_terms = {role: terms[place] for role, place in places.items()}
        self.members = [Member(society, self, row, role, row, society.clock.year, FIRST_SERVICE) for row, role in zip(rows, roles, strict=True)]

    def strive(self) -> None:
        """7.2: what effort adds to merit, and claims; without learning only morale moves them."""
        society = self.model
        gain = society.base_gain + society.morale_gain * (self.morale - 0.5)
        self.lift = society.effort_effect * (round(gain * GRID) / GRID)
        self.claims_in_files, self.chance_to_claim = society.claims_in_files, society.chance_to_claim
        head = self.head_place
        self.head_key = 0 if head is None else self.members[head].identity + 1

    def settle_ratings(self, bit: int) -> None:
        """7.4: the set's cap on "excellent", then the pull of collective titles."""
        members, society = self.members, self.model
        n_good = sum(one.rating >= WELL for one in members)
        if society.rating_cap is not None:
            excellent = [one for one in members if one.rating == EXCELLENT]
            cap = society.rating_cap
            most = n_good * cap.numerator // (cap.numerator + cap.denominator)
            if len(excellent) > most:
                excellent.sort(key=attrgetter("rating_score"), reverse=True)
                for one in excellent[most:]:
                    one.rating = WELL
        completed = [one for one in members if one.rating == WELL - 1]
        pull = society.pull
        most = min(len(members) * pull.numerator // pull.denominator, len(completed))
        n_lifted = 0
        for share, must_pass in society.thresholds:
            wanted = len(members) * share.numerator
            short = (wanted // share.denominator + 1 if must_pass else -(-wanted // share.denominator)) - n_good
            n_lifted = max(n_lifted, short if short <= most else 0)
        if n_lifted > 0:
            completed.sort(key=attrgetter("rating_score"), reverse=True)
            for one in completed[:n_lifted]:
                one.rating = WELL
        for one in members:
            one.remember_rating(bit)

    def fill_posts(self, leavers: list[Member], now: Any) -> None:
        """7.1: some of the vacant posts that lead are filled from within, all others by newcomers."""
        society = self.model
        vacated = {one.row: one for one in leavers}
        appointed: dict[int, Member] = {}
        gone = set(leavers)
        staying = [one for one in self.members if one not in gone] if any(one.leads for one in leavers) else []
        standing = {one: one.talent * society.by_merit + one.prestige * society.by_awards + now.standing(one.identity) for one in staying}

        def best(of: Callable[[Member], bool]) -> Member | None:
            return max((one for one in standing if of(one)), key=standing.__getitem__, default=None)

        for role in (Role.HEAD, Role.DEPUTY):
            for row in sorted(row for row in vacated if self.roles[row - self.first_row] == role):
                if not now.filled_from_within(vacated[row].identity):
                    continue
                deputy = best(lambda one: one.role == Role.DEPUTY) if role == Role.HEAD else None
                chosen = deputy or best(lambda one: one.role < FIRST_LEADING_ROLE)
                if chosen is not None:
                    appointed[row] = chosen
                    vacated[chosen.row] = chosen
                    del standing[chosen]
        for row, one in appointed.items():
            del vacated[row]
            one.take_post(row, self.roles[row - self.first_row])
            self.members[row - self.first_row] = one
        for row in vacated:
            society.newcomers[row] += 1
            identity = row + society.n_posts * society.newcomers[row]
            self.members[row - self.first_row] = Member(society, self, row, self.roles[row - self.first_row], identity, society.clock.year, 0)
        for one in leavers:
            one.remove()

    def compare_reasons(self, award: Award) -> None:
        """Weigh what speaks for each member beside the score: turn, post, prestige, and the next step of the ladder."""
        members, reasons, size = self.members, self.model.reasons, len(self.members)
        waits = [one.waited(award.id) for one in members]
        prestiges = [min(round(one.prestige * 8), 255) for one in members]
        turn_terms, prestige_terms = share_terms(size, reasons["turn"], is_tied=True), share_terms(size, reasons["prestige"], is_tied=True)
        of_wait = {wait: turn_terms[place] for wait, place in twice_the_middle(waits).items()}
        of_prestige = {step: prestige_terms[place] for step, place in twice_the_middle(prestiges).items()}
        posts, ladder_term = self.post_terms, self.model.ladder_term(award)
        for one, wait, prestige in zip(members, waits, prestiges, strict=True):
            one.reasons = (of_wait[wait], posts[one.role], of_prestige[prestige], ladder_term(one))

    def priorities(self, in_order: list[Member]) -> dict[Member, int]:
        """7.7: the weighted index of every member, best file first, on the grid, rounded to 32 bits at every step as equals must stay equal."""
        terms, split, found = share_terms(len(in_order), self.model.reasons["score"], is_tied=False), SPLIT, {}
        for one, q in zip(in_order, terms, strict=True):
            turn, post, prestige, ladder = one.reasons
            q += turn  # noqa: PLW2901 - rounded as it grows
            c = q * split
            q = c - (c - q) + post  # noqa: PLW2901
            c = q * split
            q = c - (c - q) + prestige  # noqa: PLW2901
            c = q * split
            q = c - (c - q) + ladder  # noqa: PLW2901
            c = q * split
            q = (c - (c - q)) * PRIORITY_STEPS  # noqa: PLW2901
            c = q * split
            found[one] = round(c - (c - q))
        return found

    def put_forward(self, eligible: list[Member], in_order: list[Member], n_places: int) -> list[Member]:
        """Fill the places from the top."""
        priority = self.priorities(in_order)
        return sorted(eligible, key=lambda one: (-priority[one], one.tie))[:n_places]

    def judge(self, eligible: list[Member], awarded: list[Member]) -> None:
        """7.10: morale follows how far the awarded were the deserving."""
        society = self.model
        deserving = sorted(eligible, key=lambda one: (-one.merit, one.tie))[: len(awarded)]
        misplaced = 2 * (len(awarded) - len(set(deserving) & set(awarded))) / len(self.members)
        self.morale = round((society.memory * self.morale + (1 - society.memory) * (1 - misplaced)) * GRID) / GRID


class Council(mesa.Agent):
    """The council of one authority."""

    def __init__(self, society: Society, authority: str) -> None:
        """Convene."""
        super().__init__(society)
        self.authority = authority
        self.bars: dict[str, float] = {}

    def open_year(self, year: int) -> None:
        """Make the draws of the year ready."""
        society, stream = self.model, f"council.{self.authority}"
        luck, behaviour = society.luck, society.behaviour
        self.bar = getattr(behaviour, f"council_bar_{self.authority}") + behaviour.bar_drift * max(year, 0)
        self._noise, self._vote = luck.normal(f"{stream}.noise", year), luck.uniform(f"{stream}.vote", year)
        self._audits = luck.chance(f"{stream}.audits", year, society.regime.audit_share[self.authority])
        self._heard: dict[Candidate, tuple[float, float, bool]] = {}
        self._found: dict[Candidate, bool] = {}

    def open_award(self, award: Award) -> None:
        """Set the bar of an award, and work out what its files go through."""
        society, year = self.model, self.model.clock.year
        behaviour, stream = society.behaviour, f"council.{self.authority}.finds"
        self.bars[award.id] = self.bar
        self._fresh = math.sqrt((1 - behaviour.dossier_error_share) / award.appraisers) * society.sigma
        self._shared = math.sqrt(behaviour.dossier_error_share)
        self._for_leaders = society.post_loading + behaviour.council_deference
        left = award.left_by_all
        self._finds = {
            is_audited: society.luck.chance(stream, year, 1 - (society.left_by_audit * left if is_audited else left)) for is_audited in (False, True)
        }
        self._found = {}

    def hear(self, one: Candidate) -> tuple[float, float, bool]:
        """Give the luck of a file before this council: the same for all awards of a year."""
        if one not in self._heard:
            identity = one.identity
            is_audited = (
                one.is_audited if self.authority == "unit" and isinstance(one, Member) else self.authority != "unit" and self._audits(identity)
            )
            self._heard[one] = (self._noise(identity), self._vote(identity), is_audited)
        return self._heard[one]

    def read(self, award: Award, one: Candidate) -> tuple[float, float]:
        """Read a file: what it is worth without claims, and what is left of claims."""
        noise, _, is_audited = self.hear(one)
        reading = one.merit + self._shared * one.noise + self._fresh * noise + one.criteria + self.model.leniency
        claims = one.claims * award.left_by_all
        if is_audited and self.authority != "unit":
            claims *= self.model.left_by_audit
        return reading + self._for_leaders if one.leads else reading, claims

    def passes(self, award: Award, one: Candidate, reading: float) -> bool:
        """Vote, and refuse what rests on false initiatives that are found."""
        _, vote, is_audited = self.hear(one)
        if vote >= award.chances[min(max(round((reading - self.bar) * 16), -128), 128) + 128]:
            return False
        if not award.n_used or not one.has_false_initiatives:
            return True
        if one not in self._found:
            self._found[one] = self._finds[is_audited](one.identity)
        return not self._found[one]


class Collective(Candidate):
    """A unit as a member of its cluster."""

    has_false_initiatives = leads_cluster = False

    def __init__(self, society: Society, unit: Unit, age: int) -> None:
        """Begin without a past."""
        super().__init__(society, COLLECTIVE + unit.position, society.clock.year)
        self.unit, self.age, self.n_members = unit, age, len(unit.members)
        self.generosity = society.luck.normal("collective.generosity", 0)(self.identity)

    def compete(self, now: Any, bit: int) -> None:
        """7.8: merit, rating and mark of the year; and what clauses count among the members."""
        society, b, members = self.model, self.model.behaviour, self.unit.members
        self.fortune = society.persistence * self.fortune + society.innovation * now.fortune(self.identity)
        own = b.unit_effect_share
        common = math.sqrt(1 - own) * math.sqrt(len(members)) * (sum(map(by_merit, members)) / len(members))
        self.merit = round((math.sqrt(own) * (self.steady + society.passing * self.fortune) + common) * SCORE_STEPS) / SCORE_STEPS
        self.tie = now.tie(self.identity)
        self.rating = bisect_right(society.cuts, self.merit + society.sigma * now.rating_noise(self.identity))
        self.remember_rating(bit)
        self.noise = society.sigma * now.noise(self.identity)
        r = b.cluster_reciprocity
        self.years_established = self.age + society.clock.year
        self.score = (1 - r) * (self.merit + self.noise) + r * self.generosity
        if self.years_established % 5 == 0:
            self.score += b.anniversary_favour
        self.n_awarded = {award: sum(one.won.get(award, 0) & bit != 0 for one in members) for award in society.awards_counted}
        self.n_rated = [sum(one.rating >= rating for one in members) for rating in range(len(RATINGS))]
        self.n_disciplined = sum(one.is_disciplined for one in members)
