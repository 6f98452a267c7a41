"""The work of a session as a text a browser can keep, and back: all that a file of it holds, and the seat. It is read as strictly as a file somebody brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, ValidationError

from simulator.errors import InputError
from simulator.rules.values import FrozenModel, Language
from simulator.widgets.training.exercise import exercises
from simulator.widgets.training.progress import read_progress, write_progress
from simulator.widgets.training.seat import MEMBERS, YEARS
from simulator.widgets.work_codes import is_code

if TYPE_CHECKING:
    from simulator.widgets.training.progress import Progress
    from simulator.widgets.training.seat import Choices

_Member = Annotated[int, Field(ge=1, le=MEMBERS)]


class _Seat(FrozenModel):
    seed: Annotated[int, Field(ge=0, lt=2**63)]
    choices: Annotated[list[Annotated[list[_Member], Field(max_length=MEMBERS)]], Field(max_length=YEARS)]


class _Kept(FrozenModel):
    form: Literal["tieuchi-training"] = "tieuchi-training"
    version: Literal[1] = 1
    lang: Language
    exercise: Annotated[str, Field(max_length=80)]
    leaf: Annotated[int, Field(ge=0, le=9)]
    code: Annotated[str, Field(max_length=40)]
    work: str
    seat: _Seat | None = None


@dataclass(frozen=True)
class Remembered:
    """What was kept.

    Attributes
    ----------
    progress
        All that was done.
    code
        Under which it is kept on the machine.
    lang
        Language of the page.
    exercise
        Id of the exercise that was open.
    leaf
        Which tab was open.
    seat
        Seed and choices of the unit that was headed, if any.
    """

    progress: Progress
    code: str
    lang: Language
    exercise: str
    leaf: int
    seat: tuple[int, Choices] | None = None


def remember(left: Remembered) -> str:
    """Write down the work as it is now."""
    seat = None if left.seat is None else _Seat(seed=left.seat[0], choices=[list(year) for year in left.seat[1]])
    work = write_progress(left.progress).decode()
    return _Kept(lang=left.lang, exercise=left.exercise, leaf=left.leaf, code=left.code, work=work, seat=seat).model_dump_json()


def read_remembered(text: str) -> Remembered | None:
    """Read what was kept; ``None`` where it is not exactly of the form, or no work of these exercises."""
    try:
        kept = _Kept.model_validate_json(text)
        progress = read_progress(kept.work.encode())
    except (ValidationError, InputError):
        return None
    if not is_code(kept.code) or kept.exercise not in {exercise.id for exercise in exercises()}:
        return None
    seat = None if kept.seat is None else (kept.seat.seed, tuple(tuple(year) for year in kept.seat.choices))
    return Remembered(progress, kept.code, kept.lang, kept.exercise, kept.leaf, seat)
