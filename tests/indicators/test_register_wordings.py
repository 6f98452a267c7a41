"""Without anybody who knows more, a register is read by its codes."""

from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.indicators.register import read_register
from simulator.indicators.register_wordings import CODES_ONLY
from simulator.workbook.register_wordings import WORDINGS


class Other:
    """Words of somebody's own."""

    def columns(self, header, known):
        return tuple({"yr": "year", "who": "member_id"}.get(heading, heading) for heading in header)

    def nearest(self, column, headings):
        return tuple(heading for heading in headings if (column, heading) == ("unit_id", "dept"))

    def code_of(self, column, word):
        return {"boss": "head"}.get(word, word) if column == "role" else word

    def is_total(self, word):
        return word == "together"


def written(tmp_path, text):
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    return tmp_path / "a.csv"


def test_codes_stay_as_they_are():
    assert CODES_ONLY.columns(("year", "Năm"), ("year",)) == ("year", "Năm")
    assert CODES_ONLY.nearest("year", ("yeer",)) == ()
    assert [CODES_ONLY.code_of("role", word) for word in ("HEAD", "cấp trưởng")] == ["head", "cấp trưởng"]
    assert WORDINGS.code_of("role", "cấp trưởng") == "head"
    assert not CODES_ONLY.is_total("Tổng cộng")


def test_headings_and_words_are_those_that_are_handed_in(tmp_path):
    path = written(tmp_path, "yr,unit_id,who,role,award\n2020,A,1,boss,x\n2020,A,2,direct,\n")
    history = read_register(path, wordings=Other())
    assert (history.year.tolist(), history.is_leader.tolist()) == ([2020, 2020], [True, False])
    with pytest.raises(InputError) as problem:
        read_register(path)
    assert [finding.code for finding in problem.value.findings] == ["RG404", "RG404"]


def test_a_heading_that_may_be_mistyped_is_told_by_its_place(tmp_path):
    with pytest.raises(InputError) as problem:
        read_register(written(tmp_path, "yr,dept,who,role,award\n2020,A,1,boss,x\n"), wordings=Other())
    assert [(finding.code, finding.fields) for finding in problem.value.findings] == [("RG430", {"column": "unit_id", "found": "B"})]
