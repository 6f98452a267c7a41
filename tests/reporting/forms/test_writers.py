from __future__ import annotations

import pytest

from simulator.reporting.forms.writers import FORMS, READERS, WRITERS
from tests.reporting.specimen import outline_anew, outline_of

BEGINS = {"html": b"<!DOCTYPE html>", "docx": b"PK", "pdf": b"%PDF"}


@pytest.fixture(scope="module")
def again():
    """The same report, laid out and drawn a second time."""
    return outline_anew()


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_what_its_name_says_and_the_same_every_time(form, again, tmp_path):
    first, second = tmp_path / f"a.{form}", tmp_path / f"b.{form}"
    WRITERS[form](outline_of(), first)
    WRITERS[form](again, second)
    assert first.read_bytes().startswith(BEGINS[form])
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_each_form_holds_what_the_report_rests_on(form, tmp_path):
    outline = outline_of()
    WRITERS[form](outline, tmp_path / f"a.{form}")
    assert READERS[form](tmp_path / f"a.{form}") == outline.data
