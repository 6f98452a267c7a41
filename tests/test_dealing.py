"""Tests are dealt out so that no worker waits for another."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.dealing import BROWSER, FIRST, IN_PARTS, Dealing


class Worker:
    """Hears what it is to run, and never tires."""

    shutting_down = False

    def __init__(self, name):
        self.gateway = SimpleNamespace(id=name)
        self.dealt = []

    def send_runtest_some(self, indices):
        self.dealt.append(indices)

    def shutdown(self):
        self.shutting_down = True


@pytest.fixture
def deal():
    """Give a way to deal tests to two workers, of which the first is done with all it has as soon as it has it: what each was given, by file."""

    def deal(collection):
        config = SimpleNamespace(getvalue=lambda _name: ["2*popen"], option=SimpleNamespace(loadscopereorder=True))
        dealing, workers = Dealing(config), [Worker("one"), Worker("two")]
        for worker in workers:
            dealing.add_node(worker)
            dealing.add_node_collection(worker, collection)
        dealing.schedule()
        for indices in workers[1].dealt:
            for index in indices:
                dealing.mark_test_complete(workers[1], index)
        return [[[collection[index] for index in indices] for indices in worker.dealt] for worker in workers]

    return deal


def test_all_of_the_browser_is_dealt_to_one_worker_before_all_else(deal):
    browser = [f"{BROWSER}/test_{name}.py::test_{n}" for name in "ab" for n in range(3)]
    others = [f"tests/test_{name}.py::test_{n}" for name in "cd" for n in range(9)]
    assert deal([*others, *browser]) == [[browser], [others[:9], others[9:]]]


def test_files_that_last_long_come_before_files_of_many_tests(deal):
    many = [f"tests/test_many.py::test_{n}" for n in range(9)]
    one, other = (f"{file}::test" for file in FIRST[1:3])
    assert deal([*many, f"{BROWSER}/test_a.py::test", other, one])[1][0] == [one]


def test_what_lasts_minutes_and_prepares_nothing_is_shared_test_by_test_in_its_place(deal):
    parts = [f"{IN_PARTS[0]}::test[{n}]" for n in range(4)]
    long = [f"{FIRST[-1]}::test_{n}" for n in range(9)]
    first, second = deal([*long, *parts])
    assert (first[0], second[0]) == (parts[:1], parts[1:2])
    assert [*first, *second].count(long) == 1
    assert sorted(test for dealt in (*first, *second) for test in dealt if test in parts) == parts


def test_what_is_done_is_forgotten_and_what_a_dead_worker_leaves_is_dealt_anew():
    files = [[f"tests/test_{name}.py::test_{n}" for n in range(4)] for name in "abc"]
    tests = [test for file in files for test in file]
    dealing, worker = Dealing(SimpleNamespace(getvalue=lambda _name: ["1*popen"], option=SimpleNamespace(loadscopereorder=True))), Worker("one")
    dealing.add_node(worker)
    dealing.add_node_collection(worker, tests)
    dealing.schedule()
    for index in range(6):
        dealing.mark_test_complete(worker, index)
    assert [list(left) for left in dealing.assigned_work[worker].values()] == [files[1], files[2]]
    assert dealing.remove_node(worker) == files[1][2]
    assert [[test for test, is_done in left.items() if not is_done] for left in dealing.workqueue.values()] == [files[1][2:], files[2]]


def test_whatever_is_named_is_there(pytestconfig):
    assert [name for name in FIRST if not (pytestconfig.rootpath / name).exists()] == []
