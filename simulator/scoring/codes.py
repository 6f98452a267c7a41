"""The register of what scoring can find wrong with a list of nominees, or with a set it is to be scored by.

The full sentences are in ``presentation/messages`` under ``finding.SR…``. No field ever holds a name: who a finding is about is told by its row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.errors import CodeEntry, CodeRegister, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_E, _W = Severity.ERROR, Severity.WARNING

CODES: Mapping[str, CodeEntry] = {
    "SR401": CodeEntry(_E, "{criteria} has no award {found}; it has {known}"),
    "SR402": CodeEntry(_E, "the column {column} is missing; {clauses} cannot be judged without it"),
    "SR403": CodeEntry(
        _E, "{clause} is counted over {pooling} and the quota over {quota_pooling}; on a list both must be counted over the same people"
    ),
    "SR404": CodeEntry(_E, "the id {found} of a criterion is the name of another column of the list"),
    "SR405": CodeEntry(_E, "{clause} is a share of places and the award has no quota"),
    "SR406": CodeEntry(_E, "{clause} asks for the points or the class of a scoring table, and the set has none"),
    "SR407": CodeEntry(_W, "{clause} compares an assumed merit that nobody has measured; it is not judged on a list"),
    "SR408": CodeEntry(_W, "{clause}: the head-count {column} of {n_units} units is not given, so their places are not counted"),
    "SR409": CodeEntry(_E, "several floors of {award} count different posts as direct workers"),
    "SR410": CodeEntry(_E, "the awards {circle} ask for each other"),
    "SR413": CodeEntry(_W, "achievements of row {rows} differ in marks only; they are counted as written"),
    "SR414": CodeEntry(_W, "{clause}: {n_units} units with a head-count have no nominee, so nobody says which cluster they belong to"),
    "SR416": CodeEntry(_E, "the target {column} must be above 0"),
    "SR415": CodeEntry(_W, "{awards} are given for a deed outside the yearly round; they are scored only when named"),
    "SR417": CodeEntry(_W, "{awards} are of collectives, and this list is of people; they are scored on a list of their own, when named"),
    "SR418": CodeEntry(_W, "{clause}: {n_rows} nominees (rows {rows}) have {award} from before the set; it counts as entered, not as {counts_as}"),
    "SR419": CodeEntry(_W, "{clause}: {n_rows} nominees (rows {rows}) have {award} from before the set; it counts as entered, not for nothing"),
    "SR412": CodeEntry(_W, "the awards {awards} of {criteria} rest on the same initiative, which serves once ({n_rows} nominees, rows {rows})"),
}

make_finding: Final = CodeRegister(CODES).make_finding
