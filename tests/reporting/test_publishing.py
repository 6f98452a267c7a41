from __future__ import annotations

import hashlib
import re
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.errors import InputError, RunError
from simulator.experiments.results.comparison import Comparison
from simulator.reporting import publishing as module
from simulator.reporting.forms.html import style_folder
from simulator.reporting.forms.writers import FORMS
from simulator.reporting.publishing import find_template, publish
from tests.presentation.specimen import specimen_comparison
from tests.reporting.notebooks import template
from tests.reporting.specimen import ORDER, evidence_of
from tests.reporting.telling import telling_here

SCENARIO = style_folder().parent / "templates" / "scenario.ipynb"


@pytest.fixture
def brief(tmp_path):
    """A template that tells little, where a test is about writing it."""
    cell = "from simulator.reporting.document import Paragraph, Section\nSection('front', 'vi', 'Báo cáo', [Paragraph('Lời.')])"
    return template(tmp_path / "brief.ipynb", cell)


@pytest.fixture(scope="module", params=[("vi", FORMS), ("en", ("html",))], ids=["vi", "en"])
def published(request, tmp_path_factory):
    """One report in every form, told by a kernel, and one in the form that was asked for, told without."""
    (lang, forms), folder = request.param, tmp_path_factory.mktemp("reports") / "hanoi" / "2021"
    with telling_here() if lang == "en" else nullcontext():
        return lang, folder, publish(evidence_of(lang=lang), SCENARIO, folder, forms=forms).files


def test_a_report_is_its_forms_and_its_numbers_and_nothing_else(published):
    lang, folder, files = published
    forms = FORMS if lang == "vi" else ("html",)
    assert [path.name for path in files] == [*(f"report.{lang}.{form}" for form in (*forms, "xlsx")), "comparison.json", "comparison.csv"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in files)


def test_the_results_come_back(published):
    _, folder, _ = published
    assert Comparison.from_json((folder / "comparison.json").read_text(encoding="utf-8")) == specimen_comparison()


def test_the_page_names_the_results_it_was_made_from(published):
    _, folder, (page, *_) = published
    assert hashlib.sha256((folder / "comparison.json").read_bytes()).hexdigest() in page.read_text(encoding="utf-8")


def test_every_section_of_the_template_is_on_the_page(published):
    _, _, (page, *_) = published
    ids = re.findall(r'<section id="([a-z-]+)"', page.read_text(encoding="utf-8"))
    assert ids == [*ORDER[:-1], "figure-data", ORDER[-1]]


@pytest.mark.usefixtures("_told_here")
@pytest.mark.parametrize("published", [("vi", FORMS)], ids=["vi"], indirect=True)
def test_the_same_results_give_the_same_bytes_anywhere_and_another_date_changes_the_report_and_no_result(published, tmp_path):
    lang, _, files = published
    before = [path.read_bytes() for path in files]
    again = publish(evidence_of(replace(specimen_comparison(), seconds=99.0), lang=lang), SCENARIO, tmp_path / "elsewhere").files
    assert [path.read_bytes() for path in again] == before
    dated = publish(evidence_of(lang=lang, date="2026-01-05"), SCENARIO, tmp_path, forms=("html",)).files
    then = {path.name: content for path, content in zip(files, before, strict=True)}
    assert [path.read_bytes() == then[path.name] for path in dated] == [False, False, True, True]
    assert "2026" in dated[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(("cell", "timeout"), [("1 / 0", 60), ("import time\ntime.sleep(60)", 2), ("print('x')", 60)])
def test_a_failure_leaves_what_was_there(tmp_path, cell, timeout):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "report.vi.html").write_text("yesterday", encoding="utf-8")
    with pytest.raises(RunError):
        publish(evidence_of(), template(tmp_path / "t.ipynb", cell), folder, execution_timeout=timeout)
    assert [path.name for path in folder.iterdir()] == ["report.vi.html"]
    assert (folder / "report.vi.html").read_text(encoding="utf-8") == "yesterday"


def test_a_failure_leaves_no_folder_either(tmp_path, monkeypatch):
    def fail(*_arguments, **_options):
        raise RunError("cell 1 failed")

    monkeypatch.setattr(module, "render_report", fail)
    with pytest.raises(RunError):
        publish(evidence_of(), SCENARIO, tmp_path / "a" / "b")
    assert not (tmp_path / "a").exists()


def test_bad_input_writes_nothing(tmp_path):
    with pytest.raises(InputError):
        publish(evidence_of(date="soon"), SCENARIO, tmp_path / "a")
    with pytest.raises(InputError):
        publish(evidence_of(), tmp_path / "nowhere.ipynb", tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_an_interrupt_leaves_nothing(tmp_path, monkeypatch):
    def interrupted(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("simulator.reporting.publishing.render_report", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish(evidence_of(), SCENARIO, tmp_path / "a")
    assert not (tmp_path / "a").exists()


@pytest.mark.usefixtures("_told_here")
def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch, brief):
    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space left"):
        publish(evidence_of(), brief, tmp_path / "a")
    assert not (tmp_path / "a").exists()


@pytest.mark.usefixtures("_told_here")
def test_a_form_that_is_open_elsewhere_leaves_the_old_report_whole(tmp_path, monkeypatch, brief):
    """The last of the forms cannot be replaced, as on Windows while it is open in Word: none of the others is."""
    folder = tmp_path / "out"
    folder.mkdir()
    names = [*(f"report.vi.{form}" for form in (*FORMS, "xlsx")), "comparison.json", "comparison.csv"]
    for name in names:
        (folder / name).write_text("yesterday", encoding="utf-8")
    pathlib_replace = Path.replace

    def refuse(path, target):
        if path.name == "report.vi.xlsx":
            raise PermissionError(13, "Permission denied", str(path), None, str(target))
        return pathlib_replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError) as caught:
        publish(evidence_of(), brief, folder, forms=("html",))
    assert Path(caught.value.filename) == folder / "report.vi.xlsx"
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == dict.fromkeys(names, "yesterday")


def test_a_workspace_may_bring_its_own_template_and_else_has_ours(tmp_path):
    assert find_template("scenario", tmp_path) == SCENARIO
    (tmp_path / "scenario.ipynb").write_text("{}", encoding="utf-8")
    assert find_template("scenario", tmp_path) == tmp_path / "scenario.ipynb"
    with pytest.raises(InputError) as caught:
        find_template("nosuch", tmp_path)
    assert caught.value.findings[0].fields["known"] == "criteria, register, scenario"


@pytest.mark.usefixtures("_told_here", "_pictures_aside")
def test_it_is_told_how_far_the_report_is_from_the_first_cell_to_the_last_file(tmp_path):
    told = []
    publish(evidence_of(), SCENARIO, tmp_path / "o", forms=("html",), progress=lambda done, total: told.append((done, total)))
    steps = [done for done, _ in told]
    assert {total for _, total in told} == {steps[-1]}
    assert steps == sorted(steps)
    assert set(steps) == set(range(steps[-1] + 1))
    assert steps[-1] > len(ORDER)
