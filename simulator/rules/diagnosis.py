"""From a failed validation to findings a jurist can act on.

pydantic tells where in the data something is wrong, in its own words and with the names of its union members in the way. Here that becomes a code, a
line, and what was found and expected; one finding for one cause.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from simulator.rules.anatomy import keys_known_at
from simulator.rules.codes import make_finding
from simulator.rules.scalars import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pydantic import BaseModel, ValidationError

    from simulator.errors import Finding
    from simulator.rules.paths import KeyPath

    Locate: TypeAlias = Callable[[KeyPath], tuple[str, int]]
    Location: TypeAlias = tuple[str | int, ...]

_LIKE_A_NUMBER = re.compile(r"(-?[0-9]{1,9})(?:[.,]([0-9]{1,9}))?\s*(%)?")
_EXPECTED: Mapping[str, str] = {
    "string_type": "@text",
    "int_type": "@whole-number",
    "float_type": "@number",
    "bool_type": "@true-or-false",
    "date_type": "@date",
    "tuple_type": "@list",
    "dict_type": "@mapping",
    "model_type": "@mapping",
    "model_attributes_type": "@mapping",
}

_LONGEST_LIST = 20
_MOST_MEANT = 3
_LIKE = 0.75
"""Share of letters that two names have in common, in order, from which one may be meant by the other."""
_SHORTEST_PART = 3
"""Letters that a name has at least to be meant as a part of another."""


_NUMBERS = frozenset({"int_type", "float_type"})


class _Mistake(NamedTuple):
    """One error of pydantic, in the words of the data."""

    model: type[BaseModel]
    location: Location
    context: Mapping[str, Any]
    kind: str
    message: str
    key: str
    place: str
    found: str
    is_text: bool


def describe_validation(problem: ValidationError, model: type[BaseModel], data: Any, locate: Locate) -> list[Finding]:
    """Turn a failed validation into findings, each cause once.

    Parameters
    ----------
    problem
        What pydantic reported.
    model
        What the data should have been.
    data
        The data that failed.
    locate
        Gives file and line of a path in the data.
    """
    if "extends" in model.model_fields and is_overlay_without_base(data):
        file, line = locate(("id",))
        return [make_finding("CS102", file, line, key="extends", place="@file")]
    errors = problem.errors(include_url=False)
    unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"]
    words_for = {_path_in_data(error["loc"], data): error for error in errors if error["type"] == "literal_error"}
    findings: dict[tuple[str, int, str], Finding] = {}
    for error in errors:
        if error["type"] == "missing" and _is_misspelt(error["loc"], unknown):
            continue
        if error["type"] == "too_short" and any(other is not error and other["loc"][: len(error["loc"])] == error["loc"] for other in errors):
            continue  # the list is empty only because what stands in it was refused
        path = _path_in_data(error["loc"], data)
        other = words_for.get(path)
        is_number_or_word = other is not None and error["type"] in _NUMBERS
        if other is error and any(each["type"] in _NUMBERS and _path_in_data(each["loc"], data) == path for each in errors):
            continue  # told with the number that could stand there instead
        mistake = _Mistake(
            model=model,
            location=error["loc"],
            context=other.get("ctx", {}) if other is not None and is_number_or_word else error.get("ctx", {}),
            kind=error["type"],
            message=error["msg"],
            key=next((step for step in reversed(path) if isinstance(step, str)), "@file"),
            place=show_path(path),
            found=show_value(error["input"]),
            is_text=isinstance(error["input"], str),
        )
        code, fields = _describe(mistake)
        file, line = locate((*path, "kind") if code == "CS109" else path)
        findings.setdefault((file, line, code + fields.get("key", "") + mistake.place), make_finding(code, file, line, **fields))
    return sorted(findings.values(), key=lambda finding: (finding.file, finding.line))


def is_overlay_without_base(data: Any) -> bool:
    """Tell whether a file reads like an overlay that forgot what it is laid over: it gives reasons, and clauses without a kind."""
    if not isinstance(data, dict) or "extends" in data:
        return False
    awards = data.get("awards")
    holders = [data.get(section) for section in ("principles", "procedure", "points")]
    holders += [award.get("clauses") for award in awards.values() if isinstance(award, dict)] if isinstance(awards, dict) else []
    clauses = [clause for holder in holders if isinstance(holder, dict) for clause in holder.values() if isinstance(clause, dict)]
    return any("why" in clause and ("kind" not in clause or "remove" in clause) for clause in clauses)


def _is_misspelt(missing: Location, unknown: list[Location]) -> bool:
    """Tell whether a missing key is there under a similar name, which has its own finding."""
    similar = [str(location[-1]) for location in unknown if location[:-1] == missing[:-1]]
    return bool(get_close_matches(str(missing[-1]), similar, n=1))


def _path_in_data(location: Location, data: Any) -> KeyPath:
    """Keep the steps of a location that exist in the data: names of union members and missing keys fall away."""
    path: list[str | int] = []
    here = data
    for step in location:
        is_there = step in here if isinstance(here, dict) else isinstance(here, list) and isinstance(step, int) and step < len(here)
        if is_there:
            here = here[step]
            path.append(step)
    return tuple(path)


def _describe(mistake: _Mistake) -> tuple[str, dict[str, str]]:
    """Give the code of a mistake and the fields of its sentence."""
    if mistake.kind.startswith("CS"):
        return mistake.kind, {name: str(value) for name, value in mistake.context.items()}
    if mistake.kind == "literal_error" and mistake.location[-1:] == ("[key]",):
        known = tuple(_unquote(mistake.context["expected"]).split(", "))
        return "CS101", {"key": shorten(mistake.found), "known": close_to(mistake.found, known)}
    suggested = _as_number(mistake.found) if mistake.is_text and mistake.kind in _NUMBERS else None
    if suggested is not None and (mistake.kind == "float_type" or "." not in suggested):
        return "CS125", {"key": mistake.key, "found": mistake.found, "suggested": suggested}
    if mistake.kind in _NUMBERS and "expected" in mistake.context:
        fields = {"key": mistake.key, "expected": _EXPECTED[mistake.kind], "allowed": _unquote(mistake.context["expected"])}
        return "CS126", {**fields, "found": mistake.found}
    if mistake.kind in _EXPECTED:
        return "CS103", {"key": mistake.key, "expected": _EXPECTED[mistake.kind], "found": mistake.found}
    describe = _DESCRIBE.get(mistake.kind)
    return describe(mistake) if describe is not None else ("CS120", {"key": mistake.key, "problem": shorten(mistake.message)})


def _as_number(found: str) -> str | None:
    """Give the number that somebody may have meant by ``0,20``, ``20%`` or ``12,5 %``, as it is written here; None where it is not clear."""
    written = _LIKE_A_NUMBER.fullmatch(found)
    if written is None:
        return None
    number = Decimal(f"{written[1]}.{written[2] or '0'}") / (100 if written[3] else 1)
    return f"{number.normalize():f}"


def _describe_missing(mistake: _Mistake) -> tuple[str, dict[str, str]]:
    name = str(mistake.location[-1])
    if name in {"vi", "en"}:
        return "CS108", {"place": mistake.place, "language": name}
    return "CS102", {"key": name, "place": mistake.place}


def _describe_unknown(mistake: _Mistake) -> tuple[str, dict[str, str]]:
    known = keys_known_at(mistake.model, mistake.location[:-1])
    return "CS101", {"key": shorten(mistake.key), "known": close_to(mistake.key, known)}


_DESCRIBE: Mapping[str, Callable[[_Mistake], tuple[str, dict[str, str]]]] = {
    "missing": _describe_missing,
    "extra_forbidden": _describe_unknown,
    "literal_error": lambda it: ("CS104", {"key": it.key, "allowed": _unquote(it.context["expected"]), "found": it.found}),
    "union_tag_not_found": lambda it: ("CS110", {"place": it.place}),
    "union_tag_invalid": lambda it: ("CS109", {"kind": shorten(str(it.context["tag"])), "allowed": _unquote(it.context["expected_tags"])}),
    "string_pattern_mismatch": lambda it: ("CS106", {"found": it.found}),
    "string_too_long": lambda it: ("CS106", {"found": it.found}),
    "string_too_short": lambda it: ("CS107", {"key": it.key}),
    "too_short": lambda it: ("CS107", {"key": it.key}),
    "greater_than": lambda it: ("CS105", {"key": it.key, "expected": f"> {it.context['gt']:g}", "found": it.found}),
    "greater_than_equal": lambda it: ("CS105", {"key": it.key, "expected": f"≥ {it.context['ge']}", "found": it.found}),
    "less_than": lambda it: ("CS105", {"key": it.key, "expected": f"< {it.context['lt']:g}", "found": it.found}),
    "less_than_equal": lambda it: ("CS105", {"key": it.key, "expected": f"≤ {it.context['le']}", "found": it.found}),
}


def close_to(word: str, known: tuple[str, ...]) -> str:
    """List what is known, the most similar first; of a long list the most similar alone, where there are any."""
    similar = get_close_matches(word, known, n=3, cutoff=0.6)
    if similar and len(known) > _LONGEST_LIST:
        return ", ".join(similar)
    return ", ".join([*similar, *(name for name in known if name not in similar)])


def closest(word: str, known: Iterable[str]) -> str:
    """List the few names somebody may have meant, the most similar first: almost the same letters, or one name within the other; ``@empty`` where none is like it.

    Examples
    --------
    >>> closest("hanoi-2022", ("law-2022", "hanoi-2021", "nghe-an-2025")), closest("law 2026", ("law-2022", "law-2026-draft")), closest("x", ("law",))
    ('hanoi-2021', 'law-2026-draft, law-2022', '@empty')
    """
    likeness: dict[str, tuple[bool, float]] = {}
    for name in known:
        typed, there = (re.sub(r"[\W_]", "", each.casefold()) for each in (word, name))
        is_part = min(len(typed), len(there)) >= _SHORTEST_PART and (typed in there or there in typed)
        ratio = SequenceMatcher(None, typed, there).ratio()
        if is_part or ratio >= _LIKE:
            likeness[name] = (is_part, ratio)
    return ", ".join(sorted(likeness, key=lambda name: likeness[name], reverse=True)[:_MOST_MEANT]) or "@empty"


def show_path(path: KeyPath) -> str:
    """Write a path in the data as people write the path of a clause."""
    steps = path[1:] if path[:1] == ("awards",) and len(path) > 1 else path
    return ".".join(str(step) for step in steps if step != "clauses") or "@file"


def show_value(value: Any) -> str:
    """Write a value for a message: short, on one line; a list or a mapping by its name only."""
    if isinstance(value, dict):
        return "@mapping"
    if isinstance(value, list):
        return "@list"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return value.isoformat() if isinstance(value, datetime.date) else shorten(str(value))


def _unquote(listed: str) -> str:
    return listed.replace("'", "").replace(" or ", ", ")
