"""Commands for a draft: the comparison table, the workbook of a set and back, and rules tested in the law's words."""

# typer reads the annotations when the program runs, so they are not postponed here.

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.giving import give, short
from simulator.cli.helping import help_key
from simulator.cli.options import JsonOption, LangOption, UsageError, WorkspaceOption, place_of, words_of
from simulator.cli.outputs import check_forms, check_not_input, make_folder, whole_file
from simulator.errors import Severity
from simulator.presentation.i18n import describe, translate
from simulator.presentation.terminal import finding_line, say_findings

if TYPE_CHECKING:
    from simulator.errors import Finding
    from simulator.presentation.numbers import Lang
    from simulator.presentation.rules.comparison_table import ComparisonTable

FORMS = ("docx", "xlsx", "md")
"""Forms of the comparison table."""


def diff_command(
    context: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help=help_key("diff-a"))],
    b: Annotated[str, typer.Argument(metavar="B", help=help_key("diff-b"))],
    to: Annotated[str | None, typer.Option("--to", metavar="FORM,…", help=help_key("diff-to"))] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="DIR", help=help_key("output-comparison"))] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Compare two sets clause by clause."""
    words = words_of(context, lang)
    from simulator.presentation.rules.assumption_words import assumption_names
    from simulator.presentation.rules.citing import NO_REGISTER
    from simulator.presentation.rules.comparison_table import comparison_table
    from simulator.rules.diffing import diff
    from simulator.rules.linting import find_register
    from simulator.rules.loading import load_criteria

    forms = _forms(to, words)
    place = place_of(context, workspace)
    folder = output or Path()
    paths = [folder / f"{_file_name(a)}--{_file_name(b)}.{words}.{form}" for form in forms]
    if output is not None:
        make_folder(output)
    with ExitStack() as stack:
        unfinished = [stack.enter_context(whole_file(path)) for path in paths]
        difference = diff(load_criteria(a, place), load_criteria(b, place))
        table = comparison_table(difference, words, find_register(place) or NO_REGISTER, assumption_names(place, words))
        for path in unfinished:
            _write_comparison(table, path)
    if as_json:
        give(table.to_json() | ({"files": [path.as_posix() for path in paths]} if paths else {}))
    else:
        give(table.to_text() + "".join(translate("cli.diff.ready", words, path=short(path)) + "\n" for path in paths))


def export_command(
    context: typer.Context,
    criteria: Annotated[str, typer.Argument(metavar="SET", help=help_key("set"))],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=help_key("output-workbook"))],
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Write a set as a workbook that can be edited in Excel."""
    words = words_of(context, lang)
    from simulator.rules.loading import load_criteria
    from simulator.workbook.criteria import export_criteria

    check_forms([output], ("xlsx",), words)
    with whole_file(output) as unfinished:
        export_criteria(load_criteria(criteria, place_of(context, workspace)), unfinished, words)
    give({"files": [output.as_posix()]} if as_json else translate("cli.export.ready", words, path=short(output)) + "\n")


def import_command(
    context: typer.Context,
    workbook: Annotated[Path, typer.Argument(metavar="X.xlsx", help=help_key("workbook"))],
    base: Annotated[str, typer.Option("--base", metavar="SET", help=help_key("base"))],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OVERLAY.yaml", help=help_key("output-overlay"))],
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Read an edited workbook back as an overlay that holds only the changes; nothing is written where nothing was changed."""
    words = words_of(context, lang)
    from simulator.rules.assembly import iter_set_files
    from simulator.rules.linting import find_assumption_ids, find_register, lint, lint_exit_code
    from simulator.rules.loading import load_criteria
    from simulator.workbook.criteria import import_criteria

    check_forms([output], ("yaml",), words)
    check_not_input([output], [workbook], words)
    place = place_of(context, workspace)
    with whole_file(output) as unfinished:
        imported = import_criteria(workbook, load_criteria(base, place), output.stem, lang=words, file=output.as_posix())
        if imported.overlay is None:
            unfinished.unlink()
        else:
            unfinished.write_text(imported.overlay, encoding="utf-8")
    findings: list[Finding] = [*imported.warnings]
    if imported.changed:
        set_ids = [path.stem for path in iter_set_files(place)]
        found = lint(imported.criteria, register=find_register(place), assumption_ids=find_assumption_ids(place), set_ids=set_ids)
        findings += [finding for finding in found if finding.severity is Severity.ERROR or finding.file == imported.criteria.files[-1]]
    say_findings(findings, words)
    files = [] if imported.overlay is None else [output.as_posix()]
    if as_json:
        told = [
            {"code": each.code, "severity": each.severity.value, "file": each.file, "line": each.line, "message": describe(each, words)}
            for each in findings
        ]
        give({"files": files, "changed": list(imported.changed), "findings": told})
    elif files:
        give(translate("cli.import.ready", words, path=short(output), n=str(len(imported.changed))) + "\n")
    else:
        give(translate("cli.import.unchanged", words) + "\n")
    raise typer.Exit(lint_exit_code(findings))


def case_command(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(metavar="[FILE]...", help=help_key("case-files"))] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Run rule cases; what does not come out as expected is the result, one line each."""
    words = words_of(context, lang)
    from simulator.scoring.case_runs import find_case_files, run_case_files

    place = place_of(context, workspace)
    paths = files or find_case_files(place)
    if not paths:
        raise UsageError(translate("cli.usage.no-cases", words))
    results = run_case_files(paths, place)
    findings = [finding for result in results for finding in result.findings]
    n_holding = sum(result.holds for result in results)
    if as_json:
        give({"cases": [result.to_json() for result in results], "holding": n_holding, "failing": len(results) - n_holding})
    else:
        lines = "".join(finding_line(finding, words) + "\n" for finding in findings)
        give(lines + translate("cli.cases", words, n=str(len(results)), holding=str(n_holding)) + "\n")
    raise typer.Exit(int(any(finding.severity is Severity.ERROR for finding in findings)))


def _forms(to: str | None, lang: "Lang") -> list[str]:
    """Read the forms asked for, parted by commas."""
    forms = list(dict.fromkeys(form.strip().lower() for form in (to or "").split(",") if form.strip()))
    unknown = [form for form in forms if form not in FORMS]
    if unknown or (to is not None and not forms):
        raise UsageError(translate("cli.usage.form", lang, found=", ".join(unknown) or to or "", known=", ".join(FORMS)))
    return forms


def _file_name(name: str) -> str:
    """Make a file name of a stack or of the path of a set."""
    return "_".join(Path(part).stem if part.endswith((".yaml", ".yml")) else part for part in name.split("+"))


def _write_comparison(table: "ComparisonTable", path: Path) -> None:
    match path.suffix:
        case ".docx":
            from simulator.reporting.word.comparison import write_comparison

            write_comparison(table, path)
        case ".xlsx":
            from simulator.workbook.comparisons import write_comparison_book

            write_comparison_book(table, path)
        case _:
            path.write_text(table.to_markdown(), encoding="utf-8")
