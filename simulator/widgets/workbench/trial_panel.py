"""What comes of a draft, seen while it is being turned: simulated on a small population, beside the rules it began as."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import ipywidgets as widgets

from simulator.errors import InputError
from simulator.experiments.comparing.trial import DRAFT_OPTION, Trial, trial_scenario
from simulator.experiments.scenarios.option import Option
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.experiments.scenarios.thinning import members_of
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_number
from simulator.presentation.results.headline_table import headline_table, say_headlines
from simulator.presentation.results.trial_figure import draw_trial
from simulator.presentation.rules.criteria_tables import is_playable
from simulator.presentation.rules.refusal_words import say_refusals
from simulator.presentation.wording import compared_names, in_both
from simulator.widgets.looks import AWAITED, BEFORE, Picture, paragraph
from simulator.widgets.served import is_alone

if TYPE_CHECKING:
    from simulator.experiments.results.comparison import Comparison
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet
    from simulator.widgets.drafting.draft import Draft
    from simulator.widgets.looks import Alarm
    from simulator.workspace import Workspace

PEOPLE: Final = "hanoi-2021"
"""The scenario whose people, behaviour and luck drafts are tried on."""
REPLICATIONS: Final = 30
YEARS: Final = 10
_WIDTH: Final = 660


class TrialPanel:
    """A picture of a draft beside its base, and on request the whole table.

    Parameters
    ----------
    workspace
        Where the scenario is found.
    lang
        Language of the words.
    alarm
        Where a failure is told.
    replications, years
        How many times, and how long a draft is simulated.
    trials
        Trials that have been begun, by the base they are of: what a panel before this one has begun is gone on with.
    """

    def __init__(
        self,
        workspace: Workspace,
        lang: Lang,
        alarm: Alarm,
        *,
        replications: int = REPLICATIONS,
        years: int = YEARS,
        trials: dict[str, Trial | None] | None = None,
    ) -> None:
        self.workspace, self.lang = workspace, lang
        self.replications, self.years = replications, years
        self.picture = Picture(_WIDTH)
        self.mark, self.status = widgets.HTML(), widgets.HTML()
        self.whole = widgets.Button(
            description=translate("workbench.trial.whole", lang), layout=widgets.Layout(width="auto", align_self="flex-start")
        )
        self.table = widgets.HTML()
        self.panel = widgets.VBox([self.mark, self.picture.image, self.status, self.whole, self.table])
        self.whole.on_click(alarm.guard(lambda _: self._show_table()))
        self.comparison: Comparison | None = None
        self._trials: dict[str, Trial | None] = {} if trials is None else trials
        self._draft: Draft | None = None
        self._pictured: CriteriaSet | None = None

    def begin(self, base: CriteriaSet) -> None:
        """Say that the years before are being lived under a set, which takes a moment the first time; a picture of another set says so until then."""
        self.status.value = paragraph(translate("workbench.trial.warming-up", self.lang), css="tieuchi-small")
        if self._pictured is not None and self._pictured is not base:
            self.comparison, self.table.value, self.whole.disabled = None, "", True
            self._mark_older("workbench.trial.of-other")

    def show(self, draft: Draft, why_not: str = "") -> None:
        """Simulate a draft and show what comes of it. Of what cannot be simulated it is said why; the last picture of the same set stays, marked as older.

        Parameters
        ----------
        draft
            The draft.
        why_not
            What keeps it from being a set of rules, in one sentence.
        """
        self._draft, self.table.value, self.comparison = draft, "", None
        trial = self._trial_of(draft.base)
        reason = self._reason_against(draft, trial)
        if trial is None or reason:
            self._show_older(draft, why_not or reason, is_readable=not why_not)
            return
        self.picture.image.add_class(AWAITED)
        try:
            self._show_trial(draft, trial)
        finally:
            self.picture.image.remove_class(AWAITED)

    def _show_trial(self, draft: Draft, trial: Trial) -> None:
        started = time.perf_counter()
        self.comparison = trial.compare(draft.criteria, title=in_both("figure.trial.after"))
        drawing = draw_trial(self.comparison, self.lang)
        unturned = translate("workbench.trial.unchanged", self.lang)
        self.picture.show(replace(drawing, says=unturned, alt=f"{unturned} {drawing.alt}") if draft.is_unchanged else drawing)
        self.picture.image.remove_class(BEFORE)
        self.mark.value, self._pictured = self._say_of_what(trial, draft.base), draft.base
        self.whole.disabled = False
        self.status.value = paragraph(self._say_size(trial, time.perf_counter() - started), css="tieuchi-small")

    def prepare(self, draft: Draft) -> None:
        """Work out what a draft would give, so that it is at hand should it be shown next; nothing where its base is not on trial, or it could not be shown."""
        trial = self._trials.get(draft.base.content_hash)
        if trial is not None and not self._reason_against(draft, trial):
            trial.prepare(draft.criteria)

    def _reason_against(self, draft: Draft, trial: Trial | None) -> str:
        """Tell why a draft cannot be simulated: it is no set of rules as it stands, or the model cannot play it; empty where it can."""
        try:
            refused = say_refusals(draft.criteria, self.lang)
        except InputError:
            return translate("workbench.trial.not-readable", self.lang)
        if refused:
            return translate("workbench.trial.refused", self.lang, reasons=refused)
        return translate("workbench.trial.not-playable", self.lang) if trial is None else ""

    def _show_older(self, draft: Draft, said: str, *, is_readable: bool) -> None:
        """Leave the last picture, if it is of the same set, and say that it is older than the last change, and why there is no other."""
        self.whole.disabled = True
        if self._pictured is not draft.base:
            self.picture.image.value = ""
            self.mark.value, self._pictured = "", None
            self.status.value = paragraph(said if is_readable else translate("workbench.trial.not-yet", self.lang, reason=said))
            return
        self._mark_older("workbench.trial.before", reason=said)
        self.status.value = ""

    def _mark_older(self, key: str, **named: str) -> None:
        """Say above the picture what it is of, now that it is not of what stands beside it, and let it fade."""
        self.picture.image.add_class(BEFORE)
        self.mark.value = f'<div role="status">{paragraph(translate(key, self.lang, **named), css="tieuchi-warning")}</div>'

    def scenario(self) -> Scenario | None:
        """Give the scenario of the picture, the draft its last option; ``None`` where there is no picture."""
        if self._draft is None or self.comparison is None:
            return None
        trial = self._trial_of(self._draft.base)
        if trial is None:
            return None
        draft = Option.of(DRAFT_OPTION, in_both("figure.trial.after"), self._draft.criteria)
        return replace(trial.scenario, options=(*trial.scenario.options, draft))

    def _show_table(self) -> None:
        """Apply both sets perfectly as well, and show every headline number with its interval."""
        if self._draft is None:
            return
        trial = self._trial_of(self._draft.base)
        if trial is not None:
            self.comparison = trial.compare(self._draft.criteria, title=in_both("figure.trial.after"), with_lawful_best=True)
            names = compared_names(self.comparison)
            said = "".join(map(paragraph, say_headlines(self.comparison, names, self.lang)))
            self.table.value = headline_table(self.comparison, names, self.lang, is_alone=True).to_html() + said

    def _trial_of(self, base: CriteriaSet) -> Trial | None:
        """Give the trial of a base; ``None`` where the model cannot play it, or nobody could be awarded what is looked at."""
        if base.content_hash not in self._trials:
            trial = self._new_trial(base) if is_playable(base) else None
            self._trials.clear()  # only the last is gone on with
            self._trials[base.content_hash] = trial
        return self._trials[base.content_hash]

    def _new_trial(self, base: CriteriaSet) -> Trial | None:
        scenario = load_scenario(PEOPLE, self.workspace)
        if scenario.focus_award not in base.awards:
            return None
        return Trial(trial_scenario(scenario, base, replications=self.replications, years=self.years), self.workspace, is_alone=is_alone())

    def _say_of_what(self, trial: Trial, base: CriteriaSet) -> str:
        """Say which award the numbers are of: that of the clauses being edited may be another."""
        award = base.awards[trial.scenario.focus_award].title.in_language(self.lang)
        return paragraph(translate("workbench.trial.of", self.lang, award=award), css="tieuchi-small")

    def _say_size(self, trial: Trial, seconds: float) -> str:
        scenario = trial.scenario
        return translate(
            "workbench.trial.size",
            self.lang,
            members=format_count(members_of(scenario.population), self.lang),
            years=str(scenario.years),
            replications=str(scenario.replications),
            seconds=format_number(seconds, self.lang, 1),
        )
