"""A small workspace with the real rules, and the command line called in this process."""

from __future__ import annotations

import re

import pytest

from simulator.cli.app import main
from tests.small_hanoi import furnish_small


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    """Make a workspace with the real rules and a tenth of the units, so that a comparison takes a second."""
    folder = furnish_small(tmp_path_factory.mktemp("place")).root
    scenario = folder / "scenarios" / "hanoi-2021.yaml"
    shorter = re.sub(r"years: 10\b", "years: 3", scenario.read_text(encoding="utf-8"))
    scenario.write_text(re.sub(r"warm_up_years: \d+", "warm_up_years: 4", re.sub(r"replications: \d+", "replications: 2", shorter)), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def root(pytestconfig):
    return pytestconfig.rootpath


@pytest.fixture
def run(place, capsys):
    def run(*arguments, workspace=place):
        given = ["--workspace", str(workspace), *arguments] if workspace else list(arguments)
        code = main(given)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run
