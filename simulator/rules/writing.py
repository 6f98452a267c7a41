"""Write a criteria set or an overlay as a jurist would by hand: short things on one line, long ones below each other, in the order of the format.

What is written is read back by :mod:`simulator.rules.reading` as exactly the same data: words that could be misread stand in quotes, what nobody sees
is escaped, numbers are plain decimals.
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from simulator.rules.reading import INVISIBLE
from simulator.rules.scalars import ScalarError, read_plain
from simulator.rules.schema import SECTIONS, CriteriaFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import BaseModel

    from simulator.rules.criteria import CriteriaSet

WIDEST = 150
INDENT = "  "
_PLAIN_WORD = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*")
_WORDS_IN_QUOTES = frozenset({"vi", "en", "provision", "author", "approver"})
_FOLDABLE = re.compile(r"\S+(?: \S+)*")
_CLAUSE_ORDER = ("why", "remove", "kind", "title")
"""What a clause says first."""


def plain_data(model: BaseModel) -> dict[str, Any]:
    """Give a clause, an award or a header as the data of a file: only what it says itself, with the names of the file."""
    data: dict[str, Any] = model.model_dump(mode="python", by_alias=True, exclude_unset=True, exclude_none=True)
    return data


def set_data(criteria: CriteriaSet, header: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Give the merged content of a set as the data of one full file.

    Parameters
    ----------
    criteria
        The set; of a stack, what comes out when every overlay is laid.
    header
        Its header; the one of its last file when absent, which for a stack no longer extends anything.
    """
    given = plain_data(criteria.headers[-1]) if header is None else dict(header)
    wanted = {name: given[key] for name, field in CriteriaFile.model_fields.items() if (key := field.alias or name) in given}
    own = {name: value for name, value in wanted.items() if name not in {*SECTIONS, "extends", "supersedes"}}
    return own | {section: content for section, content in plain_data(criteria.rules).items() if content}


def write_criteria(criteria: CriteriaSet) -> str:
    """Write a full set as YAML; a stack is written as the one set it amounts to."""
    return write_data(set_data(criteria))


def write_data(data: Mapping[str, Any], comment: str = "") -> str:
    """Write the data of a set or an overlay as YAML.

    Parameters
    ----------
    data
        Header keys and sections, as a file holds them.
    comment
        Words for the top of the file, one line each.
    """
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    for key, value in data.items():
        if key not in SECTIONS:
            lines += _field(key, value, "")
    for section in SECTIONS:
        if section in data:
            lines += ["", *_section(section, data[section])]
    return "\n".join(lines) + "\n"


def _section(section: str, content: Mapping[str, Any]) -> Iterator[str]:
    if not content:
        yield f"{section}: {{}}"
        return
    yield f"{section}:"
    if section != "awards":
        yield from _clauses(content, INDENT)
        return
    for position, (award_id, award) in enumerate(content.items()):
        if position:
            yield ""
        yield f"{INDENT}{_scalar(award_id)}:" if award else f"{INDENT}{_scalar(award_id)}: {{}}"
        for key, value in award.items():
            if key != "clauses":
                yield from _field(key, value, INDENT * 2)
        if "clauses" in award:
            yield f"{INDENT * 2}clauses:" if award["clauses"] else f"{INDENT * 2}clauses: {{}}"
            yield from _clauses(award["clauses"], INDENT * 3)


def _clauses(clauses: Mapping[str, Any], indent: str) -> Iterator[str]:
    """Write clauses by id; sections of a scoring table hold their parts in the same way, last."""
    for clause_id, clause in clauses.items():
        yield f"{indent}{_scalar(clause_id)}:"
        first = [key for key in _CLAUSE_ORDER if key in clause]
        for key in [*first, *(key for key in clause if key not in first and key != "parts")]:
            yield from _field(key, clause[key], indent + INDENT)
        if "parts" in clause:
            yield f"{indent}{INDENT}parts:" if clause["parts"] else f"{indent}{INDENT}parts: {{}}"
            yield from _clauses(clause["parts"], indent + INDENT * 2)


def _field(key: str, value: Any, indent: str) -> Iterator[str]:
    """Write one key: on its line where it fits, else what it holds below it."""
    yield from _entry(f"{indent}{_scalar(key)}:", key, value, indent)


def _entry(opening: str, key: str, value: Any, indent: str) -> Iterator[str]:
    flow = _flow(value, is_text=key in _WORDS_IN_QUOTES)
    if len(opening) + 1 + len(flow) <= WIDEST:
        yield f"{opening} {flow}"
    elif isinstance(value, dict) and value:
        yield opening
        for inner, held in value.items():
            yield from _field(inner, held, indent + INDENT)
    elif isinstance(value, list | tuple) and value:
        yield opening
        yield from _items(value, indent + INDENT)
    elif isinstance(value, str) and _FOLDABLE.fullmatch(value) and INVISIBLE.search(value) is None:
        yield f"{opening} >-"
        yield from _folded(value, indent + INDENT)
    else:
        yield f"{opening} {flow}"


def _items(values: Sequence[Any], indent: str) -> Iterator[str]:
    for value in values:
        flow = _flow(value)
        if len(indent) + 2 + len(flow) <= WIDEST or not isinstance(value, dict):
            yield f"{indent}- {flow}"
            continue
        opening = f"{indent}- "
        for key, held in value.items():
            yield from _entry(f"{opening}{_scalar(key)}:", key, held, indent + INDENT)
            opening = indent + INDENT


def _folded(text: str, indent: str) -> Iterator[str]:
    """Break a long text between words."""
    line = indent
    for word in text.split(" "):
        if len(line) + 1 + len(word) > WIDEST and line.strip():
            yield line
            line = indent
        line += word if not line.strip() else f" {word}"
    yield line


def _flow(value: Any, *, is_text: bool = False) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(held, is_text=key in _WORDS_IN_QUOTES)}" for key, held in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(held) for held in value) + "]"
    return _scalar(value, is_text=is_text)


def _scalar(value: Any, *, is_text: bool = False) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if not is_text and _is_plain(value) else _quoted(value)


def number_text(number: float) -> str:
    """Write a number as the format asks: plain decimals, no exponent, no decimals where there are none.

    Examples
    --------
    >>> number_text(5.0), number_text(0.0000001), number_text(-0.15)
    ('5', '0.0000001', '-0.15')
    """
    text = format(Decimal(str(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_plain(text: str) -> bool:
    """Tell whether a word without quotes is read as itself."""
    if not _PLAIN_WORD.fullmatch(text):
        return False
    try:
        return read_plain(text) == text
    except ScalarError:
        return False


def _quoted(text: str) -> str:
    """Put a text in double quotes; what nobody sees is written by its number."""
    return INVISIBLE.sub(lambda found: _escape(found[0]), json.dumps(text, ensure_ascii=False))


def _escape(letter: str) -> str:
    number = ord(letter)
    return f"\\u{number:04X}" if number <= 0xFFFF else f"\\U{number:08X}"  # noqa: PLR2004  # where YAML's shorter escape ends
