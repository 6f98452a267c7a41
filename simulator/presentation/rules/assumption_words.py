"""What the assumed numbers of a workspace are called, for clauses that move them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.errors import InputError
from simulator.experiments.scenarios.assumptions import FILE_NAME, load_assumptions

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.workspace import Workspace

_ASIDE = re.compile(r"\s*\([^()]*\)$")


def assumption_names(workspace: Workspace, lang: Lang) -> dict[str, str]:
    """Give what each assumed number is called, by ``assumptions.`` and its id; nothing where the workspace has no readable file of them.

    Parameters
    ----------
    workspace
        Where the assumptions are.
    lang
        The language.
    """
    if not (workspace.scenarios / FILE_NAME).is_file():
        return {}
    try:
        numbers = load_assumptions(workspace).numbers
    except InputError:  # who simulates is told; a table of rules can do without
        return {}
    titles = {name: _ASIDE.sub("", number.title.in_language(lang)) for name, number in numbers.items()}
    return {f"assumptions.{name}": title[:1].lower() + title[1:] for name, title in titles.items()}
