"""What an award list holds and lacks, what was found on reading it, and what it would need for the indicators that it leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from simulator.errors import Finding, Severity
from simulator.presentation.i18n import describe, translate
from simulator.presentation.numbers import is_undefined
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import indicator_name, list_words, sentence_case

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.history import History
    from simulator.indicators.measurement import Measurement
    from simulator.presentation.numbers import Lang

Told = Literal["yes", "some", "no"]
HIDDEN: Final = "caveat.hidden"
MIX: Final = "allocation_mix"
"""Stands for the four parts of the allocation mix, which are known or unknown together."""
NOT_OF_A_LIST: Final = frozenset(
    {
        "caveat.no-reliability",
        "caveat.no-claims",
        "caveat.no-dossiers",
        "caveat.no-base-salary",
        "caveat.no-award-values",
        "caveat.no-places",
        "caveat.no-nominations",
    }
)
"""What no award list tells, whatever columns it has."""


@dataclass(frozen=True, slots=True)
class RegisterContents:
    """What a list holds.

    Attributes
    ----------
    years
        The years it has rows of.
    tells
        Name of a kind of information → ``yes``, ``some`` (of some rows only) or ``no``.
    """

    years: tuple[int, ...]
    tells: dict[str, Told]

    @property
    def missing_years(self) -> tuple[int, ...]:
        """Years between the first and the last that the list has no rows of."""
        return tuple(year for year in range(self.years[0], self.years[-1]) if year not in self.years) if self.years else ()


@dataclass(frozen=True, slots=True)
class ReadingRemark:
    """A finding on reading that asks for a second look.

    Attributes
    ----------
    file
        ``register``, ``headcount`` or ``succession``.
    line
        Line in that file; ``None`` where it is not to be told.
    code, fields
        Of the finding.
    """

    file: str
    line: int | None
    code: str
    fields: dict[str, str]


def contents_of(history: History, *, has_succession: bool) -> RegisterContents:
    """Say what a list tells."""
    merit = history.merit
    known_merit: Told = "no"
    if merit is not None:
        known_merit = "some" if np.isnan(merit).any() else "yes"
    elif history.is_merit_of_winners:
        known_merit = "some"
    of_all: dict[str, bool] = {
        "members": history.knows_members and history.knows_unawarded,
        "roles": history.knows_direct,
        "posts": history.post_rank is not None,
        "levels": bool(history.award_levels or history.row_levels),
        "dates": history.achievements is not None,
        "tracks": bool(history.outside),
        "succession": has_succession,
    }
    tells: dict[str, Told] = {"members": "yes" if of_all["members"] else "no", "merit": known_merit}
    tells |= {name: "yes" if is_told else "no" for name, is_told in of_all.items() if name != "members"}
    return RegisterContents(tuple(map(int, history.years)), tells)


def contents_table(contents: RegisterContents, lang: Lang) -> Table:
    """Return what the list tells, and what each kind of information is for."""
    rows = [
        Row(
            translate(f"report.register.holds.{name}", lang),
            (translate(f"report.register.told.{told}", lang), translate(f"report.register.for.{name}", lang)),
        )
        for name, told in contents.tells.items()
    ]
    columns = tuple(translate(f"report.register.holds.{name}", lang) for name in ("information", "told", "purpose"))
    return Table("register-contents", lang, translate("report.register.holds.caption", lang), columns, (Group("", tuple(rows)),))


def say_years(contents: RegisterContents, lang: Lang) -> str:
    """Say which years the list covers, and which are missing between them."""
    if not contents.years:
        return translate("report.register.years.none", lang)
    first, last = contents.years[0], contents.years[-1]
    if first == last:
        return translate("report.register.years.one", lang, year=str(first))
    if contents.missing_years:
        missing = list_words([str(year) for year in contents.missing_years], lang)
        return translate("report.register.years.gaps", lang, first=str(first), last=str(last), missing=missing)
    return translate("report.register.years.all", lang, first=str(first), last=str(last))


def remarks_table(remarks: Sequence[ReadingRemark], lang: Lang) -> Table | None:
    """Return what was found on reading, with what to mend; nothing where nothing was."""
    if not remarks:
        return None
    rows = []
    for remark in remarks:
        finding = Finding(remark.code, Severity.WARNING, "", remark.line or 1, remark.fields, remark.code)
        line = "…" if remark.line is None else str(remark.line)
        rows.append(Row(translate(f"report.register.file.{remark.file}", lang), (line, describe(finding, lang))))
    columns = tuple(translate(f"report.register.remark.{name}", lang) for name in ("file", "line", "finding"))
    return Table("register-remarks", lang, translate("report.register.remark.caption", lang), columns, (Group("", tuple(rows)),))


def open_indicators(measurement: Measurement) -> dict[str, list[str]]:
    """Give caveat → the indicators that have no value for that reason; the mix counts as one."""
    found: dict[str, list[str]] = {}
    items = [*measurement.indicators.items(), *((MIX, part) for part in [*measurement.allocation_mix.values()][:1])]
    for name, measured in items:
        if is_undefined(measured.value):
            found.setdefault(measured.caveat or "caveat.undefined", []).append(name)
    return found


def needs_table(measurement: Measurement, lang: Lang) -> Table | None:
    """Return what would be needed for each indicator without a value; nothing where all have one."""
    open_by_caveat = open_indicators(measurement)
    of_list = {caveat: names for caveat, names in open_by_caveat.items() if caveat not in NOT_OF_A_LIST}
    of_others = {caveat: names for caveat, names in open_by_caveat.items() if caveat in NOT_OF_A_LIST}
    groups = tuple(
        Group(translate(f"report.register.needs.{title}", lang), tuple(_needs(found, lang)))
        for title, found in (("of-list", of_list), ("elsewhere", of_others))
        if found
    )
    if not groups:
        return None
    columns = tuple(translate(f"report.register.needs.{name}", lang) for name in ("reason", "indicators", "mend"))
    return Table("register-needs", lang, translate("report.register.needs.caption", lang), columns, groups)


def _needs(found: Mapping[str, list[str]], lang: Lang) -> list[Row]:
    return [
        Row(
            sentence_case(translate(caveat, lang)),
            ("; ".join(name_of(name, lang) for name in names), translate(f"report.register.need.{caveat.removeprefix('caveat.')}", lang)),
        )
        for caveat, names in found.items()
    ]


def name_of(name: str, lang: Lang) -> str:
    """Name an indicator, or the allocation mix."""
    return translate("report.register.mix-name", lang) if name == MIX else indicator_name(name, lang)
