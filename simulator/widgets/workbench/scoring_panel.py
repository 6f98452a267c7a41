"""Try a list of nominees on the draft as it stands: who gets what and why, and whom the changes concern."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import ipywidgets as widgets

from simulator.errors import InputError
from simulator.presentation.i18n import translate
from simulator.presentation.registers.anonymity import anonymous_roster
from simulator.presentation.scores.score_changes import changes_table
from simulator.presentation.scores.scores import scores_table
from simulator.scoring.explanation import DEFAULT_AWARD
from simulator.scoring.scorer import score
from simulator.widgets.looks import paragraph, reasons_of, words
from simulator.widgets.workbench.downloads import file_name, made, ready
from simulator.widgets.workbench.handing import HandingPanel
from simulator.widgets.workbench.reasons_panel import ReasonsPanel
from simulator.widgets.workbench.uploads import on_disk, say_limits
from simulator.workbook.roster import RosterReading, inspect_roster
from simulator.workbook.scored import write_scores
from simulator.workbook.template import write_template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.errors import Finding
    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.scores import Scores
    from simulator.widgets.drafting.draft import Draft
    from simulator.widgets.drafting.state import State
    from simulator.widgets.looks import Alarm
    from simulator.widgets.workbench.handing import Handed
    from simulator.widgets.workbench.uploads import Uploaded

LIST: Final = "upload"
"""The button that takes the list."""
_YEARS: Final = (1950, 2100)
_NO_YEAR: Final = frozenset({"WB527"})
_NO_COLUMN: Final = "WB514"


class ScoringPanel(HandingPanel):
    """A list of nominees, scored by the draft and by the set it began as.

    Parameters
    ----------
    state
        Whose draft it is.
    lang, alarm
        As of every panel.
    handed
        The list, if there is one already.
    """

    def __init__(self, state: State, lang: Lang, alarm: Alarm, handed: Handed | None = None) -> None:
        super().__init__(state.workspace, lang, alarm, "score", (LIST,), handed)
        self.state, self.upload = state, self.uploads[LIST]
        wide = {"style": {"description_width": "140px"}, "layout": widgets.Layout(width="100%", max_width="640px")}
        self.award = widgets.Dropdown(description=translate("workbench.score.award", lang), **wide)
        low, high = _YEARS
        this_year = datetime.datetime.now(tz=datetime.UTC).year
        self.year = widgets.BoundedIntText(value=this_year, min=low, max=high, description=translate("workbench.score.year", lang), **wide)
        self.anonymous = widgets.Checkbox(
            value=False, description=translate("workbench.score.anonymous", lang), indent=False, layout=widgets.Layout(width="100%")
        )
        self.chosen = (self.award, self.year, self.anonymous)
        self.template, self.book = self.button("workbench.score.template", self._give_template), self.button("workbench.score.book", self._carry)
        for button in (self.template, self.book):
            button.layout.align_self = "flex-start"
        self.form, self.table, self.changed, self.carried = (widgets.HTML() for _ in range(4))
        self.asked = ReasonsPanel(state.register, lang, alarm)
        self._draft: Draft | None = None
        self._scored: Draft | None = None
        self.scores: Scores | None = None
        self.anonymous.observe(alarm.guard(lambda _: self.work()), names="value")
        self.panel = self._laid_out()
        if self.handed:
            self._say_stale()

    def _laid_out(self) -> widgets.VBox:
        shown = [self.table, self.changed, self.asked.panel, self.book, self.carried]
        self.results = widgets.VBox(shown, layout=widgets.Layout(display="none"))
        return widgets.VBox(
            [
                words(translate("workbench.score.opening", self.lang)),
                words(say_limits(self.lang), css="tieuchi-small"),
                self.award,
                self.year,
                self.template,
                self.form,
                self.upload.panel,
                self.held,
                self.anonymous,
                widgets.HBox([self.again, self.forget]),
                self.status,
                self.results,
            ]
        )

    def show(self, draft: Draft) -> None:
        """Take the draft as it is now; what was scored by another stays, and says so."""
        if self._draft is None or self._draft.base is not draft.base:
            self._offer(draft.base)
            self.form.value = ""
        self._draft = draft
        if self.scores is not None and self._scored is not draft:
            self._say_stale()

    def _offer(self, base: CriteriaSet) -> None:
        titles = [(award.title.in_language(self.lang), name) for name, award in base.awards.items()]
        self.award.options = [(translate("workbench.score.every-award", self.lang), ""), *titles]
        self.award.value = DEFAULT_AWARD if DEFAULT_AWARD in base.awards else ""

    def _say_stale(self) -> None:
        self._say(translate("workbench.score.stale", self.lang), css="tieuchi-warning")

    def _give_template(self) -> None:
        try:
            criteria = self.state.rules()
        except InputError as problem:  # said here: nobody looks for it at the top of the page
            kept_from = paragraph(f"{translate('workbench.score.no-template', self.lang)}\n{reasons_of(problem, self.lang)}", css="tieuchi-error")
            self.form.value = f'<div role="alert">{kept_from}</div>'
            return
        award, year = self.award.value or None, self.year.value
        name = file_name("nominees", self.lang, "xlsx", self.state.shown_id)
        content = made(name, lambda path: write_template(criteria, path, year=year, award=award, lang=self.lang))
        self.form.value = ready(name, content, self.lang)

    def _clear(self) -> None:
        self.scores = self._scored = None
        self.results.layout.display = "none"
        self.asked.clear()
        for shown in (self.table, self.changed, self.carried):
            shown.value = ""

    def _results(self, file: Uploaded) -> str:
        draft = self.state.draft
        reading, scores = self._scored_by(self.state.rules(), file)
        self.scores, self._scored, self._n_rows[LIST] = scores, draft, reading.roster.n_nominees
        self.table.value = scores_table(scores, self.lang, anonymous=self.anonymous.value, on_page=True).to_html()
        self.changed.value = self._say_changed(draft, scores, file)
        self.asked.offer(scores, anonymous=self.anonymous.value)
        self.results.layout.display = ""
        return self._say_year(scores) + self._told((*reading.warnings, *scores.notes), is_alert=False)

    def _titles(self) -> Mapping[str, str]:
        criteria = self.state.draft.sound.criteria
        held = {**criteria.awards, **dict(criteria.iter_clauses())}
        return {path: each.title.in_language(self.lang) for path, each in held.items()}

    def _told(self, findings: Sequence[Finding], *, is_alert: bool = True) -> str:
        """Tell findings; who lacks columns may not know that there is a sheet with all of them."""
        lacks = any(finding.code == _NO_COLUMN for finding in findings)
        help_ = paragraph(translate("workbench.score.sheet-has-columns", self.lang)) if lacks else ""
        return super()._told(findings, is_alert=is_alert) + help_

    def _scored_by(self, criteria: CriteriaSet, file: Uploaded) -> tuple[RosterReading, Scores]:
        award = self.award.value or None
        reading = read_nominees(file, criteria, award, self.year.value)
        roster = anonymous_roster(reading.roster) if self.anonymous.value else reading.roster
        return reading, score(criteria, roster, award)

    def _say_year(self, scores: Scores) -> str:
        """Say that the year of the list went before that of the page, where they differ."""
        year, typed = scores.roster.year, self.year.value
        if year == typed:
            return ""
        return paragraph(translate("workbench.score.year-of-list", self.lang, year=str(year), typed=str(typed)), css="tieuchi-warning")

    def _say_changed(self, draft: Draft, scores: Scores, file: Uploaded) -> str:
        """Score by the base as well, and tell who stands differently; a list that lacks what only the base asks for says what."""
        if draft.is_unchanged:
            return paragraph(translate("workbench.score.unchanged", self.lang), css="tieuchi-small")
        try:
            _, before = self._scored_by(draft.base, file)
        except InputError as problem:
            return paragraph(translate("workbench.score.base-failed", self.lang)) + self._told(problem.findings, is_alert=False)
        return changes_table(before, scores, self.lang, anonymous=self.anonymous.value).to_html()

    def _carry(self) -> None:
        if self.scores is None:
            return
        scores, name = self.scores, file_name("scores", self.lang, "xlsx", self.state.shown_id)
        is_anonymous = self.anonymous.value
        content = made(name, lambda path: write_scores(scores, path, self.lang, anonymous=is_anonymous, instruments=self.state.register))
        self.carried.value = ready(name, content, self.lang)


def read_nominees(file: Uploaded, criteria: CriteriaSet, award: str | None, year: int) -> RosterReading:
    """Read a list of nominees as a command does.

    Parameters
    ----------
    file
        The list.
    criteria, award
        What it is to be scored by.
    year
        The year being decided, for a list that does not say it.

    Raises
    ------
    InputError
        With every finding, by sheet and cell.
    """
    with on_disk({LIST: file}) as lying:
        path = lying.paths[LIST]
        try:
            reading = inspect_roster(path, criteria, award=award)
        except InputError as problem:
            if {finding.code for finding in problem.findings} != _NO_YEAR:
                raise
            reading = inspect_roster(path, criteria, award=award, year=year)
        return RosterReading(replace(reading.roster, file=LIST), tuple(lying.told(reading.warnings)))
