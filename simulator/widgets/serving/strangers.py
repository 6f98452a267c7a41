"""Who may see a page, and what somebody is told who came without the token: the page of an address kept from last week, say."""

from __future__ import annotations

import html
import logging
from typing import Any, Final

from jupyter_server.auth.identity import IdentityProvider
from tornado.web import RequestHandler

from simulator.presentation.i18n import translate
from simulator.rules.values import LANGUAGES

_FORBIDDEN: Final = 403
_TELL: Final = ("tornado.access", "tornado.general")
"""Under which names the server tells of requests."""
_PAGE: Final = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<style>body {{ font: 18px/1.5 sans-serif; max-width: 40em; margin: 12vh auto; padding: 0 1em; }}</style></head>
<body>{parts}</body></html>
"""


def refusal() -> str:
    """Return the page a stranger sees, in both languages: nothing is known of them, not even which they read."""
    parts = "".join(
        f'<section lang="{lang}"><h1>{html.escape(translate("app.refused.title", lang))}</h1><p>{html.escape(translate("app.refused.text", lang))}</p></section>'
        for lang in LANGUAGES
    )
    return _PAGE.format(lang=LANGUAGES[0], title=html.escape(translate("app.refused.title", LANGUAGES[0])), parts=parts)


class Refusal(RequestHandler):
    """Answers whoever is sent to log in: there is nothing to log in with but the address itself."""

    def get(self) -> None:
        """Refuse, and say how to come in."""
        self.set_status(_FORBIDDEN)
        self.finish(refusal())

    post = get


class WithoutToken(logging.Filter):
    """Leaves the token out of what a server says of the addresses it was asked for: a terminal is read by others, and its words are copied.

    Parameters
    ----------
    token
        What is left out.
    """

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without the token."""
        said = record.getMessage()
        if self._token in said:
            record.msg, record.args = said.replace(self._token, "…"), None
        return True


class TokenAlone(IdentityProvider):
    """Lets in whoever brings the token in the address, and offers no form to try tokens or to set a password in."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name in _TELL if self.token else ():
            logging.getLogger(name).addFilter(WithoutToken(self.token))

    def get_handlers(self) -> list[tuple[str, Any]]:
        """Return the one page there is for strangers."""
        return [("/login", Refusal)]
