from __future__ import annotations

import html
import re
from pathlib import Path

from simulator.widgets.tab_memory import BACK, MOST, TabMemory


def told(memory, name):
    return html.unescape(re.search(f'data-{name}="([^"]*)"', memory.kept.value)[1])


def memory_of(place="/a", page="workbench", heard=None):
    return TabMemory(page, Path(place), [].append if heard is None else heard.append)


def test_what_is_kept_stands_on_the_page_unseen_and_markup_in_it_is_only_text():
    memory = memory_of()
    memory.keep('<img src=x> "&amp;')
    assert told(memory, "kept") == '<img src=x> "&amp;'
    assert memory.kept.value.count("<") == 2
    assert [each.layout.display for each in memory.widgets] == ["none", "none"]
    assert BACK in memory.back._dom_classes


def test_what_is_handed_back_is_told_once_and_leaves_the_field_empty():
    heard = []
    memory = memory_of(heard=heard)
    memory.back.value = "work"
    assert (heard, memory.back.value) == (["work"], "")


def test_another_workspace_and_another_page_have_a_memory_of_their_own():
    keys = {told(memory_of(*each), "key") for each in (("/a", "workbench"), ("/b", "workbench"), ("/a", "training"))}
    assert len(keys) == 3
    assert not any("/" in key for key in keys), "where a workspace lies is not for the browser"


def test_what_is_too_long_is_not_kept_and_what_comes_back_too_long_is_cut():
    heard = []
    memory = memory_of(heard=heard)
    memory.keep("work")
    memory.keep("x" * (MOST + 1))
    assert told(memory, "kept") == "work"
    memory.back.value = "x" * (2 * MOST)
    assert len(heard[0]) == MOST + 1
