"""The pages of a report are opened in a notebook without a report, and say what the report says."""

from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.reporting.evidence.contents import Asked
from simulator.reporting.evidence.criteria import criteria_evidence
from simulator.reporting.pages.criteria import CriteriaPages
from simulator.reporting.pages.looking import open_criteria, open_register
from simulator.reporting.pages.register import RegisterPages
from simulator.workspace import find_workspace
from tests.reporting.registers import evidence_of_register, write_register

STACK = "decree-91+hanoi-letter-3959"


def test_a_set_is_told_as_in_its_report():
    of_report = CriteriaPages(criteria_evidence(STACK, find_workspace(), Asked(STACK, lang="en")), "en")
    opened = open_criteria(STACK, "en")
    assert opened.about() == of_report.about()
    assert opened.changes() == of_report.changes()
    assert opened.provenance() == of_report.provenance()


def test_a_set_that_is_none_is_refused():
    with pytest.raises(InputError):
        open_criteria("no-such-set")


def test_a_list_is_told_as_in_its_report(tmp_path):
    path = write_register(tmp_path / "list.csv", units=6)
    opened = open_register(str(path), "en")
    of_report = RegisterPages(evidence_of_register(path, lang="en"), "en")
    assert opened.annex() == of_report.annex()
    assert opened.provenance() == of_report.provenance()


def test_a_list_can_be_told_anonymously(tmp_path):
    path = write_register(tmp_path / "list.csv", units=6)
    hashes = [open_register(path, is_anonymous=is_anonymous).evidence.provenance.hashes for is_anonymous in (False, True)]
    assert hashes[0]
    assert hashes[1] == {}
