"""Units of members and clusters of collectives: whoever chooses among candidates (ODD 7.2, 7.4, 7.8, 7.10, 7.11, 7.13)."""

from __future__ import annotations

import math
from fractions import Fraction

import mesa

from simulator.history import Role
from simulator.rules.facts import RATINGS
from simulator.rules.values import exact
from tests.oracle.arithmetic import FOUNDING_YEAR, NORMAL, F, on_score_grid, score_step, to_millionth
from tests.oracle.candidates import COLLECTIVE, Candidate
from tests.oracle.people import WELL, rating_of

EXCELLENT = RATINGS.index("excellent")
VOLUMES = ("under", "at", "over")
FIRST_MORALE = 0.5
MOST_OTHER_WEIGHTS = 0.95
MOST_WEIGHTS = 1 + 2**-20
REASONS = ("turn", "rank", "prestige", "lottery", "ladder")


def assumed_weights(behaviour) -> dict[str, float]:
    """Give the assumed weights of the reasons beside the score, each rounded to 32 bits."""
    return {reason: float(F(getattr(behaviour, f"{reason}_weight"))) for reason in REASONS}


class Group(mesa.Agent):
    """A group that puts candidates forward."""

    volume = "at"

    def __init__(self, society, position: int):
        super().__init__(society)
        self.position = position

    def files_for(self, places: int) -> int:
        if self.volume == "under":
            return math.ceil(Fraction(8, 10) * places)
        return math.ceil(Fraction(125, 100) * places) if self.volume == "over" else places


class Unit(Group):
    """A unit and its members."""

    def __init__(self, society, position: int, kind: int, cluster: int, sectors: tuple[str, ...]):
        super().__init__(society, position)
        self.kind, self.cluster, self.sectors = kind, cluster, sectors
        self.key = position
        self.weight = assumed_weights(society.behaviour)
        self.attraction = dict.fromkeys(VOLUMES, 0.0)
        self.approval: float | None = None
        self.morale = FIRST_MORALE
        self.tally = dict.fromkeys(("files", "approved", "places"), 0)

    @property
    def members(self):
        return [self.model.holder[post] for post in self.posts]

    @property
    def entrants(self):
        return self.members

    @property
    def weights(self) -> tuple[float, ...]:
        """μ, s, b, h, lot, λ."""
        left = 1.0
        for reason in REASONS:
            left -= self.weight[reason]
        return (max(0.0, left), *(self.weight[reason] for reason in REASONS))

    @property
    def head_factor(self) -> int:
        """What the head of the unit adds to the key of lasting errors."""
        head = next((member for member in self.members if member.role == Role.HEAD), None)
        return 0 if head is None else head.identity + 1

    def strive(self) -> None:
        """7.2: gain in effort, and claims."""
        b, rules = self.model.behaviour, self.model.rules
        approval = self.model.first_approval if self.approval is None else self.approval
        step = min(max(round(approval * 4096), 1), 4095) / 4096
        worth = self.model.worth()
        f = self.weights[0] * to_millionth(NORMAL.pdf(NORMAL.inv_cdf(1 - step))) / math.sqrt(1 + rules.sigma**2)
        gain = worth * f / b.effort_cost + b.effort_base * b.morale_effect * (self.morale - 0.5)
        claims = max(0.0, worth * b.claim_return * f - rules.audit_share("unit") * b.detection * b.penalty) / b.claim_cost
        self.effort_gain, self.claims = F(to_millionth(gain)), F(to_millionth(claims))

    def settle_ratings(self) -> None:
        """7.4: the set's cap, then the pull of a collective title."""
        members = sorted(self.members, key=lambda member: (-score_step(member.rating_score), member.tie))
        year, cap = self.model.year, self.model.rules.rating_cap
        if cap is not None:
            good = sum(member.rated[year] >= WELL for member in members)
            share = exact(cap.share)
            excellent = [member for member in members if member.rated[year] == EXCELLENT]
            for member in excellent[math.floor(share / (1 + share) * good) :]:
                member.rated[year] = WELL
        completed = [member for member in members if member.rated[year] == WELL - 1]
        most = min(math.floor(exact(self.model.behaviour.collective_pull) * len(members)), len(completed))
        lifted = 0
        for share, is_exceeded in self.model.rules.collective_shares():
            wanted = share * len(members)
            needed = math.floor(wanted) + 1 if is_exceeded else math.ceil(wanted)
            short = needed - sum(member.rated[year] >= WELL for member in members)
            if short <= most:
                lifted = max(lifted, short)
        for member in completed[:lifted]:
            member.rated[year] = WELL

    def judge(self) -> None:
        """7.10: morale follows how far the awarded were the deserving."""
        b = self.model.behaviour
        if b.morale_effect == 0:
            return
        awarded = {member for member in self.members if self.model.year in member.years_won(self.model.aim.id)}
        able = sorted((m for m in self.members if m in self.model.eligible[self.model.aim.id]), key=lambda m: (-score_step(m.merit), m.tie))
        deserving = set(able[: len(awarded)])
        missed = len(awarded ^ deserving) / len(self.members)
        self.morale = to_millionth(b.morale_memory * self.morale + (1 - b.morale_memory) * (1 - missed))

    def learn(self, mean_turn: float) -> None:
        """7.11, as far as it concerns the unit."""
        b, model = self.model.behaviour, self.model
        tally, alpha, worth = self.tally, self.model.behaviour.learning_memory, self.model.worth()
        awarded = sum(model.year in member.years_won(model.aim.id) for member in self.members)
        before = model.first_approval if self.approval is None else self.approval
        self.approval = to_millionth((1 - alpha) * before + alpha * awarded / len(self.members))
        refused = tally["files"] - tally["approved"]
        if tally["places"] is not None:
            gain = (worth * tally["approved"] - b.dossier_cost * tally["files"] - b.rejection_cost * refused) / (tally["places"] or 1)
            self.attraction[self.volume] = to_millionth((1 - alpha) * self.attraction[self.volume] + alpha * gain)
            self._choose_volume()
        transparency = model.rules.transparency(model.aim)
        sigma = model.rules.sigma
        s, r = self.weight["turn"], self.weight["rank"]
        pull = b.turn_base + b.turn_of_noise * sigma / (1 + sigma) + b.turn_of_stakes * worth - b.turn_of_transparency * transparency
        pull -= b.turn_of_rejections * (refused / tally["files"] if tally["files"] else 0.0)
        turn = s + b.turn_learning * s * (1 - s) * pull + b.turn_imitation * (mean_turn - s)
        floor = model.aim.floor
        pull = b.rank_of_stakes * worth - b.rank_of_floor * (floor.share if floor else 0.0) - b.rank_of_transparency * transparency
        rank = r + b.rank_learning * r * (1 - r) * pull
        turn, rank = min(max(turn, 0.0), 1.0), min(max(rank, 0.0), 1.0)
        most = max(MOST_OTHER_WEIGHTS - self._weight_of_others(), 0.0)
        if turn + rank > most:
            turn, rank = turn * most / (turn + rank), rank * most / (turn + rank)
        self.weight |= {"turn": to_millionth(turn), "rank": to_millionth(rank)}

    def _weight_of_others(self) -> float:
        return self.weight["prestige"] + self.weight["lottery"] + self.weight["ladder"]

    def take_over(self, former, behaviour) -> None:
        """7.12: each weight moves by as much as the assumed figure does; what is too much is taken from turn and post."""
        old, new = assumed_weights(former), assumed_weights(behaviour)
        for reason in REASONS:
            self.weight[reason] = float(F(min(max(self.weight[reason] + (new[reason] - old[reason]), 0.0), 1.0)))
        own, others = self.weight["turn"] + self.weight["rank"], self._weight_of_others()
        if own + others > MOST_WEIGHTS:
            part = max(1 - others, 0.0) / own
            self.weight |= {reason: float(F(self.weight[reason] * part)) for reason in ("turn", "rank")}

    def _choose_volume(self) -> None:
        sensitivity = self.model.behaviour.volume_sensitivity
        top = max(self.attraction.values())
        pulls = [math.exp(sensitivity * (self.attraction[volume] - top)) for volume in VOLUMES]
        chances = [pull / sum(pulls) for pull in pulls]
        first, two = to_millionth(chances[0]), to_millionth(chances[0] + chances[1])
        draw = float(self.model.luck.uniform("unit.volume", self.model.year, self.key))
        self.volume = VOLUMES[0] if draw < first else VOLUMES[1] if draw < two else VOLUMES[2]


class Cluster(Group):
    """Units of one kind that mark one another."""

    def __init__(self, society, position: int, units: list[Unit], entrants: list[Collective]):
        super().__init__(society, position)
        self.units, self.entrants = units, entrants
        self.kind, self.cluster = units[0].kind, position
        self.key = COLLECTIVE + position
        for collective in entrants:
            collective.group = self

    @property
    def weights(self) -> tuple[float, ...]:
        turn = self.model.behaviour.cluster_turn_weight
        return (1 - turn, turn, 0.0, 0.0, 0.0, 0.0)


class Collective(Candidate):
    """A unit as a member of its cluster (7.8)."""

    is_first_of_cluster = False

    def __init__(self, society, unit: Unit, age: int):
        super().__init__(society, COLLECTIVE + unit.position, FOUNDING_YEAR)
        self.unit, self.age = unit, age

    @property
    def years_established(self) -> int:
        return self.age + self.year

    @property
    def members(self):
        return self.unit.members

    @property
    def sectors(self) -> tuple[str, ...]:
        return self.unit.sectors

    def compete(self) -> None:
        """Merit, rating and mark of the year."""
        b, luck, year = self.model.behaviour, self.model.luck, self.model.year
        self.live_on()
        self.tie = luck.tie(year, self.identity)
        own = b.unit_effect_share
        mean = sum(float(member.merit) for member in self.members) / len(self.members)
        common = F(math.sqrt(1 - own) * math.sqrt(len(self.members)) * mean)
        self.merit = on_score_grid(F(math.sqrt(own)) * self.mixed(self.talent, self.fortune) + common)
        sigma = F(self.model.rules.sigma)
        self.rated[year] = rating_of(self.merit + sigma * luck.normal("rating.noise", year, self.identity), b)
        self.noise = sigma * luck.normal("file.noise", year, self.identity)
        r = b.cluster_reciprocity
        self.score = F(1 - r) * (self.merit + self.noise) + F(r) * luck.normal("collective.generosity", FOUNDING_YEAR, self.identity)
        if self.years_established % 5 == 0:
            self.score = self.score + F(b.anniversary_favour)
        self.mark = self.score
