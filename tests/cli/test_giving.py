"""The result on stdout is whole UTF-8 and alone, and a reader who stops reading causes no complaint."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.cli.giving import give, short


def tieuchi(*arguments, **options):
    return subprocess.run([sys.executable, "-m", "simulator", *arguments], capture_output=True, check=False, **options)


def test_output_is_utf8_whatever_the_code_page(place):
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "LC_ALL": "C"}
    finished = tieuchi("--workspace", str(place), "list", env=environment)
    assert finished.returncode == 0
    assert "Bộ tiêu chí" in finished.stdout.decode("utf-8")


def test_a_reader_that_has_enough_causes_no_complaint(place):
    with subprocess.Popen(
        [sys.executable, "-m", "simulator", "--workspace", str(place), "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(timeout=60) == 0


def test_data_is_strict_json_with_its_letters_kept(capsys):
    give({"title": "Bộ tiêu chí"})
    assert capsys.readouterr().out == '{\n "title": "Bộ tiêu chí"\n}\n'
    with pytest.raises(ValueError, match="Out of range"):
        give({"value": float("nan")})


def test_a_file_is_named_from_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert short(tmp_path / "a" / "b.csv") == str(Path("a", "b.csv"))
    assert short(tmp_path.parent / "c.csv") == str(tmp_path.parent / "c.csv")
