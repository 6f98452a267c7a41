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
        YAML, one entry for each number the class tells something about; of the others it is said that it does not.

    Raises
    ------
    InputError
        If fewer than five took part.
    """
    n = len(pool.people)
    if n < FEWEST_PEOPLE:
        raise InputError([make_finding("WG618", SHOWN, 1, found=str(n), least=str(FEWEST_PEOPLE))])
    lines = [f"# {translate('training.proposals.comment', lang)}" for lang in LANGUAGES]
    found = readings_of(pool, weights)
    told = {name: ends for name, reading in found.items() if (ends := _on_scale(reading)) is not None}
    for name in (each for each in found if each not in told):
        titles = assumptions.numbers[name].title
        lines += [f"# {translate('training.proposals.untold', lang, title=titles.in_language(lang))}" for lang in LANGUAGES]
    lines.append("numbers:" if told else "numbers: {}")
    for name, (value, low, high) in told.items():
        known = assumptions.numbers[name]
        source = {lang: translate(f"training.proposals.source.{name}", lang, n=str(n)) for lang in LANGUAGES}
        lines += [
            f"  {name}:",
            "    title:",
            f"      vi: {_quoted(known.title.vi)}",
            f"      en: {_quoted(known.title.en)}",
            f"    value: {value}",
            f"    unit: {known.unit}",
            f"    low: {low}",
            f"    high: {high}",
            "    source:",
            *(f"      {lang}: {_quoted(words)}" for lang, words in source.items()),
        ]
    return "\n".join(lines) + "\n"


def _on_scale(reading: Reading) -> tuple[float, float, float] | None:
    """Give a value from 0 to 1 with its ends; ``None`` where there is none, or where it could as well be any other."""
    if not math.isfinite(reading.value):
        return None
    value, low, high = (min(max(round(each, _DIGITS), 0.0), 1.0) for each in (reading.value, reading.low, reading.high))
    return None if high - low >= 1 else (value, min(low, value), max(high, value))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
