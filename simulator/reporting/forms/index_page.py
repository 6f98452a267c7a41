"""The page that lists the reports of a batch: what each found and where its forms are, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from simulator.presentation.i18n import describe, translate
from simulator.presentation.numbers import format_number
from simulator.reporting.forms.html import render_page
from simulator.reporting.forms.writers import FORMS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from simulator.errors import Finding
    from simulator.presentation.numbers import Lang
    from simulator.reporting.published import Outcome, Published

_WORDS: Final = ("title", "question", "findings", "files", "beside", "failed")


@dataclass(frozen=True)
class _Link:
    """A file of a report, by the way to it from the page."""

    words: str
    address: str


def index_name(lang: Lang) -> str:
    """Return the name of the page."""
    return f"index.{lang}.html"


def write_index(outcomes: Sequence[Outcome], path: Path, folder: Path, lang: Lang) -> None:
    """Write the page.

    Parameters
    ----------
    outcomes
        In the order in which they are listed.
    path
        The file to write.
    folder
        Where the page will stand: files are named by the way from there, so that the folder may be moved or sent as a whole.
    lang
        Its language.
    """
    n_failed = sum(outcome.published is None for outcome in outcomes)
    numbers = {"done": format_number(len(outcomes) - n_failed, lang, 0), "failed": format_number(n_failed, lang, 0)}
    cautions = _said_by_all([outcome.published for outcome in outcomes if outcome.published is not None])
    entries = [
        {
            "name": outcome.name,
            "title": outcome.published.title if outcome.published else outcome.name,
            "published": outcome.published,
            "notes": [note for note in outcome.published.notes if note not in cautions] if outcome.published else [],
            "forms": _links(outcome, folder, is_form=True),
            "beside": _links(outcome, folder, is_form=False),
            "reasons": [(finding.code, _sentence(finding, lang)) for finding in outcome.failure],
        }
        for outcome in outcomes
    ]
    html = render_page(
        "index.html.j2",
        lang=lang,
        entries=entries,
        cautions=cautions,
        summary=translate("report.index.summary.failed" if n_failed else "report.index.summary", lang, **numbers),
        words={
            **{name: translate(f"report.index.{name}", lang) for name in _WORDS},
            "skip": translate("report.skip", lang),
            "contents": translate("report.contents", lang),
        },
    )
    path.write_text(html, encoding="utf-8", newline="\n")


def _said_by_all(reports: Sequence[Published]) -> list[str]:
    """Return the cautions that every report has; they are said once, above."""
    return [note for note in reports[0].notes if all(note in each.notes for each in reports)] if reports else []


def _links(outcome: Outcome, folder: Path, *, is_form: bool) -> list[_Link]:
    """Return the files of a report that are forms of it, or the others."""
    files = outcome.published.files if outcome.published else ()
    ways = [path.relative_to(folder) for path in files if (path.stem.startswith("report.") and path.suffix.removeprefix(".") in FORMS) is is_form]
    return [_Link(way.suffix.removeprefix(".").upper() if is_form else way.name, quote(way.as_posix())) for way in ways]


def _sentence(finding: Finding, lang: Lang) -> str:
    """Word a reason. What another program said is left to the screen of whoever ran the batch: it may hold anything, and this page is passed on."""
    problem = finding.fields.get("problem", "@")
    if not problem.startswith("@"):
        finding = replace(finding, fields={**finding.fields, "problem": translate("report.index.withheld", lang)})
    return describe(finding, lang)
