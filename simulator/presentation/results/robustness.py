"""Does a difference hold whatever units follow? Options by indicators, a cell for each structure of behaviour, told by symbol and by fill."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from simulator.experiments.comparing.ensemble import AGREEMENT
from simulator.presentation.figure_words import SIZE, name_lines, panel_width, row_height, share_out, wrap
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count
from simulator.presentation.results.ensemble_table import SHOWN
from simulator.presentation.results.figures import continued
from simulator.presentation.style import INK, WIDTH, Drawing, freeze, house_style
from simulator.presentation.wording import indicator_name, list_words, pick, sentence_case

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simulator.experiments.comparing.ensemble import Ensemble, IndicatorEnsemble, OptionEnsemble, UnderStructure
    from simulator.presentation.numbers import Lang


class Cell(NamedTuple):
    """How one saying is drawn: its symbol, the fill, the hatching, and the ink of the symbol."""

    symbol: str
    fill: str
    hatch: str
    ink: str


CELLS: Final = {
    "up": Cell("▲", "#1f4e79", "", "white"),
    "down": Cell("▼", "#e8a33d", "", INK),
    "small": Cell("≈", "white", "", INK),
    "not-clear": Cell("?", "#f2f2f2", "////", INK),
}
"""Saying → its look: dark, middle, white and hatched are told apart without colour."""
_COLUMNS: Final = 2
_KEY: Final = 0.4
_AROUND: Final = 0.7
_CELL: Final = 0.3
"""Inches: the key above, a panel's title with the numbers below it, and the least height of a cell."""


def saying_of(under: UnderStructure) -> str:
    """Say what one structure says: ``up``, ``down``, ``small`` or ``not-clear``."""
    if under.verdict != "clear":
        return under.verdict.replace(" ", "-")
    return "up" if (under.difference or 0.0) > 0 else "down"


def draw_robustness(ensemble: Ensemble, lang: Lang = "vi") -> list[Drawing]:
    """Draw one panel an indicator: options down, structures across, and how many say the same; in as many figures as pages need to hold them."""
    names, options = _shown(ensemble)
    row = _AROUND + len(options) * row_height(_titles(options, lang), _CELL)
    drawings = [_draw_figure(ensemble, of_figure, options, row, lang) for of_figure in share_out(names, _COLUMNS, row, _KEY)]
    return [drawing if not number else continued(drawing, number + 1) for number, drawing in enumerate(drawings)]


def _titles(options: list[OptionEnsemble], lang: Lang) -> list[str]:
    return name_lines(pick(option.title, lang) for option in options)


def _draw_figure(ensemble: Ensemble, names: list[str], options: list[OptionEnsemble], row: float, lang: Lang) -> Drawing:
    rows = max(1, -(-len(names) // _COLUMNS))
    with house_style():
        figure = Figure(figsize=(WIDTH, _KEY + rows * row), layout="constrained")
        figure.get_layout_engine().set(w_pad=0.04, h_pad=0.06)  # type: ignore[union-attr, call-arg]  # set by layout=
        axes = figure.subplots(rows, _COLUMNS, squeeze=False)
        for position, panel in enumerate(axes.flat):
            if position < len(names):
                _draw(panel, names[position], options, ensemble, lang, with_options=position % _COLUMNS == 0)
            else:
                panel.set_axis_off()
        handles = [
            Patch(
                facecolor=cell.fill,
                hatch=cell.hatch,
                edgecolor=INK,
                linewidth=0.8,
                label=f"{cell.symbol}  {translate(f'figure.robustness.{name}', lang)}",
            )
            for name, cell in CELLS.items()
        ]
        figure.legend(
            handles=handles, loc="outside upper left", ncols=len(handles), frameon=False, handlelength=1.6, handleheight=1.3, columnspacing=1.2
        )
        freeze(figure)
    title = translate("figure.robustness.title", lang, baseline=pick(_baseline(ensemble).title, lang))
    return Drawing("robustness-figure", lang, figure, title, say_robustness(ensemble, lang), describe_robustness(ensemble, lang))


def _baseline(ensemble: Ensemble) -> OptionEnsemble:
    """Give the option that keeps the rules as they are: the one in which nothing ever differs."""
    for option in ensemble.options:
        if all(under.difference in (0.0, None) for joined in option.indicators.values() for under in joined.by_structure.values()):
            return option
    return ensemble.options[0]


def _shown(ensemble: Ensemble) -> tuple[list[str], list[OptionEnsemble]]:
    baseline = _baseline(ensemble).id
    options = [option for option in ensemble.options if option.id != baseline]
    return [name for name in SHOWN if any(name in option.indicators for option in options)], options


def _draw(panel: Axes, name: str, options: list[OptionEnsemble], ensemble: Ensemble, lang: Lang, *, with_options: bool) -> None:
    n = len(ensemble.structures)
    for row, option in enumerate(options):
        joined = option.indicators.get(name)
        if joined is None:
            continue
        for column, structure in enumerate(ensemble.structures):
            cell = CELLS[saying_of(joined.by_structure[structure])]
            panel.add_patch(Rectangle((column, row), 1, 1, facecolor=cell.fill, hatch=cell.hatch, edgecolor=INK, linewidth=0.8))
            box = {"boxstyle": "round,pad=0.12", "facecolor": cell.fill, "edgecolor": "none"} if cell.hatch else None
            panel.text(column + 0.5, row + 0.5, cell.symbol, ha="center", va="center", color=cell.ink, fontsize=10, bbox=box)
        panel.text(n + 0.12, row + 0.5, _count(joined, lang), ha="left", va="center", fontsize=SIZE)
    panel.set_xlim(-0.03, n + 0.9)
    panel.set_ylim(len(options) + 0.03, -0.03)
    panel.set_xticks([column + 0.5 for column in range(n)], [str(number) for number in range(1, n + 1)])
    titles = _titles(options, lang) if with_options else [""] * len(options)
    panel.set_yticks([row + 0.5 for row in range(len(options))], titles)
    panel.tick_params(axis="both", length=0)
    for side in ("left", "bottom"):
        panel.spines[side].set_visible(False)
    panel.set_title(wrap(sentence_case(indicator_name(name, lang)), panel_width(_COLUMNS), 9, is_bold=True))


def _count(joined: IndicatorEnsemble, lang: Lang) -> str:
    _, most = _most(joined)
    return f"{format_count(most, lang)}/{format_count(len(joined.by_structure), lang)}"


def _most(joined: IndicatorEnsemble) -> tuple[str, int]:
    return Counter(saying_of(under) for under in joined.by_structure.values()).most_common(1)[0]


def key_of_structures(ensemble: Ensemble, lang: Lang) -> str:
    """Say which number stands for which structure."""
    words = [f"({number}) {translate(f'structure.{structure}', lang)}" for number, structure in enumerate(ensemble.structures, start=1)]
    return translate("figure.robustness.key", lang, structures="; ".join(words))


def say_robustness(ensemble: Ensemble, lang: Lang) -> str:
    """Say how many differences hold under enough structures, and where clear differences point both ways."""
    names, options = _shown(ensemble)
    pairs = [(option, name, option.indicators[name]) for option in options for name in names if name in option.indicators]
    if not pairs:
        return translate("figure.robustness.nothing", lang)
    agreed = [joined for _, _, joined in pairs if joined.agreement >= AGREEMENT and _most(joined)[0] != "not-clear"]
    fields = {"n": format_count(len(pairs), lang), "agreed": format_count(len(agreed), lang), "clear": format_count(_n_clear(agreed), lang)}
    least = math.ceil(AGREEMENT * len(ensemble.structures) - 1e-9)
    sentence = translate("figure.robustness.says", lang, least=format_count(least, lang), of=format_count(len(ensemble.structures), lang), **fields)
    split = [(option, name) for option, name, joined in pairs if {"up", "down"} <= {saying_of(under) for under in joined.by_structure.values()}]
    if not split:
        return f"{sentence} {translate('figure.robustness.no-split', lang)} {key_of_structures(ensemble, lang)}"
    where = list_words(
        [translate("figure.robustness.at", lang, indicator=indicator_name(name, lang), option=pick(option.title, lang)) for option, name in split],
        lang,
    )
    return f"{sentence} {translate('figure.robustness.split', lang, where=where)} {key_of_structures(ensemble, lang)}"


def _n_clear(joined: list[IndicatorEnsemble]) -> int:
    return sum(_most(each)[0] in ("up", "down") for each in joined)


def describe_robustness(ensemble: Ensemble, lang: Lang) -> str:
    """Tell every cell."""
    names, options = _shown(ensemble)
    items = []
    for name in names:
        of_options = "; ".join(_describe_row(option, option.indicators[name], ensemble, lang) for option in options if name in option.indicators)
        items.append(translate("figure.comparison.alt-item", lang, indicator=sentence_case(indicator_name(name, lang)), options=of_options))
    return translate("figure.robustness.alt", lang, key=key_of_structures(ensemble, lang), values=" ".join(items))


def _describe_row(option: OptionEnsemble, joined: IndicatorEnsemble, ensemble: Ensemble, lang: Lang) -> str:
    cells = [
        f"({n}) {translate(f'figure.robustness.{saying_of(joined.by_structure[name])}', lang)}" for n, name in enumerate(ensemble.structures, start=1)
    ]
    return f"{pick(option.title, lang)}: {', '.join(cells)}"
