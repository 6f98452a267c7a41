"""Commands about reports: write them, and check them."""

# typer reads the annotations when the program runs, so they are not postponed here.

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.computing import computing_asked, computing_of, say_at_most, say_part
from simulator.cli.giving import give, short
from simulator.cli.helping import help_key
from simulator.cli.options import (
    AtMostOption,
    AwardOption,
    ComparedReplicationsOption,
    HeadcountOption,
    JsonOption,
    LangOption,
    NoStoreOption,
    SchedulerOption,
    SeedOption,
    StoreOption,
    SuccessionOption,
    UsageError,
    WorkersOption,
    WorkspaceOption,
    YearsOption,
    check_replications,
    place_of,
    read_date,
    read_list,
    whole_number,
    words_of,
)
from simulator.cli.outputs import check_folder
from simulator.errors import InputError
from simulator.presentation.i18n import translate
from simulator.presentation.terminal import follow_progress, say, say_findings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.experiments.execution.computing import Computing
    from simulator.presentation.numbers import Lang
    from simulator.reporting.evidence.contents import Kind
    from simulator.reporting.evidence.making import Request
    from simulator.workspace import Workspace


def report_command(
    context: typer.Context,
    subjects: Annotated[list[str], typer.Argument(metavar="SCENARIO|SET|REGISTER...", help=help_key("report-subjects"))],
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="DIR", help=help_key("output"))] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help=help_key("date"))] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="FORM,FORM", help=help_key("to"))] = None,
    has_letterhead: Annotated[bool, typer.Option("--letterhead", help=help_key("letterhead"))] = False,
    studies: Annotated[str | None, typer.Option("--with", metavar="STUDY,STUDY", help=help_key("with-studies"))] = None,
    is_anonymous: Annotated[bool, typer.Option("--anonymous", help=help_key("anonymous-report"))] = False,
    headcount: HeadcountOption = None,
    is_complete: Annotated[bool, typer.Option("--complete", help=help_key("complete"))] = False,
    succession: SuccessionOption = None,
    award: AwardOption = None,
    replications: ComparedReplicationsOption = None,
    at_most: AtMostOption = None,
    years: YearsOption = None,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
    store: StoreOption = None,
    no_store: NoStoreOption = False,
    seed: SeedOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Write a report on each subject, print its main table and where it is."""
    words = words_of(context, lang)
    from simulator.experiments.studies import KINDS
    from simulator.reporting.evidence.contents import Asked
    from simulator.reporting.evidence.making import Request, kinds_of
    from simulator.reporting.forms.writers import FORMS
    from simulator.reporting.publishing import find_template
    from simulator.reporting.render import check_template

    check_replications(replications, at_most, words)
    named = read_list("--to", to and to.lower(), FORMS, words)
    forms = tuple(form for form in FORMS if form in named) or FORMS
    kind_named = {kind.word: name for name, kind in KINDS.items()}
    wanted = tuple(kind_named[word] for word in read_list("--with", studies and studies.lower(), tuple(kind_named), words))
    place, day = place_of(context, workspace), read_date(date, words)
    asked = Asked(
        "",
        lang=words,
        date="" if day is None else day.isoformat(),
        has_letterhead=has_letterhead,
        is_anonymous=is_anonymous,
        is_complete=is_complete,
        replications=whole_number("replications", replications, words),
        at_most=whole_number("at-most", at_most, words),
        years=whole_number("years", years, words),
        seed=whole_number("seed", seed, words),
    )
    kind_of_each, unusable = kinds_of(subjects, place)
    if not kind_of_each:
        raise InputError(unusable)
    kinds = list(kind_of_each.values())
    flags = {"--anonymous": is_anonymous or None, "--complete": is_complete or None}
    of_registers = {"--headcount": headcount, "--succession": succession, "--award": award, **flags}
    of_scenarios = {"--replications": replications, "--at-most": at_most, "--years": years, "--seed": seed, "--with": studies}
    _refuse_idle(of_registers, "register", kinds, words)
    _refuse_idle(of_scenarios, "scenario", kinds, words)
    for kind in dict.fromkeys(kinds):
        check_template(find_template(kind, place.templates))  # before the minute of simulation, not after it
    check_folder(output or place.output)
    say_findings(unusable, words)  # before anything is run; the other reports are made all the same
    requests = [
        Request(kind_of_each[subject], subject, asked, headcount=headcount, succession=succession, award=award, studies=wanted)
        for subject in subjects
        if subject in kind_of_each
    ]
    computing = computing_asked(words, place, workers=workers, scheduler=scheduler, store=store, no_store=no_store)
    shelf = _Shelf(place, forms, output, words, computing, as_json)
    if len(subjects) == 1:
        _report_one(requests[0], shelf)
    else:
        _report_all(requests, shelf, n_unusable=len(subjects) - len(requests))


@dataclass(frozen=True)
class _Shelf:
    """Where reports go, and how they are made and told of."""

    place: "Workspace"
    forms: "Sequence[str]"
    output: Path | None
    lang: "Lang"
    computing: "Computing"
    as_json: bool


def _report_one(request: "Request", shelf: _Shelf) -> None:
    from simulator.reporting.evidence.contents import ScenarioEvidence
    from simulator.reporting.evidence.making import folder_names, main_table, make_evidence
    from simulator.reporting.forms.typefaces import lacking_in
    from simulator.reporting.kernels import kernel_ahead
    from simulator.reporting.publishing import find_template, publish

    lang = shelf.lang
    say(translate(f"cli.making.{request.kind}", lang))
    folder, template = shelf.output or shelf.place.output / folder_names([request])[0], find_template(request.kind, shelf.place.templates)
    with kernel_ahead() as kernel:
        evidence = make_evidence(
            request,
            shelf.place,
            shelf.computing,
            tell=lambda finding: say_findings([finding], lang),
            begin=lambda part: say_part(part, lang),
            lacking=lacking_in(shelf.forms),
        )
        if isinstance(evidence, ScenarioEvidence):
            say_at_most(evidence.comparison, lang)
        say(translate("cli.rendering", lang))
        files = publish(evidence, template, folder, forms=shelf.forms, progress=shelf.computing.writing, kernel=kernel).files
    if shelf.as_json:
        give({"files": [path.as_posix() for path in files]})
        return
    reports, beside = (", ".join(path.name for path in part) for part in (files[: len(shelf.forms)], files[len(shelf.forms) :]))
    ready = translate("cli.report.ready", lang, folder=short(folder), names=reports)
    give("\n".join([main_table(evidence).to_text(), ready, *([translate("cli.report.with", lang, names=beside)] if beside else [])]) + "\n")


def _report_all(requests: "Sequence[Request]", shelf: _Shelf, *, n_unusable: int) -> None:
    from simulator.reporting.delivering import deliver_all
    from simulator.reporting.forms.index_page import index_name

    lang, folder = shelf.lang, shelf.output or shelf.place.output
    say(translate("cli.making.several", lang, n=str(len(requests))))
    computing = replace(shelf.computing, progress=follow_progress(lang, "cli.progress.reports"))
    outcomes = deliver_all(requests, shelf.place, computing, folder, forms=shelf.forms, lang=lang)
    for outcome in outcomes:
        say_findings(outcome.failure, lang)
    index, n_failed = folder / index_name(lang), sum(outcome.published is None for outcome in outcomes)
    if shelf.as_json:
        give({"files": [path.as_posix() for path in (index, *(path for each in outcomes if each.published for path in each.published.files))]})
    else:
        give(translate("cli.report.index", lang, path=short(index), done=str(len(outcomes) - n_failed), failed=str(n_failed + n_unusable)) + "\n")
    raise typer.Exit(int(n_failed + n_unusable > 0))


def _refuse_idle(options: "Mapping[str, object]", kind: "Kind", kinds: "Sequence[Kind]", lang: "Lang") -> None:
    """Refuse an option that would do nothing, because none of the subjects is of its kind."""
    for name, given in options.items():
        if given is not None and kind not in kinds:
            raise UsageError(translate(f"cli.usage.only-for-{kind}", lang, name=name))


def verify_command(
    context: typer.Context,
    report: Annotated[Path, typer.Argument(metavar="REPORT", help=help_key("verify-report"))],
    subject: Annotated[Path | None, typer.Option("--subject", metavar="FILE", help=help_key("verify-subject"))] = None,
    headcount: HeadcountOption = None,
    succession: SuccessionOption = None,
    without_studies: Annotated[bool, typer.Option("--without-studies", help=help_key("without-studies"))] = False,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Check a report: run everything again and say what differs."""
    words = words_of(context, lang)
    from simulator.reporting.evidence.contents import Asked
    from simulator.reporting.evidence.making import Request
    from simulator.reporting.verification_words import verification_table
    from simulator.reporting.verifying import verify_report

    inputs = None if subject is None else Request("register", str(subject), Asked(""), headcount=headcount, succession=succession)
    say(translate("cli.verifying", words))
    found = verify_report(
        report,
        place_of(context, workspace),
        computing_of(words, workers, scheduler, None),
        inputs=inputs,
        has_studies=not without_studies,
        begin=lambda part: say_part(part, words),
    )
    give(found.to_json() if as_json else verification_table(found, words).to_text())
    raise typer.Exit(int(not found.same))
