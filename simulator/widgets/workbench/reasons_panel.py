"""Why one nominee stands as it does: asked for by name, told clause by clause, with the smallest change that would have changed it."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import ipywidgets as widgets

from simulator.presentation.i18n import translate
from simulator.presentation.scores.explaining import Explainer
from simulator.presentation.scores.scores import call_nominee, standings
from simulator.scoring.explanation import explain

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.rules.citation import InstrumentRegister
    from simulator.scoring.scores import Scores
    from simulator.widgets.looks import Alarm

_MOST_OFFERED: Final = 500
"""Nominees whose reasons can be asked for by name on the page; the workbook has those of all."""


class ReasonsPanel:
    """Two lists, of awards and of nominees, and the reasons.

    Parameters
    ----------
    register
        The instruments known.
    lang
        Language of the words.
    alarm
        Where a failure is told.
    """

    def __init__(self, register: InstrumentRegister, lang: Lang, alarm: Alarm) -> None:
        self.register, self.lang = register, lang

        def choice(key: str) -> widgets.Dropdown:
            layout = widgets.Layout(width="100%", max_width="640px")  # one each: the first is hidden by itself
            return widgets.Dropdown(description=translate(f"workbench.score.{key}", lang), style={"description_width": "140px"}, layout=layout)

        self.of_award, self.who = choice("of-award"), choice("who")
        self.reasons = widgets.HTML()
        self.scores: Scores | None = None
        self._is_anonymous = False
        for chosen in (self.of_award, self.who):
            chosen.observe(alarm.guard(lambda _: self._explain()), names="value")

    def clear(self) -> None:
        """Leave nothing of the reasons told."""
        self.scores, self.reasons.value = None, ""

    def offer(self, scores: Scores, *, anonymous: bool) -> None:
        """Offer the nominees of a list.

        Parameters
        ----------
        scores
            How they stand.
        anonymous
            Whether they are called by their rows.
        """
        nobody = (translate("workbench.score.nobody", self.lang), 0)
        self.who.options = [nobody]  # nobody of the list before is asked about while the awards change
        self.scores, self._is_anonymous = scores, anonymous
        names = {name: award.title.in_language(self.lang) for name, award in scores.criteria.awards.items()}
        awards = [(names[result.award], result.award) for result in scores.results if result.award is not None]
        self.of_award.options = awards
        self.of_award.layout.display = "" if len(awards) > 1 else "none"
        listed = list(standings(replace(scores, results=scores.results[:1]), self.lang, anonymous=anonymous))[:_MOST_OFFERED]
        called = [(call_nominee(each, self.lang), each.row) for each in listed]
        self.who.options = [nobody, *called]
        self.who.index = None  # a page that is told other choices and the same place shows none of them
        self.who.index = 0

    def _explain(self) -> None:
        self.reasons.value = ""
        if self.scores is None or not self.who.value:
            return
        scores = self.scores
        position = [int(row) for row in scores.roster.rows].index(self.who.value)
        found = explain(scores.criteria, scores.roster, scores.roster.people.ids[position] or self.who.value, self.of_award.value)
        explainer = Explainer(scores.criteria, scores.roster.year, self.lang, instruments=self.register, anonymous=self._is_anonymous)
        lines = [
            explainer.heading(found),
            translate("explain.decision", self.lang, decision=explainer.decision(found.decision, found.award)),
            explainer.first_failed(found),
            *explainer.change(found),
            translate("explain.disclaimer", self.lang),
        ]
        said = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
        self.reasons.value = f'<div role="status">{said}</div>{explainer.table(found).to_html()}'
