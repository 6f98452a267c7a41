"""Who may see a page: whoever brings the token, to a name of this machine. What others are told: who kept an address from last week, say."""

from __future__ import annotations

import html
import ipaddress
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from jupyter_server.auth.identity import IdentityProvider
from tornado.httputil import split_host_and_port
from tornado.web import HTTPError, RequestHandler

from simulator.presentation.i18n import translate
from simulator.presentation.program_name import program_name
from simulator.rules.values import LANGUAGES
from simulator.widgets.serving.quiet import SERVER_LOGS, WithoutNoise, WithoutToken

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from jupyter_server.auth.identity import User

_THIS_MACHINE: Final = "localhost"
_PAGE: Final = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<style>body {{ font: 18px/1.5 sans-serif; max-width: 40em; margin: 12vh auto; padding: 0 1em; }}</style></head>
<body>{parts}</body></html>
"""


def refusal() -> str:
    """Return the page a stranger sees, in both languages: nothing is known of them, not even which they read."""
    parts = "".join(
        f'<section lang="{lang}"><h1>{html.escape(translate("app.refused.title", lang))}</h1><p>{html.escape(translate("app.refused.text", lang, program=program_name()))}</p></section>'
        for lang in LANGUAGES
    )
    return _PAGE.format(lang=LANGUAGES[0], title=html.escape(translate("app.refused.title", LANGUAGES[0])), parts=parts)


class Refusal(RequestHandler):
    """Answers whoever is sent to log in: there is nothing to log in with but the address itself."""

    def get(self) -> None:
        """Refuse, and say how to come in."""
        self.set_status(HTTPStatus.FORBIDDEN)
        self.finish(refusal())

    post = get


def is_this_machine(host: str) -> bool:
    """Tell whether a name, with or without a port, is one of this machine alone.

    A foreign page can give its own name this machine's address, and would then read whatever is served to that name.

    Parameters
    ----------
    host
        As a browser names it: ``localhost``, ``127.0.0.1:8866``, ``[::1]:8866``.
    """
    name = split_host_and_port(host.lower())[0].removeprefix("[").removesuffix("]")
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == _THIS_MACHINE


class TokenAlone(IdentityProvider):
    """Lets in whoever brings the token in the address, to a name of this machine, and offers no form to try tokens or to set a password in."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for log in (getattr(self.log, "logger", self.log), *map(logging.getLogger, SERVER_LOGS)):
            log.addFilter(WithoutNoise())
            if self.token:
                log.addFilter(WithoutToken(self.token))

    def get_user(self, handler: RequestHandler) -> User | Awaitable[User | None] | None:
        """Find out who asks; whoever asks for another name than this machine's is refused before that.

        Raises
        ------
        HTTPError
            If the name is another one.
        """
        if not is_this_machine(handler.request.host):
            handler.current_user = None  # else the page that says so would be put together for whoever asks
            raise HTTPError(HTTPStatus.FORBIDDEN, "\n".join(translate("app.other-host", lang, program=program_name()) for lang in LANGUAGES))
        return super().get_user(handler)

    def get_handlers(self) -> list[tuple[str, Any]]:
        """Return the one page there is for strangers."""
        return [("/login", Refusal)]
