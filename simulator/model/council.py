"""A council: it reads the files that reach it, audits some, and approves.

It sees the dossier through the words of the unit that wrote it, so part of its error is the unit's own error (correction
00.16); fresh error comes only from what it checks itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import mesa
import numpy as np

from simulator.model.files import has_false_initiatives, is_audited_by

if TYPE_CHECKING:
    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.regime import Authority


@dataclass(frozen=True, slots=True)
class Reading:
    """What a council made of the files it read.

    Attributes
    ----------
    score
        (n_files,) float32 score as the council reads it.
    is_approved
        (n_files,) whether the file passes.
    """

    score: FloatArray
    is_approved: BoolArray


class Council(mesa.Agent):  # type: ignore[misc]  # Mesa's agents are untyped
    """The council of one authority, as a Mesa agent.

    Attributes
    ----------
    authority
        ``unit`` (the councils at the grass roots, as one), ``province`` or ``state``.
    n_read, n_approved
        Files read and approved this year.
    """

    def __init__(self, model: mesa.Model, authority: Authority) -> None:
        """Convene the council of one authority."""
        super().__init__(model)
        self.authority = authority
        self.n_read = 0
        self.n_approved = 0

    def open_year(self) -> None:
        """Begin a new year's counts."""
        self.n_read = self.n_approved = 0

    def read(self, nominees: IndexArray, relies_on_initiatives: BoolArray, files: Files, cycle: Cycle) -> Reading:
        """Read the files of some nominees (equation 9).

        S_c = M + h_w·post + η_w·g·X·(1 − det·audited) + λ + defer·post + error; approved from the bar upwards. An audited
        file whose award rests on initiatives that prove false is refused. A perfect council reads merit as it is and lets
        everybody pass whom the rules let through.

        Parameters
        ----------
        nominees
            (n_files,) positions of the members.
        relies_on_initiatives
            (n_files,) whether the award would use up initiatives.
        files, cycle
            The files and the state of the year.
        """
        if cycle.is_perfect:
            reading = Reading(score=files.merit[nominees], is_approved=np.ones(len(nominees), dtype=np.bool_))
        else:
            reading = self._read(nominees, relies_on_initiatives, files, cycle)
        self.n_read += len(nominees)
        self.n_approved += int(reading.is_approved.sum())
        return reading

    def _read(self, nominees: IndexArray, relies_on_initiatives: BoolArray, files: Files, cycle: Cycle) -> Reading:
        regime, behaviour, ids = cycle.regime, cycle.regime.behaviour, cycle.members.id[nominees]
        score = files.merit[nominees] + self._error(nominees, files, cycle)
        score += np.float32(regime.post_loading + behaviour.council_deference) * cycle.population.is_leader[nominees]
        score += np.float32(behaviour.council_leniency)
        is_audited = is_audited_by(self.authority, cycle, ids)
        if regime.claims:
            # What the unit's own audit found has left the file already.
            left = np.where(is_audited & (self.authority != "unit"), np.float32(1 - behaviour.detection), np.float32(1))
            score += files.claims[nominees] * left
        is_approved = score >= np.float32(regime.bar(self.authority, cycle.year))
        if behaviour.fake_initiative_share > 0:
            is_found_out = is_audited & cycle.is_lucky(self._stream("finds"), ids, behaviour.detection)
            is_approved &= ~(is_found_out & relies_on_initiatives & has_false_initiatives(cycle, ids))
        return Reading(score=score, is_approved=is_approved)

    def _error(self, nominees: IndexArray, files: Files, cycle: Cycle) -> FloatArray:
        shared = cycle.regime.behaviour.dossier_error_share
        own_sd = math.sqrt((1 - shared) / cycle.regime.appraisers[self.authority]) * cycle.regime.error_sd
        own = cycle.normal(self._stream("noise"), cycle.members.id[nominees])
        return np.float32(math.sqrt(shared)) * files.noise[nominees] + np.float32(own_sd) * own

    def _stream(self, what: str) -> str:
        return f"council.{self.authority}.{what}"
