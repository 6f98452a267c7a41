from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import unquote

import pytest

from simulator.errors import Finding, Severity
from simulator.reporting.forms.index_page import index_name, write_index
from simulator.reporting.published import Outcome, Published
from tests.reporting.forms.test_html import Page


def report(folder, name, **changes):
    files = tuple(folder / name / file for file in ("report.vi.html", "comparison.json"))
    given = {"title": "Kịch bản <b>A</b> & B", "question": "Vì “sao”?", "date": "Ngày 10 tháng 11", "notes": ("Chung.",), "findings": ("Giảm 0,20.",)}
    return Outcome(name, Published(files, **{**given, **changes}))


def failed(name="hỏng", code="RP202", **fields):
    return Outcome(name, failure=(Finding(code, Severity.ERROR, "elsewhere/t.ipynb", 1, fields or {"cell": "3", "seconds": "120"}),))


def page_of(outcomes, folder, lang="vi"):
    write_index(outcomes, folder / index_name(lang), folder, lang)
    return (folder / index_name(lang)).read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_is_well_formed_and_keeps_to_itself(tmp_path, lang):
    html = page_of([report(tmp_path, "a"), failed(), report(tmp_path, "c")], tmp_path, lang)
    parsed = Page(html)
    assert parsed.open == []
    assert parsed.tags[0][1]["lang"] == lang
    assert len(parsed.ids) == len(set(parsed.ids))
    assert "://" not in html
    assert not {tag for tag, _ in parsed.tags} & {"script", "link", "img", "iframe"}
    levels = [int(tag[1]) for tag, _ in parsed.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert [tag for tag, _ in parsed.tags if tag in {"header", "main", "nav"}] == ["header", "main", "nav"]


def test_each_report_is_listed_with_what_it_says_first(tmp_path):
    text = " ".join(Page(page_of([report(tmp_path, "a", notes=("Chung.", "Riêng.")), report(tmp_path, "b")], tmp_path)).text)
    for words in ("Kịch bản <b>A</b> & B", "Vì “sao”?", "Ngày 10 tháng 11", "Giảm 0,20.", "Riêng.", "Đã lập 2 báo cáo."):
        assert words in text
    assert text.count("Chung.") == 1  # what every report says is said once


def test_text_cannot_become_markup(tmp_path):
    html = page_of([report(tmp_path, "a", findings=("<script>x</script>",)), failed("<i>x</i>")], tmp_path)
    assert "<b>A</b>" not in html
    assert "<script" not in html
    assert "<i>" not in html


def test_links_lead_to_the_forms_by_the_way_from_the_page(tmp_path):
    parsed = Page(page_of([report(tmp_path, "danh sách #1 ở Hà Nội"), report(tmp_path, "b+c")], tmp_path))
    links = [attributes for tag, attributes in parsed.tags if tag == "a" and not attributes["href"].startswith("#")]
    assert [unquote(link["href"]) for link in links] == [
        f"{name}/{file}" for name in ("danh sách #1 ở Hà Nội", "b+c") for file in ("report.vi.html", "comparison.json")
    ]
    assert not any("#" in link["href"] for link in links)
    assert {link["aria-describedby"] for link in links} <= set(parsed.ids)
    assert [word for word in parsed.text if word in {"HTML", "comparison.json"}] == ["HTML", "comparison.json"] * 2


def test_a_report_that_failed_is_listed_with_its_code_and_a_sentence(tmp_path):
    html = page_of([report(tmp_path, "a"), failed("hỏng")], tmp_path)
    text = " ".join(Page(html).text)
    assert "Đã lập 1 báo cáo; 1 báo cáo chưa lập được." in text
    assert "<b>RP202</b>: Ô 3 của mẫu báo cáo thực hiện quá 120 giây." in html
    assert "/home/" not in html


def test_what_another_program_said_is_not_passed_on(tmp_path):
    html = page_of([failed(code="RP201", cell="3", error="KeyError", problem="Nguyễn Thị Hương")], tmp_path)
    assert "KeyError: xem chi tiết trên màn hình lệnh" in html
    assert "Hương" not in html
    assert "Chưa lập được" in html


def test_a_report_without_question_or_findings_has_no_empty_place(tmp_path):
    html = page_of([report(tmp_path, "a", question="", date="", findings=(), notes=())], tmp_path)
    assert "Vấn đề" not in html
    assert "Kết quả chính" not in html
    assert "<ul>" not in html
    assert "<nav" not in html
