"""The table of those who gain or lose a step of the ladder when rules take over."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import pick

if TYPE_CHECKING:
    from simulator.experiments.transition import Cohort, Transitions
    from simulator.presentation.numbers import Lang

_COLUMNS = ("cohort", "members", "before", "after", "gained", "lost")


def draw_transitions(transitions: Transitions, lang: Lang = "vi") -> Table:
    """Return one group for each takeover and award, one row for each kind of unit and role that anybody changes in or stands in."""
    grouped: dict[tuple[str, int, str, str], list[Cohort]] = defaultdict(list)
    for cohort in transitions.cohorts:
        if cohort.former != cohort.successor:
            grouped[cohort.option, cohort.from_year, cohort.successor, cohort.award].append(cohort)
    groups = [_group(cohorts, transitions, lang) for cohorts in grouped.values() if any(_changes(cohort) for cohort in cohorts)]
    return Table(
        id="transition",
        lang=lang,
        caption=translate("transition.caption", lang, title=pick(transitions.title, lang), replications=format_count(transitions.replications, lang)),
        columns=tuple(translate(f"transition.{name}", lang) for name in _COLUMNS),
        groups=tuple(groups),
        notes=(translate("transition.note" if groups else "transition.nobody", lang),),
        is_simulated=True,
    )


def _group(cohorts: list[Cohort], transitions: Transitions, lang: Lang) -> Group:
    first = cohorts[0]
    former, successor = (_title(criteria, transitions, lang) for criteria in (first.former, first.successor))
    heading = translate("transition.group", lang, award=pick(first.award_title, lang), former=former, successor=successor, year=str(first.from_year))
    rows = [
        Row(
            translate("transition.row", lang, kind=pick(cohort.kind_title, lang), role=translate(f"transition.role.{cohort.role}", lang)),
            tuple(
                format_count(math.floor(number + 0.5), lang) for number in (cohort.members, cohort.before, cohort.after, cohort.gained, cohort.lost)
            ),
        )
        for cohort in cohorts
        if _changes(cohort)
    ]
    return Group(heading, tuple(rows))


def _title(criteria: str, transitions: Transitions, lang: Lang) -> str:
    """Name a stack of sets by the titles its readers know."""
    return " + ".join(pick(transitions.criteria_titles[name], lang) for name in criteria.split("+"))


def _changes(cohort: Cohort) -> bool:
    """Whether at least one person in a typical replication changes sides."""
    return max(cohort.gained, cohort.lost) >= 0.5  # noqa: PLR2004 - half a person is rounded to one
