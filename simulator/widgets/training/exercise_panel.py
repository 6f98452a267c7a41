"""One exercise on the page: foresee, turn, see, explain, from the top down on the left and the result on the right."""

from __future__ import annotations

import html
import math
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets

from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.numbers import format_count, format_date
from simulator.presentation.rules.citing import NO_REGISTER, cite
from simulator.presentation.rules.clause_words import say_assumption
from simulator.presentation.wording import sentence_case
from simulator.rules.linting import find_register
from simulator.widgets.looks import Picture, paragraph, title, words
from simulator.widgets.panel import Panel
from simulator.widgets.training.exercise import CountedSpec, ListSpec
from simulator.widgets.training.listed import ListWorld, rows_with_awards
from simulator.widgets.training.reading_picture import draw_readings
from simulator.widgets.training.readings import SAME, measure_name, write_change, write_reading
from simulator.widgets.training.wording import cell_words, choice_words, exercise_words, value_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.presentation.numbers import Lang
    from simulator.rules.citation import Source
    from simulator.widgets.looks import Alarm
    from simulator.widgets.training.exercise import Control, Exercise, Setting
    from simulator.widgets.training.readings import Reading
    from simulator.widgets.training.work import Work
    from simulator.widgets.training.worlds import Trials
    from simulator.workspace import Workspace

_WIDTH: Final = 620
_ROWS_SHOWN: Final = 6
_READ_AS: Final = {"turns_on_the_list": "turn_taking_index", "merit_of_everybody": "merit_kappa"}
_WIDE: Final = {"layout": widgets.Layout(width="100%"), "style": {"description_width": "45%"}}


class ExercisePanel(Panel):
    """An exercise in the state somebody has brought it to.

    Parameters
    ----------
    exercise
        The exercise.
    work
        What was done before.
    trials
        What it gives.
    workspace, lang, alarm
        As of every panel.
    on_work
        Called with the work after each step.
    """

    def __init__(
        self, exercise: Exercise, work: Work, trials: Trials, workspace: Workspace, lang: Lang, alarm: Alarm, on_work: Callable[[Work], None]
    ) -> None:
        super().__init__(workspace, lang, alarm)
        self.exercise, self.work, self.trials = exercise, work, trials
        self._register = find_register(workspace) or NO_REGISTER
        self._on_work = on_work
        self.prediction = widgets.RadioButtons(
            options=[(choice_words(exercise, choice, lang), choice) for choice in exercise.prediction.choices],
            value=work.prediction,
            layout=widgets.Layout(width="100%"),
        )
        self.keep = self.button("training.keep-prediction", self._foresee)
        self.predicted = widgets.HTML()
        self.came = widgets.HTML(layout=widgets.Layout(width="100%"))
        self.controls = {control.id: self._control(control) for control in exercise.controls}
        for control in self.controls.values():
            control.add_class("jupyter-widgets")  # a slider over words lacks it; by it a page gives handles the name they are heard by
        self.restart = self.button("training.restart", self._restart)
        self.reached = widgets.HTML()
        self.picture = Picture(_WIDTH)
        self.table = widgets.HTML(layout=widgets.Layout(width="100%"))
        self.answer = widgets.RadioButtons(
            options=[(exercise_words(exercise, f"why.{answer}", lang), answer) for answer in exercise.explanation.answers],
            value=work.answer,
            layout=widgets.Layout(width="100%"),
        )
        self.explain = self.button("training.answer", self._explain)
        self.feedback = widgets.HTML(layout=widgets.Layout(width="100%"))
        for control in self.controls.values():
            control.observe(alarm.guard(lambda _: self._turn()), names="value")
        self._is_showing = False
        self.panel = self._laid_out()
        self._show()

    def _control(self, control: Control) -> widgets.SelectionSlider | widgets.Dropdown:
        """Make what turns a value: a slider over numbers, a list of words."""
        look: dict[str, Any] = {
            "options": [(value_words(self.exercise, control, value, self.lang), value) for value in control.values],
            "value": self.work.setting.get(control.id, control.start),
            "description": exercise_words(self.exercise, f"control.{control.id}", self.lang),
            **_WIDE,
        }
        return widgets.Dropdown(**look) if control.shown == "words" else widgets.SelectionSlider(continuous_update=False, **look)

    def _laid_out(self) -> widgets.HBox:
        lang, exercise = self.lang, self.exercise

        def step(key: str) -> widgets.HTML:
            return title(translate(f"training.step.{key}", lang), 4)

        left = widgets.VBox(
            [
                words(exercise_words(exercise, "question", lang)),
                step("predict"),
                words(exercise_words(exercise, "predict", lang)),
                self.prediction,
                widgets.HBox([self.keep]),
                self.predicted,
                step("turn"),
                words(exercise_words(exercise, "task", lang)),
                *self.controls.values(),
                widgets.HBox([self.restart]),
                self.reached,
                step("explain"),
                words(exercise_words(exercise, "why", lang)),
                self.answer,
                widgets.HBox([self.explain]),
                self.feedback,
            ],
            layout=widgets.Layout(width="46%", min_width="420px", padding="0 20px 0 0"),
        )
        right = widgets.VBox(
            [step("see"), self.came, self.picture.image, self.table, widgets.HTML(self._rules(), layout=widgets.Layout(width="100%"))],
            layout=widgets.Layout(width="52%", min_width="420px"),
        )
        for pane in (left, right):
            pane.add_class("tieuchi-pane")
        return widgets.HBox([left, right], layout=widgets.Layout(flex_flow="row wrap", width="100%"))

    @property
    def setting(self) -> Setting:
        """What the controls are turned to."""
        return {name: control.value for name, control in self.controls.items()}

    @property
    def _is_turned(self) -> bool:
        return dict(self.setting) != self.exercise.start

    def _foresee(self) -> None:
        if self.prediction.value is None:
            self.predicted.value = paragraph(translate("training.choose-first", self.lang), css="tieuchi-warning")
            return
        self._step(self.work.foresee(self.prediction.value, self.trials))

    def _turn(self) -> None:
        if not self._is_showing:
            former = self.reached.value
            self.reached.value = paragraph(translate("training.working", self.lang), css="tieuchi-small")
            try:
                self._step(self.work.turn(self.setting, self.trials))
            except Exception:
                self.reached.value = former  # nobody shall wait for what has failed
                raise

    def _restart(self) -> None:
        self._is_showing = True
        try:
            for control in self.exercise.controls:
                self.controls[control.id].value = control.start
        finally:
            self._is_showing = False
        self._turn()

    def _explain(self) -> None:
        if self.answer.value is None:
            self.feedback.value = paragraph(translate("training.choose-first", self.lang), css="tieuchi-warning")
            return
        self._step(self.work.explain(self.answer.value, self.exercise))

    def _step(self, work: Work) -> None:
        self.work = work
        self._show()
        self._on_work(work)

    def _show(self) -> None:
        work, lang = self.work, self.lang
        has_foreseen, status = work.prediction is not None, work.status(self.exercise)
        self.prediction.disabled = self.keep.disabled = has_foreseen
        for knob in (*self.controls.values(), self.restart):
            knob.disabled = not has_foreseen
        self.answer.disabled = self.explain.disabled = not work.is_reached or status == "solved"
        self._show_readings(has_foreseen=has_foreseen)  # before it is said what was reached: who reads that, looks here
        self.predicted.value = self._say_prediction()
        self.came.value = self._say_whether_it_came()
        reached = "training.reached" if work.is_reached else "training.not-reached" if has_foreseen else "training.predict-first"
        told = translate(reached, lang, tries=str(work.tries)) if has_foreseen else translate(reached, lang)
        self.reached.value = f'<div role="status">{paragraph(told, css="tieuchi-small")}</div>'
        self.feedback.value = self._say_feedback(status)

    def _show_readings(self, *, has_foreseen: bool) -> None:
        if has_foreseen:
            self.picture.show(draw_readings(self.trials.before, self.trials.read(self.setting), self.lang))
            self.table.value = self._table()
        else:
            self.picture.image.value = paragraph(translate("training.predict-first", self.lang), css="tieuchi-small")
            self.table.value = ""

    def _say_prediction(self) -> str:
        if self.work.prediction is None:
            return ""
        chosen = choice_words(self.exercise, self.work.prediction, self.lang)
        told = paragraph(translate("training.prediction.kept", self.lang, choice=chosen.lower()), css="tieuchi-small")
        return f'<div role="status">{told}</div>'

    def _say_whether_it_came(self) -> str:
        """Tell of a prediction whether it came true; not before the rule is turned, or the exercise would give its own answer away."""
        if self.work.prediction is None or not self.work.is_turned:
            return ""
        chosen = choice_words(self.exercise, self.work.prediction, self.lang).lower()
        if self.work.was_right:
            told = translate("training.prediction.right", self.lang, choice=chosen)
        else:
            truth = choice_words(self.exercise, self.trials.truth(), self.lang).lower()
            told = translate("training.prediction.wrong", self.lang, choice=chosen, truth=truth)
        return f'<div role="status">{paragraph(told)}</div>'

    def _say_feedback(self, status: str) -> str:
        if not self.work.is_reached:
            return paragraph(translate("training.reach-first", self.lang), css="tieuchi-small")
        if self.work.answer is None:
            return ""
        feedback = exercise_words(self.exercise, f"why.{self.work.answer}.feedback", self.lang)
        if status == "solved":
            return f'<div role="status">{paragraph(translate("training.solved", self.lang, feedback=feedback))}</div>'
        return f'<div role="status">{paragraph(translate("training.try-again", self.lang, feedback=feedback), css="tieuchi-warning")}</div>'

    def _table(self) -> str:
        lang = self.lang
        heads = "".join(f"<th>{html.escape(translate(f'training.table.{name}', lang))}</th>" for name in ("measure", "before", "after", "change"))
        rows = "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in self._row(name))}</tr>" for name in self.exercise.measures)
        told = "\n".join([self._note(), *self._say_how_to_read()])
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{paragraph(told, css='tieuchi-small')}"

    def _say_how_to_read(self) -> list[str]:
        """Say what the ends of an index mean, of each that is shown: its name alone tells no trainee what a number below 0 is."""
        keys = (f"training.reading.{_READ_AS.get(name, name)}" for name in self.exercise.measures)
        return [translate(key, self.lang) for key in keys if key in catalogue(self.lang)]

    def _row(self, name: str) -> tuple[str, str, str, str]:
        before, after = self.trials.before[name], self.trials.read(self.setting)[name]
        unturned = translate("training.table.unturned", self.lang)
        moved = write_change(name, self.trials.change(name, self.setting), self.lang) if self._is_turned else unturned
        return sentence_case(measure_name(name, self.lang)), write_reading(name, before, self.lang), write_reading(name, after, self.lang), moved

    def _note(self) -> str:
        spec = self.exercise.world
        if isinstance(spec, CountedSpec):
            return translate("training.table.note-exact", self.lang)
        if isinstance(spec, ListSpec):
            return f"{translate('training.table.note-list', self.lang)} {self._say_unsure()}".strip()
        n = str(spec.replications)
        moved = [self.trials.change(name, self.setting) for name in self.exercise.measures if self._is_turned]
        is_same = any(reading.is_same_every_time for reading in self._readings()) or any(change.is_same_every_time for change in moved)
        same = translate("training.table.note-same", self.lang, same=sentence_case(translate(SAME, self.lang)), n=n) if is_same else ""
        return f"{translate('training.table.note', self.lang, n=n)} {same}".strip()

    def _readings(self) -> list[Reading]:
        return [readings[name] for readings in (self.trials.before, self.trials.read(self.setting)) for name in self.exercise.measures]

    def _say_unsure(self) -> str:
        """Say why a number has no interval, or is none at all, where one that is shown has or is none."""
        shown = self._readings()
        short = translate("training.table.note-short", self.lang) if any(reading.is_unsure for reading in shown) else ""
        is_lacking = any(not math.isfinite(reading.value) for reading in shown)
        undefined = sentence_case(translate("table.undefined", self.lang))
        lacking = translate("training.table.note-undefined", self.lang, undefined=undefined) if is_lacking else ""
        return f"{short} {lacking}".strip()

    def _rules(self) -> str:
        """Cite the clauses concerned with what they rest on, and say what the exercise itself assumes."""
        lang, criteria = self.lang, self.trials.world.criteria
        items = ""
        for path in self.exercise.cites:
            clause: Any = criteria.clause(path)
            grounds = [self._cited(clause.source, is_amended=path in criteria.amended)] if clause.source is not None else []
            grounds += [say_assumption(clause.assumption.in_language(lang), lang)] if clause.assumption is not None else []
            items += f"<li>{html.escape(clause.title.in_language(lang))}. <i>{html.escape(' '.join(grounds))}</i></li>"
        end, called = criteria.valid_until, criteria.title.in_language(lang)
        dated = {} if end is None else {"end": format_date(end.isoformat(), lang)}
        heading = translate("training.rules" if end is None else "training.rules.until", lang, title=called, **dated)
        cited = f"<b>{html.escape(heading)}</b><ul>{items}</ul>" if items else self._say_no_rules()
        assumed = paragraph(translate("training.assumed", lang, text=exercise_words(self.exercise, "assumes", lang)))
        return f'<div class="tieuchi-small">{cited}{assumed}</div>{self._list_rows()}'

    def _cited(self, source: Source, *, is_amended: bool) -> str:
        """Say what a clause rests on, or amends, how sure that is, and what to check it against."""
        citation = cite(source, self.lang, self._register, is_amended=is_amended)
        return translate(f"training.source.{source.confidence}", self.lang, citation=citation)

    def _say_no_rules(self) -> str:
        """Say that no text has what is turned; of a list that is only read, nothing is turned that a text could have."""
        return "" if isinstance(self.exercise.world, ListSpec) else paragraph(translate("training.rules.none", self.lang))

    def _list_rows(self) -> str:
        world = self.trials.world
        if not isinstance(world, ListWorld):
            return ""
        heads = "".join(f"<th>{html.escape(translate(f'training.list.{name}', self.lang))}</th>" for name in world.rows[0])
        shown = rows_with_awards(world.rows, _ROWS_SHOWN)
        rows = "".join(f"<tr>{''.join(f'<td>{html.escape(cell_words(*cell, self.lang))}</td>' for cell in row.items())}</tr>" for row in shown)
        caption = translate("training.list.rows", self.lang, n=format_count(len(world.rows), self.lang))
        return f'<div class="tieuchi-small"><b>{html.escape(caption)}</b><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
