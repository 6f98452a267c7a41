"""Why awards went to whom they went, mechanism by mechanism: the table, the sentence and the text of the figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, Scale, format_number, is_undefined
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import award_kind, pick, sentence_case, words_in

if TYPE_CHECKING:
    from simulator.experiments.results.comparison import Comparison, OptionComparison
    from simulator.presentation.numbers import Lang

MECHANISMS: Final = ("merit", "turn", "post", "prestige-and-ladder", "noise-and-lot", "claims", "criteria", "asking-and-ties")
"""The mechanisms of the model (``docs/odd.md`` 7.15), in the order in which they are stacked; last what is left without any of them."""
_LEAST_RANGE: Final = 0.03
"""Options closer than that are called alike: the parts come from a single run."""


def mechanism_name(comparison: Comparison, mechanism: str, lang: Lang) -> str:
    """Return the reviewed name of a mechanism, as it is read in this comparison."""
    return words_in(comparison, f"table.mechanism.{mechanism}", lang)


def shares_of(option: OptionComparison) -> dict[str, float]:
    """Return what part each mechanism has in an option's awards; empty where that is unknown."""
    shares = {name: share for name in MECHANISMS if (share := option.reasons.get(name)) is not None and not is_undefined(share)}
    return shares if len(shares) == len(MECHANISMS) else {}


def mechanisms_at_work(comparison: Comparison) -> list[str]:
    """Name the mechanisms that do anything under any option."""
    known = [shares_of(option) for option in comparison.options]
    return [name for name in MECHANISMS if any(shares.get(name) for shares in known)]


def mechanisms_table(comparison: Comparison, lang: Lang) -> Table:
    """Return the numbers behind the bars: one row a mechanism, one column an option."""
    form = NumberFormat(lang, Scale.PERCENT, 0)
    shares = [shares_of(option) for option in comparison.options]
    rows = tuple(
        Row(sentence_case(mechanism_name(comparison, name, lang)), tuple(form.value(known.get(name)) for known in shares)) for name in MECHANISMS
    )
    columns = (translate("table.mechanism.column", lang), *(pick(option.title, lang) for option in comparison.options))
    title, last = comparison.focus_award_title, str(comparison.years[-1])
    caption = translate("table.mechanism.caption", lang, kind=award_kind(title, lang), award=pick(title, lang), year=last)
    notes = tuple(words_in(comparison, f"table.mechanism.note.{name}", lang) for name in ("negative", "once"))
    return Table("mechanisms", lang, caption, columns, (Group("", rows),), notes, is_simulated=True)


def say_mechanisms(comparison: Comparison, lang: Lang) -> str:
    """Say what weighs most under the baseline, and which mechanism differs most between options."""
    known = {option.id: shares for option in comparison.options if (shares := shares_of(option))}
    if not known:
        return words_in(comparison, "figure.mechanisms.undefined", lang)
    baseline = comparison.option(comparison.baseline_option)
    shown = baseline if baseline.id in known else next(option for option in comparison.options if option.id in known)
    first, second = sorted(MECHANISMS, key=lambda name: -known[shown.id][name])[:2]
    sentences = [
        translate(
            "figure.mechanisms.largest",
            lang,
            option=pick(shown.title, lang),
            first=mechanism_name(comparison, first, lang),
            most=_of_hundred(known[shown.id][first], lang),
            second=mechanism_name(comparison, second, lang),
            next=_of_hundred(known[shown.id][second], lang),
        )
    ]
    if len(known) > 1:
        sentences.append(_say_range(comparison, known, lang))
    if len(known) < len(comparison.options):
        sentences.append(words_in(comparison, "figure.mechanisms.some-undefined", lang))
    return " ".join(sentences)


def _say_range(comparison: Comparison, known: dict[str, dict[str, float]], lang: Lang) -> str:
    options = [option for option in comparison.options if option.id in known]

    def ends(name: str) -> tuple[OptionComparison, OptionComparison]:
        return min(options, key=lambda option: known[option.id][name]), max(options, key=lambda option: known[option.id][name])

    name = max(MECHANISMS, key=lambda name: known[ends(name)[1].id][name] - known[ends(name)[0].id][name])
    lowest, highest = ends(name)
    if known[highest.id][name] - known[lowest.id][name] < _LEAST_RANGE:
        return translate("figure.mechanisms.alike", lang)
    low, high = (_of_hundred(known[option.id][name], lang) for option in (lowest, highest))
    fields = {"low": low, "high": high, "lowest": pick(lowest.title, lang), "highest": pick(highest.title, lang)}
    return translate("figure.mechanisms.range", lang, mechanism=mechanism_name(comparison, name, lang), **fields)


def describe_mechanisms(comparison: Comparison, lang: Lang) -> str:
    """Tell every bar's parts."""
    return translate("figure.mechanisms.alt", lang, values=" ".join(_describe_bar(comparison, option, lang) for option in comparison.options)).strip()


def _describe_bar(comparison: Comparison, option: OptionComparison, lang: Lang) -> str:
    form, shares = NumberFormat(lang, Scale.PERCENT, 0), shares_of(option)
    parts = [
        translate("figure.mix.alt-part", lang, cause=mechanism_name(comparison, name, lang), value=form.value(share))
        for name, share in shares.items()
        if share
    ]
    return translate("figure.mix.alt-option", lang, option=pick(option.title, lang), parts="; ".join(parts) or translate("table.undefined", lang))


def _of_hundred(share: float, lang: Lang) -> str:
    return format_number(100 * share, lang, 0)
