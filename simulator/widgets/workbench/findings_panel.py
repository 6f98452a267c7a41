"""What is wrong or doubtful in a draft, said as one types."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import ipywidgets as widgets

from simulator.errors import Severity
from simulator.presentation.i18n import describe, translate
from simulator.presentation.rules.condition_words import NO_NAMES
from simulator.widgets.looks import paragraph

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.errors import Finding
    from simulator.presentation.numbers import Lang

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

    def show(self, findings: Sequence[Finding], names: Mapping[str, str] = NO_NAMES) -> None:
        """Show findings, and how many more there are.

        Parameters
        ----------
        findings
            Errors first.
        names
            What is said instead of ids (:func:`simulator.presentation.rules.finding_names.finding_names`).
        """
        if not findings:
            self.panel.value = paragraph(translate("workbench.no-findings", self.lang), css="tieuchi-small")
            return
        items = "".join(f"<li>{self._item(finding, names)}</li>" for finding in findings[:_MOST])
        more = len(findings) - _MOST
        rest = paragraph(translate("workbench.more-findings", self.lang, n=str(more)), css="tieuchi-small") if more > 0 else ""
        self.panel.value = f'<div role="status"><ul>{items}</ul>{rest}</div>'

    def _item(self, finding: Finding, names: Mapping[str, str]) -> str:
        is_error = finding.severity is Severity.ERROR
        kind = translate("severity.error" if is_error else "severity.warning", self.lang)
        css = "tieuchi-error" if is_error else "tieuchi-warning"
        said = html.escape(describe(finding, self.lang, names))
        return f'<span class="{css}">{html.escape(kind)}:</span> {said} <span class="tieuchi-small">({finding.code})</span>'
