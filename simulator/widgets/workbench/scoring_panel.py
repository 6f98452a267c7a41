"""Try a list of nominees on the draft as it stands: who gets what and why, and whom the changes concern."""

from __future__ import annotations

import datetime
import html
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import ipywidgets as widgets

from simulator.errors import InputError
from simulator.presentation.i18n import translate
from simulator.presentation.registers.anonymity import anonymous_roster
from simulator.presentation.scores.explaining import Explainer
from simulator.presentation.scores.score_changes import changes_table
from simulator.presentation.scores.scores import scores_table, standings
from simulator.scoring.explanation import DEFAULT_AWARD, explain
from simulator.scoring.scorer import score
from simulator.widgets.looks import paragraph, words
from simulator.widgets.workbench.downloads import made, ready
from simulator.widgets.workbench.uploads import Upload, on_disk, say_limits, told
from simulator.workbook.roster import RosterReading, inspect_roster
from simulator.workbook.scored import write_scores
from simulator.workbook.template import write_template

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.scores import Scores
    from simulator.widgets.drafting.draft import Draft
    from simulator.widgets.drafting.state import State
    from simulator.widgets.looks import Alarm
    from simulator.widgets.workbench.uploads import Uploaded

_YEARS: Final = (1950, 2100)
_MOST_OFFERED: Final = 500
"""Nominees whose reasons can be asked for by name on the page; the workbook has those of all."""
_NO_YEAR: Final = frozenset({"WB527"})


@dataclass
class HandedList:
    """The list somebody handed over; it stays when the page is laid out in another language, and goes with the session."""

    file: Uploaded | None = None


class ScoringPanel:
    """A list of nominees, scored by the draft and by the set it began as.

    Parameters
    ----------
    state
        Whose draft it is.
    lang
        Language of the words.
    alarm
        Where a failure is told.
    handed
        The list, if there is one already.
    """

    def __init__(self, state: State, lang: Lang, alarm: Alarm, handed: HandedList | None = None) -> None:
        self.state, self.lang, self.handed = state, lang, handed or HandedList()
        wide = {"style": {"description_width": "140px"}, "layout": widgets.Layout(width="100%", max_width="640px")}
        auto = widgets.Layout(width="auto", align_self="flex-start")
        self.award = widgets.Dropdown(description=translate("workbench.score.award", lang), **wide)
        low, high = _YEARS
        self.year = widgets.BoundedIntText(
            value=datetime.datetime.now(tz=datetime.UTC).year, min=low, max=high, description=translate("workbench.score.year", lang), **wide
        )
        self.anonymous = widgets.Checkbox(
            value=False, description=translate("workbench.score.anonymous", lang), indent=False, layout=widgets.Layout(width="100%")
        )
        self.template = widgets.Button(description=translate("workbench.score.template", lang), layout=auto)
        self.form = widgets.HTML()
        self.upload = Upload(translate("workbench.score.upload", lang), lang, alarm, self._receive, self._refuse)
        self.again = widgets.Button(description=translate("workbench.score.again", lang), layout=auto, disabled=True)
        self.forget = widgets.Button(description=translate("workbench.upload.forget", lang), layout=auto, disabled=True)
        self.held, self.status, self.table, self.changed = widgets.HTML(), widgets.HTML(), widgets.HTML(), widgets.HTML()
        own = {**wide, "layout": widgets.Layout(width="100%", max_width="640px")}  # it is hidden by itself
        self.of_award = widgets.Dropdown(description=translate("workbench.score.of-award", lang), **own)
        self.who = widgets.Dropdown(description=translate("workbench.score.who", lang), **wide)
        self.reasons = widgets.HTML()
        self.book = widgets.Button(description=translate("workbench.score.book", lang), layout=auto)
        self.carried = widgets.HTML()
        self.results = widgets.VBox(
            [self.table, self.changed, self.of_award, self.who, self.reasons, self.book, self.carried], layout=widgets.Layout(display="none")
        )
        self.panel = widgets.VBox(
            [
                words(translate("workbench.score.opening", lang)),
                words(say_limits(lang), css="tieuchi-small"),
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
        self._draft: Draft | None = None
        self._scored: Draft | None = None
        self.scores: Scores | None = None
        self.template.on_click(alarm.guard(lambda _: self._give_template()))
        self.again.on_click(alarm.guard(lambda _: self._score()))
        self.forget.on_click(alarm.guard(lambda _: self._forget()))
        self.anonymous.observe(alarm.guard(lambda _: self._score()), names="value")
        self.of_award.observe(alarm.guard(lambda _: self._explain()), names="value")
        self.who.observe(alarm.guard(lambda _: self._explain()), names="value")
        self.book.on_click(alarm.guard(lambda _: self._carry()))
        if self.handed.file is not None:
            self._say_held()
            self._say_stale()

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

    def _say_held(self) -> None:
        file = self.handed.file
        self.held.value = "" if file is None else paragraph(translate("workbench.upload.held", self.lang, name=file.name))
        self.again.disabled = self.forget.disabled = file is None
        self.upload.count(int(file is not None))

    def _say_stale(self) -> None:
        self.status.value = paragraph(translate("workbench.score.stale", self.lang), css="tieuchi-warning")

    def _give_template(self) -> None:
        criteria, award, year = self.state.draft.criteria, self.award.value or None, self.year.value
        name = f"{self.state.expression.replace('+', '_')}.xlsx"
        content = made(name, lambda path: write_template(criteria, path, year=year, award=award, lang=self.lang))
        self.form.value = ready(name, content, self.lang)

    def _receive(self, file: Uploaded) -> None:
        self.handed.file = file
        self._say_held()
        self._score()

    def _refuse(self) -> None:
        """Leave nothing of the list before: it would be taken for the result of the one that was refused."""
        self.handed.file = None
        self._clear()
        self._say_held()

    def _forget(self) -> None:
        self.handed.file = None
        self._clear(translate("workbench.upload.forgotten", self.lang))
        self._say_held()

    def _clear(self, text: str = "") -> None:
        self.scores = self._scored = None
        self.results.layout.display = "none"
        for shown in (self.table, self.changed, self.reasons, self.carried):
            shown.value = ""
        self.status.value = paragraph(text)

    def _score(self) -> None:
        if self.handed.file is None:
            return
        self._clear(translate("workbench.upload.reading", self.lang))
        draft = self.state.draft
        try:
            reading, scores = self._scored_by(draft.criteria)
        except InputError as problem:
            self.status.value = told(problem.findings, self.lang)
            return
        self.scores, self._scored = scores, draft
        self.status.value = self._say_year(scores) + told((*reading.warnings, *scores.notes), self.lang, is_alert=False)
        self.table.value = scores_table(scores, self.lang, anonymous=self.anonymous.value).to_html()
        self._compare(draft)
        self._offer_reasons(scores)
        self.results.layout.display = ""

    def _scored_by(self, criteria: CriteriaSet) -> tuple[RosterReading, Scores]:
        award = self.award.value or None
        if self.handed.file is None:
            raise RuntimeError
        reading = read_nominees(self.handed.file, criteria, award, self.year.value)
        roster = anonymous_roster(reading.roster) if self.anonymous.value else reading.roster
        return reading, score(criteria, roster, award)

    def _say_year(self, scores: Scores) -> str:
        """Say that the year of the list went before that of the page, where they differ."""
        year, typed = scores.roster.year, self.year.value
        if year == typed:
            return ""
        return paragraph(translate("workbench.score.year-of-list", self.lang, year=str(year), typed=str(typed)), css="tieuchi-warning")

    def _compare(self, draft: Draft) -> None:
        """Score by the base as well, and tell who stands differently; a list that lacks what only the base asks for says what."""
        if draft.is_unchanged or self.scores is None:
            self.changed.value = paragraph(translate("workbench.score.unchanged", self.lang), css="tieuchi-small")
            return
        try:
            _, before = self._scored_by(draft.base)
        except InputError as problem:
            self.changed.value = paragraph(translate("workbench.score.base-failed", self.lang)) + told(problem.findings, self.lang, is_alert=False)
            return
        self.changed.value = changes_table(before, self.scores, self.lang, anonymous=self.anonymous.value).to_html()

    def _offer_reasons(self, scores: Scores) -> None:
        nobody = (translate("workbench.score.nobody", self.lang), 0)
        self.who.options = [nobody]  # nobody of the list before is asked about while the awards change
        names = {name: award.title.in_language(self.lang) for name, award in scores.criteria.awards.items()}
        awards = [(names[result.award], result.award) for result in scores.results if result.award is not None]
        self.of_award.options = awards
        self.of_award.layout.display = "" if len(awards) > 1 else "none"
        listed = list(standings(replace(scores, results=scores.results[:1]), self.lang, anonymous=self.anonymous.value))[:_MOST_OFFERED]
        called = [(" · ".join(part for part in (each.name, each.id, str(each.row)) if part), each.row) for each in listed]
        self.who.options = [nobody, *called]
        self.who.index = None  # a page that is told other choices and the same place shows none of them
        self.who.index = 0

    def _explain(self) -> None:
        """Tell of one nominee clause by clause how it stands, and the smallest change that would have changed it."""
        self.reasons.value = ""
        if self.scores is None or not self.who.value:
            return
        scores, is_anonymous = self.scores, self.anonymous.value
        position = [int(row) for row in scores.roster.rows].index(self.who.value)
        found = explain(scores.criteria, scores.roster, scores.roster.people.ids[position] or self.who.value, self.of_award.value)
        explainer = Explainer(scores.criteria, scores.roster.year, self.lang, instruments=self.state.register, anonymous=is_anonymous)
        lines = [
            explainer.heading(found),
            translate("explain.decision", self.lang, decision=explainer.decision(found.decision, found.award)),
            explainer.first_failed(found),
            *explainer.change(found),
            translate("explain.disclaimer", self.lang),
        ]
        said = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
        self.reasons.value = f'<div role="status">{said}</div>{explainer.table(found).to_html()}'

    def _carry(self) -> None:
        if self.scores is None:
            return
        scores, name = self.scores, translate("workbench.score.file", self.lang)
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
    with on_disk(file) as lying:
        path = lying.paths[0]
        if path is None:
            raise RuntimeError
        try:
            reading = inspect_roster(path, criteria, award=award)
        except InputError as problem:
            if {finding.code for finding in problem.findings} != _NO_YEAR:
                raise
            reading = inspect_roster(path, criteria, award=award, year=year)
        return RosterReading(replace(reading.roster, file=file.name), tuple(lying.told(reading.warnings)))
