from __future__ import annotations

import pytest

from simulator.experiments.studies import KINDS
from simulator.presentation.i18n import catalogue
from simulator.reporting.reading import REST
from simulator.reporting.verification_words import verification_table
from simulator.reporting.verifying import Difference, Verification
from tests.presentation.test_wording import BANNED

EACH = [
    Difference("words", "12", "CHÍNH THỨC", None),
    Difference("rules", "comparison/provenance/hashes/decree-91", "a" * 64, "b" * 64),
    Difference("number", "comparison/options/1:plan-115/indicators/leader_share/difference_low", 0.25, -1234.5),
    Difference("number", "measurement/indicators/gini/value", 0.25, None),
    Difference("number", "attribution/options/0:plan-115/indicators/leader_share/parts/1/value", 0.5, 0.75),
    Difference("number", "comparison/null_reform/same_awards", True, False),
    Difference("number", "paperwork/options/1:plan-115/quantities/council_hours/value", 8400.0, 8401.0),
    Difference("number", "paperwork/options/1:plan-115/quantities/council_hours/low", 8400.0, 8401.0),
    Difference("number", "power/turns/3/found/alarms", 12.0, 13.0),
    Difference("file", "style-sheet", "h1::after{content:' GIẢ'}", None),
]
NOTES = [
    Difference("program", "comparison/provenance/versions/numpy", "2.4.6", "2.5.5"),
    *(Difference("study", name, None, None) for name in KINDS),
]


def test_a_report_that_holds_says_so_in_one_line():
    table = verification_table(Verification("scenario", "hanoi-2021", "html", same=True, n_differences=0), "vi")
    assert table.caption.startswith("Giống: báo cáo về hanoi-2021 ")
    assert (table.groups, table.notes) == ((), ())


def test_each_difference_is_told_with_both_sides():
    table = verification_table(Verification("scenario", "hanoi-2021", "html", False, 6, EACH, NOTES), "vi")
    assert table.caption.startswith("Khác: báo cáo về hanoi-2021 ")
    text = [word for group in table.groups for row in group.rows for word in (row.header, *row.cells)]
    assert "plan-115 · Tỷ lệ lãnh đạo, quản lý trong số được khen · đầu dưới của khoảng tin cậy 95% của chênh lệch" in text
    assert "phân tích tác động theo từng điều khoản · plan-115 · Tỷ lệ lãnh đạo, quản lý trong số được khen · parts/1/value" in text
    assert "giấy tờ và kinh phí · plan-115 · Giờ họp hội đồng · giá trị" in text
    assert "giấy tờ và kinh phí · plan-115 · Giờ họp hội đồng · mức thấp nhất theo các giả định" in text
    assert "danh sách khen thưởng thực tế cho thấy được điều gì · turns/3/found/alarms" in text
    for words in ("dòng 12", "CHÍNH THỨC", "0,25", "−1.234,5", "có", "không", "2.5.5", "phân tích tác động theo từng điều khoản"):
        assert words in text


def test_what_was_not_run_again_is_neither_called_the_same_nor_different():
    table = verification_table(Verification("scenario", "hanoi-2021", "html", False, 0, [], NOTES[1:]), "vi")
    assert table.caption.startswith("Chưa kiểm tra hết: ")
    assert [row.header for group in table.groups for row in group.rows] == [catalogue("vi")[f"verify.study.{name}"] for name in KINDS]
    layout = [each for each in EACH if each.kind == "file"]
    assert verification_table(Verification("scenario", "x", "html", False, 1, layout, NOTES[1:]), "vi").caption.startswith("Khác: ")
    assert verification_table(Verification("scenario", "x", "html", False, 1, layout, NOTES[:1]), "vi").caption.startswith("Lời văn và số liệu")


def test_no_more_is_called_the_same_than_was_compared():
    """Where a style sheet or a picture is another, a reader may see other words."""
    caption = verification_table(Verification("scenario", "x", "html", False, 1, EACH[-1:]), "vi").caption
    assert caption.startswith(
        "Lời văn và số liệu trong phần thân của báo cáo về x đều giống, nhưng tệp còn khác báo cáo lập lại ở: định dạng kiểu chữ."
    )
    two = [Difference("file", "pictures:word/media/image1.png", None, None), Difference("file", "hidden:word/a.bin", None, None)]
    table = verification_table(Verification("scenario", "x", "docx", False, 2, two), "en")
    assert "in: pictures, hidden parts of the file." in table.caption
    assert [row.header for group in table.groups for row in group.rows] == [
        "Pictures (word/media/image1.png)",
        "Hidden parts of the file (word/a.bin)",
    ]


@pytest.mark.parametrize("kind", REST)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_kind_of_what_is_no_word_has_a_name(kind, lang):
    assert f"verify.file.{kind}" in catalogue(lang)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("word/header1.xml:3", "đầu trang (word/header1.xml), dòng 3"),
        ("word/comments.xml:1", "ý kiến ghi bên lề (word/comments.xml), dòng 1"),
        ("word/x.xml:2", "phần khác của tệp (word/x.xml), dòng 2"),
    ],
)
def test_words_outside_the_running_text_are_told_with_their_place(where, said):
    table = verification_table(Verification("scenario", "x", "docx", False, 1, [Difference("words", where, "GIẢ", None)]), "vi")
    assert [row.header for group in table.groups for row in group.rows] == [said]
    assert table.caption.startswith("Khác: ")


def test_a_report_on_a_list_names_nobody_and_what_is_left_out_is_counted():
    table = verification_table(Verification("register", "", "pdf", False, 1234, EACH[:1]), "en")
    assert "an award list" in table.caption
    assert "1,233 further differences are not listed." in table.notes


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_kind_and_study_has_words(lang):
    words = catalogue(lang)
    assert {f"verify.kind.{each.kind}" for each in (*EACH, *NOTES)} <= words.keys()
    assert {f"verify.note.{each.kind}" for each in (*EACH, *NOTES)} <= words.keys()
    text = verification_table(Verification("scenario", "x", "html", False, 6, EACH, NOTES), lang).to_text().lower()
    assert [word for word in BANNED if word in text] == []
