"""The door of this room: a criteria set that can be relied upon, or every reason why not."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from simulator.errors import InputError, Severity
from simulator.rules.assembly import read_criteria, read_layer, stack_layers
from simulator.rules.linting import find_assumption_ids, find_register, lint
from simulator.rules.reading import read_yaml_bytes
from simulator.workspace import find_workspace

if TYPE_CHECKING:
    from simulator.errors import Finding
    from simulator.rules.citation import InstrumentRegister
    from simulator.rules.criteria import CriteriaSet
    from simulator.workspace import Workspace


def load_criteria(expression: str, workspace: Workspace | None = None) -> CriteriaSet:
    """Load a criteria set, or a stack of overlays over one.

    Parameters
    ----------
    expression
        An id (``decree-91``), a stack (``decree-91+hanoi-plan-115+hanoi-letter-3959``, read from left to right), or a path to a YAML file. An
        overlay named alone is laid over what it extends.
    workspace
        Where ids are looked up; found from the current folder when absent.

    Raises
    ------
    InputError
        With every finding, when the set cannot be read or the linter finds an error in it.
    """
    place = find_workspace() if workspace is None else workspace
    criteria = read_criteria(expression, place)
    errors = _find_errors(criteria, find_register(place), find_assumption_ids(place))
    if errors:
        raise InputError(list(errors))
    return criteria


@lru_cache(maxsize=64)
def _find_errors(criteria: CriteriaSet, register: InstrumentRegister | None, assumption_ids: frozenset[str] | None) -> tuple[Finding, ...]:
    """Find what the linter calls an error; who loads the same words again need not wait for the same judgement."""
    findings = lint(criteria, register=register, assumption_ids=assumption_ids)
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def criteria_from_text(yaml_text: str | bytes, file: str = "<text>") -> CriteriaSet:
    """Read a full set from YAML text, without the linter's judgement: for tests, and for a text still being written.

    Parameters
    ----------
    yaml_text
        The text of a full set; an overlay needs the set it extends, so it is loaded with :func:`load_criteria`.
    file
        How to name the text in findings.
    """
    raw = yaml_text if isinstance(yaml_text, bytes) else yaml_text.encode("utf-8", "surrogatepass")
    layer = read_layer(read_yaml_bytes(raw, file))
    return stack_layers([layer], layer.content.id)
