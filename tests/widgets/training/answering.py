"""Answers of people who follow a rule, for tests: what is planted has to be found again."""

from __future__ import annotations

from simulator.widgets.training.marking import CRITERIA, DOSSIERS, Answers, cases_of


def person(seed, *, merit=6, leader=0, aside=0, level=2, shift=0):
    """Answer exactly as told: level + merit·rank + leader + having stood aside, rounded."""
    answers = Answers(seed)
    for case in cases_of(seed):
        answers = answers.with_rating(case.id, round(level + merit * case.merit + leader * case.is_leader + aside * (not case.was_awarded)))
    for number, dossier in enumerate(DOSSIERS):
        answers = answers.with_marks(dossier, dict.fromkeys(CRITERIA, min(max((number * 7) % 9 + shift, 0), 10)))
    return answers
