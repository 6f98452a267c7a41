"""Marking in common: one thing at a time, one's own tendencies, and those of the class from its files."""

from __future__ import annotations

import html
import math
import secrets
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets

from simulator.errors import InputError
from simulator.experiments.scenarios.assumptions import load_assumptions
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, format_number, format_percent
from simulator.presentation.rules.clause_words import say_assumption
from simulator.rules.assembly import read_criteria
from simulator.widgets.looks import paragraph, reasons_of, title, words
from simulator.widgets.panel import Panel
from simulator.widgets.training.agreement import krippendorff_alpha, single_appraiser_reliability
from simulator.widgets.training.answer_file import HIGHEST_SEED, MOST_BYTES, put_together, write_answers
from simulator.widgets.training.downloading import download_link
from simulator.widgets.training.marking import CASES, CRITERIA, DOSSIERS, HIGHEST_MARK, Answers, cases_of, total_of, weights_of
from simulator.widgets.training.proposals import write_proposals
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
_UNSET: Final = -1
"""Where a slider stands before a hand has moved it: no mark, so that nothing is counted that nobody has given."""
_FEWEST: Final = 2
"""People without whom there is nobody to agree with."""
_OF_ONE_FILE: Final = frozenset({"WG612", "WG615", "WG616"})
"""Findings that tell of one file what is wrong with it."""
_ROOM_FOR_TEXT: Final = "64px"
"""Three lines, as many as a file or a case takes."""
_ROOM_FOR_TOTAL: Final = "88px"
"""Four lines, as many as a file takes of which every mark is lacking."""


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
        self.total.layout.min_height = _ROOM_FOR_TOTAL
        self._of_files: dict[str, dict[str, widgets.SelectionSlider]] = {}
        self._of_cases: dict[str, widgets.SelectionSlider] = {}
        self.of_file, self.of_case = widgets.VBox(), widgets.VBox()
        self.next = self.button("training.marking.next", self._next_file)
        self.back = self.button("training.marking.back", lambda: self._go(self.dossier - 1, self.case))
        self.next_case = self.button("training.marking.next", self._next_case)
        self.back_case = self.button("training.marking.back", lambda: self._go(self.dossier, self.case - 1))
        self.propose = self.button("training.marking.propose", self._propose)
        self.upload = widgets.FileUpload(
            accept=".json", multiple=True, description=translate("training.marking.upload", lang), layout=widgets.Layout(width="auto")
        )
        self.refused, self.of_class, self.proposals = (widgets.HTML(layout=widgets.Layout(width="100%")) for _ in range(3))
        self.dossier, self.case = 0, 0
        self.upload.observe(guard(lambda change: self._receive(change["new"])), names="value")
        self.panel = self._laid_out()
        self.show()

    @property
    def marks(self) -> dict[str, widgets.SelectionSlider]:
        """The sliders of the file that is shown, by criterion.

        Each file has its own, and each case: what a hand has set reaches us a moment later, when the next one may be shown already.
        """
        dossier = DOSSIERS[self.dossier]
        if dossier not in self._of_files:
            given = self.answers.marks.get(dossier, {})
            self._of_files[dossier] = {
                name: self._slider(f"training.marking.{name}", given.get(name, _UNSET), partial(self._mark, dossier, name)) for name in CRITERIA
            }
        return self._of_files[dossier]

    @property
    def rating(self) -> widgets.SelectionSlider:
        """The slider of the case that is shown."""
        case = self._read_order()[self.case]
        if case not in self._of_cases:
            given = self.answers.ratings.get(case, _UNSET)
            self._of_cases[case] = self._slider("training.marking.rating", given, partial(self._rate, case))
        return self._of_cases[case]

    def _slider(self, key: str, value: int, on_mark: Callable[[int], None]) -> widgets.SelectionSlider:
        """Make a slider whose first place is no mark; a middle to begin with would be taken for an opinion, and would draw the others to it."""
        unset = (translate("training.marking.unset", self.lang), _UNSET)
        slider = widgets.SelectionSlider(
            options=[unset, *((str(mark), mark) for mark in range(HIGHEST_MARK + 1))],
            value=value,
            continuous_update=False,
            description=translate(key, self.lang),
            style={"description_width": "45%"},
            layout=widgets.Layout(width="95%"),
        )
        slider.observe(self.alarm.guard(lambda change: on_mark(change["new"])), names="value")
        return slider

    def _laid_out(self) -> widgets.VBox:
        def say(key: str) -> str:
            return translate(f"training.marking.{key}", self.lang)

        half, gutter = {"width": "48%", "min_width": "420px"}, "0 20px 0 0"
        left = widgets.VBox(
            [title(say("dossiers"), 4), self.text, self.of_file, self.total, widgets.HBox([self.back, self.next])],
            layout=widgets.Layout(**half, padding=gutter),
        )
        right = widgets.VBox(
            [
                title(say("cases"), 4),
                self.seed,
                self.case_text,
                self.of_case,
                widgets.HBox([self.back_case, self.next_case]),
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
        self._of_files, self._of_cases = {}, {}
        self.seed.value = paragraph(translate("training.marking.seed", self.lang, seed=str(self.answers.seed)), css="tieuchi-small")
        self._go(0, 0)

    def _mark(self, dossier: str, criterion: str, mark: int) -> None:
        """Count a mark as soon as it is set."""
        self._keep(self.answers.with_mark(dossier, criterion, None if mark == _UNSET else mark))

    def _rate(self, case: str, rating: int) -> None:
        self._keep(self.answers.with_rating(case, None if rating == _UNSET else rating))

    def _keep(self, answers: Answers) -> None:
        self.answers = answers
        self._say_total()
        self._say_own()
        self._on_answers(answers)

    def _next_file(self) -> None:
        """Go on; behind the last file comes the first of which a mark is lacking."""
        left = self.answers.files_left
        is_last = self.dossier + 1 == len(DOSSIERS)
        self._go(DOSSIERS.index(left[0]) if is_last and left else self.dossier + 1, self.case)

    def _next_case(self) -> None:
        left = self.answers.cases_left
        is_last = self.case + 1 == len(CASES)
        self._go(self.dossier, self._read_order().index(left[0]) if is_last and left else self.case + 1)

    def _read_order(self) -> list[str]:
        return [case.id for case in cases_of(self.answers.seed)]

    def _go(self, dossier: int, case: int) -> None:
        """Show a file and a case, with what was given for them; behind the last comes the last."""
        self.dossier, self.case = (min(max(place, 0), len(every) - 1) for place, every in ((dossier, DOSSIERS), (case, CASES)))
        name = DOSSIERS[self.dossier]
        told = translate(f"training.dossier.{name}", self.lang)
        self.text.value = paragraph(translate("training.marking.dossier", self.lang, n=str(self.dossier + 1), text=told))
        shown = cases_of(self.answers.seed)[self.case]
        self.case_text.value = paragraph(translate("training.marking.case", self.lang, n=str(self.case + 1), text=shown.words(self.lang)))
        self.of_file.children, self.of_case.children = tuple(self.marks.values()), (self.rating,)
        self._say_total()
        self._say_own()

    def _say_total(self) -> None:
        dossier = DOSSIERS[self.dossier]
        lacking = self.answers.lacking(dossier)
        if lacking:
            names = ", ".join(translate(f"training.marking.{name}", self.lang) for name in lacking)
            told = translate("training.marking.lacking", self.lang, criteria=names)
        else:
            total = float(total_of(self.answers.marks[dossier], self.weights))
            told = translate("training.marking.total", self.lang, total=format_number(total, self.lang, 1))
        shares = "; ".join(
            f"{translate(f'training.marking.{name}', self.lang)} {format_percent(float(self.weights[name]), self.lang)}" for name in CRITERIA
        )
        clause: Any = self.criteria.clause("procedure.weights")
        grounds = "" if clause.assumption is None else say_assumption(clause.assumption.in_language(self.lang), self.lang)
        self.total.value = paragraph(told) + paragraph(
            translate("training.marking.weights", self.lang, weights=shares, grounds=grounds), css="tieuchi-small"
        )

    def _say_own(self) -> None:
        answers, lang = self.answers, self.lang
        marked = len(DOSSIERS) - len(answers.files_left)
        told = paragraph(translate("training.marking.done", lang, marked=str(marked), rated=str(len(answers.ratings))))
        left = [places_of(answers.files_left, DOSSIERS), places_of(answers.cases_left, self._read_order())]
        parts = [
            translate(f"training.marking.left.{kind}", lang, numbers=numbers)
            for kind, numbers in zip(("files", "cases"), left, strict=True)
            if numbers
        ]
        told += paragraph(translate("training.marking.left", lang, what="; ".join(parts))) if parts else ""
        if answers.cases_left:
            told += paragraph(translate("training.marking.own-later", lang, n=str(len(answers.cases_left))), css="tieuchi-small")
        else:
            told += paragraph(translate("training.marking.own", lang)) + self._effects(tendencies_of([answers]), "training.marking.same.own")
        if answers.is_complete:
            link = download_link(translate("training.marking.answer-file", lang), write_answers(answers))
            told += f"<p>{html.escape(translate('training.marking.download', lang, link=chr(0))).replace(chr(0), link)}</p>"
        self.told.value = f'<div role="status">{told}</div>'

    def _effects(self, found: Tendencies, same: str) -> str:
        """Write effects; where one has an interval of no width, say once why."""
        form = NumberFormat(self.lang, places=1)
        effects = {"merit": found.merit, "leader": found.leader, "last-year": found.last_year}
        is_alike = {name: form.is_one_number(effect.low, effect.high) for name, effect in effects.items()}
        rows = {
            name: f"{form.change(effect.value)} {'' if is_alike[name] else form.interval(effect.low, effect.high, signed=True)}".strip()
            for name, effect in effects.items()
        }
        note = paragraph(translate(same, self.lang), css="tieuchi-small") if any(is_alike.values()) else ""
        return self._table(rows) + note

    def _agreement(self, pool: Pool) -> str:
        """Write how far a class agrees, or what keeps that from being told."""
        form = NumberFormat(self.lang, places=2)
        if len(pool.people) < _FEWEST:
            told = translate("training.marking.needs", self.lang, n=str(_FEWEST))
            return self._table({"agreement": told, "reliability": told})
        totals = pool.totals(self.weights)
        reliability = single_appraiser_reliability(totals)
        interval = "" if reliability.is_exact else form.interval(reliability.low, reliability.high)
        found = {"agreement": (krippendorff_alpha(totals), ""), "reliability": (reliability.value, interval)}
        unspread = translate("training.marking.unspread", self.lang)
        return self._table(
            {name: f"{form.value(value)} {each}".strip() if math.isfinite(value) else unspread for name, (value, each) in found.items()}
        )

    def _table(self, rows: Mapping[str, str]) -> str:
        cells = "".join(
            f"<tr><td>{html.escape(translate(f'training.marking.{name}', self.lang))}</td><td>{html.escape(told)}</td></tr>"
            for name, told in rows.items()
        )
        return f"<table><tbody>{cells}</tbody></table>"

    def _receive(self, files: Sequence[Mapping[str, Any]]) -> None:
        """Put the files of a class together; where some cannot be used, say which they are, as their owner calls them, and once what is wrong."""
        self.refused.value = ""
        try:
            self._pool([bytes(file["content"]) for file in files])
        except InputError as problem:
            names = [str(files[finding.line - 1]["name"]) for finding in problem.findings if finding.code in _OF_ONE_FILE]
            once = {(finding.code, *finding.fields.values()): finding for finding in reversed(problem.findings)}
            self._refuse(InputError(list(reversed(once.values()))), names)

    def _refuse(self, problem: InputError, names: Sequence[str] = ()) -> None:
        """Say below the buttons, where the eyes are, what keeps from being done what was asked; the top of the page may be out of sight."""
        which = translate("training.marking.refused", self.lang, files="; ".join(names)) if names else ""
        told = paragraph(which, css="tieuchi-warning") + paragraph(reasons_of(problem, self.lang), css="tieuchi-error")
        self.refused.value = f'<div role="alert">{told}</div>'

    def _pool(self, contents: Sequence[bytes]) -> None:
        """Read the files of a class, and tell what it found."""
        if not contents:
            return
        self.pool, self.of_class.value, self.proposals.value = None, "", ""  # what was told before is not of the files that are refused now
        self.pool = put_together([content[: MOST_BYTES + 1] for content in contents])
        n, lang = len(self.pool.people), self.lang
        twice = "" if not self.pool.n_twice else translate("training.marking.twice", lang, n=str(self.pool.n_twice))
        self.of_class.value = (
            paragraph(translate("training.marking.pooled", lang, n=str(n), twice=twice).strip())
            + self._agreement(self.pool)
            + paragraph(translate("training.marking.effects", lang))
            + self._effects(tendencies_of(self.pool.people), f"training.marking.same.{'own' if n < _FEWEST else 'class'}")
            + paragraph(translate("training.marking.reading", lang), css="tieuchi-small")
        )

    def _propose(self) -> None:
        pool = self.pool or put_together([])
        self.refused.value = ""
        try:
            text = write_proposals(pool, self.weights, load_assumptions(self.workspace))
        except InputError as problem:
            self._refuse(problem)
            return
        link = download_link(translate("training.marking.proposals-file", self.lang), text.encode())
        told = html.escape(translate("training.marking.proposals", self.lang, link=chr(0))).replace(chr(0), link)
        self.proposals.value = f"<p>{told}</p><pre>{html.escape(text)}</pre>"


def places_of(left: Sequence[str], order: Sequence[str]) -> str:
    """Tell what is left by its place in an order, from 1; places that follow each other are told by their ends.

    Examples
    --------
    >>> places_of(["a", "c", "d", "e"], "abcde")
    '1, 3–5'
    """
    places = sorted(order.index(each) + 1 for each in left)
    starts = [place for place in places if place - 1 not in places]
    ends = [place for place in places if place + 1 not in places]
    return ", ".join(str(start) if start == end else f"{start}–{end}" for start, end in zip(starts, ends, strict=True))


def _forget(_answers: Answers) -> None:
    """Keep answers nowhere but in the panel."""
