from __future__ import annotations

from simulator.rules.loading import criteria_from_text
from simulator.workbook.criteria_changes import Changes, cited_instruments
from simulator.workbook.criteria_layout import values_of_set
from simulator.workbook.criteria_reading import Cell, Edited, Read
from tests.rules.specimen import SET

BASE = criteria_from_text(SET)
REASON = {"overlay.why.vi": Read("Vì vậy", Cell("Thông tin!C7", 7)), "overlay.why.en": Read("Therefore", Cell("Thông tin!C8", 8))}


def edited():
    """What an unedited workbook says."""
    clauses = {
        path: {field: Read(value, Cell(f"x!D{line}", line)) for line, (field, value) in enumerate(values.items(), 2)}
        for path, values in values_of_set(BASE).items()
    }
    return Edited("x.xlsx", dict(REASON), clauses)


def test_nothing_edited_changes_nothing():
    assert Changes(BASE, edited()).changed == []


def test_one_value_changes_one_field():
    workbook = edited()
    workbook.clauses["fighter.quota"]["share"] = Read(0.3, Cell("x!D9", 9))
    assert Changes(BASE, workbook).overlay() == {
        "awards": {"fighter": {"clauses": {"quota": {"why": {"vi": "Vì vậy", "en": "Therefore"}, "share": 0.3}}}}
    }


def test_a_value_taken_away_rewrites_the_whole_clause():
    workbook = edited()
    del workbook.clauses["fighter.quota"]["rounding"]
    quota = Changes(BASE, workbook).overlay()["awards"]["fighter"]["clauses"]["quota"]
    assert quota["kind"] == "quota"
    assert "rounding" not in quota


def test_a_reason_of_its_own_goes_before_the_general_one():
    workbook = edited()
    del workbook.clauses["fighter.money"]
    workbook.removed.add("fighter.money")
    workbook.reasons["fighter.money"] = {"why.vi": Read("Thôi", Cell("x!M3", 3)), "why.en": Read("Ended", Cell("x!N3", 3))}
    money = Changes(BASE, workbook).overlay()["awards"]["fighter"]["clauses"]["money"]
    assert money == {"why": {"vi": "Thôi", "en": "Ended"}, "remove": True}


def test_what_cannot_stand_is_told_by_the_nearest_cell():
    workbook = edited()
    workbook.clauses["fighter.quota"]["places"] = Read(3, Cell("x!D99", 99))
    Changes(BASE, workbook).check("vi")
    (finding,) = workbook.findings
    assert (finding.code, finding.fields["cell"][:3]) == ("WB565", "x!D")
    assert "Chỉ tiêu phải ghi" in finding.fields["problem"]


def test_the_reason_for_another_head_of_an_award_is_kept():
    workbook = edited()
    workbook.clauses["fighter"]["level"] = Read(3, Cell("x!D9", 9))
    assert Changes(BASE, workbook).overlay() == {"awards": {"fighter": {"why": {"vi": "Vì vậy", "en": "Therefore"}, "level": 3}}}


def test_an_award_is_taken_away_with_its_clauses():
    workbook = edited()
    workbook.removed.add("fighter")
    changes = Changes(BASE, workbook)
    assert changes.overlay() == {"awards": {"fighter": {"why": {"vi": "Vì vậy", "en": "Therefore"}, "remove": True}}}
    assert {"fighter", "fighter.quota", "fighter.money"} <= set(changes.changed)
    assert workbook.findings == []


def test_instruments_are_listed_as_they_are_cited():
    source = {"source": {"instrument": "b", "confidence": "read"}}
    assert cited_instruments({"awards": {"x": {"clauses": {"q": source, "r": {"source": {"instrument": "a"}}}}}, "principles": {"p": source}}) == [
        "b",
        "a",
    ]
