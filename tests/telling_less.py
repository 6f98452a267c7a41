"""What a worker of a run tells the one that deals tests out: that a test passed once, and not also that it was begun, prepared and cleared away.

Two in three tests take less than a hundredth of a second, and to pack, send, unpack and write down six messages for each takes longer than many of them. Whatever
did not pass, or has something to show, is told as ever; so is everything where somebody asked how long each part took.
"""

from __future__ import annotations

import pytest

UNTOLD = "untold"
"""Marks what stands for a report that is not sent."""


def is_told(report):
    """Say whether anybody waits for a report: of a test itself, of what did not pass, or of what was written on the way."""
    return not isinstance(report, pytest.TestReport) or report.when == "call" or not report.passed or bool(report.sections)


def tell_less(config):
    """Let a worker leave out what nobody waits for."""
    interactor = next((plugin for plugin in config.pluginmanager.get_plugins() if type(plugin).__name__ == "WorkerInteractor"), None)
    if interactor is None or config.getoption("xmlpath", None) or config.getoption("durations", None) is not None:
        return
    send = interactor.sendevent

    def send_what_is_waited_for(name, **content):
        if name != "logstart" and UNTOLD not in content.get("data", ()):
            send(name, **content)

    interactor.sendevent = send_what_is_waited_for
    config.pluginmanager.register(_Untold())


class _Untold:
    @pytest.hookimpl(tryfirst=True)
    def pytest_report_to_serializable(self, report):
        return None if is_told(report) else {UNTOLD: True}
