"""What a drafter takes to the office: the comparison table, and the full report, made beside the page while it stays in use."""

from __future__ import annotations

import datetime
import html
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import ipywidgets as widgets

from simulator.errors import InputError
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_number
from simulator.presentation.program_name import program_from_anywhere
from simulator.presentation.results.clause_effects import clause_effects
from simulator.presentation.rules.assumption_words import assumption_names
from simulator.presentation.rules.comparison_table import comparison_table
from simulator.rules.assembly import stack_over
from simulator.rules.diffing import diff
from simulator.whole_files import whole_file
from simulator.widgets.drafting.draft import DRAFT_ID, FILE_SHOWN
from simulator.widgets.looks import Remark, paragraph, title, words
from simulator.widgets.workbench.downloads import file_name, link_to, made, ready
from simulator.widgets.workbench.report_files import (
    check_changed,
    comparison_command,
    draft_files,
    numbers_command,
    report_command,
    scenario_id,
)
from simulator.widgets.workbench.running import Run
from simulator.workbook.comparisons import write_comparison_book

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from simulator.experiments.results.comparison import Comparison
    from simulator.presentation.numbers import Lang
    from simulator.presentation.results.clause_effects import ClauseEffects
    from simulator.presentation.rules.comparison_table import ComparisonTable
    from simulator.rules.values import Text
    from simulator.widgets.drafting.state import Made, State
    from simulator.widgets.looks import Alarm

REPLICATIONS: Final = 20
YEARS: Final = 10
_MOST_REPLICATIONS, _MOST_YEARS = 200, 30
_BYTES_A_SECOND: Final = 700_000
"""How fast files are handed to the page: a server drops what comes faster than a million bytes a second."""
_LAST_LINES: Final = 6


class Work:
    """What a session has running; it stays when the page is laid out in another language.

    Attributes
    ----------
    comparison, report
        The comparison table as a document, and the report.
    lang, name
        In what language the report speaks, and the id of its draft.
    inputs
        The files the report is made from: whoever checks it needs them.
    shelf, is_kept
        Where the report goes beside the page, and whether it went there.
    size
        How many replications and years the report is made with.
    table_of, report_of
        What the table and the report are made of.
    book
        Name and content of the comparison table as a workbook, and its language.
    """

    def __init__(self) -> None:
        self.comparison, self.report = Run(), Run()
        self.lang: Lang = "vi"
        self.name = DRAFT_ID
        self.inputs: dict[str, str] = {}
        self.shelf: Path | None = None
        self.is_kept: bool | None = None
        self.size: dict[str, int] = {}
        self.table_of: Made | None = None
        self.report_of: Made | None = None
        self.book: tuple[str, bytes] | None = None

    def close(self) -> None:
        """End what is at work."""
        for run in (self.comparison, self.report):
            run.cancel()


class ReportPanel:
    """Buttons for the comparison table and the report, how far they are, and what they made.

    Parameters
    ----------
    state
        Whose draft it is.
    lang
        Language of the words and of what is made.
    alarm
        Where a failure is told.
    work
        What is running already.
    words_of
        Gives the title and the reason of the draft, as far as they are typed.
    can_save
        Whether the report is also put among the reports of the workspace.
    """

    def __init__(
        self,
        state: State,
        lang: Lang,
        alarm: Alarm,
        work: Work | None = None,
        words_of: Callable[[], tuple[Text | None, Text | None]] = lambda: (None, None),
        *,
        can_save: bool = True,
    ) -> None:
        self.state, self.lang, self.work, self.can_save = state, lang, work or Work(), can_save
        self._words_of = words_of
        auto = widgets.Layout(width="auto")
        size = {"style": {"description_width": "140px"}, "layout": widgets.Layout(width="260px")}
        self.book, self.document, self.start, self.cancel = (
            widgets.Button(description=translate(f"workbench.report.{name}", lang), layout=auto) for name in ("book", "document", "start", "cancel")
        )
        self.replications = widgets.BoundedIntText(
            value=REPLICATIONS, min=2, max=_MOST_REPLICATIONS, description=translate("workbench.report.replications", lang), **size
        )
        self.years = widgets.BoundedIntText(value=YEARS, min=1, max=_MOST_YEARS, description=translate("workbench.report.years", lang), **size)
        self.chosen = (self.replications, self.years)
        self.tables, self.status, self.links, self.how = widgets.HTML(), widgets.HTML(), widgets.VBox(), widgets.HTML()
        self.no_table, self.no_report = Remark(lang), Remark(lang)
        self.stale_table, self.stale_report = widgets.HTML(), widgets.HTML()
        self.panel = widgets.VBox(
            [
                title(translate("workbench.report.table", lang)),
                words(translate("workbench.report.table.opening", lang)),
                widgets.HBox([self.book, self.document]),
                self.no_table.label,
                self.stale_table,
                self.tables,
                title(translate("workbench.report.full", lang)),
                words(translate("workbench.report.full.opening", lang)),
                widgets.HBox([self.replications, self.years], layout=widgets.Layout(flex_flow="row wrap")),
                widgets.HBox([self.start, self.cancel]),
                self.no_report.label,
                self.stale_report,
                self.status,
                self.links,
                self.how,
            ]
        )
        self.comparison: Comparison | None = None
        self.book.on_click(alarm.guard(lambda _: self._make(self._give_book, self.no_table)))
        self.document.on_click(alarm.guard(lambda _: self._make(self._start_document, self.no_table)))
        self.start.on_click(alarm.guard(lambda _: self._make(self._start_report, self.no_report)))
        self.cancel.on_click(alarm.guard(lambda _: self.work.report.cancel()))
        self.work.comparison.on_change, self.work.report.on_change = self._show_document, self._show_report
        self._show_report()
        self._show_document()
        self.changed()

    def changed(self) -> None:
        """Say of what was made whether it is still of the draft as it stands; where nothing kept a draft from being made but that nothing was changed, no longer that."""
        now = self.state.made()
        for made_of, label, key in (
            (self.work.table_of, self.stale_table, "workbench.report.table.stale"),
            (self.work.report_of, self.stale_report, "workbench.report.stale"),
        ):
            is_stale = made_of is not None and made_of != now
            label.value = paragraph(translate(key, self.lang), css="tieuchi-warning") if is_stale else ""
        if not self.state.draft.is_unchanged and not self.state.draft.faults:
            self.no_table.clear()
            self.no_report.clear()

    def _make(self, make: Callable[[], None], refused: Remark) -> None:
        """Make something of the draft; what keeps it from being made is told below the buttons."""
        refused.clear()
        try:
            make()
        except InputError as problem:
            refused.tell_of(problem)
        self.changed()

    def show(self, comparison: Comparison | None) -> None:
        """Take what the last trial found; the comparison table tells it beside the clauses."""
        self.comparison = comparison

    def _give_book(self) -> None:
        draft = self.state.draft
        check_changed(draft)
        names = assumption_names(self.state.workspace, self.lang)
        called, why = self._words_of()
        criteria = stack_over(draft.base, draft.overlay(title=called, why=why), DRAFT_ID, FILE_SHOWN)
        table = comparison_table(diff(draft.base, criteria), self.lang, self.state.register, names)
        effects = None if self.comparison is None else self._effects(table, self.comparison)
        name = file_name("comparison", self.lang, "xlsx", self.state.file_id)
        if self.work.table_of != self.state.made():
            self.work.comparison.forget()  # a table of another draft does not lie beside this one
        self.work.table_of = self.state.made()
        self.work.book = name, made(name, lambda path: write_comparison_book(table, path, effects))
        self._show_document()

    def _effects(self, table: ComparisonTable, comparison: Comparison) -> ClauseEffects:
        """Give the effect beside the clauses, with a note that it is that of the trial; the command that would split it knows no draft."""
        effects = clause_effects(table, comparison, comparison.options[-1].id, None, self.lang)
        of_command = translate("redline.note.not-split", self.lang, scenario=comparison.scenario)
        return replace(effects, notes=(translate("workbench.report.book.note", self.lang), *(note for note in effects.notes if note != of_command)))

    def _start_document(self) -> None:
        draft, workspace = self.state.draft, self.state.workspace
        check_changed(draft)
        name = self.state.file_id
        if self.work.table_of != self.state.made():
            self.work.book = None  # as above
        self.work.name, self.work.table_of = name, self.state.made()
        self.work.comparison.start(comparison_command(draft, self.lang, workspace, name), draft_files(draft, workspace, *self._words_of(), name))

    def _show_document(self) -> None:
        """Show what there is of the comparison table: the workbook, and the document or how far it is; what was made first is not lost by the second."""
        run = self.work.comparison
        self.document.disabled = run.phase == "running"
        shown = "" if self.work.book is None else ready(*self.work.book, self.lang)
        if run.phase == "running":
            shown += paragraph(translate("workbench.report.document.making", self.lang))
        elif run.phase == "done":
            for name, content in run.files.items():
                shown += ready(file_name("comparison", self.lang, name.rpartition(".")[2], self.work.name), content, self.lang)
        elif run.phase == "failed":
            shown += _said(run.lines)
        self.tables.value = shown

    def _start_report(self) -> None:
        draft, workspace = self.state.draft, self.state.workspace
        check_changed(draft)
        name = self.work.name = self.state.file_id
        self.work.lang, self.work.is_kept = self.lang, None
        self.work.shelf = workspace.output / f"{name}-{draft.criteria.content_hash[:8]}" if self.can_save else None
        size = self.work.size = {"replications": self.replications.value, "years": self.years.value}
        self.work.report_of = self.state.made()
        today = datetime.datetime.now(tz=datetime.UTC).astimezone().date()
        self.work.inputs = draft_files(draft, workspace, *self._words_of(), name)
        self.work.report.start(report_command(self.lang, workspace, **size, overlay_id=name, on=today), self.work.inputs)

    def _show_report(self) -> None:
        run = self.work.report
        self.start.disabled = run.phase == "running"
        self.cancel.disabled = run.phase != "running"
        if run.phase == "idle":
            return
        if run.phase != "done":
            self.how.value = ""
        if run.phase == "running":
            self.links.children = ()
            lines = run.lines[-_LAST_LINES:] if self.work.lang == self.lang else []  # the program speaks the language it was started in
            last = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
            self.status.value = f'<div role="status">{paragraph(translate("workbench.report.making", self.lang))}<ul>{last}</ul></div>'
        elif run.phase == "cancelled":
            self.status.value = paragraph(translate("workbench.report.cancelled", self.lang))
        elif run.phase == "failed":
            self.status.value = paragraph(translate("workbench.report.failed", self.lang)) + _said(run.lines)
        else:
            seconds = format_number(run.seconds, self.lang, 0)
            if self.work.is_kept is None:
                self.work.is_kept = self._put_up()
            done = translate("workbench.report.done", self.lang, seconds=seconds)
            self.status.value = f'<div role="status">{paragraph(done)}</div>'
            self.how.value = "".join(map(paragraph, (self._say_kept(), self._say_how_to_check(), self._say_how_to_find_again())))
            files = {f"{self.work.name}.{name}": content for name, content in run.files.items()}
            files |= {name: content.encode() for name, content in self.work.inputs.items()}
            threading.Thread(target=self._hand_over, args=(files,), daemon=True).start()

    def _say_kept(self) -> str:
        if self.work.is_kept and self.work.shelf is not None:
            return translate("workbench.report.kept", self.lang, folder=self.state.workspace.show(self.work.shelf))
        return translate("workbench.report.not-kept", self.lang)

    def _say_how_to_check(self) -> str:
        """Say what a check needs: the draft lies in no workspace, so that its files have to lie beside the report."""
        name = self.work.name
        files = {"overlay": f"{name}.yaml", "scenario": f"{scenario_id(name)}.yaml", "report": f"{name}.report.{self.work.lang}.html"}
        return translate("workbench.report.verify", self.lang, program=program_from_anywhere(), **files)

    def _say_how_to_find_again(self) -> str:
        """Name the command that finds the same numbers: so many replications, so many years, of all people of the scenario."""
        command = (
            " ".join((program_from_anywhere(), *numbers_command(self.lang, **self.work.size, overlay_id=self.work.name))) if self.work.size else ""
        )
        return command and translate("workbench.report.numbers", self.lang, command=command)

    def _put_up(self) -> bool:
        """Put the report, with what it was made from, among those of the workspace, where one may write; elsewhere it is carried away only."""
        shelf = self.work.shelf
        try:
            if shelf is not None:
                shelf.mkdir(parents=True, exist_ok=True)
                for name, content in {**self.work.report.files, **{name: text.encode() for name, text in self.work.inputs.items()}}.items():
                    with whole_file(shelf / name) as unfinished:
                        unfinished.write_bytes(content)
                return True
        except OSError:
            pass
        return False

    def _hand_over(self, files: dict[str, bytes]) -> None:
        """Give the files to the page one after the other, no faster than a server passes them on."""
        self.links.children = ()
        for name, content in files.items():
            self.links.children = (*self.links.children, widgets.HTML(f"<p>{link_to(name, content, self.lang)}</p>"))
            time.sleep(len(content) * 4 / 3 / _BYTES_A_SECOND)


def _said(lines: list[str]) -> str:
    """Tell what the program said before it gave up."""
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines[-2 * _LAST_LINES :])
    return f'<div role="alert" class="tieuchi-error"><ul>{items}</ul></div>'
