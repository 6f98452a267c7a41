"""A scenario: a question, a baseline, options, people, years and luck, complete and immutable."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError

from simulator.errors import InputError
from simulator.experiments.assumptions import AssumptionsFile, load_assumptions
from simulator.experiments.findings import make_finding
from simulator.model.playable import RegimeError
from simulator.model.regime import compile_regime
from simulator.population.spec import PopulationSpec
from simulator.randomness import LARGEST_SEED, check_seed
from simulator.rules.diagnosis import close_to, describe_validation
from simulator.rules.loading import load_criteria
from simulator.rules.reading import read_yaml
from simulator.rules.values import FrozenModel, Identifier, Text
from simulator.workspace import find_workspace

if TYPE_CHECKING:
    from simulator.errors import Finding
    from simulator.model.behaviour import Behaviour
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.reading import Document
    from simulator.workspace import Workspace

KEEP_AS_IS = "keep-as-is"
_KEEP_AS_IS_TITLE = Text(vi="Giữ nguyên hiện trạng", en="Keep as is")
_NO_SUCH_SET = "CS117"


class OptionEntry(FrozenModel):
    """An option as it stands in the file."""

    id: Identifier
    title: Text
    criteria: str


class ScenarioFile(FrozenModel):
    """A file ``scenarios/<id>.yaml``."""

    id: Identifier
    title: Text
    question: Text
    as_of: datetime.date
    baseline: str
    options: Annotated[tuple[OptionEntry, ...], Field(strict=False, min_length=1)]
    focus_award: Identifier
    population: Identifier
    years: Annotated[int, Field(ge=1, le=50)]
    warm_up_years: Annotated[int, Field(ge=2, le=50)]
    replications: Annotated[int, Field(ge=2, le=1000)]
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)]
    structure: Literal["weighted", "mixture"] = "weighted"
    assumptions: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its name and its rules."""

    id: str
    title: Text
    criteria: CriteriaSet


@dataclass(frozen=True)
class Scenario:
    """Everything a comparison needs.

    Attributes
    ----------
    id, title, question, as_of
        Name, heading, question and date of the scenario.
    baseline
        The rules all options are compared with.
    options
        The options; *keep as is* is always among them.
    focus_award
        The award whose allocation is judged.
    population
        Description of the people.
    assumptions
        Behavioural numbers with their sources.
    overrides
        Behavioural numbers this scenario replaces.
    behaviour
        The behaviour all options start from.
    years, warm_up_years, replications, seed
        Length, warm-up under the baseline, paired replications, and the seed of all luck.
    """

    id: str
    title: Text
    question: Text
    as_of: datetime.date
    baseline: CriteriaSet
    options: tuple[Option, ...]
    focus_award: str
    population: PopulationSpec
    assumptions: AssumptionsFile
    overrides: Mapping[str, float]
    behaviour: Behaviour
    years: int
    warm_up_years: int
    replications: int
    seed: int

    def with_(
        self,
        *,
        years: int | None = None,
        warm_up_years: int | None = None,
        replications: int | None = None,
        seed: int | None = None,
    ) -> Scenario:
        """Return a copy with other lengths or another seed.

        Raises
        ------
        ValueError
            If a number is below what a comparison needs.
        """
        changes = {
            "years": years,
            "warm_up_years": warm_up_years,
            "replications": replications,
            "seed": None if seed is None else check_seed(seed),
        }
        smallest = {"years": 1, "warm_up_years": 2, "replications": 2}
        for name, least in smallest.items():
            value = changes[name]
            if value is not None and value < least:
                message = f"{name} must be at least {least}; found {value}."
                raise ValueError(message)
        return replace(self, **{name: value for name, value in changes.items() if value is not None})  # type: ignore[arg-type]

    @property
    def keep_as_is(self) -> Option:
        """The option that leaves the rules as they are."""
        return next(option for option in self.options if option.criteria.content_hash == self.baseline.content_hash)


def load_scenario(name: str, workspace: Workspace | None = None) -> Scenario:
    """Load a scenario with everything it names.

    Parameters
    ----------
    name
        An id (``hanoi-2021``) or a path to a YAML file.
    workspace
        Where ids are looked up; found from the current folder when absent.

    Raises
    ------
    InputError
        With every finding, when the scenario or anything it names cannot be used.
    """
    place = find_workspace() if workspace is None else workspace
    document, expected_id = _find_document(name, place)
    content = _read(document, ScenarioFile)
    if content.id != expected_id:
        raise InputError([make_finding("SC307", *_at(document, "id"), found=content.id, expected=expected_id)])
    assumptions = load_assumptions(place)
    findings = [*_check_options(content, document), *_check_overrides(content, assumptions, document)]
    if findings:
        raise InputError(findings)
    population = _load_population(content, document, place)
    baseline = _load_set(content.baseline, document, ("baseline",), place)
    options = [
        Option(entry.id, entry.title, _load_set(entry.criteria, document, ("options", position, "criteria"), place))
        for position, entry in enumerate(content.options)
    ]
    behaviour = _behaviour(content, assumptions, document)
    changing = [k for k, option in enumerate(options) if option.id == KEEP_AS_IS and option.criteria.content_hash != baseline.content_hash]
    if changing:
        raise InputError([make_finding("SC312", *_at(document, "options", changing[0], "id"))])
    if all(option.criteria.content_hash != baseline.content_hash for option in options):
        options.insert(0, Option(KEEP_AS_IS, _KEEP_AS_IS_TITLE, baseline))
    scenario = Scenario(
        id=content.id,
        title=content.title,
        question=content.question,
        as_of=content.as_of,
        baseline=baseline,
        options=tuple(options),
        focus_award=content.focus_award,
        population=population,
        assumptions=assumptions,
        overrides=dict(content.assumptions),
        behaviour=behaviour,
        years=content.years,
        warm_up_years=content.warm_up_years,
        replications=content.replications,
        seed=content.seed,
    )
    _check_playable(scenario, document)
    return scenario


def scenario_files(workspace: Workspace) -> list[Path]:
    """List the scenario files of a workspace, in the order of their names."""
    return sorted(path for path in workspace.scenarios.glob("*.yaml") if path.name != "assumptions.yaml")


Content = TypeVar("Content", bound=BaseModel)


def _read(document: Document, model: type[Content]) -> Content:
    try:
        return model.model_validate(document.data)
    except ValidationError as problem:
        raise InputError(describe_validation(problem, model, document.data, document.location_of)) from problem


def _at(document: Document, *path: str | int) -> tuple[str, int]:
    return document.location_of(path)


def _find_document(name: str, workspace: Workspace) -> tuple[Document, str]:
    if name.endswith((".yaml", ".yml")):
        path = Path(name)
        return read_yaml(path, workspace.show(path) if path.is_absolute() else name), path.stem
    known = tuple(path.stem for path in scenario_files(workspace))
    if name not in known:
        folder = workspace.show(workspace.scenarios)
        raise InputError([make_finding("SC301", folder, 1, found=name, known=close_to(name, known))])
    path = workspace.scenarios / f"{name}.yaml"
    return read_yaml(path, workspace.show(path)), name


def _check_options(content: ScenarioFile, document: Document) -> list[Finding]:
    ids = [entry.id for entry in content.options]
    return [
        make_finding("SC303", *_at(document, "options", position, "id"), found=option_id)
        for position, option_id in enumerate(ids)
        if option_id in ids[:position]
    ]


def _check_overrides(content: ScenarioFile, assumptions: AssumptionsFile, document: Document) -> list[Finding]:
    findings = []
    for name, value in content.assumptions.items():
        where = _at(document, "assumptions", name)
        number = assumptions.numbers.get(name)
        if number is None:
            findings.append(make_finding("SC304", *where, found=name, known=close_to(name, tuple(assumptions.numbers))))
        elif not number.low <= value <= number.high:
            findings.append(make_finding("SC305", *where, key=name, found=str(value), low=str(number.low), high=str(number.high)))
    return findings


def _behaviour(content: ScenarioFile, assumptions: AssumptionsFile, document: Document) -> Behaviour:
    """Put the behaviour together; numbers that are each possible may still not go together."""
    try:
        return replace(assumptions.behaviour(content.assumptions), structure=content.structure)
    except ValueError as problem:
        raise InputError([make_finding("SC313", *_at(document, "assumptions"), reason=str(problem))]) from problem


def _load_population(content: ScenarioFile, document: Document, workspace: Workspace) -> PopulationSpec:
    folder = workspace.scenarios / "populations"
    known = tuple(sorted(path.stem for path in folder.glob("*.yaml")))
    if content.population not in known:
        known_names = close_to(content.population, known)
        raise InputError([make_finding("SC302", *_at(document, "population"), found=content.population, known=known_names)])
    path = folder / f"{content.population}.yaml"
    return _read(read_yaml(path, workspace.show(path)), PopulationSpec)


def _load_set(expression: str, document: Document, path: tuple[str | int, ...], workspace: Workspace) -> CriteriaSet:
    """Load a criteria set; one that does not exist is a mistake of the scenario, at the line that names it."""
    try:
        return load_criteria(expression, workspace)
    except InputError as problem:
        first = problem.findings[0]
        if first.code != _NO_SUCH_SET:
            raise
        file, line = _at(document, *path)
        raise InputError([make_finding("SC308", file, line, **first.fields)]) from problem


def _check_playable(scenario: Scenario, document: Document) -> None:
    findings = []
    for position, criteria in enumerate([scenario.baseline, *(option.criteria for option in scenario.options)]):
        file, line = _at(document, "focus_award")
        annual = [key for key, award in criteria.awards.items() if award.target == "individual" and award.kind == "merit"]
        if scenario.focus_award not in annual:
            names = {"criteria": criteria.id, "found": scenario.focus_award, "known": ", ".join(annual)}
            findings.append(make_finding("SC306", file, line, **names))
            break
        try:
            compile_regime(criteria, scenario.behaviour, focus_award=scenario.focus_award)
        except (RegimeError, ValueError) as problem:
            where = _at(document, "baseline") if position == 0 else _at(document, "options", position - 1, "criteria")
            findings.append(make_finding("SC309", *where, criteria=criteria.id, reason=str(problem)))
            break
    if findings:
        raise InputError(findings)
