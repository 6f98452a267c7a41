"""What a class found, as proposals for the assumptions: entries of ``scenarios/assumptions.yaml`` with their source, to be looked through by a person."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Final

from simulator.errors import InputError
from simulator.presentation.i18n import translate
from simulator.rules.values import LANGUAGES
from simulator.widgets.codes import make_finding
from simulator.widgets.training.agreement import single_appraiser_reliability
from simulator.widgets.training.answer_file import SHOWN
from simulator.widgets.training.tendencies import weights_of_reasons

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from simulator.experiments.scenarios.assumptions import AssumptionsFile
    from simulator.widgets.training.answer_file import Pool
    from simulator.widgets.training.readings import Reading

FEWEST_PEOPLE: Final = 5
"""Of fewer, nothing leaves the room: answers of a few could be told apart."""
_DIGITS: Final = 2


def readings_of(pool: Pool, weights: Mapping[str, Fraction]) -> dict[str, Reading]:
    """Give what a class tells about the numbers of the assumptions; undefined where it tells nothing."""
    return {"appraisal_reliability": single_appraiser_reliability(pool.totals(weights)), **weights_of_reasons(pool.people)}


def write_proposals(pool: Pool, weights: Mapping[str, Fraction], assumptions: AssumptionsFile) -> str:
    """Write the proposals of a class.

    Parameters
    ----------
    pool
        The answers.
    weights
        What each criterion counts for.
    assumptions
        Where titles and units are taken from.

    Returns
    -------
        YAML, one entry for each number the class tells something about.

    Raises
    ------
    InputError
        If fewer than five took part.
    """
    n = len(pool.people)
    if n < FEWEST_PEOPLE:
        raise InputError([make_finding("WG618", SHOWN, 1, found=str(n), least=str(FEWEST_PEOPLE))])
    lines = [f"# {translate('training.proposals.comment', lang)}" for lang in LANGUAGES]
    lines.append("numbers:")
    for name, reading in readings_of(pool, weights).items():
        if not math.isfinite(reading.value):
            continue
        known = assumptions.numbers[name]
        value = min(max(round(reading.value, _DIGITS), 0.0), 1.0)
        low, high = (min(max(round(end, _DIGITS), 0.0), 1.0) for end in (reading.low, reading.high))
        source = {lang: translate(f"training.proposals.source.{name}", lang, n=str(n)) for lang in LANGUAGES}
        lines += [
            f"  {name}:",
            "    title:",
            f"      vi: {_quoted(known.title.vi)}",
            f"      en: {_quoted(known.title.en)}",
            f"    value: {value}",
            f"    unit: {known.unit}",
            f"    low: {min(low, value)}",
            f"    high: {max(high, value)}",
            "    source:",
            *(f"      {lang}: {_quoted(words)}" for lang, words in source.items()),
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
