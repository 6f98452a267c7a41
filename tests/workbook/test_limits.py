from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.workbook import limits as room
from simulator.workbook.codes import Problems
from simulator.workbook.limits import Limits


def refused(charge):
    with pytest.raises(InputError) as caught:
        charge(Limits(Problems("a.xlsx")))
    return caught.value.findings[0].fields["what"]


def test_equal_texts_are_charged_once(monkeypatch):
    monkeypatch.setattr(room, "MOST_BYTES", 400)
    limits = Limits(Problems("a.xlsx"))
    assert {id(limits.text(b"ab".decode())) for _ in range(100)} == {id(limits.text("ab"))}
    with pytest.raises(InputError, match="WB509"):
        [limits.text(str(number)) for number in range(100)]


def test_each_limit_is_told_by_its_name(monkeypatch):
    monkeypatch.setattr(room, "MOST_CELLS", 10)
    monkeypatch.setattr(room, "MOST_MERGED", 10)
    monkeypatch.setattr(room, "MOST_ELEMENTS", 10)
    assert refused(lambda limits: limits.row(11)) == "@cells"
    assert refused(lambda limits: limits.merged(1, 20)) == "@merged-cells"
    assert refused(lambda limits: limits.elements(11, 1, 1)) == "@elements"
    assert refused(lambda limits: limits.elements(1, 99, 1)) == "@elements"
    assert refused(lambda limits: limits.length(40_000)) == "@text-length"
    monkeypatch.setattr(room, "MOST_BYTES", 10)
    assert refused(lambda limits: limits.number()) == "@values-bytes"


def test_stamps_are_noted_with_their_place():
    limits = Limits(Problems("a.xlsx"))
    limits.place = "docProps/core.xml"
    limits.text("TỐI MẬT")
    limits.text("bảo mật")
    assert limits.secrets == {"TỐI MẬT": "docProps/core.xml"}
