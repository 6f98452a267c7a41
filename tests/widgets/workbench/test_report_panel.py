from __future__ import annotations

import base64
import io
import re
import threading

import openpyxl
import pytest

from simulator.experiments.comparing.trial import Trial, trial_scenario
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.rules.values import Text
from simulator.widgets.drafting.state import State
from simulator.widgets.looks import Alarm
from simulator.widgets.workbench.report_panel import ReportPanel, Work
from simulator.workspace import find_workspace
from tests.widgets.drafting.test_state import place  # noqa: F401 - the fixture
from tests.widgets.workbench.handed_lists import QUOTA


class Bench:
    """A panel with its state and its alarm."""

    def __init__(self, workspace, lang="vi", work=None, **options):
        self.state, self.alarm = State(workspace, "decree-91"), Alarm(lang)
        self.panel = ReportPanel(self.state, lang, self.alarm, work, **options)


@pytest.fixture
def bench():
    bench = Bench(find_workspace(), can_save=False)
    bench.state.turn(QUOTA, "share", 0.1)
    yield bench
    bench.panel.work.close()
    bench.panel.work.comparison.wait(60)
    bench.panel.work.report.wait(60)
    assert bench.alarm.trace == ""


class Made:
    """Stands for a report that was made, which takes half a minute."""

    def __init__(self, work, phase, **files):
        self.work, self.phase, self.files = work, phase, files

    def start(self, command, inputs):
        self.command, self.inputs = command, inputs
        run = self.work.report
        run.phase, run.lines, run.seconds = self.phase, ["Mô phỏng: 1/2 lượt"], 12.3
        run.files = {name.replace("_", "."): content for name, content in self.files.items()}
        run.on_change()


def book_of(html):
    data = base64.b64decode(re.search(r"base64,([^\"]+)", html)[1])
    book = openpyxl.load_workbook(io.BytesIO(data))
    return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


@pytest.mark.parametrize("name", ["book", "document", "start"])
def test_nothing_is_made_of_a_draft_in_which_nothing_is_changed(bench, name):
    bench.state.undo()
    getattr(bench.panel, name).click()
    remark = bench.panel.no_report if name == "start" else bench.panel.no_table
    assert "Chưa sửa gì" in remark.text
    assert bench.alarm.label.value == ""
    assert bench.panel.work.report.phase == "idle"


def test_the_comparison_table_tells_the_effect_where_there_is_one(bench):
    bench.panel.book.click()
    assert "10%" in (plain := book_of(bench.panel.tables.value))
    assert "tieuchi attribute" not in plain
    draft = bench.state.draft
    scenario = trial_scenario(load_scenario("hanoi-2021"), draft.base, replications=2, years=2)
    bench.panel.show(Trial(scenario, find_workspace()).compare(draft.criteria))
    bench.panel.book.click()
    told = book_of(bench.panel.tables.value)
    assert "mô phỏng nhanh" in told
    assert "Luân phiên:" in told
    assert "tieuchi attribute" not in told


def test_the_reason_typed_so_far_goes_into_what_is_made(bench, monkeypatch):
    assert "chưa có lý do" in book_of((bench.panel.book.click(), bench.panel.tables.value)[1])
    why = Text(vi="Giảm số lượng để nâng chất lượng.", en="Fewer, and better.")
    panel = ReportPanel(bench.state, "vi", bench.alarm, bench.panel.work, lambda: (None, why), can_save=False)
    panel.book.click()
    told = book_of(panel.tables.value)
    assert why.vi in told
    assert "chưa có lý do" not in told
    made = Made(panel.work, "failed")
    monkeypatch.setattr(panel.work.report, "start", made.start)
    panel.start.click()
    assert why.vi in made.inputs["draft.yaml"]


def links_of(bench):
    return re.findall(r'download="([^"]+)"', bench.panel.tables.value)


def test_the_comparison_table_is_made_as_a_document_too_and_the_second_form_does_not_lose_the_first(bench):
    both = ["bang-so-sanh-draft.xlsx", "bang-so-sanh-draft.docx"]
    bench.panel.book.click()
    bench.panel.document.click()
    assert links_of(bench) == both[:1]  # while the other is being made
    assert bench.panel.document.disabled
    bench.panel.work.comparison.wait(60)
    assert links_of(bench) == both
    assert not bench.panel.document.disabled
    bench.panel.book.click()
    assert links_of(bench) == both


@pytest.mark.parametrize(("second", "left"), [("book", "xlsx"), pytest.param("document", "docx", marks=pytest.mark.deep)])
def test_a_table_of_another_draft_is_not_offered_beside_the_new_one(bench, second, left):
    bench.panel.book.click()
    bench.panel.document.click()
    bench.panel.work.comparison.wait(60)
    bench.state.turn(QUOTA, "share", 0.07)
    getattr(bench.panel, second).click()
    bench.panel.work.comparison.wait(60)
    assert links_of(bench) == [f"bang-so-sanh-draft.{left}"]


def test_an_error_of_the_program_shows_its_words(bench):
    bench.state.turn(QUOTA, "share", 1.5)
    bench.panel.document.click()
    bench.panel.work.comparison.wait(60)
    assert "draft.yaml" in bench.panel.tables.value
    assert 'role="alert"' in bench.panel.tables.value


def test_a_report_is_followed_and_can_be_stopped(bench):
    bench.panel.start.click()
    assert (bench.panel.start.disabled, bench.panel.cancel.disabled) == (True, False)
    bench.panel.cancel.click()
    assert "Đã dừng" in bench.panel.status.value
    assert (bench.panel.start.disabled, bench.panel.cancel.disabled, bench.panel.links.children) == (False, True, ())


def test_what_can_be_done_with_the_files_is_said_below_them(bench):
    below = list(bench.panel.panel.children)
    assert below.index(bench.panel.status) < below.index(bench.panel.links) < below.index(bench.panel.how)


def test_a_finished_report_is_carried_away(bench, monkeypatch):
    made = Made(bench.panel.work, "done", report_vi_html=b"<html>", report_vi_pdf=b"%PDF")
    monkeypatch.setattr(bench.panel.work.report, "start", made.start)
    bench.panel.years.value = 3
    bench.state.words.overlay_id = "giam-chi-tieu"
    bench.panel.start.click()
    for thread in threading.enumerate():
        if thread is not threading.main_thread() and "_hand_over" in thread.name:
            thread.join(10)
    assert [re.search('download="([^"]+)"', link.value)[1] for link in bench.panel.links.children] == [
        "giam-chi-tieu.report.vi.html", "giam-chi-tieu.report.vi.pdf", "giam-chi-tieu.yaml", "giam-chi-tieu-against-base.yaml",
    ]  # fmt: skip
    assert "12" in bench.panel.status.value
    assert "không được lưu" in bench.panel.how.value
    assert made.command[made.command.index("--years") + 1] == "3"
    assert set(made.inputs) == {"giam-chi-tieu.yaml", "giam-chi-tieu-against-base.yaml"}
    assert "tieuchi compare giam-chi-tieu-against-base.yaml --replications 20 --years 3<" in bench.panel.how.value
    assert bench.panel.stale_report.value == ""
    bench.state.turn(QUOTA, "share", 0.12)
    bench.panel.changed()
    assert "đã được sửa sau đó" in bench.panel.stale_report.value
    bench.state.turn(QUOTA, "share", 0.1)
    bench.panel.changed()
    assert bench.panel.stale_report.value == ""
    assert "tieuchi verify giam-chi-tieu.report.vi.html --subject giam-chi-tieu-against-base.yaml" in bench.panel.how.value


def test_a_finished_report_is_kept_among_those_of_ones_own_workspace(place, monkeypatch):  # noqa: F811 - pytest gives the fixture by its name
    bench = Bench(place, can_save=True)
    bench.state.turn(QUOTA, "share", 0.1)
    monkeypatch.setattr(bench.panel.work.report, "start", Made(bench.panel.work, "done", report_vi_html=b"<html>").start)
    bench.panel.start.click()
    folder = place.output / f"draft-{bench.state.draft.criteria.content_hash[:8]}"
    assert sorted(path.name for path in folder.iterdir()) == ["draft-against-base.yaml", "draft.yaml", "report.vi.html"]
    assert f"reports/output/{folder.name}" in bench.panel.how.value


def test_where_nothing_can_be_written_the_report_is_still_carried_away(place, monkeypatch):  # noqa: F811 - pytest gives the fixture by its name
    place.output.parent.mkdir()
    place.output.write_text("a file", encoding="utf-8")
    bench = Bench(place, can_save=True)
    bench.state.turn(QUOTA, "share", 0.1)
    monkeypatch.setattr(bench.panel.work.report, "start", Made(bench.panel.work, "done", report_vi_html=b"<html>").start)
    bench.panel.start.click()
    assert "không được lưu" in bench.panel.how.value


def test_work_goes_on_when_the_page_is_laid_out_in_another_language(bench):
    work = Work()
    first = Bench(find_workspace(), work=work)
    work.report.phase, work.report.lines = "running", ["Mô phỏng: 1/2 lượt"]
    english = Bench(find_workspace(), "en", work)
    assert "Making the report" in english.panel.status.value
    assert "Mô phỏng" not in english.panel.status.value, "the program speaks the language it was started in"
    assert "Mô phỏng: 1/2 lượt" in Bench(find_workspace(), "vi", work).panel.status.value
    work.report.on_change = english.panel._show_report
    work.report.phase = "failed"
    work.report.on_change()
    assert "could not be made" in english.panel.status.value
    assert first.panel.status.value == ""


def test_work_ends_with_the_session(bench):
    bench.panel.start.click()
    bench.panel.work.close()
    bench.panel.work.report.wait(60)
    assert bench.panel.work.report.phase == "cancelled"


def test_the_comparison_table_stays_in_another_language_and_is_called_after_the_draft(bench):
    bench.state.words.overlay_id = "giam-chi-tieu"
    bench.panel.book.click()
    assert 'download="bang-so-sanh-giam-chi-tieu.xlsx"' in bench.panel.tables.value
    english = ReportPanel(bench.state, "en", bench.alarm, bench.panel.work, can_save=False)
    assert 'download="bang-so-sanh-giam-chi-tieu.xlsx"' in english.tables.value  # a file that was made keeps its name
    assert "ready" in english.tables.value
