"""Commands about rules: what there is, and whether it is sound."""

# typer reads the annotations when the program runs, so they are not postponed here.

from typing import Annotated

import typer

from simulator.cli.giving import give
from simulator.cli.options import JsonOption, LangOption, WorkspaceOption, help_text, place_of, read_date, words_of
from simulator.presentation.i18n import translate
from simulator.presentation.terminal import finding_line, say, say_findings


def list_command(context: typer.Context, lang: LangOption = None, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """List what the workspace holds; a file that cannot be read is named on stderr, and the exit code is then 1."""
    words = words_of(context, lang)
    from simulator.presentation.listing import workspace_table
    from simulator.rules.catalogue import list_workspace

    catalogue = list_workspace(place_of(context, workspace))
    say_findings(catalogue.findings, words)
    give(catalogue.to_json(words) if as_json else workspace_table(catalogue, words).to_text())
    raise typer.Exit(int(bool(catalogue.findings)))


def lint_command(
    context: typer.Context,
    targets: Annotated[list[str] | None, typer.Argument(metavar="[SET|FILE]...", help=help_text("lint-targets"))] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help=help_text("lint-on"))] = None,
    is_strict: Annotated[bool, typer.Option("--strict", help=help_text("lint-strict"))] = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Check criteria sets."""
    words = words_of(context, lang)
    from simulator.presentation.i18n import describe
    from simulator.rules.linting import lint_exit_code, lint_targets

    findings = lint_targets(targets or [], place_of(context, workspace), read_date(on, words))
    if as_json:
        rows = [
            {"code": each.code, "severity": each.severity.value, "file": each.file, "line": each.line, "message": describe(each, words)}
            for each in findings
        ]
        give({"findings": rows})
    else:
        give("".join(finding_line(each, words) + "\n" for each in findings))
        if not findings:
            say(translate("cli.clean", words))
    raise typer.Exit(lint_exit_code(findings, is_strict=is_strict))
