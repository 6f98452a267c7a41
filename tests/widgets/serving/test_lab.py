from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from simulator import workspace
from simulator.widgets.serving.lab import LANDING, first_page, furnish, lab_command, lab_environment, lab_settings
from simulator.widgets.workbench.uploads import LARGEST
from simulator.workspace import Workspace, find_workspace, shipped_workspace


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def test_it_listens_on_this_machine_alone_and_keeps_the_token_to_itself(tmp_path, monkeypatch):
    monkeypatch.delenv("JUPYTER_TOKEN", raising=False)
    command = lab_command(tmp_path, has_browser=False, port=8890)
    assert "--ServerApp.ip=127.0.0.1" in command
    assert f"--ServerApp.root_dir={tmp_path}" in command
    assert "--no-browser" in command
    assert "--ServerApp.port=8890" in command
    environment = lab_environment(tmp_path)
    assert len(environment["JUPYTER_TOKEN"]) >= 24
    assert not any(environment["JUPYTER_TOKEN"] in word for word in command)


def test_a_file_the_page_refuses_reaches_it(tmp_path):
    lab_environment(tmp_path)
    settings = json.loads((tmp_path / "jupyter_server_config.json").read_text(encoding="utf-8"))["ServerApp"]["tornado_settings"]
    assert settings["websocket_max_message_size"] > 10 * LARGEST


def test_a_token_the_user_has_set_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_TOKEN", "mine")
    assert lab_environment(tmp_path)["JUPYTER_TOKEN"] == "mine"  # noqa: S105 - no secret


def test_it_asks_nothing_of_the_outside(tmp_path):
    lab_environment(tmp_path)
    overrides = json.loads((tmp_path / "labconfig" / "default_setting_overrides.json").read_text(encoding="utf-8"))
    assert overrides["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


@pytest.mark.parametrize(("lang", "locale"), [("vi", "vi_VN"), ("en", "en")])
def test_menus_are_in_the_language_asked_for(tmp_path, lang, locale):
    lab_environment(tmp_path, lang)
    overrides = json.loads((tmp_path / "labconfig" / "default_setting_overrides.json").read_text(encoding="utf-8"))
    assert overrides == lab_settings(lang)
    assert overrides["@jupyterlab/translation-extension:plugin"] == {"locale": locale}


@pytest.mark.parametrize(("lang", "title"), [("vi", "Thử tiêu chí khen thưởng"), ("en", "Try an award rule")])
def test_the_window_is_called_in_the_language_asked_for(tmp_path, lang, title):
    lab_environment(tmp_path, lang)
    assert json.loads((tmp_path / "labconfig" / "page_config.json").read_text(encoding="utf-8")) == {"appName": title}


def test_it_opens_with_the_page_that_says_where_to_begin(tmp_path):
    assert "--LabApp.default_url=/lab" in lab_command(tmp_path)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / LANDING).touch()
    assert first_page(tmp_path) == f"lab/tree/notebooks/{LANDING}"
    assert f"--LabApp.default_url=/lab/tree/notebooks/{LANDING}" in lab_command(tmp_path)


def test_a_workspace_with_notebooks_is_left_as_it_is(capsys):
    shipped = shipped_workspace()
    assert furnish(shipped) == shipped.root
    assert capsys.readouterr() == ("", "")


def test_a_workspace_without_notebooks_gets_those_of_the_program_and_keeps_its_own(tmp_path, capsys):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "workbench.ipynb").write_text("mine", encoding="utf-8")
    assert furnish(Workspace(tmp_path)) == tmp_path
    ours = shipped_workspace().notebooks
    assert (tmp_path / "notebooks" / LANDING).read_bytes() == (ours / LANDING).read_bytes()
    assert (tmp_path / "notebooks" / "examples" / "register.csv").is_file()
    assert (tmp_path / "notebooks" / "workbench.ipynb").read_text(encoding="utf-8") == "mine"
    assert not [*(tmp_path / "notebooks").rglob("__pycache__")]
    assert "notebooks" in capsys.readouterr().err
    (tmp_path / "notebooks" / "workbench.ipynb").unlink()
    furnish(Workspace(tmp_path))  # where to begin is there, so the folder is the user's now
    assert not (tmp_path / "notebooks" / "workbench.ipynb").exists()


def test_an_installed_program_is_never_written_to(tmp_path, monkeypatch):
    installed, here = tmp_path / "installed", tmp_path / "here"
    here.mkdir()
    shutil.copytree(shipped_workspace().notebooks, installed / "simulator" / "_shipped" / "notebooks")
    (installed / "simulator" / "_shipped" / "criteria").mkdir()
    monkeypatch.setattr(workspace, "_PACKAGE", installed / "simulator")
    monkeypatch.chdir(here)
    found = find_workspace()
    assert found == Workspace(installed / "simulator" / "_shipped", is_shipped=True)
    before = sorted(installed.rglob("*"))
    assert furnish(found) == here
    assert (here / "notebooks" / LANDING).is_file()
    assert sorted(installed.rglob("*")) == before


def test_where_nothing_may_be_written_the_notebooks_of_the_program_are_read(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(shutil, "copyfile", refuse)
    assert furnish(Workspace(tmp_path)) == shipped_workspace().root


@pytest.mark.deep
@pytest.mark.skipif(os.name == "nt", reason="a server is stopped by signal here")
def test_it_starts_refuses_strangers_and_stops(tmp_path):
    (tmp_path / "place" / "criteria").mkdir(parents=True)
    port = free_port()
    environment = {**os.environ, "JUPYTER_TOKEN": "word"}
    arguments = [sys.executable, "-m", "simulator", "lab", "--no-browser", "--port", str(port), "--workspace", str(tmp_path / "place")]
    with (tmp_path / "log").open("wb") as log, (tmp_path / "out").open("wb") as out:
        child = subprocess.Popen(arguments, env=environment, stdout=out, stderr=log, start_new_session=True)
        try:
            deadline = time.monotonic() + 60
            while True:
                try:
                    settings = fetch(port, "lab/api/settings/@jupyterlab/apputils-extension:notification", "word")
                    break
                except (urllib.error.URLError, ConnectionError):
                    assert time.monotonic() < deadline, (tmp_path / "log").read_text(encoding="utf-8")
                    time.sleep(0.2)
            while f"http://127.0.0.1:{port}/lab/tree/notebooks/{LANDING}?token=word\n" not in (tmp_path / "out").read_text(encoding="utf-8"):
                assert time.monotonic() < deadline
                time.sleep(0.1)
            assert json.loads(settings)["schema"]["properties"]["fetchNews"]["default"] == "false"
            with pytest.raises(urllib.error.HTTPError) as refused:
                fetch(port, "api/contents", "wrong")
            assert refused.value.code == 403
            refused.value.close()
            names = {entry["name"] for entry in json.loads(fetch(port, "api/contents", "word"))["content"]}
            assert names == {"criteria", "notebooks"}
        finally:
            os.killpg(child.pid, signal.SIGTERM)
            child.wait(timeout=30)
    assert not re.search("Traceback", (tmp_path / "log").read_text(encoding="utf-8"))


def fetch(port, path, token):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/{path}", headers={"Authorization": f"token {token}"})
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - this machine
        return answer.read()
