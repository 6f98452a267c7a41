"""What a report was asked for, in words, with the command that asks for it again."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from simulator.experiments.studies import KINDS
from simulator.indicators.measurement import MEMBERS_UNNAMED
from simulator.indicators.register_awards import IS_AWARDED, UNTOLD
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_date
from simulator.presentation.table_layout import Row
from simulator.presentation.wording import list_words

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.reporting.evidence.contents import Asked, CriteriaEvidence, RegisterEvidence, ScenarioEvidence


def command_of(evidence: ScenarioEvidence) -> str:
    """Give the command that asks for the same report again."""
    asked = evidence.asked
    words = ["tieuchi", "report", asked.subject, "--lang", asked.lang]
    for name in ("date", "replications", "at_most", "years", "seed"):
        value = getattr(asked, name)
        words += [] if value in {None, ""} else [f"--{name.replace('_', '-')}", str(value)]
    words += ["--letterhead"] if asked.has_letterhead else []
    studies = _studies(evidence)
    return shlex.join([*words, *(["--with", ",".join(KINDS[name].word for name in studies)] if studies else [])])


def command_of_list(evidence: RegisterEvidence) -> str:
    """Give the command that asks for the same report on a list again; words in capitals stand for the files, whose names are not kept."""
    asked, caveats = evidence.asked, evidence.measurement.caveats
    words = ["tieuchi", "report", "REGISTER", "--lang", asked.lang]
    words += ["--headcount", "HEADCOUNT"] if MEMBERS_UNNAMED in caveats else []
    words += ["--succession", "SUCCESSION"] if evidence.contents.tells["succession"] == "yes" else []
    words += ["--award", evidence.measurement.award] if evidence.measurement.award not in {UNTOLD, IS_AWARDED} else []
    words += ["--date", asked.date] if asked.date else []
    words += ["--seed", str(asked.seed)] if asked.seed is not None else []
    flags = {"--complete": asked.is_complete, "--anonymous": asked.is_anonymous, "--letterhead": asked.has_letterhead}
    return shlex.join([*words, *(flag for flag, is_given in flags.items() if is_given)])


def command_of_set(evidence: CriteriaEvidence) -> str:
    """Give the command that asks for the same report on a set or a scoring table again."""
    asked = evidence.asked
    words = ["tieuchi", "report", asked.subject, "--lang", asked.lang, *(["--date", asked.date] if asked.date else [])]
    return shlex.join([*words, *(["--letterhead"] if asked.has_letterhead else [])])


def asked_rows(evidence: ScenarioEvidence, lang: Lang) -> tuple[Row, ...]:
    """Tell everything the report was asked for, one row each."""
    asked = evidence.asked
    studies = [translate(f"table.provenance.study.{name}", lang) for name in _studies(evidence)]
    values = {
        "command": command_of(evidence),
        "lang": translate(f"table.provenance.lang.{asked.lang}", lang),
        "date": _date(asked, evidence.comparison.as_of, lang),
        "replications": _replications(evidence, lang),
        "years": _number(asked.years, len(evidence.comparison.years), lang),
        "seed-asked": _number(asked.seed, evidence.comparison.seed, lang),
        "letterhead": translate("table.yes" if asked.has_letterhead else "table.no", lang),
        "anonymous": translate("table.yes" if asked.is_anonymous else "table.provenance.nobody-real", lang),
        "studies": list_words(studies, lang) or translate("table.provenance.no-studies", lang),
    }
    return tuple(Row(translate(f"table.provenance.{name}", lang), (value,)) for name, value in values.items())


def _studies(evidence: ScenarioEvidence) -> list[str]:
    return [name for name in KINDS if getattr(evidence, name) is not None]


def _replications(evidence: ScenarioEvidence, lang: Lang) -> str:
    """Give the number that was asked for; where they stopped by themselves, that, with the most there would have been."""
    n, stopping = evidence.comparison.replications, evidence.comparison.stopping
    if stopping is None or stopping.reason == "asked":
        return _number(evidence.asked.replications, n, lang)
    return translate(f"table.provenance.stopped-{stopping.reason}", lang, n=str(n), most=str(stopping.cap))


def _number(number: int | None, own: int, lang: Lang) -> str:
    # A seed is a name, not an amount: its thousands are not parted, nor are those of the others, so that they can be typed again.
    return translate(f"table.provenance.{'of-the-scenario' if number is None else 'asked-apart'}", lang, n=str(own if number is None else number))


def _date(asked: Asked, own: str, lang: Lang) -> str:
    if asked.date:
        return format_date(asked.date, lang)
    return translate("table.provenance.own-date", lang, date=format_date(own, lang)) if own else translate("table.provenance.no-date", lang)
