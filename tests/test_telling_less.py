"""A worker sends what somebody waits for, and nothing of it is lost."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest

from tests.telling_less import is_told, tell_less

SUITE = """\
import pytest

@pytest.fixture
def failing():
    yield
    print("cleared away")
    assert 0, "at the end"

def test_passes(): pass
def test_fails(): assert 0, "in the middle"
def test_fails_at_the_end(failing): pass
@pytest.mark.skip(reason="never mind")
def test_skipped(): pass
@pytest.mark.xfail(reason="known")
def test_expected(): assert 0
"""


class WorkerInteractor:
    """Stands for what speaks for a worker."""

    def __init__(self):
        self.sent = []

    def sendevent(self, name, **content):
        self.sent.append((name, content))


@pytest.fixture
def speaking():
    """Give a way to let a worker speak: what it then sends, and what takes its reports apart."""

    def speaking(**options):
        interactor, registered = WorkerInteractor(), []
        manager = SimpleNamespace(get_plugins=lambda: [object(), interactor], register=registered.append)
        tell_less(SimpleNamespace(pluginmanager=manager, getoption=options.get))
        return interactor, registered

    return speaking


def report(when="setup", outcome="passed", sections=()):
    return pytest.TestReport("a::b", ("a", 1, "b"), {}, outcome, None, when, sections=sections)


def test_what_is_not_waited_for_is_not_sent(speaking):
    interactor, (untold,) = speaking()
    interactor.sendevent("logstart", nodeid="a")
    interactor.sendevent("testreport", data=untold.pytest_report_to_serializable(report()) | {"worker_id": "gw0"})
    interactor.sendevent("testreport", data={"when": "call"})
    interactor.sendevent("logfinish", nodeid="a")
    assert interactor.sent == [("testreport", {"data": {"when": "call"}}), ("logfinish", {"nodeid": "a"})]
    assert untold.pytest_report_to_serializable(report("call")) is None


@pytest.mark.parametrize("options", [{"xmlpath": "x.xml"}, {"durations": 0}])
def test_who_asks_how_long_each_part_took_is_told_everything(speaking, options):
    interactor, registered = speaking(**options)
    interactor.sendevent("logstart", nodeid="a")
    assert (len(interactor.sent), registered) == (1, [])


def test_only_what_passed_in_silence_before_or_after_a_test_is_left_out():
    assert [is_told(report(when)) for when in ("setup", "call", "teardown")] == [False, True, False]
    assert all(is_told(report(when, outcome)) for when in ("setup", "teardown") for outcome in ("failed", "skipped"))
    assert is_told(report(sections=[("Captured stdout setup", "x")]))


def test_a_run_ends_and_counts_as_ever(tmp_path, pytestconfig):
    (tmp_path / "test_suite.py").write_text(SUITE, encoding="utf-8")
    (tmp_path / "conftest.py").write_text("from tests.telling_less import tell_less as pytest_configure\n", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    asked = [sys.executable, "-m", "pytest", "-n1", "-rA", "-p", "no:cacheprovider", "-c", tmp_path / "pytest.ini", tmp_path]
    finished = subprocess.run(asked, cwd=pytestconfig.rootpath, capture_output=True, text=True, check=False)
    assert finished.returncode == 1
    assert "1 failed, 2 passed, 1 skipped, 1 xfailed, 1 error" in finished.stdout
    assert all(words in finished.stdout for words in ("in the middle", "at the end", "cleared away", "never mind", "known"))
