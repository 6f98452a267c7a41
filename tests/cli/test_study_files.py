from __future__ import annotations

import pytest

from simulator.cli.study_files import write_study
from simulator.errors import InputError
from simulator.presentation.results.power_figure import draw_power
from simulator.presentation.results.study_data import TidyTable
from tests.presentation.results.power_specimen import power


def test_tables_and_pictures_are_written_and_the_folder_is_told(tmp_path, capsys):
    write_study(tmp_path / "a" / "b", [TidyTable("turns", ("test", "rate"), [["x", 0.5], ["y", None]])], [draw_power(power())], "vi")
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == ["power.png", "power.svg", "turns.csv"]
    assert (tmp_path / "a" / "b" / "turns.csv").read_text(encoding="utf-8-sig").split() == ["test;rate", "x;0,5", "y;"]
    assert capsys.readouterr().err.startswith("Đã ghi 3 tệp")


def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "a").write_text("x")
    with pytest.raises(InputError):
        write_study(tmp_path / "a", [], [], "vi")
