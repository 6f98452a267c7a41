"""A link that downloads what it holds: nothing is stored on the server for it."""

from __future__ import annotations

import base64
import html


def download_link(name: str, content: bytes) -> str:
    """Write a link to a file that the page itself holds.

    Parameters
    ----------
    name
        What the file is called on the reader's machine.
    content
        What is in it.
    """
    quoted = html.escape(name, quote=True)
    return f'<a download="{quoted}" href="data:application/octet-stream;base64,{base64.b64encode(content).decode("ascii")}">{quoted}</a>'
