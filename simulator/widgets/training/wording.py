"""The words of an exercise, from the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.numbers import format_percent

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.widgets.training.exercise import Control, Exercise, Value


def exercise_words(exercise: Exercise, key: str, lang: Lang) -> str:
    """Give a text of an exercise."""
    return translate(f"training.{exercise.id}.{key}", lang)


def choice_words(exercise: Exercise, choice: str, lang: Lang) -> str:
    """Say what may be foreseen: in words of the exercise where it has any, else in those of all."""
    own = f"training.{exercise.id}.predict.{choice}"
    return translate(own if own in catalogue(lang) else f"training.choice.{choice}", lang)


def cell_words(column: str, cell: str, lang: Lang) -> str:
    """Say what stands in a cell of a list: what is a word of the program's there, in words of the language."""
    own = f"training.list.{column}.{cell}"
    return translate(own, lang) if own in catalogue(lang) else cell


def value_words(exercise: Exercise, control: Control, value: Value, lang: Lang) -> str:
    """Say what a control is turned to."""
    if control.shown == "words":
        return exercise_words(exercise, f"control.{control.id}.{value}", lang)
    return format_percent(float(value), lang) if control.shown == "percent" else str(value)
