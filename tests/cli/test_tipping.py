"""``tipping``: tables and sentences on stdout, progress aside, data and pictures in a folder, the study kept."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from simulator.cli.options import RANGES
from simulator.experiments.tipping import tipping
from simulator.experiments.tipping.tipping import FUTURES, REPLICATIONS
from simulator.presentation.i18n import translate
from tests.experiments.ranges import keep_ranges
from tests.presentation.tipped import tipped


@pytest.fixture(scope="module")
def small(place, tmp_path_factory):
    """Give a workspace in which but two assumptions have a range, and few years are run."""
    folder = tmp_path_factory.mktemp("small") / "w"
    shutil.copytree(place, folder, ignore=shutil.ignore_patterns("reports"))
    keep_ranges(folder / "scenarios" / "assumptions.yaml", {"rank_weight", "turn_weight"})
    return folder


@pytest.fixture(scope="module", autouse=True)
def few():
    """Let three futures do."""
    usual = RANGES["futures"]
    RANGES["futures"] = (1, 10_000)
    yield
    RANGES["futures"] = usual


ASKED = ("tipping", "hanoi-2021", "--futures", "3", "--replications", "2", "--years", "1", "--workers", "1")


def test_what_is_asked_for_is_what_is_studied_and_told(run, small, tmp_path, monkeypatch):
    asked = {}

    def find(scenario, computing, **numbers):
        asked.update(numbers, years=scenario.years, seed=scenario.seed, workers=computing.workers)
        return tipped()

    monkeypatch.setattr(tipping, "find_tipping", find)
    numbers = ("--futures", "40", "--replications", "3", "--years", "2", "--seed", "9", "--workers", "2")
    code, out, err = run("tipping", "hanoi-2021", *numbers, "-o", str(tmp_path / "out"), "--lang", "en", workspace=small)
    assert code == 0
    assert asked == {"futures": 40, "replications": 3, "members": 2000, "years": 2, "seed": 9, "workers": 2}
    assert "- “PLAN” is worse than “Keep as is” in at least one of 2 main indicators mainly if" in out
    assert "- In none of the 40 futures" in out
    assert "Target met" in out
    assert "40 futures" in err
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "futures.csv",
        "boxes.csv",
        "futures-map.csv",
        "futures-map.png",
        "futures-map.svg",
        "tipping-plan.png",
        "tipping-plan.svg",
    }
    boxes = (tmp_path / "out" / "boxes.csv").read_text(encoding="utf-8-sig").splitlines()
    assert boxes[1].startswith("plan,any,misses,turn_weight,low,0.3,,")
    run("tipping", "hanoi-2021", "--full", workspace=small)
    assert (asked["members"], asked["futures"], asked["replications"]) == (None, FUTURES, REPLICATIONS)


def test_the_defaults_are_those_the_help_names():
    assert (str(FUTURES), str(REPLICATIONS)) == (translate("cli.default.futures", "en"), translate("cli.default.tipping-replications", "en"))


@pytest.mark.deep
def test_tables_and_sentences_are_printed_and_progress_aside(run, small, tmp_path):
    code, out, err = run(*ASKED, "-o", str(tmp_path / "out"), workspace=small)
    assert code == 0
    assert "trong những tình huống nào" in " ".join(out.split())
    assert "Đạt mục tiêu" in out
    assert out.count("\n- ") == 3
    assert "3 tình huống" in err
    assert re.search(r"\d+/\d+", err)
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"futures.csv", "boxes.csv", "futures-map.csv", "futures-map.png", "futures-map.svg"} <= written
    lines = (tmp_path / "out" / "futures.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("option;target;future;missed;structure;unit_size")
    assert len(lines) == 1 + 3 * 4 * 3
    again = run(*ASKED, "--json", workspace=small)
    study = json.loads(again[1])
    assert study["futures"] == 3
    assert [option["id"] for option in study["options"]] == ["plan-115", "letter-3959", "plan-115-and-letter-3959"]
    assert again[2].count("6/6") <= 1  # found in the store


@pytest.mark.parametrize("number", ["0", "7.0", "many"])
def test_a_number_that_is_none_is_refused(run, small, number):
    code, out, err = run("tipping", "hanoi-2021", "--futures", number, workspace=small)
    assert (code, out) == (2, "")
    assert "--futures" in err
