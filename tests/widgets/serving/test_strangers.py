"""What a stranger is shown; that nobody without the token sees more is tried on a real server in ``test_app.py``."""

from __future__ import annotations

import logging
from types import SimpleNamespace

import pytest
from tornado.web import HTTPError

from simulator.presentation.i18n import translate
from simulator.rules.values import LANGUAGES
from simulator.widgets.serving.strangers import Refusal, TokenAlone, is_this_machine, refusal


def test_a_stranger_is_told_in_both_languages_how_to_come_in():
    page = refusal()
    for lang in LANGUAGES:
        assert translate("app.refused.title", lang) in page
        assert f'<section lang="{lang}">' in page
    assert page.index("Chưa mở") < page.index("cannot be opened")


def test_there_is_no_form_and_nothing_from_outside():
    assert not any(word in refusal() for word in ("<form", "<script", "src=", "href=", "://"))


def test_the_only_page_for_strangers_is_the_refusal():
    assert TokenAlone(token="word").get_handlers() == [("/login", Refusal)]  # noqa: S106 - no secret


@pytest.mark.parametrize("name", ["tornado.access", "tornado.general"])
def test_the_token_is_not_told_in_a_terminal(caplog, name):
    log = logging.getLogger(name)
    with caplog.at_level(logging.WARNING, name):
        TokenAlone(token="x7k9q2")  # noqa: S106 - no secret
        log.warning("%d %s", 403, "GET /files/x?token=x7k9q2&y=1")
        log.warning("nothing of it")
    assert [record.getMessage() for record in caplog.records if record.name == name] == ["403 GET /files/x?token=…&y=1", "nothing of it"]


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8866", "127.0.0.1", "127.0.0.1:8866", "[::1]", "[::1]:8866"])
def test_names_of_this_machine_are_served(host):
    assert is_this_machine(host)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8866", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.1.5:8866", "", "[::2]"]
)
def test_other_names_are_refused_whatever_token_they_bring(host):
    assert not is_this_machine(host)
    request = SimpleNamespace(host=host)
    with pytest.raises(HTTPError, match="localhost") as refused:
        TokenAlone(token="word").get_user(SimpleNamespace(request=request))  # noqa: S106 - no secret
    assert refused.value.status_code == 403
