"""The data of a study that varies everything at once, one observation a row, under the names of its records."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

from simulator.experiments.sensitivity.global_influences import InputEffect, UncertainDifference

if TYPE_CHECKING:
    from simulator.experiments.sensitivity.global_influences import GlobalSensitivity

_Row = list[str | float | None]
EFFECTS: Final = ("option", "indicator", "input", "kind", "screened", *(field.name for field in fields(InputEffect)))
DIFFERENCES: Final = ("option", "indicator", *(field.name for field in fields(UncertainDifference)))
COMPLIANCE: Final = ("option", "indicator", "compliance", "difference", "margin", "threshold")


def effect_rows(study: GlobalSensitivity) -> list[_Row]:
    """Give a row for each input, option and indicator."""
    return [
        [option, indicator, each.id, each.kind, each.screened, *_plain(effect)]
        for each in study.assumptions
        for option, of_option in each.effects.items()
        for indicator, effect in of_option.items()
    ]


def difference_rows(study: GlobalSensitivity) -> list[_Row]:
    """Give a row for each option and indicator."""
    return [[option.id, name, *_plain(difference)] for option in study.options for name, difference in option.differences.items()]


def compliance_rows(study: GlobalSensitivity) -> list[_Row]:
    """Give a row for each option, indicator and compliance."""
    return [
        [option.id, sweep.indicator, level, difference, sweep.margin, sweep.threshold]
        for option in study.options
        for sweep in option.compliance
        for level, difference in zip(sweep.levels, sweep.differences, strict=True)
    ]


def _plain(record: InputEffect | UncertainDifference) -> _Row:
    values = [getattr(record, field.name) for field in fields(record)]
    return [("true" if value else "false") if isinstance(value, bool) else value for value in values]
