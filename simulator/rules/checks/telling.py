"""What a finding shows of conditions and nominees, as data: the words come later, in the reader's language.

A field that begins with ``@tests:`` or ``@nominee:`` holds JSON, with the titles a reader knows the things by.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from simulator.rules.values import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.rules.conditions import Condition
    from simulator.rules.criteria import CriteriaSet

TESTS = "@tests:"
NOMINEE = "@nominee:"


def conditions_marker(criteria: CriteriaSet, conditions: Iterable[Condition]) -> str:
    """Write conditions as a field of a finding."""
    dumped = [condition.model_dump(mode="json", exclude_none=True, by_alias=True) for condition in conditions]
    return TESTS + _with_names(criteria, dumped)


def nominee_marker(criteria: CriteriaSet, facts: Iterable[str] | None) -> str:
    """Write what an abstract nominee has as a field of a finding; None for no nominee to show."""
    return NOMINEE + _with_names(criteria, None if facts is None else list(facts))


def _with_names(criteria: CriteriaSet, shown: Sequence[object] | None) -> str:
    """Add the titles of what is mentioned, in every language."""
    mentioned = set(re.findall(r"[a-z0-9.-]+", json.dumps(shown)))
    titles = {award_id: award.title for award_id, award in criteria.awards.items()}
    titles |= {path: clause.title for path, clause in criteria.iter_clauses() if path.startswith(("points.", "classes."))}
    named = {path: title for path, title in titles.items() if path in mentioned or path.partition(".")[2] in mentioned}
    names = {lang: {path: title.in_language(lang) for path, title in named.items()} for lang in LANGUAGES}
    return json.dumps({"shown": shown, "names": names}, ensure_ascii=False)
