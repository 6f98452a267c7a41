from __future__ import annotations

from simulator.widgets.served import WORKSPACE_VARIABLE, served_workspace
from simulator.workspace import find_workspace


def test_a_served_page_looks_where_the_server_says_and_an_open_notebook_where_it_lies(tmp_path, monkeypatch):
    (tmp_path / "criteria").mkdir()
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(tmp_path))
    assert served_workspace().root == tmp_path
    monkeypatch.delenv(WORKSPACE_VARIABLE)
    assert served_workspace() == find_workspace()
