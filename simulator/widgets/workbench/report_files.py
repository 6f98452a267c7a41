"""A draft as the program reads it: the overlay, and a scenario that sets it against its base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from simulator.errors import InputError
from simulator.presentation.i18n import translate
from simulator.rules.reading import read_yaml
from simulator.rules.values import LANGUAGES
from simulator.rules.writing import write_data
from simulator.widgets.codes import make_finding
from simulator.widgets.drafting.draft import DRAFT_ID, FILE_SHOWN
from simulator.widgets.workbench.trial_panel import PEOPLE

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.rules.values import Text
    from simulator.widgets.drafting.draft import Draft
    from simulator.workspace import Workspace

SCENARIO: Final = "draft-against-base"
FOLDER: Final = "made"
_ABOUT_ANOTHER_QUESTION: Final = frozenset({"problem", "aim", "recommendation", "indicators"})


def check_changed(draft: Draft) -> None:
    """Refuse a draft in which nothing is changed, and one that is no set of rules.

    Raises
    ------
    InputError
        With what keeps it from being compared.
    """
    if draft.is_unchanged:
        raise InputError([make_finding("WG609", FILE_SHOWN, 1)])
    _ = draft.criteria


def base_of(draft: Draft) -> str:
    """Give the base of a draft as commands name it."""
    return "+".join(draft.base.stack)


def draft_files(draft: Draft, workspace: Workspace, title: Text | None = None, why: Text | None = None) -> dict[str, str]:
    """Write a draft and its scenario: the people, the behaviour and the luck are those drafts are tried on, and all of them.

    Parameters
    ----------
    draft
        The draft.
    workspace
        Where the scenario of the people is.
    title, why
        What the draft is called and the reason for it, as far as somebody said so.

    Returns
    -------
        Name of a file → its content.
    """
    return {FILE_SHOWN: draft.overlay(title=title, why=why), f"{SCENARIO}.yaml": write_data(_scenario(draft, workspace))}


def _scenario(draft: Draft, workspace: Workspace) -> dict[str, Any]:
    path = workspace.scenarios / f"{PEOPLE}.yaml"
    people = read_yaml(path, workspace.show(path)).data
    base = base_of(draft)
    own = {
        "id": SCENARIO,
        "title": _in_both("workbench.report.title", draft),
        "question": _in_both("workbench.report.question", draft),
        "baseline": base,
        "options": [{"id": DRAFT_ID, "title": _in_both("figure.trial.after", draft), "criteria": f"{base}+{FILE_SHOWN}"}],
    }
    return {name: value for name, value in (people | own).items() if name not in _ABOUT_ANOTHER_QUESTION}


def report_command(lang: Lang, workspace: Workspace, *, replications: int, years: int) -> list[str]:
    """Give the command of the report."""
    size = ["--replications", str(replications), "--years", str(years)]
    return ["report", f"{SCENARIO}.yaml", "-o", FOLDER, *size, "--no-store", "--json", "--lang", lang, *_place(workspace)]


def comparison_command(draft: Draft, lang: Lang, workspace: Workspace) -> list[str]:
    """Give the command of the comparison table as a document."""
    base = base_of(draft)
    return ["diff", base, f"{base}+{FILE_SHOWN}", "--to", "docx", "-o", FOLDER, "--json", "--lang", lang, *_place(workspace)]


def _place(workspace: Workspace) -> list[str]:
    """Name the workspace; one that is shipped is found without, and would be taken for somebody's own if it were named."""
    return [] if workspace.is_shipped else ["--workspace", str(workspace.root)]


def _in_both(key: str, draft: Draft) -> dict[str, str]:
    return {lang: translate(key, lang, title=draft.base.title.in_language(lang)) for lang in LANGUAGES}
