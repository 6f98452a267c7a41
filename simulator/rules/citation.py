"""Where a clause comes from: the legal instrument, the provision, and how sure we are of having read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import Field, ValidationError

from simulator.errors import InputError
from simulator.rules.diagnosis import describe_validation
from simulator.rules.reading import Document, read_yaml
from simulator.rules.values import FrozenModel, Identifier, Text, Words
from simulator.workspace import Workspace

Confidence: TypeAlias = Literal["read", "recalled", "unsure", "derived"]
"""``read`` in a public page or file; ``recalled`` from memory with confidence; ``unsure``; ``derived`` by our arithmetic from the others."""


class Source(FrozenModel):
    """What a clause cites. A provision is given only where somebody has seen it."""

    instrument: Identifier
    provision: Words | None = None
    confidence: Confidence


class InForce(FrozenModel):
    """From when until when an instrument has force; a bound nobody has found is left out."""

    start: date | None = Field(None, alias="from")
    end: date | None = Field(None, alias="until")


class Instrument(FrozenModel):
    """A legal instrument, or another published page, that clauses cite."""

    number: Words | None = None
    kind: Literal["law", "decree", "circular", "decision", "plan", "letter", "party-rule", "report"]
    title: Text
    issuer: Text
    issued_on: date | None = None
    in_force: InForce | None = None
    status: Literal["in-force", "in-force-text-not-loaded", "repealed", "draft", "unknown"]
    confidence: Confidence
    where_read: Words | None = None
    note: Text | None = None


class _InstrumentFile(FrozenModel):
    checked_on: date
    instruments: Mapping[Identifier, Instrument]


@dataclass(frozen=True, eq=False)
class InstrumentRegister:
    """The instruments of a workspace, by id; whoever reads the same words again may get the same one.

    Attributes
    ----------
    instruments
        Each instrument by its id.
    lines
        Line of each in the file it was read from.
    file
        That file, as it is named to the reader.
    """

    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    file: str = ""

    def __contains__(self, instrument_id: object) -> bool:
        return instrument_id in self.instruments

    def __getitem__(self, instrument_id: str) -> Instrument:
        return self.instruments[instrument_id]


def load_instruments(workspace: Workspace) -> InstrumentRegister:
    """Load ``criteria/instruments.yaml`` of a workspace."""
    return read_instruments(workspace.criteria / "instruments.yaml", workspace)


def read_instruments(path: Path, workspace: Workspace) -> InstrumentRegister:
    """Read a register of instruments from a file."""
    return _read_register(read_yaml(path, workspace.show(path)))


@lru_cache(maxsize=8)
def _read_register(document: Document) -> InstrumentRegister:
    """Give a file the shape of a register."""
    try:
        content = _InstrumentFile.model_validate(document.data)
    except ValidationError as problem:
        raise InputError(describe_validation(problem, _InstrumentFile, document.data, document.location_of)) from problem
    lines = {instrument_id: document.line_of("instruments", instrument_id) for instrument_id in content.instruments}
    return InstrumentRegister(content.instruments, lines, document.file)
