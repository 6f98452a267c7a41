from __future__ import annotations

import re

import pytest

from simulator.presentation.i18n import describe
from simulator.presentation.rules.finding_names import finding_names
from simulator.rules.codes import make_finding
from simulator.rules.linting import find_register
from simulator.rules.loading import load_criteria
from simulator.widgets.drafting.state import State
from simulator.workspace import find_workspace

WORKSPACE = find_workspace()
BASE = load_criteria("decree-91", WORKSPACE)
QUOTA = "chien-si-thi-dua-co-so.quota"


@pytest.fixture(scope="module")
def names():
    return finding_names(BASE, "vi", find_register(WORKSPACE))


def test_clauses_awards_instruments_and_keys_are_said_in_words(names):
    told = describe(make_finding("RL355", "draft.yaml", 1, clause=QUOTA, before="15%", after="20%", former="decree-91-2017"), "vi", names)
    assert BASE.clause(QUOTA).title.vi in told
    assert "Nghị định số 91/2017/NĐ-CP" in told
    told = describe(make_finding("RL344", "draft.yaml", 1, clause=QUOTA, field="share", found="0"), "vi", names)
    assert "tỷ lệ bằng 0" in told
    fields = {"clause": QUOTA, "key": "places", "found": "-1", "low": "0", "high": "∞", "how": "@mend-the-number"}
    assert describe(make_finding("RL307", "draft.yaml", 1, **fields), "vi", names).count("∞") == 0


def test_a_reader_of_files_is_told_the_ids():
    finding = make_finding("RL344", "draft.yaml", 1, clause=QUOTA, field="share", found="0")
    assert QUOTA in describe(finding, "vi")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_finding_that_striking_out_or_turning_brings_holds_an_id(lang):
    state, told = State(WORKSPACE, "decree-91"), []
    names = finding_names(BASE, lang, state.register)
    clauses = [path for path in state.draft.former if path.startswith(("chien-si-thi-dua-co-so.", "procedure."))]
    for path in clauses:
        state.strike(path, is_removed=True)
        told += [describe(finding, lang, names) for finding in state.findings()]
        state.undo()
        for key, value in state.draft.former[path].items():
            if isinstance(value, float | int) and not isinstance(value, bool):
                state.turn(path, key, 0)
                told += [describe(finding, lang, names) for finding in state.findings()]
                state.undo()
    assert told
    assert [sentence for sentence in told if re.search(r"[a-z]-[a-z]+-[a-z]|[a-z]_[a-z]|∞|draft\\.yaml", sentence.replace("mid-year", ""))] == []


@pytest.mark.parametrize("table", ["school-leader-2026", "molisa-2019", "thua-thien-hue-2018"])
def test_what_is_said_of_a_scoring_table_that_is_turned_holds_no_word_of_its_file(table):
    state, told = State(WORKSPACE, table), []
    names = finding_names(state.draft.base, "vi", state.register)
    for path, values in state.draft.former.items():
        if "." in path:
            state.strike(path, is_removed=True)
            told += [describe(finding, "vi", names) for finding in state.findings()]
            state.undo()
        for key, value in values.items():
            if isinstance(value, float | int) and not isinstance(value, bool):
                state.turn(path, key, 2 * value)
                told += [describe(finding, "vi", names) for finding in state.findings()]
                state.undo()
    assert told
    words = (
        r"\b(below|above|at_most|at_least|points|classes|total|every-criterion|target|level|scale|when|part-[ab])\b|[a-z]-[a-z]+-[a-z]|[a-z]_[a-z]"
    )
    assert sorted({sentence for sentence in told if re.search(words, sentence)}) == []
