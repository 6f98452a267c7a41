from __future__ import annotations

import subprocess
import sys

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


def test_a_form_is_loaded_when_it_is_written():
    """Each process of a batch would else load what writes all of them before it is told what to make."""
    code = "import sys, simulator.reporting.batch\nsys.stdout.write(' '.join(sorted({'docx', 'fontTools', 'openpyxl', 'pypdf', 'typst'} & set(sys.modules))))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == ""
