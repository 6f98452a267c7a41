"""What is kept comes back bit for bit, or not at all; whatever befalls the file, the work goes on."""

from __future__ import annotations

import gc
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from multiprocessing import get_context

import pytest

from simulator.experiments.runs.code_version import CODE_VERSION
from simulator.experiments.runs.plan import RunId
from simulator.experiments.store import results_file
from simulator.experiments.store import store as module
from simulator.experiments.store.store import Store, StoreWarning
from tests.experiments.hard_runs import RESULT, bits
from tests.experiments.shelf import change, kept, rows

RUN = RunId("ab" * 32, 3)
SIMULATION = {"matplotlib", "mesa", "networkx", "pandas", "scipy"}
"""What takes longest to load, and nobody needs to read what was computed."""
READER = f"""\
import sys
from simulator.experiments.runs.plan import RunId
from simulator.experiments.store.store import Store
with Store(sys.argv[1]) as store:
    found = store.get(RunId("{RUN.scenario}", {RUN.replication}))
    store.add(RunId("{RUN.scenario}", 5), found)
sys.stdout.write(f"{{found.replication}} {{sorted({SIMULATION!r} & set(sys.modules))}}")
"""


@pytest.fixture
def told():
    return []


@pytest.fixture
def store(tmp_path, told):
    with Store(tmp_path / "store", tell=told.append) as store:
        yield store


def codes(told):
    return [finding.code for finding in told]


# --- keeping -------------------------------------------------------------------------------------------------------------------------------


def test_what_is_kept_comes_back_bit_for_bit_in_its_order(store, told):
    assert store.get(RUN) is None
    assert not store.folder.exists(), "asking makes nothing"
    store.add(RUN, RESULT)
    assert bits(store.get(RUN)) == bits(RESULT)
    assert bits(Store(store.folder).get(RUN)) == bits(RESULT)
    assert store.get(RunId(RUN.scenario, 4)) is None
    assert store.get(RunId("cd" * 32, 3)) is None
    store.tell_unusable()
    assert told == []


def test_who_reads_what_was_computed_and_keeps_it_loads_no_simulation(store):
    store.add(RUN, RESULT)
    store.close()
    finished = subprocess.run([sys.executable, "-c", READER, store.folder], capture_output=True, text=True, check=True)
    assert finished.stdout == "3 []"
    assert kept(store.folder) == [3, 5]


def test_a_study_comes_back_and_is_none_of_the_runs(store):
    store.add_study(RUN.scenario, "3", "{}")
    assert store.get(RUN) is None
    assert (store.get_study(RUN.scenario, "3"), store.get_study(RUN.scenario, "4")) == ("{}", None)
    store.add_study(RUN.scenario, "3", '{"later": 1}')
    assert store.get_study(RUN.scenario, "3") == '{"later": 1}'


def test_all_of_it_is_one_file_with_a_manifest_and_out_of_version_control(store):
    for replication in range(9):
        store.add(RunId(RUN.scenario, replication), RESULT)
    store.close()
    assert sorted(path.name for path in store.folder.iterdir()) == [".gitignore", "manifest.json", "results-2.sqlite"]
    assert (store.folder / ".gitignore").read_text(encoding="ascii") == "*\n"
    assert kept(store.folder) == list(range(9))


def test_a_failed_run_is_a_row_with_its_reason_and_is_tried_again(store):
    store.add_failure(RUN, "ArithmeticError: no\n such  luck" + "!" * 1000)
    (row,) = rows(store.folder)
    assert (row.kind, row.scenario, row.name, row.program, row.sha256, row.text) == ("run", RUN.scenario, "3", CODE_VERSION, None, None)
    assert row.failure.startswith("ArithmeticError: no such luck!!!")
    assert len(row.failure) == 300
    assert store.get(RUN) is None
    store.add(RUN, RESULT)
    assert bits(store.get(RUN)) == bits(RESULT)
    store.add_failure(RUN, "WorkerDied: another process was less lucky")
    assert bits(store.get(RUN)) == bits(RESULT), "a failure never takes the place of a result"
    assert [row.failure for row in rows(store.folder)] == [None]


def test_two_versions_share_a_file_and_never_meet(store, told, monkeypatch):
    store.add(RUN, RESULT)
    monkeypatch.setattr(module, "CODE_VERSION", "f" * 64)
    assert store.get(RUN) is None
    store.add(RUN, replace(RESULT, by_compliance={}))
    monkeypatch.undo()
    assert bits(store.get(RUN)) == bits(RESULT)
    store.tell_unusable()
    assert told == []


def test_the_folder_may_be_deleted_at_any_time(store, told):
    store.add(RUN, RESULT)
    if sys.platform == "win32":
        store.close()
    shutil.rmtree(store.folder)
    assert store.get(RUN) is None
    store.add(RUN, RESULT)
    assert bits(store.get(RUN)) == bits(RESULT)
    assert told == []


def test_what_is_let_go_of_is_closed_and_written(tmp_path, monkeypatch):
    monkeypatch.setattr(results_file, "is_on_network", lambda _folder: True)
    store = Store(tmp_path)
    for replication in range(5):
        store.add(RunId(RUN.scenario, replication), RESULT)
    assert kept(tmp_path) == [0], "where every writing is dear, rows are gathered for a second"
    assert bits(store.get(RunId(RUN.scenario, 4))) == bits(replace(RESULT, replication=4)), "and found all the same"
    del store
    gc.collect()
    assert kept(tmp_path) == [0, 1, 2, 3, 4]


# --- what is damaged -----------------------------------------------------------------------------------------------------------------------


ROWS = {
    "one digit": "UPDATE results SET text = replace(text, '0.30000000000000004', '0.30000000000000005')",
    "cut short": "UPDATE results SET text = substr(text, 1, 40)",
    "no text": "UPDATE results SET text = x'00ff80'",
    "a number": "UPDATE results SET text = 7",
    "no hash": "UPDATE results SET sha256 = NULL",
    "another name": "UPDATE results SET name = CASE name WHEN '3' THEN '9' WHEN '5' THEN '3' ELSE '5' END",
}


@pytest.mark.parametrize("way", ROWS)
def test_a_changed_row_is_no_result_and_is_told_once_and_replaced(store, told, way):
    other = RunId(RUN.scenario, 5)
    for run in (RUN, other, RunId(RUN.scenario, 7)):
        store.add(run, RESULT)
    change(store.folder, ROWS[way])
    assert (store.get(RUN), store.get(other)) == (None, None)
    store.tell_unusable()
    store.tell_unusable()
    (finding,) = told
    assert (finding.code, finding.fields, finding.file) == ("SW101", {"count": "2"}, store.path.as_posix())
    store.add(RUN, RESULT)
    assert bits(store.get(RUN)) == bits(RESULT)


def test_a_row_that_is_rightly_hashed_and_no_run_is_no_result(store, told):
    store.add(RUN, RESULT)
    text = b'{"by_rules": [], "by_compliance": {}}'
    name = results_file.RowName(RUN.scenario, "run", "3", CODE_VERSION)
    change(store.folder, "UPDATE results SET text = ?, sha256 = ?", text.decode(), results_file._digest(name, text))
    assert store.get(RUN) is None
    store.tell_unusable()
    assert codes(told) == ["SW101"]


def overwrite(content):
    """Give a way to replace the bytes of a file."""
    return lambda path: path.write_bytes(content(path.read_bytes()))


def be_another_database(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE results (who TEXT)")
        connection.execute(f"PRAGMA user_version = {results_file.FORMAT}")


def be_of_another_format(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA user_version = 77")


FILES = {
    "no database": overwrite(lambda content: b"Gi\xe1\xba\xa5y khen" * 4000),
    "cut short": overwrite(lambda content: content[: len(content) // 2]),
    "another head": overwrite(lambda content: b"x" * 100 + content[100:]),
    "pages of nothing": overwrite(lambda content: content[:4096] + b"\xa5" * (len(content) - 4096)),
    "another database": be_another_database,
    "another format": be_of_another_format,
}


@pytest.mark.parametrize("way", FILES)
@pytest.mark.parametrize("first", ["read", "written"])
def test_a_damaged_file_is_put_aside_and_told_once(tmp_path, told, way, first):
    with Store(tmp_path) as before:
        for replication in range(30):
            before.add(RunId(RUN.scenario, replication), RESULT)
    FILES[way](before.path)
    with Store(tmp_path, tell=told.append) as store:
        if first == "read":
            assert store.get(RUN) is None
        store.add(RUN, RESULT)
        assert bits(store.get(RUN)) == bits(RESULT)
        assert store.get(RunId(RUN.scenario, 4)) is None
    (finding,) = told
    assert (finding.code, finding.file) == ("SW104", (tmp_path / "results-2.damaged-1.sqlite").as_posix())
    assert kept(tmp_path) == [3]
    FILES[way](before.path)
    with Store(tmp_path, tell=told.append) as store:
        store.add(RUN, RESULT)
    if way != "cut short":  # so little may be whole again
        assert (tmp_path / "results-2.damaged-2.sqlite").exists(), "what was put aside before is let be"


def test_an_empty_file_is_filled(tmp_path, told):
    (tmp_path / results_file.FILE_NAME).touch()
    store = Store(tmp_path, tell=told.append)
    assert store.get(RUN) is None
    store.add(RUN, RESULT)
    assert (bits(store.get(RUN)), told) == (bits(RESULT), [])


def test_a_file_that_another_process_put_aside_is_not_put_aside_again(tmp_path, told):
    with Store(tmp_path) as before:
        before.add(RUN, RESULT)
    one, other = Store(tmp_path, tell=told.append), Store(tmp_path, tell=told.append)
    assert one.get(RUN) is not None
    assert other.get(RUN) is not None
    FILES["no database"](before.path)
    for wal in tmp_path.glob("*-wal"):
        wal.unlink()
    fresh = Store(tmp_path, tell=told.append)
    fresh.add(RUN, RESULT)
    assert bits(one.get(RUN)) == bits(other.get(RUN)) == bits(RESULT)
    assert codes(told) == ["SW104"]


def test_a_caller_without_a_terminal_is_warned(store):
    store.add(RUN, RESULT)
    change(store.folder, ROWS["no hash"])
    other = Store(store.folder)
    other.get(RUN)
    with pytest.warns(StoreWarning, match="SW101 warning: 1 kept results"):
        other.tell_unusable()


# --- where nothing can be kept or read ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "reason"), [(28, "@disk-full"), (30, "@read-only"), (13, "@no-permission"), (36, "@name-too-long")])
def test_a_place_that_cannot_be_written_is_told_once_and_done_without(store, told, monkeypatch, number, reason):
    def fail(*_arguments, **_more):
        raise OSError(number, "no")

    with monkeypatch.context() as patch:
        patch.setattr(results_file.ResultsFile, "write", fail)
        store.add(RUN, RESULT)
        store.add(RunId(RUN.scenario, 4), RESULT)
    (finding,) = told
    assert (finding.code, finding.fields) == ("SW102", {"reason": reason})
    store.add(RUN, RESULT)
    assert store.get(RUN) is None, "a place that has failed is not tried again in this sweep"


def test_a_file_where_the_folder_should_be_is_told(tmp_path, told):
    (tmp_path / "store").write_text("x", encoding="utf-8")
    store = Store(tmp_path / "store", tell=told.append)
    assert store.get(RUN) is None
    store.add(RUN, RESULT)
    store.add_study(RUN.scenario, "s", "{}")
    assert codes(told) == ["SW102"]


def test_a_folder_where_the_file_should_be_is_told(tmp_path, told):
    (tmp_path / results_file.FILE_NAME).mkdir()
    store = Store(tmp_path, tell=told.append)
    assert store.get(RUN) is None
    assert store.get(RUN) is None
    store.add(RUN, RESULT)
    assert codes(told) == ["SW103"]


def test_a_file_that_somebody_keeps_locked_is_told_once_and_done_without(store, told, monkeypatch):
    monkeypatch.setattr(results_file, "SECONDS_TO_WAIT", 0.2)
    store.add(RUN, RESULT)
    store.close()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as somebody:
        somebody.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        for replication in range(20):
            store.add(RunId(RUN.scenario, replication), RESULT)
        assert bits(store.get(RUN)) == bits(RESULT), "who writes ahead keeps nobody from reading"
        assert time.monotonic() - started < 3
    (finding,) = told
    assert (finding.code, finding.fields) == ("SW102", {"reason": "@in-use"})


def test_a_file_that_cannot_even_be_read_is_told_once_and_done_without(store, told, monkeypatch):
    monkeypatch.setattr(results_file, "SECONDS_TO_WAIT", 0.2)
    monkeypatch.setattr(results_file, "is_on_network", lambda _folder: True)
    store.add(RUN, RESULT)
    store.close()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as somebody:
        somebody.execute("BEGIN EXCLUSIVE")
        assert [store.get(RUN) for _ in range(20)] == [None] * 20
        store.add(RUN, RESULT)
    (finding,) = told
    assert (finding.code, finding.fields) == ("SW103", {"reason": "@in-use"})


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="here everything may be written")
def test_a_read_only_folder_is_read(store, told):
    store.add(RUN, RESULT)
    store.close()
    store.path.chmod(0o444)
    store.folder.chmod(0o555)
    try:
        assert bits(store.get(RUN)) == bits(RESULT)
        store.add(RunId(RUN.scenario, 4), RESULT)
        assert bits(store.get(RUN)) == bits(RESULT)
    finally:
        store.folder.chmod(0o755)
    assert codes(told) == ["SW102"]


def test_what_former_versions_left_is_told_when_the_first_result_is_kept(tmp_path, told):
    (tmp_path / "1-0add9a58d53dc7dee303" / "ab").mkdir(parents=True)
    (tmp_path / "1-16d9cf13c62fbef82dfa").mkdir()
    for _ in range(2):
        with Store(tmp_path, tell=told.append) as store:
            assert store.get(RUN) is None or told
            store.add(RUN, RESULT)
    (finding,) = told
    assert (finding.code, finding.fields) == ("SW105", {"count": "2", "first": "1-0add9a58d53dc7dee303"})
    assert (tmp_path / "1-16d9cf13c62fbef82dfa").is_dir(), "what a user has is the user's"


# --- several processes ---------------------------------------------------------------------------------------------------------------------


def _write_often(folder, scenario, n, is_remote, program):
    module.CODE_VERSION = program  # whoever edits the program meanwhile does not matter here
    results_file.is_on_network = lambda _folder: is_remote
    with Store(folder) as writer:
        for replication in range(n):
            writer.add(RunId(scenario, replication), RESULT)


@pytest.mark.parametrize("is_remote", [pytest.param(False, id="ahead"), pytest.param(True, id="gathered", marks=pytest.mark.deep)])
def test_processes_that_write_at_once_lose_nothing_and_a_reader_meets_whole_results_only(store, told, monkeypatch, is_remote):
    """This process reads and writes beside two others."""
    marks = "ab"
    monkeypatch.setattr(results_file, "is_on_network", lambda _folder: is_remote)
    writers = [get_context("spawn").Process(target=_write_often, args=(store.folder, mark * 64, 150, is_remote, CODE_VERSION)) for mark in marks]
    for writer in writers:
        writer.start()
    n_read = n_found = 0
    while any(writer.is_alive() for writer in writers):
        found = store.get(RunId("a" * 64, n_found))
        n_read += 1
        if found is not None:
            assert bits(replace(found, replication=3)) == bits(RESULT)
            n_found += 1
        elif not n_found:
            time.sleep(0.02)  # they are still starting, for which they need the processor
        store.add(RunId("c" * 64, n_read % 50), RESULT)
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    store.tell_unusable()
    store.close()
    assert told == []
    names = [(row.scenario[0], int(row.name)) for row in rows(store.folder)]
    assert {name for name in names if name[0] != "c"} == {(mark, replication) for mark in marks for replication in range(150)}
    assert n_read > 10


WRITER = """
import sys
from simulator.experiments.store import results_file, store
from simulator.experiments.runs.plan import RunId
from tests.experiments.hard_runs import RESULT
store.CODE_VERSION = sys.argv[3]
results_file.is_on_network = lambda folder: sys.argv[2] == "gathered"
kept, k = store.Store(sys.argv[1]), 0
while True:
    kept.add(RunId("ab" * 32, k), RESULT)
    k += 1
    if k % 50 == 0:
        print(k, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no process is killed like this there")
@pytest.mark.parametrize(("journal", "n_killed"), [("ahead", 1), pytest.param("gathered", 2, marks=pytest.mark.deep)])
def test_a_process_that_is_killed_in_the_middle_of_writing_leaves_a_store_that_can_be_used(tmp_path, told, pytestconfig, journal, n_killed):
    n_told = 0
    for k in range(2 - n_killed, 2):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), journal, CODE_VERSION], stdout=subprocess.PIPE, text=True, cwd=pytestconfig.rootpath
        ) as child:
            for _ in range(2 + k):
                n_told = int(child.stdout.readline())
            time.sleep(0.003 * k)
            child.send_signal(signal.SIGKILL)
        with Store(tmp_path, tell=told.append) as store:
            found = sorted(int(row.name) for row in rows(tmp_path) if row.scenario == "ab" * 32)
            assert found == list(range(len(found))), "no gap"
            assert journal == "gathered" or len(found) >= n_told, "what was said to be kept is kept"
            assert all(bits(replace(store.get(RunId("ab" * 32, one)), replication=3)) == bits(RESULT) for one in found)
            store.add(RunId("cd" * 32, k), RESULT)
            store.tell_unusable()
    assert told == []


def test_no_word_of_a_row_can_be_the_name_of_a_person(store):
    """Names of rows are hashes and numbers, or the names of studies; reasons are those of the program."""
    store.add(RUN, RESULT)
    store.add_study(RUN.scenario, "structures", "{}")
    for row in rows(store.folder):
        assert re.fullmatch(r"[0-9a-f]{64}", row.scenario)
        assert re.fullmatch(r"[0-9a-f]{64}", row.program)
        assert re.fullmatch(r"\d+|[a-z-]+", row.name)


def test_many_small_results_take_seconds(tmp_path):
    """A sweep writes tens of thousands; the bound is ten times what is measured, so that only another order of magnitude fails."""
    text, n = '{"k": 0.1}' * 70, 5_000
    started = time.process_time()
    with Store(tmp_path) as store:
        for k in range(n):
            store.add_study(f"{k:064x}", "headlines-0", text)
        assert all(store.get_study(f"{k:064x}", "headlines-0") == text for k in range(n))
    assert time.process_time() - started < 5
