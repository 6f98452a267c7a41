from __future__ import annotations

import ast
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from jupyter_core.paths import jupyter_path

from simulator.widgets.serving.app import app_command, app_environment, is_listening, notebooks_of
from simulator.widgets.serving.strangers import refusal
from simulator.widgets.workbench.uploads import LARGEST
from simulator.workspace import Workspace, find_workspace, shipped_workspace


def test_it_listens_on_this_machine_alone_and_keeps_the_token_to_itself(tmp_path):
    command = app_command(Workspace(tmp_path), 8890)
    assert "--Voila.ip=127.0.0.1" in command
    assert "--Voila.port=8890" in command
    assert "--Voila.log_level=WARN" in command  # else it prints an address without its token, and people open the first they see
    environment = app_environment(Workspace(tmp_path), "a-secret-word")
    assert environment["JUPYTER_TOKEN"] == "a-secret-word"  # noqa: S105 - no secret
    assert not any("a-secret-word" in word for word in command)


def test_a_page_is_given_nothing_of_jupyterlab_but_its_widgets(tmp_path):
    """Whoever renames a part, or adds one, finds that nothing of that name is installed, or that it is no part of the widgets."""
    (given,) = [
        word.partition("=")[2] for word in app_command(Workspace(tmp_path), 8890) if word.startswith("--VoilaConfiguration.extension_allowlist=")
    ]
    installed = {
        path.parent.relative_to(folder).as_posix()
        for folder in map(Path, jupyter_path("labextensions") + jupyter_path("voila", "labextensions"))
        for depth in ("*", "@*/*")
        for path in folder.glob(f"{depth}/package.json")
    }
    widgets = {name for name in installed if re.fullmatch(r"@[\w-]+/(jupyterlab|widgets)-manager\d*", name)}
    assert set(ast.literal_eval(given)) == widgets < installed


def test_a_workspace_without_notebooks_is_served_with_those_of_the_program(tmp_path):
    (tmp_path / "criteria").mkdir()
    assert notebooks_of(Workspace(tmp_path)) == shipped_workspace().notebooks
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "workbench.ipynb").write_text("{}", encoding="utf-8")
    assert notebooks_of(Workspace(tmp_path)) == tmp_path / "notebooks"


def test_a_kernel_nobody_looks_at_any_more_is_ended(tmp_path):
    assert any(word.startswith("--MappingKernelManager.cull_idle_timeout=") for word in app_command(Workspace(tmp_path), 8890))


def test_a_file_the_page_refuses_reaches_it(tmp_path):
    (folder,) = [word.partition("=")[2] for word in app_command(Workspace(tmp_path), 8890) if word.startswith("--Voila.config_file_paths=")]
    settings = json.loads((Path(folder) / "voila.json").read_text(encoding="utf-8"))["Voila"]["tornado_settings"]
    assert settings["websocket_max_message_size"] > 10 * LARGEST


@pytest.mark.deep
@pytest.mark.skipif(os.name == "nt", reason="a server is stopped by signal here")
def test_it_starts_refuses_strangers_shows_the_page_and_stops(tmp_path):
    code = (
        "from simulator.widgets.serving.app import serve\nfrom simulator.workspace import find_workspace\nserve(find_workspace(), has_browser=False)"
    )
    environment = {**os.environ, "JUPYTER_TOKEN": "word"}
    with (tmp_path / "log").open("wb") as log, (tmp_path / "out").open("wb") as out:
        child = subprocess.Popen(
            [sys.executable, "-c", code], env=environment, stdout=out, stderr=log, start_new_session=True, cwd=find_workspace().root
        )
        try:
            deadline = time.monotonic() + 90
            while not (address := (tmp_path / "out").read_text(encoding="utf-8").strip()):
                assert time.monotonic() < deadline, (tmp_path / "log").read_text(encoding="utf-8")
                time.sleep(0.2)
            port = int(address.partition("127.0.0.1:")[2].partition("/")[0])
            assert is_listening(port)
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(address.partition("?")[0] + "?token=wrong", timeout=60)  # noqa: S310 - this machine
            assert refused.value.code == 403
            told = refused.value.read().decode()
            refused.value.close()
            assert told == refusal()
            with pytest.raises(urllib.error.HTTPError) as posted:
                urllib.request.urlopen(address.partition("/voila/")[0] + "/login", data=b"password=word", timeout=60)  # noqa: S310 - as above
            assert posted.value.code == 403
            posted.value.close()
            with urllib.request.urlopen(address, timeout=90) as answer:  # noqa: S310 - as above
                page = answer.read().decode()
            assert "There was an error when executing cell" not in page
            assert "tieuchi-clause" in page or "application/vnd.jupyter.widget-view+json" in page
            for outside in ("cdn.jsdelivr.net", "cdnjs.cloudflare.com", "unpkg.com"):
                assert f"//{outside}" not in page
        finally:
            os.killpg(child.pid, signal.SIGTERM)
            child.wait(timeout=30)
