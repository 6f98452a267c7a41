"""Write the sheets to fill with an award list: the list, a head-count and a table of mergers, an example, and notes on each column."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook

from simulator.indicators.register_awards import DEFAULT_FOCUS
from simulator.presentation.i18n import translate, ways_of_writing
from simulator.rules.award_names import award_title, listed_titles
from simulator.scoring.columns import Column, Content
from simulator.workbook.still_archive import save_book
from simulator.workbook.template_sheets import HEADING_ROW, HeadedColumn, Lists, put, write_guide, write_headings, write_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.presentation.numbers import Lang
    from simulator.workspace import Workspace


def _column(name: str, content: Content, *, is_required: bool = False, low: float | None = None, words: tuple[str, ...] = ()) -> Column:
    return Column(name, content, words=words, low=low, is_required=is_required)


_YEAR: Final = _column("year", Content.DATE, is_required=True)
_UNIT: Final = _column("unit_id", Content.TEXT, is_required=True)
_ROLE: Final = _column("role", Content.WORD, is_required=True, words=("direct", "staff", "deputy", "head"))
SHEETS: Final[Mapping[str, tuple[Column, ...]]] = {
    "register": (
        _YEAR,
        _UNIT,
        _column("member_id", Content.TEXT, is_required=True),
        _ROLE,
        _column("award", Content.WORD),
        _column("level", Content.COUNT, low=1),
        _column("merit", Content.NUMBER),
        _column("post_rank", Content.COUNT, low=1),
        _column("track", Content.WORD, words=("annual", "ad-hoc", "thematic", "long-service")),
        _column("achieved_on", Content.DATE),
        _column("awarded_on", Content.DATE),
        _column("decision_no", Content.TEXT),
    ),
    "headcount": (_YEAR, _UNIT, _ROLE, _column("n_members", Content.COUNT, is_required=True)),
    "succession": (
        _UNIT,
        _column("successor_id", Content.TEXT, is_required=True),
        _column("from", Content.TEXT, is_required=True),
    ),
}
"""Of each sheet, its columns. Of two columns that say the same (``role`` or ``is_leader``, ``award`` or ``is_awarded``) it has the one that says more."""
_BLANK: Final = frozenset({"award", "track", "post_rank"})
_EXAMPLE: Final[tuple[tuple[int, str, str, str, bool], ...]] = (
    (2023, "DV-A", "VD-01", "head", True),
    (2023, "DV-A", "VD-02", "direct", False),
    (2023, "DV-A", "VD-03", "staff", False),
    (2024, "DV-A", "VD-01", "head", False),
    (2024, "DV-A", "VD-02", "direct", True),
    (2024, "DV-A", "VD-03", "staff", False),
)
"""Year, unit, person, role, and whether there was the award; nobody's."""


@dataclass(frozen=True)
class _Offer:
    """What the sheets offer: their language, and the titles of awards known."""

    lang: Lang
    awards: tuple[str, ...]
    focus: str


def write_register_template(path: Path | str, workspace: Workspace, *, lang: Lang = "vi") -> None:
    """Write the sheets to fill, as .xlsx or, where the name says so, the headings of the list as .csv.

    Parameters
    ----------
    path
        Where to write them.
    workspace
        Whose criteria give the titles of awards that a drop-down offers.
    lang
        Language of headings, words and notes.
    """
    path = Path(path)
    if path.suffix.lower() == ".csv":
        write_headings(path, [_heading(column, lang) for column in SHEETS["register"]], lang)
        return
    focus = (award_title(DEFAULT_FOCUS, workspace) or {}).get(lang, DEFAULT_FOCUS)
    _write_workbook(path, _Offer(lang, listed_titles(workspace, lang), focus))


def _write_workbook(path: Path, offer: _Offer) -> None:
    lang = offer.lang
    book = Workbook()
    lists = Lists(book, translate("sheet.lists", lang))
    wrong = translate("template.wrong", lang)
    titles = {kind: translate(f"sheet.{kind}", lang) for kind in (*SHEETS, "example", "guide")}
    told = {kind: _headed(columns, offer) for kind, columns in SHEETS.items()}
    for kind, headed in told.items():
        sheet = book.active if kind == "register" else book.create_sheet()
        sheet.title = titles[kind]
        if kind == "register":
            title = translate("register.template.title", lang)
            note = translate("register.template.note", lang, headcount=titles["headcount"], example=titles["example"], guide=titles["guide"])
        else:
            title, note = titles[kind].upper(), translate(f"register.template.{kind}", lang)
        write_sheet(sheet, title, note, headed, lists, wrong)
    example = book.create_sheet(titles["example"])
    write_sheet(example, titles["example"].upper(), translate("register.template.example", lang), told["register"], lists, wrong)
    for line, values in enumerate(_example(offer), HEADING_ROW + 1):
        for place, column in enumerate(SHEETS["register"], 1):
            put(example.cell(line, place), values.get(column.id, ""))
    notes = (
        (f"{titles[kind]}: {item.heading}", item.column.id, _how(item), _blank_means(item.column, lang))
        for kind, headed in told.items()
        for item in headed
    )
    write_guide(book.create_sheet(titles["guide"]), ("column", "id", "how", "blank"), notes, (44, 16, 62, 24), lang)
    book.move_sheet(translate("sheet.lists", lang), len(book.worksheets))
    book.properties.creator = "tieuchi"
    save_book(book, path)


def _heading(column: Column, lang: Lang) -> str:
    heading = translate(f"register.column.{column.id}", lang)
    return f"{heading} *" if column.is_required else heading


def _headed(columns: Sequence[Column], offer: _Offer) -> list[HeadedColumn]:
    return [
        HeadedColumn(
            column,
            _heading(column, offer.lang),
            translate(f"register.how.{column.id}", offer.lang),
            offer.awards if column.id == "award" else tuple(_word(word, offer.lang) for word in column.words),
            is_closed=column.id != "award",  # an office gives awards of its own
        )
        for column in columns
    ]


def _word(word: str, lang: Lang) -> str:
    return ways_of_writing(f"register.word.{word}", lang)[0]


def _example(offer: _Offer) -> list[dict[str, str | int]]:
    """Give the rows of the example, told in the words of the sheet."""
    return [
        {
            "year": year,
            "unit_id": unit,
            "member_id": member,
            "role": _word(role, offer.lang),
            "award": offer.focus if is_awarded else "",
            "track": _word("annual", offer.lang) if is_awarded else "",
        }
        for year, unit, member, role, is_awarded in _EXAMPLE
    ]


def _how(item: HeadedColumn) -> str:
    """Say how to fill a column, with the words there are to choose from."""
    return f"{item.how} ({'; '.join(item.choices)})" if item.choices and item.is_closed else item.how


def _blank_means(column: Column, lang: Lang) -> str:
    if column.is_required:
        return translate("template.blank.needed", lang)
    return translate(f"register.blank.{column.id if column.id in _BLANK else 'other'}", lang)
