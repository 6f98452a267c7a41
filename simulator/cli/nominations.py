"""Commands about real nominees: the sheet to fill, the scores, and one nominee explained."""

# typer reads the annotations when the program runs, so they are not postponed here.

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.cli.giving import give, short
from simulator.cli.helping import help_key
from simulator.cli.options import JsonOption, LangOption, UsageError, WorkspaceOption, place_of, read_choice, read_date, whole_number, words_of
from simulator.cli.outputs import check_forms, check_not_input, whole_file
from simulator.errors import reason_of
from simulator.presentation.i18n import translate
from simulator.presentation.terminal import say, say_findings

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.presentation.scores.explaining import Explainer
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.explanation import Explanation
    from simulator.scoring.roster import Roster
    from simulator.workspace import Workspace


WANTED: tuple[Literal["failed", "all"], ...] = ("failed", "all")
"""Which clauses are told: those not met and points lost, or all."""
GIVERS = ("self", "cluster", "standing-body")
"""Who fills the sheet."""


@dataclass(frozen=True)
class Ask:
    """What is asked of a list of nominees: by which award, for which year, on which day, for whose eyes, and in which language."""

    roster: Path
    place: "Workspace"
    lang: "Lang"
    award: str | None
    year: str | None
    on: str | None
    is_anonymous: bool


TableArgument = Annotated[str, typer.Argument(metavar="TABLE_OR_SET", help=help_key("table"))]
RosterArgument = Annotated[Path, typer.Argument(metavar="ROSTER", help=help_key("roster"))]
AwardOption = Annotated[str | None, typer.Option("--award", metavar="ID", help=help_key("award-scored"))]
YearOption = Annotated[str | None, typer.Option("--year", metavar="YEAR", help=help_key("year"))]
SheetYearOption = Annotated[str | None, typer.Option("--year", metavar="YEAR", help=help_key("sheet-year"))]
OnOption = Annotated[str | None, typer.Option("--on", metavar="DATE", help=help_key("decided-on"))]
ExplainedOption = Annotated[str | None, typer.Option("--award", metavar="ID", help=help_key("award-explained"))]
AnonymousOption = Annotated[bool, typer.Option("--anonymous", help=help_key("anonymous"))]


def template_command(
    context: typer.Context,
    table: Annotated[str | None, typer.Argument(metavar="TABLE_OR_SET", help=help_key("table-or-register"))] = None,
    is_register: Annotated[bool, typer.Option("--register", help=help_key("register-sheet"))] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=help_key("output-sheet"))] = None,
    year: SheetYearOption = None,
    award: AwardOption = None,
    giver: Annotated[str | None, typer.Option("--giver", metavar="BODY", help=help_key("giver"))] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Write the sheet to fill with nominees, or with an award list."""
    words = words_of(context, lang)
    if (table is None) is not is_register:
        raise UsageError(translate("cli.usage.template", words))
    if table is None:
        for option, value in (("--year", year), ("--award", award), ("--giver", giver)):
            if value is not None:
                raise UsageError(translate("cli.usage.template-register", words, option=option))
    path = output or Path(f"{translate('cli.template.register-file', words) if table is None else table.replace('+', '_')}.xlsx")
    check_forms([path], ("xlsx", "csv"), words)
    if table is None:
        _write_register_sheet(path, place_of(context, workspace), words)
        ready = translate("cli.template.register-ready", words, path=short(path))
    else:
        if giver is not None:
            read_choice("--giver", giver, GIVERS, words)
        of_year = _write_nominee_sheet(path, place_of(context, workspace), words, table, year=year, award=award, giver=giver)
        ready = translate("cli.template.ready", words, path=short(path), year=str(of_year))
    give({"files": [path.as_posix()]} if as_json else ready + "\n")


def _write_register_sheet(path: Path, place: "Workspace", lang: "Lang") -> None:
    from simulator.workbook.register_template import write_register_template

    with whole_file(path) as unfinished:
        write_register_template(unfinished, place, lang=lang)


def _write_nominee_sheet(path: Path, place: "Workspace", lang: "Lang", table: str, *, year: str | None, award: str | None, giver: str | None) -> int:
    """Write the sheet, and say the year it is for."""
    import datetime

    from simulator.rules.loading import load_criteria
    from simulator.scoring.award_order import awards_in_order, say_left_out
    from simulator.workbook.codes import Problems
    from simulator.workbook.deciding_year import warn_if_not_in_force
    from simulator.workbook.template import write_template

    # A sheet is filled for the year that is ending; another is named.
    of_year = whole_number("year", year, lang) or datetime.datetime.now(tz=datetime.UTC).year
    criteria = load_criteria(table, place)
    with whole_file(path) as unfinished:
        write_template(criteria, unfinished, year=of_year, award=award, lang=lang, giver=giver)
    problems = Problems(criteria.files[-1])
    warn_if_not_in_force(criteria, of_year, problems)
    left_out = say_left_out(criteria, awards_in_order(criteria), criteria.files[-1]) if award is None else ()
    say_findings([*problems.warnings, *left_out], lang)
    return of_year


def score_command(
    context: typer.Context,
    table: TableArgument,
    roster: RosterArgument,
    award: AwardOption = None,
    output: Annotated[list[Path] | None, typer.Option("-o", "--output", metavar="FILE", help=help_key("output-scores"))] = None,
    reasons: Annotated[str | None, typer.Option("--reasons", metavar="failed|all", help=help_key("reasons"))] = None,
    year: YearOption = None,
    on: OnOption = None,
    is_anonymous: AnonymousOption = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Score and rank nominees, and write results with their reasons."""
    words = words_of(context, lang)
    from simulator.presentation.registers.anonymity import hide_in_json
    from simulator.presentation.scores.scores import scores_table
    from simulator.rules.linting import find_register
    from simulator.rules.loading import load_criteria
    from simulator.scoring.scorer import score
    from simulator.workbook.scored import write_reasons, write_scores

    outputs = output or []
    check_forms(outputs, ("xlsx", "csv"), words)
    wanted = None if reasons is None else read_choice("--reasons", reasons, WANTED, words)
    check_not_input(outputs, [roster], words)
    ask = Ask(roster, place_of(context, workspace), words, award, year, on, is_anonymous)
    with ExitStack() as stack:
        files = [(path, stack.enter_context(whole_file(path))) for path in outputs]
        criteria = load_criteria(table, ask.place)
        nominees = _read_nominees(ask, criteria, award)
        nominees = _withhold(ask, nominees) if is_anonymous else nominees
        scores = score(criteria, nominees, award)
        say_findings(scores.notes, words)
        for path, unfinished in files:
            is_csv = path.suffix.lower() == ".csv"
            write = write_reasons if is_csv else write_scores
            write(
                scores,
                unfinished,
                words,
                anonymous=is_anonymous,
                reasons=wanted or ("all" if is_csv else "failed"),
                instruments=find_register(ask.place),
            )
    if as_json:
        data = scores.to_json(anonymous=is_anonymous, reasons=wanted or "failed")
        give(hide_in_json(data, nominees.people) if is_anonymous else data)
    else:
        ready = ["\n" + translate("cli.scores.ready", words, path=short(path)) for path in outputs]
        give(scores_table(scores, words, anonymous=is_anonymous).to_text() + "".join(ready) + ("\n" if ready else ""))


def explain_command(
    context: typer.Context,
    table: TableArgument,
    roster: RosterArgument,
    who: Annotated[str, typer.Option("--who", metavar="ID", help=help_key("who"))],
    award: ExplainedOption = None,
    under: Annotated[str | None, typer.Option("--under", metavar="SET", help=help_key("under"))] = None,
    picture: Annotated[Path | None, typer.Option("--picture", metavar="FILE", help=help_key("picture"))] = None,
    year: YearOption = None,
    on: OnOption = None,
    is_anonymous: AnonymousOption = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Explain one nominee, under one set or two."""
    words = words_of(context, lang)
    from simulator.presentation.scores.explaining import side_by_side

    ask = Ask(roster, place_of(context, workspace), words, award, year, on, is_anonymous)
    pictures = [] if picture is None else [picture]
    check_forms(pictures, ("svg", "png"), words)
    check_not_input(pictures, [roster], words)
    with ExitStack() as stack:
        files = [stack.enter_context(whole_file(path)) for path in pictures]
        sets = [table] if under is None else [table, under]
        explained = [_explain(ask, each, who) for each in sets]
        for unfinished in files:
            _draw(unfinished, explained[0][1], explained[0][2], words)
    if as_json:
        first, *others = (_explanation_as_json(explanation, nominees, anonymous=is_anonymous) for _, explanation, _, nominees in explained)
        give(first if not others else first | {"under": others[0]})
        return
    parts = [explainer.text(explanation) for explainer, explanation, *_ in explained]
    if under is not None:
        titles = [criteria.title.in_language(words) for _, _, criteria, _ in explained]
        parts.append(side_by_side([(explainer, explanation) for explainer, explanation, *_ in explained], titles, words).to_text())
    give("\n".join([*parts, *(translate("cli.picture.ready", words, path=short(path)) + "\n" for path in pictures)]))


def _read_nominees(ask: Ask, criteria: "CriteriaSet", award: str | None) -> "Roster":
    """Read the nominees; warnings about the sheet are said aside."""
    from simulator.workbook.roster import inspect_roster

    of_year, day = whole_number("year", ask.year, ask.lang), read_date(ask.on, ask.lang)
    reading = inspect_roster(ask.roster, criteria, award=award, year=of_year, on=day)
    say_findings(reading.warnings, ask.lang)
    return reading.roster


def _withhold(ask: Ask, nominees: "Roster") -> "Roster":
    """Give the nominees as anonymous readers may know them; whatever is made of them knows no more.

    The key of the codes is made beside the list where there is none, and that is said; a folder that takes none leaves the rows.
    """
    from simulator.presentation.registers.anonymity import anonymous_roster
    from simulator.workbook.pseudonyms import Pseudonyms, key_file

    key = key_file(ask.roster)
    is_new = not key.exists()
    try:
        codes = Pseudonyms.beside(ask.roster, may_create=True).codes(nominees.people.ids)
    except OSError as problem:
        reason = translate(f"finding.word.{reason_of(problem).removeprefix('@')}", ask.lang)
        say(translate("cli.key.none", ask.lang, reason=reason))
        codes = ()
    if is_new and codes:
        say(translate("cli.key.made", ask.lang, path=short(key)))
    return anonymous_roster(nominees, codes)


def _explain(ask: Ask, table: str, who: str) -> "tuple[Explainer, Explanation, CriteriaSet, Roster]":
    from simulator.presentation.registers.anonymity import code_by_row
    from simulator.presentation.scores.explaining import Explainer
    from simulator.rules.linting import find_register
    from simulator.rules.loading import load_criteria
    from simulator.scoring.explanation import choose_award, explain, find_nominee

    criteria = load_criteria(table, ask.place)
    award = choose_award(criteria, ask.award)
    nominees = _read_nominees(ask, criteria, award)
    codes: dict[str, str] = {}
    if ask.is_anonymous:
        named, nominees = nominees, _withhold(ask, nominees)
        codes = code_by_row(nominees.people)
        who = who if who in nominees.people.codes else str(named.rows[find_nominee(named, who)])
        who = next((row for row, code in codes.items() if code == who), who)
    explainer = Explainer(criteria, nominees.year, ask.lang, instruments=find_register(ask.place), anonymous=ask.is_anonymous, codes=codes)
    return explainer, explain(criteria, nominees, who, award), criteria, nominees


def _explanation_as_json(explanation: "Explanation", nominees: "Roster", *, anonymous: bool) -> dict[str, object]:
    from simulator.presentation.registers.anonymity import hide_in_explanation

    data = explanation.to_json(anonymous=anonymous)
    return hide_in_explanation(data, nominees.people) if anonymous else data


def _draw(path: Path, explanation: "Explanation", criteria: "CriteriaSet", lang: "Lang") -> None:
    from simulator.presentation.results.waterfall import draw_waterfall

    drawing = draw_waterfall(explanation, criteria, lang)
    if path.suffix.lower() == ".png":
        path.write_bytes(drawing.to_png())
    else:
        path.write_text(drawing.to_svg_file(), encoding="utf-8")
    say(drawing.says)
