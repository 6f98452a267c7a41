"""The table of those who gain or lose a step of the ladder when rules take over."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from simulator.presentation.footnotes import few_replications_notes
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NO_BREAK_SPACE, format_count
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import pick

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.experiments.comparing.transition import Cohort, Transitions
    from simulator.presentation.numbers import Lang

_COLUMNS = ("cohort", "members", "before", "after", "gained", "lost")


def draw_transitions(transitions: Transitions, lang: Lang = "vi") -> Table:
    """Return one group for each takeover and award, one row for each kind of unit and role in which anybody changes sides.

    Options whose takeovers change the same people in the same numbers share a group, under the names of all.
    """
    takeovers: dict[tuple[str, int, str, str], list[Cohort]] = defaultdict(list)
    for cohort in transitions.cohorts:
        if cohort.former != cohort.successor and _changes(cohort):
            takeovers[cohort.option, cohort.from_year, cohort.successor, cohort.award].append(cohort)
    alike: dict[tuple[int, str, str, tuple[Row, ...]], list[Cohort]] = defaultdict(list)
    for cohorts in takeovers.values():
        first = cohorts[0]
        alike[first.from_year, first.former, first.award, tuple(_row(cohort, lang) for cohort in cohorts)].append(first)
    groups = [Group(_heading(firsts, transitions, lang), rows) for (*_, rows), firsts in alike.items()]
    who, *numbers = (translate(f"transition.{name}", lang) for name in _COLUMNS)
    # Long names of groups would leave so little room that the heads of the columns of numbers were broken word by word.
    return Table(
        id="transition",
        lang=lang,
        caption=translate("transition.caption", lang, title=pick(transitions.title, lang), replications=format_count(transitions.replications, lang)),
        columns=(who, *(head.replace(" ", NO_BREAK_SPACE) for head in numbers)),
        groups=tuple(groups),
        notes=(
            *few_replications_notes(transitions.replications, lang),
            *([_full_titles(alike.values(), transitions, lang)] if groups else []),
            translate("transition.note" if groups else "transition.nobody", lang),
        ),
        is_simulated=True,
    )


def _heading(firsts: list[Cohort], transitions: Transitions, lang: Lang) -> str:
    """Name the award, the year, and by their ids the rules that end and those each option brings: full titles would fill four lines."""
    first = firsts[0]
    successors = [
        translate(
            "transition.successor",
            lang,
            option=translate("table.quoted", lang, text=pick(transitions.option_titles[each.option], lang)),
            successor=each.successor,
        )
        for each in firsts
    ]
    return translate(
        "transition.group",
        lang,
        award=pick(first.award_title, lang),
        former=first.former,
        successors="; ".join(successors),
        year=str(first.from_year),
    )


def _row(cohort: Cohort, lang: Lang) -> Row:
    numbers = (cohort.members, cohort.before, cohort.after, cohort.gained, cohort.lost)
    return Row(
        translate("transition.row", lang, kind=pick(cohort.kind_title, lang), role=translate(f"transition.role.{cohort.role}", lang)),
        tuple(format_count(math.floor(number + 0.5), lang) for number in numbers),
    )


def _full_titles(headed: Iterable[list[Cohort]], transitions: Transitions, lang: Lang) -> str:
    """Give the full titles of the sets that headings call by their short names."""
    stacks = [stack for firsts in headed for first in firsts for stack in (first.former, first.successor)]
    titles = dict.fromkeys(name for stack in stacks for name in stack.split("+"))
    named = (translate("transition.set", lang, id=name, title=pick(transitions.criteria_titles[name], lang)) for name in titles)
    return translate("transition.note.sets", lang, sets="; ".join(named))


def _changes(cohort: Cohort) -> bool:
    """Whether at least one person in a typical replication changes sides."""
    return max(cohort.gained, cohort.lost) >= 0.5  # noqa: PLR2004 - half a person is rounded to one
