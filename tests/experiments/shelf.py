"""What lies in a results store, seen and changed past the program: with SQLite alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import NamedTuple

from simulator.experiments.store.results_file import FILE_NAME


class Row(NamedTuple):
    """A row as it lies there."""

    kind: str
    scenario: str
    name: str
    program: str
    failure: str | None
    sha256: str | None
    text: str | None


def rows(folder):
    """Give every row of a store; none where there is no file."""
    if not (folder / FILE_NAME).exists():
        return []
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        try:
            return [Row(*row) for row in connection.execute("SELECT * FROM results ORDER BY scenario, kind, name, program")]
        except sqlite3.OperationalError as problem:
            if "no such table" in str(problem):  # made a moment ago
                return []
            raise


def kept(folder):
    """List the replications of which a result is kept."""
    return sorted(int(row.name) for row in rows(folder) if row.kind == "run" and row.text is not None)


def change(folder, statement, *values):
    """Change the rows of a store."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute(statement, values)
