"""One SQLite file: how it is written, what is read back from it, and what it says of itself. What befalls it is tried in test_store.py."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from simulator.experiments.store import results_file
from simulator.experiments.store.results_file import FILE_NAME, FORMAT, ChangedRowError, Count, ResultsFile, RowName
from tests.experiments.shelf import change, rows

NAME = RowName("ab" * 32, "run", "3", "cd" * 32)


@pytest.fixture
def file(tmp_path):
    file = ResultsFile(tmp_path / "store" / FILE_NAME, lambda _aside: pytest.fail("nothing is damaged"))
    yield file
    file.close()


def asked(file, pragma):
    with closing(sqlite3.connect(file.path)) as connection:
        return connection.execute(f"PRAGMA {pragma}").fetchone()[0]


def test_what_is_written_is_read_by_this_and_by_every_other_reader(file, tmp_path):
    assert (file.read(NAME), file.count(), file.journal) == (None, [], "")
    file.write(NAME, text='{"đ": 1}')
    assert file.read(NAME) == '{"đ": 1}'.encode()
    assert ResultsFile(file.path, print).read(NAME) == '{"đ": 1}'.encode()
    assert file.read(NAME._replace(kind="study")) is None
    assert [(row.text, row.failure) for row in rows(tmp_path / "store")] == [('{"đ": 1}', None)]


def test_it_is_written_ahead_where_memory_can_be_shared_and_not_elsewhere(file, monkeypatch):
    file.write(NAME, text="{}")
    assert (file.journal, asked(file, "journal_mode"), asked(file, "user_version")) == ("wal", "wal", FORMAT)
    file.close()
    monkeypatch.setattr(results_file, "is_on_network", lambda _folder: True)
    assert file.read(NAME) == b"{}"
    assert (file.journal, asked(file, "journal_mode")) == ("truncate", "delete"), "only writing ahead stands in the file"


def test_rows_are_gathered_on_a_share_and_written_after_a_second_or_when_it_is_closed(file, tmp_path, monkeypatch):
    monkeypatch.setattr(results_file, "is_on_network", lambda _folder: True)
    now = [100.0]
    monkeypatch.setattr(results_file.time, "monotonic", lambda: now[0])
    for k in range(3):
        file.write(NAME._replace(name=str(k)), text=str(k))
    file.write(NAME._replace(name="failed"), failure="why")
    assert [row.name for row in rows(tmp_path / "store")] == ["0"]
    assert file.read(NAME._replace(name="2")) == b"2"
    assert file.read(NAME._replace(name="failed")) is None
    now[0] += 1.0
    file.write(NAME._replace(name="3"), text="3")
    assert [row.name for row in rows(tmp_path / "store")] == ["0", "1", "2", "3", "failed"]
    file.write(NAME._replace(name="4"), text="4")
    file.close()
    assert len(rows(tmp_path / "store")) == 6


def test_what_is_kept_is_counted_by_program_and_kind_and_failures_are_listed(file):
    for k in range(3):
        file.write(NAME._replace(name=str(k)), text="{}")
    file.write(NAME._replace(name="7"), failure="no luck")
    file.write(NAME._replace(kind="study", name="s"), text="{}")
    file.write(NAME._replace(program="ef" * 32), text="{}")
    assert file.count() == [Count("cd" * 32, "run", 4, 1), Count("cd" * 32, "study", 1, 0), Count("ef" * 32, "run", 1, 0)]
    assert list(file.failed("cd" * 32, 5)) == [("ab" * 32, "7", "no luck")]
    assert list(file.failed("ef" * 32, 5)) == list(file.failed("cd" * 32, 0)) == []


@pytest.mark.parametrize("column", ["scenario", "kind", "name", "program"])
def test_the_hash_covers_the_name_of_a_row_too(file, tmp_path, column):
    file.write(NAME, text="{}")
    change(tmp_path / "store", f"UPDATE results SET {column} = 'x'")  # noqa: S608 - of our own
    with pytest.raises(ChangedRowError):
        file.read(NAME._replace(**{column: "x"}))


def test_a_file_that_took_the_place_of_a_damaged_one_meanwhile_is_let_be(file):
    """Another process found the damage first, put the file aside and began a new one."""
    file.write(NAME, text="{}")
    file._stamp = (0, 0)
    file._put_aside()
    assert file.read(NAME) == b"{}"
    assert [path.name for path in file.path.parent.glob("*damaged*")] == []


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/srv/an/x y?.sqlite", "file:/srv/an/x%20y%3F.sqlite"),
        ("C:/reports/x.sqlite", "file:/C%3A/reports/x.sqlite"),
        ("//server/x", "file:////server/x"),
    ],
)
def test_a_path_is_written_as_an_address(path, address):
    class Somewhere:
        def absolute(self):
            return self

        def as_posix(self):
            return path

    assert results_file._address(Somewhere()) == address
