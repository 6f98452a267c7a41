"""Files of a study: its data as CSV tables, and its pictures as PNG and SVG, in a folder that is made for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.cli.outputs import make_folder, whole_file
from simulator.presentation.i18n import translate
from simulator.presentation.terminal import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from simulator.presentation.numbers import Lang
    from simulator.presentation.results.study_data import TidyTable
    from simulator.presentation.style import Drawing


def write_study(folder: Path, tables: Sequence[TidyTable], drawings: Sequence[Drawing], lang: Lang) -> None:
    """Write the files of a study, and say where they are.

    Raises
    ------
    InputError
        If nothing can be written there.
    """
    from simulator.reporting.forms.csv_tables import csv_table  # what writes nothing needs none of it

    make_folder(folder)
    contents = {f"{table.name}.csv": csv_table(table.columns, table.rows, lang) for table in tables}
    for drawing in drawings:
        name = drawing.id.removesuffix("-figure")
        contents |= {f"{name}.png": drawing.to_png(), f"{name}.svg": drawing.to_svg().encode()}
    for name, content in contents.items():
        with whole_file(folder / name) as path:
            path.write_bytes(content)
    say(translate("cli.study.written", lang, n=str(len(contents)), folder=folder.as_posix()))
