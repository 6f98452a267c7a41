"""A fault of a draft in one sentence that names its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import describe, translate
from simulator.presentation.rules.condition_words import NO_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.presentation.numbers import Lang
    from simulator.widgets.drafting.faults import Fault


def say_fault(fault: Fault, lang: Lang, names: Mapping[str, str] = NO_NAMES) -> str:
    """Say what was found; where the finding itself does not name the clause, with the clause before it.

    Parameters
    ----------
    fault
        What was found, and where.
    lang
        The language.
    names
        What is said instead of ids (:func:`simulator.presentation.rules.finding_names.finding_names`).
    """
    said = describe(fault.finding, lang, names)
    if fault.clause is None or {"clause", "clauses"} & fault.finding.fields.keys():
        return said
    return translate("workbench.fault", lang, clause=names.get(fault.clause, fault.clause), said=said)
