from __future__ import annotations

import ipywidgets as widgets
import pytest

from simulator.errors import InputError
from simulator.presentation.rules.rounded_shares import rounded_shares
from simulator.presentation.rules.rounding_figure import draw_rounding
from simulator.rules.loading import load_criteria
from simulator.widgets.codes import make_finding
from simulator.widgets.looks import REFUSED, STYLE, Alarm, Picture, Remark, paragraph, title, words
from simulator.workspace import find_workspace


def test_markup_in_words_is_shown_and_not_obeyed():
    assert "<script>" not in words("<script>alert(1)</script>").value
    assert "<b>" not in title("<b>x</b>").value.replace("<h3>", "")
    assert paragraph("a\nb") == "<p>a<br>b</p>"
    assert paragraph("") == ""


def test_nothing_is_loaded_from_outside():
    assert "url(" not in STYLE
    assert "//" not in STYLE


def test_a_callback_that_fails_says_so_and_is_cleared_by_the_next():
    alarm = Alarm("vi")
    outcomes = iter([ValueError("a secret"), None])

    def callback():
        if outcome := next(outcomes):
            raise outcome

    guarded = alarm.guard(callback)
    guarded()
    assert "ValueError" in alarm.label.value
    assert "secret" not in alarm.label.value
    assert 'role="alert"' in alarm.label.value
    assert "a secret" in alarm.trace
    guarded()
    assert alarm.label.value == ""


def test_what_a_callback_set_off_by_another_told_is_not_cleared_by_it():
    alarm = Alarm("vi")
    inner = alarm.guard(lambda: 1 / 0)
    alarm.guard(inner)()
    assert "ZeroDivisionError" in alarm.label.value
    alarm.guard(lambda: None)()
    assert alarm.label.value == ""


def test_a_page_says_in_its_own_words_what_a_failure_means():
    told = []
    for failed in ("workbench.failed", "training.failed"):
        alarm = Alarm("vi", failed)
        alarm.guard(lambda: 1 / 0)()
        told.append(alarm.label.value)
    assert "Bản thảo" in told[0]
    assert "Bản thảo" not in told[1]
    assert "Bài làm" in told[1]
    assert all("ZeroDivisionError" in words for words in told)


@pytest.mark.parametrize(("lang", "words_of_it"), [("vi", "Chưa có lý do"), ("en", "reason is missing")])
def test_a_refusal_is_told_in_the_language_of_the_page(lang, words_of_it):
    alarm = Alarm(lang)

    def refuse():
        raise InputError([make_finding("WG606", "draft.yaml", 1)])

    alarm.guard(refuse)()
    assert words_of_it in alarm.label.value


def test_a_picture_has_its_sentence_and_a_text_for_those_who_cannot_see_it():
    criteria = load_criteria("decree-91", find_workspace())
    picture = Picture(600)
    drawing = draw_rounding(rounded_shares(criteria, "vi"), "vi")
    picture.show(drawing)
    assert "<svg" in picture.image.value
    assert "aria-label" in picture.image.value
    assert "figcaption" in picture.image.value


def test_a_remark_marks_its_control_and_names_the_reason_where_it_is_read_out():
    field, slider = widgets.Text(tooltip="tỷ lệ"), widgets.FloatSlider()
    remark = Remark("vi", field, slider)
    assert remark.label.layout.display == "none"
    remark.tell("<b>Sai</b>")
    assert REFUSED in field._dom_classes
    assert REFUSED in slider._dom_classes
    assert field.tooltip == "tỷ lệ. <b>Sai</b>"
    assert "&lt;b&gt;Sai" in remark.label.value
    assert remark.label.layout.display == ""
    remark.call("tỷ lệ mới")
    assert field.tooltip == "tỷ lệ mới. <b>Sai</b>"
    remark.clear()
    assert (field.tooltip, slider.tooltip, remark.label.value, remark.label.layout.display) == ("tỷ lệ mới", None, "", "none")
    assert REFUSED not in (*field._dom_classes, *slider._dom_classes)


def test_a_remark_words_what_was_found():
    remark = Remark("vi")
    remark.tell_of(InputError([make_finding("WG606", "draft.yaml", 1), make_finding("WG601", "draft.yaml", 1)]))
    assert "Chưa có lý do" in remark.label.value
    assert "<br>" in remark.label.value
