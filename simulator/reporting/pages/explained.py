"""One nominee explained on a page of its own: who, the decision, every clause, and the smallest change that would flip it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.scores.explaining import Explainer
from simulator.reporting.document import Paragraph, Section, TableBlock
from simulator.rules.linting import find_register
from simulator.workspace import find_workspace

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.reporting.document import Block
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.explanation import Explanation
    from simulator.scoring.roster import Roster


def show_explanation(explanation: Explanation, criteria: CriteriaSet, roster: Roster, lang: Lang = "vi") -> Section:
    """Show why one nominee stands where it stands; the same words as ``tieuchi explain``.

    Parameters
    ----------
    explanation
        From :func:`simulator.scoring.explanation.explain`.
    criteria, roster
        What it was made with.
    lang
        Language of the words.
    """
    explainer = Explainer(criteria, roster.year, lang, instruments=find_register(find_workspace()))
    failed = explainer.first_failed(explanation)
    before = [explainer.set_line(), translate("explain.decision", lang, decision=explainer.decision(explanation.decision, explanation.award))]
    after = [
        *([translate("explain.first-failed", lang, sentence=failed)] if failed else []),
        *explainer.change(explanation),
        translate("explain.disclaimer", lang),
    ]
    blocks: list[Block] = [*map(Paragraph, before), TableBlock(explainer.table(explanation)), *map(Paragraph, after)]
    return Section("explanation", lang, explainer.heading(explanation), blocks)
