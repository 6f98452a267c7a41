"""What one person has done in one exercise: foreseen, turned, seen, explained."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from simulator.widgets.training.exercise import Exercise, Setting, Value
    from simulator.widgets.training.worlds import Trials

Status = Literal["new", "foreseen", "reached", "failed", "solved"]
MOST_TRIES: Final = 999
"""Tries counted; a hand that keeps turning is not counted on for ever."""


@dataclass(frozen=True)
class Work:
    """One exercise in the state somebody has brought it to.

    Attributes
    ----------
    prediction
        What was foreseen; kept as it is once it is given.
    was_right
        Whether it came true, as computed when it was given; ``None`` before.
    setting
        What the controls were turned to last.
    tries
        Settings tried.
    is_reached
        Whether what was to be reached has been seen.
    answer
        The last explanation given.
    wrong_answers
        Explanations given that were not right.
    """

    prediction: str | None = None
    was_right: bool | None = None
    setting: Setting = field(default_factory=dict)
    tries: int = 0
    is_reached: bool = False
    answer: str | None = None
    wrong_answers: int = 0

    @property
    def is_turned(self) -> bool:
        """Whether anything was turned since the prediction; before, nobody is told whether it came true."""
        return self.tries > 0

    def foresee(self, choice: str, trials: Trials) -> Work:
        """Keep what is foreseen; whoever has foreseen something cannot take it back."""
        if self.prediction is not None or choice not in trials.exercise.prediction.choices:
            return self
        return replace(self, prediction=choice, was_right=trials.truth() == choice)

    def turn(self, setting: Setting, trials: Trials) -> Work:
        """See what a setting gives; before anything is foreseen, nothing is seen."""
        if self.prediction is None:
            return self
        turned: dict[str, Value] = dict(setting)
        is_new = turned != dict(self.setting or trials.exercise.start)
        return replace(
            self,
            setting=turned,
            tries=min(self.tries + is_new, MOST_TRIES),
            is_reached=self.is_reached or trials.is_reached(turned),
        )

    def explain(self, answer: str, exercise: Exercise) -> Work:
        """Explain what was seen; what has not been reached cannot be explained yet."""
        if not self.is_reached or answer not in exercise.explanation.answers or self.status(exercise) == "solved":
            return self
        wrong = self.wrong_answers + (answer != exercise.explanation.right)
        return replace(self, answer=answer, wrong_answers=min(wrong, MOST_TRIES))

    def status(self, exercise: Exercise) -> Status:
        """Tell how far the exercise has been brought."""
        if self.prediction is None:
            return "new"
        if not self.is_reached:
            return "foreseen"
        if self.answer is None:
            return "reached"
        return "solved" if self.answer == exercise.explanation.right else "failed"
