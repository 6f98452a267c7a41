"""Commands about rules: what there is, and whether it is sound."""

# typer reads the annotations when the program runs, so they are not postponed here.

from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.giving import give
from simulator.cli.helping import help_key
from simulator.cli.options import JsonOption, LangOption, WorkspaceOption, place_of, read_date, words_of
from simulator.presentation.i18n import translate
from simulator.presentation.terminal import finding_line, say, say_findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.errors import Finding
    from simulator.presentation.numbers import Lang
    from simulator.workspace import Workspace


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
    targets: Annotated[list[str] | None, typer.Argument(metavar="[SET|FILE]...", help=help_key("lint-targets"))] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help=help_key("lint-on"))] = None,
    is_strict: Annotated[bool, typer.Option("--strict", help=help_key("lint-strict"))] = False,
    has_lens: Annotated[bool, typer.Option("--rounding", help=help_key("lint-rounding"))] = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Check criteria sets."""
    words = words_of(context, lang)
    from simulator.presentation.i18n import describe
    from simulator.rules.linting import lint_exit_code, lint_targets

    place = place_of(context, workspace)
    findings = lint_targets(targets or [], place, read_date(on, words))
    if has_lens:
        _give_lens(targets or [], findings, place, words, as_json=as_json)
        raise typer.Exit(lint_exit_code(findings, is_strict=is_strict))
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


def _give_lens(targets: "Sequence[str]", findings: "Sequence[Finding]", place: "Workspace", lang: "Lang", *, as_json: bool) -> None:
    """Print what every share becomes in small units; findings are said aside."""
    from simulator.presentation.rules.rounding_table import lens_as_json, rounding_table
    from simulator.rules.assembly import iter_set_files, read_criteria

    say_findings(findings, lang)
    unreadable = {finding.file for finding in findings if finding.is_unreadable}
    names = [name for name in targets or [path.stem for path in iter_set_files(place)] if not unreadable]
    sets = [read_criteria(name, place) for name in names]
    if as_json:
        give({"sets": [lens_as_json(criteria) for criteria in sets]})
    else:
        give("\n".join(rounding_table(criteria, lang).to_text() for criteria in sets))
