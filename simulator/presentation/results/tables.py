"""The tables of a comparison, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.presentation.footnotes import few_replications_notes, override_notes, replication_notes, stopping_notes
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, Scale, format_count, format_number, is_undefined
from simulator.presentation.results.margins import say_margins
from simulator.presentation.results.sentences import say_behaviour
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import (
    ALWAYS_SHOWN,
    CAUSES,
    DEFAULT_STRUCTURE,
    award_kind,
    course_format,
    course_name,
    course_scale,
    difference_format,
    headline_names,
    is_of_collectives,
    measured,
    mix_shares,
    name_in,
    not_clear_meaning,
    other_options,
    pick,
    say_shares_outside,
    says_anything,
    sentence_case,
    value_format,
    verdict_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.results.comparison import Comparison, Estimate, IndicatorComparison
    from simulator.presentation.numbers import Lang


_SHARES: Final = frozenset(
    {
        "award_rate",
        "leader_share",
        "direct_worker_share",
        "five_year_coverage",
        "fill_rate",
        "approval_rate",
        "precision_at_k",
        "recognised_within_12_months",
        "discovery_recall",
        "awards_owed_to_chasing",
    }
)
"""Indicators that can be neither under 0% nor over 100%."""


def draw_table(comparison: Comparison, lang: Lang = "vi") -> Table:
    """Return the main table: each indicator under each option, beside the lawful best, with differences and verdicts."""
    names = shown_names(comparison)
    baseline = pick(comparison.option(comparison.baseline_option).title, lang)
    caveats = {name: caveat for name in names for item in measured(comparison, name) if (caveat := item.caveat) is not None}
    of_interval, *of_verdicts = verdict_notes(comparison, names, lang)
    notes = [
        *_cautions(comparison, lang),
        of_interval,
        *stopping_notes(comparison, lang),
        translate(
            "table.note.lawful-best", lang, who=translate(f"table.note.who.{'collectives' if is_of_collectives(comparison) else 'people'}", lang)
        ),
        *of_verdicts,
        translate("table.note.rounded", lang),
        *([translate("table.note.others", lang, baseline=baseline)] if _leaves_some_out(comparison, names) else []),
        *(
            sentence_case(translate("table.note.caveat", lang, indicator=name_in(comparison, name, lang), caveat=translate(caveat, lang)))
            for name, caveat in caveats.items()
        ),
    ]
    notes += replication_notes(comparison, [*names, *(["merit_ceiling"] if "merit_kappa" in names else [])], lang)
    if comparison.failures:
        notes.append(translate("table.note.failures", lang, n=format_count(len(comparison.failures), lang)))
    notes += override_notes(comparison, lang)
    if comparison.structure != DEFAULT_STRUCTURE or comparison.learning:
        notes.append(say_behaviour(comparison, lang))
    return Table(
        id="comparison",
        lang=lang,
        caption=translate(
            "table.comparison.caption",
            lang,
            kind=award_kind(comparison.focus_award_title, lang),
            award=pick(comparison.focus_award_title, lang),
            baseline=baseline,
        ),
        columns=(translate("table.indicator", lang), *(pick(option.title, lang) for option in comparison.options)),
        groups=tuple(_indicator_group(comparison, name, lang) for name in names),
        notes=tuple(notes),
        is_simulated=True,
    )


def verdict_notes(comparison: Comparison, names: Sequence[str], lang: Lang) -> list[str]:
    """Say what a reader of differences has to know: what their intervals tell, how verdicts are meant, and what is large enough to matter.

    Parameters
    ----------
    comparison
        The comparison.
    names
        The indicators that are shown.
    lang
        The language.
    """
    meanings = {word: translate(f"verdict.meaning.{word}", lang) for word in ("clear", "small", "nature")}
    return [
        translate("table.note.interval", lang, replications=format_count(comparison.replications, lang)),
        *([translate("table.note.beyond-share", lang)] if _is_beyond_share(comparison, names) else []),
        translate(
            "table.note.verdict",
            lang,
            clear=meanings["clear"],
            small=meanings["small"],
            unclear=not_clear_meaning([item for option in comparison.options for item in option.indicators.values()], lang),
            nature=sentence_case(meanings["nature"]),
        ),
        translate("table.note.margins", lang, margins=_margins(comparison, names, lang)),
    ]


def _is_beyond_share(comparison: Comparison, names: Sequence[str]) -> bool:
    """Whether an interval of a share holds differences that would leave less than nothing of it, or more than all."""
    for option in other_options(comparison):
        for name in _SHARES.intersection(names, option.indicators):
            item = option.indicators[name]
            if item.value is None or item.difference is None or item.difference_low is None or item.difference_high is None:
                continue
            before = item.value - item.difference
            if before + item.difference_low < 0 or before + item.difference_high > 1:
                return True
    return False


def _cautions(comparison: Comparison, lang: Lang) -> list[str]:
    """Say first what a reader must know before any figure: that the runs are few, or end before some rules begin."""
    late = sorted({phase.from_year for option in comparison.options for phase in option.phases if phase.from_year > comparison.years[-1]})
    cautions = few_replications_notes(comparison.replications, lang)
    if late:
        years = ", ".join(map(str, late))
        cautions.append(translate("table.note.late-phases", lang, years=years, last=str(comparison.years[-1])))
    return cautions


def shown_names(comparison: Comparison) -> list[str]:
    """Name the indicators of the main table: those every comparison is about, and of the others those in which an option differs clearly."""
    measured_names = dict.fromkeys(name for option in comparison.options for name in option.indicators)
    shown = [
        name
        for name in measured_names
        if name in ALWAYS_SHOWN or name in comparison.asked or (name != "merit_ceiling" and _differs(comparison, name))
    ]
    return [name for name in shown if says_anything(comparison, name)]


def _leaves_some_out(comparison: Comparison, names: list[str]) -> bool:
    return any(name not in names and name != "merit_ceiling" for option in comparison.options for name in option.indicators)


def _differs(comparison: Comparison, name: str) -> bool:
    return any(option.indicators[name].verdict == "clear" for option in comparison.options if name in option.indicators)


def _margins(comparison: Comparison, names: Sequence[str], lang: Lang) -> str:
    margins = {name: measured(comparison, name)[0].margin for name in names}
    return say_margins(margins, lang, lambda name, lang: name_in(comparison, name, lang))


def _indicator_group(comparison: Comparison, name: str, lang: Lang) -> Group:
    items = [option.indicators.get(name) for option in comparison.options]
    form, steps = value_format(name, measured(comparison, name), lang), difference_format(name, measured(comparison, name), lang)
    rows = [Row(_label("table.value", f"table.unit.value.{form.scale}", lang), tuple(_value(item, form, lang) for item in items))]
    ceilings = [option.indicators.get("merit_ceiling") for option in comparison.options]
    if name == "merit_kappa" and any(ceilings):
        rows.append(Row(translate("table.ceiling", lang), tuple(form.value(item.value) if item else _nothing(lang) for item in ceilings)))
    rows.append(Row(translate("table.lawful-best", lang), tuple(form.value(item.lawful_best) if item else _nothing(lang) for item in items)))
    differences, verdicts = [], []
    for option, item in zip(comparison.options, items, strict=True):
        is_reference = option.id == comparison.baseline_option
        differences.append(_difference(item, steps, lang, is_reference=is_reference))
        verdicts.append(translate("table.baseline-cell", lang) if is_reference else verdict_words(item, lang) if item else _nothing(lang))
    rows += [
        Row(_label("table.difference", f"table.unit.difference.{steps.scale}", lang), tuple(differences)),
        Row(translate("table.verdict", lang), tuple(verdicts)),
    ]
    return Group(sentence_case(name_in(comparison, name, lang)), tuple(rows))


def mix_table(comparison: Comparison, lang: Lang) -> Table:
    """Return the numbers behind the allocation bars."""
    rows = []
    for option in comparison.options:
        estimates = [option.allocation_mix.get(cause) for cause in CAUSES]
        rows.append(Row(pick(option.title, lang), tuple(_estimate(item, NumberFormat(lang, Scale.PERCENT, 0)) for item in estimates)))
    columns = (translate("table.options.option", lang), *(sentence_case(translate(f"table.mix.{cause}", lang)) for cause in CAUSES))
    title = comparison.focus_award_title
    caption = translate("table.mix.caption", lang, kind=award_kind(title, lang), award=pick(title, lang))
    notes = (translate("table.mix.rounded", lang), *say_shares_outside(mix_shares(comparison), lang))
    return Table("mix", lang, caption, columns, (Group("", tuple(rows)),), notes, is_simulated=True)


def by_year_tables(comparison: Comparison, lang: Lang) -> list[Table]:
    """Return the numbers behind the year lines, one table for each headline indicator that was followed."""
    return [_by_year_table(comparison, name, lang) for name in headline_names(comparison)]


def _by_year_table(comparison: Comparison, name: str, lang: Lang) -> Table:
    lines = [option.by_year.get(name) for option in comparison.options]
    form = course_format(name, [item for line in lines if line for item in line], lang)
    rows = tuple(
        Row(str(year), tuple(_estimate(line[index] if line else None, form) for line in lines)) for index, year in enumerate(comparison.years)
    )
    unit = translate(f"table.unit.value.{course_scale(name)}", lang)
    title = sentence_case(course_name(name, lang)) + (f" ({unit})" if unit else "")
    columns = (translate("table.by-year.year", lang), *(pick(option.title, lang) for option in comparison.options))
    caption = translate("table.by-year.caption", lang, indicator=title)
    return Table(f"by-year-{name}", lang, caption, columns, (Group("", rows),), is_simulated=True)


def _label(key: str, unit_key: str, lang: Lang) -> str:
    unit = translate(unit_key, lang)
    return f"{translate(key, lang)} ({unit})" if unit else translate(key, lang)


def _value(item: IndicatorComparison | None, form: NumberFormat, lang: Lang) -> str:
    return _nothing(lang) if item is None else form.value(item.value)


def _difference(item: IndicatorComparison | None, form: NumberFormat, lang: Lang, *, is_reference: bool) -> str:
    if item is None:
        return _nothing(lang)
    if is_reference and item.difference == 0:
        return format_number(0, lang)
    if is_undefined(item.difference):
        return form.change(item.difference)
    interval = form.interval(item.difference_low, item.difference_high, signed=True)
    return f"{form.around(item.difference_low, item.difference_high).change(item.difference)} {interval}".strip()


def _estimate(item: Estimate | None, form: NumberFormat) -> str:
    if item is None or is_undefined(item.value):
        return form.value(None)
    return f"{form.around(item.low, item.high).value(item.value)} {form.interval(item.low, item.high)}".strip()


def _nothing(lang: Lang) -> str:
    return translate("table.none", lang)
