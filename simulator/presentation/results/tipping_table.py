"""The tables of a study of tipping: every target of every option with its box, and rules by futures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_number, format_percent
from simulator.presentation.results.tipping_words import ANY, conditions, notes, say_map, say_regret
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import column_heads, indicator_name, pick, sentence_case

if TYPE_CHECKING:
    from simulator.experiments.tipping.results import Held, OptionRobustness, OptionTipping, Restriction, Tipping, TippingEvent
    from simulator.presentation.numbers import Lang


def tipping_table(tipping: Tipping, lang: Lang = "vi") -> Table:
    """Return one row for each target of each option: how often it is missed, the box, and how well that tells."""
    columns = column_heads("table.tipping", ("target", "missed", "box", "coverage", "density", "p", "saying"), lang)
    groups = tuple(
        Group(pick(option.title, lang), tuple(_row(tipping, option, event, lang) for event in option.events.values())) for option in tipping.options
    )
    caption = translate("table.tipping.caption", lang, title=pick(tipping.title, lang), baseline=pick(tipping.baseline_title, lang))
    return Table("tipping", lang, caption, columns, groups, tuple(notes(tipping, lang)), is_simulated=True)


def _row(tipping: Tipping, option: OptionTipping, event: TippingEvent, lang: Lang) -> Row:
    header = translate("tipping.any", lang) if event.target == ANY else sentence_case(indicator_name(event.target, lang))
    missed = translate("table.tipping.of", lang, n=format_count(event.missed, lang), of=format_count(event.futures, lang))
    saying = translate(f"table.tipping.saying.{event.word}", lang)
    box = event.box
    if box is None:
        return Row(header, (missed, "–", "–", "–", "–", saying), option.id)
    asked = translate(f"table.tipping.{box.holds}", lang, conditions=conditions(tipping, box.restrictions, lang))
    if event.target != ANY and event.answers == option.events[ANY].answers:
        return Row(header, (missed, translate("table.tipping.same", lang), "–", "–", "–", saying), option.id)
    fits = [_both(one, other, lang) for one, other in ((box.coverage, box.coverage_left_out), (box.density, box.density_left_out))]
    p_values = dict.fromkeys(quasi_p_words(each, lang) for each in box.restrictions)  # where all read alike, it is said once
    return Row(header, (missed, asked, *fits, "; ".join(p_values), saying), option.id)


def _both(fitted: float, left_out: float, lang: Lang) -> str:
    return translate("table.tipping.both", lang, fitted=format_percent(fitted, lang), left_out=format_percent(left_out, lang))


def quasi_p_words(restriction: Restriction, lang: Lang) -> str:
    """Write a quasi-p-value; one that would read as nothing is written as below the smallest that does not."""
    smallest = 0.0001
    if restriction.quasi_p < smallest:
        return f"<\N{NO-BREAK SPACE}{format_number(smallest, lang, 4)}"
    return format_number(restriction.quasi_p, lang, 4)


def map_table(tipping: Tipping, lang: Lang = "vi") -> Table:
    """Return in what share of the futures each option meets each target, all of them, and that by structure; and its regret."""
    options = tipping.robustness
    shares = list(zip(heads(tipping, lang), *([share_words(held, lang) for held in cells(row, tipping)] for row in options), strict=True))
    n = len(tipping.targets) + 1
    undefined = translate("table.undefined", lang)
    means = [undefined if row.mean_regret is None else format_number(row.mean_regret, lang, 1) for row in options]
    regrets = [
        (translate("table.futures-map.largest", lang), *(say_regret(row, lang) for row in options)),
        (translate("table.futures-map.mean", lang), *means),
    ]
    groups = tuple(
        Group(translate(f"table.futures-map.{name}", lang), tuple(Row(head, tuple(rest)) for head, *rest in rows))
        for name, rows in (("met", shares[:n]), ("under", shares[n:]), ("regret", regrets))
    )
    columns = (sentence_case(translate("table.futures-map.what", lang)), *(pick(row.title, lang) for row in options))
    told = [say_map(tipping, lang), translate("table.futures-map.note", lang)]
    if all(target.rule == "not-further" for target in tipping.targets):
        told.append(translate("table.futures-map.note.baseline", lang, baseline=pick(tipping.baseline_title, lang)))
    caption = translate("table.futures-map.caption", lang, title=pick(tipping.title, lang))
    return Table("futures-map", lang, caption, columns, groups, tuple(told), is_simulated=True)


def heads(tipping: Tipping, lang: Lang) -> list[str]:
    """Name what an option is tried for: each target, all of them, and all of them under each structure."""
    targets = [sentence_case(indicator_name(target.indicator, lang)) for target in tipping.targets]
    structures = [translate(f"structure.{name}", lang) for name in tipping.robustness[0].by_structure]
    return [*targets, translate("tipping.all-targets", lang), *structures]


def cells(row: OptionRobustness, tipping: Tipping) -> list[Held]:
    """Give how an option does in each of them."""
    return [*(row.by_target[target.indicator] for target in tipping.targets), row.together, *row.by_structure.values()]


def share_words(held: Held, lang: Lang) -> str:
    """Write in what share of the futures something is met."""
    return translate("table.undefined", lang) if held.share is None else format_percent(held.share, lang)
