from __future__ import annotations

import base64
import re

from simulator.widgets.workbench.downloads import MOST, file_name, link_to, made, ready


def test_a_link_holds_the_file_and_its_name_is_no_markup():
    link = link_to('a"b<.xlsx', b"\x00\xff", "vi")
    assert base64.b64decode(re.search(r"base64,([^\"]+)", link)[1]) == b"\x00\xff"
    assert 'download="a&quot;b&lt;.xlsx"' in link
    assert link in ready('a"b<.xlsx', b"\x00\xff", "vi")


def test_what_would_fill_the_memory_of_a_page_is_not_offered():
    assert "href" not in link_to("a.html", bytes(MOST + 1), "vi")
    assert "href" in link_to("a.html", bytes(MOST), "vi")


def test_what_a_writer_writes_is_given_and_lies_nowhere():
    places = []
    assert made("a.txt", lambda path: (places.append(path), path.write_bytes(b"x"))) == b"x"
    assert not places[0].parent.exists()


def test_files_are_named_by_what_they_are_and_then_what_they_are_about():
    assert file_name("register", "vi", "xlsx") == "mau-danh-sach-khen-thuong.xlsx"
    assert file_name("comparison", "vi", "docx", "decree-91+mine") == "bang-so-sanh-decree-91_mine.docx"
    names = [file_name(what, lang, "xlsx", "a") for what in ("nominees", "register", "scores", "comparison") for lang in ("vi", "en")]
    assert len({*names}) == len(names)
    assert all(re.fullmatch(r"[a-z-]+-a\.xlsx", name) for name in names)
