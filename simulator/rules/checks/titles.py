"""The titles: whether a title still says the number that an overlay has changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from simulator.rules.diffing import leaves
from simulator.rules.value_paths import is_share
from simulator.rules.values import exact
from simulator.rules.writing import number_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject
    from simulator.rules.criteria import Change


def check(subject: Subject) -> Iterator[Finding]:
    """Look for titles that give the number a clause had before, and not the one it has now."""
    clauses = dict(subject.criteria.iter_clauses())
    for change in subject.criteria.changes:
        clause = clauses.get(change.clause)
        if clause is None:
            continue
        for field, before, after in _changed_numbers(change):
            as_percent = is_share(field)
            title = f"{clause.title.vi}\n{clause.title.en}"
            if _says(title, before, as_percent=as_percent) and not _says(title, after, as_percent=as_percent):
                found, now = (number_text(float(100 * exact(number))) + "%" if as_percent else number_text(number) for number in (before, after))
                yield subject.find("RL380", f"{change.clause}.{change.field}", clause=change.clause, found=found, now=now)
                break


def _changed_numbers(change: Change) -> Iterator[tuple[str, float, float]]:
    """Give each number that stands in the same place on both sides and is not the same."""
    after = dict(leaves(change.after, change.field))
    for field, old in leaves(change.before, change.field):
        new = after.get(field)
        if is_number(old) and is_number(new) and old != new:
            yield field, old, new


def is_number(value: object) -> TypeGuard[float]:
    """Tell whether a value is a number; yes and no are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def pattern_of(number: float, *, as_percent: bool) -> re.Pattern[str]:
    """Give what finds a number in a title, in the digits of either language, a share in percent; its digits are the group ``digits``."""
    shown = exact(number) * 100 if as_percent else exact(number)
    whole, _, rest = number_text(float(shown)).partition(".")
    decimals = f"[.,]{rest}0*" if rest else "(?:[.,]0+)?"
    unit = r"\s*(?:%|phần trăm|per\s?cent)" if as_percent else r"(?!\s*%)"
    return re.compile(rf"(?<![\d.,/])(?P<digits>0*{re.escape(whole)}{decimals})(?![\d]|[.,/]\d){unit}")


def _says(title: str, number: float, *, as_percent: bool) -> bool:
    return pattern_of(number, as_percent=as_percent).search(title) is not None
