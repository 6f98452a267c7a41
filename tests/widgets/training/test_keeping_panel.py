from __future__ import annotations

import base64
import datetime
import re

import pytest

from simulator.widgets.looks import Alarm
from simulator.widgets.training.exercise import exercises
from simulator.widgets.training.keeping_panel import KeepingPanel
from simulator.widgets.training.progress import Progress, Shelf, read_progress, write_progress
from simulator.widgets.training.work import Work
from simulator.workspace import Workspace

DONE = Progress({"cooling-off": Work("more", True)})


@pytest.fixture
def kept(tmp_path):
    opened, alarm = [], Alarm("vi")
    shelf = Shelf(Workspace(tmp_path))
    return KeepingPanel(exercises(), "k3m9x2ptaw", shelf, "vi", alarm, lambda: (DONE, {}), opened.append), opened, alarm, shelf


def test_sheet_and_work_are_carried_away(kept):
    panel, *_ = kept
    panel.make.click()
    names = re.findall(r'download="([^"]+)"', panel.links.value)
    contents = [base64.b64decode(found) for found in re.findall(r"base64,([^\"]+)", panel.links.value)]
    assert names == ["phieu-ket-qua-thuc-hanh.html", "bai-thuc-hanh.json"]
    assert "PHIẾU" in contents[0].decode()
    assert read_progress(contents[1]) == DONE


def test_work_is_opened_by_its_code(kept):
    panel, opened, alarm, shelf = kept
    shelf.keep("k3m9x2ptaw", DONE)
    panel.code.value = " K3M9X2PTAW "
    panel.open.click()
    assert opened == [DONE]
    panel.code.value = "nothing"
    panel.open.click()
    assert "Không tìm thấy" in alarm.label.value


def test_a_file_is_read_and_a_wrong_one_told(kept):
    panel, opened, alarm, _ = kept
    panel._uploaded([{"content": memoryview(write_progress(DONE))}])
    assert opened == [DONE]
    sent = {"name": "x.json", "type": "", "size": 2, "content": memoryview(b"{}"), "last_modified": datetime.datetime.now(tz=datetime.UTC)}
    panel.upload.value = (sent,)
    assert "không phải bài làm" in alarm.label.value


def test_where_nothing_is_kept_no_code_is_asked(tmp_path):
    shelf = Shelf(Workspace(tmp_path, is_shipped=True))
    panel = KeepingPanel(exercises(), "k3m9x2ptaw", shelf, "vi", Alarm("vi"), lambda: (Progress({}), {}), lambda _: None)
    assert panel.code not in [child for box in panel.panel.children for child in getattr(box, "children", ())]
