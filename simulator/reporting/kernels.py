"""A kernel that loads what a template needs while its evidence is still made.

A fresh kernel takes seconds to start and to load the pages of a report, and waits for nobody meanwhile: on a second core that costs no time at all.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from jupyter_client.manager import KernelManager

if TYPE_CHECKING:
    from collections.abc import Iterator

KERNEL: Final = "python3"
_LOADS: Final = (
    "import simulator.reporting.pages.opening as ahead, matplotlib.backends.backend_agg, matplotlib.backends.backend_svg\ndel ahead, matplotlib"
)
"""What every template loads first, and what draws its first figure. No name of it stays: a template gets nothing that it did not ask for."""


class _Manager(KernelManager):
    """Knows who listens to its kernel: whoever is given a kernel leaves that open, too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._listening: list[Any] = []

    def client(self, **options: Any) -> Any:
        """Give somebody who listens to the kernel."""
        client = super().client(**options)
        self._listening.append(client)
        return client

    def end(self) -> None:
        """End the kernel at once; nobody listens any more."""
        self.shutdown_kernel(now=True)
        for client in self._listening:
            client.stop_channels()


@contextmanager
def kernel_ahead() -> Iterator[KernelManager]:
    """Start a kernel for one report, to be given to whoever tells it; it is ended when the block is left, whatever happened there.

    Yields
    ------
        The kernel's manager. Whether it is ready, or still alive, is asked by the one who uses it.
    """
    manager = _Manager(kernel_name=KERNEL, client_class="jupyter_client.asynchronous.AsyncKernelClient")
    manager.start_kernel(extra_arguments=[f"--IPKernelApp.exec_lines={[_LOADS]!r}"])
    try:
        yield manager
    finally:
        manager.end()
