"""The libraries that read and execute notebooks, loaded without what no report needs.

jsonschema compiles a grammar of international addresses as soon as it finds the module that holds it, for a check that no notebook is put to. That takes as
long as writing a report as HTML, Word and PDF together, so the module is out of sight for the moment in which jsonschema looks for it.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_GRAMMAR: Final = "rfc3987_syntax"


@contextmanager
def _out_of_sight(module: str) -> Iterator[None]:
    """Let a module that was not loaded before be as if it were not installed."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]  # how Python is told that an import fails
    try:
        yield
    finally:
        del sys.modules[module]


with _out_of_sight(_GRAMMAR):
    import nbformat
    import papermill
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from nbformat import NotebookNode
    from papermill.exceptions import PapermillException, PapermillExecutionError

__all__ = [
    "CellTimeoutError",
    "DeadKernelError",
    "NoSuchKernel",
    "NotebookNode",
    "PapermillException",
    "PapermillExecutionError",
    "nbformat",
    "papermill",
]
