"""What a server says of itself in a terminal: only what somebody has to mend. The rest would bury it."""

from __future__ import annotations

import logging
from typing import Final

SERVER_LOGS: Final = ("tornado.access", "tornado.general")
"""Under which names a server tells of requests."""
_NOTHING_TO_MEND: Final = (
    "is not trusted",  # a notebook nobody has signed: a page shows results of its own run alone
    "websocket_ping_timeout",  # two libraries that disagree on a pause
    "/voila/api/shutdown/",  # a page that is left asks twice, once in Voilà's words and once in ours, and needs one answer
    "wrote error: %r",  # the line before says the same
)


class WithoutNoise(logging.Filter):
    """Leaves out what is said at every visit and what nobody can mend."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every other record pass."""
        said = f"{record.msg} {record.getMessage()}"
        return not any(words in said for words in _NOTHING_TO_MEND)


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
