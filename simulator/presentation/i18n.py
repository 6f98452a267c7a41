"""Words, by key and language, from the two catalogues of ``messages/``.

A sentence is looked up, never put together in code. A key that is not in the catalogue and a field that is not given are errors of the program, and are
said at once rather than shown to a reader.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from string import Formatter
from typing import TYPE_CHECKING, Final

from simulator.errors import TieuchiError
from simulator.rules.reading import read_yaml_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.errors import Finding


_EMPTY: Final = "@empty"
_KEYS: Final = frozenset({"key", "field"})
KEY: Final = "@key:"
"""Begins the name of a key of a file, which may be that of a clause as well."""


class MessageError(TieuchiError):
    """A message was asked for that the catalogue does not hold, or without a field it needs."""


def translate(key: str, /, lang: str, **fields: str) -> str:
    """Give a sentence in a language.

    Parameters
    ----------
    key
        Its key in the catalogue, such as ``verdict.clear``.
    lang
        ``vi`` or ``en``.
    fields
        What stands in the braces, already worded and formatted.
    """
    message = catalogue(lang).get(key)
    if message is None:
        raise MessageError(f"no message {key} in {lang}.yaml")
    missing = [name for name in placeholders(message) if name not in fields]
    if missing:
        raise MessageError(f"the message {key} in {lang}.yaml needs {', '.join(missing)}")
    return message.format(**fields)


def ways_of_writing(key: str, lang: str) -> tuple[str, ...]:
    """Give the ways in which a word or heading of the catalogue may be written, parted there by ``|``: the one that is shown first, none where it has none."""
    return tuple(text.strip() for text in catalogue(lang).get(key, "").split("|") if text.strip())


def describe(finding: Finding, lang: str, names: Mapping[str, str] | None = None, *, on_page: bool = False) -> str:
    """Give the sentence of a finding in a language: what was found, what is expected, how to mend it.

    A field whose value begins with ``@`` names a word of the catalogue; a sentence of its own may stand there for an empty cell. A finding of a code the catalogue does not hold keeps its plain English.

    Parameters
    ----------
    finding
        What was found.
    lang
        ``vi`` or ``en``.
    names
        What is said instead of the ids of clauses, awards, sets, instruments and keys; a reader of files is told the ids themselves.
    on_page
        Whether it is said on a page, whose reader knows no command: where the sentence names one, another may stand there.
    """
    messages = catalogue(lang)
    key = f"finding.{finding.code}"
    if key not in messages:
        return finding.english
    from simulator.presentation.finding_words import field_words  # noqa: PLC0415 - it words fields with the catalogue of this module

    if _EMPTY in finding.fields.values() and f"{key}.empty" in messages:
        key += ".empty"
    if on_page and f"{key}.page" in messages:
        key += ".page"
    words = {name: field_words(finding.code, name, value, "en" if lang == "en" else "vi") for name, value in finding.fields.items()}
    if names is None:
        return translate(key, lang, **words)
    plain = f"{key}.plain"  # where the sentence speaks to somebody who writes the file
    named = {
        name: names.get(f"{KEY}{value.rpartition('.')[2]}", value)
        if name in _KEYS
        else ", ".join(names.get(each, each) for each in value.split(", "))
        for name, value in words.items()
    }
    return translate(plain if plain in messages else key, lang, **named)


@cache
def placeholders(message: str) -> tuple[str, ...]:
    """List the fields a message needs, in the order in which they stand."""
    return tuple(dict.fromkeys(name for _text, name, _spec, _conversion in Formatter().parse(message) if name is not None))


@cache
def catalogue(lang: str) -> Mapping[str, str]:
    """Load the catalogue of a language, strictly: a key given twice is an error."""
    path = resources.files("simulator.presentation") / "messages" / f"{lang}.yaml"
    if not path.is_file():
        raise MessageError(f"no messages in the language {lang}")
    messages: Mapping[str, str] = read_yaml_bytes(path.read_bytes(), f"{lang}.yaml").data
    return messages
