from __future__ import annotations

from simulator.rules.checks.subject import Subject
from tests.rules.specimen import SET, line_of, stack_texts


def test_a_finding_about_a_clause_has_its_place():
    finding = Subject(stack_texts(SET)).find("RL301", "fighter.quota.share", clause="fighter.quota")
    assert (finding.file, finding.line, finding.fields) == ("layer-0.yaml", line_of(SET, "share: 0.5"), {"clause": "fighter.quota"})


def test_a_finding_about_a_header_has_its_place():
    finding = Subject(stack_texts(SET)).find_in_header("RL304", 0, "instruments", 0, instrument="decree-example")
    assert finding.line == line_of(SET, "instruments:")
