"""Texts with letters nobody can print are found in their files, with their lines."""

from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.reporting.evidence.letters import check_letters, name_letters

FILE = """id: x
title: {vi: Tên, en: "語"}
options:
  - title:
      vi: "Một 語 và một ع"
      en: One
note: 語
"""


def lacking(letters):
    return sorted(set(letters) & {"語", "ع"})


def test_each_text_of_the_language_is_found_at_its_line(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(FILE, encoding="utf-8")
    for lang, line, letters in (("vi", 5, "“ع” (U+0639), “語” (U+8A9E)"), ("en", 2, "“語” (U+8A9E)")):
        with pytest.raises(InputError) as refused:
            check_letters([(path, "scenarios/x.yaml"), (path, "scenarios/x.yaml")], lang, lacking)
        (finding,) = refused.value.findings
        assert (finding.code, finding.file, finding.line, finding.fields["letters"]) == ("RP111", "scenarios/x.yaml", line, letters)
        assert finding.is_unreadable


def test_texts_that_can_be_printed_are_none_of_its_business(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(FILE, encoding="utf-8")
    check_letters([(path, "x.yaml")], "vi", lambda letters: [])


def test_letters_are_written_with_their_code_points():
    assert name_letters("😀") == "“😀” (U+1F600)"
