"""Free text of a rule file as an official document prints it: provisions in citing order, a true minus sign, no abbreviation that was not introduced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import MINUS
from simulator.presentation.rules.citing import provision_words
from simulator.presentation.wording import sentence_case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.presentation.numbers import Lang

_PROVISION = re.compile(r"\b(?:Điều \d+[a-zđ]?(?: khoản \d+[a-zđ]?)(?: điểm [a-zđ])?|Mục \d+(?: khoản \d+)?(?: điểm [a-zđ]))(?![\w–-])")
_HYPHEN_FOR_MINUS = re.compile(r"(?<![^\s(\[“])-(?=\d)")
_ABBREVIATION = re.compile(r"(?<![\w/-])UBND(?![\w/-])")
"""The abbreviation in a sentence; in the number of an instrument, such as 3959/UBND-NC, it stays."""
_SEE = re.compile(r"\((?:xem|see) ([a-z][a-z0-9-]+)\)")


def printed(text: str, lang: Lang, titles: Mapping[str, str] | None = None) -> str:
    """Put the words of whoever wrote a rule in the form in which a report prints them; nothing is added and nothing left out.

    Parameters
    ----------
    text
        The words.
    lang
        Their language.
    titles
        Titles of clauses by their ids, for words that refer to one by its id.

    Examples
    --------
    >>> printed("theo Điều 2 khoản 4 Nghị định số 65/2014/NĐ-CP; từ -1,0 lên -0,5; Chủ tịch UBND xã; số 3959/UBND-NC", "vi")
    'theo khoản 4 Điều 2 Nghị định số 65/2014/NĐ-CP; từ −1,0 lên −0,5; Chủ tịch Ủy ban nhân dân xã; số 3959/UBND-NC'
    """
    begins_large = text[:1].isupper()
    text = _HYPHEN_FOR_MINUS.sub(MINUS, text)
    if lang == "vi":
        text = _PROVISION.sub(lambda found: provision_words(found[0], lang), text)
        text = _ABBREVIATION.sub(translate("body.peoples-committee", lang), text)
    text = sentence_case(text) if begins_large else text
    return _SEE.sub(lambda found: translate("clause.see", lang, title=(titles or {})[found[1]]) if found[1] in (titles or {}) else found[0], text)
