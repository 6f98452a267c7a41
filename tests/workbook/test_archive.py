from __future__ import annotations

import zipfile

import pytest

from simulator.errors import InputError
from simulator.workbook import archive
from simulator.workbook.archive import Archive
from simulator.workbook.codes import Problems
from tests.workbook.files_of_every_kind import zipped


def opened(path):
    return Archive(path, Problems("a.xlsx"))


def test_parts_are_inflated_piece_by_piece(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(zipped({"one": "x" * 100_000, "two": "y"}))
    with opened(tmp_path / "a.xlsx") as held:
        assert held.names == ("one", "two")
        pieces = list(held.chunks("one"))
    assert len(pieces) > 1
    assert b"".join(pieces) == b"x" * 100_000


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04", "WB508"),
        (zipped({"a": "b"}, zipfile.ZIP_LZMA), "WB508"),
        (zipped({"a": b"\0" * (8 * 2**20)}), "WB509"),
        (zipped({"a": "b"})[:-22] + b"PK\x05\x06" + b"\xff" * 18, "WB509"),
        (zipped({"a": "b"})[:-22] + b"PK\x06\x07" + bytes(16) + zipped({"a": "b"})[-22:], "WB509"),
    ],
)
def test_what_is_refused_before_anything_is_inflated(tmp_path, content, code):
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(InputError, match=code):
        opened(tmp_path / "a.xlsx")


def test_a_part_that_is_locked(tmp_path):
    raw = bytearray(zipped({"a": "b"}))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.xlsx").write_bytes(bytes(raw))
    with pytest.raises(InputError, match="WB506"):
        opened(tmp_path / "a.xlsx")


def test_all_parts_together_have_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 150)
    (tmp_path / "a.xlsx").write_bytes(zipped({"a": "x" * 100}))
    with opened(tmp_path / "a.xlsx") as held:
        assert list(held.chunks("a")) == [b"x" * 100]
        with pytest.raises(InputError, match="WB509"):
            list(held.chunks("a"))


def test_a_damaged_part_is_told(tmp_path):
    raw = zipped({"a": "x" * 1000}, zipfile.ZIP_STORED).replace(b"x" * 1000, b"y" * 1000)
    (tmp_path / "a.xlsx").write_bytes(raw)
    with opened(tmp_path / "a.xlsx") as held, pytest.raises(InputError, match="WB508"):
        list(held.chunks("a"))
