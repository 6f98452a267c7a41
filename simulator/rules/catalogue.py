"""What a workspace holds: criteria sets, scoring tables, scenarios, instruments.

A listing must not fall silent because one file is broken: such a file is left out of its list and its findings stand beside the lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.errors import InputError
from simulator.rules.assembly import iter_set_files, iter_table_files, read_layer
from simulator.rules.citation import load_instruments
from simulator.rules.codes import make_finding
from simulator.rules.reading import read_yaml
from simulator.rules.values import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from simulator.errors import Finding
    from simulator.rules.values import Language
    from simulator.workspace import Workspace

_NOT_SCENARIOS = frozenset({"assumptions", "patterns"})


@dataclass(frozen=True)
class CatalogueEntry:
    """One thing a workspace holds.

    Attributes
    ----------
    id, title
        What it is called.
    status
        Legal status, for sets, tables and instruments.
    extends
        What an overlay is laid over.
    number
        Number of an instrument.
    """

    id: str
    title: Text
    status: str | None = None
    extends: str | None = None
    number: str | None = None


@dataclass(frozen=True)
class Catalogue:
    """Everything a workspace holds, and what could not be read of it."""

    criteria_sets: tuple[CatalogueEntry, ...]
    scoring_tables: tuple[CatalogueEntry, ...]
    scenarios: tuple[CatalogueEntry, ...]
    instruments: tuple[CatalogueEntry, ...]
    findings: tuple[Finding, ...] = ()

    def to_json(self, lang: Language = "vi") -> dict[str, list[dict[str, Any]]]:
        """Give the lists as plain data: ``title`` in one language, ``titles`` in both."""
        return {
            "criteria_sets": [_ruled(entry, lang) for entry in self.criteria_sets],
            "scoring_tables": [_ruled(entry, lang) for entry in self.scoring_tables],
            "scenarios": [_named(entry, lang) for entry in self.scenarios],
            "instruments": [{**_named(entry, lang), "number": entry.number, "status": entry.status} for entry in self.instruments],
        }


def list_workspace(workspace: Workspace) -> Catalogue:
    """List what a workspace holds, by id."""
    findings: list[Finding] = []
    tables = tuple(iter_table_files(workspace))
    return Catalogue(
        criteria_sets=tuple(_list_sets((path for path in iter_set_files(workspace) if path not in tables), workspace, findings)),
        scoring_tables=tuple(_list_sets(tables, workspace, findings)),
        scenarios=tuple(_list_titled(workspace, workspace.scenarios, findings)),
        instruments=tuple(_list_instruments(workspace, findings)),
        findings=tuple(findings),
    )


def _named(entry: CatalogueEntry, lang: Language) -> dict[str, Any]:
    return {"id": entry.id, "title": entry.title.in_language(lang), "titles": entry.title.model_dump()}


def _ruled(entry: CatalogueEntry, lang: Language) -> dict[str, Any]:
    return {**_named(entry, lang), "status": entry.status, "extends": entry.extends}


def _list_sets(paths: Iterable[Path], workspace: Workspace, findings: list[Finding]) -> Iterator[CatalogueEntry]:
    for path in paths:
        try:
            content = read_layer(read_yaml(path, workspace.show(path)), path.stem).content
        except InputError as problem:
            findings.extend(problem.findings)
        else:
            yield CatalogueEntry(content.id, content.title, content.status, content.extends)


def _list_instruments(workspace: Workspace, findings: list[Finding]) -> Iterator[CatalogueEntry]:
    try:
        register = load_instruments(workspace)
    except InputError as problem:
        findings.extend(problem.findings)
        return
    for instrument_id, instrument in register.instruments.items():
        yield CatalogueEntry(instrument_id, instrument.title, instrument.status, number=instrument.number)


def _list_titled(workspace: Workspace, folder: Path, findings: list[Finding]) -> Iterator[CatalogueEntry]:
    """List files of which this room only knows that they have an id and a title."""
    for path in sorted(folder.glob("*.yaml")):
        if path.stem in _NOT_SCENARIOS:
            continue
        try:
            document = read_yaml(path, workspace.show(path))
        except InputError as problem:
            findings.extend(problem.findings)
            continue
        title = Text.read(document.data.get("title")) if isinstance(document.data, dict) else None
        if title is None:
            findings.append(make_finding("CS102", document.file, 1, key="title", place="@file"))
        else:
            yield CatalogueEntry(path.stem, title)
