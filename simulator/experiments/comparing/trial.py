"""Try rules out at once: a draft against the baseline, on a population small enough to answer while somebody waits.

The answer is a comparison like any other, and its numbers are those of :func:`~simulator.experiments.comparing.compare.compare` on the same scenario, to
the last digit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.experiments.comparing.compare import put_together
from simulator.experiments.execution.halves import answers_of
from simulator.experiments.runs.results import ReplicationRun
from simulator.experiments.runs.run import check_null_reform
from simulator.experiments.scenarios.option import Option
from simulator.experiments.scenarios.thinning import thin

if TYPE_CHECKING:
    from simulator.experiments.results.comparison import Comparison
    from simulator.experiments.runs.results import OptionRun, SealResult
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.values import Text
    from simulator.workspace import Workspace

DRAFT_OPTION = "draft"
"""Id of the option under trial."""


def trial_scenario(scenario: Scenario, baseline: CriteriaSet, *, replications: int, years: int) -> Scenario:
    """Make the scenario of a trial: the same people but fewer, the same behaviour, and *keep as is* for its only option.

    Parameters
    ----------
    scenario
        Where people, behaviour and luck are taken from.
    baseline
        The rules that hold, and under which the years before are lived.
    replications, years
        How many times, and how long.
    """
    as_is = Option.of(scenario.keep_as_is.id, scenario.keep_as_is.title, baseline)
    whole = scenario.with_(replications=replications, years=years)
    return replace(whole, baseline=baseline, options=(as_is,), population=thin(scenario.population))


class Trial:
    """A scenario in which one draft after the other is tried.

    Parameters
    ----------
    scenario
        From :func:`trial_scenario`; its baseline is what each draft is compared with.
    workspace
        Where instruments are looked up.
    is_alone
        Whether nobody else needs the processors; if so, a second process may help (:mod:`~simulator.experiments.execution.halves`).

    Attributes
    ----------
    answers
        What tells what comes of an option.
    """

    def __init__(self, scenario: Scenario, workspace: Workspace, *, is_alone: bool = True) -> None:
        self.scenario, self.workspace = scenario, workspace
        self.answers = answers_of(scenario, is_alone=is_alone)
        self._seal: SealResult | None = None
        self._of_the_scenario: dict[tuple[str, bool], list[OptionRun]] = {}

    def prepare(self, criteria: CriteriaSet) -> None:
        """Simulate a draft, so that comparing it next takes no more than reading the answer; the last few answers are kept."""
        self.answers.under(_as_option(criteria))

    def compare(self, criteria: CriteriaSet, *, title: Text | None = None, with_lawful_best: bool = False) -> Comparison:
        """Compare a draft with the baseline.

        Parameters
        ----------
        criteria
            The rules of the draft; those of the baseline give differences of exactly 0.
        title
            What the draft is called in words and figures; by default, as the set calls itself.
        with_lawful_best
            Whether both are also applied perfectly, from which the parts due to the rule and to practice are known, and everything else of a comparison is
            told; it takes more than as long again. Without it these parts are undefined, and the courses of the years, the groups and the ladder are left out:
            a picture that follows a hand shows none of them.

        Returns
        -------
            Baseline and draft (:data:`DRAFT_OPTION`), on the same people and luck; without reasons, other references of merit, and degrees of compliance.

        Raises
        ------
        RunError
            If the null reform shows a difference.
        InputError
            If the draft cannot be played.
        """
        draft = _as_option(criteria, title)
        scenario = replace(self.scenario, options=(*self.scenario.options, draft))
        if self._seal is None:
            self._seal = check_null_reform(self.scenario)
        by_option = {option.key: self._under(option, in_full=with_lawful_best) for option in self.scenario.options}
        if draft.key not in by_option:
            by_option[draft.key] = self.answers.under(draft, in_full=with_lawful_best)
        runs = [
            ReplicationRun(replication, {key: of_option[place] for key, of_option in by_option.items()}, {})
            for place, replication in enumerate(self.answers.replications)
        ]
        return put_together(scenario, runs, self._seal, self.workspace)

    def _under(self, option: Option, *, in_full: bool) -> list[OptionRun]:
        """Tell what an option of the scenario gives: it stands beside every draft, so another process is asked for it once."""
        name = option.key, in_full
        if name not in self._of_the_scenario:
            self._of_the_scenario[name] = self.answers.under(option, in_full=in_full)
        return self._of_the_scenario[name]


def _as_option(criteria: CriteriaSet, title: Text | None = None) -> Option:
    return Option.of(DRAFT_OPTION, title or criteria.title, criteria)
