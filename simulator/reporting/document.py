"""What a report is made of, as data: sections of paragraphs, lists, tables and figures.

A notebook shows sections; each travels in the cell's output twice, as HTML for whoever opens the notebook and as data for the export. The HTML of a
report is made from the data alone, and so will every other form be: one content, no copies made by hand.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from functools import cache
from html import escape
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, TypeAdapter

from simulator.presentation.numbers import Lang  # noqa: TC001  # pydantic reads these types when a section comes back
from simulator.presentation.table_layout import Table  # noqa: TC001  # as above

SECTION_MIME = "application/vnd.tieuchi.section+json"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; its role decides how it looks, never what it says."""

    text: str
    role: Literal["body", "lead", "note", "stamp", "kind", "subtitle", "date", "attached", "heading"] = "body"
    block: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    items: list[str]
    block: Literal["bullets"] = "bullets"


@dataclass(frozen=True)
class TableBlock:
    """A table that stands in the text."""

    table: Table
    block: Literal["table"] = "table"


@dataclass(frozen=True)
class FigureBlock:
    """A figure with the sentence that says what to see, its text for those who cannot see it, and the numbers behind it.

    A figure of simulated numbers says so beside its caption, as a table does.
    """

    id: str
    svg: str
    title: str
    says: str
    alt: str
    data: list[Table] = field(default_factory=list)
    is_simulated: bool = True
    block: Literal["figure"] = "figure"


Block = Paragraph | Bullets | TableBlock | FigureBlock


@dataclass(frozen=True)
class Section:
    """One section of a report. The front page is a section without a number, an annex stands after the text; ``data`` is kept for machines."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    lang: Lang
    title: str
    blocks: list[Block]
    is_front: bool = False
    is_annex: bool = False
    data: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the section as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, content: dict[str, Any]) -> Section:
        """Read what ``to_dict`` made.

        Raises
        ------
        ValueError
            When the content is not a section.

        """
        return _section_reader().validate_python(content)

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, Any]:
        return {"text/plain": self.title, "text/html": self._notebook_html(), SECTION_MIME: self.to_dict()}

    def _notebook_html(self) -> str:
        return f"<section><h2>{escape(self.title)}</h2>{''.join(_block_html(block) for block in self.blocks)}</section>"


def _block_html(block: Block) -> str:
    """Show a block inside a notebook, where the report's own style is absent."""
    match block:
        case Paragraph():
            return f"<p>{escape(block.text)}</p>"
        case Bullets():
            return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in block.items)}</ul>"
        case TableBlock():
            return block.table._repr_html_()
        case FigureBlock():
            return f"<figure>{block.svg}<figcaption><b>{escape(block.title)}</b> {escape(block.says)}</figcaption></figure>"


@cache
def _section_reader() -> TypeAdapter[Section]:
    return TypeAdapter(Section)
