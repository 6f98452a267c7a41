"""Is everything said in both languages? A text that reads the same twice has not been translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject
    from simulator.rules.values import Text

LONGEST_NAME = 24
"""A short name or number may well be the same in both languages."""


def check(subject: Subject) -> Iterator[Finding]:
    """Look for texts that are word for word the same in Vietnamese and in English."""
    for position, header in enumerate(subject.criteria.headers):
        for field in ("title", "note"):
            if _is_untranslated(getattr(header, field)):
                yield subject.find_in_header("RL319", position, field, place=field)
    for award_id, award in subject.criteria.awards.items():
        if _is_untranslated(award.title):
            yield subject.find("RL319", f"{award_id}.title", place=f"{award_id}.title")
    for path, clause in subject.criteria.iter_clauses():
        for field in ("title", "why", "assumption"):
            if _is_untranslated(getattr(clause, field)):
                yield subject.find("RL319", f"{path}.{field}", place=f"{path}.{field}")


def _is_untranslated(text: Text | None) -> bool:
    return text is not None and text.vi == text.en and len(text.vi) > LONGEST_NAME
