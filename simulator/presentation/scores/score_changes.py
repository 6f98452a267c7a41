"""Whom a draft decides otherwise: of the same list scored by two sets, only those who stand differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count
from simulator.presentation.plain_words import number_words
from simulator.presentation.scores.scores import ROWS_SHOWN, call_nominee, standings
from simulator.presentation.table_layout import Group, Row, Table

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.presentation.scores.scores import Standing
    from simulator.scoring.scores import Scores


def changes_table(before: Scores, after: Scores, lang: Lang = "vi", *, anonymous: bool = False, most: int = ROWS_SHOWN) -> Table:
    """Lay out who stands differently, award by award: how before, and how now.

    Parameters
    ----------
    before, after
        The same list scored by two sets; an award that one of them does not have is left out.
    lang
        The language.
    anonymous
        A nominee is its row.
    most
        Rows shown; the rest is counted in a note.
    """
    then = {(award, standing.row): standing for award, standing in _by_award(before, lang, anonymous=anonymous)}
    groups: dict[str, list[Row]] = {}
    n_changed = n_compared = 0
    for award, standing in _by_award(after, lang, anonymous=anonymous):
        former = then.get((award, standing.row))
        if former is None:
            continue
        n_compared += 1
        if _outcome(former) != _outcome(standing):
            n_changed += 1
            if n_changed <= most:
                groups.setdefault(standing.award, []).append(Row(call_nominee(standing, lang), (_says(former, lang), _says(standing, lang))))
    columns = tuple(translate(f"score.changes.{name}", lang) for name in ("nominee", "before", "after"))
    counts = {"changed": format_count(n_changed, lang), "compared": format_count(n_compared, lang)}
    notes = [translate("score.changes.count" if n_changed else "score.changes.none", lang, **counts)]
    notes += [translate("score.changes.more", lang, n=format_count(n_changed - most, lang))] if n_changed > most else []
    parts = tuple(Group(title, tuple(rows)) for title, rows in groups.items())
    return Table("score-changes", lang, translate("score.changes.caption", lang), columns, parts, tuple(notes))


def _by_award(scores: Scores, lang: Lang, *, anonymous: bool) -> list[tuple[str | None, Standing]]:
    awards = [result.award for result in scores.results for _ in range(scores.roster.n_nominees)]
    return list(zip(awards, standings(scores, lang, anonymous=anonymous), strict=True))


def _outcome(standing: Standing) -> tuple[object, ...]:
    """Give what comes of it for this person; how many places there are for all is no part of it."""
    return standing.considered or standing.eligible, standing.tie, standing.points, standing.class_


def _says(standing: Standing, lang: Lang) -> str:
    """Tell where somebody stands in one line: what is decided, with a tie beside it, for how many places, then points and class."""
    decided = standing.considered or f"{translate('score.column.eligible', lang)}: {standing.eligible}"
    parts = [f"{decided} ({standing.tie.lower()})" if standing.tie else decided]
    if standing.places is not None:
        parts.append(f"{translate('score.column.places', lang).lower()}: {format_count(standing.places, lang)}")
    if standing.points is not None:
        parts.append(translate("explain.points", lang, points=number_words(standing.points, lang)))
    if standing.class_:
        parts.append(standing.class_)
    return "; ".join(parts)
