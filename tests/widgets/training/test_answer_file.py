from __future__ import annotations

import json

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.rules.assembly import read_criteria
from simulator.widgets.training.answer_file import MOST_BYTES, MOST_FILES, put_together, read_answers, write_answers
from simulator.widgets.training.marking import Answers, weights_of
from simulator.workspace import find_workspace
from tests.widgets.training.answering import person


def code_of(problem):
    return problem.value.findings[0].code


def test_answers_are_read_as_they_were_written():
    assert read_answers(write_answers(person(7))) == person(7)


def test_nobody_is_named_in_them():
    assert set(json.loads(write_answers(person(7)))) == {"form", "version", "seed", "marks", "ratings"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: data.update(name="A"), "WG615"),
        (lambda data: data.update(form="other"), "WG615"),
        (lambda data: data.update(seed=-1), "WG615"),
        (lambda data: data.update(seed="7"), "WG615"),
        (lambda data: data["ratings"].update(t1=11), "WG615"),
        (lambda data: data["marks"]["h1"].update(results=2.5), "WG615"),
        (lambda data: data["marks"]["h1"].update(other=2), "WG615"),
        (lambda data: data["marks"].pop("h1"), "WG616"),
        (lambda data: data["marks"]["h1"].pop("scope"), "WG616"),
        (lambda data: data["marks"]["h1"].update(scope=None), "WG616"),
        (lambda data: data["ratings"].pop("t1"), "WG616"),
        (lambda data: (data["ratings"].pop("t1"), data["ratings"].update(t99=1)), "WG616"),
    ],
)
def test_whatever_is_not_complete_and_exact_is_refused(change, code):
    data = json.loads(write_answers(person(7)))
    change(data)
    with pytest.raises(InputError) as problem:
        read_answers(json.dumps(data).encode())
    assert code_of(problem) == code


def test_no_json_and_too_much_of_it_are_refused():
    for content, code in ((b"\xff", "WG615"), (b"[" * 15_000, "WG615"), (b" " * (MOST_BYTES + 1), "WG612")):
        with pytest.raises(InputError) as problem:
            read_answers(content)
        assert code_of(problem) == code


def test_a_class_is_put_together_each_file_once_and_in_no_order_of_people():
    files = [write_answers(person(seed)) for seed in (9, 3, 5)]
    pool = put_together([*files, files[0]])
    assert [each.seed for each in pool.people] == [3, 5, 9]
    assert pool.n_twice == 1


def test_too_many_files_are_refused():
    with pytest.raises(InputError) as problem:
        put_together([b"{}"] * (MOST_FILES + 1))
    assert code_of(problem) == "WG617"


def test_totals_have_a_row_for_each_person():
    weights = weights_of(read_criteria("law-2022", find_workspace()))
    totals = put_together([write_answers(person(seed)) for seed in (1, 2)]).totals(weights)
    assert totals.shape == (2, 12)
    assert np.all((totals >= 0) & (totals <= 100))


def test_answers_that_are_not_finished_cannot_be_handed_in():
    with pytest.raises(InputError) as problem:
        read_answers(write_answers(Answers(3)))
    assert code_of(problem) == "WG616"
