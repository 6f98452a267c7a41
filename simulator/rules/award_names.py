"""What awards are called: ids and titles in all sets and tables of a workspace, so that a list may name an award in words."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from simulator.errors import InputError
from simulator.rules.assembly import iter_set_files
from simulator.rules.reading import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from simulator.workspace import Workspace


def same_words(text: str) -> str:
    """Give what is the same for all ways of writing a name: small or capital letters, marks composed or not, more spaces or fewer."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def award_names(workspace: Workspace) -> dict[str, str]:
    """Return the id that each name stands for; a name that two ids bear stands for neither.

    Parameters
    ----------
    workspace
        Whose sets and scoring tables are looked through; files that cannot be read are passed over.

    Returns
    -------
        Name as :func:`same_words` gives it → id; an id is a name of its own.
    """
    ids_of: dict[str, set[str]] = {}
    for award_id, titles in _titles(workspace):
        for name in (award_id, *titles.values()):
            ids_of.setdefault(same_words(name), set()).add(award_id)
    return {name: next(iter(ids)) for name, ids in ids_of.items() if len(ids) == 1}


def award_title(award_id: str, workspace: Workspace) -> dict[str, str] | None:
    """Return the title of an award in both languages, as the first set by name gives it; ``None`` where no set that can be read has the award."""
    return next((titles for known, titles in _titles(workspace) if known == award_id and {"vi", "en"} <= titles.keys()), None)


def listed_titles(workspace: Workspace, lang: str) -> tuple[str, ...]:
    """List what awards of individuals are called in a language, as sets and tables name them one after the other; each title once, and only one that tells its award."""
    known = award_names(workspace)
    collective = {award_id for award_id, award in _awards(workspace) if award.get("target") == "collective"}
    named = dict.fromkeys(titles[lang] for award_id, titles in _titles(workspace) if lang in titles and award_id not in collective)
    return tuple(title for title in named if same_words(title) in known)


def _titles(workspace: Workspace) -> Iterator[tuple[str, dict[str, str]]]:
    for award_id, award in _awards(workspace):
        yield award_id, {str(lang): str(text) for lang, text in _entries(award.get("title")).items()}


def _awards(workspace: Workspace) -> Iterator[tuple[str, Mapping[Any, Any]]]:
    for path in iter_set_files(workspace):
        try:
            data = read_yaml(path).data
        except InputError:
            continue
        for award_id, award in _entries(_entries(data).get("awards")).items():
            yield str(award_id), _entries(award)


def _entries(value: Any) -> Mapping[Any, Any]:
    return value if isinstance(value, dict) else {}
