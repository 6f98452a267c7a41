"""The results store: every run that is finished is kept on disk under its name, so that nothing is computed twice.

One small file a run, two lines of JSON: what it is, and its numbers. Numbers are written so that they come back bit for bit. A file is written under
another name and renamed when it is whole, so that a reader meets all of it or nothing, whoever else writes; two who write the same run write the same. The
second line is hashed in the first: what a power cut, another program or a hand has changed is found, said once, and computed again.

Each version of the program has a folder of its own, which no other version touches. The folder may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import secrets
import time
import warnings
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.errors import TieuchiError, reason_of
from simulator.experiments.code_version import CODE_VERSION
from simulator.experiments.run import OptionRun, ReplicationRun
from simulator.experiments.sweep_findings import make_finding
from simulator.indicators.breakdown import GroupOutcome
from simulator.indicators.ladder_flow import StepOutcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from simulator.errors import Finding
    from simulator.experiments.plan import RunId

FORMAT: Final = 1
"""How a file is laid out; another number is another folder."""
_DIGITS: Final = 20
"""Of a hash in a file's name. Short, because paths are limited on Windows; the whole hash stands in the file."""
_SECONDS_LEFT_LYING: Final = 86_400.0
_NOT_USABLE: Final = (ArithmeticError, AttributeError, KeyError, RecursionError, TypeError, ValueError)


class StoreWarning(UserWarning):
    """Something about a results store that a caller without a terminal should know."""


class _UnusableError(TieuchiError):
    """A file is not the result it should be."""


class Store:
    """A folder of results.

    Nothing about it stops a sweep: what cannot be read is computed, and what cannot be written is told once and done without.

    Parameters
    ----------
    folder
        Where; made when the first result is kept.
    tell
        Told what a reader should know, once a kind; by default a :class:`StoreWarning`.
    """

    def __init__(self, folder: Path | str, *, tell: Callable[[Finding], None] | None = None) -> None:
        self.folder = Path(folder)
        self._tell = tell or _warn
        self._unusable: list[Path] = []
        self._is_prepared = False
        self._gives_up = False

    def path(self, run: RunId) -> Path:
        """Give the file of a run."""
        return self.folder / f"{FORMAT}-{CODE_VERSION[:_DIGITS]}" / run.scenario[:_DIGITS] / f"{run.replication}.jsonl"

    def get(self, run: RunId) -> ReplicationRun | None:
        """Give a result that was kept, or ``None``; what lies there and is no such result is remembered for :meth:`tell_unusable`."""
        path = self.path(run)
        try:
            return _read(path, run)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (_UnusableError, OSError):
            self._unusable.append(path)
            return None

    def tell_unusable(self) -> None:
        """Tell how many files could not be used since this was last asked, and where the first is; nothing where there was none."""
        if self._unusable:
            first, count = self._unusable[0].as_posix(), str(len(self._unusable))
            self._unusable.clear()
            self._tell(make_finding("SW101", first, 1, count=count))

    def add(self, run: RunId, result: ReplicationRun) -> None:
        """Keep a result; where that fails, say so once and keep nothing from then on."""
        if self._gives_up:
            return
        path = self.path(run)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._prepare()
            _write(path, run, result)
        except OSError as problem:
            if self._is_kept_by_another(path, run):
                return
            self._gives_up = True
            self._tell(make_finding("SW102", self.folder.as_posix(), 1, reason=reason_of(problem)))

    def get_study(self, scenario: str, name: str) -> str | None:
        """Give the text of a study that was kept about the scenario of this fingerprint, or ``None``."""
        try:
            return _read_text(self._study_path(scenario, name), {"study": name, "scenario": scenario}).decode()
        except (_UnusableError, OSError):
            return None

    def add_study(self, scenario: str, name: str, text: str) -> None:
        """Keep the text of a study, one line, about the scenario of this fingerprint; where that fails, say so."""
        path = self._study_path(scenario, name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._prepare()
            _write_text(path, {"study": name, "scenario": scenario}, text)
        except OSError as problem:
            self._tell(make_finding("SW102", self.folder.as_posix(), 1, reason=reason_of(problem)))

    def _study_path(self, scenario: str, name: str) -> Path:
        return self.folder / f"{FORMAT}-{CODE_VERSION[:_DIGITS]}" / scenario[:_DIGITS] / f"{name}.study.jsonl"

    def _prepare(self) -> None:
        """Once: keep the folder out of version control, and take away what was left half written long ago."""
        if self._is_prepared:
            return
        self._is_prepared = True
        ignore = self.folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="ascii")
        long_ago = time.time() - _SECONDS_LEFT_LYING
        for unfinished in self.folder.glob("*/*/*.unfinished"):
            with suppress(OSError):
                if unfinished.stat().st_mtime < long_ago:
                    unfinished.unlink()

    @staticmethod
    def _is_kept_by_another(path: Path, run: RunId) -> bool:
        """Whether somebody else has kept the same result meanwhile; on Windows a file that is being read cannot be replaced."""
        try:
            _read(path, run)
        except (_UnusableError, OSError):
            return False
        return True


def _warn(finding: Finding) -> None:
    warnings.warn(finding.render(), StoreWarning, stacklevel=2)


def _write(path: Path, run: RunId, result: ReplicationRun) -> None:
    numbers = json.dumps(_encode(result), allow_nan=False, separators=(",", ":"))
    _write_text(path, {"scenario": run.scenario, "replication": run.replication}, numbers)


def _write_text(path: Path, name: Mapping[str, str | int], text: str) -> None:
    """Write a file of one line under its head, whole or not at all."""
    head = {"format": FORMAT, "code": CODE_VERSION, **name, "sha256": _hash(text.encode())}
    unfinished = path.with_name(f"{path.stem}.{secrets.token_hex(4)}.unfinished")
    try:
        unfinished.write_text(f"{json.dumps(head)}\n{text}\n", encoding="utf-8", newline="\n")
        os.replace(unfinished, path)  # noqa: PTH105 - Path.replace says the same, and this is the name to look for
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _read(path: Path, run: RunId) -> ReplicationRun:
    try:
        return _decode(json.loads(_read_text(path, {"scenario": run.scenario, "replication": run.replication})), run.replication)
    except _NOT_USABLE as problem:
        raise _UnusableError from problem


def _read_text(path: Path, name: Mapping[str, str | int]) -> bytes:
    """Give the line under the head of a file, when it is whole and what its name says."""
    content = path.read_bytes()
    try:
        head, text, rest = content.split(b"\n")
        if json.loads(head) != {"format": FORMAT, "code": CODE_VERSION, **name, "sha256": _hash(text)} or rest:
            raise _UnusableError
    except _NOT_USABLE as problem:
        raise _UnusableError from problem
    return text


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _encode(result: ReplicationRun) -> dict[str, Any]:
    return {
        "by_rules": {
            key: {
                "values": _written(of.values),
                "lawful_best": _written(of.lawful_best),
                "course": {name: [_number(value) for value in course.tolist()] for name, course in of.course.items()},
                "by_reference": {reference: _written(values) for reference, values in of.by_reference.items()},
                "reasons": _written(of.reasons),
                "by_group": {division: {group: _written(asdict(got)) for group, got in groups.items()} for division, groups in of.by_group.items()},
                "ladder": [[*step, got.at_risk, got.arrived] for step, got in of.ladder.items()],
            }
            for key, of in result.by_rules.items()
        },
        "by_compliance": {key: [[level, _written(values)] for level, values in by_level.items()] for key, by_level in result.by_compliance.items()},
    }


def _decode(content: Any, replication: int) -> ReplicationRun:
    return ReplicationRun(
        replication,
        {
            key: OptionRun(
                values=_told(of["values"]),
                lawful_best=_told(of["lawful_best"]),
                course={name: np.array([float(value) for value in course], dtype=np.float64) for name, course in of["course"].items()},
                by_reference={reference: _told(values) for reference, values in of["by_reference"].items()},
                reasons=_told(of["reasons"]),
                by_group={division: {group: _group(got) for group, got in groups.items()} for division, groups in of["by_group"].items()},
                ladder={(lower, upper): StepOutcome(_counts(at_risk), _counts(arrived)) for lower, upper, at_risk, arrived in of["ladder"]},
            )
            for key, of in content["by_rules"].items()
        },
        {key: {float(level): _told(values) for level, values in by_level} for key, by_level in content["by_compliance"].items()},
    )


def _written(values: Mapping[str, float]) -> dict[str, float | str]:
    return {name: _number(value) for name, value in values.items()}


def _number(value: float) -> float | str:
    """Give a number as JSON has it; what is undefined or infinite by its name, because strict JSON has none."""
    return float(value) if math.isfinite(value) else str(float(value))


def _group(got: Mapping[str, float | str]) -> GroupOutcome:
    counted = {name: int(got[name]) for name in ("member_years", "awards")}
    return GroupOutcome(**{name: float(value) for name, value in got.items()} | counted)  # type: ignore[arg-type]  # counts are whole


def _counts(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(int(number) for number in numbers)


def _told(values: Mapping[str, float | str]) -> dict[str, float]:
    return {name: float(value) for name, value in values.items()}
