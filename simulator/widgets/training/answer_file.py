"""The answers of one person as a small file without a name, and those of a class put together."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import numpy as np
from pydantic import Field, ValidationError

from simulator.errors import InputError
from simulator.rules.values import FrozenModel
from simulator.widgets.codes import make_finding
from simulator.widgets.training.marking import CASES, CRITERIA, DOSSIERS, HIGHEST_MARK, Answers, total_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from simulator._types import FloatArray
    from simulator.errors import Finding

MOST_BYTES: Final = 16_000
MOST_FILES: Final = 60
SHOWN: Final = "cham-chung.json"
FORM: Final = "tieuchi-training-answers"
HIGHEST_SEED: Final = 2**31 - 1
NOT_TEXT, OTHER_FORM, OTHER_VALUE = "@not-text", "@other-form", "@other-value"
"""Why a file is refused, as words of the catalogue: where in the data it goes wrong says nothing to who handed it over."""

_Mark = Annotated[int, Field(ge=0, le=HIGHEST_MARK)]


class _Marks(FrozenModel):
    results: _Mark | None = None
    initiative: _Mark | None = None
    scope: _Mark | None = None
    conduct: _Mark | None = None


class AnswersGiven(FrozenModel):
    """Answers as a file holds them, finished or not."""

    seed: Annotated[int, Field(ge=0, le=HIGHEST_SEED)]
    marks: Annotated[dict[str, _Marks], Field(max_length=len(DOSSIERS))]
    ratings: Annotated[dict[str, _Mark], Field(max_length=len(CASES))]

    def answers(self) -> Answers | None:
        """Give the answers; ``None`` where files or cases are answered that nobody asked about."""
        if set(self.marks) - set(DOSSIERS) or set(self.ratings) - set(CASES):
            return None
        return Answers(self.seed, {name: marks.model_dump(exclude_none=True) for name, marks in self.marks.items()}, dict(self.ratings))


class _AnswerFile(AnswersGiven):
    form: Literal["tieuchi-training-answers"]
    version: Literal[1]


def data_of(answers: Answers) -> dict[str, Any]:
    """Give answers as a file holds them."""
    marks = {name: {criterion: given[criterion] for criterion in CRITERIA if criterion in given} for name, given in answers.marks.items()}
    return {"seed": answers.seed, "marks": marks, "ratings": dict(answers.ratings)}


def write_answers(answers: Answers) -> bytes:
    """Write the answers of one person."""
    content = {"form": FORM, "version": 1, **data_of(answers)}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read_answers(content: bytes) -> Answers:
    """Read the answers of one person; nothing in them is executed, and what is not complete, or not exactly of the form, is refused.

    Raises
    ------
    InputError
        If the file is too large, or holds no answers.
    """
    if len(content) > MOST_BYTES:
        raise InputError([make_finding("WG612", SHOWN, 1, found=str(len(content)), limit=str(MOST_BYTES))])
    try:
        file = _AnswerFile.model_validate(json.loads(content.decode("utf-8")))
    except ValidationError:
        raise InputError([make_finding("WG615", SHOWN, 1, reason=OTHER_FORM)]) from None
    except (ValueError, RecursionError):
        raise InputError([make_finding("WG615", SHOWN, 1, reason=NOT_TEXT)]) from None
    answers = file.answers()
    if answers is None or not answers.is_complete:
        marked = 0 if answers is None else len(DOSSIERS) - len(answers.files_left)
        raise InputError([make_finding("WG616", SHOWN, 1, marks=str(marked), ratings=str(len(file.ratings)))])
    return answers


@dataclass(frozen=True)
class Pool:
    """The answers of a class.

    Attributes
    ----------
    people
        Each person's answers, once.
    n_twice
        Files that were given more than once.
    """

    people: tuple[Answers, ...]
    n_twice: int = 0

    def totals(self, weights: Mapping[str, Fraction]) -> FloatArray:
        """Give (n_people, n_files) totals, each of at most 100."""
        return np.array([[float(total_of(person.marks[dossier], weights)) for dossier in DOSSIERS] for person in self.people])


def put_together(contents: Sequence[bytes]) -> Pool:
    """Put the files of a class together; the same file given twice counts once.

    Raises
    ------
    InputError
        If there are too many, or some of them cannot be read: one finding for each, its line the place of the file among them.
    """
    if len(contents) > MOST_FILES:
        raise InputError([make_finding("WG617", SHOWN, 1, found=str(len(contents)), limit=str(MOST_FILES))])
    read: list[Answers] = []
    wrong: list[Finding] = []
    for place, content in enumerate(contents, start=1):
        try:
            read.append(read_answers(content))
        except InputError as problem:
            wrong += [replace(finding, line=place) for finding in problem.findings]
    if wrong:
        raise InputError(wrong)
    once = {person.seed: person for person in read}
    in_order = tuple(once[seed] for seed in sorted(once))  # the order of files must not tell who gave which
    return Pool(in_order, len(read) - len(in_order))
