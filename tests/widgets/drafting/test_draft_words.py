from __future__ import annotations

from simulator.rules.values import Text
from simulator.widgets.drafting.draft_words import DraftWords


def test_nothing_typed_is_nothing():
    words = DraftWords(title="  ", why={"vi": " ", "en": ""})
    assert (words.called(), words.reason()) == (None, None)


def test_a_reason_in_one_language_serves_both():
    assert DraftWords(title=" Giảm ").called() == Text(vi="Giảm", en="Giảm")
    assert DraftWords(why={"vi": "Bớt.", "en": ""}).reason() == Text(vi="Bớt.", en="Bớt.")
    assert DraftWords(why={"vi": "Bớt.", "en": "Fewer."}).reason() == Text(vi="Bớt.", en="Fewer.")
