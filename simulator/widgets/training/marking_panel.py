"""Marking in common: one thing at a time, one's own tendencies, and those of the class from its files."""

from __future__ import annotations

import html
import math
import secrets
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets

from simulator.errors import InputError
from simulator.experiments.scenarios.assumptions import load_assumptions
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, format_number, format_percent
from simulator.presentation.rules.clause_words import say_assumption
from simulator.rules.assembly import read_criteria
from simulator.widgets.looks import paragraph, title, words
from simulator.widgets.panel import Panel
from simulator.widgets.training.agreement import krippendorff_alpha, single_appraiser_reliability
from simulator.widgets.training.answer_file import HIGHEST_SEED, MOST_BYTES, put_together, write_answers
from simulator.widgets.training.downloading import download_link
from simulator.widgets.training.marking import CASES, CRITERIA, DOSSIERS, HIGHEST_MARK, Answers, cases_of, total_of, weights_of
from simulator.widgets.training.proposals import write_proposals
from simulator.widgets.training.readings import Reading
from simulator.widgets.training.tendencies import tendencies_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from simulator.presentation.numbers import Lang
    from simulator.widgets.looks import Alarm
    from simulator.widgets.training.answer_file import Pool
    from simulator.widgets.training.tendencies import Tendencies
    from simulator.workspace import Workspace

SET: Final = "law-2022"
"""The set whose weights add the marks up."""
_MIDDLE: Final = HIGHEST_MARK // 2
_OF_ONE_FILE: Final = frozenset({"WG612", "WG615", "WG616"})
"""Findings that tell of one file what is wrong with it."""
_ROOM_FOR_TEXT: Final = "64px"
"""Three lines, as many as a file or a case takes."""


class MarkingPanel(Panel):
    """Files, cases, own tendencies, and the class.

    Parameters
    ----------
    workspace, lang, alarm
        As of every panel.
    answers
        What was marked before; without it, nothing, with a seed of its own.
    on_answers
        Called with the answers after each of them.
    """

    def __init__(
        self, workspace: Workspace, lang: Lang, alarm: Alarm, answers: Answers | None = None, on_answers: Callable[[Answers], None] | None = None
    ) -> None:
        super().__init__(workspace, lang, alarm)
        self.answers = answers or Answers(secrets.randbelow(HIGHEST_SEED + 1))
        self._on_answers = on_answers or _forget
        self.criteria = read_criteria(SET, workspace)
        self.weights = weights_of(self.criteria)
        self.pool: Pool | None = None
        guard = alarm.guard
        self.text, self.case_text, self.told, self.total, self.seed = (widgets.HTML(layout=widgets.Layout(width="100%")) for _ in range(5))
        for told in (self.text, self.case_text):
            told.layout.min_height = _ROOM_FOR_TEXT  # else the buttons below jump from one to the next under the hand
        self.marks = {name: self._slider(f"training.marking.{name}") for name in CRITERIA}
        self.rating = self._slider("training.marking.rating")
        self.keep = self.button("training.marking.keep", self._mark)
        self.back = self.button("training.marking.back", lambda: self._go(self.dossier - 1, self.case))
        self.keep_case = self.button("training.marking.keep", self._rate)
        self.back_case = self.button("training.marking.back", lambda: self._go(self.dossier, self.case - 1))
        self.propose = self.button("training.marking.propose", self._propose)
        self.upload = widgets.FileUpload(
            accept=".json", multiple=True, description=translate("training.marking.upload", lang), layout=widgets.Layout(width="auto")
        )
        self.refused, self.of_class, self.proposals = (widgets.HTML(layout=widgets.Layout(width="100%")) for _ in range(3))
        self.dossier, self.case = 0, 0
        self.upload.observe(guard(lambda change: self._receive(change["new"])), names="value")
        for slider in self.marks.values():
            slider.observe(lambda _: self._say_total(), names="value")
        self.panel = self._laid_out()
        self.show()

    def _slider(self, key: str) -> widgets.IntSlider:
        return widgets.IntSlider(
            value=_MIDDLE,
            min=0,
            max=HIGHEST_MARK,
            description=translate(key, self.lang),
            style={"description_width": "45%"},
            layout=widgets.Layout(width="95%"),
        )

    def _laid_out(self) -> widgets.VBox:
        def say(key: str) -> str:
            return translate(f"training.marking.{key}", self.lang)

        half, gutter = {"width": "48%", "min_width": "420px"}, "0 20px 0 0"
        left = widgets.VBox(
            [title(say("dossiers"), 4), self.text, *self.marks.values(), self.total, widgets.HBox([self.back, self.keep])],
            layout=widgets.Layout(**half, padding=gutter),
        )
        right = widgets.VBox(
            [
                title(say("cases"), 4),
                self.seed,
                self.case_text,
                self.rating,
                widgets.HBox([self.back_case, self.keep_case]),
                self.told,
            ],
            layout=widgets.Layout(**half),
        )
        return widgets.VBox(
            [
                words(say("opening")),
                widgets.HBox([left, right], layout=widgets.Layout(flex_flow="row wrap", width="100%")),
                title(say("pool"), 4),
                words(say("pool-words"), css="tieuchi-small"),
                widgets.HBox([self.upload, self.propose]),
                self.refused,
                self.of_class,
                self.proposals,
            ]
        )

    def show(self) -> None:
        """Show the answers as they are now, from the first file and case on."""
        self.seed.value = paragraph(translate("training.marking.seed", self.lang, seed=str(self.answers.seed)), css="tieuchi-small")
        self._go(0, 0)

    def _mark(self) -> None:
        self.answers = self.answers.with_marks(DOSSIERS[self.dossier], {name: slider.value for name, slider in self.marks.items()})
        self._go(self.dossier + 1, self.case)
        self._on_answers(self.answers)

    def _rate(self) -> None:
        self.answers = self.answers.with_rating(cases_of(self.answers.seed)[self.case].id, self.rating.value)
        self._go(self.dossier, self.case + 1)
        self._on_answers(self.answers)

    def _go(self, dossier: int, case: int) -> None:
        """Show a file and a case, with what was given for them; behind the last comes the last."""
        self.dossier, self.case = (min(max(place, 0), len(every) - 1) for place, every in ((dossier, DOSSIERS), (case, CASES)))
        name = DOSSIERS[self.dossier]
        told = translate(f"training.dossier.{name}", self.lang)
        self.text.value = paragraph(translate("training.marking.dossier", self.lang, n=str(self.dossier + 1), text=told))
        for criterion, slider in self.marks.items():
            slider.value = self.answers.marks.get(name, {}).get(criterion, _MIDDLE)
        shown = cases_of(self.answers.seed)[self.case]
        self.case_text.value = paragraph(translate("training.marking.case", self.lang, n=str(self.case + 1), text=shown.words(self.lang)))
        self.rating.value = self.answers.ratings.get(shown.id, _MIDDLE)
        self._say_total()
        self._say_own()

    def _say_total(self) -> None:
        total = float(total_of({name: slider.value for name, slider in self.marks.items()}, self.weights))
        shares = "; ".join(
            f"{translate(f'training.marking.{name}', self.lang)} {format_percent(float(self.weights[name]), self.lang)}" for name in CRITERIA
        )
        clause: Any = self.criteria.clause("procedure.weights")
        grounds = "" if clause.assumption is None else say_assumption(clause.assumption.in_language(self.lang), self.lang)
        self.total.value = paragraph(translate("training.marking.total", self.lang, total=format_number(total, self.lang, 1))) + paragraph(
            translate("training.marking.weights", self.lang, weights=shares, grounds=grounds), css="tieuchi-small"
        )

    def _say_own(self) -> None:
        answers, lang = self.answers, self.lang
        told = paragraph(translate("training.marking.done", lang, marked=str(len(answers.marks)), rated=str(len(answers.ratings))))
        if len(answers.ratings) == len(CASES):
            told += paragraph(translate("training.marking.own", lang)) + self._effects(tendencies_of([answers]))
        if answers.is_complete:
            link = download_link(translate("training.marking.answer-file", lang), write_answers(answers))
            told += f"<p>{html.escape(translate('training.marking.download', lang, link=chr(0))).replace(chr(0), link)}</p>"
        self.told.value = f'<div role="status">{told}</div>'

    def _effects(self, found: Tendencies) -> str:
        rows = {"merit": found.merit, "leader": found.leader, "last-year": found.last_year}
        return self._table({f"training.marking.{name}": reading for name, reading in rows.items()}, places=1)

    def _table(self, rows: Mapping[str, Reading], places: int) -> str:
        form = NumberFormat(self.lang, places=places)

        def written(reading: Reading) -> str:
            if not math.isfinite(reading.value):
                return translate("table.undefined", self.lang)
            interval = "" if not math.isfinite(reading.low) or reading.is_exact else form.interval(reading.low, reading.high, signed=places == 1)
            return f"{form.change(reading.value) if places == 1 else form.value(reading.value)} {interval}".strip()

        cells = "".join(
            f"<tr><td>{html.escape(translate(key, self.lang))}</td><td>{html.escape(written(reading))}</td></tr>" for key, reading in rows.items()
        )
        return f"<table><tbody>{cells}</tbody></table>"

    def _receive(self, files: Sequence[Mapping[str, Any]]) -> None:
        """Put the files of a class together; where some cannot be used, say which they are, as their owner calls them, and once what is wrong."""
        self.refused.value = ""
        try:
            self._pool([bytes(file["content"]) for file in files])
        except InputError as problem:
            names = [str(files[finding.line - 1]["name"]) for finding in problem.findings if finding.code in _OF_ONE_FILE]
            if names:
                self.refused.value = paragraph(translate("training.marking.refused", self.lang, files="; ".join(names)), css="tieuchi-warning")
            once = {(finding.code, *finding.fields.values()): finding for finding in reversed(problem.findings)}
            raise InputError(list(reversed(once.values()))) from None

    def _pool(self, contents: Sequence[bytes]) -> None:
        """Read the files of a class, and tell what it found."""
        if not contents:
            return
        self.pool, self.of_class.value, self.proposals.value = None, "", ""  # what was told before is not of the files that are refused now
        self.pool = put_together([content[: MOST_BYTES + 1] for content in contents])
        n, lang = len(self.pool.people), self.lang
        totals = self.pool.totals(self.weights)
        twice = "" if not self.pool.n_twice else translate("training.marking.twice", lang, n=str(self.pool.n_twice))
        alpha = krippendorff_alpha(totals) if n > 1 else math.nan
        agreed = {
            "training.marking.agreement": Reading.exactly(alpha),
            "training.marking.reliability": single_appraiser_reliability(totals) if n > 1 else Reading.exactly(math.nan),
        }
        self.of_class.value = (
            paragraph(translate("training.marking.pooled", lang, n=str(n), twice=twice).strip())
            + self._table(agreed, places=2)
            + self._effects(tendencies_of(self.pool.people))
            + paragraph(translate("training.marking.reading", lang), css="tieuchi-small")
        )

    def _propose(self) -> None:
        pool = self.pool or put_together([])
        text = write_proposals(pool, self.weights, load_assumptions(self.workspace))
        link = download_link(translate("training.marking.proposals-file", self.lang), text.encode())
        told = html.escape(translate("training.marking.proposals", self.lang, link=chr(0))).replace(chr(0), link)
        self.proposals.value = f"<p>{told}</p><pre>{html.escape(text)}</pre>"


def _forget(_answers: Answers) -> None:
    """Keep answers nowhere but in the panel."""
