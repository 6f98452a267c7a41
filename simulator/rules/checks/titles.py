"""The titles: whether a title still says what an overlay has changed in its clause, be it a number, a scope, or something that is no longer there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeGuard

from simulator.rules.diffing import leaves
from simulator.rules.said_numbers import pattern_of
from simulator.rules.said_words import RUNS, said_of, says_in_a_row
from simulator.rules.value_paths import is_share
from simulator.rules.values import LANGUAGES, exact
from simulator.rules.writing import number_text

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject
    from simulator.rules.criteria import Change
    from simulator.rules.values import Language

_NOT_RULED: Final = frozenset({"title", "source", "assumption", "why", "restates", "parts", "clauses", "checked_on"})


def check(subject: Subject) -> Iterator[Finding]:
    """Look for titles that say what a clause had before, and not what it has now."""
    clauses = {**dict(subject.criteria.iter_clauses()), **subject.criteria.awards}
    for change in subject.criteria.changes:
        clause = clauses.get(change.clause)
        if clause is None or change.field.partition(".")[0] in _NOT_RULED:
            continue
        now = dict(leaves(clause.model_dump(by_alias=True, exclude_none=True, exclude=set(_NOT_RULED))))
        found = next((found for lang in LANGUAGES for found in _disagreements(change, clause.title.in_language(lang), lang, now)), None)
        if found is not None:
            code, fields = found
            yield subject.find(code, f"{change.clause}.{change.field}", clause=change.clause, **fields)


def _disagreements(change: Change, title: str, lang: Language, now: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Give the code and the fields of each way in which a title disagrees with what was changed."""
    after = dict(leaves(change.after, change.field)) if change.after is not None else {}
    for field, old in leaves(change.before, change.field):
        new = after.get(field)
        if old == new and type(old) is type(new):
            continue
        key = field.rpartition(".")[2]
        if is_number(old):
            if (said := _says_the_former(title, lang, field, old, new, now)) is not None:
                yield ("RL380", {"found": said, "now": shown(new, field)}) if is_number(new) else ("RL385", {"found": said})
            elif is_number(new) and new <= 1 < old and _is_run(field, after, now) and (words := says_in_a_row(title)):
                yield "RL384", {"found": words, "key": key}
        elif (words := said_of(key, old, title)) is not None and said_of(key, new, title) is None and not _still_has(now, key, old):
            yield "RL384", {"found": words, "key": key}


def _says_the_former(title: str, lang: Language, field: str, old: float, new: object, now: Mapping[str, Any]) -> str | None:
    """Tell how a title says a number, where it does so oftener than the clause has it now, and the new one less often: else it speaks of something else."""
    as_percent = is_share(field)

    def says(number: float) -> list[re.Match[str]]:
        return list(pattern_of(number, lang, as_percent=as_percent).finditer(title))

    def held(number: float) -> int:
        return sum(1 for other, value in now.items() if is_number(value) and value == number and is_share(other) == as_percent)

    said = says(old)
    if len(said) <= held(old) or (is_number(new) and len(says(new)) >= held(new)) or not (is_number(new) or new is None):
        return None
    return shown(old, field) if said[0].lastgroup == "digits" else said[0][0]


def _still_has(now: Mapping[str, Any], key: str, value: object) -> bool:
    """Tell whether a clause says elsewhere what it no longer says here: a condition may have been put into another."""
    return any(held == value for field, held in now.items() if field.rpartition(".")[2] == key)


def _is_run(field: str, after: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    above, dot, _ = field.rpartition(".")
    beside = f"{above}{dot}fact"
    return after.get(beside, now.get(beside)) in RUNS


def is_number(value: object) -> TypeGuard[float]:
    """Tell whether a value is a number; yes and no are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def shown(number: float, field: str) -> str:
    """Write a number as findings do, a share in percent."""
    return number_text(float(100 * exact(number))) + "%" if is_share(field) else number_text(number)
