from __future__ import annotations

from simulator.widgets.served import COMPANY_VARIABLE, OLD_VARIABLE, WORKSPACE_VARIABLE, is_alone, is_old, served_workspace
from simulator.workspace import find_workspace


def test_a_served_page_looks_where_the_server_says_and_an_open_notebook_where_it_lies(tmp_path, monkeypatch):
    (tmp_path / "criteria").mkdir()
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(tmp_path))
    assert served_workspace().root == tmp_path
    monkeypatch.delenv(WORKSPACE_VARIABLE)
    assert served_workspace() == find_workspace()


def test_a_page_has_company_where_its_server_says_so(monkeypatch):
    monkeypatch.delenv(COMPANY_VARIABLE, raising=False)
    assert is_alone()
    monkeypatch.setenv(COMPANY_VARIABLE, "1")
    assert not is_alone()


def test_a_notebook_may_be_old_where_its_server_says_so(monkeypatch):
    monkeypatch.delenv(OLD_VARIABLE, raising=False)
    assert not is_old("training.ipynb")
    monkeypatch.setenv(OLD_VARIABLE, "a.ipynb,training.ipynb")
    assert is_old("training.ipynb")
    assert not is_old("workbench.ipynb")
