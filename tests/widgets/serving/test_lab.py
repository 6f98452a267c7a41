from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from simulator.widgets.serving.lab import lab_command, lab_environment
from simulator.workspace import Workspace


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def test_it_listens_on_this_machine_alone_and_keeps_the_token_to_itself(tmp_path, monkeypatch):
    monkeypatch.delenv("JUPYTER_TOKEN", raising=False)
    command = lab_command(Workspace(tmp_path), has_browser=False, port=8890)
    assert "--ServerApp.ip=127.0.0.1" in command
    assert f"--ServerApp.root_dir={tmp_path}" in command
    assert "--no-browser" in command
    assert "--ServerApp.port=8890" in command
    environment = lab_environment(tmp_path)
    assert len(environment["JUPYTER_TOKEN"]) >= 24
    assert not any(environment["JUPYTER_TOKEN"] in word for word in command)


def test_a_token_the_user_has_set_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_TOKEN", "mine")
    assert lab_environment(tmp_path)["JUPYTER_TOKEN"] == "mine"  # noqa: S105 - no secret


def test_it_asks_nothing_of_the_outside(tmp_path):
    lab_environment(tmp_path)
    overrides = json.loads((tmp_path / "labconfig" / "default_setting_overrides.json").read_text(encoding="utf-8"))
    assert overrides["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


@pytest.mark.skipif(os.name == "nt", reason="a server is stopped by signal here")
def test_it_starts_refuses_strangers_and_stops(tmp_path):
    (tmp_path / "criteria").mkdir()
    port = free_port()
    environment = {**os.environ, "JUPYTER_TOKEN": "word"}
    arguments = [sys.executable, "-m", "simulator", "lab", "--no-browser", "--port", str(port), "--workspace", str(tmp_path)]
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
            while f"http://127.0.0.1:{port}/lab?token=word\n" not in (tmp_path / "out").read_text(encoding="utf-8"):
                assert time.monotonic() < deadline
                time.sleep(0.1)
            assert json.loads(settings)["schema"]["properties"]["fetchNews"]["default"] == "false"
            with pytest.raises(urllib.error.HTTPError) as refused:
                fetch(port, "api/contents", "wrong")
            assert refused.value.code == 403
            refused.value.close()
            names = {entry["name"] for entry in json.loads(fetch(port, "api/contents", "word"))["content"]}
            assert "criteria" in names
        finally:
            os.killpg(child.pid, signal.SIGTERM)
            child.wait(timeout=30)
    assert not re.search("Traceback", (tmp_path / "log").read_text(encoding="utf-8"))


def fetch(port, path, token):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/{path}", headers={"Authorization": f"token {token}"})
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - this machine
        return answer.read()
