"""How many nominees of each unit came out how; in what leaves the office, nothing from which one person could be made out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.presentation.anonymity import suppress, unnamed_units
from simulator.presentation.condition_words import names_of
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count
from simulator.presentation.reasons import considered_words
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import sentence_case
from simulator.scoring.trace import Considered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import IndexArray
    from simulator.presentation.numbers import Lang
    from simulator.scoring.roster import Roster
    from simulator.scoring.scores import AwardResult, Scores

OTHERS = None
"""Stands for the units that are not named."""


def summary_table(scores: Scores, lang: Lang = "vi", *, anonymous: bool = False) -> Table:
    """Count outcomes by unit, a group for each award.

    Parameters
    ----------
    scores
        From :func:`simulator.scoring.scorer.score`.
    lang
        The language.
    anonymous
        Suppress counts under five, units of fewer than five nominees, and units with exactly one leader; totals are left out, so that nothing can be
        worked out from them.
    """
    names = names_of(scores.criteria, lang)
    classes = [f"classes.{each}" for each in scores.criteria.classes] if any(result.class_ is not None for result in scores.results) else []
    considered = [word for word in Considered if any((result.considered == word.value).any() for result in scores.results)]
    columns = [translate("score.summary.unit", lang), translate("score.summary.nominees", lang), sentence_case(translate("score.eligible.yes", lang))]
    columns += [sentence_case(considered_words(word, lang)) for word in considered] + [names.get(each, each) for each in classes]
    unit_of, labels = _units(scores.roster, lang, anonymous=anonymous)
    groups = []
    for result in scores.results:
        counts = _counts(result, unit_of, len(labels), considered, list(scores.criteria.classes) if classes else [])
        shown = suppress(counts.tolist()) if anonymous else [*counts.tolist()]
        rows = [Row(label, tuple(_cell(n, lang) for n in row)) for label, row in zip(labels, shown, strict=True)]
        if not anonymous:
            rows.append(Row(translate("score.summary.total", lang), tuple(_cell(n, lang) for n in counts.sum(axis=0).tolist())))
        groups.append(Group("" if result.award is None else names.get(result.award, result.award), tuple(rows)))
    notes = (translate("score.summary.note", lang),) if anonymous else ()
    return Table("score-summary", lang, translate("score.summary.caption", lang), tuple(columns), tuple(groups), notes)


def _units(roster: Roster, lang: Lang, *, anonymous: bool) -> tuple[IndexArray, list[str]]:
    """Give each nominee the row of its unit, and each row its label."""
    unnamed = unnamed_units(roster) if anonymous else frozenset()
    order: dict[str | None, int] = {}
    for unit in roster.units:
        order.setdefault(OTHERS if unit in unnamed else unit, len(order))
    if OTHERS in order:  # last, as a rest is
        order = {label: at for at, label in enumerate([*(label for label in order if label is not OTHERS), OTHERS])}
    unit_of = np.array([order[OTHERS if unit in unnamed else unit] for unit in roster.units], dtype=np.int64)
    words = {OTHERS: translate("score.summary.others", lang), "": translate("table.none", lang)}
    return unit_of, [words.get(label, label or "") for label in order]


def _counts(result: AwardResult, unit_of: IndexArray, n_units: int, considered: Sequence[Considered], classes: Sequence[str]) -> IndexArray:
    masks = [np.ones(len(unit_of), dtype=np.bool_), result.eligible, *(result.considered == word.value for word in considered)]
    given = np.full(len(unit_of), "", dtype=object) if result.class_ is None else np.asarray(result.class_, dtype=object)
    masks += [given == each for each in classes]
    counts: IndexArray = np.stack([np.bincount(unit_of[mask], minlength=n_units) for mask in masks], axis=1)
    return counts


def _cell(n: int | None, lang: Lang) -> str:
    return translate("score.summary.few", lang) if n is None else format_count(n, lang)
