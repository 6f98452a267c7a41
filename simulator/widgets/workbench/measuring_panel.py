"""Read an award register: what its indicators say, how sure they are, and what it cannot tell."""

from __future__ import annotations

import html
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import ipywidgets as widgets

from simulator.errors import InputError
from simulator.indicators.measurement import measure
from simulator.presentation.i18n import translate
from simulator.presentation.registers.leader_sentences import say_leaders
from simulator.presentation.registers.measurement_anonymity import anonymous_measurement
from simulator.presentation.registers.measurement_figures import draw_measured, draw_measured_mix, drawn_indicators
from simulator.presentation.registers.measurement_sentences import main_findings, say_mix, say_what_was_measured
from simulator.presentation.registers.measurement_table import measurement_table
from simulator.presentation.registers.register_contents import contents_of, contents_table, say_years
from simulator.presentation.wording import sentence_case
from simulator.rules.award_names import award_title
from simulator.widgets.looks import paragraph, words
from simulator.widgets.workbench.uploads import Upload, Uploaded, on_disk, say_limits, told
from simulator.workbook.registers import read_register

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.errors import Finding
    from simulator.history import History
    from simulator.indicators.measurement import Measurement
    from simulator.presentation.numbers import Lang
    from simulator.widgets.drafting.state import State
    from simulator.widgets.looks import Alarm


@dataclass
class HandedRegister:
    """What somebody handed over; it stays when the page is laid out in another language, and goes with the session."""

    register: Uploaded | None = None
    headcount: Uploaded | None = None
    succession: Uploaded | None = None


class MeasuringPanel:
    """A register and what goes with it, and what comes out.

    Parameters
    ----------
    state
        Whose workspace calls awards by their titles.
    lang
        Language of the words.
    alarm
        Where a failure is told.
    handed
        The files, if there are some already.
    """

    def __init__(self, state: State, lang: Lang, alarm: Alarm, handed: HandedRegister | None = None) -> None:
        self.state, self.lang, self.handed = state, lang, handed or HandedRegister()
        auto, whole = widgets.Layout(width="auto"), widgets.Layout(width="100%")
        self.uploads = {
            name: Upload(translate(f"workbench.measure.{name}", lang), lang, alarm, self._taking(name), self._refusing(name))
            for name in (field.name for field in fields(HandedRegister))
        }
        self.award = widgets.Text(
            description=translate("workbench.measure.award", lang),
            placeholder=translate("workbench.measure.award.example", lang),
            style={"description_width": "140px"},
            layout=widgets.Layout(width="100%", max_width="640px"),
        )
        self.complete = widgets.Checkbox(value=False, description=translate("workbench.measure.complete", lang), indent=False, layout=whole)
        self.anonymous = widgets.Checkbox(value=False, description=translate("workbench.measure.anonymous", lang), indent=False, layout=whole)
        self.again = widgets.Button(description=translate("workbench.measure.again", lang), layout=auto, disabled=True)
        self.forget = widgets.Button(description=translate("workbench.upload.forget", lang), layout=auto, disabled=True)
        self.held, self.status, self.results = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.measurement: Measurement | None = None
        self.panel = widgets.VBox(
            [
                words(translate("workbench.measure.opening", lang)),
                words(say_limits(lang), css="tieuchi-small"),
                *(upload.panel for upload in self.uploads.values()),
                self.held,
                self.award,
                self.complete,
                self.anonymous,
                widgets.HBox([self.again, self.forget]),
                self.status,
                self.results,
            ]
        )
        self.again.on_click(alarm.guard(lambda _: self._measure()))
        self.forget.on_click(alarm.guard(lambda _: self._forget()))
        self._say_held()

    def _taking(self, name: str) -> Callable[[Uploaded], None]:
        def take(file: Uploaded) -> None:
            setattr(self.handed, name, file)
            self._say_held()
            if self.handed.register is not None:
                self._measure()

        return take

    def _refusing(self, name: str) -> Callable[[], None]:
        """Leave nothing of the file before: what was worked out with it would be taken for the result of the one that was refused."""

        def refuse() -> None:
            setattr(self.handed, name, None)
            self.measurement, self.results.value, self.status.value = None, "", ""
            self._say_held()

        return refuse

    def _say_held(self) -> None:
        held = {name: getattr(self.handed, name) for name in self.uploads}
        for name, upload in self.uploads.items():
            upload.count(int(held[name] is not None))
        items = [f"{translate(f'workbench.measure.{name}', self.lang)}: {file.name}" for name, file in held.items() if file is not None]
        self.held.value = f"<ul>{''.join(f'<li>{html.escape(item)}</li>' for item in items)}</ul>" if items else ""
        self.again.disabled = self.handed.register is None
        self.forget.disabled = not items

    def _forget(self) -> None:
        self.handed.register = self.handed.headcount = self.handed.succession = None
        self.measurement, self.results.value = None, ""
        self.status.value = paragraph(translate("workbench.upload.forgotten", self.lang))
        self._say_held()

    def _measure(self) -> None:
        self.measurement, self.results.value = None, ""
        self.status.value = paragraph(translate("workbench.upload.reading", self.lang))
        try:
            history, remarks = self._read()
        except InputError as problem:
            self.status.value = told(problem.findings, self.lang)
            return
        measurement = measure(history)
        self.measurement = anonymous_measurement(measurement, history) if self.anonymous.value else measurement
        self.status.value = told(remarks, self.lang, is_alert=False)
        self.results.value = self._say(self.measurement, history)

    def _read(self) -> tuple[History, list[Finding]]:
        found: list[Finding] = []
        with on_disk(self.handed.register, self.handed.headcount, self.handed.succession) as lying:
            register, headcount, succession = lying.paths
            if register is None:
                raise RuntimeError
            history = read_register(
                register,
                headcount=headcount,
                succession=succession,
                award=self.award.value.strip() or None,
                on_warning=found.append,
                workspace=self.state.workspace.root,
                is_complete=self.complete.value,
            )
            return history, lying.told(found)

    def _say(self, measurement: Measurement, history: History) -> str:
        """Tell what a report on the list tells first: what was measured, the main findings, what to heed, then figures and the whole table."""
        lang, title = self.lang, self._title_of(measurement.award)
        contents = contents_of(history, has_succession=self.handed.succession is not None)
        caveats = [f"{sentence_case(translate(caveat, lang))}." for caveat in measurement.caveats]
        parts = [
            f"<h3>{html.escape(translate('report.register.measured.title', lang))}</h3>",
            paragraph(f"{say_what_was_measured(measurement, title, lang)} {say_years(contents, lang)}"),
            _bullets([*main_findings(measurement, lang), *say_leaders(measurement, lang)]),
            f"<h3>{html.escape(translate('report.register.caveats.title', lang))}</h3>" if caveats else "",
            _bullets(caveats),
            paragraph(translate("report.register.nature", lang), css="tieuchi-small"),
        ]
        for question in drawn_indicators(measurement):
            drawing = draw_measured(measurement, question, lang)
            parts.append("" if drawing is None else drawing._repr_html_())
        mix = draw_measured_mix(measurement, lang)
        parts += [paragraph(say_mix(measurement, lang)) if mix is None else mix._repr_html_()]
        parts += [measurement_table(measurement, lang, title).to_html(), contents_table(contents, lang).to_html()]
        return f'<div role="status">{"".join(parts)}</div>'

    def _title_of(self, award: str) -> dict[str, str] | None:
        """Look up what the criteria call an award; a list can be measured without any law at hand."""
        try:
            return award_title(award, self.state.workspace)
        except InputError:
            return None


def _bullets(items: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{html.escape(item)}</li>' for item in items)}</ul>" if items else ""
