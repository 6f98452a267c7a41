"""``lab``: JupyterLab is opened on the workspace, with the port asked for."""

from __future__ import annotations

import pytest

from simulator.reporting import lab


@pytest.mark.parametrize(("arguments", "expected"), [([], (True, None)), (["--no-browser", "--port", "9000"], (False, 9000))])
def test_the_lab_is_opened_as_asked(run, place, monkeypatch, arguments, expected):
    opened = []
    monkeypatch.setattr(lab, "open_lab", lambda where, *, has_browser, port: opened.append((where.root, has_browser, port)) or 3)
    code, out, _ = run("lab", *arguments)
    assert (code, out) == (3, "")
    assert opened == [(place, *expected)]


def test_a_port_that_is_none_is_refused(run):
    assert run("lab", "--port", "0")[0] == 2
