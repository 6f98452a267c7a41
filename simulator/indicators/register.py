"""Read an award register: one row for each (year, member, award), or winners only with head-counts.

A real list is checked before anything is measured. Every doubtful cell is reported by line, all of them at once, and nothing is
guessed. Members and units become numbers on reading; their names are in no message and no result.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from simulator.history import FIRST_LEADING_ROLE, History, Role
from simulator.indicators.register_cells import RegisterReader, listed_ids

if TYPE_CHECKING:
    from pathlib import Path

    from simulator._types import BoolArray, FloatArray, IndexArray

ROLES: Final = {"direct": Role.DIRECT, "staff": Role.STAFF, "deputy": Role.DEPUTY, "head": Role.HEAD}
TRACKS: Final = ("annual", "ad-hoc", "thematic", "long-service")
DEFAULT_FOCUS: Final = "chien-si-thi-dua-co-so"
IS_AWARDED: Final = "is_awarded"
_LONG_SERVICE: Final = "long-service"


def read_register(path: Path | str, *, headcount: Path | str | None = None, award: str | None = None) -> History:
    """Read a register as a history.

    Parameters
    ----------
    path
        CSV in UTF-8, with ``,`` ``;`` or tab between cells. Columns: ``year``, ``unit_id``, ``member_id``, ``role`` or
        ``is_leader``, ``award`` or ``is_awarded``; optional ``merit`` and ``track``; others are ignored.
    headcount
        CSV with ``year``, ``unit_id``, ``role``, ``n_members``, when the register lists winners only.
    award
        Focus award; by default ``is_awarded`` where it is given, else Chiến sĩ thi đua cơ sở, else the only award.

    Raises
    ------
    InputError
        With one finding for each cause, by line.
    """
    reader = RegisterReader.of_file(path)
    has_flag = IS_AWARDED in reader.columns
    reader.require("year", "unit_id", "member_id", ("role", "is_leader"), (IS_AWARDED, "award"))
    year = reader.whole_numbers("year")
    unit, member = reader.labels("unit_id"), reader.labels("member_id")
    role = _roles(reader)
    if headcount is not None and "merit" in reader.columns:
        reader.report("RG417", 1)
    merit = reader.numbers("merit") if "merit" in reader.columns else None
    awards = {IS_AWARDED: reader.flags(IS_AWARDED)} if has_flag else _awards(reader)
    reader.check_repeats(year, member, unit, role, None if has_flag else reader.words("award"))
    reader.raise_problems()
    focus = _focus(reader, awards, award, has_flag=has_flag)
    rows = pd.DataFrame({"year": year, "unit": unit, "member": member, "role": role, **awards})
    if merit is not None:
        rows["merit"] = merit
    if headcount is None and rows[list(awards)].any(axis=1).all():
        reader.refuse("RG415", 1)
    history = replace(_one_row_a_year(rows, list(awards), focus), knows_direct="role" in reader.columns)
    return history if headcount is None else _add_the_unawarded(history, RegisterReader.of_file(headcount), reader)


def _roles(reader: RegisterReader) -> IndexArray:
    if "role" in reader.columns:
        return reader.choices("role", {word: int(role) for word, role in ROLES.items()})
    return np.where(reader.flags("is_leader"), int(FIRST_LEADING_ROLE), int(Role.STAFF)).astype(np.int64)


def _awards(reader: RegisterReader) -> dict[str, BoolArray]:
    """Give one column for each award that is named; long-service awards are leaders' by law and are left out."""
    named = reader.words("award")
    if "track" in reader.columns:
        track = reader.choices("track", {word: position for position, word in enumerate(TRACKS)}, empty=0)
        named = np.where(track == TRACKS.index(_LONG_SERVICE), "", named)
    return {str(award): named == award for award in np.unique(named) if award}


def _focus(reader: RegisterReader, awards: dict[str, BoolArray], award: str | None, *, has_flag: bool) -> str:
    if has_flag:
        return IS_AWARDED
    if award is not None and award in awards:
        return award
    if award is None and DEFAULT_FOCUS in awards:
        return DEFAULT_FOCUS
    if award is None and len(awards) == 1:
        return next(iter(awards))
    known = listed_ids(sorted(awards))
    if award is not None:
        reader.refuse("RG409", 1, found=award, known=known)
    else:
        reader.refuse("RG410", 1, known=known)
    raise AssertionError  # refuse never returns


def _one_row_a_year(rows: pd.DataFrame, awards: list[str], focus: str) -> History:
    """Join the awards of one member and year; merit is the one given, missing where none is."""
    how = {"unit": "first", "role": "first"} | dict.fromkeys(awards, "any")
    if "merit" in rows:
        how["merit"] = "first"
    joined = rows.groupby(["year", "member"], sort=True).agg(how).reset_index()
    joined = joined.sort_values(["year", "unit", "member"], kind="stable")
    merit: FloatArray | None = joined["merit"].to_numpy(dtype=np.float64) if "merit" in joined else None
    return History(
        year=joined["year"].to_numpy(),
        unit=joined["unit"].to_numpy(),
        member=joined["member"].to_numpy(),
        role=joined["role"].to_numpy(),
        focus_award=focus,
        awards={award: joined[award].to_numpy(dtype=np.bool_) for award in awards},
        merit=merit if merit is not None and not np.isnan(merit).all() else None,
        n_history_years=0,
    )


def _add_the_unawarded(history: History, counts: RegisterReader, register: RegisterReader) -> History:
    """Add an unnamed member for everybody the head-count knows and the list of winners does not."""
    counts.require("year", "unit_id", "role", "n_members")
    year = counts.whole_numbers("year")
    unit = counts.labels("unit_id", known=register.labels_of("unit_id"))
    role = counts.choices("role", {word: int(value) for word, value in ROLES.items()})
    n_members = counts.whole_numbers("n_members")
    counts.raise_problems()
    listed = pd.DataFrame({"year": history.year, "unit": history.unit, "role": history.role})
    n_listed = listed.groupby(["year", "unit", "role"]).size()
    wanted = pd.DataFrame({"year": year, "unit": unit, "role": role, "n": n_members})
    wanted["n"] -= [n_listed.get(key, 0) for key in zip(year, unit, role, strict=True)]
    short = np.flatnonzero(wanted["n"].to_numpy() < 0)
    for position in short:
        counts.report("RG411", counts.line_of(int(position)))
    counts.raise_problems()
    missing = wanted.loc[wanted.index.repeat(wanted["n"])]
    n_new = len(missing)
    first_new = int(history.member.max(initial=-1)) + 1
    nobody = np.zeros(n_new, dtype=np.bool_)
    return History(
        year=np.concatenate([history.year, missing["year"].to_numpy()]),
        unit=np.concatenate([history.unit, missing["unit"].to_numpy()]),
        member=np.concatenate([history.member, np.arange(first_new, first_new + n_new)]),
        role=np.concatenate([history.role, missing["role"].to_numpy()]),
        focus_award=history.focus_award,
        awards={award: np.concatenate([given, nobody]) for award, given in history.awards.items()},
        n_history_years=0,
        knows_direct=history.knows_direct,
    )
