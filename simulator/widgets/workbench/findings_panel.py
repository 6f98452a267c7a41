"""What is wrong or doubtful in a draft, said as one types."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import ipywidgets as widgets

from simulator.errors import Severity
from simulator.presentation.i18n import translate
from simulator.presentation.program_name import program_name
from simulator.presentation.rules.condition_words import NO_NAMES
from simulator.widgets.looks import paragraph
from simulator.widgets.workbench.fault_words import say_fault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.presentation.numbers import Lang
    from simulator.widgets.drafting.faults import Fault

_MOST = 12
"""Findings shown at a time; more would be read by nobody."""


class FindingsPanel:
    """A list of findings, errors first.

    Parameters
    ----------
    lang
        Language of the words.
    """

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.panel = widgets.HTML(layout=widgets.Layout(width="100%"))

    def show(self, faults: Sequence[Fault], names: Mapping[str, str] = NO_NAMES) -> None:
        """Show what was found, and how much more there is.

        Parameters
        ----------
        faults
            Errors first.
        names
            What is said instead of ids (:func:`simulator.presentation.rules.finding_names.finding_names`).
        """
        if not faults:
            self.panel.value = paragraph(translate("workbench.no-findings", self.lang), css="tieuchi-small")
            return
        items = "".join(f"<li>{self._item(fault, names)}</li>" for fault in faults[:_MOST])
        more = len(faults) - _MOST
        rest = (
            paragraph(translate("workbench.more-findings", self.lang, n=str(more), program=program_name()), css="tieuchi-small") if more > 0 else ""
        )
        self.panel.value = f'<div role="status"><ul>{items}</ul>{rest}</div>'

    def _item(self, fault: Fault, names: Mapping[str, str]) -> str:
        is_error = fault.finding.severity is Severity.ERROR
        kind = translate("severity.error" if is_error else "severity.warning", self.lang)
        css = "tieuchi-error" if is_error else "tieuchi-warning"
        said = html.escape(say_fault(fault, self.lang, names))
        return f'<span class="{css}">{html.escape(kind)}:</span> {said} <span class="tieuchi-small">({fault.finding.code})</span>'
