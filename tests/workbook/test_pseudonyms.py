from __future__ import annotations

import os
import stat
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import InputError
from simulator.workbook.pseudonyms import Pseudonyms, key_file


def test_no_key_is_made_unless_asked_for(tmp_path):
    with pytest.raises(InputError, match="WB535"):
        Pseudonyms.beside(tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_the_key_stays_and_so_do_the_codes(tmp_path):
    roster = tmp_path / "a.xlsx"
    first = Pseudonyms.beside(roster, may_create=True).codes(["CB01", "CB02"])
    key = key_file(roster).read_bytes()
    assert Pseudonyms.beside(roster, may_create=True).codes(["CB01", "CB02"]) == first
    assert key_file(roster).read_bytes() == key
    assert len(set(first)) == 2


def test_another_key_gives_other_codes(tmp_path):
    (tmp_path / "other").mkdir()
    codes = [Pseudonyms.beside(tmp_path / name, may_create=True).code("CB01") for name in ("a.xlsx", "other/a.xlsx")]
    assert codes[0] != codes[1]


def test_next_years_list_in_the_same_folder_gives_the_same_codes(tmp_path):
    codes = [Pseudonyms.beside(tmp_path / name, may_create=True).code("CB01") for name in ("2025.xlsx", "2026.csv")]
    assert codes[0] == codes[1]
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(os.name != "posix", reason="the system does not know such rights")
def test_only_the_owner_may_read_the_key(tmp_path):
    Pseudonyms.beside(tmp_path / "a.xlsx", may_create=True)
    assert stat.S_IMODE(key_file(tmp_path / "a.xlsx").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "not hex", "ab" * 31, "ab" * 33, "é"])
def test_a_file_that_is_no_key_is_refused(tmp_path, content):
    key_file(tmp_path / "a.xlsx").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="WB535"):
        Pseudonyms.beside(tmp_path / "a.xlsx", may_create=True)


def test_a_folder_that_cannot_hold_a_key(tmp_path):
    with pytest.raises(FileNotFoundError):
        Pseudonyms.beside(tmp_path / "missing" / "a.xlsx", may_create=True)


@given(st.text())
def test_a_code_tells_nothing_and_ids_that_look_the_same_share_it(who):
    codes = Pseudonyms(b"k" * 32)
    assert codes.code(who) == codes.code(unicodedata.normalize("NFD", who))
    assert len(codes.code(who)) == 14
    assert "k" * 8 not in repr(codes)
