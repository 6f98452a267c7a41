"""The table of a comparison under every structure of behaviour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, format_count, places_for
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import HEADLINES, indicator_name, pick, scale_of, sentence_case

if TYPE_CHECKING:
    from simulator.experiments.ensemble import Ensemble, IndicatorEnsemble, OptionEnsemble, UnderStructure
    from simulator.presentation.numbers import Lang

SHOWN: Final = (*HEADLINES, "merit_kappa", "leader_share")


def draw_ensemble(ensemble: Ensemble, lang: Lang = "vi") -> Table:
    """Return one group for each indicator and option: the difference under each structure, and how many say the same."""
    options = [option for option in ensemble.options if option.id != ensemble.options[0].id]
    groups = [_group(name, option, ensemble, lang) for name in SHOWN for option in options if name in option.indicators]
    columns = (translate("ensemble.what", lang), *(translate(f"structure.{structure}", lang) for structure in ensemble.structures))
    return Table(
        id="ensemble",
        lang=lang,
        caption=translate("ensemble.caption", lang, title=pick(ensemble.title, lang), replications=format_count(ensemble.replications, lang)),
        columns=columns,
        groups=tuple(groups),
        notes=(translate("ensemble.note", lang),),
        is_simulated=True,
    )


def _group(name: str, option: OptionEnsemble, ensemble: Ensemble, lang: Lang) -> Group:
    joined = option.indicators[name]
    under = [joined.by_structure[structure] for structure in ensemble.structures]
    scale = scale_of(name)
    form = NumberFormat(lang, scale, places_for((_half(one) for one in under), scale))
    rows = (
        Row(translate("ensemble.difference", lang), tuple(form.change(one.difference) for one in under)),
        Row(translate("table.verdict", lang), tuple(translate(f"verdict.{one.verdict.replace(' ', '-')}", lang) for one in under)),
        Row(translate("ensemble.together", lang), (_together(joined, lang), *[""] * (len(under) - 1))),
    )
    return Group(f"{sentence_case(indicator_name(name, lang))}: {pick(option.title, lang)}", rows)


def _together(joined: IndicatorEnsemble, lang: Lang) -> str:
    n = len(joined.by_structure)
    words = translate(f"verdict.{joined.verdict.replace(' ', '-')}", lang)
    return translate("ensemble.agree", lang, verdict=words, n=format_count(round(joined.agreement * n), lang), total=format_count(n, lang))


def _half(one: UnderStructure) -> float | None:
    if one.difference_low is None or one.difference_high is None:
        return None
    return (one.difference_high - one.difference_low) / 2
