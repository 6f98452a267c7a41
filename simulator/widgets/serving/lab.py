"""Start JupyterLab on a workspace: this machine only, with a token, quiet, in the user's language, on the page that says where to begin."""

from __future__ import annotations

import json
import os
import secrets
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from jupyter_core.paths import jupyter_runtime_dir

from simulator.presentation.i18n import translate
from simulator.presentation.terminal import say
from simulator.widgets.serving.app import WITHOUT_ECHO
from simulator.widgets.serving.copies import copy_missing, tell_of_copies
from simulator.widgets.serving.watching import watch
from simulator.workspace import Workspace, shipped_workspace

if TYPE_CHECKING:
    import subprocess

    from simulator.presentation.numbers import Lang

LANDING: Final = "00_start_here.ipynb"
_NOTEBOOKS: Final = "notebooks"
_LOCALES: Final[dict[Lang, str]] = {"vi": "vi_VN", "en": "en"}

_SERVER: Final = {"ServerApp": {"tornado_settings": {"websocket_max_message_size": 128 * 2**20}}}
"""Of one message, in bytes. A file is one message, and a server that is sent more than it takes hangs up without a word: the page shall refuse the file."""


def lab_command(root: Path, *, has_browser: bool = True, port: int | None = None) -> list[str]:
    """Return the command that starts JupyterLab on a folder; the token is not in it, for everybody may list commands."""
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.log_level=WARN",
        "--LabApp.log_level=WARN",
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url=/{first_page(root)}",
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


def first_page(root: Path) -> str:
    """Give the address of the page JupyterLab opens with: where to begin, if it lies there."""
    return f"lab/tree/{_NOTEBOOKS}/{LANDING}" if (root / _NOTEBOOKS / LANDING).is_file() else "lab"


def lab_settings(lang: Lang) -> dict[str, dict[str, Any]]:
    """Return what takes the place of JupyterLab's own defaults; what the user has chosen there goes before it."""
    return {
        # No question about news, no request to a server outside.
        "@jupyterlab/apputils-extension:notification": {"checkForUpdates": False, "fetchNews": "false", "doNotDisturbMode": False},
        "@jupyterlab/translation-extension:plugin": {"locale": _LOCALES[lang]},
    }


def lab_environment(settings: Path, lang: Lang = "vi") -> dict[str, str]:
    """Return the environment JupyterLab starts in: a token of its own unless one is set, and our settings before the user's defaults."""
    labconfig = settings / "labconfig"
    labconfig.mkdir()
    (labconfig / "default_setting_overrides.json").write_text(json.dumps(lab_settings(lang)), encoding="utf-8")
    (labconfig / "page_config.json").write_text(json.dumps({"appName": translate("page.lab.title", lang)}), encoding="utf-8")
    (settings / "jupyter_server_config.json").write_text(json.dumps(_SERVER), encoding="utf-8")
    known = os.environ.get("JUPYTER_CONFIG_PATH")
    path = os.pathsep.join([str(settings), known] if known else [str(settings)])
    return {"JUPYTER_TOKEN": secrets.token_urlsafe(24), **WITHOUT_ECHO, **os.environ, "JUPYTER_CONFIG_PATH": path}


def furnish(workspace: Workspace, lang: Lang = "vi") -> Path:
    """Give the folder JupyterLab shows, with the program's notebooks in it where it has none of its own.

    A notebook is worked in, so a workspace gets copies to keep; a file that is there is left as it is. The copy inside the installed package is never
    written to: there the current folder is shown. Where nothing may be written, the program's own notebooks are shown to be read.
    """
    root = Path.cwd() if workspace.is_shipped else workspace.root
    shipped = shipped_workspace()
    if shipped is None or (root / _NOTEBOOKS / LANDING).is_file():
        return root
    try:
        copy_missing(shipped.notebooks, root / _NOTEBOOKS)
    except OSError:
        return shipped.root
    say(translate("cli.lab.notebooks", lang, path=_NOTEBOOKS))
    return root


def open_lab(workspace: Workspace, *, has_browser: bool = True, port: int | None = None, lang: Lang = "vi") -> int:
    """Run JupyterLab until it is stopped, and return its exit code.

    Parameters
    ----------
    workspace
        Its root is the folder JupyterLab shows (:func:`furnish`).
    has_browser
        Whether a browser window opens.
    port
        Port to listen on, and no other; without it, 8888 or the next free one.
    lang
        Language of its menus, unless the user has chosen another there.
    """
    root = furnish(workspace, lang)
    told = tell_of_copies(Workspace(root), lang)

    def greet(process: int) -> bool:
        return has_browser or _tell_address(process, first_page(root))

    with tempfile.TemporaryDirectory(prefix="tieuchi-lab-") as settings:
        command = lab_command(root, has_browser=has_browser, port=port)
        return watch(command, {**lab_environment(Path(settings), lang), **told}, greet=greet, stop=_leave_it)


def _leave_it(_server: subprocess.Popen[bytes]) -> None:
    """Do nothing on an interrupt: JupyterLab received it too, and asks before it stops."""


def _tell_address(process: int, page: str) -> bool:
    """Print where a server is found, with its token, as soon as it listens; JupyterLab itself masks the token."""
    try:
        server = json.loads((Path(jupyter_runtime_dir()) / f"jpserver-{process}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    sys.stdout.write(f"{server['url']}{page}?token={quote(server['token'])}\n")
    sys.stdout.flush()
    return True
