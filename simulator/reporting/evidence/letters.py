"""Whether the words of a scenario and of its rules can be printed, before anything is simulated: a PDF needs a typeface for every letter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.errors import InputError
from simulator.reporting.codes import template_finding
from simulator.rules.reading import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from simulator.presentation.numbers import Lang
    from simulator.rules.paths import KeyPath
    from simulator.workspace import Workspace


def check_letters(files: Iterable[tuple[Path, str]], lang: Lang, lacking: Callable[[Iterable[str]], list[str]]) -> None:
    """Refuse texts with letters that nobody can print.

    Parameters
    ----------
    files
        YAML files whose texts a report prints, each with the name it has for the reader.
    lang
        Language of the report: texts in the other one are not printed.
    lacking
        Picks, from some letters, those that no typeface has.

    Raises
    ------
    InputError
        With a finding at every such text.
    """
    findings = []
    for path, shown in dict.fromkeys(files):
        document = read_yaml(path, shown)
        for place, text in _texts(document.data, lang):
            if letters := lacking(text):
                findings.append(replace(template_finding("RP111", shown, letters=name_letters(letters)), line=document.line_of(*place)))
    if findings:
        raise InputError(findings)


def name_letters(letters: Iterable[str]) -> str:
    """Write letters with their code points, for a terminal may be unable to show them either."""
    return ", ".join(f"“{letter}” (U+{ord(letter):04X})" for letter in letters)


def _texts(data: Any, lang: Lang, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Go through the texts in one language: they stand under its key, wherever that is."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        if key == lang and isinstance(value, str):
            yield (*path, key), value
        else:
            yield from _texts(value, lang, (*path, key))


def named_files(files: Iterable[str], workspace: Workspace) -> list[tuple[Path, str]]:
    """Find files that were named to a reader: as they are, or relative to the workspace."""
    return [(Path(file) if Path(file).is_file() else workspace.root / file, file) for file in files]
