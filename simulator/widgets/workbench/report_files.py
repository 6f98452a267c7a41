"""A draft as the program reads it: the overlay, and a scenario that sets it against its base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from simulator.errors import InputError
from simulator.presentation.i18n import translate
from simulator.presentation.wording import in_both
from simulator.rules.reading import read_yaml
from simulator.rules.values import LANGUAGES
from simulator.rules.writing import write_data
from simulator.widgets.codes import make_finding
from simulator.widgets.drafting.draft import DRAFT_ID, FILE_SHOWN
from simulator.widgets.workbench.trial_panel import PEOPLE

if TYPE_CHECKING:
    import datetime

    from simulator.presentation.numbers import Lang
    from simulator.rules.values import Text
    from simulator.widgets.drafting.draft import Draft
    from simulator.workspace import Workspace

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


def scenario_id(overlay_id: str = DRAFT_ID) -> str:
    """Name the scenario that sets a draft against its base."""
    return f"{overlay_id}-against-base"


def draft_files(draft: Draft, workspace: Workspace, title: Text | None = None, why: Text | None = None, overlay_id: str = DRAFT_ID) -> dict[str, str]:
    """Write a draft and its scenario: the people, the behaviour and the luck are those drafts are tried on, and all of them.

    Parameters
    ----------
    draft
        The draft.
    workspace
        Where the scenario of the people is.
    title, why
        What the draft is called and the reason for it, as far as somebody said so.
    overlay_id
        Its id, by which its file is named.

    Returns
    -------
        Name of a file → its content.
    """
    scenario = _scenario(draft, workspace, title or in_both("draft.untitled"), overlay_id)
    return {f"{overlay_id}.yaml": draft.overlay(overlay_id, title=title, why=why), f"{scenario_id(overlay_id)}.yaml": write_data(scenario)}


def _scenario(draft: Draft, workspace: Workspace, called: Text, overlay_id: str) -> dict[str, Any]:
    path = workspace.scenarios / f"{PEOPLE}.yaml"
    people = read_yaml(path, workspace.show(path)).data
    base = base_of(draft)
    own = {
        "id": scenario_id(overlay_id),
        "title": _in_both("workbench.report.title", draft, called),
        "question": _in_both("workbench.report.question", draft, called),
        "baseline": base,
        "options": [{"id": overlay_id, "title": called.model_dump(), "criteria": f"{base}+{overlay_id}.yaml"}],
    }
    return {name: value for name, value in (people | own).items() if name not in _ABOUT_ANOTHER_QUESTION}


def report_command(
    lang: Lang, workspace: Workspace, *, replications: int, years: int, overlay_id: str = DRAFT_ID, on: datetime.date | None = None
) -> list[str]:
    """Give the command of the report; it bears the day it is made on, for the day of the scenario is that of the people lent to it."""
    size = ["--replications", str(replications), "--years", str(years), *([] if on is None else ["--date", on.isoformat()])]
    return ["report", f"{scenario_id(overlay_id)}.yaml", "-o", FOLDER, *size, "--no-store", "--json", "--lang", lang, *_place(workspace)]


def numbers_command(lang: Lang, *, replications: int, years: int, overlay_id: str = DRAFT_ID) -> list[str]:
    """Give the command that finds the numbers of the report again, for whoever has its files; what language it speaks in is left out where it is the usual one."""
    spoken = [] if lang == LANGUAGES[0] else ["--lang", lang]
    return ["compare", f"{scenario_id(overlay_id)}.yaml", "--replications", str(replications), "--years", str(years), *spoken]


def comparison_command(draft: Draft, lang: Lang, workspace: Workspace, overlay_id: str = DRAFT_ID) -> list[str]:
    """Give the command of the comparison table as a document."""
    base = base_of(draft)
    return ["diff", base, f"{base}+{overlay_id}.yaml", "--to", "docx", "-o", FOLDER, "--json", "--lang", lang, *_place(workspace)]


def _place(workspace: Workspace) -> list[str]:
    """Name the workspace; one that is shipped is found without, and would be taken for somebody's own if it were named."""
    return [] if workspace.is_shipped else ["--workspace", str(workspace.root)]


def _in_both(key: str, draft: Draft, called: Text) -> dict[str, str]:
    return {lang: translate(key, lang, draft=called.in_language(lang), title=draft.base.title.in_language(lang)) for lang in LANGUAGES}
