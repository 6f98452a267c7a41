"""The table of a comparison under every structure of behaviour."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from simulator.experiments.comparing.ensemble import AGREEMENT
from simulator.experiments.mathematics.statistics import COMPARED
from simulator.presentation.footnotes import few_replications_notes
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, format_count, places_for
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import difference_format, indicator_name, measured, pick, scale_of, sentence_case

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.experiments.comparing.ensemble import Ensemble, IndicatorEnsemble, OptionEnsemble, UnderStructure
    from simulator.experiments.results.comparison import Comparison
    from simulator.presentation.numbers import Lang

SHOWN: Final = (*COMPARED, "leader_share")


def draw_ensemble(ensemble: Ensemble, lang: Lang = "vi", comparison: Comparison | None = None) -> Table:
    """Return one group for each indicator and option: the difference under each structure, and how many say the same.

    Parameters
    ----------
    ensemble
        The scenario under every structure.
    lang
        The language.
    comparison
        The comparison these tables stand beside: an effect is written there and here with the same decimals.
    """
    baseline, *options = ensemble.options
    groups = [
        _group(name, option, _format(name, ensemble, comparison, lang), ensemble.structures)
        for name in SHOWN
        for option in options
        if name in option.indicators
    ]
    what = translate("ensemble.what", lang, baseline=pick(baseline.title, lang))
    return Table(
        id="ensemble",
        lang=lang,
        caption=translate("ensemble.caption", lang, title=pick(ensemble.title, lang), replications=format_count(ensemble.replications, lang)),
        columns=(what, *(translate(f"structure.{structure}", lang) for structure in ensemble.structures)),
        groups=tuple(groups),
        notes=(*few_replications_notes(ensemble.replications, lang), *_notes(ensemble, lang, is_beside=comparison is not None)),
        is_simulated=True,
    )


def _notes(ensemble: Ensemble, lang: Lang, *, is_beside: bool) -> Iterator[str]:
    meanings = {word: translate(f"verdict.meaning.{word}", lang) for word in ("clear", "small", "not-clear")}
    yield translate("table.note.interval", lang, replications=format_count(ensemble.replications, lang))
    key = "ensemble.note.verdict-beside" if is_beside else "ensemble.note.verdict"
    yield translate(key, lang, clear=meanings["clear"], small=meanings["small"], unclear=meanings["not-clear"])
    yield translate("ensemble.note", lang)


def _format(name: str, ensemble: Ensemble, comparison: Comparison | None, lang: Lang) -> NumberFormat:
    """Give the format of the differences of an indicator: that of the comparison, else what all these intervals support."""
    items = [] if comparison is None else measured(comparison, name)
    if items:
        return difference_format(name, items, lang)
    scale = scale_of(name)
    under = [one for option in ensemble.options if name in option.indicators for one in option.indicators[name].by_structure.values()]
    return NumberFormat(lang, scale, places_for((_half(one) for one in under), scale))


def _group(name: str, option: OptionEnsemble, form: NumberFormat, structures: Iterable[str]) -> Group:
    joined, lang = option.indicators[name], form.lang
    under = [joined.by_structure[structure] for structure in structures]
    unit = translate(f"table.unit.difference.{form.scale}", lang)
    changes = tuple(form.around(one.difference_low, one.difference_high).change(one.difference) for one in under)
    rows = (
        Row(sentence_case(translate("ensemble.difference", lang)) + (f" ({unit})" if unit else ""), changes),
        Row(
            sentence_case(translate("table.interval", lang)),
            tuple(form.interval(one.difference_low, one.difference_high, signed=True) for one in under),
        ),
        Row(sentence_case(translate("table.verdict", lang)), tuple(translate(f"verdict.{one.verdict.replace(' ', '-')}", lang) for one in under)),
        Row(sentence_case(translate("ensemble.together", lang)), (_together(joined, lang), *[""] * (len(under) - 1))),
    )
    return Group(f"{sentence_case(indicator_name(name, lang))}: {pick(option.title, lang)}", rows)


def _together(joined: IndicatorEnsemble, lang: Lang) -> str:
    """Say what most hypotheses say where enough of them agree; where they do not, how many say what, before the verdict that follows from it."""
    sayings = Counter(_saying(one, lang) for one in joined.by_structure.values()).most_common()
    total = format_count(len(joined.by_structure), lang)
    if joined.agreement >= AGREEMENT:
        saying, n = sayings[0]
        return translate("ensemble.agree", lang, verdict=saying, n=format_count(n, lang), total=total)
    counts = "; ".join(translate("ensemble.count", lang, n=format_count(n, lang), verdict=saying) for saying, n in sayings)
    return translate("ensemble.disagree", lang, counts=counts, verdict=translate("verdict.not-clear", lang))


def _saying(one: UnderStructure, lang: Lang) -> str:
    """Word what one hypothesis says as they are compared with each other: a clear rise and a clear fall are two things."""
    word = translate(f"verdict.{one.verdict.replace(' ', '-')}", lang)
    if one.verdict != "clear":
        return word
    return translate("ensemble.rise" if (one.difference or 0.0) > 0 else "ensemble.fall", lang, verdict=word)


def _half(one: UnderStructure) -> float | None:
    if one.difference_low is None or one.difference_high is None:
        return None
    return (one.difference_high - one.difference_low) / 2
