from __future__ import annotations

import datetime

from simulator.scoring.roster import Achievement, AwardEvent, Initiative
from simulator.workbook.codes import Problems
from simulator.workbook.fact_sheets import Fact
from simulator.workbook.nominee_facts import NomineeFacts


def add(kind, *facts, year=2025):
    problems = Problems("a")
    held = NomineeFacts(2, year, problems)
    for number, (who, fact, cell) in enumerate(facts, 1):
        held.add(kind, [Fact(who, fact, number, cell)])
    return held, [(finding.code, finding.fields["cell"]) for finding in problems.findings]


def test_facts_stand_by_nominee_in_order():
    held, found = add("awards", (1, AwardEvent("a", 2024), "A1"), (1, AwardEvent("a", 2020), "A2"), (0, AwardEvent("b", 2024), "A3"))
    assert found == []
    assert held.awards_of_each() == ((AwardEvent("b", 2024),), (AwardEvent("a", 2020), AwardEvent("a", 2024)))
    assert held.initiatives_of_each() == ((), ())


def test_one_award_of_one_year_twice_is_told():
    assert add("awards", (0, AwardEvent("a", 2024), "A1"), (0, AwardEvent("a", 2024, "7"), "B1"))[1] == [("WB524", "B1")]
    assert add("awards", (0, AwardEvent("a", 2024), "A1"), (0, AwardEvent("a", 2024), "A1"))[1] == [("WB524", "A1")]
    assert add("awards", (0, AwardEvent("a", 2024), "A1"), (1, AwardEvent("a", 2024), "A2"))[1] == []


def test_what_lies_after_the_year_is_told():
    assert add("awards", (0, AwardEvent("a", 2026), "A1"))[1] == [("WB533", "A1")]
    assert add("discipline", (0, datetime.date(2026, 1, 1), "A1"))[1] == [("WB533", "A1")]


def test_discipline_and_certificates_twice_are_told_and_plain_initiatives_are_not():
    day = datetime.date(2020, 1, 1)
    assert add("discipline", (0, day, "A1"), (0, day, "A2"))[1] == [("WB524", "A2")]
    assert add("initiatives", (0, Initiative("nation", certificate_no="7"), "A1"), (0, Initiative("nation", certificate_no="7"), "A2"))[1] == [
        ("WB524", "A2")
    ]
    held, found = add("initiatives", (0, Initiative("nation"), "A1"), (0, Initiative("nation"), "A1"))
    assert (len(held.initiatives_of_each()[0]), found) == (2, [])


def test_one_achievement_may_stand_at_two_levels():
    held, found = add("achievements", (0, Achievement("c", "H", "first"), "A1"), (0, Achievement("c", "H", "second"), "A2"))
    assert (len(held.achievements_of_each()[0]), found) == (2, [])
    assert held.discipline_of_each() == ((), ())


def test_initiatives_in_the_list_and_in_their_sheet_are_told():
    assert add("initiatives", (0, Initiative("nation"), "Danh sách!P2"), (0, Initiative("nation"), "Sáng kiến!A2"))[1] == [("WB524", "Sáng kiến!A2")]
    assert add("initiatives", (0, Initiative("nation"), "Sáng kiến!A2"), (0, Initiative("nation"), "Sáng kiến!A3"))[1] == []
