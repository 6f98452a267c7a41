"""What each changed clause contributes to the effect in the picture: bars, worked out when they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ipywidgets as widgets

from simulator.experiments.attribution.coalitions import Coalitions
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_number
from simulator.presentation.program_name import program_name
from simulator.presentation.results.attribution_figures import draw_attribution
from simulator.presentation.terminal import word_progress
from simulator.widgets.looks import Picture, paragraph, words
from simulator.widgets.panel import Panel
from simulator.widgets.workbench.splitting import Splitting, name_of

if TYPE_CHECKING:
    from simulator.experiments.attribution.attribute import Attribution
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.presentation.numbers import Lang
    from simulator.widgets.looks import Alarm
    from simulator.workspace import Workspace

MOST_PARTS: Final = 5
"""Each part more takes twice as long: five take about a quarter of a minute, eight would take minutes."""
_FEWEST_PARTS: Final = 2
_WIDTH: Final = 640


class AttributionPanel(Panel):
    """A button, how far the work is, and the bars.

    Parameters
    ----------
    workspace, lang, alarm
        As of every panel.
    splitting
        What is at work already, or was found.
    """

    def __init__(self, workspace: Workspace, lang: Lang, alarm: Alarm, splitting: Splitting | None = None) -> None:
        super().__init__(workspace, lang, alarm)
        self.splitting = splitting or Splitting()
        self.start = self.button("workbench.attribution.start", self._start)
        self.cancel = self.button("workbench.attribution.cancel", self.splitting.cancel)
        self.status = widgets.HTML()
        self.picture = Picture(_WIDTH)
        opening = words(translate("workbench.attribution.opening", lang), css="tieuchi-small")
        self.panel = widgets.VBox([opening, widgets.HBox([self.start, self.cancel]), self.status, self.picture.image])
        self.scenario: Scenario | None = None
        self._drawn: Attribution | None = None
        self._word, self._told = word_progress(lang, "workbench.attribution.working"), ((0, 0), "")
        self._draw = alarm.guard(self._draw_bars)
        self.splitting.on_change = self._show
        self._show()

    def show(self, scenario: Scenario | None) -> None:
        """Take the scenario of the last picture, the draft its last option; what is at work for another draft is stopped, so that the picture comes first.

        Parameters
        ----------
        scenario
            ``None`` where there is no picture.
        """
        self.scenario = scenario
        if not self._is_current():
            self.splitting.cancel()
        self._show()

    def _is_current(self) -> bool:
        return self.scenario is not None and self.splitting.name == name_of(self.scenario)

    def _start(self) -> None:
        if self.scenario is None:
            return
        n_parts = len(Coalitions(self.scenario.options[-1], self.scenario).parts)
        if _FEWEST_PARTS <= n_parts <= MOST_PARTS:
            self.splitting.start(self.scenario, self.workspace)
            return
        refusal = "too-many" if n_parts > MOST_PARTS else "single" if n_parts else "nothing"
        self._draw_nothing()
        self._say(translate(f"workbench.attribution.{refusal}", self.lang, n=str(n_parts), most=str(MOST_PARTS), program=program_name()))

    def _show(self) -> None:
        work = self.splitting
        is_running, found = work.phase == "running", work.attribution
        self.start.disabled = self.scenario is None or is_running
        self.cancel.disabled = not is_running
        if is_running:
            self._draw_nothing()
            self._say(self._say_how_far(work.done, work.total))
        elif work.phase == "failed" and self._is_current():
            self._say(translate("workbench.attribution.failed", self.lang, reason=work.reason))
        elif work.phase == "cancelled":
            self._say(translate("workbench.attribution.cancelled" if self._is_current() else "workbench.attribution.moved-on", self.lang))
        elif found is not None:
            if found is not self._drawn:
                self._draw(found)
            self._tell(found)
        else:
            self.status.value = ""

    def _say_how_far(self, done: int, total: int) -> str:
        """Say how far the work is and how long the rest takes; asked again at the same place, it says the same."""
        if (done, total) != self._told[0]:
            self._told = (done, total), self._word(done, total)
        return self._told[1] or translate("workbench.attribution.beginning", self.lang)

    def _tell(self, found: Attribution) -> None:
        if self.scenario is None or not self._is_current():
            self._say(translate("workbench.attribution.stale", self.lang), css="tieuchi-warning")
            return
        numbers = {"replications": str(found.replications), "all": str(self.scenario.replications)}
        self._say(translate("workbench.attribution.done", self.lang, seconds=format_number(self.splitting.seconds, self.lang, 0), **numbers))

    def _say(self, text: str, css: str = "tieuchi-small") -> None:
        self.status.value = f'<div role="status">{paragraph(text, css=css)}</div>'

    def _draw_bars(self, found: Attribution) -> None:
        self._drawn = found
        self.picture.show(*draw_attribution(found, found.options[-1], self.lang))

    def _draw_nothing(self) -> None:
        self._drawn, self.picture.image.value = None, ""
