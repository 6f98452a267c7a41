"""Footnotes of the tables of a comparison that only some comparisons need: what their numbers stand on where that is not the usual."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_exact
from simulator.presentation.wording import pick

if TYPE_CHECKING:
    from simulator.experiments.results import Comparison
    from simulator.presentation.numbers import Lang

_ASIDE = re.compile(r"\s*\([^()]*\)$")


def override_notes(comparison: Comparison, lang: Lang) -> list[str]:
    """Name the assumptions for which the scenario has a value of its own, with that value and the usual one; nothing where it has none."""
    changes = [
        translate(
            "table.note.override",
            lang,
            assumption=translate("table.quoted", lang, text=_ASIDE.sub("", pick(assumption.title, lang))),
            value=format_exact(assumption.value, lang),
            default=format_exact(assumption.default, lang),
        )
        for assumption in comparison.assumptions
        if assumption.default is not None
    ]
    return [translate("table.note.overrides", lang, assumptions="; ".join(changes))] if changes else []
