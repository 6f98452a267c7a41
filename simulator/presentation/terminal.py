"""Speaking to a terminal: results on stdout, everything else on stderr, in UTF-8 whatever the code page."""

from __future__ import annotations

import io
import os
import re
import sys
import time
from typing import TYPE_CHECKING

from simulator.errors import Finding, InputError, RunError, Severity, TieuchiError, reason_of
from simulator.presentation.i18n import describe, translate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from simulator.presentation.numbers import Lang

_PROGRAM = "tieuchi"
_TENTHS = 10
_WORTH_TELLING = 2
"""Seconds; less is over before it is read."""
_UNITS = (("hours", 3600, 6000), ("minutes", 60, 100), ("seconds", 1, 0))
"""Name of a unit of time, its seconds, and the seconds from which it is used."""


def speak_utf8() -> None:
    """Write UTF-8 on both streams, also where the console's code page has no Vietnamese letters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def finding_line(finding: Finding, lang: Lang) -> str:
    """Return a finding on one line: ``path:line: CODE severity: message``."""
    return finding.render(describe(finding, lang))


def say(sentence: str) -> None:
    """Say something beside the result."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def say_stopping(lang: Lang) -> None:
    """Say at once that work is being stopped, in a terminal on a line of its own.

    An interrupt may come in the middle of a sentence, when the stream takes no other; it is then said below the stream.
    """
    sentence = ("\n" if sys.stderr.isatty() else "") + translate("cli.stopping", lang) + "\n"
    try:
        sys.stderr.write(sentence)
        sys.stderr.flush()
    except RuntimeError:
        os.write(sys.stderr.fileno(), sentence.encode())


def say_findings(findings: Iterable[Finding], lang: Lang) -> None:
    """Say findings beside the result, one line each."""
    for finding in findings:
        say(finding_line(finding, lang))


class _Pace:
    """How long the rest of a piece of work takes, if it goes on as it did; what was ready at its beginning says nothing of that."""

    def __init__(self) -> None:
        self._begun = self._told = time.monotonic()
        self._ready = self._done = self._total = 0

    def seconds_left(self, done: int, total: int) -> float:
        """Take how far the work is, and give how long the rest takes; 0 where nothing is known of that. Where nothing is done, it begins now."""
        now = time.monotonic()
        if done == 0:
            self._begun, self._told, self._ready, self._done, self._total = now, now, 0, 0, total
            return 0.0
        is_other = total != self._total and done > self._done + 1  # else the total is an estimate, and changes with every step
        if done <= self._done or is_other or self._done == self._total:  # the next piece, which began when the last one ended
            self._begun, self._ready = (now, done) if done > 1 else (self._told, 0)
        self._told, self._done, self._total = now, done, total
        return (now - self._begun) / (done - self._ready) * (total - done) if done > self._ready else 0.0


def follow_progress(lang: Lang, key: str = "cli.progress", *, is_patient: bool = False) -> Callable[[int, int], None]:
    """Return a function that tells how far a piece of work is and how long the rest takes: one running line in a terminal, a line each tenth in a log.

    Parameters
    ----------
    lang
        Language.
    key
        Of the sentence, which has the fields ``done`` and ``total``. With nothing done yet, nothing is said: the work begins then.
    is_patient
        Whether nothing is said of work that is over in two seconds.
    """
    word, longest = word_progress(lang, key, is_patient=is_patient), 0

    def tell(done: int, total: int) -> None:
        nonlocal longest
        sentence = word(done, total)
        if not sentence:
            longest = longest if done else 0
            return
        longest = max(longest, len(sentence))  # what was longer before is written over
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{sentence:<{longest}}" + ("\n" if done == total else ""))
            sys.stderr.flush()
        elif done == total or done * _TENTHS // total > (done - 1) * _TENTHS // total:
            say(sentence)

    return tell


def word_progress(lang: Lang, key: str, *, is_patient: bool = False) -> Callable[[int, int], str]:
    """Return a function that words how far a piece of work is and how long the rest takes; nothing where nothing is to be said.

    Parameters
    ----------
    lang, key, is_patient
        As of :func:`follow_progress`.
    """
    pace, is_told, begun = _Pace(), False, time.monotonic()

    def word(done: int, total: int) -> str:
        nonlocal is_told, begun
        left = pace.seconds_left(done, total)
        if done == 0:
            is_told, begun = False, time.monotonic()
            return ""
        if is_patient and not is_told and max(left, time.monotonic() - begun) < _WORTH_TELLING:
            return ""
        is_told = True
        sentence = translate(key, lang, done=str(done), total=str(total))
        return sentence if left < _WORTH_TELLING else translate("cli.progress.left", lang, progress=sentence.rstrip("."), left=_duration(left, lang))

    return word


def _duration(seconds: float, lang: Lang) -> str:
    """Say roughly how long something takes."""
    unit, size = next((unit, size) for unit, size, least in _UNITS if seconds >= least)
    n = round(seconds / size) if size > 1 or seconds < _TENTHS else round(seconds / _TENTHS) * _TENTHS
    return translate(f"cli.progress.{unit}", lang, n=str(n))


def error_findings(error: Exception, lang: Lang) -> tuple[tuple[Finding, ...], int]:
    """Return what an error has to say, one finding a cause, and the exit code that goes with it.

    Parameters
    ----------
    error
        An error of this package, of the operating system, or of the command line.
    lang
        Language of the words that the catalogue of findings does not hold.
    """
    match error:
        case InputError():
            return error.findings, 2
        case RunError():
            fields = {"reason": error.reason, **error.fields}
            return (_finding(fields.get("code", "CL004"), error.reason, fields.get("file", _PROGRAM), fields),), 1
        case TieuchiError():
            return (_finding("CL003", str(error)),), 2
        case OSError():
            sentence = translate("cli.cannot-write", lang, reason=translate(f"finding.word.{reason_of(error).removeprefix('@')}", lang))
            return (_finding("CL002", sentence, str(error.filename or _PROGRAM)),), 1
        case _:
            return (_finding("CL001", _usage_sentence(error, lang)),), 2


def _finding(code: str, sentence: str, file: str = _PROGRAM, fields: Mapping[str, str] | None = None) -> Finding:
    return Finding(code, Severity.ERROR, file, 1, fields or {}, sentence)


def _usage_sentence(error: Exception, lang: Lang) -> str:
    """Word a mistake on the command line; its kind is known by the name of its class, for typer brings a click of its own."""
    context = getattr(error, "ctx", None)
    usage = f"{context.command_path if context else _PROGRAM} --help"
    message = " ".join(str(getattr(error, "message", "") or error).split()).removeprefix("Value error, ").rstrip(".")
    parameter = getattr(error, "param", None)
    name = str(getattr(error, "option_name", "") or getattr(error, "param_hint", "") or "").strip("'")
    if parameter is not None and not name:
        options = [option for option in parameter.opts if option.startswith("-")]
        name = options[-1] if options else str(parameter.metavar or parameter.name).upper()
    fields = {"name": name, "detail": message, "help": usage}
    unknown = re.search(r"No such command '([^']*)'", message)
    extra = re.search(r"unexpected extra arguments?(?:\(s\))? \((.*)\)", message)
    match type(error).__name__:
        case _ if unknown:
            key = "command"
            fields["name"] = unknown.group(1)
        case _ if extra:
            key = "extra"
            fields["name"] = extra.group(1)
        case "NoSuchOption":
            key = "option"
        case "MissingParameter":
            key = "missing"
        case "BadOptionUsage":
            key = "flag" if "does not take" in message else "no-value"
        case "BadParameter":
            key = "value"
        case _:
            key = "other"
    return translate(f"cli.usage.{key}", lang, **fields)
