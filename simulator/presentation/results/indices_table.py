"""The tables of a study that varies everything at once: its inputs ranked, whether verdicts hold, and how far exhortations must be followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.experiments.sensitivity.global_influences import LOUDEST
from simulator.presentation.footnotes import thinned_notes
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, format_count, format_number, format_percent, is_undefined, places_for
from simulator.presentation.results.uncertain_words import input_name, input_range, share_with_interval
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import column_heads, indicator_name, pick, scale_of, sentence_case

if TYPE_CHECKING:
    from simulator.experiments.results.comparison import ComplianceSweep
    from simulator.experiments.sensitivity.global_influences import (
        GlobalSensitivity,
        InputEffect,
        InputInfluence,
        OptionUncertain,
        UncertainDifference,
    )
    from simulator.presentation.numbers import Lang
    from simulator.presentation.results.uncertain_words import ShownIndices

_MOST_ROWS: Final = 12


def global_tables(study: GlobalSensitivity, lang: Lang = "vi") -> list[Table]:
    """Return all tables of a study; one of compliance only where an option has exhortations."""
    tables = [inputs_table(study, lang), verdicts_table(study, lang)]
    return [*tables, compliance_table(study, lang)] if any(option.compliance for option in study.options) else tables


def inputs_table(study: GlobalSensitivity, lang: Lang = "vi") -> Table:
    """Return one row for each input that was screened by itself and moves something, the one that spreads a difference furthest first; the dummy last."""
    shown = [each for each in study.assumptions if each.screened != "in a group" and each.has_effect and each.kind != "dummy"][:_MOST_ROWS]
    rows = [
        Row(f"{rank}. {input_name(each, lang)}", (input_range(each, lang), *_cells(each, study, lang))) for rank, each in enumerate(shown, start=1)
    ]
    dummy = next(each for each in study.assumptions if each.kind == "dummy")
    rows.append(Row(input_name(dummy, lang), ("", *_cells(dummy, study, lang))))
    columns = column_heads("table.inputs", ("input", "range", "spread", "where", "total", "first", "saying"), lang)
    caption = translate("table.inputs.caption", lang, title=pick(study.title, lang), baseline=pick(study.baseline_title, lang))
    return Table("global-sensitivity", lang, caption, columns, (Group("", tuple(rows)),), tuple(_notes(study, len(shown), lang)), is_simulated=True)


def _notes(study: GlobalSensitivity, n_shown: int, lang: Lang) -> list[str]:
    real = [each for each in study.assumptions if each.kind != "dummy"]
    counts = {
        "n": len(real),
        "groups": len(study.groups),
        "trajectories": study.trajectories,
        "alone": sum(each.screened != "in a group" for each in real),
        "trajectories_alone": study.trajectories_alone,
        "followed": study.followed,
        "draws": study.n_draws,
        "replications": study.replications,
        "rows": study.n_rows,
        "runs": study.n_runs,
        "blocks": study.seed_blocks,
    }
    words = {name: format_count(count, lang) for name, count in counts.items()}
    told = [translate("table.inputs.note.groups" if study.groups else "table.inputs.note.alone", lang, **words)]
    if study.method == "sobol":
        told.append(translate("table.inputs.note.sobol", lang, **words))
        if study.is_emulated:
            explained = [each.explained for option in study.options for each in option.differences.values() if each.explained is not None]
            ends = {"low": format_percent(min(explained, default=None), lang), "high": format_percent(max(explained, default=None), lang)}
            told.append(translate("table.inputs.note.emulated", lang, **words, **ends))
    else:
        told.append(translate("table.inputs.note.morris", lang))
    told.append(translate("table.inputs.note.dummy", lang, **words))
    noisy = sum(each.is_loud for option in study.options for each in option.differences.values())
    if noisy:
        told.append(translate("table.inputs.note.luck", lang, n=format_count(noisy, lang), share=format_percent(LOUDEST, lang)))
    told += thinned_notes(study.members, study.members_in_scenario, lang)
    rest = sum(each.has_effect for each in real) - n_shown
    if rest:
        told.append(translate("table.inputs.note.less", lang, n=format_count(rest, lang)))
    idle = sum(not each.has_effect for each in real)
    if idle:
        told.append(translate("table.inputs.note.idle", lang, n=format_count(idle, lang)))
    return told


def _cells(each: InputInfluence, study: GlobalSensitivity, lang: Lang) -> tuple[str, ...]:
    effect, where = _deciding(each, study, lang)
    return (
        format_number(each.influence, lang, 1),
        where,
        share_with_interval(effect.total, effect.total_low, effect.total_high, lang) if effect.total is not None else "",
        share_with_interval(effect.first, effect.first_low, effect.first_high, lang) if effect.first is not None else "",
        "" if each.kind == "dummy" else translate(f"table.inputs.saying.{saying_of(each)}", lang),
    )


def saying_of(each: InputInfluence) -> str:
    """Say what an input does: ``notable``, ``small`` (told from the dummy, below the margin), ``noise`` (not told from it), or ``screened``: it has no indices."""
    if each.is_notable:
        return "notable"
    effects = [effect for of_option in each.effects.values() for effect in of_option.values()]
    if all(effect.total is None for effect in effects):
        return "screened"
    return "small" if any(effect.is_told for effect in effects) else "noise"


def _deciding(each: InputInfluence, study: GlobalSensitivity, lang: Lang) -> tuple[InputEffect, str]:
    """Give the effect that an input's rank comes from, and where it is."""
    places = [(option, name) for option in study.options for name in option.differences]
    # The rank of an input that has indices comes from where it has them.
    places = [(option, name) for option, name in places if each.effects[option.id][name].total is not None] or places
    option, name = max(places, key=lambda place: _margins(each, *place))
    indicator = sentence_case(indicator_name(name, lang))
    return each.effects[option.id][name], translate("table.sensitivity.at", lang, indicator=indicator, option=pick(option.title, lang))


def _margins(each: InputInfluence, option: OptionUncertain, name: str) -> float:
    effect, difference = each.effects[option.id][name], option.differences[name]
    if effect.total is not None and difference.spread is not None:
        return float(max(effect.total, 0.0) ** 0.5) * difference.spread / difference.margin
    return (effect.mean_effect or 0.0) / difference.margin


def shares_table(shown: ShownIndices, lang: Lang = "vi") -> Table:
    """Return the numbers behind a figure: the shares of every bar, or how far each input moves the difference where there are none, and those of the dummy."""
    scale = scale_of(shown.indicator)
    form, unit = NumberFormat(lang, scale, scale.most_places), translate(f"table.unit.difference.{scale}", lang)

    def numbers(effect: InputEffect) -> tuple[str, ...]:
        if not shown.has_indices:
            return (form.value(effect.mean_effect),)
        total = share_with_interval(effect.total, effect.total_low, effect.total_high, lang)
        return (total, share_with_interval(effect.first, effect.first_low, effect.first_high, lang))

    rows = [
        Row(f"{rank}. {input_name(each, lang)}", (input_range(each, lang), *numbers(effect)))
        for rank, (each, effect) in enumerate(shown.bars, start=1)
    ]
    rows.append(Row(translate("input.dummy", lang), ("", *numbers(shown.noise))))
    names = ("total", "first") if shown.has_indices else ()
    columns = [*column_heads("table.inputs", ("input", "range", *names), lang)]
    if not shown.has_indices:
        columns.append(sentence_case(translate("figure.effects.axis", lang)) + (f" ({unit})" if unit else ""))
    words = {"indicator": sentence_case(indicator_name(shown.indicator, lang)), "option": pick(shown.option.title, lang)}
    caption = translate("figure.indices.title", lang, **words)
    return Table(f"indices-{shown.indicator.replace('_', '-')}", lang, caption, tuple(columns), (Group("", tuple(rows)),), is_simulated=True)


def verdicts_table(study: GlobalSensitivity, lang: Lang = "vi") -> Table:
    """Return the usual difference of every indicator of every option, where it goes over all draws, and whether its verdict holds."""
    names = ("indicator", "usual", "verdict", "range", "draws", "structures", "over-all")
    columns = column_heads("table.held", names, lang)
    groups = tuple(
        Group(pick(option.title, lang), tuple(_held(name, difference, lang) for name, difference in option.differences.items()))
        for option in study.options
    )
    notes = [translate("table.held.note.usual", lang, replications=format_count(study.usual_replications, lang))]
    if study.method == "sobol":
        notes.append(translate("table.held.note.held", lang))
    notes += thinned_notes(study.members, study.members_in_scenario, lang)
    return Table("held-verdicts", lang, translate("table.held.caption", lang), columns, groups, tuple(notes), is_simulated=True)


def _held(name: str, difference: UncertainDifference, lang: Lang) -> Row:
    scale = scale_of(name)
    form = NumberFormat(lang, scale, places_for([difference.margin], scale))
    unit = translate(f"table.unit.difference.{scale}", lang)
    undefined = translate("table.undefined", lang)
    words = [
        translate(f"verdict.{word.replace(' ', '-')}", lang) if word else undefined for word in (difference.verdict, difference.verdict_over_all)
    ]
    shares = (difference.agreement_of_draws, difference.agreement_of_structures)
    agreeing = [undefined if number is None else format_percent(number, lang) for number in shares]
    usual = form.around(difference.low, difference.high).change(difference.difference)
    return Row(
        sentence_case(indicator_name(name, lang)) + (f" ({unit})" if unit else ""),
        (
            f"{usual} {form.interval(difference.low, difference.high, signed=True)}".strip(),
            words[0],
            form.interval(difference.lowest, difference.highest, signed=True) if difference.spread is not None else undefined,
            *agreeing,
            words[1],
        ),
    )


def compliance_table(study: GlobalSensitivity, lang: Lang = "vi") -> Table:
    """Return how far exhortations must be followed before an indicator moves by its margin, one column an option that has exhortations."""
    options = [option for option in study.options if option.compliance]
    names = [sweep.indicator for sweep in options[0].compliance]
    rows = tuple(
        Row(sentence_case(indicator_name(name, lang)), tuple(_threshold(option.compliance[place], lang) for option in options))
        for place, name in enumerate(names)
    )
    columns = (translate("table.indicator", lang), *(pick(option.title, lang) for option in options))
    note = translate("table.compliance.note", lang, replications=format_count(options[0].compliance[0].replications, lang))
    return Table("swept-compliance", lang, translate("table.compliance.caption", lang), columns, (Group("", rows),), (note,), is_simulated=True)


def _threshold(sweep: ComplianceSweep, lang: Lang) -> str:
    if sweep.threshold is None:  # *never* is said only where every compliance tells
        return translate("table.undefined" if any(map(is_undefined, sweep.differences)) else "table.compliance.never", lang)
    return translate("table.compliance.from", lang, level=format_percent(sweep.threshold, lang))
