from __future__ import annotations

import json

import pytest

from simulator.widgets.training.marking import Answers
from simulator.widgets.training.progress import Progress
from simulator.widgets.training.remembering import Remembered, read_remembered, remember
from simulator.widgets.training.work import Work
from simulator.widgets.work_codes import new_code

LEFT = Remembered(
    Progress({"quota-of-six": Work("less", was_right=False)}, Answers(7, {"h1": {"results": 3}}, {"t2": 10})),
    new_code(), "en", "quota-of-six", 2, (5, ((1, 2), (), (18,))),
)  # fmt: skip


def test_all_of_it_comes_back():
    assert read_remembered(remember(LEFT)) == LEFT


@pytest.mark.parametrize(
    "change",
    [
        {"form": "tieuchi-workbench"},
        {"version": 2},
        {"lang": "fr"},
        {"exercise": "none"},
        {"leaf": 10},
        {"code": "../../x"},
        {"work": "{}"},
        {"work": "["},
        {"more": 1},
        {"seat": {"seed": -1, "choices": []}},
        {"seat": {"seed": 2**63, "choices": []}},
        {"seat": {"seed": 1, "choices": [[19]]}},
        {"seat": {"seed": 1, "choices": [[]] * 6}},
        {"seat": {"seed": 1, "choices": [[1] * 19]}},
    ],
)
def test_what_is_not_of_the_form_is_no_memory(change):
    assert read_remembered(json.dumps({**json.loads(remember(LEFT)), **change})) is None


@pytest.mark.parametrize("text", ["", "{", "null", "[" * 100_000])
def test_what_is_damaged_is_no_memory(text):
    assert read_remembered(text) is None
