"""What of a criteria set can be turned, clause by clause: each value with its name, its unit, its ends, and the source of its clause beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from simulator.presentation.i18n import translate
from simulator.presentation.rules.citing import NO_REGISTER, cite_with_confidence
from simulator.presentation.rules.clause_words import clause_rule, say_assumption
from simulator.presentation.rules.condition_words import condition_text, names_of
from simulator.presentation.rules.criteria_tables import plays
from simulator.presentation.wording import in_both
from simulator.rules.checks.ranges import LONGEST_MEMORY_YEARS, RANGES, WINDOWS
from simulator.rules.clauses import Exhortation
from simulator.rules.facts import RATINGS, Test
from simulator.rules.value_paths import enclosing_test, is_share, subject_of
from simulator.workbook.criteria_fields import BY_ID, model_of, spec_of
from simulator.workbook.criteria_layout import GROUNDS, is_award
from simulator.workbook.criteria_words import choice_words, field_words, unit_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from simulator.presentation.numbers import Lang
    from simulator.rules.citation import InstrumentRegister
    from simulator.rules.clauses import Clause
    from simulator.rules.schema import Award
    from simulator.rules.values import Text
    from simulator.widgets.drafting.draft import Draft
    from simulator.workbook.criteria_fields import Spec

Shape = Literal["share", "number", "whole", "choice", "switch", "text"]
"""How a value is turned: a share in percent, a number, a whole number, one of some words, yes or no, or words of its own."""
_NO_CONTROL: Final = frozenset({"kind", "target", *GROUNDS}) - {"title.vi", "title.en"}
"""What makes a clause the one it is: its kind, whom it is for (all its conditions are those of a person or of a collective), what it was read in."""
_NOT_OF_KIND: Final = frozenset({("appraisal", "authority"), ("exhortation", "compliance.low"), ("exhortation", "compliance.high")})
"""Whose appraisal it is tells it from the other one; there are never two of the same body. Between which ends an assumption is swept, no rule says."""
_OF_OTHERS: Final = ("limit.", "moves.")
"""What a text above this one allows, and where an assumed figure would go if everybody complied: no draft can change that."""
_NO_BAR: Final = RATINGS[0]
"""The grading everybody has at least."""
_FINEST_SHARE: Final = 0.01
_STEPS_AT_LEAST: Final = 20


@dataclass(frozen=True)
class Control:
    """One value that can be turned.

    Attributes
    ----------
    clause, path
        Where the value stands: path of the clause, path in it.
    shape
        How it is turned.
    name, unit
        What it is called, and what it is counted in, in the language of the form.
    low, high, step
        Ends and step of a number; the ends are where a slider stops, not what the law allows.
    choices
        (words, code) of each word it may be.
    """

    clause: str
    path: str
    shape: Shape
    name: str
    unit: str
    low: float = 0.0
    high: float = 1.0
    step: float = 1.0
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ClauseForm:
    """One clause as a form: what it says, what it rests on, and what of it can be turned.

    Attributes
    ----------
    clause
        Its path.
    title, rule
        What it is called, and what it rules, in words.
    grounds
        Where that was read, with the confidence mark, and what is assumed.
    plays
        Whether the model does anything with it.
    is_changed, is_removed
        Whether the draft changes it; whether it is struck out.
    controls
        What can be turned.
    """

    clause: str
    title: str
    rule: str
    grounds: str
    plays: bool
    is_changed: bool
    is_removed: bool
    controls: tuple[Control, ...]


def holders_of(draft: Draft, lang: Lang = "vi") -> dict[str, str]:
    """Give the title of each award and section that holds clauses, by its id, in the order of the set."""
    holders = dict.fromkeys(path.partition(".")[0] for path in draft.former)
    return {holder: _holder_title(draft, holder, lang) for holder in holders}


def forms_of(
    draft: Draft, lang: Lang = "vi", register: InstrumentRegister = NO_REGISTER, *, holder: str | None = None, why: Text | None = None
) -> list[ClauseForm]:
    """Give the clauses of a draft as forms, in the order of the set.

    Parameters
    ----------
    draft
        The draft; words are those it has now; a clause that cannot be read as it stands keeps those of the base, one that is struck out its own.
    lang
        Language of the words.
    register
        The instruments known, to cite them by kind and number.
    holder
        Id of the award or section whose clauses are wanted; without it, those of all.
    why
        The reason of the draft, as far as it is typed: what its new values rest on.
    """
    criteria = draft.sound.criteria
    names = {**names_of(draft.base, lang), **names_of(criteria, lang)}
    now: dict[str, Any] = {**dict(draft.base.iter_clauses()), **draft.base.awards, **dict(criteria.iter_clauses()), **criteria.awards}
    forms = (
        _form(draft, path, _reasoned(now[path], why), lang, names, register, criteria.amended)
        for path in draft.former
        if holder in {None, path.partition(".")[0]}
    )
    return list(forms)


def _reasoned(clause: Clause | Award, why: Text | None) -> Clause | Award:
    """Put the reason of a draft where a clause says that there is none yet."""
    if why is None or getattr(clause, "assumption", None) != in_both("draft.why"):
        return clause
    return clause.model_copy(update={"assumption": why})


def _holder_title(draft: Draft, holder: str, lang: Lang) -> str:
    award = draft.base.awards.get(holder)
    return award.title.in_language(lang) if award is not None else translate(f"draft.section.{holder}", lang)


def _form(
    draft: Draft,
    path: str,
    clause: Clause | Award,
    lang: Lang,
    names: Mapping[str, str],
    register: InstrumentRegister,
    amended: Collection[str],
) -> ClauseForm:
    award_id, _, rest = path.partition(".")
    award = draft.base.awards.get(award_id)
    is_head = is_award(path)
    return ClauseForm(
        clause=path,
        title=clause.title.in_language(lang),
        rule="" if is_head else clause_rule(clause, lang, names),
        grounds="" if is_head else _grounds(clause, lang, register, is_amended=path in amended),  # type: ignore[arg-type]
        plays=not is_head and bool(rest) and plays(clause, award),  # type: ignore[arg-type]
        is_changed=path in draft.changed,
        is_removed=path in draft.removed,
        controls=tuple(sorted(_controls(draft, path, clause, lang, names), key=lambda control: control.shape == "text")),
    )


def _grounds(clause: Clause, lang: Lang, register: InstrumentRegister, *, is_amended: bool) -> str:
    lines = []
    if clause.source is not None or clause.assumption is None:
        lines.append(cite_with_confidence(clause.source, lang, register, is_amended=is_amended))
    if clause.assumption is not None:
        lines.append(say_assumption(clause.assumption.in_language(lang), lang))
    return "\n".join(lines)


def _controls(draft: Draft, path: str, clause: Clause | Award, lang: Lang, names: Mapping[str, str]) -> Iterator[Control]:
    values = draft.former[path]
    kind = "award" if is_award(path) else str(values["kind"])
    model = model_of(str(values["kind"]), is_award=is_award(path))
    for field, value in values.items():
        is_other_title = field.startswith("title.") and field != f"title.{lang}"
        if _is_given(kind, field, value) or is_other_title or model is None or isinstance(value, list) or value is None:
            continue
        spec = spec_of(model, field)
        shape = _shape(field, spec, value)
        choices = _choices(field, spec, value) if shape == "choice" else ()
        if shape is None or len(choices) == 1:
            continue
        subject = subject_of(enclosing_test(clause, field))
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        low, high, step = _ends(clause, field, shape, value, spec) if is_number else (0.0, 1.0, 1.0)
        yield Control(
            clause=path,
            path=field,
            shape=shape,
            name=_name(clause, field, kind, lang, names),
            unit=unit_words(field, spec, lang, subject, is_number=is_number),
            low=low,
            high=high,
            step=step,
            choices=tuple((choice_words(field, code, lang), code) for code in choices),
        )


def _is_given(kind: str, field: str, value: Any) -> bool:
    """Tell whether a value is no choice of whoever drafts; a number called as what a clause is for is the mark that must be reached."""
    is_word = isinstance(value, str)
    return (field in _NO_CONTROL and is_word) or (kind, field) in _NOT_OF_KIND or field.startswith(_OF_OTHERS)


def _choices(field: str, spec: Spec, value: Any) -> tuple[str, ...]:
    """Give the words a value may be; not the lowest grading as a bar nobody fails, unless it stands there."""
    is_bar = field.rpartition(".")[2] in {"at_least", "rating"}
    return tuple(code for code in spec.choices if not (is_bar and code == _NO_BAR and code != value))


def _shape(field: str, spec: Spec, value: Any) -> Shape | None:
    """Tell how a value is turned; None for what is not turned in a form: lists of ids, dates, names of facts and of awards."""
    if isinstance(value, bool):
        return "switch"
    if isinstance(value, int | float):
        return "share" if is_share(field) else "whole" if isinstance(value, int) else "number"
    if value in spec.choices:
        return None if field.rpartition(".")[2] in {"fact", "kind"} else "choice"
    return "text" if field.startswith("title.") else None


def _ends(clause: Clause | Award, field: str, shape: Shape, value: float, spec: Spec) -> tuple[float, float, float]:
    """Give both ends and the step of a number: wide enough to try what nobody proposes, fine enough to meet the number that stands there.

    No end is refused as soon as it is reached: the lowest is what the format takes, and of what is counted in a test, one.
    """
    step, test = _step(shape, value), enclosing_test(clause, field)
    low, high = RANGES.get(clause.kind, {}).get(field, (0.0, 1.0 if shape == "share" else math.inf))
    if spec.low is not None:
        low = max(low, spec.low + (step if spec.is_low_refused else 0.0))
    if isinstance(test, Test) and shape == "whole":
        low = max(low, 1.0)
    if isinstance(clause, Exhortation) and field == "compliance.value":
        low, high = clause.compliance.low, clause.compliance.high
    if isinstance(test, Test) and WINDOWS.get(test.fact) == field.rpartition(".")[2]:
        low, high = 1.0, LONGEST_MEMORY_YEARS
    if math.isinf(high) or high > _STEPS_AT_LEAST * step * 5:
        high = max(2 * abs(value), _STEPS_AT_LEAST * step)
    return min(low, value, -high if value < 0 else low), max(high, value), step


def _step(shape: Shape, value: float) -> float:
    if shape == "whole":
        return 1.0
    step = _FINEST_SHARE if shape == "share" else 0.1
    while step > 1e-6 and not math.isclose(value / step, round(value / step), abs_tol=1e-9):  # noqa: PLR2004  # no rule counts in millionths
        step /= 10
    return step


def _name(clause: Clause | Award, field: str, kind: str, lang: Lang, names: Mapping[str, str]) -> str:
    """Name a value; one of a condition by the test it belongs to, since a condition may hold many of the same kind."""
    test = enclosing_test(clause, field)
    if test is None:
        return _called(clause, field, field_words(field, lang, kind), lang)
    value = field.rpartition(".")[2]
    if value == "consumed":
        return field_words(value, lang, kind)  # the condition says it in the same words, or that it is not so
    return translate("control.of-test", lang, test=condition_text(test, lang, names), value=field_words(value, lang, kind))


def _called(clause: Clause | Award, field: str, name: str, lang: Lang) -> str:
    """Put the title of what a value belongs to where its name has the id of that."""
    above, _, rest = field.partition(".")
    title = getattr(getattr(clause, above)[rest.partition(".")[0]], "title", None) if above in BY_ID else None
    if title is None:
        return name
    by_id, by_title = (translate("criteria.field-id", lang, id=words) for words in (rest.partition(".")[0], title.in_language(lang)))
    return name.replace(by_id, by_title)
