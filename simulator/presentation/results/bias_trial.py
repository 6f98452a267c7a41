"""Which indicator of leader bias can be trusted: how often each finds a bias that was planted, and how often one that was not; table, picture, sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from simulator.experiments.power.results import TARGET
from simulator.presentation.figure_words import SIZE, row_height, wrap
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_percent, format_shortest
from simulator.presentation.results.power_figure import CELL
from simulator.presentation.style import INK, SMALLEST, WIDTH, Drawing, freeze, house_style
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import list_words, sentence_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from simulator.experiments.power.results import Basis, BiasRate, Power
    from simulator.presentation.numbers import Lang

BASES: Final[tuple[Basis, ...]] = ("exact", "rating", "none")
TOLERATED: Final = 0.1
"""An indicator misleads where it surely raises a false alarm more often than that."""
FALSE_FILLS: Final = ("white", "#f6d9b8", "#e08a1e")
TRUE_FILLS: Final = ("white", "#9cc3de", "#2f6690")
"""Fills of false and of true alarms, the darker the more; printed without colour, all five differ too."""
_STEPS: Final = (TOLERATED, TARGET)
_LABEL: Final = 2.7
"""Inches: the column of indicators."""
_HEAD: Final = 1.35


def worlds(power: Power) -> list[tuple[float, float]]:
    """List (bonus, true advantage) of the lists: first those in which every alarm is false, then by the bonus."""
    found = list(dict.fromkeys((each.bonus, each.leader_merit) for each in power.bias))
    return sorted(found, key=lambda world: (world[0] > 0, world[0], world[1]))


def indicators(power: Power) -> list[tuple[str, Basis]]:
    """List indicators with what they are told of merit, in the order of the table."""
    found = dict.fromkeys((each.indicator, each.basis) for each in power.bias)
    return sorted(found, key=lambda each: BASES.index(each[1]))


def rate_at(power: Power, indicator: str, basis: Basis, world: tuple[float, float]) -> BiasRate:
    """Return one rate."""
    return next(each for each in power.bias if (each.indicator, each.basis, each.bonus, each.leader_merit) == (indicator, basis, *world))


def bias_table(power: Power, lang: Lang = "vi") -> Table:
    """Return the alarms of every indicator in every kind of list."""
    columns = (sentence_case(translate("bias.indicator", lang)), *(_world_words(world, lang) for world in worlds(power)))
    groups = [
        Group(
            sentence_case(translate(f"bias.basis.{basis}", lang)),
            tuple(
                Row(
                    sentence_case(translate(f"bias.name.{indicator}", lang)),
                    tuple(_cell(rate_at(power, indicator, basis, world), lang) for world in worlds(power)),
                )
                for indicator, own in indicators(power)
                if own == basis
            ),
        )
        for basis in BASES
    ]
    notes = (
        translate(
            "bias.note.lists", lang, units=format_count(power.bias_units, lang), years=format_count(power.bias_years, lang), n=_lists(power, lang)
        ),
        translate("bias.note.alarm", lang),
        translate("bias.note.eighty", lang),
    )
    return Table(
        "bias-trial", lang, translate("bias.caption", lang), columns, tuple(group for group in groups if group.rows), notes, is_simulated=True
    )


def _lists(power: Power, lang: Lang) -> str:
    return format_count(max((each.found.lists for each in power.bias), default=0), lang)


def _world_words(world: tuple[float, float], lang: Lang, key: str = "bias.world") -> str:
    bonus, better = world
    if not bonus:
        return translate(f"{key}.better" if better else f"{key}.nothing", lang, better=format_shortest(better, lang))
    return translate(f"{key}.bonus", lang, bonus=format_shortest(bonus, lang))


def _cell(each: BiasRate, lang: Lang) -> str:
    found = each.found
    if found.undefined == found.lists:
        return translate("table.undefined", lang)
    return f"{format_percent(found.rate, lang)}\n[{format_percent(found.low, lang)}; {format_percent(found.high, lang)}]"


def misleading(power: Power) -> list[tuple[str, Basis]]:
    """List what surely raises more false alarms than are tolerated, in lists where no bonus was planted."""
    false = [world for world in worlds(power) if not world[0]]
    return [each for each in indicators(power) if any(rate_at(power, *each, world).found.low > TOLERATED for world in false)]


def to_monitor(power: Power) -> tuple[str, Basis, float] | None:
    """Choose what a real list can be monitored by, with the smallest bonus it finds: the fewest false alarms where leaders are better decide, then power.

    Only what a real list allows is chosen from, without what raises false alarms where leaders are no better.
    """
    bonuses = [world for world in worlds(power) if world[0]]
    false = [world for world in worlds(power) if not world[0]]
    usable = []
    for each in indicators(power):
        found = [world[0] for world in bonuses if rate_at(power, *each, world).found.rate >= TARGET]
        if each[1] == "exact" or not found or rate_at(power, *each, false[0]).found.low > TOLERATED:
            continue
        usable.append((max(rate_at(power, *each, world).found.rate for world in false), min(found), each))
    if not usable:
        return None
    _, bonus, (indicator, basis) = min(usable, key=lambda one: one[:2])
    return indicator, basis, bonus


def say_bias(power: Power, lang: Lang = "vi") -> str:
    """Say which indicator to monitor, how small a bonus it finds, and which ones mislead where leaders are truly better."""
    fields = {"units": format_count(power.bias_units, lang), "years": format_count(power.bias_years, lang), "target": format_percent(TARGET, lang)}
    better = next((world for world in worlds(power) if not world[0] and world[1]), None)
    chosen = to_monitor(power)
    if chosen is None:
        told = [translate("bias.says.none", lang, **fields)]
    else:
        indicator, basis, bonus = chosen
        rate = rate_at(power, indicator, basis, (bonus, 0.0)).found.rate
        name = translate(f"bias.name.{indicator}", lang)
        told = [translate("bias.says.monitor", lang, indicator=name, bonus=format_shortest(bonus, lang), rate=format_percent(rate, lang), **fields)]
        if better is not None:
            own = rate_at(power, indicator, basis, better).found
            key = "bias.says.even-it" if own.low > TOLERATED else "bias.says.holds"
            told.append(translate(key, lang, rate=format_percent(own.rate, lang), better=format_shortest(better[1], lang)))
    wrong = [each for each in misleading(power) if chosen is None or each != chosen[:2]]
    if wrong and better is not None:
        named = [
            translate("bias.says.of-basis", lang, basis=translate(f"bias.basis.{basis}", lang), indicators=_named(power, wrong, basis, better, lang))
            for basis in dict.fromkeys(each[1] for each in wrong)
        ]
        told.append(translate("bias.says.misleading", lang, indicators="; ".join(named), better=format_shortest(better[1], lang)))
    elif better is not None:
        told.append(translate("bias.says.no-other", lang))
    runs = power.runs_needed("bias")
    if runs is not None:
        told.append(
            translate("bias.says.few", lang, lists=_lists(power, lang), n=format_count(power.replications, lang), needed=format_count(runs, lang))
        )
    return " ".join(told)


def _named(power: Power, wrong: Sequence[tuple[str, Basis]], basis: Basis, world: tuple[float, float], lang: Lang) -> str:
    """Name what misleads with the same knowledge of merit, each with its false alarms."""
    told = [
        translate(
            "bias.says.named",
            lang,
            indicator=translate(f"bias.name.{indicator}", lang),
            rate=format_percent(rate_at(power, indicator, own, world).found.rate, lang),
        )
        for indicator, own in wrong
        if own == basis
    ]
    return list_words(told, lang)


def draw_bias(power: Power, lang: Lang = "vi") -> Drawing:
    """Draw the alarms as a table of cells: false ones in one colour, true ones in another, the darker the more."""
    rows = indicators(power)
    labels = [
        translate("bias.row", lang, indicator=sentence_case(translate(f"bias.name.{name}", lang)), basis=translate(f"bias.short.{basis}", lang))
        for name, basis in rows
    ]
    with house_style():
        labels = [wrap(label, _LABEL) for label in labels]
        figure = Figure(figsize=(WIDTH, _HEAD + row_height(labels, CELL, SMALLEST, apart=0) * len(rows)), layout="constrained")
        panel = figure.subplots()
        _draw_cells(panel, power, rows, lang)
        panel.set_yticks([row + 0.5 for row in range(len(rows))], labels, fontsize=SMALLEST)
        handles = [
            Patch(facecolor=fill, edgecolor=INK, linewidth=0.8, label=translate(f"figure.bias.{kind}-{level}", lang))
            for kind, fills in (("false", FALSE_FILLS), ("true", TRUE_FILLS))
            for level, fill in enumerate(fills)
            if level
        ]
        figure.legend(handles=handles, loc="outside lower left", ncols=2, frameon=False, handlelength=1.6, handleheight=1.1)
        freeze(figure)
    values = "; ".join(f"{label.replace(chr(10), ' ')}: {_row_words(power, row, lang)}" for label, row in zip(labels, rows, strict=True))
    alt = translate("figure.bias.alt", lang, values=values)
    return Drawing("bias-trial-figure", lang, figure, translate("figure.bias.title", lang), say_bias(power, lang), alt)


def _draw_cells(panel: Axes, power: Power, rows: Sequence[tuple[str, Basis]], lang: Lang) -> None:
    columns = worlds(power)
    width = (WIDTH - _LABEL) / len(columns) - 0.12
    for row, (indicator, basis) in enumerate(rows):
        for column, world in enumerate(columns):
            found = rate_at(power, indicator, basis, world).found
            fills = TRUE_FILLS if world[0] else FALSE_FILLS
            level = sum(found.rate >= step for step in (_STEPS if world[0] else (TOLERATED, 0.5)))
            ink = "white" if world[0] and level == len(_STEPS) else INK
            panel.add_patch(Rectangle((column, row), 1, 1, facecolor=fills[level], edgecolor=INK, linewidth=0.8))
            panel.text(column + 0.5, row + 0.5, format_percent(found.rate, lang), ha="center", va="center", color=ink, fontsize=SIZE)
    n_false = sum(not world[0] for world in columns)
    panel.axvline(n_false, color=INK, linewidth=2.4)
    panel.set_xlim(-0.03, len(columns) + 0.03)
    panel.set_ylim(len(rows) + 0.03, -0.03)
    panel.set_xticks(
        [column + 0.5 for column in range(len(columns))], [wrap(_world_words(world, lang, "figure.bias.world"), width) for world in columns]
    )
    panel.xaxis.tick_top()
    panel.tick_params(axis="both", length=0)
    for side in ("left", "bottom"):
        panel.spines[side].set_visible(False)


def _row_words(power: Power, row: tuple[str, Basis], lang: Lang) -> str:
    return ", ".join(f"{_world_words(world, lang)} {format_percent(rate_at(power, *row, world).found.rate, lang)}" for world in worlds(power))
