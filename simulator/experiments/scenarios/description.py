"""Say what was compared: the clauses each option changes, the assumptions it stands on, and what exactly was run."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from pydantic import BaseModel

from simulator.experiments.results.comparison import AssumptionUsed, BaseSalaryUsed, ClauseUsed, FieldChange, Provenance
from simulator.model.compiling import APPRAISAL_NUMBERS, compile_regime
from simulator.rules.citation import Source
from simulator.rules.clauses import Exhortation, Statement
from simulator.rules.criteria import WHOLE
from simulator.rules.grounds import GROUND_FIELDS
from simulator.rules.points import Class, Criterion, Section, Veto
from simulator.rules.stages import Marking, Scale, TieBreak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.experiments.results.records import BilingualText
    from simulator.experiments.scenarios.option import Option
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.model.regime import Regime
    from simulator.rules.base_salary import BaseSalary
    from simulator.rules.citation import InstrumentRegister
    from simulator.rules.clauses import Clause
    from simulator.rules.values import Text

_RECORDED_KINDS: Final = (Statement, Marking, Scale, TieBreak, Section, Class, Veto, *get_args(Criterion))
"""Clauses the model has no use for: lists are scored by them, or people go by them."""

_PACKAGES: Final = ("tieuchi", "mesa", "numpy", "scipy", "matplotlib", "papermill")
Change = Literal["added", "changed", "removed"]


def changed_clauses(option: Option, scenario: Scenario) -> dict[str, tuple[Change, Clause]]:
    """Give the clauses in which an option differs from the baseline, by path."""
    before, after = dict(scenario.baseline.iter_clauses()), dict(option.criteria.iter_clauses())
    changes: dict[str, tuple[Change, Clause]] = {}
    for path, clause in after.items():
        if path not in before:
            changes[path] = ("added", clause)
        elif clause != before[path]:
            changes[path] = ("changed", clause)
    return changes | {path: ("removed", clause) for path, clause in before.items() if path not in after}


def describe_clauses(scenario: Scenario, instruments: InstrumentRegister) -> list[ClauseUsed]:
    """List, for each option, every clause in which it differs from the baseline."""
    before = dict(scenario.baseline.iter_clauses())
    return [
        replace(_describe_clause(option, path, change, clause, before.get(path), instruments), award_title=_award_title(path, option, scenario))
        for option in scenario.options
        for path, (change, clause) in changed_clauses(option, scenario).items()
    ]


def _award_title(path: str, option: Option, scenario: Scenario) -> BilingualText | None:
    """Name the award a clause belongs to, by the option's name for it where the option still has it."""
    awards = {**scenario.baseline.awards, **option.criteria.awards}
    award = awards.get(path.partition(".")[0])
    return None if award is None else both(award.title)


def _describe_clause(option: Option, path: str, change: Change, clause: Clause, before: Clause | None, instruments: InstrumentRegister) -> ClauseUsed:
    """Describe one clause; what the baseline says of its own grounds is never credited with what an option made of it."""
    source = None if before is not None and clause.source == before.source else clause.source
    assumption = None if before is not None and clause.assumption == before.assumption else clause.assumption
    amended = None if before is None else before.source
    wholes = [entry for entry in option.criteria.changes if (entry.field, entry.after) == (WHOLE, None)]
    removals = [entry for entry in wholes if f"{path}.".startswith(f"{entry.clause}.")] if change == "removed" else []
    why = removals[-1].why if removals else None if change == "removed" else clause.why
    return ClauseUsed(
        option=option.id,
        clause=f"{removals[-1].set}#{path}" if removals else _path_name(option, path),
        kind=clause.kind,
        title=both(clause.title),
        simulated=is_simulated(clause),
        text=None if why is None else both(why),
        source=None if source is None else cite_source(source, instruments),
        confidence=None if source is None else source.confidence,
        assumption=None if assumption is None else both(assumption),
        compliance=clause.compliance.value if isinstance(clause, Exhortation) else None,
        change=change,
        amended_title=None if before is None else both(before.title),
        amended_source=None if amended is None else cite_source(amended, instruments),
        changed_fields=[] if before is None else list(_changed_fields(_plain(before), _plain(clause))),
    )


def _plain(clause: Clause) -> dict[str, Any]:
    """Give what a clause orders, as plain values: neither its name nor its grounds."""
    return clause.model_dump(mode="json", exclude={"title", *GROUND_FIELDS})


def _changed_fields(before: Any, after: Any, name: str = "") -> Iterator[FieldChange]:
    """Go through the values that differ, as deep inside as both sides have the same shape."""
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        before, after = ({str(place): item for place, item in enumerate(items)} for items in (before, after))
    if isinstance(before, dict) and isinstance(after, dict) and (not name or before.keys() == after.keys()):
        for key in dict.fromkeys((*before, *after)):
            yield from _changed_fields(before.get(key), after.get(key), f"{name}.{key}" if name else key)
    elif before != after:
        yield FieldChange(name, before, after)


def is_simulated(clause: Clause) -> bool:
    """Whether a clause moves anything in the model, or is recorded only."""
    if isinstance(clause, Exhortation):
        return bool(clause.moves)
    return not isinstance(clause, _RECORDED_KINDS)


def describe_assumptions(scenario: Scenario) -> list[AssumptionUsed]:
    """List every behavioural number with what each option made of it."""
    regimes = {option.id: compile_regime(option.criteria, scenario.behaviour, focus_award=scenario.focus_award) for option in scenario.options}
    moved_by: dict[str, list[str]] = {}
    for option in scenario.options:
        for path, clause in option.criteria.iter_clauses():
            if isinstance(clause, Exhortation):
                for move in clause.moves:
                    names = moved_by.setdefault(move.assumption, [])
                    name = _path_name(option, path)
                    names.extend([] if name in names else [name])
    return [
        AssumptionUsed(
            id=name,
            title=both(number.title),
            value=scenario.overrides.get(name, number.value),
            unit=number.unit,
            low=number.low,
            high=number.high,
            source=None if number.source is None else both(number.source),
            moved_by=moved_by.get(name, []),
            used_value_by_option={key: used_value(name, regime) for key, regime in regimes.items()},
            default=number.value if scenario.overrides.get(name, number.value) != number.value else None,
        )
        for name, number in scenario.assumptions.numbers.items()
    ]


def used_value(name: str, regime: Regime) -> float:
    """Give the value of a behavioural number under a regime, after clauses and exhortations."""
    if name in APPRAISAL_NUMBERS:
        return (regime.appraisers if name == "appraisers" else regime.audit_share)["unit"]
    return float(getattr(regime.behaviour, name))


def describe_base_salary(scenario: Scenario, instruments: InstrumentRegister) -> BaseSalaryUsed | None:
    """Say by which base salary money was reckoned, and what it rests on; nothing where none is known on the day of the question."""
    return describe_base_salary_of(scenario.stated_base_salary, instruments)


def describe_base_salary_of(salary: BaseSalary | None, instruments: InstrumentRegister) -> BaseSalaryUsed | None:
    """Say what a base salary rests on."""
    if salary is None:
        return None
    cited = None if salary.instrument is None else Source(instrument=salary.instrument, confidence=salary.confidence)
    return BaseSalaryUsed(
        amount=salary.amount,
        start=None if salary.start is None else salary.start.isoformat(),
        known_from=None if salary.known_from is None else salary.known_from.isoformat(),
        source=None if cited is None else cite_source(cited, instruments),
        confidence=salary.confidence,
    )


def describe_run(scenario: Scenario) -> Provenance:
    """Say exactly what was run: versions, commit, fingerprints of rules, seed; no clock time."""
    hashes = {scenario.baseline.id: scenario.baseline.content_hash}
    hashes |= {phase.criteria.id: phase.criteria.content_hash for option in scenario.options for phase in option.phases}
    hashes |= {"assumptions": _fingerprint(scenario.assumptions, scenario.behaviour), "population": _fingerprint(scenario.population)}
    hashes["base-salary"] = _fingerprint(scenario.stated_base_salary)
    lengths = (scenario.years, scenario.warm_up_years, scenario.replications, scenario.seed, scenario.focus_award)
    courses = (scenario.shock, *(option.key for option in scenario.options))
    hashes["scenario"] = _fingerprint(scenario.title, scenario.question, scenario.as_of, *lengths, *courses)
    return Provenance(versions=package_versions(), commit=commit_of_source(), hashes=hashes, seeds=[scenario.seed])


def describe_sets(scenario: Scenario) -> dict[str, BilingualText]:
    """Give each criteria set of each stack the title its readers know."""
    sets = [scenario.baseline, *(phase.criteria for option in scenario.options for phase in option.phases)]
    return {header.id: both(header.title) for criteria in sets for header in criteria.headers}


def _fingerprint(*parts: object) -> str:
    """Hash what was read from files, as values: another number gives another fingerprint, another layout of the file does not."""
    words = [part.model_dump_json() if isinstance(part, BaseModel) else repr(part) for part in parts]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def package_versions() -> dict[str, str]:
    """Give the versions of Python and of the packages that results rest on."""
    return {"python": platform.python_version()} | {package: _version_of(package) for package in _PACKAGES}


@cache
def _version_of(package: str) -> str:
    """Give the version of one package: its description is a file, which is read once."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


@cache
def commit_of_source() -> str | None:
    """Give the commit the program was run from, when it runs from a git checkout of its own; ``+`` says that files were changed since.

    It is asked once, as the code that runs was read once; and a picture that follows a hand cannot wait for another program each time.
    """
    root = Path(__file__).resolve().parents[3]
    if not (root / ".git").exists():
        return None
    try:
        commit, changes = (_ask_git(root, *question) for question in (("rev-parse", "HEAD"), ("status", "--porcelain")))
    except (OSError, subprocess.SubprocessError):
        return None
    return f"{commit}+" if changes else commit


def _ask_git(root: Path, *question: str) -> str:
    command = ["git", "-C", str(root), *question]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout.strip()  # noqa: S603


def both(text: Text) -> BilingualText:
    """Give a text in both languages as plain data."""
    return {"vi": text.vi, "en": text.en}


def _path_name(option: Option, path: str) -> str:
    """Name a clause with the file it stands in: the overlay that brought it, or the base."""
    file, _ = option.criteria.location(path)
    name = file.rsplit("/", 1)[-1].removesuffix(".yaml")
    return f"{name}#{path}"


def cite_source(source: Source, instruments: InstrumentRegister) -> BilingualText:
    """Cite a source by the title of its instrument, and the provision where one is named; its id where nobody registered it."""
    is_known = source.instrument in instruments
    title = both(instruments[source.instrument].title) if is_known else dict.fromkeys(("vi", "en"), source.instrument)
    if source.provision is None:
        return title
    return {language: f"{words}, {source.provision}" for language, words in title.items()}
