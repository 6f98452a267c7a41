"""Which overlay gave which field of which clause what value, and who prevails when two of them differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.rules.codes import make_finding
from simulator.rules.criteria import WHOLE, Resolution
from simulator.rules.diagnosis import show_value
from simulator.rules.grounds import GROUND_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simulator.errors import Finding
    from simulator.rules.criteria import Change
    from simulator.rules.paths import KeyPath
    from simulator.rules.reading import Document
    from simulator.rules.schema import Header

KEPT, REMOVED = "@kept", "@removed"


class Touch(NamedTuple):
    """One place an overlay touches: a clause, or the head of an award.

    Attributes
    ----------
    name
        Path of the clause as people write it, or the id of the award.
    path
        Path in the data.
    content
        What the overlay says there.
    is_clause
        False for the head of an award.
    """

    name: str
    path: KeyPath
    content: Mapping[str, Any]
    is_clause: bool


class Ledger:
    """What the overlays of a stack have given so far."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.resolutions: list[Resolution] = []
        self._given: dict[str, dict[str, dict[str, Any]]] = {}  # clause → field → overlay → value

    def record(self, overlay: Header, document: Document, touch: Touch, given: Mapping[str, Any]) -> None:
        """Enter what an overlay gives, and settle or report each conflict with an earlier one.

        Parameters
        ----------
        overlay, document
            The overlay, and its file.
        touch
            The clause.
        given
            Value by field; under ``*`` whether the clause is kept or removed, which alone is reported when overlays disagree on it.
        """
        fields = self._given.setdefault(touch.name, {})
        for field, value in given.items():
            n_findings = len(self.findings)
            for earlier_set, earlier_value in fields.get(field, {}).items():
                if earlier_value != value:
                    self._settle(overlay, document, touch, Resolution(touch.name, field, earlier_set, earlier_value, overlay.id, value, None))
            fields.setdefault(field, {})[overlay.id] = value
            if field == WHOLE and len(self.findings) > n_findings:
                return

    def remember(self, changes: Iterable[Change]) -> None:
        """Enter what the overlays of a set gave before another is laid over it."""
        for change in changes:
            is_removal = (change.field, change.after) == (WHOLE, None)
            given = {WHOLE: REMOVED if is_removal else KEPT}
            if change.field != WHOLE:
                given[change.field] = change.after
            elif not is_removal:
                given |= {field: value for field, value in change.after.items() if field not in GROUND_FIELDS}
            fields = self._given.setdefault(change.clause, {})
            for field, value in given.items():
                fields.setdefault(field, {})[change.set] = value

    def overruled(self, clause: str, given: Mapping[str, Any]) -> tuple[str, ...]:
        """Name the overlays that gave a clause something else than what is to be given now, in their order."""
        fields = self._given.get(clause, {})
        others = (set_id for field, value in given.items() for set_id, earlier in fields.get(field, {}).items() if earlier != value)
        return tuple(dict.fromkeys(others))

    def check_supersedes(self, overlay: Header, document: Document, stacked: list[str]) -> None:
        """Report a supersession of a clause that the named overlay, though stacked, does not touch."""
        for index, supersession in enumerate(overlay.supersedes):
            touching = {set_id for given in self._given.get(supersession.clause, {}).values() for set_id in given}
            if supersession.set in stacked and supersession.set not in touching:
                line = document.line_of("supersedes", index)
                self.findings.append(make_finding("OV209", document.file, line, set=supersession.set, clause=supersession.clause))

    def _settle(self, overlay: Header, document: Document, touch: Touch, conflict: Resolution) -> None:
        for supersession in overlay.supersedes:
            if (supersession.set, supersession.clause) == (conflict.superseded_set, touch.name):
                self.resolutions.append(conflict._replace(why=supersession.why))
                return
        place = touch.path if conflict.field == WHOLE else (*touch.path, conflict.field)
        self.findings.append(
            make_finding(
                "OV204",
                document.file,
                document.line_of(*place),
                first=conflict.superseded_set,
                second=overlay.id,
                clause=touch.name,
                field="@whole-clause" if conflict.field == WHOLE else conflict.field,
                first_value=show_value(conflict.superseded_value),
                second_value=show_value(conflict.prevailing_value),
            )
        )
