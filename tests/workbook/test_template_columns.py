from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.presentation.i18n import catalogue
from simulator.rules.loading import criteria_from_text, load_criteria
from simulator.scoring.columns import Column, Content, columns_of
from simulator.workbook.template_columns import blank_means, headings, how_to_fill, may_see, needed_by, sheet_of, template_columns
from tests.workbook.rosters_on_paper import SET_TEXT, make_set

CRITERIA = make_set()
BY_ID = {column.id: column for column in template_columns(CRITERIA, 2025, None, None)}


def test_each_column_has_its_sheet():
    sheets = {
        name: sheet_of(BY_ID[name]) for name in ("budget", "award:lao-dong-gioi", "recognised_initiatives", "disciplined_on", "contests", "staff")
    }
    assert list(sheets.values()) == ["nominees", "awards", "initiatives", "discipline", "achievements", "units"]


@pytest.mark.parametrize(("who", "seen"), [(None, True), ("self", False), ("cluster", False), ("standing-body", True)])
def test_the_procedure_says_who_sees_the_marks_of_the_standing_body(who, seen):
    assert may_see(CRITERIA, who, "standing-body") is seen
    assert may_see(CRITERIA, who, None)


def test_a_procedure_that_says_nothing_hides_nothing():
    silent = criteria_from_text(
        SET_TEXT.replace("kind: marking", "kind: statement").replace("    sees: {self: [], cluster: [self], standing-body: [self, cluster]}\n", "")
    )
    assert may_see(silent, "self", "standing-body")


def test_nobody_knows_this_giver():
    with pytest.raises(InputError, match="WB536"):
        template_columns(CRITERIA, 2025, None, "uncle")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ["decree-91", "law-2022-decree-152", "thua-thien-hue-2018", "school-leader-2026"])
def test_every_column_of_every_set_is_headed_for_itself_and_explained(name, lang):
    criteria = load_criteria(name)
    columns = template_columns(criteria, 2025, None, None)
    headed = headings(columns, lang, criteria)
    assert len(set(headed.values())) == len(columns)
    for column in columns:
        texts = [how_to_fill(column, lang, criteria), blank_means(column, lang), needed_by(column, lang, criteria)]
        assert all(texts)
        assert not any("{" in text for text in texts)


def test_columns_that_would_be_headed_alike_show_their_ids():
    criteria = criteria_from_text(SET_TEXT.replace("Có trang thông tin", "Tỷ lệ giải ngân"))
    headed = headings(columns_of(criteria, 2025), "vi", criteria)
    assert (headed["budget"], headed["website"]) == ("Tỷ lệ giải ngân [budget] *", "Tỷ lệ giải ngân [website] *")


def test_notes_say_what_is_expected():
    assert "94%" in how_to_fill(BY_ID["budget"], "vi", CRITERIA)
    assert "0 đến 10" in how_to_fill(BY_ID["conduct@self"], "vi", CRITERIA)
    assert "hoàn thành tốt" in how_to_fill(BY_ID["rating:2025"], "vi", CRITERIA)
    assert needed_by(BY_ID["budget"], "vi", CRITERIA) == "Tỷ lệ giải ngân (points.budget)"
    assert blank_means(BY_ID["late"], "vi") == "0"
    assert (blank_means(BY_ID["conduct@self"], "vi"), blank_means(BY_ID["conduct@standing-body"], "vi")) == ("không có", "không được để trống")


def test_the_giver_must_fill_in_its_own_mark():
    marks = {giver: [(c.id, c.is_required) for c in template_columns(CRITERIA, 2025, None, giver) if c.key == "mark"] for giver in (None, "self")}
    assert marks == {None: [("conduct@self", False), ("conduct@standing-body", True)], "self": [("conduct@self", True)]}


def test_every_content_has_its_note():
    assert {f"template.how.{content.value}" for content in Content} <= set(catalogue("vi"))


def test_a_mark_tells_its_step():
    mark = Column("m", Content.NUMBER, key="mark", low=0, high=2, step=0.25)
    assert how_to_fill(mark, "vi", make_set()).endswith("Từ 0 đến 2. Chấm theo bước 0,25.")


def test_who_it_is_is_needed_to_tell_nominees_apart():
    assert needed_by(Column("id", Content.TEXT, key="id"), "vi", make_set()) == "để nhận ra từng đối tượng"
