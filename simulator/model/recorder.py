"""Write down the years as they happen, for the indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.history import History

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.nomination import Outcome


class Recorder:
    """The book of one simulated history: a list of years, each a handful of columns."""

    def __init__(self, focus_award: str) -> None:
        """Open an empty book about one focus award."""
        self.focus_award = focus_award
        self._years: list[int] = []
        self._members: list[IndexArray] = []
        self._merit: list[FloatArray] = []
        self._tie: list[IndexArray] = []
        self._is_eligible: list[BoolArray] = []
        self._is_noise_choice: list[BoolArray] = []
        self._awards: list[dict[str, BoolArray]] = []

    def branch(self, n_years: int) -> Recorder:
        """Open a new book that begins with the last years of this one."""
        new = Recorder(self.focus_award)
        for name in ("_years", "_members", "_merit", "_tie", "_is_eligible", "_is_noise_choice", "_awards"):
            kept = getattr(self, name)
            setattr(new, name, kept[max(0, len(kept) - n_years) :])
        return new

    def write(self, cycle: Cycle, files: Files, focus: Outcome, noise_choice: IndexArray) -> None:
        """Write down a year that has been decided."""
        members = cycle.members
        is_noise_choice = np.zeros(len(members.id), dtype=np.bool_)
        is_noise_choice[noise_choice] = True
        self._years.append(cycle.year)
        self._members.append(members.id.copy())
        self._merit.append(files.merit)
        self._tie.append(files.tie)
        self._is_eligible.append(focus.is_eligible)
        self._is_noise_choice.append(is_noise_choice)
        self._awards.append({award: (years & np.uint32(1)).astype(np.bool_) for award, years in members.award_years.items()})

    def history(self, cycle: Cycle, award_values: Mapping[str, float], *, n_history_years: int) -> History:
        """Bind the book: all years, one row for each year and member."""
        n_years, n_members = len(self._years), cycle.population.n_members
        blank = np.zeros(n_members, dtype=np.bool_)
        return History(
            year=np.repeat(np.array(self._years, dtype=np.int32), n_members),
            unit=np.tile(cycle.population.groups.of_member.astype(np.int32), n_years),
            member=np.concatenate(self._members),
            role=np.tile(cycle.population.role, n_years),
            focus_award=self.focus_award,
            awards={award: np.concatenate([awards.get(award, blank) for awards in self._awards]) for award in award_values},
            award_values=dict(award_values),
            merit=np.concatenate(self._merit),
            is_eligible=np.concatenate(self._is_eligible),
            is_noise_choice=np.concatenate(self._is_noise_choice),
            tie=np.concatenate(self._tie),
            n_history_years=min(n_history_years, n_years),
        )
