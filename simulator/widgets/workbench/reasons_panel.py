"""Why one nominee stands as it does: asked for by name, told clause by clause, with the smallest change that would have changed it."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count
from simulator.presentation.scores.explaining import Explainer
from simulator.presentation.scores.scores import call_nominee, standings
from simulator.scoring.achievement_names import without_marks
from simulator.scoring.explanation import explain
from simulator.widgets.looks import paragraph
from simulator.widgets.tab_memory import UNKEPT

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.rules.citation import InstrumentRegister
    from simulator.scoring.scores import Scores
    from simulator.widgets.looks import Alarm

_MOST_OFFERED: Final = 500
"""Nominees one list to choose from holds; of a longer roster the others are found by a part of their name."""


class ReasonsPanel:
    """Two lists, of awards and of nominees, and the reasons; a field to search by name where nominees are too many for a list.

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

        def field(kind: type[widgets.DOMWidget], key: str, **more: Any) -> Any:
            layout = widgets.Layout(width="100%", max_width="640px")  # one each: some are hidden by themselves
            return kind(description=translate(f"workbench.score.{key}", lang), style={"description_width": "140px"}, layout=layout, **more)

        self.of_award, self.who = field(widgets.Dropdown, "of-award"), field(widgets.Dropdown, "who")
        # Sent when it is left, as every field of the page: on each letter, a press of a button that follows would come before the last of them.
        self.search = field(widgets.Text, "search", placeholder=translate("workbench.score.search-hint", lang), continuous_update=False)
        self.search.add_class(UNKEPT)
        self.found, self.reasons = widgets.HTML(), widgets.HTML()
        self.panel = widgets.VBox([self.of_award, self.search, self.found, self.who, self.reasons])
        self.scores: Scores | None = None
        self._is_anonymous = False
        self._called: list[tuple[str, int]] = []
        self._offer([])
        self.search.observe(alarm.guard(lambda _: self._look_up()), names="value")
        for chosen in (self.of_award, self.who):
            chosen.observe(alarm.guard(lambda _: self._explain()), names="value")

    def clear(self) -> None:
        """Leave nothing of the nominees, nor of the reasons told."""
        self.scores, self.reasons.value = None, ""
        self._offer([])

    def offer(self, scores: Scores, *, anonymous: bool) -> None:
        """Offer the nominees of a list.

        Parameters
        ----------
        scores
            How they stand.
        anonymous
            Whether they are called by their rows.
        """
        self.clear()  # nobody of the list before is asked about while the awards change
        self.scores, self._is_anonymous = scores, anonymous
        names = {name: award.title.in_language(self.lang) for name, award in scores.criteria.awards.items()}
        awards = [(names[result.award], result.award) for result in scores.results if result.award is not None]
        self.of_award.options = awards
        self.of_award.layout.display = "" if len(awards) > 1 else "none"
        first = replace(scores, results=scores.results[:1])
        self._offer([(call_nominee(each, self.lang), each.row) for each in standings(first, self.lang, anonymous=anonymous)])

    def _offer(self, called: list[tuple[str, int]]) -> None:
        """Offer nominees under the names they are called by."""
        self._called = called
        is_searched = len(called) > _MOST_OFFERED
        for shown in (self.search, self.found):
            shown.layout.display = "" if is_searched else "none"
        self.search.value = ""
        self._look_up()

    def _look_up(self) -> None:
        """Put those on the list whose name, id or row has what is typed in it, with or without its marks."""
        typed = without_marks(self.search.value)
        found = [each for each in self._called if typed in without_marks(each[0])]
        key = "listed-some" if len(found) > _MOST_OFFERED else "listed" if found else "listed-none"
        counts = {"shown": min(len(found), _MOST_OFFERED), "found": len(found), "all": len(self._called)}
        told = translate(f"workbench.score.{key}", self.lang, **{name: format_count(n, self.lang) for name, n in counts.items()})
        self.found.value = f'<div role="status">{paragraph(told, css="tieuchi-small")}</div>' if self._called else ""
        self.who.options = [(translate("workbench.score.nobody", self.lang), 0), *found[:_MOST_OFFERED]]
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
