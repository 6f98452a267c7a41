from __future__ import annotations

from simulator.reporting.forms.page_filling import MOST_BLANK, Spot, _reckoned, fill_pages

PAGE = 250.0
HEIGHTS = {"words": 20.0, "few": 5.0, "many": 60.0, "figure": 90.0, "heading": 10.0, "table": 100.0}


def chapter(*names):
    kinds = {"figure": "figure", "table": "table"}
    role = {"heading": "heading"}
    return {"blocks": [{"block": kinds.get(name, "paragraph"), "role": role.get(name, "body"), "name": name} for name in names]}


def filled(*chapters, used=0.0, is_lying=False, closing=None):
    """Set blocks of known heights on pages, one below the other; none is cut."""
    part = {"lying": is_lying, "chapters": list(chapters)}

    def find():
        spots, page, y = {}, 1, used
        for each in chapters:
            for block in each["blocks"]:
                height = HEIGHTS[block["name"]]
                if y + height > PAGE:
                    page, y = page + 1, 0.0
                y += height
                if block["block"] != "table":
                    spots[block["spot"]] = Spot(page, y)
        return spots

    fill_pages([part], find, PAGE, closing)
    return [[block["name"] for block in each["blocks"]] for each in chapters]


def test_text_goes_before_a_figure_that_would_leave_its_page_half_empty():
    assert filled(chapter("words", "figure", "few", "few", "many"), used=150.0) == [["words", "few", "few", "many", "figure"]]


def test_a_figure_that_fits_or_leaves_little_stays():
    assert filled(chapter("words", "figure", "few"), used=100.0) == [["words", "figure", "few"]]
    little = PAGE - HEIGHTS["words"] - MOST_BLANK + 1
    assert filled(chapter("words", "figure", "few"), used=little) == [["words", "figure", "few"]]


def test_figures_and_tables_keep_their_order():
    assert filled(chapter("words", "figure", "few", "figure"), used=170.0) == [["words", "few", "figure", "figure"]]
    assert filled(chapter("words", "figure", "table", "few"), used=170.0) == [["words", "figure", "table", "few"]]


def test_a_heading_does_not_go_without_its_text():
    assert filled(chapter("words", "figure", "few", "heading", "table"), used=170.0) == [["words", "few", "figure", "heading", "table"]]


def test_no_figure_comes_between_words_and_the_lines_to_fill_in_or_the_table_that_they_lead_to():
    for mark in ("leads", "filled"):
        held = chapter("words", "figure", "few", "few", "few")
        held["blocks"][3][mark] = True
        assert filled(held, used=150.0) == [["words", "few", "figure", "few", "few"]]


def test_a_figure_goes_into_the_next_chapter_only_for_a_page_that_would_be_short():
    assert filled(chapter("words", "figure"), chapter("words", "few"), used=150.0) == [["words"], ["words", "few", "figure"]]
    assert filled(chapter("words", "figure", "words", "words"), chapter("words"), used=165.0) == [["words", "words", "words", "figure"], ["words"]]


def test_the_pages_are_set_at_most_twice_and_every_stretch_has_its_figure_wait():
    parts = [{"lying": False, "chapters": [chapter("words", "figure", "few")]} for _ in range(3)]
    n_set = []

    def find():
        n_set.append(True)
        spots = {}
        for page, part in enumerate(parts, 1):
            y = 150.0
            for block in part["chapters"][0]["blocks"]:
                is_over = y + HEIGHTS[block["name"]] > PAGE
                y = HEIGHTS[block["name"]] if is_over else y + HEIGHTS[block["name"]]
                spots[block["spot"]] = Spot(2 * page + is_over, y)
        return spots

    fill_pages(parts, find, PAGE)
    assert [[block["name"] for block in part["chapters"][0]["blocks"]] for part in parts] == [["words", "few", "figure"]] * 3
    assert len(n_set) == 2


def test_several_figures_of_one_stretch_wait_though_the_pages_are_set_only_twice():
    story = ("words", "figure", "few", "words", "figure", "few", "words", "figure", "few", "few", "many", "figure", "few", "many")
    assert filled(chapter(*story), used=150.0) == [
        ["words", "few", "words", "figure", "figure", "few", "words", "few", "few", "many", "figure", "figure", "few", "many"]
    ]


def test_what_comes_after_a_figure_that_waited_is_reckoned_from_the_heights_it_had():
    old = chapter("words", "figure", "few", "words", "figure", "table", "few")["blocks"]
    for number, block in enumerate(old):
        block["spot"] = number
    top, bottom = 25.0, 250.0
    # The second figure does not fit under the first, and the table after it fills the rest of its page and begins the next.
    ends = [Spot(1, 200.0), Spot(2, top + 90.0), Spot(2, top + 95.0), Spot(2, top + 115.0), Spot(2, top + 205.0), None, Spot(3, top + 85.0)]
    spots = {number: end for number, end in enumerate(ends) if end is not None}
    new = [old[0], old[2], old[3], old[1], *old[4:]]
    reckoned = _reckoned(old, new, spots, bottom)
    assert reckoned == {
        0: Spot(1, 200.0),
        2: Spot(1, 205.0),
        3: Spot(1, 225.0),
        1: Spot(2, top + 90.0),
        4: Spot(2, top + 180.0),
        6: Spot(3, top + 60.0),
    }


def test_nothing_comes_between_the_last_words_and_the_signature():
    last = {**chapter("heading", "few", "few"), "id": "limits"}
    told = filled({**chapter("words", "figure"), "id": "mix"}, last, used=170.0, closing="limits")
    assert told == [["words"], ["heading", "few", "figure", "few"]]


def test_pages_laid_across_are_let_be():
    assert filled(chapter("words", "figure", "few"), used=170.0, is_lying=True) == [["words", "figure", "few"]]
