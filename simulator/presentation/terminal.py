"""Speaking to a terminal: results on stdout, everything else on stderr, in UTF-8 whatever the code page."""

from __future__ import annotations

import io
import os
import re
import sys
from typing import TYPE_CHECKING

from simulator.errors import Finding, InputError, RunError, Severity, TieuchiError, reason_of
from simulator.presentation.i18n import describe, translate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from simulator.presentation.numbers import Lang

_PROGRAM = "tieuchi"
_TENTHS = 10


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


def follow_progress(lang: Lang, key: str = "cli.progress") -> Callable[[int, int], None]:
    """Return a function that tells how far a simulation is: one running line in a terminal, a line each tenth in a log.

    Parameters
    ----------
    lang
        Language.
    key
        Of the sentence, which has the fields ``done`` and ``total``.
    """

    def tell(done: int, total: int) -> None:
        sentence = translate(key, lang, done=str(done), total=str(total))
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{sentence}" + ("\n" if done == total else ""))
            sys.stderr.flush()
        elif done == total or done * _TENTHS // total > (done - 1) * _TENTHS // total:
            say(sentence)

    return tell


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
