"""Rows of a difference put together as a reader of the law sees them: one rule in other words is one row, and what changes no rule is none.

Two sets may hold one rule under other ids, so that :func:`simulator.rules.diffing.diff` finds a clause removed and others added. Within one award,
clauses of one kind are the same rule where they cite the same provision, or where no other of that kind is taken out or put in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, get_args

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import Lang
from simulator.presentation.wording import list_words
from simulator.rules.clauses import Eligibility
from simulator.rules.conditions import AllOf
from simulator.rules.diffing import LeafChange
from simulator.rules.values import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.rules.citation import Source
    from simulator.rules.diffing import DifferenceRow, Holder

PLUMBING = frozenset({"of_set"})
"""Fields that name a file of the workbench and no rule: the former regime is the same, whichever of its sets is read."""


class LegalRow(NamedTuple):
    """A row of the table: the difference it tells of, and the paths of the further clauses it holds."""

    row: DifferenceRow
    joined: tuple[str, ...] = ()


def legal_rows(rows: Sequence[DifferenceRow]) -> list[LegalRow]:
    """Leave out what changes no rule, and put each rule that was written anew on one row.

    Parameters
    ----------
    rows
        The rows of a difference; each stays where the first clause of the draft stood.
    """
    kept = [row for row in rows if not (row.change == "changed" and row.fields and all(field.field in PLUMBING for field in row.fields))]
    merged: dict[str, LegalRow] = {}
    gone: set[str] = set()
    for old, new in _pairs(kept):
        rest = [*new[1:], *old]
        merged[new[0].clause] = LegalRow(_merged(old, new), tuple(row.clause for row in rest))
        gone |= {row.clause for row in rest}
    return [merged.get(row.clause, LegalRow(row)) for row in kept if row.clause not in gone]


def _pairs(rows: Iterable[DifferenceRow]) -> Iterable[tuple[list[DifferenceRow], list[DifferenceRow]]]:
    """Give what was taken out with what was put in its place."""
    places: dict[tuple[str, str], tuple[list[DifferenceRow], list[DifferenceRow]]] = {}
    for row in rows:
        award, _, clause = row.clause.rpartition(".")
        kind = getattr(row.after or row.before, "kind", None)
        if (
            row.change != "changed"
            and clause
            and kind is not None
            and "." not in award
            and award not in {"principles", "procedure", "classes", "vetoes"}
        ):
            places.setdefault((award, kind), ([], []))[row.change == "added"].append(row)
    for removed, added in places.values():
        for provision in dict.fromkeys(row.source_before.provision for row in removed if row.source_before is not None):
            old = [row for row in removed if _cites(row.source_before, provision)]
            new = [row for row in added if _cites(row.source_after, provision)]
            if _is_one_rule(old, new):
                yield old, new
                removed[:], added[:] = [row for row in removed if row not in old], [row for row in added if row not in new]
        if _is_one_rule(removed, added):
            yield removed, added


def _cites(source: Source | None, provision: str | None) -> bool:
    return provision is not None and source is not None and source.provision == provision


def _is_one_rule(old: Sequence[DifferenceRow], new: Sequence[DifferenceRow]) -> bool:
    """Tell whether these are one rule; several clauses on a side are one only where all of them must be met, as conditions must."""
    if not old or not new:
        return False
    are_conditions = all(isinstance(row.before or row.after, Eligibility) for row in (*old, *new))
    return len(old) == len(new) == 1 or (are_conditions and 1 in {len(old), len(new)})


def _merged(old: Sequence[DifferenceRow], new: Sequence[DifferenceRow]) -> DifferenceRow:
    before, after = {f"{row.clause}.{field.field}": field for row in old for field in row.fields}, [*new]
    fields = [LeafChange(path, field.before, None) for path, field in before.items()]
    fields += [LeafChange(f"{row.clause}.{field.field}", None, field.after) for row in after for field in row.fields]
    why = tuple(dict.fromkeys(reason for row in (*new, *old) for reason in row.why))
    return replace(
        new[0],
        change="changed",
        before=_whole([row.before for row in old if row.before is not None]),
        fields=tuple(fields),
        after=_whole([row.after for row in new if row.after is not None]),
        why=why,
        source_before=next((row.source_before for row in old if row.source_before is not None), None),
        place_before=old[0].place_before,
    )


def _whole(holders: Sequence[Holder]) -> Holder:
    """Give conditions that must all be met as one."""
    first = holders[0]
    conditions = [holder for holder in holders if isinstance(holder, Eligibility)]
    if len(conditions) == 1 or not isinstance(first, Eligibility):
        return first
    titles = {lang: list_words(_in_a_row([holder.title.in_language(lang) for holder in conditions], lang), lang) for lang in get_args(Lang)}
    return first.model_copy(update={"title": Text(**titles), "requires": AllOf(all=tuple(holder.requires for holder in conditions))})


def _in_a_row(titles: Sequence[str], lang: Lang) -> list[str]:
    """Make titles ready to be joined; one that begins with *and* loses it."""
    conjunction = f"{translate('table.and', lang)} "
    low = [f"{title[:1].lower()}{title[1:]}" for title in titles[1:]]
    return [titles[0], *(title.removeprefix(conjunction) for title in low)]
