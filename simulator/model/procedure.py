"""What the files of an award go through: the stages of the set, boiled down for the authority that decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.model.regime import Ballot, Procedure
from simulator.rules.stages import Stage
from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from simulator.model.behaviour import Behaviour
    from simulator.model.regime import Authority
    from simulator.rules.clauses import Clause
    from simulator.rules.schema import Award

_REACH: Final[Mapping[str, int]] = {"unit": 0, "cluster": 1, "province": 2, "state": 3}
WORKING_DAYS_IN_MONTH: Final = 21


def procedure_of(
    award_id: str,
    award: Award,
    clauses: Iterable[Clause],
    behaviour: Behaviour,
    *,
    appraisers: Mapping[Authority, float],
    audit_share: Mapping[Authority, float],
    move: Callable[[str, float], float],
) -> Procedure:
    """Boil the stages an award goes through down to one procedure.

    An award goes through the stages of every level up to that of its authority which name it, or name no award. What the stages of
    the deciding level say of appraisers, audits, strictness and the vote holds, the last in order before the others; a State
    award without a vote of its own takes the last vote below.

    Parameters
    ----------
    award_id, award
        The award.
    clauses
        All clauses of the set.
    behaviour
        What holds where no clause says anything.
    appraisers, audit_share
        For each authority, where the stages say nothing.
    move
        Gives a number (by its name) its value after the exhortations of the set.
    """
    stages = stages_of(award_id, award, clauses)
    deciding = [stage for stage in stages if stage.level == award.authority]

    def last(name: str, of: list[Stage]) -> object:
        return next((value for stage in reversed(of) if (value := getattr(stage, name)) is not None), None)

    vote = next((stage.vote for stage in reversed(deciding if award.authority != "state" else stages) if stage.vote is not None), None)
    own_appraisers, own_audit, strictness = (last(name, deciding) for name in ("appraisers", "audit_share", "strictness"))
    months = behaviour.annual_delay_months + (behaviour.state_extra_delay_months if award.authority == "state" else 0.0)
    days = sum((stage.delay_days or 0) + (stage.posting_days or 0) for stage in stages)
    return Procedure(
        appraisers=move("appraisers", float(own_appraisers)) if own_appraisers else appraisers[award.authority],  # type: ignore[arg-type]
        audit_share=audit_share[award.authority] if own_audit is None else move("audit_share", float(own_audit)),  # type: ignore[arg-type]
        least_quantile=None if strictness is None else float(strictness),  # type: ignore[arg-type]
        ballot=None if vote is None else Ballot(exact(vote.threshold), vote.counts == "all-members"),
        n_bodies=sum(len(stage.consults) for stage in stages),
        posting_days=sum(stage.posting_days or 0 for stage in stages),
        delay_months=months + days / WORKING_DAYS_IN_MONTH,
    )


def stages_of(award_id: str, award: Award, clauses: Iterable[Clause]) -> list[Stage]:
    """List the stages that the files of an award go through, the first one first."""
    return [stage for stage in _in_order(clauses) if _concerns(stage, award_id, award)]


def stated_for_every_award(name: str, authority: Authority, clauses: Iterable[Clause]) -> float | None:
    """Give the number of appraisers, or the audit share, that the last stage of a level states which names no award; ``None`` where none does."""
    said = [getattr(stage, name) for stage in _in_order(clauses) if stage.level == authority and not stage.awards]
    return next((float(number) for number in reversed(said) if number or (number is not None and name == "audit_share")), None)


def _in_order(clauses: Iterable[Clause]) -> list[Stage]:
    """Put the stages in the order in which files go through them."""
    said = {"strictness", "vote", "appraisers", "audit_share"}
    stages = (clause for clause in clauses if isinstance(clause, Stage))
    return sorted(stages, key=lambda stage: (stage.order, _REACH[stage.level], stage.model_dump_json(include=said)))


def _concerns(stage: Stage, award_id: str, award: Award) -> bool:
    return _REACH[stage.level] <= _REACH[award.authority] and (not stage.awards or award_id in stage.awards)
