"""The register of findings about scenarios and assumptions; the sentences are in ``presentation/messages``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.errors import CodeEntry, CodeRegister, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.errors import Finding
    from simulator.model.playable import Refusal

_ENGLISH: Final[Mapping[str, str]] = {
    "SC301": "there is no scenario {found}; known: {known}",
    "SC302": "there is no population {found}; known: {known}",
    "SC303": "the option {found} is given twice",
    "SC304": "{found} is not a behavioural number of the model; close to it: {known}",
    "SC305": "{key} is {found}, outside its range from {low} to {high}",
    "SC306": "{criteria} has no annual award {found} of that kind; it has {known}",
    "SC307": "the file is called {expected}, but its id is {found}",
    "SC308": "there is no criteria set {found}; known: {known}",
    "SC309": "the model cannot play {criteria}: {reason}",
    "SC310": "a number has either a source or the line 'assumed: true'",
    "SC311": "these behavioural numbers are missing: {missing}",
    "SC312": "the option keep-as-is changes something; give it another id",
    "SC313": "these assumptions do not go together: {reason}",
    "SC314": "rules take over in year {found}, not after those of year {before}",
    "SC315": "year {found} lies after the last year, {years}",
    "SC316": "the population has no kind of unit {found}; known: {known}",
    "SC317": "every statement of {key} has either a source or an assumption",
    "SC318": "there is no instrument {found}; known: {known}",
    "SC319": "the recommendation names the option {found}, which the scenario does not have; it has: {known}",
    "SC320": "the options {other} and {found} have the same title: {title}",
    "SC321": "the model cannot play {clause} of {criteria}: {reason}",
}

CODES: Final = {code: CodeEntry(Severity.ERROR, english) for code, english in _ENGLISH.items()}
make_finding: Final = CodeRegister(CODES).make_finding


def find_refused(criteria: str, refusal: Refusal, file: str, line: int) -> Finding:
    """Say why the model cannot play the set of this id, or what it cannot play of it."""
    if not refusal.path:
        return make_finding("SC309", file, line, criteria=criteria, reason=refusal.as_field)
    return make_finding("SC321", file, line, criteria=criteria, clause=refusal.path, reason=refusal.as_field)
