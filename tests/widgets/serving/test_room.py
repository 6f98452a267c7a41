from __future__ import annotations

import subprocess
import sys

import pytest

from simulator.widgets.serving.room import SEATS, SEATS_VARIABLE, seats


def test_an_office_may_have_more_seats_or_fewer(monkeypatch):
    monkeypatch.delenv(SEATS_VARIABLE, raising=False)
    assert seats() == str(SEATS)
    monkeypatch.setenv(SEATS_VARIABLE, "")
    assert seats() == str(SEATS)
    monkeypatch.setenv(SEATS_VARIABLE, "40")
    assert seats() == "40"


@pytest.mark.parametrize("name", ["app", "lab"])
def test_a_command_that_starts_a_server_does_not_load_the_libraries_of_one(name):
    code = f"import sys\nimport simulator.widgets.serving.{name}\nsys.exit('jupyter_server' in sys.modules or 'jsonschema' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
