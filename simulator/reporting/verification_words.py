"""Say in words what checking a report found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from simulator.experiments.studies import KINDS
from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.numbers import format_count, format_shortest
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import indicator_name, sentence_case

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.reporting.verifying import Difference, Verification

_INDICATOR: Final = re.compile(
    rf"(?:comparison|measurement|(?P<study>{'|'.join(KINDS)}))(?:/options/[0-9]+:(?P<option>[^/]+))?/indicators/(?P<indicator>\w+)/(?P<field>.+)"
)
_QUANTITY: Final = re.compile(r"(?P<study>paperwork)/options/[0-9]+:(?P<option>[^/]+)/quantities/(?P<quantity>\w+)/(?P<field>.+)")
_KINDS: Final = ("words", "rules", "number", "file", "program", "study")
_LONGEST: Final = 160
_PART: Final = re.compile(r"word/(header|footer|footnotes|endnotes|comments)[0-9]*\.xml")
"""Parts of a Word document whose place on the page has a name."""


def verification_table(verification: Verification, lang: Lang = "vi") -> Table:
    """Return the verdict as caption, what differs in groups of one kind each, and what a careful reader should know besides as notes."""
    found = [*verification.differences, *verification.notes]
    kinds = {each.kind for each in found}
    verdict = "same" if verification.same else "partly" if not verification.differences else "layout" if kinds <= {"file", "program"} else "differs"
    subject = verification.subject or translate("verify.subject.register", lang)
    groups = tuple(
        Group(translate(f"verify.kind.{kind}", lang), tuple(_row(each, lang) for each in found if each.kind == kind))
        for kind in _KINDS
        if kind in kinds
    )
    notes = [translate(f"verify.note.{kind}", lang) for kind in _KINDS if kind in kinds]
    left_out = verification.n_differences - len(verification.differences)
    if left_out:
        notes.append(translate("verify.left-out", lang, n=format_count(left_out, lang)))
    columns = tuple(translate(f"verify.column.{name}", lang) for name in ("where", "report", "again"))
    parts = ", ".join(dict.fromkeys(_part_of_file(each, lang) for each in verification.differences if each.kind == "file"))
    caption = translate(f"verify.{verdict}", lang, subject=subject, **({"parts": parts} if verdict == "layout" else {}))
    return Table("verification", lang, caption, columns, groups, tuple(notes))


def _row(difference: Difference, lang: Lang) -> Row:
    return Row(_where(difference, lang), (_value(difference.report, lang), _value(difference.again, lang)))


def _where(difference: Difference, lang: Lang) -> str:
    if difference.kind == "words":
        part, _, line = difference.where.rpartition(":")
        if not part:
            return translate("verify.line", lang, n=line)
        found = _PART.fullmatch(part)
        place = translate(f"verify.part.{found[1] if found else 'other'}", lang)
        return translate("verify.line-of", lang, place=place, part=part, n=line)
    if difference.kind == "file":
        part = difference.where.partition(":")[2]
        return sentence_case(_part_of_file(difference, lang)) + (f" ({part})" if part else "")
    if difference.kind == "study":
        return translate(f"verify.study.{difference.where}", lang)
    return _place_of_number(difference.where, lang)


def _place_of_number(where: str, lang: Lang) -> str:
    """Name the study, option, indicator or quantity, and field; what has no name keeps its path."""
    found = _INDICATOR.fullmatch(where) or _QUANTITY.fullmatch(where)
    if found is None:
        study, _, rest = where.partition("/")
        return f"{translate(f'verify.study.{study}', lang)} · {rest}" if study in KINDS else where
    named = found.groupdict()
    kind, name = "field", ""
    if "indicator" in named:
        name = indicator_name(named["indicator"], lang)
    else:  # its ends are those of the assumptions, not of an interval
        name = translate(f"paperwork.name.{named['quantity']}", lang)
        kind = "quantity" if named["field"] in {"low", "high"} else "field"
    parts = [
        named["study"] and translate(f"verify.study.{named['study']}", lang),
        named["option"],
        sentence_case(name),
        catalogue(lang).get(f"verify.{kind}.{named['field']}", named["field"]),
    ]
    return " · ".join(part for part in parts if part)


def _part_of_file(difference: Difference, lang: Lang) -> str:
    return translate(f"verify.file.{difference.where.partition(':')[0]}", lang)


def _value(value: str | float | bool | None, lang: Lang) -> str:  # noqa: FBT001 - a value of the evidence
    if value is None:
        return translate("table.none", lang)
    if isinstance(value, bool):
        return translate("table.yes" if value else "table.no", lang)
    if isinstance(value, str):
        return value if len(value) <= _LONGEST else value[:_LONGEST] + "…"
    return format_shortest(value, lang)
