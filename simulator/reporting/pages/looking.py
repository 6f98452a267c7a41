"""Open the pages of a report on a criteria set or an award list in a notebook, without writing a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from simulator.reporting.evidence.contents import Asked
from simulator.reporting.evidence.criteria import criteria_evidence
from simulator.reporting.evidence.register import register_evidence
from simulator.reporting.pages.criteria import CriteriaPages
from simulator.reporting.pages.register import RegisterPages
from simulator.workspace import find_workspace

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang


def open_criteria(expression: str, lang: Lang = "vi") -> CriteriaPages:
    """Read, check and word a criteria set, and give it page by page.

    Parameters
    ----------
    expression
        An id, a stack such as ``decree-91+hanoi-letter-3959``, a scoring table, or the path of a YAML file.
    lang
        Language of the words.

    Returns
    -------
        One method a page, as in the report on a set.

    Raises
    ------
    InputError
        With every finding, when the set cannot be read as one.
    """
    return CriteriaPages(criteria_evidence(expression, find_workspace(), Asked(expression, lang=lang)), lang)


def open_register(register: Path | str, lang: Lang = "vi", *, is_complete: bool = False, is_anonymous: bool = False) -> RegisterPages:
    """Read and measure an award list, and give what it shows page by page.

    Parameters
    ----------
    register
        The list, as :func:`~simulator.workbook.registers.read_register` takes it.
    lang
        Language of the words.
    is_complete
        Whether a list in which everybody has an award names all who were considered.
    is_anonymous
        Whether what could tell of a single person or a small group is withheld.

    Returns
    -------
        One method a page, as in the report on a list.

    Raises
    ------
    InputError
        When the file cannot be used.
    """
    asked = Asked("", lang=lang, is_complete=is_complete, is_anonymous=is_anonymous)
    return RegisterPages(register_evidence(Path(register), asked=asked), lang)
