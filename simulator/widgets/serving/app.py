"""Serve the workbench and the training session as web pages without code: this machine only, with a token, quiet."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from simulator.presentation.i18n import translate
from simulator.presentation.terminal import say
from simulator.widgets.served import WORKSPACE_VARIABLE
from simulator.widgets.serving.copies import tell_of_copies
from simulator.widgets.serving.room import seats
from simulator.widgets.serving.watching import SECONDS_BETWEEN_LOOKS, watch
from simulator.workspace import shipped_workspace

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.workspace import Workspace

Page = Literal["workbench", "training"]
FIRST_PORT: Final = 8866
WITHOUT_ECHO: Final = {"JUPYTER_WIDGETS_ECHO": "0"}
"""Keeps a kernel from sending back what a page has just sent it: an echo that comes late pulls a slider back under the hand."""
WIDGETS: Final = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager7", "@voila-dashboards/widgets-manager8"]
"""The only parts of JupyterLab a page needs: widgets, and what shows them, of which Voilà takes the one that goes with them. The others are made for its window, and
another version of it."""
_HERE: Final = Path(__file__).parent
_IDLE_SECONDS: Final = 30 * 60
_SECONDS_BETWEEN_ROUNDS: Final = 15


def app_command(workspace: Workspace, port: int) -> list[str]:
    """Return the command that serves the notebooks of a workspace; the token is not in it, for everybody may list commands.

    A kernel that has died is not started anew: it would know nothing of what the page before it shows, and hold a place in vain.
    """
    return [
        sys.executable,
        "-m",
        "voila",
        str(notebooks_of(workspace)),
        "--no-browser",
        "--Voila.ip=127.0.0.1",
        f"--Voila.port={port}",
        "--Voila.port_retries=0",
        "--Voila.auto_token=True",
        "--Voila.log_level=WARN",
        "--Voila.identity_provider_class=simulator.widgets.serving.strangers.TokenAlone",
        "--VoilaConfiguration.template=tieuchi",
        f"--VoilaConfiguration.extension_allowlist={WIDGETS}",
        "--VoilaConfiguration.multi_kernel_manager_class=simulator.widgets.serving.seats.Seats",
        f"--Seats.most={seats()}",
        f"--Voila.config_file_paths={_HERE / 'voila'}",
        "--KernelRestarter.restart_limit=0",
        f"--MappingKernelManager.cull_idle_timeout={_IDLE_SECONDS}",
        f"--MappingKernelManager.cull_interval={_SECONDS_BETWEEN_ROUNDS}",
        "--MappingKernelManager.cull_connected=True",
    ]


def notebooks_of(workspace: Workspace) -> Path:
    """Give the folder of the notebooks: the workspace's own, else the one shipped with the program; where its own are old, they say so."""
    shipped = shipped_workspace()
    if shipped is None or (workspace.notebooks / "workbench.ipynb").is_file():
        return workspace.notebooks
    return shipped.notebooks


def app_environment(workspace: Workspace, token: str) -> dict[str, str]:
    """Return the environment the pages are served in: the token, our template, and the workspace in which kernels look for sets."""
    path = os.pathsep.join(part for part in (str(_HERE), os.environ.get("JUPYTER_PATH", "")) if part)
    return {**os.environ, **WITHOUT_ECHO, "JUPYTER_TOKEN": token, "JUPYTER_PATH": path, WORKSPACE_VARIABLE: str(workspace.root)}


def serve(workspace: Workspace, page: Page = "workbench", *, has_browser: bool = True, port: int | None = None, lang: Lang = "vi") -> int:
    """Serve the pages until they are stopped, and return the exit code.

    Parameters
    ----------
    workspace
        Whose notebooks are served.
    page
        The page that is opened, and whose address is printed.
    has_browser
        Whether a browser window opens.
    port
        Port to listen on, and no other; without it, 8866 or the next free one.
    lang
        Language of what is said beside the address.
    """
    number = port or _free_port()
    token = os.environ.get("JUPYTER_TOKEN") or secrets.token_urlsafe(24)
    address = f"http://127.0.0.1:{number}/voila/render/{page}.ipynb?token={token}"

    def greet(_process: int) -> bool:
        if not is_listening(number):
            return False
        sys.stdout.write(address + "\n")
        sys.stdout.flush()
        say(translate("app.how-to-stop", lang))
        if has_browser:
            webbrowser.open(address)
        return True

    environment = {**app_environment(workspace, token), **tell_of_copies(workspace, lang)}
    return watch(app_command(workspace, number), environment, greet=greet, stop=subprocess.Popen.terminate)


def is_listening(port: int) -> bool:
    """Tell whether something listens on a port of this machine."""
    with socket.socket() as probe:
        probe.settimeout(SECONDS_BETWEEN_LOOKS)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    return next(port for port in range(FIRST_PORT, 65536) if not is_listening(port))
