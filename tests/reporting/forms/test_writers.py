from __future__ import annotations

import pytest

from simulator.reporting.forms.writers import FORMS, READERS, WRITERS
from tests.reporting.specimen import outline_anew, outline_of

BEGINS = {"html": b"<!DOCTYPE html>", "docx": b"PK", "pdf": b"%PDF"}


@pytest.fixture(scope="module", params=FORMS)
def written(request, tmp_path_factory):
    """Give a form, and a report written in it."""
    path = tmp_path_factory.mktemp("written") / f"a.{request.param}"
    WRITERS[request.param](outline_of(), path)
    return request.param, path


@pytest.fixture(scope="module")
def again():
    """The same report, laid out and drawn a second time."""
    return outline_anew()


def test_each_form_is_what_its_name_says_and_the_same_every_time(written, again, tmp_path):
    form, first = written
    second = tmp_path / f"b.{form}"
    WRITERS[form](again, second)
    assert first.read_bytes().startswith(BEGINS[form])
    assert first.read_bytes() == second.read_bytes()


def test_each_form_holds_what_the_report_rests_on(written):
    form, path = written
    assert READERS[form](path) == outline_of().data
