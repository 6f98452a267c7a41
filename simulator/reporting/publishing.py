"""Put a report on the shelf: results as JSON and CSV, the page as HTML, all whole or nothing at all."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.errors import InputError
from simulator.presentation.numbers import is_undefined
from simulator.reporting.codes import template_finding
from simulator.reporting.export import collect_sections, export_html, style_folder
from simulator.reporting.render import EXECUTION_TIMEOUT, check_template, render_report
from simulator.reporting.spec import read_parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.experiments.results import Comparison
    from simulator.presentation.numbers import Lang

_NUMBERS = ("value", "low", "high", "baseline", "lawful_best", "difference", "difference_low", "difference_high", "p_adjusted", "margin")
_CSV_PLACES = 6


def find_template(name: str, templates: Path) -> Path:
    """Return a template of the workspace, or else the one that comes with the package.

    Raises
    ------
    InputError
        When neither has it.

    """
    folders = (templates, style_folder().parent / "templates")
    for folder in folders:
        if (folder / f"{name}.ipynb").is_file():
            return folder / f"{name}.ipynb"
    known = sorted({path.stem for folder in folders for path in folder.glob("*.ipynb")})
    raise InputError([template_finding("RP106", (templates / f"{name}.ipynb").as_posix(), name=name, known=", ".join(known))])


def publish_report(
    comparison: Comparison, template: Path, folder: Path, *, lang: Lang = "vi", date: str | None = None, execution_timeout: int = EXECUTION_TIMEOUT
) -> list[Path]:
    """Write ``report.<lang>.html``, ``comparison.json`` and ``comparison.csv`` into a folder and return their paths.

    Everything is made in a scratch folder beside its final place and moved only when all of it is whole, so that an error, a time-out or Ctrl-C leaves
    what was there before.

    Parameters
    ----------
    comparison
        Finished results: nothing is simulated here.
    template
        The notebook that tells and shows them.
    folder
        Where the files go; made when absent.
    lang
        Language of the report, and whether the CSV has decimal commas.
    date
        ISO date printed on the report; the scenario's own when absent.
    execution_timeout
        Seconds one cell of the template may take.
    """
    check_template(template)
    with _all_or_nothing(folder) as scratch:
        results = scratch / "comparison.json"
        content = comparison.to_json().encode("utf-8")
        results.write_bytes(content)
        (scratch / "comparison.csv").write_bytes(comparison_csv(comparison, lang))
        given = {"comparison": str(results), "sha256": hashlib.sha256(content).hexdigest(), "lang": lang, "date": date or comparison.as_of}
        parameters = read_parameters(given, template.as_posix())
        with tempfile.TemporaryDirectory(prefix="tieuchi-") as kernel_scratch:
            notebook = render_report(template, parameters, Path(kernel_scratch), execution_timeout=execution_timeout)
        html = export_html(collect_sections(notebook, template.as_posix()), template.as_posix())
        (scratch / f"report.{lang}.html").write_text(html, encoding="utf-8", newline="\n")
    return [folder / name for name in (f"report.{lang}.html", "comparison.json", "comparison.csv")]


@contextmanager
def _all_or_nothing(folder: Path) -> Iterator[Path]:
    """Give a scratch folder beside the final place, and move its files there only when nothing failed."""
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=folder) as scratch:
            yield Path(scratch)
            for path in sorted(Path(scratch).iterdir()):
                path.replace(folder / path.name)
    except BaseException:
        for each in made:
            with suppress(OSError):  # not empty: something else was put there meanwhile
                each.rmdir()
        raise


def comparison_csv(comparison: Comparison, lang: Lang) -> bytes:
    """Return one row an option and indicator: with ``;`` and decimal commas for Vietnamese readers, ``,`` and points for English ones.

    A byte-order mark tells a spreadsheet that this is UTF-8. An undefined number is an empty cell.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if lang == "vi" else ",", lineterminator="\r\n")
    writer.writerow(["scenario", "option", "indicator", *_NUMBERS, "verdict", "nature", "caveat"])
    for option in comparison.options:
        for name, item in option.indicators.items():
            numbers = [_csv_number(getattr(item, column), lang) for column in _NUMBERS]
            writer.writerow([comparison.scenario, option.id, name, *numbers, item.verdict, item.nature, item.caveat or ""])
    return text.getvalue().encode("utf-8-sig")


def _csv_number(number: float | None, lang: Lang) -> str:
    if number is None or is_undefined(number):
        return ""
    text = f"{round(number, _CSV_PLACES) + 0.0:.{_CSV_PLACES}f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang == "vi" else text
