"""The register of what can keep the workbench from doing what was asked: code, severity and plain English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.errors import CodeEntry, CodeRegister, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_E = Severity.ERROR

CODES: Final[Mapping[str, CodeEntry]] = {
    "WG601": CodeEntry(_E, "nothing is changed, so there is nothing to save"),
    "WG602": CodeEntry(_E, "{found} cannot be the id of an overlay; small letters without marks, digits and hyphens"),
    "WG626": CodeEntry(_E, "{found} cannot be the id of an overlay; Windows keeps this name for a device"),
    "WG628": CodeEntry(_E, "the overlay has no id; small letters without marks, digits and hyphens"),
    "WG603": CodeEntry(_E, "there is a set called {found} already; choose another id"),
    "WG604": CodeEntry(_E, "the sets shipped with the program are only read; open a workspace of your own, or download the overlay"),
    "WG605": CodeEntry(_E, "the overlay could not be written: {reason}"),
    "WG606": CodeEntry(_E, "the reason is missing; an overlay says why it changes what it changes"),
    "WG611": CodeEntry(_E, "this is no work of the training session, or it was changed: {reason}"),
    "WG612": CodeEntry(_E, "the file has {found} bytes, more than the {limit} allowed"),
    "WG613": CodeEntry(_E, "no work has the code {found}; a code has 10 small letters and digits, such as {example}"),
    "WG614": CodeEntry(_E, "the work could not be kept: {reason}"),
    "WG615": CodeEntry(_E, "these are no answers of the training session, or they were changed: {reason}"),
    "WG616": CodeEntry(_E, "the answers are not complete: {marks} of 12 files and {ratings} of 10 cases"),
    "WG617": CodeEntry(_E, "{found} files are more than the {limit} allowed"),
    "WG618": CodeEntry(_E, "{found} people took part; at least {least} are needed"),
    "WG607": CodeEntry(_E, "a file of the kind {found} is not read here; expected {expected}"),
    "WG608": CodeEntry(_E, "too large: {found}, at most {limit}"),
    "WG621": CodeEntry(_E, "{found} is no code of saved drafts; a code has {n} small letters and digits"),
    "WG622": CodeEntry(_E, "{found} was not saved from this page under this code, or was changed since"),
    "WG623": CodeEntry(_E, "{found} cannot be deleted, because it is named in {users}"),
    "WG624": CodeEntry(_E, "the file could not be deleted: {reason}"),
    "WG625": CodeEntry(_E, "{found} is open; open another set before it is deleted"),
    "WG627": CodeEntry(
        _E, "this file only marks that a workbook is open; save and close the workbook, and choose the file without ~$ before its name"
    ),
    "WG609": CodeEntry(_E, "nothing is changed, so there is nothing to compare"),
}

make_finding: Final = CodeRegister(CODES).make_finding
