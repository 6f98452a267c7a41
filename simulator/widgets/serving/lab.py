"""Start JupyterLab on a workspace: this machine only, with a token, quiet."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from jupyter_core.paths import jupyter_runtime_dir

from simulator.widgets.serving.app import WITHOUT_ECHO

if TYPE_CHECKING:
    from simulator.workspace import Workspace

_SECONDS_BETWEEN_LOOKS = 0.2
_OVERRIDES = {
    # No question about news, no request to a server outside.
    "@jupyterlab/apputils-extension:notification": {"checkForUpdates": False, "fetchNews": "false", "doNotDisturbMode": False},
}


def lab_command(workspace: Workspace, *, has_browser: bool = True, port: int | None = None) -> list[str]:
    """Return the command that starts JupyterLab on the workspace; the token is not in it, for everybody may list commands."""
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={workspace.root}",
        "--LabApp.extension_manager=readonly",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    if not has_browser:
        command.append("--no-browser")
    if port is not None:
        command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    return command


def lab_environment(settings: Path) -> dict[str, str]:
    """Return the environment JupyterLab starts in: a token of its own unless one is set, and our settings before the user's defaults."""
    labconfig = settings / "labconfig"
    labconfig.mkdir()
    (labconfig / "default_setting_overrides.json").write_text(json.dumps(_OVERRIDES), encoding="utf-8")
    known = os.environ.get("JUPYTER_CONFIG_PATH")
    path = os.pathsep.join([str(settings), known] if known else [str(settings)])
    return {"JUPYTER_TOKEN": secrets.token_urlsafe(24), **WITHOUT_ECHO, **os.environ, "JUPYTER_CONFIG_PATH": path}


def open_lab(workspace: Workspace, *, has_browser: bool = True, port: int | None = None) -> int:
    """Run JupyterLab until it is stopped, and return its exit code.

    Parameters
    ----------
    workspace
        Its root is the folder JupyterLab shows.
    has_browser
        Whether a browser window opens.
    port
        Port to listen on, and no other; without it, 8888 or the next free one.
    """
    with tempfile.TemporaryDirectory(prefix="tieuchi-lab-") as settings:
        command = lab_command(workspace, has_browser=has_browser, port=port)
        environment = lab_environment(Path(settings))
        server = subprocess.Popen(command, env=environment)  # noqa: S603  # our own interpreter and our own words
        is_told = has_browser
        while True:
            try:
                return server.wait(None if is_told else _SECONDS_BETWEEN_LOOKS)
            except subprocess.TimeoutExpired:
                is_told = _tell_address(server.pid)
            except KeyboardInterrupt:
                continue  # JupyterLab received it too, and asks before it stops


def _tell_address(process: int) -> bool:
    """Print where a server is found, with its token, as soon as it listens; JupyterLab itself masks the token."""
    try:
        server = json.loads((Path(jupyter_runtime_dir()) / f"jpserver-{process}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    sys.stdout.write(f"{server['url']}lab?token={quote(server['token'])}\n")
    sys.stdout.flush()
    return True
