"""A small office of our own: the shipped law, and a question about a dozen units."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from simulator.experiments.scenarios.scenario import load_scenario
from simulator.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]

TINY_POPULATION = """\
id: tiny
title: {vi: Thử, en: Trial}
basis: {vi: Giả định, en: Assumed}
kinds:
  office:
    title: {vi: Cơ quan, en: Office}
    units: 8
    mean_size: 15.0
    spread: 0.3
    smallest: 5
    leader_share: 0.3
    direct_share: 0.2
    basis: {vi: Giả định, en: Assumed}
  school:
    title: {vi: Trường, en: School}
    units: 10
    mean_size: 21.0
    leader_share: 0.1
    direct_share: 0.9
    basis: {vi: Giả định, en: Assumed}
"""
TINY_SCENARIO = """\
id: tiny
title: {vi: Thử, en: Trial}
question: {vi: Thử?, en: Trial?}
as_of: 2021-11-10
baseline: decree-91
options:
  - id: keep
    title: {vi: Giữ nguyên, en: Keep}
    criteria: decree-91
  - id: plan
    title: {vi: Kế hoạch, en: Plan}
    criteria: decree-91+hanoi-plan-115
focus_award: chien-si-thi-dua-co-so
population: tiny
years: 3
warm_up_years: 2
replications: 3
seed: 7
"""


def furnish(folder):
    """Put the shipped law, the shipped assumptions and the tiny question into a folder."""
    shutil.copytree(ROOT / "criteria", folder / "criteria")
    (folder / "scenarios" / "populations").mkdir(parents=True)
    shutil.copy(ROOT / "scenarios" / "assumptions.yaml", folder / "scenarios")
    (folder / "scenarios" / "populations" / "tiny.yaml").write_text(TINY_POPULATION, encoding="utf-8")
    (folder / "scenarios" / "tiny.yaml").write_text(TINY_SCENARIO, encoding="utf-8")
    return Workspace(folder)


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """Give a workspace that nobody writes into."""
    return furnish(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="session")
def tiny(office):
    """Give the tiny scenario."""
    return load_scenario("tiny", office)


@pytest.fixture
def desk(tmp_path):
    """Give a workspace of one's own, to make mistakes in."""
    return furnish(tmp_path / "desk")


@pytest.fixture
def rewrite(desk):
    """Give a way to replace words in a file of one's own desk."""

    def replace_words(file, *changes):
        path = desk.root / file
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, (old, text.count(old))
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")

    return replace_words
