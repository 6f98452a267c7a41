from __future__ import annotations

import pytest

from simulator.reporting.word.pages import MOST_BLANK, Piece, Shape, across, pages, with_pages_filled


def piece(*parts, **told):
    repeated, before, after = (told.pop(name, 0.0) for name in ("repeated", "before", "after"))
    return Piece(lambda *_: None, lambda _width: Shape(parts, repeated, before, after), **told)


def upright(pieces):
    return [place.page for place in pages(pieces, [False] * len(pieces))]


def test_what_does_not_fit_goes_to_the_next_page():
    assert upright([piece(200.0), piece(50.0), piece(20.0)]) == [1, 1, 2]


def test_between_two_pieces_is_the_larger_room_of_the_two():
    assert upright([piece(100.0, after=10.0), piece(145.5, before=10.0), piece(1.0)]) == [1, 1, 2]
    assert upright([piece(100.0, after=10.0), piece(148.0, before=10.0)]) == [1, 2]


def breaks(pieces):
    return [place.needs_break for place in pages(pieces, [False] * len(pieces))]


@pytest.mark.parametrize(("second", "page", "is_broken"), [(55.9, 1, False), (56.5, 2, True), (57.5, 2, True), (58.5, 2, False)])
def test_where_a_hair_decides_a_break_does(second, page, is_broken):
    pieces = [piece(200.0), piece(second)]
    assert upright(pieces) == [1, page]
    assert breaks(pieces) == [False, is_broken]


def test_a_break_leaves_the_room_before_a_piece_at_the_top_of_its_page():
    assert upright([piece(200.0), piece(57.5, before=20.0), piece(180.0)]) == [1, 2, 2]
    assert upright([piece(200.0), piece(57.0, before=0.5), piece(199.2)]) == [1, 2, 3]
    assert breaks([piece(10.0), piece(10.0, begins_page=True)]) == [False, True]
    assert breaks([piece(250.0), piece(10.0, breaks_as_reckoned=True), piece(10.0, breaks_as_reckoned=True)]) == [False, True, False]


def test_what_begins_a_page_does_so_however_much_room_is_left():
    assert upright([piece(10.0), piece(10.0, begins_page=True), piece(10.0)]) == [1, 2, 2]
    assert upright([piece(10.0, begins_page=True)]) == [1]


def test_a_heading_goes_with_what_follows():
    assert upright([piece(240.0), piece(10.0, keeps_next=True), piece(10.0)]) == [1, 2, 2]
    assert upright([piece(230.0), piece(10.0, keeps_next=True), piece(10.0)]) == [1, 1, 1]


def test_the_header_of_a_table_takes_room_on_each_page():
    rows = [50.0] * 10
    assert upright([piece(*rows), piece(120.0)]) == [1, 3]
    assert upright([piece(*rows, repeated=50.0), piece(120.0)]) == [1, 4]


def test_paper_laid_across_begins_a_page_and_is_less_high():
    pieces = [piece(10.0), piece(158.0, is_wide=True), piece(20.0), piece(20.0)]
    assert across(pieces) == [False, True, False, False]
    assert [place.page for place in pages(pieces, across(pieces))] == [1, 2, 3, 3]
    assert [place.page for place in pages(pieces, [True] * 4)] == [1, 1, 2, 2]


def test_what_leads_to_a_wide_table_stands_across_with_it():
    caption = piece(10.0, keeps_next=True)
    assert across([piece(10.0), caption, piece(10.0, is_wide=True)]) == [False, True, True]
    heading = piece(10.0, keeps_next=True, title="1. Mục")
    assert across([piece(100.0), heading, piece(10.0), caption, piece(10.0, is_wide=True)]) == [False, True, True, True, True]
    assert across([piece(100.0), heading, piece(90.0), caption, piece(10.0, is_wide=True)]) == [False, False, False, True, True]


def test_little_text_between_two_wide_tables_stays_across():
    wide = piece(10.0, is_wide=True)
    assert across([wide, piece(30.0), wide]) == [True, True, True]
    assert across([wide, piece(200.0), wide]) == [True, False, True]


def words(*parts, **told):
    return piece(*parts, is_text=True, **told)


def picture(height=100.0, **told):
    return piece(height, is_picture=True, keeps_next=True, **told)


def order(*pieces):
    filled = with_pages_filled(pieces)
    assert len(filled) == len(pieces)
    return [next(at for at, piece in enumerate(pieces) if piece is each) for each in filled]


def test_text_goes_before_a_picture_that_would_leave_its_page_half_empty():
    caption = piece(5.0)
    assert order(words(190.0), picture(), caption, words(20.0), words(20.0), words(100.0)) == [0, 3, 4, 1, 2, 5]
    assert order(words(140.0), picture(), caption, words(20.0)) == [0, 1, 2, 3]
    assert order(words(257.0 - MOST_BLANK + 1), picture(), caption, words(5.0)) == [0, 1, 2, 3]


def test_a_paragraph_that_goes_before_a_picture_may_end_overleaf():
    assert order(words(200.0), picture(), piece(5.0), words(10.0, *[5.0] * 20, 10.0)) == [0, 3, 1, 2]


def test_pictures_and_tables_keep_their_order_and_a_heading_its_text():
    caption, heading = piece(5.0), words(10.0, keeps_next=True)
    assert order(words(200.0), picture(), caption, words(10.0), picture(), caption) == [0, 3, 1, 2, 4, 2]
    assert order(words(200.0), picture(), caption, words(10.0), heading, piece(100.0)) == [0, 3, 1, 2, 4, 5]
    assert order(words(180.0), picture(), caption, heading, words(10.0), words(80.0)) == [0, 3, 4, 1, 2, 5]


def test_a_picture_goes_under_another_heading_only_for_a_page_that_would_be_short():
    caption, heading = piece(5.0), words(10.0, keeps_next=True)
    assert order(words(200.0), picture(), caption, words(30.0), heading, words(5.0)) == [0, 3, 1, 2, 4, 5]


def test_a_picture_never_parts_a_list_nor_takes_the_heading_from_it():
    before, picture = piece(150.0), piece(150.0, is_picture=True)
    heading, first, *others = (piece(10.0, keeps_next=True, is_text=True), *(piece(40.0, is_text=True, goes_on=number > 0) for number in range(3)))
    assert with_pages_filled([before, picture, heading, first, *others]) == [before, picture, heading, first, *others]
    text = piece(40.0, is_text=True)
    assert with_pages_filled([before, picture, text, heading, first, *others]) == [before, text, picture, heading, first, *others]
    short = [piece(20.0, is_text=True, goes_on=number > 0) for number in range(3)]
    assert with_pages_filled([before, picture, *short]) == [before, *short, picture]


def test_a_picture_does_not_wait_for_text_on_paper_laid_across():
    assert order(words(200.0), picture(), piece(5.0), words(10.0, keeps_next=True), piece(10.0, is_wide=True)) == [0, 1, 2, 3, 4]
