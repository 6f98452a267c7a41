"""The work on drafts as a text a browser can keep, and back: what was changed in each set with the last steps, what was typed, and the code of saved drafts.

What comes back is not trusted: it holds nothing but values that the controls of a form could have been turned to, of sets that can be read now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import Field, ValidationError

from simulator.errors import InputError
from simulator.rules.assembly import read_criteria
from simulator.rules.values import LANGUAGES, FrozenModel, Language
from simulator.widgets.drafting.controls import forms_of
from simulator.widgets.drafting.draft import Draft
from simulator.widgets.drafting.undoing import Undoing
from simulator.widgets.work_codes import is_code

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.rules.criteria import CriteriaSet
    from simulator.widgets.drafting.controls import Control
    from simulator.widgets.drafting.state import State

MOST_STEPS: Final = 20
"""Steps kept on either side of a draft; a page that stays open has more."""
_FEW_STEPS: Final = 3
_MOST_SETS: Final = 12
"""Sets whose drafts are kept; who left more of them open goes on with those left last."""
MOST: Final = 400_000
"""Letters a browser is asked to keep."""


class _Draft(FrozenModel):
    values: list[tuple[str, str, bool | int | float | str]]
    removed: list[str]
    reasons: dict[str, dict[Language, str]]

    @classmethod
    def of(cls, draft: Draft) -> Self:
        """Take down what a draft changes, in an order that does not depend on chance."""
        values = [(clause, path, value) for (clause, path), value in draft.values.items()]
        return cls(values=values, removed=sorted(draft.removed), reasons={clause: dict(said) for clause, said in draft.reasons.items()})


class _Set(FrozenModel):
    expression: str
    past: Annotated[list[_Draft], Field(max_length=MOST_STEPS)]
    now: _Draft
    future: Annotated[list[_Draft], Field(max_length=MOST_STEPS)]
    saved: _Draft | None


class _Words(FrozenModel):
    overlay_id: str
    title: str
    why: dict[Language, str]


class Remembered(FrozenModel):
    """What is kept.

    Attributes
    ----------
    form, version
        By which it is known.
    lang
        Language of the page.
    room, leaf
        Which tabs were open.
    expression
        The set that was open.
    sets
        What was changed, by set, those left last at the end; the open one is among them if anything of it was touched.
    words
        What was typed about the draft.
    code
        Under which drafts are saved.
    """

    form: Literal["tieuchi-workbench"] = "tieuchi-workbench"
    version: Literal[1] = 1
    lang: Language
    room: Annotated[int, Field(ge=0, le=9)]
    leaf: Annotated[int, Field(ge=0, le=9)]
    expression: str
    sets: Annotated[list[_Set], Field(max_length=_MOST_SETS)]
    words: _Words
    code: str


@dataclass(frozen=True)
class TakenUp:
    """How far a page could go on with what was kept.

    Attributes
    ----------
    n_drafts
        Sets of which changes are there again.
    is_whole
        Whether all of it could be used.
    """

    n_drafts: int
    is_whole: bool


def remember(state: State, lang: Language, room: int, leaf: int) -> str:
    """Write down the work as it is now, with as many of the last steps as there is room for.

    Parameters
    ----------
    state
        The work.
    lang, room, leaf
        Language of the page, and which tabs are open.
    """
    words = _Words(overlay_id=state.words.overlay_id, title=state.words.title, why=dict(state.words.why))
    left = Remembered(lang=lang, room=room, leaf=leaf, expression=state.expression, sets=[], words=words, code=state.saved.code)
    touched = [(name, steps, saved) for name, (steps, saved) in state.left().items() if steps.past or steps.future or not steps.now.is_unchanged]
    for n_steps in (MOST_STEPS, _FEW_STEPS, 0):
        sets = [_written(*each, n_steps) for each in touched[-_MOST_SETS:]]
        text = left.model_copy(update={"sets": sets}).model_dump_json()
        if len(text) <= MOST:
            break
    return text


def _written(expression: str, steps: Undoing[Draft], saved: Draft | None, n_steps: int) -> _Set:
    return _Set(
        expression=expression,
        past=[_Draft.of(draft) for draft in steps.past[len(steps.past) - min(n_steps, len(steps.past)) :]],
        now=_Draft.of(steps.now),
        future=[_Draft.of(draft) for draft in steps.future[:n_steps]],
        saved=None if saved is None else _Draft.of(saved),
    )


def read_remembered(text: str) -> Remembered | None:
    """Read what was kept; ``None`` where it is not exactly of the form."""
    try:
        return Remembered.model_validate_json(text)
    except ValidationError:
        return None


def take_up(state: State, kept: Remembered) -> TakenUp:
    """Go on with what was kept; what does not fit the sets as they are now is left out whole, set by set.

    Parameters
    ----------
    state
        Of a page on which nothing was done yet.
    kept
        What was kept.
    """
    found: dict[str, tuple[Undoing[Draft], Draft | None]] = {}
    for each in kept.sets:
        try:
            found[each.expression] = _taken_up(each, read_criteria(each.expression, state.workspace))
        except (InputError, _UnfitError):
            continue
    is_whole = len(found) == len(kept.sets)
    try:
        state.take_up(kept.expression, found)
    except InputError:
        is_whole = False
    state.words.overlay_id, state.words.title = kept.words.overlay_id, kept.words.title
    state.words.why.update(kept.words.why)
    if is_code(kept.code):
        state.saved.use(kept.code)
    return TakenUp(sum(not steps.now.is_unchanged for steps, _ in found.values()), is_whole)


class _UnfitError(Exception):
    """Something of what was kept is none of the values a control could have."""


def _taken_up(kept: _Set, base: CriteriaSet) -> tuple[Undoing[Draft], Draft | None]:
    first = Draft(base)
    controls = {(control.clause, control.path): control for lang in LANGUAGES for form in forms_of(first, lang) for control in form.controls}

    def drafts(each: Sequence[_Draft]) -> tuple[Draft, ...]:
        return tuple(_draft(one, first, controls) for one in each)

    steps = Undoing(_draft(kept.now, first, controls), drafts(kept.past), drafts(kept.future))
    return steps, None if kept.saved is None else _draft(kept.saved, first, controls)


def _draft(kept: _Draft, first: Draft, controls: Mapping[tuple[str, str], Control]) -> Draft:
    draft = first
    if not set(kept.removed) | set(kept.reasons) <= set(first.former):
        raise _UnfitError
    for clause, path, value in kept.values:
        control = controls.get((clause, path))
        if control is None or not _fits(control, value):
            raise _UnfitError
        draft = draft.turned(clause, path, value)
    for clause in kept.removed:
        draft = draft.without(clause)
    for clause, said in kept.reasons.items():
        for lang, text in said.items():
            draft = draft.because(clause, lang, text)
    return draft


def _fits(control: Control, value: bool | float | str) -> bool:  # noqa: FBT001 - a value of a rule
    """Tell whether a control could have been turned to a value."""
    if control.shape == "switch":
        return isinstance(value, bool)
    if control.shape in {"choice", "text"}:
        return isinstance(value, str) and (control.shape == "text" or value in {code for _, code in control.choices})
    if isinstance(value, bool | str) or (control.shape == "whole" and not isinstance(value, int)):
        return False
    return control.low <= value <= control.high
