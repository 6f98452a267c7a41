"""The commands of ``tieuchi`` in the order of its help, and how whatever goes wrong becomes one line each on stderr."""

# typer reads the annotations when the program runs, so they are not postponed here.

import os
import sys
from typing import TYPE_CHECKING

import typer

from simulator.cli.attributing import attribute_command
from simulator.cli.benching import bench_command
from simulator.cli.computing import forget_what_is_kept, say_how_to_go_on
from simulator.cli.depending import sensitivity_command
from simulator.cli.drafting import case_command, diff_command, export_command, import_command
from simulator.cli.helping import HelpedCommand, HelpedGroup, help_key
from simulator.cli.interrupts import INTERRUPTED, Stop, stopping_at_once
from simulator.cli.lab import app_command, lab_command
from simulator.cli.nominations import explain_command, score_command, template_command
from simulator.cli.options import LANGUAGES, AnyClickError, Given, LangOption, UsageError, WorkspaceOption, language_of, read_choice, words_of
from simulator.cli.papering import paperwork_command
from simulator.cli.powering import power_command
from simulator.cli.registers import measure_command
from simulator.cli.reporting import report_command, verify_command
from simulator.cli.rules import lint_command, list_command
from simulator.cli.simulating import compare_command, transition_command
from simulator.cli.tipping import tipping_command
from simulator.errors import TieuchiError
from simulator.presentation.i18n import translate
from simulator.presentation.program_name import program_name
from simulator.presentation.terminal import error_findings, say, say_findings, speak_utf8

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LANGUAGE_VARIABLE = "TIEUCHI_LANG"
"""Names the language of a person or an office, where a command line names none."""

app = typer.Typer(
    name="tieuchi",
    cls=HelpedGroup,
    help=help_key("tieuchi"),
    epilog="compare hanoi-2021 --replications 4",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_COMMANDS: tuple[tuple[str, "Callable[..., None]", str], ...] = (
    ("list", list_command, "list --json"),
    ("lint", lint_command, "lint decree-91+hanoi-letter-3959 --strict"),
    ("diff", diff_command, "diff decree-91 decree-91+hanoi-letter-3959 --to docx,xlsx -o reports/output"),
    ("export", export_command, "export decree-91 -o decree-91.xlsx"),
    ("import", import_command, "import decree-91.xlsx --base decree-91 -o my-draft.yaml"),
    ("test-rules", case_command, "test-rules tests/law/decree-91.yaml"),
    ("template", template_command, "template decree-91 --award chien-si-thi-dua-co-so --year 2025 -o nominees.xlsx"),
    ("score", score_command, "score decree-91 nominees.xlsx --award chien-si-thi-dua-co-so -o scores.xlsx"),
    ("explain", explain_command, "explain decree-91 nominees.xlsx --who CB01 --award chien-si-thi-dua-co-so --under law-2022"),
    ("compare", compare_command, "compare hanoi-2021 --replications 20"),
    ("attribute", attribute_command, "attribute hanoi-2021 --option plan-115"),
    ("sensitivity", sensitivity_command, "sensitivity hanoi-2021"),
    ("tipping", tipping_command, "tipping hanoi-2021 --futures 1000"),
    ("power", power_command, "power hanoi-2021 -o reports/output/power"),
    ("paperwork", paperwork_command, "paperwork hanoi-2021 -o reports/output/paperwork"),
    ("transition", transition_command, "transition regimes-2013-2026 --replications 5"),
    ("report", report_command, "report hanoi-2021 -o reports/output/hanoi-2021"),
    ("verify", verify_command, "verify reports/output/hanoi-2021/report.vi.html"),
    ("measure", measure_command, "measure register.csv --headcount headcount.csv --award chien-si-thi-dua-co-so"),
    ("lab", lab_command, "lab"),
    ("app", app_command, "app"),
    ("bench", bench_command, "bench --members 20000"),
)
for _name, _command, _example in _COMMANDS:
    app.command(_name, cls=HelpedCommand, help=help_key(_name), epilog=_example)(_command)


@app.callback(invoke_without_command=True)
def _start(context: typer.Context, lang: LangOption = None, workspace: WorkspaceOption = None) -> None:
    context.obj.lang = words_of(context, lang)
    if default := os.environ.get(LANGUAGE_VARIABLE):
        read_choice(LANGUAGE_VARIABLE, default, LANGUAGES, context.obj.lang)
    context.obj.workspace = workspace
    if context.invoked_subcommand is None:
        raise UsageError(translate("cli.usage.no-command", context.obj.lang))


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run one command and return its exit code; errors become one line each on stderr, in the language asked for."""
    speak_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = language_of(given, os.environ.get(LANGUAGE_VARIABLE))
    stop = Stop()
    forget_what_is_kept()
    try:
        with stopping_at_once(lang, stop):
            code = app(given, prog_name=program_name(), standalone_mode=False, obj=Given(lang))
    except (TieuchiError, OSError, AnyClickError) as error:
        findings, code = error_findings(error, lang)
        say_findings(findings, lang)
        return code
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        say(translate("cli.stopped", lang))
        say_how_to_go_on(lang)
        code = stop.code
    return int(code or 0)
