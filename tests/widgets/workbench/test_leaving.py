from __future__ import annotations

from html.parser import HTMLParser

from simulator.widgets.workbench.leaving import ASK_BEFORE_LEAVING, UNSAVED


class _Read(HTMLParser):
    tags: tuple[tuple[str, dict[str, str | None]], ...] = ()

    def handle_starttag(self, tag, attributes):
        self.tags = (*self.tags, (tag, dict(attributes)))


def test_the_question_is_asked_by_the_page_itself_where_the_mark_stands():
    page = _Read()
    page.feed(ASK_BEFORE_LEAVING)
    ((tag, attributes),) = page.tags
    assert tag == "style"
    assert f"querySelector('.{UNSAVED}')" in attributes["onload"]
    assert "beforeunload" in attributes["onload"]
    assert "stopImmediatePropagation" in attributes["onload"], "whoever stays keeps a page that is alive"
    assert "//" not in ASK_BEFORE_LEAVING
