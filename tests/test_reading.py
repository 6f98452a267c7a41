"""Workers share the taking apart of the files, and pytest finds what they prepared."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from _pytest.assertion.rewrite import PYC_TAIL

from tests.reading import take_own_share_apart

PAGES = {
    "test_a.py": "assert True\n",
    "test_b.py": "no Python\n",
    "test_c.py": "1 / 0\n",
    "deeper/test_d.py": "assert 1\n",
    "helper.py": "assert 1\n",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Give a folder of four files of tests, of which one cannot be read and one could not be run."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "deeper").mkdir()
    for name, text in PAGES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def prepared_by(folder, pytestconfig):
    """Give a way to let a worker prepare its share: the files that are prepared when it is done."""

    def prepared_by(**worker):
        config = SimpleNamespace(rootpath=folder, args=["."], stash=pytestconfig.stash, getoption=lambda _name: "rewrite", getini=pytestconfig.getini)
        take_own_share_apart(SimpleNamespace(**vars(config), **worker))
        return {path.name.removesuffix(PYC_TAIL) for path in folder.rglob("*.pyc")}

    return prepared_by


def test_two_workers_prepare_half_each_and_leave_to_pytest_what_cannot_be_read(prepared_by):
    assert prepared_by(workerinput={"workerid": "gw0", "workercount": 2}) == {"test_d"}  # the second of its half is no Python
    assert prepared_by(workerinput={"workerid": "gw1", "workercount": 2}) == {"test_a", "test_c", "test_d"}


def test_whoever_works_alone_prepares_as_it_goes(prepared_by):
    assert prepared_by() == set()


def test_what_was_prepared_is_what_pytest_runs(folder, prepared_by, pytestconfig):
    """An assertion of the page that was taken apart here tells its values when the page is imported, and is not taken apart again."""
    prepared_by(workerinput={"workerid": "gw0", "workercount": 1})
    (hook,) = (each for each in sys.meta_path if type(each).__name__ == "AssertionRewritingHook")
    spec = hook.find_spec("test_d", [str(folder / "deeper")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("_pytest.assertion.rewrite._rewrite_test", None)
        module = SimpleNamespace(__spec__=spec, __name__="test_d")
        hook.exec_module(module)
    assert "@pytest_ar" in vars(module)
