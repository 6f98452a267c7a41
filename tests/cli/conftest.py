"""A small workspace with the real rules, and the command line called in this process."""

from __future__ import annotations

import re
import shutil

import pytest

from simulator.cli.app import main
from simulator.workspace import Workspace
from tests.small_hanoi import furnish_small, shorten, thin_out


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    """Make a workspace with the real rules and a tenth of the units, so that a comparison takes a second."""
    folder = furnish_small(tmp_path_factory.mktemp("place")).root
    scenario = folder / "scenarios" / "hanoi-2021.yaml"
    shorter = re.sub(r"years: 10\b", "years: 3", scenario.read_text(encoding="utf-8"))
    scenario.write_text(re.sub(r"warm_up_years: \d+", "warm_up_years: 2", re.sub(r"replications: \d+", "replications: 2", shorter)), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def brief(place, tmp_path_factory):
    """Make a workspace with one option beside what is, for where runs are kept, when they end and what is written, whatever is asked."""
    folder = tmp_path_factory.mktemp("brief") / "w"
    shutil.copytree(place, folder, ignore=shutil.ignore_patterns("reports"))
    return shorten(thin_out(Workspace(folder)), ("keep-as-is", "plan-115"), years=1, warm_up_years=2).root


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
