"""The data of every study, one observation a row, under the names of its records: what whoever computes on with them opens."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from simulator.experiments.power.results import Rate
from simulator.experiments.sensitivity.global_influences import InputEffect, UncertainDifference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.paperwork.results import Paperwork
    from simulator.experiments.power.results import Power
    from simulator.experiments.sensitivity.global_influences import GlobalSensitivity
    from simulator.experiments.sensitivity.influences import Sensitivity
    from simulator.experiments.tipping.results import Tipping
    from simulator.presentation.numbers import Lang

_Row: TypeAlias = "list[str | float | None]"
_EFFECTS: Final = ("option", "indicator", "input", "kind", "screened", *(field.name for field in fields(InputEffect)))
_DIFFERENCES: Final = ("option", "indicator", *(field.name for field in fields(UncertainDifference)))
_COMPLIANCE: Final = ("option", "indicator", "compliance", "difference", "margin", "threshold")
_ENDS: Final = ("assumption", "option", "indicator", "end", "setting", "difference", "change", "change_low", "change_high", "verdict")
_BOXES: Final = ("option", "target", "holds", "input", "side", "limit", "among", "quasi_p", "coverage", "density")
_RATE: Final = tuple(field.name for field in fields(Rate))
_TURNS: Final = ("test", "way", "turn", "units", "years")
_BIAS: Final = ("indicator", "basis", "bonus", "leader_merit")
_QUANTITY: Final = ("value", "low", "high", "ground", "difference", "difference_low", "difference_high", "verdict")
_AWARD: Final = (
    "stages",
    "votes",
    "signatures",
    "hours",
    "council_hours",
    "posting_days",
    "consultation_days",
    "multiple",
    "bonus_vnd",
    "files",
    "given",
)


class TidyTable(NamedTuple):
    """A table of plain values, one observation a row."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | float | None]]


def global_data(study: GlobalSensitivity) -> list[TidyTable]:
    """Give a row for each input, option and indicator; one for each difference; and one for each degree to which exhortations are followed."""
    effects = [
        [option, indicator, each.id, each.kind, each.screened, *_plain(effect)]
        for each in study.assumptions
        for option, of_option in each.effects.items()
        for indicator, effect in of_option.items()
    ]
    differences = [[option.id, name, *_plain(difference)] for option in study.options for name, difference in option.differences.items()]
    compliance: list[_Row] = [
        [option.id, sweep.indicator, level, difference, sweep.margin, sweep.threshold]
        for option in study.options
        for sweep in option.compliance
        for level, difference in zip(sweep.levels, sweep.differences, strict=True)
    ]
    return [
        TidyTable("effects", _EFFECTS, effects),
        TidyTable("differences", _DIFFERENCES, differences),
        TidyTable("compliance", _COMPLIANCE, compliance),
    ]


def _plain(record: InputEffect | UncertainDifference) -> _Row:
    values = [getattr(record, field.name) for field in fields(record)]
    return [("true" if value else "false") if isinstance(value, bool) else value for value in values]


def one_at_a_time_data(study: Sensitivity) -> list[TidyTable]:
    """Give a row for each end of each assumption, option and indicator."""
    rows: list[_Row] = [
        [entry.id, option, indicator, end, at.setting, at.difference, at.change, at.change_low, at.change_high, at.verdict]
        for entry in study.assumptions
        for option, of_option in entry.responses.items()
        for indicator, response in of_option.items()
        for end, at in (("low", response.low), ("high", response.high))
        if at is not None
    ]
    return [TidyTable("one-at-a-time", _ENDS, rows)]


def tipping_data(study: Tipping) -> list[TidyTable]:
    """Give a row for each option, target and future; one for each end of a box; and one for each share of futures."""
    names = list(study.shown_values)
    events = [(option, event) for option in study.options for event in option.events.values()]
    answers: list[_Row] = [
        [
            option.id,
            event.target,
            number,
            None if answer is None else int(answer),
            study.structures[number],
            *(study.shown_values[name][number] for name in names),
        ]
        for option, event in events
        for number, answer in enumerate(event.answers)
    ]
    restrictions: list[_Row] = [
        [
            option.id,
            event.target,
            event.box.holds,
            each.input,
            each.side,
            each.limit,
            " ".join(each.among),
            each.quasi_p,
            event.box.coverage,
            event.box.density,
        ]
        for option, event in events
        if event.box is not None
        for each in event.box.restrictions
    ]
    shares: list[_Row] = [
        [row.id, what, held.met, held.futures]
        for row in study.robustness
        for what, held in {**row.by_target, "all": row.together, **row.by_structure}.items()
    ]
    return [
        TidyTable("futures", ("option", "target", "future", "missed", "structure", *names), answers),
        TidyTable("boxes", _BOXES, restrictions),
        TidyTable("futures-map", ("option", "what", "met", "futures"), shares),
    ]


def power_data(power: Power) -> list[TidyTable]:
    """Give a row for each rate of alarms: of turns, then of leader bias."""
    return [
        TidyTable(
            name,
            (*columns, *_RATE),
            [[*(getattr(each, column) for column in columns), *(getattr(each.found, column) for column in _RATE)] for each in rows],
        )
        for name, columns, rows in (("turns", _TURNS, power.turns), ("bias", _BIAS, power.bias))
    ]


def paperwork_data(paperwork: Paperwork, lang: Lang) -> list[TidyTable]:
    """Give a row for each quantity of each option where anything was simulated, one for each award, and one for each unit cost with its source."""
    quantities = [
        [option.id, name, *(getattr(item, field) for field in _QUANTITY)] for option in paperwork.options for name, item in option.quantities.items()
    ]
    awards = [[option.id, award.award, *(getattr(award, column) for column in _AWARD)] for option in paperwork.options for award in option.awards]
    costs: list[_Row] = [
        [cost.id, cost.value, cost.low, cost.high, "assumed" if cost.source is None else cost.source[lang]] for cost in paperwork.assumed
    ]
    return [
        *([TidyTable("paperwork", ("option", "quantity", *_QUANTITY), quantities)] if quantities else []),
        TidyTable("awards", ("option", "award", *_AWARD), awards),
        TidyTable("assumed", ("id", "value", "low", "high", "source"), costs),
    ]
