"""Rows of a difference put together as a reader of the law sees them: one rule in other words is one row, and what changes no rule is none.

Two sets may hold one rule under other ids, so that :func:`simulator.rules.diffing.diff` finds a clause removed and others added. Within one award,
clauses of one kind are the same rule where they cite the same provision, or where no other of that kind is taken out or put in. A draft may also hold one
sentence twice, as a principle in words and as what is done about it; that is one row too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple, get_args

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import Lang
from simulator.presentation.rules.clause_words import clause_is_in_words
from simulator.presentation.wording import list_words
from simulator.rules.clauses import Eligibility, Statement
from simulator.rules.conditions import AllOf
from simulator.rules.diffing import LeafChange
from simulator.rules.values import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from simulator.rules.citation import Source
    from simulator.rules.diffing import DifferenceRow, Holder

PLUMBING = frozenset({"of_set"})
"""Fields that name a file of the workbench and no rule: the former regime is the same, whichever of its sets is read."""


_NEARLY_ALL: Final = 0.75
"""Part of the words of a title that another has to have to be the same sentence."""


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
    for words, deed in _told_twice(kept):
        merged[words.clause] = LegalRow(_with_assumption_of(words, deed), (deed.clause,))
        gone.add(deed.clause)
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


def _told_twice(rows: Iterable[DifferenceRow]) -> Iterator[tuple[DifferenceRow, DifferenceRow]]:
    """Give each new principle in words with the new clause that does the same: both cite one provision, in nearly the same words."""
    added = [row for row in rows if row.change == "added" and row.source_after is not None]
    deeds = [row for row in added if not isinstance(row.after, Statement) and clause_is_in_words(row.after)]  # type: ignore[arg-type]  # what is added is there
    for words in added:
        if not isinstance(words.after, Statement):
            continue
        same = next((row for row in deeds if row.source_after == words.source_after and _is_reworded(words, row)), None)
        if same is not None:
            deeds.remove(same)
            yield words, same


def _is_reworded(first: DifferenceRow, second: DifferenceRow) -> bool:
    """Tell whether the shorter of two titles has nearly all its words from the longer one."""
    words = [set(re.findall(r"\w+", row.after.title.in_language("vi").lower())) for row in (first, second) if row.after is not None]
    return len(words[0] & words[1]) >= _NEARLY_ALL * min(map(len, words))


def _with_assumption_of(words: DifferenceRow, deed: DifferenceRow) -> DifferenceRow:
    """Keep the words, and say beside them what the clause that does it assumes."""
    assumption = getattr(deed.after, "assumption", None)
    if assumption is None or words.after is None or getattr(words.after, "assumption", None) is not None:
        return words
    return replace(words, after=words.after.model_copy(update={"assumption": assumption}))


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
