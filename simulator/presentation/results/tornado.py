"""What a difference depends on, as a tornado: a pair of bars for each assumption, one for each end of its range, the longest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from matplotlib.figure import Figure
from matplotlib.patches import Patch

from simulator.presentation.figure_words import SIZE, height_of, row_height, wrap
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, format_count, format_shortest, places_for
from simulator.presentation.results.figures import number_axis
from simulator.presentation.style import INK, PALE, WIDTH, Drawing, freeze, house_style
from simulator.presentation.wording import indicator_name, list_words, pick, scale_of, sentence_case, with_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simulator.experiments.sensitivity.influences import AssumptionInfluence, AtEnd, OptionUsual, Response, Sensitivity, UsualDifference
    from simulator.presentation.numbers import Lang

MOST_BARS: Final = 12
"""Assumptions that are told of, and whose numbers stand in the table."""
FEWEST_DRAWN, MOST_DRAWN = 4, 6
"""How many of them are drawn, those that move the difference furthest: as many as are told from luck. Figures of more leave pages half empty."""
_LABEL: Final = 2.5
"""Inches: the column of assumptions."""
_GAPS: Final = 0.5
"""Inches: between key, rows, numbers and name of the axis, and around them."""
_FILLS: Final = {"low": ("white", "////"), "high": ("#4a6f8f", "")}


class Shown(NamedTuple):
    """What one tornado shows: an indicator of the option whose difference is moved furthest, and the assumptions in the order of how far they move it."""

    indicator: str
    option: OptionUsual
    usual: UsualDifference
    bars: list[tuple[AssumptionInfluence, Response]]

    @property
    def drawn(self) -> list[tuple[AssumptionInfluence, Response]]:
        """Those that are drawn."""
        return self.bars[: max(FEWEST_DRAWN, min(MOST_DRAWN, len(self.told)))]

    @property
    def told(self) -> list[tuple[AssumptionInfluence, Response]]:
        """Those that move it in a way that is told from luck, the furthest first."""
        return sorted((bar for bar in self.bars if bar[1].is_told), key=lambda bar: -bar[1].told_reach)


def choose(sensitivity: Sensitivity, indicator: str) -> Shown | None:
    """Choose what a tornado of an indicator shows; ``None`` where no assumption that was followed moves it at all."""
    followed = [entry for entry in sensitivity.assumptions if entry.replications == sensitivity.replications and entry.has_effect]
    reach_of = {option.id: max((entry.responses[option.id][indicator].reach for entry in followed), default=0.0) for option in sensitivity.options}
    known = [option for option in sensitivity.options if option.differences[indicator].difference is not None and reach_of[option.id] > 0]
    if not known:
        return None
    option = max(known, key=lambda each: reach_of[each.id])
    bars = [(entry, entry.responses[option.id][indicator]) for entry in followed]
    longest_first = sorted((bar for bar in bars if bar[1].reach > 0), key=lambda bar: -bar[1].reach)
    return Shown(indicator, option, option.differences[indicator], longest_first[:MOST_BARS])


def draw_tornado(sensitivity: Sensitivity, shown: Shown, lang: Lang = "vi") -> Drawing:
    """Draw how far each assumption moves the difference of an option from the baseline."""
    with house_style():
        labels = [_label(rank, entry, lang) for rank, (entry, _) in enumerate(shown.drawn, start=1)]
        noise, axis = wrap(translate("figure.tornado.noise", lang), WIDTH - 0.6), _axis(shown, lang)
        # The key has a line for each end and those of the noise; below the rows stand the numbers of the axis and its name.
        around = height_of(len(_FILLS) + 1 + noise.count("\n")) + height_of(2 + axis.count("\n")) + _GAPS
        figure = Figure(figsize=(WIDTH, around + max(0.7, row_height(labels, 0.42) * len(labels))), layout="constrained")
        figure.get_layout_engine().set(w_pad=0.06)  # type: ignore[union-attr, call-arg]  # set by layout=
        panel = figure.subplots()
        _draw(panel, shown, labels, lang)
        handles = [
            Patch(facecolor=fill, hatch=hatch, edgecolor=INK, linewidth=0.8, label=translate(f"figure.tornado.{end}", lang))
            for end, (fill, hatch) in _FILLS.items()
        ]
        handles.append(Patch(facecolor=PALE, edgecolor="none", label=noise))
        figure.legend(handles=handles, loc="outside upper left", ncols=1, frameon=False, handlelength=2.4, handleheight=1.1)
        freeze(figure)
    title = translate(
        "figure.tornado.title", lang, indicator=sentence_case(indicator_name(shown.indicator, lang)), option=pick(shown.option.title, lang)
    )
    identifier = f"tornado-{shown.indicator.replace('_', '-')}-figure"
    return Drawing(identifier, lang, figure, title, say_tornado(shown, lang), describe_tornado(sensitivity, shown, lang))


def _draw(panel: Axes, shown: Shown, labels: list[str], lang: Lang) -> None:
    factor = scale_of(shown.indicator).factor
    middle, noise = (shown.usual.difference or 0.0) * factor, (shown.usual.noise or 0.0) * factor
    panel.axvspan(middle - noise, middle + noise, color=PALE, zorder=0, linewidth=0)
    ends = [middle - noise, middle + noise, 0.0]
    for row, (_, response) in enumerate(shown.drawn):
        for end, place, name in ((response.low, row - 0.19, "low"), (response.high, row + 0.19, "high")):
            if end is None or end.change is None:
                continue
            fill, hatch = _FILLS[name]
            length = end.change * factor
            panel.barh(place, length, left=middle, height=0.34, color=fill, hatch=hatch, edgecolor=INK, linewidth=0.8, zorder=2)
            side = 1 if length >= 0 else -1
            panel.annotate(
                format_shortest(end.setting, lang),
                (middle + length, place),
                (4 * side, 0),
                textcoords="offset points",
                ha="left" if side > 0 else "right",
                va="center",
                fontsize=SIZE,
                zorder=4,
            )
            ends.append(middle + length)
    panel.axvline(middle, color=INK, linewidth=1.2, zorder=3)
    panel.axvline(0, color=INK, linewidth=0.9, linestyle=(0, (4, 3)), zorder=1)
    room = 0.13 * (max(ends) - min(ends) or 1.0)
    panel.set_xlim(min(ends) - room, max(ends) + room)
    panel.set_ylim(len(shown.drawn) - 0.45, -0.55)
    panel.set_yticks(range(len(labels)), labels)
    panel.tick_params(axis="y", length=0)
    panel.spines["left"].set_visible(False)
    panel.set_xlabel(_axis(shown, lang))
    number_axis(panel, lang, is_signed=True)


def _axis(shown: Shown, lang: Lang) -> str:
    unit = translate(f"table.unit.difference.{scale_of(shown.indicator)}", lang)
    return wrap(translate("figure.tornado.axis", lang) + (f" ({unit})" if unit else ""), WIDTH - _LABEL - 0.2)


def _label(rank: int, entry: AssumptionInfluence, lang: Lang) -> str:
    return wrap(f"{rank}. {pick(entry.title, lang)}", _LABEL, most_lines=2) + "\n" + translate("figure.tornado.range", lang, **_range(entry, lang))


def _range(entry: AssumptionInfluence, lang: Lang) -> dict[str, str]:
    return {name: format_shortest(getattr(entry, name), lang) for name in ("value", "low", "high")}


def tornado_format(shown: Shown, lang: Lang) -> NumberFormat:
    """Return how the differences of a tornado are written: as many decimals as the noise floor supports, and one margin needs."""
    return usual_format(shown.indicator, shown.usual, lang)


def usual_format(indicator: str, usual: UsualDifference, lang: Lang) -> NumberFormat:
    """Return how a difference is written beside its noise floor."""
    scale = scale_of(indicator)
    return NumberFormat(lang, scale, places_for([min(usual.noise or usual.margin, usual.margin)], scale))


def say_tornado(shown: Shown, lang: Lang) -> str:
    """Say how many assumptions move the difference further than luck, which moves it most and where to, and what becomes of its sign and its verdict."""
    above = shown.told
    option, indicator = pick(shown.option.title, lang), indicator_name(shown.indicator, lang)
    becomes: dict[str, list[str]] = {}
    for entry, each in shown.bars:
        becomes.setdefault(_becomes(shown.usual, each), []).append(pick(entry.title, lang))
    told = []
    for key in ("flip", "cross", "fade", "emerge", "shift"):
        if key in becomes:
            quoted = list_words([translate("table.quoted", lang, text=title) for title in becomes[key]], lang)
            told.append(translate(f"figure.tornado.{key}", lang, n=format_count(len(becomes[key]), lang), assumptions=quoted))
    told = told or [translate("figure.tornado.no-flip", lang)]
    if len(shown.drawn) < len(shown.bars):
        told.append(translate("figure.tornado.drawn", lang, n=format_count(len(shown.drawn), lang), of=format_count(len(shown.bars), lang)))
    if not above:
        return " ".join([translate("figure.tornado.none", lang, option=option, indicator=indicator, n=format_count(len(shown.bars), lang)), *told])
    first, response = above[0]
    sentence = translate(
        "figure.tornado.first",
        lang,
        n=format_count(len(above), lang),
        of=format_count(len(shown.bars), lang),
        option=option,
        indicator=indicator,
        usual=_written(shown.usual.difference, shown, lang),
        assumption=pick(first.title, lang),
        ends="; ".join(_say_end(end, shown, lang) for end in (response.low, response.high) if end is not None),
    )
    return " ".join([sentence, *told])


def _becomes(usual: UsualDifference, response: Response) -> str:
    """Say what becomes of the verdict at the ends.

    Returns
    -------
        ``flip`` where it is clear both ways, ``cross`` where a clear difference changes its sign without being clear, ``fade`` where it only is clear no more,
        ``emerge`` where it becomes clear, ``shift`` where another word changes, and ``stays``.
    """
    ends = [end for end in (response.low, response.high) if end is not None]
    changed = [end for end in ends if end.verdict != usual.verdict]
    if response.flips:
        return "flip"
    if usual.verdict == "clear":
        is_across = any((end.difference or 0.0) * (usual.difference or 0.0) < 0 for end in changed)
        return "cross" if is_across else "fade" if changed else "stays"
    return "emerge" if any(end.verdict == "clear" for end in changed) else "shift" if changed else "stays"


def _say_end(end: AtEnd, shown: Shown, lang: Lang) -> str:
    return translate("figure.tornado.at", lang, setting=format_shortest(end.setting, lang), difference=_written(end.difference, shown, lang))


def describe_tornado(sensitivity: Sensitivity, shown: Shown, lang: Lang) -> str:
    """Tell every pair of bars."""
    rows = []
    for rank, (entry, response) in enumerate(shown.drawn, start=1):
        ends = "; ".join(
            translate("figure.tornado.alt-end", lang, setting=format_shortest(end.setting, lang), difference=_written(end.difference, shown, lang))
            for end in (response.low, response.high)
            if end is not None
        )
        rows.append(translate("figure.tornado.alt-item", lang, rank=format_count(rank, lang), assumption=pick(entry.title, lang), ends=ends))
    return translate(
        "figure.tornado.alt",
        lang,
        indicator=indicator_name(shown.indicator, lang),
        option=pick(shown.option.title, lang),
        baseline=pick(sensitivity.baseline_title, lang),
        usual=_written(shown.usual.difference, shown, lang),
        noise=tornado_format(shown, lang).value(shown.usual.noise),
        values=" ".join(rows),
    )


def _written(difference: float | None, shown: Shown, lang: Lang) -> str:
    form = tornado_format(shown, lang)
    return with_unit(form.change(difference), translate(f"table.unit.difference.{form.scale}", lang))
