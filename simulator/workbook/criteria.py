"""A criteria set as a workbook and back: unedited it is the identical set, edited it becomes an overlay that holds only the changes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.errors import InputError
from simulator.presentation.i18n import translate
from simulator.rules.assembly import stack_over
from simulator.rules.overlays import Stack
from simulator.rules.writing import write_data
from simulator.workbook.cell_values import Doubt, read_date, shown_in_rules
from simulator.workbook.criteria_changes import Changes, cited_instruments
from simulator.workbook.criteria_codes import make_finding
from simulator.workbook.criteria_reading import read_edited
from simulator.workbook.criteria_writing import export_criteria as export_criteria  # noqa: PLC0414  # the two ways share one door

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping
    from pathlib import Path

    from simulator.errors import Finding
    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet
    from simulator.workbook.criteria_reading import Edited


@dataclass(frozen=True)
class Imported:
    """What an edited workbook amounts to.

    Attributes
    ----------
    overlay
        The overlay as YAML; None when the workbook changes nothing.
    criteria
        The rules as the workbook has them: the base with the overlay laid over it, or the base itself.
    changed
        Paths of the clauses that were changed, added or removed.
    warnings
        What the workbook holds and was not read.
    """

    overlay: str | None
    criteria: CriteriaSet
    changed: tuple[str, ...]
    warnings: tuple[Finding, ...] = ()


def import_criteria(
    path: Path, base: CriteriaSet, overlay_id: str, *, on: datetime.date | None = None, lang: Lang = "vi", file: str | None = None
) -> Imported:
    """Read an edited workbook as an overlay over the set it was made from.

    Parameters
    ----------
    path
        The workbook :func:`export_criteria` wrote.
    base
        The set it was made from.
    overlay_id
        Id of the overlay; the same as the name of the file it will be written to.
    on
        The day it is checked; the day the base was checked when absent.
    lang
        Language of sentences inside findings.
    file
        How the overlay is named in findings about it; by its id when absent.

    Raises
    ------
    InputError
        With everything that is wrong, each by sheet and cell.
    """
    edited = read_edited(path, lang)
    _check_base(edited, base)
    changes = Changes(base, edited)
    changes.check(lang)
    sections = changes.overlay()
    header = _header(edited, base, overlay_id, sections, on)
    edited.stop_if_wrong()
    _warn_of_head(edited, base, is_changed=bool(changes.changed))
    if not changes.changed:
        return Imported(None, base, (), edited.warnings)
    text = write_data({**header, **sections})
    return Imported(text, stack_over(base, text, overlay_id, file or f"{overlay_id}.yaml"), tuple(changes.changed), edited.warnings)


def _check_base(edited: Edited, base: CriteriaSet) -> None:
    given = {name: edited.info.get(name) for name in ("set", "hash")}
    code, expected = "", base.id
    if given["set"] is None or given["set"].value != base.id:
        code = "WB563"
    elif given["hash"] is None or given["hash"].value != base.content_hash:
        code = "WB564"
    if code:
        read = given["set" if code == "WB563" else "hash"]
        found = "?" if read is None else str(read.value)
        fields = {"found": found, "expected": expected} if code == "WB563" else {"expected": expected}
        raise InputError([make_finding(code, edited.file, 1 if read is None else read.cell.line, **fields)])


def _warn_of_head(edited: Edited, base: CriteriaSet, *, is_changed: bool) -> None:
    """Warn of what was edited on the first sheet without effect: the title of the base, or the head of a draft that changes nothing."""
    languages: tuple[Lang, ...] = ("vi", "en")
    title = edited.info.get("title.vi")
    if title is not None and _composed(title.value) not in {_composed(base.title.in_language(lang)) for lang in languages}:
        edited.report("WB574", title.cell)
    if is_changed:
        return
    unedited = {f"overlay.title.{lang}": {translate("criteria.overlay.title", lang, title=base.title.in_language(lang))} for lang in languages}
    unedited["overlay.valid.from"] = {str(base.valid_from)}
    for name, values in unedited.items():
        read = edited.info.get(name)
        if read is not None and read.value is not None and _composed(read.value) not in map(_composed, values):
            edited.report("WB575", read.cell)


def _composed(value: object) -> str:
    return unicodedata.normalize("NFC", str(value)).strip()


def _header(edited: Edited, base: CriteriaSet, overlay_id: str, sections: Mapping[str, Any], on: datetime.date | None) -> dict[str, Any]:
    """Give what an overlay says of itself: what it extends, what it cites, and which earlier overlays of a stack it contradicts knowingly."""
    instruments = cited_instruments(sections)
    title: dict[str, str] = {}
    languages: tuple[Lang, ...] = ("vi", "en")
    for lang in languages:
        read = edited.info.get(f"overlay.title.{lang}")
        title[lang] = (
            str(read.value) if read is not None and read.value else translate("criteria.overlay.title", lang, title=base.title.in_language(lang))
        )
    start = edited.info.get("overlay.valid.from")
    valid: Any = base.valid_from if start is None or start.value is None else start.value
    day = None if valid is None else read_date(valid)  # a base need not say from when it applies
    if isinstance(day, Doubt):
        if start is not None:
            edited.report("WB557", start.cell, expected="@a-date", found=shown_in_rules(valid))
    else:
        valid = day
    return {
        "id": overlay_id,
        "extends": base.stack[-1],
        "title": title,
        "status": "draft",
        "drafting_state": "drafting",
        **({"valid": {"from": valid}} if valid is not None else {}),
        "checked_on": on or base.checked_on,
        **({"instruments": instruments} if instruments else {}),
        **({"supersedes": prevails} if (prevails := Stack.of(base).supersessions(sections)) else {}),
    }
