"""Somebody's work as a small file without a name: kept beside the workspace's reports under a code, or carried away."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import Field, ValidationError

from simulator.errors import InputError, reason_of
from simulator.rules.values import FrozenModel
from simulator.widgets.codes import make_finding
from simulator.widgets.training.answer_file import NOT_TEXT, OTHER_FORM, OTHER_VALUE, AnswersGiven, data_of
from simulator.widgets.training.exercise import exercises
from simulator.widgets.training.work import MOST_TRIES, Work
from simulator.widgets.work_codes import is_code

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.widgets.training.marking import Answers
    from simulator.workspace import Workspace

MOST_BYTES: Final = 64_000
SHOWN: Final = "bai-thuc-hanh.json"
FORM: Final = "tieuchi-training-work"
_FOLDER: Final = "training"
_EXAMPLE: Final = "k3m9x2ptaw"


class _WorkFile(FrozenModel):
    prediction: Annotated[str, Field(max_length=40)] | None = None
    was_right: bool | None = None
    setting: Mapping[Annotated[str, Field(max_length=40)], float | int | Annotated[str, Field(max_length=40)]] = {}
    tries: Annotated[int, Field(ge=0, le=MOST_TRIES)] = 0
    is_reached: bool = False
    answer: Annotated[str, Field(max_length=40)] | None = None
    wrong_answers: Annotated[int, Field(ge=0, le=MOST_TRIES)] = 0


class _ProgressFile(FrozenModel):
    form: Literal["tieuchi-training-work"]
    version: Literal[1]
    exercises: Annotated[dict[Annotated[str, Field(max_length=80)], _WorkFile], Field(max_length=50)]
    marking: AnswersGiven | None = None


@dataclass(frozen=True)
class Progress:
    """All that one person has done.

    Attributes
    ----------
    works
        Exercise → work on it.
    answers
        What was marked in common; ``None`` where nothing was.
    """

    works: Mapping[str, Work]
    answers: Answers | None = None


def write_progress(progress: Progress) -> bytes:
    """Write what one person has done."""
    content: dict[str, Any] = {
        name: {
            "prediction": work.prediction,
            "was_right": work.was_right,
            "setting": dict(work.setting),
            "tries": work.tries,
            "is_reached": work.is_reached,
            "answer": work.answer,
            "wrong_answers": work.wrong_answers,
        }
        for name, work in progress.works.items()
    }
    marking = {} if progress.answers is None else {"marking": data_of(progress.answers)}
    return (json.dumps({"form": FORM, "version": 1, "exercises": content, **marking}, ensure_ascii=False, indent=1) + "\n").encode()


def read_progress(content: bytes) -> Progress:
    """Read work that was kept; nothing in it is executed, and whatever is not exactly of the form is refused.

    Raises
    ------
    InputError
        If it is too large, or no work.
    """
    if len(content) > MOST_BYTES:
        raise InputError([make_finding("WG612", SHOWN, 1, found=str(len(content)), limit=str(MOST_BYTES))])
    try:
        data = json.loads(content.decode("utf-8"))
        file = _ProgressFile.model_validate(data)
    except ValidationError:
        raise InputError([make_finding("WG611", SHOWN, 1, reason=OTHER_FORM)]) from None
    except (ValueError, RecursionError):
        raise InputError([make_finding("WG611", SHOWN, 1, reason=NOT_TEXT)]) from None
    works = {name: Work(**dict(work)) for name, work in file.exercises.items()}
    for exercise in exercises():
        work = works.get(exercise.id, Work())
        turned = {control.id: control.values for control in exercise.controls}
        fits = (
            work.prediction in {None, *exercise.prediction.choices}
            and work.answer in {None, *exercise.explanation.answers}
            and (not work.setting or set(work.setting) == set(turned))
            and all(value in turned[name] for name, value in work.setting.items() if name in turned)
        )
        if not fits:
            raise InputError([make_finding("WG611", SHOWN, 1, reason=OTHER_VALUE)])
    answers = None if file.marking is None else file.marking.answers()
    if file.marking is not None and answers is None:
        raise InputError([make_finding("WG611", SHOWN, 1, reason=OTHER_VALUE)])
    known = {exercise.id for exercise in exercises()}
    return Progress({name: work for name, work in works.items() if name in known}, answers)


class Shelf:
    """Where work is kept on this machine; with a workspace that is only read, nowhere.

    Parameters
    ----------
    workspace
        Beside whose reports the folder lies.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.folder: Path | None = None if workspace.is_shipped else workspace.output / _FOLDER
        self.shown = "" if self.folder is None else workspace.show(self.folder)

    def keep(self, code: str, progress: Progress) -> None:
        """Keep work under a code, whole or not at all.

        Raises
        ------
        InputError
            If the folder cannot be written.
        """
        if self.folder is None:
            return
        path = self.folder / f"{code}.json"
        unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(write_progress(progress))
            os.replace(unfinished, path)  # noqa: PTH105 - one step on every system
        except OSError as problem:
            with suppress(OSError):  # where the folder itself is none, there is nothing to take away
                unfinished.unlink()
            raise InputError([make_finding("WG614", SHOWN, 1, reason=reason_of(problem))]) from problem

    def open(self, code: str) -> Progress:
        """Open work by its code.

        Raises
        ------
        InputError
            If there is none, or it cannot be read.
        """
        path = None if self.folder is None or not is_code(code) else self.folder / f"{code}.json"
        if path is None or not path.is_file():
            raise InputError([make_finding("WG613", SHOWN, 1, found=code[:20], example=_EXAMPLE)])
        with path.open("rb") as file:
            return read_progress(file.read(MOST_BYTES + 1))
