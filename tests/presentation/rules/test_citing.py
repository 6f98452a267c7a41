from __future__ import annotations

from pathlib import Path

import pytest

from simulator.presentation.rules.citing import cite, cite_with_confidence, instrument_words, provision_words, source_words
from simulator.rules.citation import Source, load_instruments
from simulator.workspace import Workspace

REGISTER = load_instruments(Workspace(Path(__file__).parents[3]))


@pytest.mark.parametrize(
    ("provision", "vi", "en"),
    [
        ("Điều 24", "Điều 24", "Article 24"),
        ("Điều 74 khoản 1 điểm d", "điểm d khoản 1 Điều 74", "Article 74, clause 1, point d"),
        ("Điều 28, Điều 29", "Điều 28; Điều 29", "Article 28; Article 29"),
        ("Mục 3 điểm a", "điểm a Mục 3", "Section 3, point a"),
        ("Phần mở đầu", "phần mở đầu", "preamble"),
        ("Phụ lục kèm theo", "Phụ lục kèm theo", "Phụ lục kèm theo"),
        ("Phụ lục II Mục A", "Mục A Phụ lục II", "Annex II, Section A"),
        ("Chương IV", "Chương IV", "Chapter IV"),
        ("Phần 2, Điều 7a", "Phần 2; Điều 7a", "Part 2; Article 7a"),
    ],
)
def test_a_provision_is_cited_smallest_first(provision, vi, en):
    assert (provision_words(provision, "vi"), provision_words(provision, "en")) == (vi, en)


def test_an_instrument_is_cited_by_kind_and_number():
    source = Source(instrument="law-06-2022", provision="Điều 5 khoản 2", confidence="read")
    assert cite(source, "vi", REGISTER) == "khoản 2 Điều 5 Luật số 06/2022/QH15"
    assert cite_with_confidence(source, "en", REGISTER) == "Article 5, clause 2, Law 06/2022/QH15 (text was read)"


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("Letter of Hà Nội, Mục 3 điểm a", "Letter of Hà Nội, Section 3, point a"),
        ("Plan of Phần Lan street, 2021, Phần mở đầu", "Plan of Phần Lan street, 2021, preamble"),
        ("Decree, Điều 28, Điều 29", "Decree, Article 28; Article 29"),
        ("Letter on Điều 5 of the office", "Letter on Điều 5 of the office"),
        ("Report, Bảng 2", "Report, Bảng 2"),
    ],
)
def test_a_kept_source_names_its_provision_in_the_readers_language(kept, told):
    assert source_words({"vi": "Công văn, Mục 3 điểm a", "en": kept}, "en") == told


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("Công văn về thi đua, khen thưởng, Mục 3 điểm a", "điểm a Mục 3 Công văn về thi đua, khen thưởng"),
        ("Luật Thi đua, khen thưởng năm 2022, Điều 23", "Điều 23 Luật Thi đua, khen thưởng năm 2022"),
        ("Công văn, Phần mở đầu", "phần mở đầu Công văn"),
        ("Nghị định số 65/2014/NĐ-CP, Điều 28–29: 13–15 thành viên", "Nghị định số 65/2014/NĐ-CP, Điều 28–29: 13–15 thành viên"),
    ],
)
def test_in_vietnamese_the_provision_stands_before_its_instrument(kept, told):
    assert source_words({"vi": kept, "en": "Letter"}, "vi") == told


def test_what_nobody_registered_keeps_its_id():
    assert cite(Source(instrument="decree-x", confidence="unsure"), "vi") == "decree-x"


def test_no_source_is_said():
    assert cite_with_confidence(None, "vi") == "không có nguồn; là giả định"


def test_every_instrument_of_the_house_can_be_cited():
    for name in REGISTER.instruments:
        for lang in ("vi", "en"):
            assert cite(Source(instrument=name, confidence="read"), lang, REGISTER)


def test_instruments_are_named_by_kind_and_number():
    assert instrument_words(REGISTER, "vi")["instruments.decree-91-2017"] == "Nghị định số 91/2017/NĐ-CP"
