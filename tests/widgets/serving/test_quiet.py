from __future__ import annotations

import logging

import pytest

from simulator.widgets.serving.quiet import WithoutNoise, WithoutToken


@pytest.fixture
def said(caplog):
    log = logging.getLogger("a server")
    noise, token = WithoutNoise(), WithoutToken("x7k9q2")
    log.addFilter(noise)
    log.addFilter(token)
    with caplog.at_level(logging.WARNING, "a server"):
        yield log, caplog
    log.removeFilter(noise)
    log.removeFilter(token)


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("Notebook %s is not trusted", ("training.ipynb",)),
        ("The websocket_ping_timeout (%s) cannot be longer than the websocket_ping_interval (%s).", (90000, 30000)),
        ("%d %s %.2fms", (403, "POST /voila/api/shutdown/1-2 (127.0.0.1)", 1.0)),
        ("wrote error: %r", ("missing",)),
    ],
)
def test_what_nobody_can_mend_is_not_said(said, words, fields):
    log, heard = said
    log.warning(words, *fields)
    assert heard.records == []


def test_a_problem_is_said_without_the_token(said):
    log, heard = said
    log.warning("Kernel %s died, removing from map.", "1-2")
    log.warning("%d %s", 403, "GET /voila/render/training.ipynb?token=x7k9q2")
    assert [record.getMessage() for record in heard.records] == [
        "Kernel 1-2 died, removing from map.",
        "403 GET /voila/render/training.ipynb?token=…",
    ]
