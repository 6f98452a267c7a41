"""A list of awards that is read and measured, as a real one would be; the one that is shipped is made up, and says so."""

from __future__ import annotations

import csv
import io
import math
import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.indicators.measurement import measure
from simulator.widgets.training.exercise import ListSpec, exercise_file, fill
from simulator.widgets.training.readings import Reading
from simulator.widgets.training.world import World
from simulator.workbook.registers import read_register

if TYPE_CHECKING:
    from simulator.errors import Finding
    from simulator.indicators.measurement import Measured
    from simulator.widgets.training.exercise import Setting

_MARGIN: Final = 0.02
_AWARDS_SHOWN: Final = 2
_LEADERS: Final = frozenset({"head", "deputy"})
_NAME: Final = "register.csv"


class ListWorld(World[ListSpec]):
    """A world that is known by its list of awards alone."""

    @cached_property
    def rows(self) -> list[dict[str, str]]:
        """The whole list."""
        return rows_of(exercise_file(self.spec.file))

    def margin(self, measure: str, before: Reading) -> float:  # noqa: ARG002 - what all worlds are asked
        """Give the smallest difference that matters."""
        return _MARGIN

    def read(self, setting: Setting) -> dict[str, Reading]:
        """Measure the last years of the list."""
        n_years = int(fill(self.spec.years, self.exercise.fields(setting)))
        last = sorted({row["year"] for row in self.rows})[-n_years:]
        chosen = [row for row in self.rows if row["year"] in last]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / _NAME
            path.write_text(text_of(chosen), encoding="utf-8", newline="")
            measured = measure(read_register(path, on_warning=_pass_over, workspace=self.workspace.root)).indicators
        return {name: _reading(measured[name]) for name in self.exercise.measures}


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Read the rows of a list that is shipped."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def rows_with_awards(rows: list[dict[str, str]], n: int) -> list[dict[str, str]]:
    """Choose rows to show: the first that follow each other with two awards and a leader among them, so that each kind is seen."""
    windows = (rows[start : start + n] for start in range(len(rows) - n + 1))
    fitting = (
        each for each in windows if sum(row["is_awarded"] == "1" for row in each) >= _AWARDS_SHOWN and any(row["role"] in _LEADERS for row in each)
    )
    return next(fitting, rows[:n])


def text_of(rows: list[dict[str, str]]) -> str:
    """Write rows of a list, under their heading."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _pass_over(_finding: Finding) -> None:
    """Leave warnings aside: the list is ours, and what it lacks is what the exercise is about."""


def _reading(measured: Measured) -> Reading:
    value, low, high = (math.nan if number is None else number for number in (measured.value, measured.low, measured.high))
    return Reading(value, low, high)
