"""The picture of a score: each part of the table adds to the points so far or takes off, down to the total and the classes it reaches."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from simulator.errors import RunError
from simulator.presentation.figure_words import SIZE, height_of, row_height, wrap
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import MINUS
from simulator.presentation.plain_words import number_words
from simulator.presentation.style import GREY, INK, WIDTH, Drawing, freeze, house_style
from simulator.presentation.wording import sentence_case
from simulator.rules.points import Section, iter_parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.points import Part
    from simulator.scoring.explanation import Explanation
    from simulator.scoring.trace import Reason

MOST_ROWS = 14
_LABEL = 2.3
"""Inches: the column of parts."""
GAIN, LOSS, MISSING = ("#0072B2", ""), ("#D98E5F", "xxxx"), ("white", "..")
"""Fill and hatching of points given, of points taken off and of points not reached."""
UNDER: Mapping[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
"""What lies under a number, so that no line runs through it."""
HIGH, LEVEL = -0.75, 0.5
"""Where the names of classes begin above the bars, and the room of each."""


@dataclass(frozen=True)
class Step:
    """One bar: what it is called, the points it adds (or takes off, below 0), the most it could have added, and whether that would be a bonus."""

    title: str
    points: Fraction
    most: Fraction | None
    is_bonus: bool = field(default=False, compare=False)


def steps_of(explanation: Explanation, criteria: CriteriaSet, lang: Lang = "vi") -> list[Step]:
    """Give the bars of a score, which add up to its total exactly.

    A section stands as its parts where these add up to it, and as one bar where its cap cuts them. What the whole table cuts has a bar of its own.

    Raises
    ------
    RunError
        If the set gives no points.
    """
    total = explanation.decision.points
    given = {reason.clause.removeprefix("points."): reason for reason in explanation.clauses if reason.clause.startswith("points.")}
    if total is None or not given:
        raise RunError(f"{explanation.table} gives no points", fields={"code": "CL005", "criteria": explanation.table})
    steps = _steps(criteria.points, given, lang)
    rest = total - sum((step.points for step in steps), Fraction(0))
    if abs(rest) > Fraction(len(steps) + 1, 10**9):  # totals are kept in billionths of a point
        steps.append(Step(translate("waterfall.cut", lang), rest, None))
    return steps


def _steps(parts: Mapping[str, Part], given: Mapping[str, Reason], lang: Lang) -> list[Step]:
    steps = [(path, part, 1, _step(path, part, 1, given, lang)) for path, part in parts.items() if path in given]
    while (opened := next((at for at, each in enumerate(steps) if _inside(*each[:3], given, lang, len(steps))), None)) is not None:
        steps[opened : opened + 1] = _inside(*steps[opened][:3], given, lang, len(steps))
    bonuses = [path for path, part in iter_parts(parts) if part.kind == "bonus"]
    return [replace(step, is_bonus=any(f"{path}.".startswith(f"{bonus}.") for bonus in bonuses)) for path, *_, step in steps]


def _inside(path: str, part: Part, sign: int, given: Mapping[str, Reason], lang: Lang, n_steps: int) -> list[tuple[str, Part, int, Step]]:
    """Give the bars inside a section, if they add up to it and there is room."""
    if not isinstance(part, Section) or n_steps + len(part.parts) - 1 > MOST_ROWS:
        return []
    sign = -1 if part.kind == "penalty" else sign
    paths = [(f"{path}.{name}", inner) for name, inner in part.parts.items()]
    if not paths or any(name not in given for name, _ in paths):
        return []
    inside = [(name, inner, sign, _step(name, inner, sign, given, lang)) for name, inner in paths]
    if sum((step.points for *_, step in inside), Fraction(0)) != _step(path, part, sign, given, lang).points:
        return []
    return inside


def _step(path: str, part: Part, sign: int, given: Mapping[str, Reason], lang: Lang) -> Step:
    points, most = given[path].points or Fraction(0), given[path].most
    is_penalty = sign < 0 or (isinstance(part, Section) and part.kind == "penalty")
    return Step(part.title.in_language(lang), -abs(points) if is_penalty else points, None if is_penalty else most)


def draw_waterfall(explanation: Explanation, criteria: CriteriaSet, lang: Lang = "vi") -> Drawing:
    """Draw how the points of one nominee came together, and which class they reach.

    Parameters
    ----------
    explanation
        From :func:`simulator.scoring.explanation.explain`.
    criteria
        The set it was made under.
    lang
        Language of the words.
    """
    steps = steps_of(explanation, criteria, lang)
    total = explanation.decision.points or Fraction(0)
    titles = [*(wrap(step.title, _LABEL, most_lines=2) for step in steps), sentence_case(translate("condition.points.total", lang))]
    high = row_height(titles, 2 * height_of(1) + 0.02)
    with house_style():
        figure = Figure(figsize=(WIDTH, 0.75 + high * (len(steps) + 1.2 + LEVEL * len(criteria.classes))), layout="constrained")
        panel = figure.subplots()
        so_far = Fraction(0)
        for row, step in enumerate(steps):
            _draw_step(panel, row, step, so_far, lang)
            so_far += step.points
        panel.barh(len(steps), float(total), height=0.62, color=INK, linewidth=0)
        _write_beside(panel, float(total), len(steps), number_words(total, lang), fontweight="bold")
        top = _draw_classes(panel, criteria, lang, len(steps) + 1)
        _draw_key(figure, steps, lang)
        panel.set_yticks(range(len(titles)), titles)
        panel.set_ylim(len(steps) + 0.55, top)
        panel.tick_params(axis="y", length=0)
        panel.spines["left"].set_visible(False)
        panel.axvline(0, color=INK, linewidth=1)
        panel.margins(x=0.08)
        panel.set_xlabel(translate("waterfall.axis", lang))
        panel.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
        panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number_words(round(value, 4), lang)))
        freeze(figure)
    title = translate("waterfall.title", lang, title=criteria.title.in_language(lang))
    return Drawing("waterfall", lang, figure, title, _says(steps, total, lang), describe_waterfall(steps, total, lang))


def describe_waterfall(steps: list[Step], total: Fraction, lang: Lang) -> str:
    """Tell every bar, for those who cannot see them."""
    told = "; ".join(translate("waterfall.alt.step", lang, title=step.title, points=_with_most(step, lang)) for step in steps)
    return translate("waterfall.alt", lang, steps=told, total=number_words(total, lang))


def _says(steps: list[Step], total: Fraction, lang: Lang) -> str:
    """Say in one sentence where most points were lost; a bonus nobody got is not lost."""
    lost = [(Fraction(0) if step.is_bonus else step.most - step.points if step.most is not None else -step.points, step) for step in steps]
    most, where = max(lost, key=lambda each: each[0])
    if most <= 0:
        return translate("waterfall.says.full", lang, total=number_words(total, lang))
    return translate("waterfall.says", lang, total=number_words(total, lang), title=where.title, lost=number_words(most, lang))


def _draw_step(panel: Axes, row: int, step: Step, so_far: Fraction, lang: Lang) -> None:
    fill, hatch = GAIN if step.points >= 0 else LOSS
    start, width = float(min(so_far, so_far + step.points)), float(abs(step.points))
    if step.most is not None and step.most > step.points:
        missing = float(step.most - step.points)
        panel.barh(row, missing, left=float(so_far + step.points), height=0.62, color=MISSING[0], hatch=MISSING[1], edgecolor=INK, linewidth=0.6)
    panel.barh(row, width, left=start, height=0.62, color=fill, hatch=hatch, edgecolor=INK, linewidth=0.8)
    panel.plot([float(so_far + step.points)] * 2, [row + 0.31, row + 0.69], color=GREY, linewidth=0.8)
    end = max(start + width, float(so_far + (step.most or 0)))
    _write_beside(panel, end, row, _with_most(step, lang), fontsize=SIZE)


def _write_beside(panel: Axes, end: float, row: int, words: str, **look: Any) -> None:
    panel.annotate(words, (end, row), xytext=(4, 0), textcoords="offset points", va="center", ha="left", bbox=dict(UNDER), **look)


def _draw_classes(panel: Axes, criteria: CriteriaSet, lang: Lang, n_rows: int) -> float:
    """Mark where each class begins, each name on a line of its own so that none meets another; return where they end."""
    begins = []
    for each in criteria.classes.values():
        form = "at_least" if each.at_least is not None else "above"
        bound = each.at_least if each.at_least is not None else each.above
        if bound is not None:
            words = translate(f"condition.band.only.{form}", lang, n=number_words(bound, lang))
            begins.append((bound, f"{each.title.in_language(lang)}: {words} "))
    # The lowest stands nearest to the bars, so that no name crosses the line of another.
    heights = [HIGH - LEVEL * level for level in range(len(begins))]
    for height, (bound, name) in zip(heights, sorted(begins), strict=True):
        panel.plot([bound, bound], [height - LEVEL / 2, n_rows - 0.5], color=GREY, linewidth=0.9, linestyle=(0, (4, 3)), zorder=0)
        panel.text(bound, height, name, ha="right", va="center", fontsize=SIZE, color=INK)
    return min(heights, default=HIGH) - LEVEL


def _draw_key(figure: Figure, steps: list[Step], lang: Lang) -> None:
    """Say what each kind of bar is, of those that are drawn."""
    kinds = [
        ("given", GAIN, any(step.points > 0 for step in steps)),
        ("missing", MISSING, any(step.most is not None and step.most > step.points for step in steps)),
        ("taken", LOSS, any(step.points < 0 for step in steps)),
    ]
    patches = [
        Patch(facecolor=fill, hatch=hatch, edgecolor=INK, linewidth=0.8, label=translate(f"waterfall.{name}", lang))
        for name, (fill, hatch), is_drawn in kinds
        if is_drawn
    ]
    figure.legend(handles=patches, loc="outside lower center", ncols=3, frameon=False, fontsize=SIZE)


def _with_most(step: Step, lang: Lang) -> str:
    points = number_words(step.points, lang)
    if step.most is None:
        return points if step.points <= 0 or points.startswith(MINUS) else f"+{points}"
    return translate("reason.points", lang, points=points, most=number_words(step.most, lang))
