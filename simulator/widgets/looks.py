"""What every panel is made of: words, one style, pictures that do not flicker, and callbacks whose failure can be seen."""

from __future__ import annotations

import html
import traceback
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, ParamSpec

import ipywidgets as widgets

from simulator.errors import InputError, TieuchiError
from simulator.presentation.i18n import describe, translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.presentation.numbers import Lang
    from simulator.presentation.style import Drawing

_Given = ParamSpec("_Given")
REFUSED: Final = "tieuchi-refused"
"""Class of a control whose content cannot be used."""
BEFORE: Final = "tieuchi-before"
"""Class of a picture that is older than the draft it stands beside."""
AWAITED: Final = "tieuchi-awaited"
"""Class of a picture in whose place another is being worked out: it fades only where that takes longer than a glance."""
STYLE: Final = """<style>
.tieuchi { font-size: 14px; line-height: 1.4; }
.tieuchi .widget-label { white-space: normal; line-height: 1.25; height: auto; min-height: 28px; }
.tieuchi .widget-html-content, .tieuchi .jupyter-widgets.widget-html-content { white-space: normal; line-height: 1.4; }
.tieuchi-clause { border-left: 3px solid #9aa5ad; padding: 2px 0 2px 10px; margin: 0 0 12px 0; }
.tieuchi-clause.tieuchi-changed { border-left-color: #0b5394; background: #f2f7fc; }
.tieuchi-clause.tieuchi-removed { border-left-color: #7a1f1f; background: #fbf3f2; }
.tieuchi .jupyter-widgets { max-width: calc(100% - 4px); }
.tieuchi .widget-box { overflow: hidden; max-width: 100%; }
.tieuchi textarea { font-family: inherit; }
.tieuchi h3 { margin: 6px 0 2px 0; font-size: 16px; }
.tieuchi ul { margin: 0; padding-left: 18px; }
.tieuchi .tieuchi-pane { max-height: calc(100vh - 90px); min-height: 420px; overflow-x: hidden; overflow-y: auto; }
.tieuchi .tieuchi-pane > * { flex-shrink: 0; }
.tieuchi .tieuchi-pane .widget-vbox > *, .tieuchi .tieuchi-clause > * { flex-shrink: 0; }
.tieuchi p { margin: 0 0 4px 0; }
.tieuchi figure { margin: 4px 40px; }
.tieuchi .tieuchi-small { color: #454f57; font-size: 13px; }
.tieuchi .tieuchi-error { color: #8c1c13; font-weight: 600; }
.tieuchi .tieuchi-warning { color: #6b4e00; }
.tieuchi .tieuchi-refused input, .tieuchi .tieuchi-refused select, .tieuchi .tieuchi-refused textarea { border: 2px solid #8c1c13; background: #fdf1ef; }
.tieuchi .tieuchi-refused .noUi-connects { background: #e3aaa5; }
.tieuchi .tieuchi-before svg { opacity: 0.4; }
@keyframes tieuchi-fade { to { opacity: 0.4; } }
.tieuchi .tieuchi-awaited svg { animation: tieuchi-fade 0.3s 0.5s forwards; }
.tieuchi a[download] { color: #0b5394; text-decoration: underline; }
.tieuchi figcaption b { display: block; }
.tieuchi .simulated { font-weight: 400; font-style: italic; }
.tieuchi caption .simulated::before { content: "("; }
.tieuchi caption .simulated::after { content: ")"; }
.tieuchi-clause.tieuchi-removed .tieuchi-title { text-decoration: line-through; }
.tieuchi .widget-inline-hbox, .tieuchi .widget-hslider, .tieuchi .widget-checkbox { height: auto; align-items: center; }
.tieuchi .widget-inline-hbox .widget-label { overflow: visible; }
.tieuchi select, .tieuchi .widget-text input { min-height: 28px; }
.tieuchi .widget-checkbox .widget-label-basic { white-space: normal; height: auto; line-height: 1.25; }
.tieuchi button:focus-visible, .tieuchi input:focus-visible, .tieuchi select:focus-visible, .tieuchi textarea:focus-visible,
.tieuchi .noUi-handle:focus-visible, .tieuchi .widget-readout:focus-visible, .tieuchi [role=tab]:focus-visible { outline: 3px solid #0b5394 !important; outline-offset: 1px; }
.tieuchi .widget-readout { -webkit-user-modify: read-only; user-modify: read-only; }
.tieuchi .lm-TabBar-tab { color: #333c43 !important; }
.tieuchi table { border-collapse: collapse; }
.tieuchi th, .tieuchi td { padding: 2px 8px; border-bottom: 1px solid #c8d0d6; text-align: right; vertical-align: top; }
.tieuchi th:first-child, .tieuchi td:first-child { text-align: left; }
</style>"""
"""One style for all panels; nothing in it is loaded from outside."""


def words(text: str, *, css: str = "") -> widgets.HTML:
    """Show plain words; what is markup in them is shown, not obeyed."""
    return widgets.HTML(paragraph(text, css=css))


def paragraph(text: str, *, css: str = "") -> str:
    """Write plain words as a paragraph; each line of theirs is a line."""
    mark = f' class="{css}"' if css else ""
    return f"<p{mark}>{'<br>'.join(html.escape(line) for line in text.splitlines())}</p>" if text else ""


def title(text: str, level: int = 3) -> widgets.HTML:
    """Show a heading."""
    return widgets.HTML(f"<h{level}>{html.escape(text)}</h{level}>")


class Picture:
    """A figure that is put in the place of the one before without a moment of emptiness between.

    Parameters
    ----------
    width
        In CSS pixels.
    """

    def __init__(self, width: int) -> None:
        self.image = widgets.HTML(layout=widgets.Layout(width=f"{width}px"))

    def show(self, *drawings: Drawing) -> None:
        """Show a figure, or several: as vectors, each with its title and the sentence that says what to see."""
        self.image.value = "".join(drawing._repr_html_() for drawing in drawings)


class Remark:
    """Why what a control holds cannot be used: said directly below it and marked on it, in colour and in words, until it is mended.

    A page of widgets cannot tell a browser that a field is invalid; the reason therefore stands in what a field is called as well, where it is read out.

    Parameters
    ----------
    lang
        Language of the words.
    controls
        What is marked: the field first, then what belongs to it.
    """

    def __init__(self, lang: Lang, *controls: widgets.DOMWidget) -> None:
        self.lang, self._controls = lang, controls
        self._tip = controls[0].tooltip if controls else None
        self.label = widgets.HTML(layout=widgets.Layout(width="100%", display="none"))
        self.text = ""

    def call(self, name: str) -> None:
        """Call the control otherwise."""
        self._tip = name
        self._name()

    def tell(self, text: str) -> None:
        """Say what is wrong with what the control holds; without words, that nothing is."""
        if text == self.text:
            return
        self.text = text
        self.label.value = f'<div role="alert">{paragraph(text, css="tieuchi-error")}</div>' if text else ""
        self.label.layout.display = "" if text else "none"
        for control in self._controls:
            if text:
                control.add_class(REFUSED)
            else:
                control.remove_class(REFUSED)
        self._name()

    def _name(self) -> None:
        for control in self._controls[:1]:
            control.tooltip = ". ".join(part for part in (self._tip, self.text) if part) or None

    def clear(self) -> None:
        """Say that nothing is wrong."""
        self.tell("")

    def tell_of(self, problem: InputError) -> None:
        """Say what was found."""
        self.tell(reasons_of(problem, self.lang))


def reasons_of(problem: InputError, lang: Lang) -> str:
    """Word what was found, a line each."""
    return "\n".join(describe(finding, lang) for finding in problem.findings)


class Alarm:
    """Where a callback that fails says so; ipywidgets itself would say nothing. What concerns one control is told below it (:class:`Remark`), not here.

    Parameters
    ----------
    lang
        Language of the words.
    failed
        The message that says what a failure means for the page: what has been kept, and what to do.
    """

    def __init__(self, lang: Lang, failed: str = "workbench.failed") -> None:
        self.lang, self.failed = lang, failed
        self.label = widgets.HTML(layout=widgets.Layout(width="100%"))
        self.trace = ""
        self._n_told = 0

    def guard(self, callback: Callable[_Given, Any]) -> Callable[_Given, None]:
        """Give a callback that tells what went wrong, and clears what it told when it goes well."""

        @wraps(callback)
        def guarded(*args: _Given.args, **kwargs: _Given.kwargs) -> None:
            n_told = self._n_told
            try:
                callback(*args, **kwargs)
            except InputError as problem:
                self.tell(reasons_of(problem, self.lang))
            except Exception as problem:  # noqa: BLE001 - whatever a callback raises would otherwise be seen by nobody
                self.trace = traceback.format_exc()
                reason = str(problem) if isinstance(problem, TieuchiError) else type(problem).__name__
                self.tell(translate(self.failed, self.lang, reason=reason))
            else:
                if self._n_told == n_told:  # a callback that this one set off may have failed
                    self.label.value = ""

        return guarded

    def tell(self, text: str) -> None:
        """Say what is wrong."""
        self._n_told += 1
        self.label.value = f'<div role="alert">{paragraph(text, css="tieuchi-error")}</div>'
