"""The sheet of a session, to be printed: what was foreseen, tried and explained. The name is written by hand, and is in no file."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_date
from simulator.presentation.wording import sentence_case
from simulator.widgets.training.readings import measure_name, write_reading
from simulator.widgets.training.wording import choice_words

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from simulator.presentation.numbers import Lang
    from simulator.widgets.training.exercise import Exercise
    from simulator.widgets.training.work import Work
    from simulator.widgets.training.worlds import Trials

_STYLE: Final = """@page { size: A4; margin: 20mm 15mm 20mm 30mm; }
body { font: 13pt/1.2 "Times New Roman", "Liberation Serif", Tinos, serif; color: #000; max-width: 165mm; margin: 0 auto; }
h1 { font-size: 14pt; text-align: center; margin: 0; } h2 { font-size: 13pt; text-align: center; margin: 0 0 8pt 0; font-weight: bold; }
p { margin: 0 0 4pt 0; } table { border-collapse: collapse; width: calc(100% - 2pt); table-layout: fixed; margin: 6pt 1pt; font-size: 10.5pt; }
th, td { border: 0.75pt solid #000; padding: 2pt 4pt; vertical-align: top; text-align: left; } th { text-align: center; }
tr { break-inside: avoid; } thead { display: table-header-group; }
.line { display: flex; gap: 6pt; align-items: baseline; } .line span { flex: 1; border-bottom: 0.75pt dotted #000; }
.small { font-size: 10pt; } .signatures { display: flex; justify-content: space-around; text-align: center; margin-top: 8pt; break-inside: avoid; }
.signatures div { min-height: 24mm; }"""

_COLUMNS: Final = (24, 19, 34, 23)
"""Percent of the width."""


def write_sheet(exercises: Sequence[Exercise], works: Mapping[str, Work], trials: Mapping[str, Trials], on: datetime.date, lang: Lang) -> str:
    """Write the sheet as a page of its own, with nothing from outside.

    Parameters
    ----------
    exercises
        All of them, in order.
    works
        What was done, by exercise.
    trials
        What was read, of the exercises that were turned.
    on
        The day.
    lang
        Language of the words.
    """

    def say(key: str, **fields: str) -> str:
        return html.escape(translate(f"training.sheet.{key}", lang, **fields))

    rows = "".join(_row(number, exercise, works.get(exercise.id), trials, lang) for number, exercise in enumerate(exercises, start=1))
    heads = "".join(f"<th>{say(name)}</th>" for name in ("exercise", "prediction", "result", "status"))
    columns = "".join(f'<col style="width: {share}%">' for share in _COLUMNS)
    lines = "".join(f'<p class="line">{say(name)}: <span></span></p>' for name in ("name", "unit"))
    solved = sum(works[exercise.id].status(exercise) == "solved" for exercise in exercises if exercise.id in works)
    summary = html.escape(translate("training.keeping.summary", lang, solved=str(solved), all=str(len(exercises))))
    signatures = "".join(f"<div><b>{say(name)}</b><br><i>{say('sign')}</i></div>" for name in ("trainee", "trainer"))
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{say("title")}</title><style>{_STYLE}</style></head><body>'
        f"<h1>{say('title')}</h1><h2>{say('subject')}</h2>{lines}"
        f'<p class="small"><i>{say("by-hand")}</i></p><p>{say("date", date=format_date(on.isoformat(), lang))}</p><p><b>{summary}</b></p>'
        f"<table><colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f'<p class="small">{say("note")}</p><div class="signatures">{signatures}</div></body></html>\n'
    )


def _row(number: int, exercise: Exercise, work: Work | None, trials: Mapping[str, Trials], lang: Lang) -> str:
    title = f"{number}. {translate(f'training.{exercise.id}.title', lang)}"
    if work is None or work.prediction is None:
        return f"<tr><td>{html.escape(title)}</td><td colspan='3'>{html.escape(translate('training.sheet.nothing', lang))}</td></tr>"
    came = "came-true" if work.was_right else "came-otherwise"
    truth = f" ({translate(f'training.sheet.{came}', lang)})" if work.is_turned else ""
    wrong = "" if not work.wrong_answers else f", {translate('training.sheet.wrong', lang, wrong=str(work.wrong_answers))}"
    cells = [
        title,
        f"{choice_words(exercise, work.prediction, lang)}{truth}",
        _result(exercise, work, trials, lang),
        f"{translate(f'training.status.{work.status(exercise)}', lang)}; " + translate("training.sheet.tries", lang, tries=str(work.tries)) + wrong,
    ]
    return f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells)}</tr>"


def _result(exercise: Exercise, work: Work, trials: Mapping[str, Trials], lang: Lang) -> str:
    if not work.setting or exercise.id not in trials:
        return "–"
    name = exercise.prediction.measure
    of = trials[exercise.id]
    before, after = (write_reading(name, reading[name], lang) for reading in (of.before, of.read(work.setting)))
    return f"{sentence_case(measure_name(name, lang))}: {before} → {after}"
