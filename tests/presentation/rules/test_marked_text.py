from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.presentation.rules.marked_text import Segment, mark_changes, plain_text, show_marked


@given(st.text("ab1, %.\n"), st.text("ab1, %.\n"))
def test_without_marks_each_text_is_itself(before, after):
    first, second = mark_changes(before, after)
    assert (plain_text(first), plain_text(second)) == (before, after)
    assert any(segment.is_changed for segment in first + second) == (before != after)


def test_numbers_are_marked_whole():
    first, second = mark_changes("không quá 15,5% số người", "không quá 15,6% số người")
    assert show_marked(first) == "không quá [15,5%] số người"
    assert show_marked(second, "**", "**") == "không quá **15,6%** số người"


def test_words_side_by_side_share_one_mark():
    assert show_marked(mark_changes("a b c d e f", "a x y d e f")[1]) == "a [x y] d e f"


def test_what_has_nothing_in_common_is_marked_as_a_whole():
    assert mark_changes("một hai", "x y z w") == ((Segment("một hai", is_changed=True),), (Segment("x y z w", is_changed=True),))


def test_spaces_stay_outside_marks():
    assert show_marked((Segment("a"), Segment(" b ", is_changed=True), Segment("c"))) == "a [b] c"
