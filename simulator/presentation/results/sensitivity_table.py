"""The tables of a study of assumptions: all of them, the most important first, and the numbers behind one tornado."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.presentation.footnotes import thinned_notes
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_number, format_shortest, is_undefined
from simulator.presentation.results.tornado import tornado_format, usual_format
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import column_heads, indicator_name, pick, sentence_case

if TYPE_CHECKING:
    from simulator.experiments.sensitivity.influences import AssumptionInfluence, AtEnd, Response, Sensitivity
    from simulator.presentation.numbers import Lang, NumberFormat
    from simulator.presentation.results.tornado import Shown

_KINDS: Final = ("notable", "small", "noise", "none")


def draw_sensitivity(sensitivity: Sensitivity, lang: Lang = "vi") -> Table:
    """Return one row for each assumption that was run in all replications, ranked by verdict and change; the others are counted in notes."""
    told = [entry for entry in sensitivity.assumptions if has_row(entry, sensitivity)]
    told.sort(key=lambda entry: (_KINDS.index(saying_of(entry)), -_deciding(entry, sensitivity)[0]))
    columns = tuple(
        sentence_case(translate(f"table.sensitivity.{name}", lang))
        for name in ("assumption", "range", "influence", "where", "saying", "sign", "replications")
    )
    rows = tuple(
        Row(f"{rank}. {pick(entry.title, lang)}", (_range(entry, lang), *_cells(entry, sensitivity, lang)))
        for rank, entry in enumerate(told, start=1)
    )
    return Table(
        "sensitivity",
        lang,
        translate("table.sensitivity.caption", lang, title=pick(sensitivity.title, lang), baseline=pick(sensitivity.baseline_title, lang)),
        columns,
        (Group("", rows),),
        tuple(notes(sensitivity, lang)),
        is_simulated=True,
    )


def notes(sensitivity: Sensitivity, lang: Lang) -> list[str]:
    """Say how the study was made, and what its words mean."""
    tried = [entry for entry in sensitivity.assumptions if any(each.low or each.high for of in entry.responses.values() for each in of.values())]
    idle, untried = sum(not entry.has_effect for entry in tried), len(sensitivity.assumptions) - len(tried)
    counts = {
        "replications": format_count(sensitivity.replications, lang),
        "followed": format_count(sensitivity.followed, lang),
        "n": format_count(len(sensitivity.assumptions), lang),
        "runs": format_count(sensitivity.n_runs, lang),
    }
    told = [translate("table.sensitivity.note.how", lang, **counts)]
    told += thinned_notes(sensitivity.members, sensitivity.members_in_scenario, lang)
    told.append(translate("table.sensitivity.note.words", lang, looks=format_count(sensitivity.n_looks, lang)))
    less = sum(entry.has_effect and not has_row(entry, sensitivity) for entry in sensitivity.assumptions)
    if less:
        told.append(translate("table.sensitivity.note.less", lang, n=format_count(less, lang)))
    if idle:
        told.append(translate("table.sensitivity.note.idle", lang, n=format_count(idle, lang)))
    if untried:
        told.append(translate("table.sensitivity.note.untried", lang, n=format_count(untried, lang)))
    told.append(translate("table.sensitivity.note.alone", lang))
    return told


def has_row(entry: AssumptionInfluence, sensitivity: Sensitivity) -> bool:
    """Whether an assumption has a row of its own: it moves something, and was followed to the end."""
    return entry.has_effect and entry.replications == sensitivity.replications


def saying_of(entry: AssumptionInfluence) -> str:
    """Say what an assumption does: ``notable``, ``small`` (told from luck, below the margin), ``noise`` (not told from luck), or ``none``."""
    if not entry.has_effect:
        return "none"
    if entry.is_notable:
        return "notable"
    is_told = any(response.is_told for of_option in entry.responses.values() for response in of_option.values())
    return "small" if is_told else "noise"


def _deciding(entry: AssumptionInfluence, sensitivity: Sensitivity) -> tuple[float, str, str]:
    """Give the change the verdict comes from, in margins, its indicator and its option: the largest that is told from luck, else the largest."""
    margins = {name: usual.margin for name, usual in sensitivity.options[0].differences.items()}
    places = [(entry.responses[option][name], name, option) for option in entry.responses for name in margins]
    response, name, option = max(places, key=lambda place: (place[0].told_reach / margins[place[1]], place[0].reach / margins[place[1]]))
    return (response.told_reach or response.reach) / margins[name], name, option


def _cells(entry: AssumptionInfluence, sensitivity: Sensitivity, lang: Lang) -> tuple[str, ...]:
    change, name, option = _deciding(entry, sensitivity)
    title = next(each.title for each in sensitivity.options if each.id == option)
    where = translate("table.sensitivity.at", lang, indicator=sentence_case(indicator_name(name, lang)), option=pick(title, lang))
    turns = any(response.flips for of_option in entry.responses.values() for response in of_option.values())
    return (
        format_number(change, lang, 1),
        where,
        translate(f"table.sensitivity.saying.{saying_of(entry)}", lang),
        translate(f"table.sensitivity.sign.{'turns' if turns else 'stays'}", lang),
        format_count(entry.replications, lang),
    )


def tornado_table(sensitivity: Sensitivity, shown: Shown, lang: Lang) -> Table:
    """Return the numbers behind a tornado: the difference at both ends of every assumption, and how far it moves."""
    form = tornado_format(shown, lang)
    rows = tuple(
        Row(f"{rank}. {pick(entry.title, lang)}", (_range(entry, lang), *_ends(response, form)))
        for rank, (entry, response) in enumerate(shown.bars, start=1)
    )
    unit = translate(f"table.unit.difference.{form.scale}", lang)
    fields = {"indicator": sentence_case(indicator_name(shown.indicator, lang)), "option": pick(shown.option.title, lang)}
    caption = translate("table.tornado.caption", lang, **fields) + (f" ({unit})" if unit else "")
    columns = column_heads("table.tornado", ("assumption", "range", "low", "low-change", "high", "high-change"), lang)
    usual = shown.usual
    note = translate(
        "table.tornado.note",
        lang,
        usual=form.around(usual.low, usual.high).change(usual.difference),
        interval=form.interval(usual.low, usual.high, signed=True),
        noise=form.value(usual.noise),
        replications=format_count(sensitivity.replications, lang),
    )
    return Table(f"tornado-{shown.indicator.replace('_', '-')}", lang, caption, columns, (Group("", rows),), (note,), is_simulated=True)


def usual_table(sensitivity: Sensitivity, lang: Lang) -> Table:
    """Return the usual difference, the noise floor and the margin of every indicator of every option."""
    columns = column_heads("table.usual", ("indicator", "difference", "interval", "noise", "margin"), lang)
    groups = []
    for option in sensitivity.options:
        rows = []
        for name, usual in option.differences.items():
            form = usual_format(name, usual, lang)
            unit = translate(f"table.unit.difference.{form.scale}", lang)
            header = sentence_case(indicator_name(name, lang)) + (f" ({unit})" if unit else "")
            form = form.around(usual.low, usual.high)
            interval = form.interval(usual.low, usual.high, signed=True)
            rows.append(Row(header, (form.change(usual.difference), interval, form.value(usual.noise), form.value(usual.margin))))
        groups.append(Group(pick(option.title, lang), tuple(rows)))
    return Table("usual-differences", lang, translate("table.usual.caption", lang), columns, tuple(groups), is_simulated=True)


def _range(entry: AssumptionInfluence, lang: Lang) -> str:
    value, low, high = (format_shortest(number, lang) for number in (entry.value, entry.low, entry.high))
    return translate("figure.tornado.range", lang, value=value, low=low, high=high)


def _ends(response: Response, form: NumberFormat) -> tuple[str, ...]:
    return (*_end(response.low, form), *_end(response.high, form))


def _end(end: AtEnd | None, form: NumberFormat) -> tuple[str, str]:
    if end is None or is_undefined(end.difference):
        return translate("table.undefined", form.lang), ""
    interval = form.interval(end.change_low, end.change_high, signed=True)
    change = form.around(end.change_low, end.change_high).change(end.change)
    return form.change(end.difference), f"{change} {interval}".strip()
