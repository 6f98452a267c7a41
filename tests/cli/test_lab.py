"""``lab`` and ``app``: JupyterLab, or the page without code, is opened on the workspace, with the port asked for."""

from __future__ import annotations

import pytest

from simulator.widgets.serving import app, lab


@pytest.mark.parametrize(
    ("arguments", "expected"), [([], (True, None, "vi")), (["--no-browser", "--port", "9000", "--lang", "en"], (False, 9000, "en"))]
)
def test_the_lab_is_opened_as_asked(run, place, monkeypatch, arguments, expected):
    opened = []
    monkeypatch.setattr(lab, "open_lab", lambda where, *, has_browser, port, lang: opened.append((where.root, has_browser, port, lang)) or 3)
    code, out, _ = run("lab", *arguments)
    assert (code, out) == (3, "")
    assert opened == [(place, *expected)]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ("workbench", True, None, "vi")),
        (["--no-browser", "--port", "9000"], ("workbench", False, 9000, "vi")),
        (["training", "--lang", "en"], ("training", True, None, "en")),
        (["workbench", "--no-browser"], ("workbench", False, None, "vi")),
    ],
)
def test_a_page_is_served_as_asked(run, place, monkeypatch, arguments, expected):
    served = []
    monkeypatch.setattr(app, "serve", lambda where, page, **given: served.append((where.root, page, *given.values())) or 3)
    code, out, _ = run("app", *arguments)
    assert (code, out) == (3, "")
    assert served == [(place, *expected)]


def test_a_page_that_is_none_is_refused(run):
    code, _, err = run("app", "reports")
    assert code == 2
    assert "workbench, training" in err


@pytest.mark.parametrize("command", ["lab", "app"])
def test_a_port_that_is_none_is_refused(run, command):
    assert run(command, "--port", "0")[0] == 2
