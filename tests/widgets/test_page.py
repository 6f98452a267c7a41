from __future__ import annotations

import html
import json

import ipywidgets as widgets
import pytest

from simulator.presentation.i18n import translate
from simulator.rules.values import LANGUAGES
from simulator.widgets.looks import Alarm
from simulator.widgets.page import Page
from simulator.widgets.served import OLD_VARIABLE, WORKSPACE_VARIABLE
from simulator.widgets.training.page import Training
from simulator.widgets.workbench.page import Workbench
from simulator.workspace import Workspace, find_workspace, shipped_workspace


class PlainPage(Page):
    """A page with one word."""

    notebook, name = "plain.ipynb", "workbench"

    def __init__(self, lang="vi", workspace=None, *, word="xin chào"):
        super().__init__(lang, workspace, can_save=True)
        self.word = word
        self._speak(lang)

    def _speak(self, lang):
        self.lang, self.alarm = lang, Alarm(lang)
        self.root.children = [*self._notices(), self.alarm.label, widgets.HTML({"vi": self.word, "en": "hello"}[lang])]

    def _take_up(self, kept):
        self._tell_of_tab(kept)


def test_one_switch_lays_the_page_out_in_the_other_language_and_back():
    page = PlainPage()
    assert (page.language.value, page.root.children[-1].value) == ("vi", "xin chào")
    page.language.value = "en"
    assert (page.lang, page.language.value, page.root.children[-1].value) == ("en", "en", "hello")
    page.language.value = "vi"
    assert (page.lang, page.root.children[-1].value) == ("vi", "xin chào")


@pytest.mark.parametrize("page", [Workbench, Training])
def test_what_stands_before_the_switch_stays_so_that_the_hand_does(page):
    """A browser puts anew what is another widget, and all that follows it in its box; who pressed a key there would be sent to the top of the page."""
    opened = page("vi", find_workspace(), can_save=False)
    place = next(place for place, each in enumerate(opened.root.children) if opened.language in getattr(each, "children", ()))
    before = opened.root.children[: place + 1]
    held = before[-1].children
    opened.language.value = "en"
    assert all(now is former for now, former in zip(opened.root.children, before, strict=False))
    assert before[-1].children == held


def test_a_page_that_cannot_be_laid_out_says_so(monkeypatch):
    page = PlainPage()
    with monkeypatch.context() as broken:
        broken.delattr(page, "word")
        shown = page.root.children[-2]
        page.language.value = "en"
    assert page.root.children[-2] is shown
    assert "AttributeError" in shown.value


def test_it_looks_for_sets_where_it_is_told_to_else_where_the_server_says(tmp_path, monkeypatch):
    assert PlainPage(workspace=find_workspace()).workspace == find_workspace()
    (tmp_path / "criteria").mkdir()
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(tmp_path))
    assert PlainPage().workspace == Workspace(tmp_path)


def test_it_says_in_its_language_that_the_notebook_around_it_may_be_old(monkeypatch):
    assert len(PlainPage().root.children) == 6
    monkeypatch.setenv(OLD_VARIABLE, "plain.ipynb")
    page = PlainPage()
    assert "plain.ipynb trong thư mục làm việc" in page.root.children[1].value
    assert "có thể là bản cũ" in page.root.children[1].value
    page.language.value = "en"
    assert "may be an old copy" in page.root.children[1].value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_leaves_the_browser_words_for_the_time_when_the_program_answers_no_more(lang):
    left = PlainPage(lang).root.children[0]
    assert left.layout.display == "none"
    lost = translate("page.workbench.lost", lang)
    assert html.escape(translate("page.cut", lang, lost=lost, program="tieuchi"), quote=True) in left.value
    assert html.escape(translate("page.ended", lang, lost=lost), quote=True) in left.value
    assert f'data-title="{html.escape(translate("page.workbench.title", lang), quote=True)}"' in left.value


@pytest.mark.parametrize("page", [Workbench, Training])
def test_a_page_has_its_title_before_its_kernel_answers(page):
    metadata = json.loads((shipped_workspace().notebooks / page.notebook).read_text(encoding="utf-8"))["metadata"]
    assert metadata["title"] == translate(f"page.{page.name}.title", "vi")


@pytest.mark.parametrize("page", [Workbench, Training])
def test_the_pages_know_the_notebook_that_shows_them(page):
    cells = json.loads((shipped_workspace().notebooks / page.notebook).read_text(encoding="utf-8"))["cells"]
    assert any(f"import {page.__name__}" in "".join(cell["source"]) for cell in cells)


def fields_within(widget):
    if isinstance(widget, widgets.Text | widgets.Textarea):
        yield widget
    for child in getattr(widget, "children", ()):
        yield from fields_within(child)


def test_what_is_typed_is_sent_whole_before_the_press_of_a_button_that_follows_it():
    """Of what is sent key by key, a browser holds the end back while the program works; a press is not held back and would find a word cut short."""
    bench = Workbench("vi", find_workspace(), can_save=True, replications=2, years=1)
    training = Training("vi", find_workspace(), can_save=False)
    fields = [*fields_within(bench.root), *fields_within(training.root), training.keeping.code]
    assert len(fields) > 3
    assert [field.description or field.tooltip for field in fields if field.continuous_update] == []


def test_what_the_tab_kept_is_handed_to_the_page_and_what_fails_of_it_is_told():
    page = PlainPage()
    page.memory.back.value = "page.kept-lost"
    assert translate("page.kept-lost", "vi") in page.taken_up.value
    page.memory.back.value = "page.none"
    assert 'role="alert"' in page.alarm.label.value
