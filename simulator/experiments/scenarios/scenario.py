"""A scenario: a question, a baseline, options, people, years and luck, complete and immutable."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import BaseModel, ValidationError

from simulator.errors import InputError
from simulator.experiments.scenarios.assumptions import AssumptionsFile, load_assumptions
from simulator.experiments.scenarios.findings import find_refused, make_finding
from simulator.experiments.scenarios.framing import Framing, check_framing
from simulator.experiments.scenarios.option import Option, Phase
from simulator.experiments.scenarios.scenario_file import ScenarioFile, TargetsEntry
from simulator.history import Role
from simulator.model.behaviour import Behaviour, BehaviourError
from simulator.model.compiling import compile_regime
from simulator.model.playable import RegimeError
from simulator.model.shock import Shock
from simulator.population.spec import PopulationSpec
from simulator.randomness import check_seed
from simulator.rules.award_names import same_words
from simulator.rules.base_salary import BaseSalary, base_salary_on, load_base_salaries
from simulator.rules.diagnosis import close_to, closest, describe_validation
from simulator.rules.loading import load_criteria
from simulator.rules.reading import read_yaml
from simulator.rules.values import LANGUAGES, Text
from simulator.workspace import find_workspace

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from simulator.errors import Finding
    from simulator.experiments.scenarios.scenario_file import OptionEntry
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.reading import Document
    from simulator.workspace import Workspace

KEEP_AS_IS = "keep-as-is"
_KEEP_AS_IS_TITLE = Text(vi="Giữ nguyên hiện trạng", en="Keep as is")
_NO_SUCH_SET = "CS117"
_NO_SCENARIOS = frozenset({"assumptions.yaml", "patterns.yaml"})


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
    shock
        What befalls some kinds of unit in some years, or ``None``.
    shock_meaning
        What the shock stands for, in words; ``None`` without a shock.
    asked
        Indicators the question is about.
    targets
        What options should reach, where the file says it.
    framing
        Problem, aim and recommendation, in the words of its file.
    stated_base_salary
        The base salary on the scenario's date, with what it rests on; ``None`` where no known amount applies.
    years, warm_up_years, replications, seed
        Length, warm-up under the baseline, paired replications, and the seed of all luck.
    stops_by_itself
        Whether a comparison ends before its last replication once its main differences are known closely.
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
    shock: Shock | None = None
    shock_meaning: Text | None = None
    stated_base_salary: BaseSalary | None = None
    asked: tuple[str, ...] = ()
    targets: TargetsEntry = field(default_factory=TargetsEntry)
    framing: Framing = field(default_factory=Framing)
    stops_by_itself: bool = False

    def with_(
        self,
        *,
        years: int | None = None,
        warm_up_years: int | None = None,
        replications: int | None = None,
        at_most: int | None = None,
        seed: int | None = None,
    ) -> Scenario:
        """Return a copy with other lengths or another seed.

        Parameters
        ----------
        years, warm_up_years, seed
            As of the scenario.
        replications
            As many are run, neither more nor fewer.
        at_most
            So many at most; a comparison ends once its main differences are known closely.

        Raises
        ------
        ValueError
            If a number is below what a comparison needs.
        """
        changes = {
            "years": years,
            "warm_up_years": warm_up_years,
            "replications": at_most if replications is None else replications,
            "seed": None if seed is None else check_seed(seed),
        }
        smallest = {"years": 1, "warm_up_years": 2, "replications": 2}
        for name, least in smallest.items():
            value = changes[name]
            if value is not None and value < least:
                message = f"{name} must be at least {least}; found {value}."
                raise ValueError(message)
        stops = self.stops_by_itself if changes["replications"] is None else replications is None
        return replace(self, stops_by_itself=stops, **{name: value for name, value in changes.items() if value is not None})  # type: ignore[arg-type]

    @property
    def base_salary(self) -> float | None:
        """VND of one base salary on the scenario's date, or ``None`` where no known amount applies."""
        return None if self.stated_base_salary is None else float(self.stated_base_salary.amount)

    @property
    def keep_as_is(self) -> Option:
        """The option that leaves the rules as they are."""
        return next(option for option in self.options if option.key == self.baseline.content_hash)


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
    findings = [*_check_options(content, document), *_check_years(content, document), *_check_overrides(content, assumptions, document)]
    if findings:
        raise InputError(findings)
    population = _load_population(content, document, place)
    sets = _Sets(document, place)
    baseline = sets.load(content.baseline, "baseline")
    options = [_load_option(entry, position, document, sets) for position, entry in enumerate(content.options)]
    behaviour = _behaviour(content, assumptions, document)
    changing = [k for k, option in enumerate(options) if option.id == KEEP_AS_IS and option.key != baseline.content_hash]
    if changing:
        raise InputError([make_finding("SC312", *_at(document, "options", changing[0], "id"))])
    if all(option.key != baseline.content_hash for option in options):
        options.insert(0, Option.of(KEEP_AS_IS, _KEEP_AS_IS_TITLE, baseline))
    framing = Framing(content.problem, content.aim, content.recommendation)
    if unusable := [*_check_titles(options, document), *check_framing(framing, [option.id for option in options], document, place)]:
        raise InputError(unusable)
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
        shock=_shock(content, population, document),
        shock_meaning=None if content.shock is None else content.shock.why,
        stated_base_salary=base_salary_on(content.as_of, load_base_salaries(place)),
        asked=content.indicators,
        targets=content.targets,
        framing=framing,
        stops_by_itself=True,
    )
    _check_playable(scenario, document)
    return scenario


NOT_SCENARIOS: Final = frozenset({"assumptions.yaml", "patterns.yaml"})
"""Files of the folder that ask no question: what is assumed, and what it is matched to."""


def scenario_files(workspace: Workspace) -> list[Path]:
    """List the scenario files of a workspace, in the order of their names."""
    return sorted(path for path in workspace.scenarios.glob("*.yaml") if path.name not in NOT_SCENARIOS)


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
        raise InputError([make_finding("SC301", folder, 1, found=name, known=closest(name, known))])
    path = workspace.scenarios / f"{name}.yaml"
    return read_yaml(path, workspace.show(path)), name


def _check_options(content: ScenarioFile, document: Document) -> list[Finding]:
    ids = [entry.id for entry in content.options]
    return [
        make_finding("SC303", *_at(document, "options", position, "id"), found=option_id)
        for position, option_id in enumerate(ids)
        if option_id in ids[:position]
    ]


def _check_titles(options: list[Option], document: Document) -> list[Finding]:
    """Find options that a reader cannot tell apart: reports call options by their titles, in either language."""
    n_added = len(options) - len(document.data["options"])
    findings = []
    for position, option in enumerate(options):
        for lang in LANGUAGES:
            title = same_words(option.title.in_language(lang))
            other = next((each for each in options[:position] if same_words(each.title.in_language(lang)) == title), None)
            if other is not None:
                where = _at(document, "options", position - n_added, "title", lang)
                findings.append(make_finding("SC320", *where, found=option.id, other=other.id, title=option.title.in_language(lang)))
                break  # the same in both languages is one mistake
    return findings


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
        return replace(assumptions.behaviour(content.assumptions), structure=content.structure, learns=content.learning)
    except BehaviourError as problem:
        raise InputError([make_finding("SC313", *_at(document, "assumptions"), reason=problem.reason)]) from problem


def _load_option(entry: OptionEntry, position: int, document: Document, sets: _Sets) -> Option:
    """Load the rules of an option, phase by phase."""
    phases = [Phase(entry.from_year, sets.load(entry.criteria, "options", position, "criteria"))]
    for number, phase in enumerate(entry.then):
        where = ("options", position, "then", number)
        if phase.from_year <= phases[-1].from_year:
            raise InputError(
                [make_finding("SC314", *_at(document, *where, "from_year"), found=str(phase.from_year), before=str(phases[-1].from_year))]
            )
        phases.append(Phase(phase.from_year, sets.load(phase.criteria, *where, "criteria")))
    return Option(entry.id, entry.title, tuple(phases))


def _check_years(content: ScenarioFile, document: Document) -> list[Finding]:
    """Find rules that would take over only after the last year."""
    late = [
        (("options", k, *at), year)
        for k, entry in enumerate(content.options)
        for at, year in ((("from_year",), entry.from_year), *((("then", n, "from_year"), phase.from_year) for n, phase in enumerate(entry.then)))
        if year > content.years
    ]
    if content.shock is not None:
        late += [(("shock", "years", k), year) for k, year in enumerate(content.shock.years) if year > content.years]
    return [make_finding("SC315", *_at(document, *where), found=str(year), years=str(content.years)) for where, year in late]


def _shock(content: ScenarioFile, population: PopulationSpec, document: Document) -> Shock | None:
    entry = content.shock
    if entry is None:
        return None
    unknown = [(k, kind) for k, kind in enumerate(entry.kinds) if kind not in population.kinds]
    if unknown:
        known = tuple(population.kinds)
        raise InputError([make_finding("SC316", *_at(document, "shock", "kinds", k), found=kind, known=close_to(kind, known)) for k, kind in unknown])
    roles = frozenset(Role[role.upper()] for role in entry.roles)
    return Shock(years=frozenset(entry.years), kinds=frozenset(entry.kinds), roles=roles, deeds=entry.deeds, merit=entry.merit)


def _load_population(content: ScenarioFile, document: Document, workspace: Workspace) -> PopulationSpec:
    folder = workspace.scenarios / "populations"
    known = tuple(sorted(path.stem for path in folder.glob("*.yaml")))
    if content.population not in known:
        known_names = close_to(content.population, known)
        raise InputError([make_finding("SC302", *_at(document, "population"), found=content.population, known=known_names)])
    path = folder / f"{content.population}.yaml"
    return _read(read_yaml(path, workspace.show(path)), PopulationSpec)


class _Sets:
    """The criteria sets a scenario names, each read once however often it is named."""

    def __init__(self, document: Document, workspace: Workspace) -> None:
        self._document = document
        self._workspace = workspace
        self._loaded: dict[str, CriteriaSet] = {}

    def load(self, expression: str, *path: str | int) -> CriteriaSet:
        """Load a criteria set; one that does not exist is a mistake of the scenario, at the line that names it."""
        if expression not in self._loaded:
            try:
                self._loaded[expression] = load_criteria(expression, self._workspace)
            except InputError as problem:
                first = problem.findings[0]
                if first.code != _NO_SUCH_SET:
                    raise
                file, line = _at(self._document, *path)
                raise InputError([make_finding("SC308", file, line, **first.fields)]) from problem
        return self._loaded[expression]


def _check_playable(scenario: Scenario, document: Document) -> None:
    """Refuse the first set that has no such focus award or that the model cannot play; the baseline comes first."""
    places: list[tuple[tuple[str | int, ...], CriteriaSet]] = [(("baseline",), scenario.baseline)]
    n_added = len(scenario.options) - len(document.data["options"])
    for position, option in enumerate(scenario.options[n_added:]):
        for number, phase in enumerate(option.phases):
            place: tuple[str | int, ...] = ("options", position, "criteria") if number == 0 else ("options", position, "then", number - 1, "criteria")
            places.append((place, phase.criteria))
    target = scenario.baseline.awards[scenario.focus_award].target if scenario.focus_award in scenario.baseline.awards else "individual"
    for place, criteria in places:
        annual = [key for key, award in criteria.awards.items() if award.kind == "merit" and award.target == target]
        if scenario.focus_award not in annual:
            names = {"criteria": criteria.id, "found": scenario.focus_award, "known": ", ".join(annual)}
            raise InputError([make_finding("SC306", *_at(document, "focus_award"), **names)])
        try:
            compile_regime(criteria, scenario.behaviour, focus_award=scenario.focus_award)
        except RegimeError as problem:
            raise InputError([find_refused(criteria.id, refusal, *_at(document, *place)) for refusal in problem.refusals]) from problem
        except ValueError as problem:
            reason = problem.reason if isinstance(problem, BehaviourError) else str(problem)
            raise InputError([make_finding("SC309", *_at(document, *place), criteria=criteria.id, reason=reason)]) from problem
