"""What a finding shows of conditions and nominees, as data: the words come later, in the reader's language.

A field that begins with ``@tests:``, ``@nominee:``, ``@source:`` or ``@in-both:`` holds JSON, with the titles a reader knows the things by.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from simulator.rules.values import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.rules.citation import InstrumentRegister, Source
    from simulator.rules.conditions import Condition
    from simulator.rules.criteria import CriteriaSet

SOURCE = "@source:"
TESTS = "@tests:"
NOMINEE = "@nominee:"
IN_BOTH = "@in-both:"


def both_marker(vi: str, en: str) -> str:
    """Write as a field of a finding what is called otherwise in either language."""
    return IN_BOTH + json.dumps({"shown": en, "vi": vi, "en": en}, ensure_ascii=False)


def conditions_marker(criteria: CriteriaSet, conditions: Iterable[Condition]) -> str:
    """Write conditions as a field of a finding."""
    dumped = [condition.model_dump(mode="json", exclude_none=True, by_alias=True) for condition in conditions]
    return TESTS + _with_names(criteria, dumped)


def source_marker(source: Source, register: InstrumentRegister | None) -> str:
    """Write a source as a field of a finding, with the kind, the number and the title of its instrument where they are known."""
    known = register[source.instrument] if register is not None and source.instrument in register else None
    shown = source.instrument if source.provision is None else f"{source.instrument}, {source.provision}"
    instrument = None if known is None else {"kind": known.kind, "number": known.number, "title": known.title.model_dump()}
    return SOURCE + json.dumps({"shown": shown, "source": source.model_dump(), "instrument": instrument}, ensure_ascii=False)


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
