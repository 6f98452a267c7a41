"""How many nominees of each unit came out how; for anonymous readers all together, with nothing from which a small count could be worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count
from simulator.presentation.registers.anonymity import Sum, suppress
from simulator.presentation.rules.condition_words import names_of
from simulator.presentation.scores.reasons import considered_words
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import sentence_case
from simulator.scoring.trace import Considered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import IndexArray
    from simulator.presentation.numbers import Lang
    from simulator.scoring.scores import AwardResult, Scores

_ALL, _ELIGIBLE, _FIRST = 0, 1, 2
"""Columns that stand before the outcomes: everybody, and who is eligible."""


def summary_table(scores: Scores, lang: Lang = "vi", *, anonymous: bool = False) -> Table:
    """Count outcomes by unit, a group for each award.

    Parameters
    ----------
    scores
        From :func:`simulator.scoring.scorer.score`.
    lang
        The language.
    anonymous
        Count all units together and suppress counts under five: the rows of the results are in the same file, and would tell who the nominees of a
        unit are.
    """
    names = names_of(scores.criteria, lang)
    classes = list(scores.criteria.classes) if any(result.class_ is not None for result in scores.results) else []
    results = [result for result in scores.results if result.award is not None]  # a table alone puts nobody forward
    considered = [word for word in Considered if any((result.considered == word.value).any() for result in results)]
    columns = [translate("score.summary.unit", lang), translate("score.summary.nominees", lang), sentence_case(translate("score.eligible.yes", lang))]
    columns += [sentence_case(considered_words(word, lang)) for word in considered] + [names.get(f"classes.{each}", each) for each in classes]
    labels = list(dict.fromkeys(scores.roster.units))
    order = {label: at for at, label in enumerate(labels)}
    unit_of = np.array([order[unit] for unit in scores.roster.units], dtype=np.int64)
    groups = []
    for result in scores.results:
        counts = _counts(result, unit_of, len(labels), considered, classes)
        total = counts.sum(axis=0).tolist()
        rows = (
            [] if anonymous else [_row(label or translate("table.none", lang), row, lang) for label, row in zip(labels, counts.tolist(), strict=True)]
        )
        rows.append(_row(translate("score.summary.total", lang), suppress(total, _sums(considered, len(classes))) if anonymous else total, lang))
        groups.append(Group("" if result.award is None else names.get(result.award, result.award), tuple(rows)))
    notes = (translate("score.summary.note", lang),) if anonymous else ()
    return Table("score-summary", lang, translate("score.summary.caption", lang), tuple(columns), tuple(groups), notes)


def _sums(considered: Sequence[Considered], n_classes: int) -> list[Sum]:
    """Tell which counts add up: the eligible, the outcomes and the classes each to everybody, and the outcomes of the eligible to these."""
    outcomes = tuple(range(_FIRST, _FIRST + len(considered)))
    of_eligible = tuple(at for at, word in zip(outcomes, considered, strict=True) if word is not Considered.NO)
    classes = tuple(range(_FIRST + len(considered), _FIRST + len(considered) + n_classes))
    return [Sum(_ALL, (_ELIGIBLE,)), Sum(_ALL, outcomes), Sum(_ELIGIBLE, of_eligible), *([Sum(_ALL, classes)] if classes else [])]


def _counts(result: AwardResult, unit_of: IndexArray, n_units: int, considered: Sequence[Considered], classes: Sequence[str]) -> IndexArray:
    masks = [np.ones(len(unit_of), dtype=np.bool_), result.eligible, *(result.considered == word.value for word in considered)]
    given = np.full(len(unit_of), "", dtype=object) if result.class_ is None else np.asarray(result.class_, dtype=object)
    masks += [given == each for each in classes]
    counts: IndexArray = np.stack([np.bincount(unit_of[mask], minlength=n_units) for mask in masks], axis=1)
    return counts


def _row(label: str, counts: Sequence[int | str], lang: Lang) -> Row:
    return Row(label, tuple(translate(f"score.summary.{each}", lang) if isinstance(each, str) else format_count(each, lang) for each in counts))
