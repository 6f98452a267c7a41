"""The command line: every command is one call into the package. stdout holds the result only; everything else goes to stderr.

Exit codes: 0 done, 1 findings or a failed run, 2 bad input.
"""

# ruff: noqa: FBT002, PLC0415
# FBT002: a switch of the command line is a switch. PLC0415: a command loads only what it needs; checking rules must load neither Mesa nor figures.

from __future__ import annotations

import _thread
import json
import os
import re
import signal
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date as calendar_date
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.errors import TieuchiError
from simulator.presentation.i18n import translate
from simulator.presentation.terminal import error_findings, finding_line, follow_progress, say, say_findings, say_stopping, speak_utf8
from simulator.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType

    from simulator.experiments.results import Comparison
    from simulator.presentation.numbers import Lang

RANGES = {"replications": (2, 1000), "years": (1, 50), "seed": (0, 2**63 - 1), "workers": (1, 1024), "port": (1, 65535)}
"""Least and most of each number a command takes."""

INTERRUPTED = 130
SECONDS_TO_STOP = 3.0
# typer carries click inside since 0.16 and stands on it before: the class of usage errors is found through a name both offer.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]
_ClickException: type[Exception] = UsageError.__mro__[1]


class Language(StrEnum):
    """Languages of the output."""

    VI = "vi"
    EN = "en"


@dataclass
class Given:
    """What stands before the name of a command, or holds for every command."""

    lang: Lang
    workspace: Path | None = None


class Form(StrEnum):
    """Forms of a report."""

    HTML = "html"


def _help(key: str, example: str = "") -> str:
    """Return a help text in both languages, Vietnamese first, with an example on a line of its own."""
    lines = [f"{translate(f'cli.help.{key}', lang)}" for lang in ("vi", "en")]
    if example:
        lines += ["\b\n" + "\n".join(translate("cli.example", lang, command=example) for lang in ("vi", "en"))]
    return "\n\n".join(lines) if example else " / ".join(lines)


LangOption = Annotated[Language | None, typer.Option("--lang", help=_help("lang"))]
JsonOption = Annotated[bool, typer.Option("--json", help=_help("json"))]
WorkspaceOption = Annotated[Path | None, typer.Option("--workspace", metavar="DIR", help=_help("workspace"))]
ScenarioArgument = Annotated[str, typer.Argument(metavar="SCENARIO", help=_help("scenario"))]
# Numbers are read here and not by typer, which would take 7.0 for 7 and speak English about the rest.
ReplicationsOption = Annotated[str | None, typer.Option("--replications", metavar="N", help=_help("replications"))]
YearsOption = Annotated[str | None, typer.Option("--years", metavar="N", help=_help("years"))]
WorkersOption = Annotated[str | None, typer.Option("--workers", metavar="N", help=_help("workers"))]
SeedOption = Annotated[str | None, typer.Option("--seed", metavar="N", help=_help("seed"))]

app = typer.Typer(
    name="tieuchi",
    help=_help("app"),
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; errors become one line each on stderr, in the language asked for."""
    speak_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = _language_of(given)
    try:
        with _stopping_at_once(lang):
            code = app(given, prog_name="tieuchi", standalone_mode=False, obj=Given(lang))
    except (TieuchiError, OSError, _ClickException) as error:
        findings, code = error_findings(error, lang)
        say_findings(findings, lang)
        return code
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        say(translate("cli.stopped", lang))
    return int(code or 0)


@contextmanager
def _stopping_at_once(lang: Lang) -> Iterator[None]:
    """Answer the first Ctrl-C at once, and let the following ones pass while everything is being stopped."""
    is_possible = threading.current_thread() is threading.main_thread()
    is_stopping, is_retry, is_over = threading.Event(), threading.Event(), threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        if is_stopping.is_set() and not is_retry.is_set():
            return
        is_retry.clear()
        if not is_stopping.is_set():
            is_stopping.set()
            say_stopping(lang)
            threading.Thread(target=insist, daemon=True).start()
        raise KeyboardInterrupt

    def insist() -> None:
        # An interrupt that falls into the end of an object's life is swallowed by Python; then it is sent again.
        while not is_over.wait(SECONDS_TO_STOP):
            is_retry.set()
            if hasattr(signal, "pthread_kill"):  # wakes a thread that sleeps or waits; elsewhere it is told when it next computes
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            else:
                _thread.interrupt_main()

    before = signal.getsignal(signal.SIGINT)
    if not is_possible or before is not signal.default_int_handler:
        yield  # whoever called has ideas of its own
        return
    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        is_over.set()
        if signal.getsignal(signal.SIGINT) is stop:
            # Once stopped, further ones pass until the process has ended.
            signal.signal(signal.SIGINT, signal.SIG_IGN if is_stopping.is_set() else before)


@app.callback(invoke_without_command=True)
def _start(context: typer.Context, lang: LangOption = None, workspace: WorkspaceOption = None) -> None:  # noqa: ARG001  # read beforehand
    context.obj.workspace = workspace
    if context.invoked_subcommand is None:
        raise UsageError(translate("cli.usage.no-command", context.obj.lang))


@app.command("list", help=_help("list", "tieuchi list --json"))
def list_command(context: typer.Context, lang: LangOption = None, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """List what the workspace holds; a file that cannot be read is named on stderr, and the exit code is then 1."""
    words = _words(context, lang)
    from simulator.presentation.listing import workspace_table
    from simulator.rules.catalogue import list_workspace

    catalogue = list_workspace(_place(context, workspace))
    say_findings(catalogue.findings, words)
    _give(catalogue.to_json(words) if as_json else workspace_table(catalogue, words).to_text())
    raise typer.Exit(int(bool(catalogue.findings)))


@app.command("lint", help=_help("lint", "tieuchi lint decree-91+hanoi-letter-3959 --strict"))
def lint_command(
    context: typer.Context,
    targets: Annotated[list[str] | None, typer.Argument(metavar="[SET|FILE]...", help=_help("lint-targets"))] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help=_help("lint-on"))] = None,
    is_strict: Annotated[bool, typer.Option("--strict", help=_help("lint-strict"))] = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Check criteria sets."""
    words = _words(context, lang)
    from simulator.presentation.i18n import describe
    from simulator.rules.linting import lint_exit_code, lint_targets

    findings = lint_targets(targets or [], _place(context, workspace), _read_date(on, words))
    if as_json:
        rows = [
            {"code": each.code, "severity": each.severity.value, "file": each.file, "line": each.line, "message": describe(each, words)}
            for each in findings
        ]
        _give({"findings": rows})
    else:
        _give("".join(finding_line(each, words) + "\n" for each in findings))
        if not findings:
            say(translate("cli.clean", words))
    raise typer.Exit(lint_exit_code(findings, is_strict=is_strict))


@app.command("compare", help=_help("compare", "tieuchi compare hanoi-2021 --replications 20"))
def compare_command(
    context: typer.Context,
    scenario: ScenarioArgument,
    replications: ReplicationsOption = None,
    years: YearsOption = None,
    workers: WorkersOption = None,
    seed: SeedOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Compare the options of a scenario."""
    words = _words(context, lang)
    from simulator.presentation.tables import draw_table

    comparison = _simulate(scenario, _place(context, workspace), words, workers, replications=replications, years=years, seed=seed)
    _give(comparison.to_json() if as_json else draw_table(comparison, words).to_text())


@app.command("report", help=_help("report", "tieuchi report hanoi-2021 --lang en -o reports/output/hanoi-2021"))
def report_command(
    context: typer.Context,
    scenario: ScenarioArgument,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="DIR", help=_help("output"))] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help=_help("date"))] = None,
    to: Annotated[Form, typer.Option("--to", help=_help("to"))] = Form.HTML,  # noqa: ARG001  # one form so far, refused by name when another is asked for
    replications: ReplicationsOption = None,
    years: YearsOption = None,
    workers: WorkersOption = None,
    seed: SeedOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Write the report on a scenario, print its main table and where it is."""
    words = _words(context, lang)
    from simulator.presentation.tables import draw_table
    from simulator.reporting.publishing import find_template, publish_report
    from simulator.reporting.render import check_template

    place, day = _place(context, workspace), _read_date(date, words)
    template = find_template("scenario", place.templates)
    check_template(template)  # before the minute of simulation, not after it
    comparison = _simulate(scenario, place, words, workers, replications=replications, years=years, seed=seed)
    say(translate("cli.rendering", words))
    folder = output or place.output / comparison.scenario
    files = publish_report(comparison, template, folder, lang=words, date=day.isoformat() if day else None)
    if as_json:
        _give({"files": [path.as_posix() for path in files]})
        return
    page, *beside = (_short(path) for path in files)
    _give(
        f"{draw_table(comparison, words).to_text()}\n{translate('cli.report.ready', words, path=page)}\n"
        f"{translate('cli.report.with', words, paths=', '.join(beside))}\n"
    )


@app.command("measure", help=_help("measure", "tieuchi measure register.csv --headcount headcount.csv --award chien-si-thi-dua-co-so"))
def measure_command(
    context: typer.Context,
    register: Annotated[Path, typer.Argument(metavar="REGISTER", help=_help("register"))],
    headcount: Annotated[Path | None, typer.Option("--headcount", metavar="FILE", help=_help("headcount"))] = None,
    award: Annotated[str | None, typer.Option("--award", metavar="ID", help=_help("award"))] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure an award register."""
    words = _words(context, lang)
    from simulator.indicators.measurement import measure
    from simulator.indicators.register import read_register
    from simulator.presentation.listing import measurement_table

    measurement = measure(read_register(register, headcount=headcount, award=award))
    _give(measurement.to_json().rstrip("\n") + "\n" if as_json else measurement_table(measurement, words).to_text())


@app.command("lab", help=_help("lab", "tieuchi lab"))
def lab_command(
    context: typer.Context,
    is_headless: Annotated[bool, typer.Option("--no-browser", help=_help("no-browser"))] = False,
    port: Annotated[str | None, typer.Option("--port", metavar="N", help=_help("port"))] = None,
    lang: LangOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Open JupyterLab on the workspace."""
    from simulator.reporting.lab import open_lab

    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)  # JupyterLab asks before it stops, and may be told no
    raise typer.Exit(open_lab(_place(context, workspace), has_browser=not is_headless, port=_whole_number("port", port, _words(context, lang))))


def _simulate(name: str, place: Workspace, lang: Lang, workers: str | None, **changes: str | None) -> Comparison:
    from simulator.experiments.compare import compare
    from simulator.experiments.scenario import load_scenario

    numbers = {key: _whole_number(key, text, lang) for key, text in changes.items()}
    n_workers = _whole_number("workers", workers, lang) or _processors()
    scenario = load_scenario(name, place).with_(**numbers)
    say(translate("cli.checking", lang))
    progress: Callable[[int, int], None] = follow_progress(lang)
    return compare(scenario, workers=n_workers, progress=progress, workspace=place)


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _words(context: typer.Context, lang: Language | None) -> Lang:
    """Return the language given after the command, else the one given before it."""
    return context.obj.lang if lang is None else lang.value


def _place(context: typer.Context, workspace: Path | None) -> Workspace:
    return find_workspace(explicit=workspace or context.obj.workspace)


def _short(path: Path) -> str:
    """Name a file from the current folder where it lies inside."""
    return str(path.relative_to(Path.cwd())) if path.is_absolute() and path.is_relative_to(Path.cwd()) else str(path)


def _give(result: str | dict[str, Any]) -> None:
    """Write the result: text as it is, data as strict UTF-8 JSON."""
    text = result if isinstance(result, str) else json.dumps(result, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the result has read enough; the interpreter must not complain at its exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _read_date(text: str | None, lang: Lang) -> calendar_date | None:
    if text is None:
        return None
    try:
        day = calendar_date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise UsageError(translate("cli.usage.date", lang, found=text))
    return day


def _whole_number(option: str, text: str | None, lang: Lang) -> int | None:
    """Read a number of the command line: digits alone, within its range."""
    if text is None:
        return None
    least, most = RANGES[option]
    if re.fullmatch(r"[0-9]{1,19}", text) and least <= int(text) <= most:
        return int(text)
    raise UsageError(translate("cli.usage.number", lang, name=f"--{option}", least=str(least), most=str(most), found=text))


def _language_of(arguments: Sequence[str]) -> Lang:
    """Find the language asked for, also on a command line that is otherwise wrong."""
    wants_english = "--lang=en" in arguments or ("--lang", "en") in pairwise(arguments)
    return "en" if wants_english else "vi"
