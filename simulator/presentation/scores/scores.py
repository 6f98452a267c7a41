"""Scores in words: where each nominee stands, award by award, best first."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count
from simulator.presentation.plain_words import number_words
from simulator.presentation.registers.anonymity import row_words
from simulator.presentation.rules.condition_words import names_of
from simulator.presentation.scores.reasons import considered_words
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import sentence_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator._types import BoolArray, IndexArray
    from simulator.presentation.numbers import Lang
    from simulator.scoring.scores import AwardResult, Scores

NANO = 10**9
ROWS_SHOWN = 200
"""Nominees a terminal is given; the rest goes to a file."""


@dataclass(frozen=True)
class Standing:
    """Where one nominee stands, worded; numbers stay numbers.

    Attributes
    ----------
    position, row
        Its place in the roster, and its row in the sheet.
    id, name, unit, cluster
        What the roster calls it; all empty for anonymous readers.
    code
        Its stable code, for anonymous readers alone.
    award
        Title of the award, empty where there is none.
    rank
        1 is best; None for who is not ranked, and where nothing puts anybody before another.
    points
        The total, None for a set without points.
    class_, eligible, considered, tie
        In words; nobody is considered where there is no award.
    places
        Places it competes for, None where there is no quota or nobody can tell.
    pool, rounding
        Whose places they are and how a share was rounded, in words.
    """

    position: int
    row: int
    id: str
    name: str
    unit: str
    cluster: str
    code: str
    award: str
    rank: int | None
    points: Fraction | None
    class_: str
    eligible: str
    considered: str
    tie: str
    places: int | None
    pool: str
    rounding: str


def standings(scores: Scores, lang: Lang, *, anonymous: bool = False) -> Iterator[Standing]:
    """Go through every nominee of every award: group by group, best rank first, then those not ranked in the order of the sheet.

    Parameters
    ----------
    scores
        From :func:`simulator.scoring.scorer.score`.
    lang
        The language.
    anonymous
        Leave out ids, names and units: a nominee is its row.
    """
    names = names_of(scores.criteria, lang)
    for result in scores.results:
        worder = _Worder(scores, result, names, lang, anonymous=anonymous)
        for position in order_of(result):
            yield worder.standing(int(position))


def order_of(result: AwardResult) -> IndexArray:
    """Put the positions of nominees in the order in which they are read: group by group, each by rank, those without one last."""
    last = np.iinfo(np.int64).max
    order: IndexArray = np.lexsort((np.arange(len(result.rank)), np.where(result.rank > 0, result.rank, last), result.group))
    return order


class _Worder:
    """Words one award's results; what is the same for many nominees is worded once."""

    def __init__(self, scores: Scores, result: AwardResult, names: dict[str, str], lang: Lang, *, anonymous: bool) -> None:
        self.scores, self.result, self.anonymous = scores, result, anonymous
        self.award = "" if result.award is None else names.get(result.award, result.award)
        self.classes = {class_: names.get(f"classes.{class_}", class_) for class_ in scores.criteria.classes}
        self.considered = {word: sentence_case(considered_words(word, lang)) for word in np.unique(result.considered).tolist()}
        self.answers = {answer: sentence_case(translate(f"table.{word}", lang)) for answer, word in ((True, "yes"), (False, "no"))}
        self.tie = sentence_case(translate("score.tied", lang))
        self.is_ordered = _is_ordered(result)
        places = result.places
        self.rounding = "" if places is None or places.rounding is None else translate(f"clause.rounding.{places.rounding}", lang)
        self.everybody = translate("clause.pooling.all", lang)

    def standing(self, position: int) -> Standing:
        result, roster = self.result, self.scores.roster
        rank, class_ = int(result.rank[position]), None if result.class_ is None else result.class_[position]
        n_places, pool = self._quota(position)
        return Standing(
            position=position,
            row=int(roster.rows[position]),
            id="" if self.anonymous else roster.people.ids[position],
            name="" if self.anonymous else roster.people.names[position],
            unit="" if self.anonymous else roster.units[position],
            cluster="" if self.anonymous else roster.clusters[position],
            code=roster.people.codes[position] if roster.people.codes else "",
            award=self.award,
            rank=rank if rank and self.is_ordered[position] else None,
            points=None if result.points is None else Fraction(int(result.points[position]), NANO),
            class_=self.classes.get(class_, "") if class_ else "",
            eligible=self.answers[bool(result.eligible[position])],
            considered="" if result.award is None else self.considered[str(result.considered[position])],
            tie=self.tie if result.is_tied[position] else "",
            places=n_places,
            pool=pool,
            rounding=self.rounding,
        )

    def _quota(self, position: int) -> tuple[int | None, str]:
        places = self.result.places
        if places is None:
            return None, ""
        pool = int(places.pools.of_nominee[position])
        n_places = int(places.n_places[pool])
        name = places.pools.names[pool]
        return (n_places if n_places >= 0 else None), (self.everybody if not name else "" if self.anonymous else name)


def _is_ordered(result: AwardResult) -> BoolArray:
    """Tell whose group has an order: (n,) bool. Without points all of a group stand equal, unless a tie-break puts one before another."""
    if result.points is not None:
        return np.ones(len(result.rank), dtype=np.bool_)
    last = np.zeros(int(result.group.max(initial=0)) + 1, dtype=np.int64)
    np.maximum.at(last, result.group, result.rank)
    is_ordered: BoolArray = last[result.group] > 1
    return is_ordered


def scores_table(scores: Scores, lang: Lang = "vi", *, anonymous: bool = False, most: int = ROWS_SHOWN, on_page: bool = False) -> Table:
    """Lay the results out for a terminal or a page, a group for each award; what is over ``most`` rows is counted in a note.

    Parameters
    ----------
    scores
        From :func:`simulator.scoring.scorer.score`.
    lang
        The language.
    anonymous
        A nominee is its row.
    most
        Rows shown of each award.
    on_page
        Whether it stands on a page, whose reader finds the other rows by a button and knows no command.
    """
    names = ("nominee", "unit", "cluster", "rank", "points", "class", "eligible", "considered", "places")
    shown = [name for name in names if _is_said(name, scores, anonymous=anonymous)]
    groups: dict[str, list[Row]] = {result.award or "": [] for result in scores.results}
    titles, n_left = dict[str, str](), 0
    keys = iter([result.award or "" for result in scores.results for _ in range(scores.roster.n_nominees)])
    for standing in standings(scores, lang, anonymous=anonymous):
        key = next(keys)
        titles[key] = standing.award
        if len(groups[key]) >= most:
            n_left += 1
            continue
        cells = _cells(standing, lang)
        header, *others = (cells[name] for name in shown)
        groups[key].append(Row(header, tuple(others)))
    columns = tuple(translate(f"score.column.{name}", lang) for name in shown)
    notes = [translate("score.more.page" if on_page else "score.more", lang, n=format_count(n_left, lang))] if n_left else []
    notes.append(translate("explain.disclaimer", lang))
    caption = translate("score.caption", lang, title=scores.criteria.title.in_language(lang), year=str(scores.roster.year))
    return Table("scores", lang, caption, columns, tuple(Group(titles.get(key, ""), tuple(rows)) for key, rows in groups.items()), tuple(notes))


def _is_said(name: str, scores: Scores, *, anonymous: bool) -> bool:
    """Leave out a column that would be empty for everybody, and outcomes where there is no award: a table alone only gives points and classes."""
    results, roster = scores.results, scores.roster
    has_award = any(result.award is not None for result in results)
    said = {
        "unit": not anonymous and any(roster.units),
        "cluster": not anonymous and any(roster.clusters),
        "points": any(result.points is not None for result in results),
        "class": any(result.class_ is not None for result in results),
        "eligible": has_award or not all(result.eligible.all() for result in results),
        "considered": has_award,
        "places": any(result.places is not None for result in results),
    }
    return said.get(name, True)


def call_nominee(standing: Standing, lang: Lang) -> str:
    """Call a nominee by name, id and row; for anonymous readers by the row alone, or a code."""
    row = str(standing.row)
    who = translate("explain.who", lang, id=standing.id, row=row) if standing.id else row_words(row, standing.code, lang)
    return f"{standing.name}, {who}" if standing.name else who


def _cells(standing: Standing, lang: Lang) -> dict[str, str]:
    nothing = translate("table.none", lang)
    considered = f"{standing.considered} ({standing.tie.lower()})" if standing.tie else standing.considered
    return {
        "nominee": call_nominee(standing, lang),
        "unit": standing.unit or nothing,
        "cluster": standing.cluster or nothing,
        "rank": nothing if standing.rank is None else str(standing.rank),
        "points": nothing if standing.points is None else number_words(standing.points, lang),
        "class": standing.class_ or nothing,
        "eligible": standing.eligible,
        "considered": considered,
        "places": nothing if standing.places is None else str(standing.places),
    }
