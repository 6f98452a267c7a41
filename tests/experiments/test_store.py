"""What is kept comes back bit for bit, or not at all."""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import time
from dataclasses import fields, replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from simulator.experiments import store as module
from simulator.experiments.code_version import CODE_VERSION
from simulator.experiments.ladder_steps import steps_of
from simulator.experiments.plan import RunId
from simulator.experiments.run import OptionRun, ReplicationRun, run_replication
from simulator.experiments.store import Store, StoreWarning
from simulator.history import Role
from simulator.indicators.breakdown import DIVISIONS, GroupOutcome
from simulator.indicators.ladder_flow import StepOutcome
from simulator.indicators.measurement import INDICATORS, MIX
from simulator.model.attribution import PARTS

RUN = RunId("ab" * 32, 3)


def option_run(**changes):
    """Give what one set of rules might give, with the numbers that are hardest to write."""
    values = {"a": 0.1 + 0.2, "b": math.nan, "c": -0.0, "d": 5e-324, "e": math.inf, "f": -math.inf, "g": 1.7976931348623157e308}
    parts = {
        "values": values,
        "lawful_best": {"a": 1 / 3},
        "course": {"a": np.array([0.1, math.nan])},
        "by_reference": {"r": {"a": 2.0}},
        "reasons": {},
        "by_group": {"role": {"head": GroupOutcome(1.5, 3, 1, 1 / 3, math.nan, 0.1)}},
        "ladder": {("a", "b"): StepOutcome((7, 5), (0, 2)), ("b", "c"): StepOutcome((), ())},
    }
    return OptionRun(**parts | changes)


RESULT = ReplicationRun(3, {"k2": option_run(), "k1": option_run(reasons={"merit": 0.7})}, {"k2": {0.0: {"a": 1.5}, 0.25: {"a": math.nan}}})


def bits(value):
    """Give a value so that it equals another only where every bit, type and order does."""
    if isinstance(value, float):
        return type(value).__name__, value.hex()
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.tobytes().hex()
    if isinstance(value, dict):
        return [(bits(key), bits(entry)) for key, entry in value.items()]
    if isinstance(value, (ReplicationRun, OptionRun, GroupOutcome, StepOutcome)):
        return [(name, bits(getattr(value, name))) for name in value.__slots__]
    return type(value).__name__, value


@pytest.fixture
def told():
    return []


@pytest.fixture
def store(tmp_path, told):
    return Store(tmp_path / "store", tell=told.append)


def test_what_is_kept_comes_back_bit_for_bit_in_its_order(store, told):
    assert store.get(RUN) is None
    store.add(RUN, RESULT)
    assert bits(store.get(RUN)) == bits(RESULT)
    assert store.get(RunId(RUN.scenario, 4)) is None
    assert store.get(RunId("cd" * 32, 3)) is None
    store.tell_unusable()
    assert told == []


def test_a_real_run_comes_back_bit_for_bit(tiny, store):
    for replication in (0, 1):
        run, result = RunId("ef" * 32, replication), run_replication(tiny, replication)
        store.add(run, result)
        assert bits(store.get(run)) == bits(result)


def test_a_file_is_two_lines_of_strict_json_under_a_short_path(store):
    store.add(RUN, RESULT)
    path = store.path(RUN)
    assert len(str(path.relative_to(store.folder))) < 60, "paths are limited on Windows"

    def refuse(name):
        raise AssertionError(name)

    head, numbers = (json.loads(line, parse_constant=refuse) for line in path.read_text(encoding="ascii").splitlines())
    assert (head["format"], head["code"], head["scenario"], head["replication"]) == (1, CODE_VERSION, RUN.scenario, 3)
    assert numbers["by_rules"]["k2"]["values"]["b"] == "nan"
    assert [entry.name for entry in path.parent.iterdir()] == ["3.jsonl"]
    assert (store.folder / ".gitignore").read_text(encoding="ascii") == "*\n"


def test_nothing_but_numbers_hashes_and_names_of_indicators_is_kept(tiny, store):
    """No title, no place, no name that somebody gave a scenario, an option or a file; the ids of kinds of unit alone."""
    store.add(RUN, run_replication(tiny, 0))
    content = store.path(RUN).read_text(encoding="ascii")
    words = set(re.findall(r'"([^"]*)"', content)) - set(INDICATORS) - set(MIX)
    own = {
        "format",
        "code",
        "scenario",
        "replication",
        "sha256",
        "by_rules",
        "by_compliance",
        "values",
        "lawful_best",
        "course",
        "by_reference",
        "reasons",
    }
    own |= {"by_group", *DIVISIONS, *(field.name for field in fields(GroupOutcome)), *(role.name.lower() for role in Role)}
    own |= {"ladder", *(award for step in steps_of(tiny) for award in step)}
    mechanisms = set(PARTS)
    kinds_of_unit = {*tiny.population.kinds, *(kind.sector for kind in tiny.population.kinds.values())}
    references = {"results", "results-and-initiative", "office"}
    left = {word for word in words - own - mechanisms - references - kinds_of_unit if not re.fullmatch(r"[0-9a-f]{64}|nan|-?inf", word)}
    assert left == set()


def damage(change):
    """Give a way to change the bytes of a file."""
    return lambda path: path.write_bytes(change(path.read_bytes()))


def rewritten(**changes):
    """Give a way to change the first line of a file, which stays well-formed."""

    def rewrite(content):
        head, numbers, _ = content.split(b"\n")
        return json.dumps(json.loads(head) | changes).encode() + b"\n" + numbers + b"\n"

    return damage(rewrite)


def well_hashed(numbers):
    """Give a way to put other numbers, rightly hashed, into a file."""

    def rewrite(path):
        damage(lambda content: content.split(b"\n")[0] + b"\n" + numbers + b"\n")(path)
        rewritten(sha256=module._hash(numbers))(path)

    return rewrite


def be_a_folder(path):
    path.unlink()
    path.mkdir()


WAYS = {
    "empty": damage(lambda content: b""),
    "cut short": damage(lambda content: content[:-40]),
    "one line": damage(lambda content: content.split(b"\n")[0]),
    "one digit": damage(lambda content: content.replace(b"0.30000000000000004", b"0.30000000000000005")),
    "no text": damage(lambda content: bytes(range(256))),
    "more after the end": damage(lambda content: content + b"x"),
    "a pickle": damage(lambda content: b"\x80\x05\x8c\x02os\x94."),
    "very deep": well_hashed(b"[" * 100_000 + b"]" * 100_000),
    "another shape": well_hashed(b'{"by_rules": [], "by_compliance": {}}'),
    "words for numbers": well_hashed(b'{"by_rules": {"k": {"values": {"a": "many"}}}, "by_compliance": {}}'),
    "too large a number": well_hashed(b'{"by_rules": {"k": {"values": {"a": 1' + b"0" * 400 + b'}}}, "by_compliance": {}}'),
    "another format": rewritten(format=2),
    "another program": rewritten(code="0" * 64),
    "another scenario": rewritten(scenario="0" * 64),
    "another replication": rewritten(replication=4),
    "a folder": be_a_folder,
}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_damaged_or_foreign_is_no_result_and_is_told_once(store, told, way):
    other = RunId(RUN.scenario, 5)
    for run in (RUN, other):
        store.add(run, RESULT)
        WAYS[way](store.path(run))
        assert store.get(run) is None
    store.tell_unusable()
    store.tell_unusable()
    (finding,) = told
    assert (finding.code, finding.fields, finding.file) == ("SW101", {"count": "2"}, store.path(RUN).as_posix())


def test_what_is_damaged_is_replaced(store):
    store.add(RUN, RESULT)
    WAYS["cut short"](store.path(RUN))
    store.add(RUN, RESULT)
    assert bits(store.get(RUN)) == bits(RESULT)


@pytest.mark.parametrize("moment", ["write_text", "replace"])
def test_a_crash_in_the_middle_of_writing_leaves_nothing_under_the_name(store, monkeypatch, moment):
    def crash(*_arguments, **_more):
        raise KeyboardInterrupt

    store.add(RunId(RUN.scenario, 1), RESULT)
    with monkeypatch.context() as patch:
        patch.setattr(*((Path, moment) if moment == "write_text" else (module.os, moment)), crash)
        with pytest.raises(KeyboardInterrupt):
            store.add(RUN, RESULT)
    assert [path.name for path in store.path(RUN).parent.iterdir()] == ["1.jsonl"]
    store.add(RUN, RESULT)
    assert bits(store.get(RUN)) == bits(RESULT)


def test_what_a_killed_process_left_half_written_is_taken_away_after_a_day(store):
    store.add(RUN, RESULT)
    old, new = (store.path(RUN).with_name(f"{name}.unfinished") for name in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"{")
    os.utime(old, (time.time() - 90_000,) * 2)
    Store(store.folder).add(RunId(RUN.scenario, 9), RESULT)
    assert (old.exists(), new.exists()) == (False, True)


def _write_often(folder, run, result, n):
    writer = Store(folder)
    for _ in range(n):
        writer.add(run, result)


def test_a_reader_beside_two_writers_meets_whole_results_only(store, told):
    store.add(RUN, RESULT)
    writers = [get_context("spawn").Process(target=_write_often, args=(store.folder, RUN, RESULT, 40)) for _ in range(2)]
    for writer in writers:
        writer.start()
    n_read = 0
    while any(writer.is_alive() for writer in writers):
        assert bits(store.get(RUN)) == bits(RESULT)
        n_read += 1
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    store.tell_unusable()
    assert (told, [path.name for path in store.path(RUN).parent.iterdir()]) == ([], ["3.jsonl"])
    assert n_read > 10


def test_two_versions_share_a_folder_and_never_meet(store, told, monkeypatch):
    store.add(RUN, RESULT)
    monkeypatch.setattr(module, "CODE_VERSION", "f" * 64)
    assert store.get(RUN) is None
    store.add(RUN, replace(RESULT, by_compliance={}))
    monkeypatch.undo()
    assert bits(store.get(RUN)) == bits(RESULT)
    store.tell_unusable()
    assert told == []


@pytest.mark.parametrize(("number", "reason"), [(28, "@disk-full"), (30, "@read-only"), (13, "@no-permission"), (36, "@name-too-long")])
def test_a_place_that_cannot_be_written_is_told_once_and_done_without(store, told, monkeypatch, number, reason):
    def fail(*_arguments, **_more):
        raise OSError(number, "no")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", fail)
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
    assert [finding.code for finding in told] == ["SW102"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="here everything may be written")
def test_a_read_only_folder_is_read(store, told):
    store.add(RUN, RESULT)
    folders = [store.folder, *(path for path in store.folder.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        assert bits(store.get(RUN)) == bits(RESULT)
        store.add(RunId(RUN.scenario, 4), RESULT)
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert [finding.code for finding in told] == ["SW102"]


def test_on_windows_a_file_that_is_being_read_is_left_as_it_is(store, told, monkeypatch):
    """Renaming onto an open file is refused there; what lies there is the same result."""

    def refuse(*_arguments):
        raise PermissionError(13, "in use")

    store.add(RUN, RESULT)
    monkeypatch.setattr(module.os, "replace", refuse)
    store.add(RUN, RESULT)
    assert (told, bits(store.get(RUN))) == ([], bits(RESULT))


def test_a_caller_without_a_terminal_is_warned(tmp_path):
    store = Store(tmp_path / "store")
    store.add(RUN, RESULT)
    WAYS["empty"](store.path(RUN))
    store.get(RUN)
    with pytest.warns(StoreWarning, match="SW101 warning: 1 kept results"):
        store.tell_unusable()


def test_the_folder_may_be_deleted_at_any_time(store):
    store.add(RUN, RESULT)
    shutil.rmtree(store.folder)
    assert store.get(RUN) is None
    store.add(RUN, RESULT)
    assert bits(store.get(RUN)) == bits(RESULT)
