"""Read an award register: one row for each (year, member, award), or winners only with head-counts.

A real list is checked before anything is measured. Every doubtful cell is reported by line, all of them at once, and nothing is
guessed. Members and units become numbers on reading; their names are in no message and no result.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.errors import InputError
from simulator.history import FIRST_LEADING_ROLE, Achievements, History, OutsideTheRound, Role, Track
from simulator.indicators.register_awards import IS_AWARDED, AwardColumn, AwardNames, report_passed_over
from simulator.indicators.register_cells import RegisterReader
from simulator.indicators.register_checks import report_contradictions, report_differences, report_spellings
from simulator.indicators.register_findings import raise_errors, refuse_all
from simulator.indicators.register_headcount import COLUMNS as COLUMNS_OF_HEADCOUNT
from simulator.indicators.register_headcount import REQUIRED as REQUIRED_OF_HEADCOUNT
from simulator.indicators.register_headcount import HeadCount, seat_the_unawarded
from simulator.indicators.register_renames import report_renames
from simulator.indicators.register_rows import PersonYears
from simulator.indicators.register_succession import COLUMNS as COLUMNS_OF_SUCCESSION
from simulator.indicators.register_succession import Succession
from simulator.indicators.register_wordings import CODES_ONLY
from simulator.indicators.register_years import report_short_years

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.errors import Finding
    from simulator.indicators.register_file import ReadBook
    from simulator.indicators.register_wordings import RegisterWordings

ROLES: Final = {"direct": Role.DIRECT, "staff": Role.STAFF, "deputy": Role.DEPUTY, "head": Role.HEAD}
TRACKS: Final = {"annual": int(Track.ANNUAL), "ad-hoc": int(Track.AD_HOC), "thematic": int(Track.THEMATIC), "long-service": len(Track)}
_OUTSIDE_THE_ROUND: Final = (Track.AD_HOC, Track.THEMATIC)
COLUMNS: Final = (
    *("year", "unit_id", "member_id", "role", "is_leader", "award", IS_AWARDED),
    *("post_rank", "level", "merit", "achieved_on", "awarded_on", "track", "decision_no", "authority"),
)
_REQUIRED: Final = ("year", "unit_id", "member_id", ("role", "is_leader"), ("award", IS_AWARDED))
_FILES: Final[Mapping[str, tuple[tuple[str, ...], tuple[str | tuple[str, ...], ...]]]] = {
    "register": (COLUMNS, _REQUIRED),
    "headcount": (COLUMNS_OF_HEADCOUNT, REQUIRED_OF_HEADCOUNT),
    "succession": (COLUMNS_OF_SUCCESSION, COLUMNS_OF_SUCCESSION),
}
"""Of each file: the columns that may stand in it, and those that must."""
_TELL_ROWS_APART: Final = ("achieved_on", "awarded_on", "decision_no", "level")
_MONTHS_A_YEAR: Final = 12


@dataclass(frozen=True)
class _Rows:
    """The rows of a register as numbers; a column that the file lacks is ``None``."""

    year: IndexArray
    unit: IndexArray
    member: IndexArray
    role: IndexArray
    awards: Mapping[str, BoolArray]
    is_counted: BoolArray
    merit: FloatArray | None
    post_rank: FloatArray | None
    level: FloatArray | None
    track: IndexArray | None
    achieved_at: FloatArray | None
    awarded_at: FloatArray | None


def _warn(finding: Finding) -> None:
    """Give a finding as a warning of Python."""
    warnings.warn(finding.render(), stacklevel=3)


def read_register(
    path: Path | str,
    *,
    headcount: Path | str | None = None,
    award: str | None = None,
    succession: Path | str | None = None,
    on_warning: Callable[[Finding], None] = _warn,
    workspace: Path | None = None,
    is_complete: bool = False,
    read_book: ReadBook | None = None,
    wordings: RegisterWordings = CODES_ONLY,
) -> History:
    """Read a register as a history; :func:`simulator.workbook.registers.read_register` also reads workbooks.

    Parameters
    ----------
    path
        CSV in UTF-8, with ``,`` ``;`` or tab between cells. Columns: ``year``, ``unit_id``, ``member_id``, ``role`` or
        ``is_leader``, ``award`` or ``is_awarded``; optional ``post_rank`` (1 the highest; empty the lowest), ``level`` (1 the lowest), ``merit``,
        ``achieved_on``, ``awarded_on``, ``track``, ``decision_no``; others are left aside with a warning.
    headcount
        CSV with ``year``, ``unit_id``, ``role`` or ``is_leader``, ``n_members``, when the register lists winners only. Where one of the two
        files tells only who leads, so does the history; merit, which is then known for winners only, is not used.
    award
        Focus award, its id or its title; by default ``is_awarded`` where it is given, else Chiến sĩ thi đua cơ sở, else the only award.
    succession
        CSV with ``unit_id``, ``successor_id``, ``from`` (a year or a day): units that were merged, divided or renamed.
    on_warning
        Takes each finding that asks for a second look only.
    workspace
        Folder whose criteria give the titles of awards; by default the one found from the current folder. A list can be read without.
    is_complete
        Whether a list without head-count in which everybody has an award names all who were considered; otherwise it is taken to name the winners alone.
    read_book
        Reads a file that is a workbook; without it, such a file is refused.
    wordings
        How headings and words may be written besides their codes.

    Raises
    ------
    InputError
        With one finding for each cause, by line.
    """
    readers = _open(read_book, wordings, register=path, headcount=headcount, succession=succession)
    reader, of_headcount, of_succession = readers["register"], readers.get("headcount"), readers.get("succession")
    has_flag = IS_AWARDED in reader.columns
    rows, column = _rows_of(reader, None if has_flag else AwardNames(workspace))
    if has_flag:
        report_passed_over(reader, rows.awards[IS_AWARDED], rows.is_counted, award)
    for labelled in ("unit_id", "member_id"):
        report_spellings(reader, labelled, reader.words(labelled))
    units = reader.labels_of("unit_id")
    after = Succession.none() if of_succession is None else Succession.of(of_succession, units)
    counts = None if of_headcount is None else HeadCount.of(of_headcount, after.labels or units, _roles(of_headcount))
    if of_succession is None or not of_succession.has_errors:
        if of_succession is not None and not (reader.has_errors or (counts is not None and counts.reader.has_errors)):
            files = [(rows.year, rows.unit), *([] if counts is None else [(counts.year, counts.unit)])]
            listed = [np.concatenate(columns) for columns in zip(*files, strict=True)]
            after.report_unmatched(of_succession, *listed)
            after = after.joining_renamed(*listed)
        rows = replace(rows, unit=after.unit_in(rows.year, rows.unit))
        _check(reader, rows, has_flag=has_flag, is_alone=len(readers) == 1)
    raise_errors(*readers.values())
    focus = IS_AWARDED if column is None else column.focus(award) or refuse_all(*readers.values())
    rows = rows if column is None else replace(rows, awards=column.given)
    people = PersonYears(rows.year, rows.member, rows.unit)
    knows_roles = all("role" in file.columns for file in (reader, of_headcount) if file is not None)
    history = _with_merit_of_all(replace(_history_of(rows, people, focus), knows_direct=knows_roles), is_list_of_winners=counts is not None)
    if counts is not None:
        if not knows_roles:
            history, counts = replace(history, role=_two_roles(history.role)), replace(counts, role=_two_roles(counts.role))
        history = seat_the_unawarded(history, counts, after)
        raise_errors(*readers.values())
    elif not is_complete and _names_winners_alone(history, people.any_of(rows.is_counted)):
        history = replace(history, knows_unawarded=False)
        reader.report("RG448", 1)
    history = replace(history, marks_direct=bool((history.role == Role.DIRECT).any()))
    for finding in (finding for file in readers.values() for finding in file.told()):
        on_warning(finding)
    return history if of_succession is None else replace(history, cluster=after.cluster_of(history.unit))


def _open(read_book: ReadBook | None, wordings: RegisterWordings, **files: Path | str | None) -> dict[str, RegisterReader]:
    """Open the files that are given, and check that they have their columns."""
    readers: dict[str, RegisterReader] = {}
    findings: list[Finding] = []
    for name, file in files.items():
        known, required = _FILES[name]
        try:
            if file is not None:
                readers[name] = RegisterReader.of_file(file, known, read_book, wordings)
                readers[name].require(*required)
        except InputError as problem:
            findings += problem.findings
    if findings:
        raise InputError([*(finding for reader in readers.values() for finding in reader.told()), *findings])
    raise_errors(*readers.values())
    return readers


def _rows_of(reader: RegisterReader, names: AwardNames | None) -> tuple[_Rows, AwardColumn | None]:
    """Turn cells into numbers, and note what cannot be; without names of awards only a flag tells who has one."""
    columns = reader.columns
    track = reader.choices("track", TRACKS, empty=Track.ANNUAL) if "track" in columns else None
    # Long-service awards are leaders' by law: they are left out from the first.
    is_counted = np.ones(reader.n_rows, dtype=np.bool_) if track is None else track != TRACKS["long-service"]
    column = None if names is None else AwardColumn(reader, names, is_counted)
    rows = _Rows(
        year=reader.years("year"),
        unit=reader.labels("unit_id"),
        member=reader.labels("member_id"),
        role=_roles(reader),
        awards={IS_AWARDED: reader.flags(IS_AWARDED) & is_counted} if column is None else column.given,
        is_counted=is_counted,
        merit=reader.numbers("merit") if "merit" in columns else None,
        post_rank=reader.ranks("post_rank") if "post_rank" in columns else None,
        level=reader.ranks("level") if "level" in columns else None,
        track=track,
        achieved_at=reader.dates("achieved_on") if "achieved_on" in columns else None,
        awarded_at=reader.dates("awarded_on") if "awarded_on" in columns else None,
    )
    report_short_years(reader, rows.year, reader.unread("year"))
    return rows, column


def _roles(reader: RegisterReader) -> IndexArray:
    if "role" in reader.columns:
        return reader.choices("role", {word: int(role) for word, role in ROLES.items()})
    return np.where(reader.flags("is_leader"), int(FIRST_LEADING_ROLE), int(Role.STAFF)).astype(np.int64)


def _two_roles(role: IndexArray) -> IndexArray:
    """Tell leaders from all others and no more, as ``is_leader`` does."""
    return np.where(role >= FIRST_LEADING_ROLE, int(FIRST_LEADING_ROLE), int(Role.STAFF)).astype(np.int64)


def _names_winners_alone(history: History, is_counted: BoolArray) -> bool:
    """Tell whether nobody is listed without an award in any year; rows of long service, which are not counted, say nothing of the others either way.

    A list of winners and a complete list in which everybody is awarded look the same. The first is common and the second rare, and to take the first for the second would make
    every rate 100 %; so somebody has to say that it is the second.
    """
    is_given = np.any([*history.awards.values()], axis=0)
    return bool(is_counted.any() and is_given[is_counted].all())


def _with_merit_of_all(history: History, *, is_list_of_winners: bool) -> History:
    """Leave merit out where nobody without the award has any: it would compare winners among themselves, or with nobody."""
    if history.merit is None:
        return history
    is_other = ~history.is_awarded
    is_of_winners = bool(is_other.any()) and not (is_other & ~np.isnan(history.merit)).any()
    return replace(history, merit=None, is_merit_of_winners=True) if is_of_winners or is_list_of_winners else history


def _check(reader: RegisterReader, rows: _Rows, *, has_flag: bool, is_alone: bool) -> None:
    """Report what contradicts itself: between the rows of one member and year, between the dates of a row, between the levels of one award."""
    is_unread = reader.unread("year") | reader.unread("member_id")
    member = np.where(is_unread, rows.member.max(initial=0) + 1 + np.arange(reader.n_rows), rows.member)
    is_unread = reader.unread("unit_id") | reader.unread("role") | reader.unread("is_leader")
    post = np.where(is_unread, np.nan, rows.unit * len(ROLES) + rows.role)
    told_apart_by = (*([] if has_flag else ["award"]), "track", *_TELL_ROWS_APART)
    is_none = np.zeros(reader.n_rows, dtype=np.bool_) if has_flag else reader.words("award").is_word("")
    if "achieved_on" in reader.columns:
        is_none = is_none & reader.words("achieved_on").is_word("")  # an achievement that nothing has answered
    people = PersonYears(rows.year, member, rows.unit)
    report_contradictions(
        reader,
        people.group,
        post=post,
        parts=tuple(reader.words(name).code for name in told_apart_by if name in reader.columns),
        is_none=is_none,
        same={name: values for name, values in (("merit", rows.merit), ("post_rank", rows.post_rank)) if values is not None},
    )
    if rows.achieved_at is not None and rows.awarded_at is not None:
        reader.report_rows("RG420", np.flatnonzero(rows.awarded_at < rows.achieved_at))
    if rows.level is not None and "decision_no" in reader.columns:
        # One award may stand at several levels, even of one member in one year; but not by one and the same decision.
        decision = reader.words("decision_no")
        holder = [people.group, np.nan_to_num(post, nan=-1), decision.code, *([] if has_flag else [reader.words("award").code])]
        told = np.flatnonzero(~decision.is_word("") & (np.bincount(people.group)[people.group] > 1))
        alike = np.zeros(reader.n_rows, dtype=np.int64)
        alike[told] = np.unique(np.stack(holder)[:, told], axis=1, return_inverse=True)[1].reshape(-1)
        level = np.full(reader.n_rows, np.nan)
        level[told] = rows.level[told]
        report_differences(reader, alike, {"level": level})
    if is_alone and not reader.has_errors:  # a head-count tells of more units than a list of winners
        report_renames(reader, rows.year, rows.unit, rows.member)


def _history_of(rows: _Rows, people: PersonYears, focus: str) -> History:
    """Join the awards of one member and year; merit and rank of post are those given, missing where none is."""
    first = people.first
    merit = None if rows.merit is None else people.first_known(rows.merit)[0]
    return History(
        year=rows.year[first],
        unit=rows.unit[first],
        member=rows.member[first],
        role=rows.role[first],
        focus_award=focus,
        awards={focus: np.zeros(len(first), dtype=np.bool_)} | {award: people.any_of(is_given) for award, is_given in rows.awards.items()},
        award_levels=_levels(rows),
        row_levels=_row_levels(rows, people),
        outside=_outside(rows, people),
        merit=None if merit is None or np.isnan(merit).all() else merit,
        post_rank=None if rows.post_rank is None else _whole_ranks(people.first_known(rows.post_rank)[0]),
        achievements=_achievements(rows),
        n_history_years=0,
    )


def _levels(rows: _Rows) -> dict[str, int]:
    """Give each award the level its rows name, if it is one."""
    if rows.level is None:
        return {}
    levels = {award: np.unique(rows.level[is_given & ~np.isnan(rows.level)]) for award, is_given in rows.awards.items()}
    return {award: int(named[0]) for award, named in levels.items() if len(named) == 1}


def _row_levels(rows: _Rows, people: PersonYears) -> dict[str, IndexArray]:
    """Give, of each award that stands at several levels, the highest at which the yearly round gave it to a member in a year."""
    if rows.level is None:
        return {}
    one_level, is_in_round = _levels(rows), True if rows.track is None else rows.track == Track.ANNUAL
    found: dict[str, IndexArray] = {}
    for award, is_given in rows.awards.items():
        has_level = is_given & ~np.isnan(rows.level)
        if has_level.any() and award not in one_level:
            found[award] = np.zeros(len(people.first), dtype=np.int64)
            listed = np.flatnonzero(has_level & is_in_round)
            np.maximum.at(found[award], people.group[listed], rows.level[listed].astype(np.int64))
    return found


def _outside(rows: _Rows, people: PersonYears) -> dict[str, OutsideTheRound]:
    """Tell of each award when it came outside the yearly round."""
    if rows.track is None:
        return {}
    found, one_level = {}, _levels(rows)
    for award, is_given in rows.awards.items():
        listed = np.flatnonzero(is_given & np.isin(rows.track, _OUTSIDE_THE_ROUND))
        if len(listed):
            decided_at = np.full(len(listed), np.nan) if rows.awarded_at is None else rows.awarded_at[listed]
            is_in_round_too = people.any_of(is_given & (rows.track == Track.ANNUAL))[people.group[listed]]
            level = np.nan_to_num(rows.level[listed]).astype(np.int64) if rows.level is not None and award not in one_level else None
            found[award] = OutsideTheRound(people.group[listed], rows.track[listed], decided_at, is_in_round_too, level)
    return found


def _whole_ranks(rank: FloatArray) -> IndexArray | None:
    """Put those without a rank of post below everybody who has one."""
    if np.isnan(rank).all():
        return None
    return np.where(np.isnan(rank), np.nanmax(rank) + 1, rank).astype(np.int64)


def _achievements(rows: _Rows) -> Achievements | None:
    """List what was achieved when; an award without its day says nothing of the time and is left out."""
    if rows.achieved_at is None or rows.awarded_at is None:
        return None
    is_answered = np.any([*rows.awards.values()], axis=0) if rows.awards else np.zeros(len(rows.year), dtype=np.bool_)
    is_told = is_answered == ~np.isnan(rows.awarded_at)
    listed = np.flatnonzero(~np.isnan(rows.achieved_at) & rows.is_counted & is_told)
    achieved_at = rows.achieved_at[listed]
    return Achievements(
        member=rows.member[listed],
        unit=rows.unit[listed],
        year=np.floor_divide(achieved_at, _MONTHS_A_YEAR).astype(np.int64),
        achieved_at=achieved_at,
        awarded_at=rows.awarded_at[listed],
        is_ad_hoc=np.zeros(len(listed), dtype=np.bool_) if rows.track is None else np.isin(rows.track[listed], _OUTSIDE_THE_ROUND),
    )
