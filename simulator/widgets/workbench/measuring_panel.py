"""Read an award register: what its indicators say, how sure they are, and what it cannot tell."""

from __future__ import annotations

import html
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
from simulator.presentation.terminal import word_progress
from simulator.presentation.wording import sentence_case
from simulator.rules.award_names import award_title
from simulator.widgets.looks import paragraph, words
from simulator.widgets.workbench.downloads import file_name, made, ready
from simulator.widgets.workbench.handing import HandingPanel
from simulator.widgets.workbench.uploads import on_disk, say_limits
from simulator.workbook.register_template import write_register_template
from simulator.workbook.registers import read_register

if TYPE_CHECKING:
    from simulator.errors import Finding
    from simulator.history import History
    from simulator.indicators.measurement import Measurement
    from simulator.presentation.numbers import Lang
    from simulator.widgets.drafting.state import State
    from simulator.widgets.looks import Alarm
    from simulator.widgets.workbench.handing import Handed
    from simulator.widgets.workbench.uploads import Uploaded


REGISTER, HEADCOUNT, SUCCESSION = FILES = ("register", "headcount", "succession")
"""The buttons: the register, and what may go with it."""


class MeasuringPanel(HandingPanel):
    """A register and what goes with it, and what comes out.

    Parameters
    ----------
    state
        Whose workspace calls awards by their titles.
    lang, alarm
        As of every panel.
    handed
        The files, if there are some already.
    """

    def __init__(self, state: State, lang: Lang, alarm: Alarm, handed: Handed | None = None) -> None:
        super().__init__(state.workspace, lang, alarm, "measure", FILES, handed)
        whole = widgets.Layout(width="100%")
        self.award = widgets.Text(
            description=translate("workbench.measure.award", lang),
            placeholder=translate("workbench.measure.award.example", lang),
            continuous_update=False,
            style={"description_width": "140px"},
            layout=widgets.Layout(width="100%", max_width="640px"),
        )
        self.complete = widgets.Checkbox(value=False, description=translate("workbench.measure.complete", lang), indent=False, layout=whole)
        self.anonymous = widgets.Checkbox(value=False, description=translate("workbench.measure.anonymous", lang), indent=False, layout=whole)
        self.chosen = (self.award, self.complete, self.anonymous)
        self.template = self.button("workbench.measure.template", self._give_template)
        self.template.layout.align_self = "flex-start"
        self.form, self.results = widgets.HTML(), widgets.HTML()
        self.measurement: Measurement | None = None
        self.panel = widgets.VBox(
            [
                words(translate("workbench.measure.opening", lang)),
                words(say_limits(lang), css="tieuchi-small"),
                self.template,
                self.form,
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

    def _give_template(self) -> None:
        name = file_name("register", self.lang, "xlsx")
        self.form.value = ready(name, made(name, lambda path: write_register_template(path, self.workspace, lang=self.lang)), self.lang)

    def _clear(self) -> None:
        self.measurement, self.results.value = None, ""

    def _results(self, file: Uploaded) -> str:  # noqa: ARG002  # what goes with it is read beside it
        history, remarks = self._read()
        word = word_progress(self.lang, "cli.progress.measuring", is_patient=True)
        measurement = measure(history, progress=lambda done, total: self._tell_progress(word(done, total)))
        self.measurement = anonymous_measurement(measurement, history) if self.anonymous.value else measurement
        self.results.value = self._told_of(self.measurement, history)
        return self._told(remarks, is_alert=False)

    def _read(self) -> tuple[History, list[Finding]]:
        found: list[Finding] = []
        with on_disk(self.handed) as lying:
            history = read_register(
                lying.paths[REGISTER],
                headcount=lying.paths.get(HEADCOUNT),
                succession=lying.paths.get(SUCCESSION),
                award=self.award.value.strip() or None,
                on_warning=found.append,
                workspace=self.workspace.root,
                is_complete=self.complete.value,
            )
            return history, lying.told(found)

    def _tell_progress(self, sentence: str) -> None:
        """Say how far the work is; it holds the page up, which shows what it is told meanwhile."""
        if sentence:
            self.status.value = f'<div role="status">{paragraph(sentence)}</div>'

    def _told_of(self, measurement: Measurement, history: History) -> str:
        """Tell what a report on the list tells first: what was measured, the main findings, what to heed, then figures and the whole table."""
        lang, title = self.lang, self._title_of(measurement.award)
        contents = contents_of(history, has_succession=SUCCESSION in self.handed)
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
            return award_title(award, self.workspace)
        except InputError:
            return None


def _bullets(items: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{html.escape(item)}</li>' for item in items)}</ul>" if items else ""
