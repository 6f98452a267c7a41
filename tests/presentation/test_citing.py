from __future__ import annotations

from pathlib import Path

import pytest

from simulator.presentation.citing import cite, cite_with_confidence, instrument_words, provision_words
from simulator.rules.citation import Source, load_instruments
from simulator.workspace import Workspace

REGISTER = load_instruments(Workspace(Path(__file__).parents[2]))


@pytest.mark.parametrize(
    ("provision", "vi", "en"),
    [
        ("Điều 24", "Điều 24", "Article 24"),
        ("Điều 74 khoản 1 điểm d", "điểm d khoản 1 Điều 74", "Article 74, clause 1, point d"),
        ("Điều 28, Điều 29", "Điều 28; Điều 29", "Article 28; Article 29"),
        ("Mục 3 điểm a", "điểm a Mục 3", "Section 3, point a"),
        ("Phần mở đầu", "phần mở đầu", "preamble"),
        ("Phụ lục kèm theo", "Phụ lục kèm theo", "Phụ lục kèm theo"),
    ],
)
def test_a_provision_is_cited_smallest_first(provision, vi, en):
    assert (provision_words(provision, "vi"), provision_words(provision, "en")) == (vi, en)


def test_an_instrument_is_cited_by_kind_and_number():
    source = Source(instrument="law-06-2022", provision="Điều 5 khoản 2", confidence="read")
    assert cite(source, "vi", REGISTER) == "khoản 2 Điều 5 Luật số 06/2022/QH15"
    assert cite_with_confidence(source, "en", REGISTER) == "Article 5, clause 2, Law 06/2022/QH15 (text was read)"


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
