"""How a source is cited in an official text: *khoản 2 Điều 5 Luật số 06/2022/QH15*, with the mark of how sure we are of having read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.wording import pick
from simulator.rules.citation import InstrumentRegister

if TYPE_CHECKING:
    from simulator.experiments.results.records import BilingualText
    from simulator.presentation.numbers import Lang
    from simulator.rules.citation import Source

NO_REGISTER = InstrumentRegister()
_PREAMBLE = "Phần mở đầu"
_UNITS = {"điều": "article", "khoản": "clause", "điểm": "point", "mục": "section", "phần": "part", "chương": "chapter", "phụ lục": "annex"}
_UNIT = re.compile(rf"({'|'.join(_UNITS)}) ([0-9]+[a-zđ]?|[IVX]+|[a-zđ]|[A-Z])(?: |$)", re.IGNORECASE)


def cite(source: Source, lang: Lang, register: InstrumentRegister = NO_REGISTER, *, is_amended: bool = False) -> str:
    """Cite a source: the provision, smallest first in Vietnamese, and the instrument by kind and number; its id where nobody registered it.

    Parameters
    ----------
    source
        What a clause cites.
    lang
        The language.
    register
        The instruments known.
    is_amended
        Whether what it is cited for changes what it says (:attr:`simulator.rules.criteria.CriteriaSet.amended`); it is then said to be amended.
    """
    instrument = _instrument(source.instrument, lang, register)
    cited = instrument
    if source.provision is not None:
        cited = translate("citation.provision", lang, provision=provision_words(source.provision, lang), instrument=instrument)
    if not is_amended:
        return cited
    return translate("citation.amends" if source.provision is not None else "citation.amends.instrument", lang, citation=cited)


def cite_with_confidence(source: Source | None, lang: Lang, register: InstrumentRegister = NO_REGISTER, *, is_amended: bool = False) -> str:
    """Cite a source with its confidence mark; say that it is assumed where there is none."""
    if source is None:
        return translate("citation.assumed", lang)
    citation = cite(source, lang, register, is_amended=is_amended)
    return translate("citation.confidence", lang, citation=citation, confidence=translate(f"table.confidence.{source.confidence}", lang))


def provision_words(provision: str, lang: Lang) -> str:
    """Put a provision in the order in which it is cited; what is not made of articles, clauses and points stays as it was written.

    Examples
    --------
    >>> provision_words("Điều 5 khoản 2 điểm a", "vi"), provision_words("Điều 5 khoản 2 điểm a", "en")
    ('điểm a khoản 2 Điều 5', 'Article 5, clause 2, point a')
    """
    return translate("citation.provision.joined", lang).join(_one_provision(part, lang) for part in re.split(r"[;,] ", provision))


def source_words(source: BilingualText, lang: Lang) -> str:
    """Give a source that a record keeps as *title, provision* in the order in which it is cited; names stay as they are.

    Examples
    --------
    >>> source = {"vi": "Công văn về thi đua, khen thưởng, Mục 3 điểm a", "en": "Letter of Hà Nội, Mục 3 điểm a"}
    >>> source_words(source, "vi"), source_words(source, "en")
    ('điểm a Mục 3 Công văn về thi đua, khen thưởng', 'Letter of Hà Nội, Section 3, point a')
    """
    text = pick(source, lang)
    for comma in re.finditer(", ", text):
        provision = text[comma.end() :]
        if all(_is_read(part) for part in re.split(r"[;,] ", provision)):
            words, title = provision_words(provision, lang), text[: comma.start()]
            return translate("citation.provision", lang, provision=words, instrument=title) if lang == "vi" else f"{title}, {words}"
    return text


def _is_read(provision: str) -> bool:
    """Whether a provision is made of units we know the words for."""
    return provision == _PREAMBLE or not _UNIT.sub("", provision)


def instrument_words(register: InstrumentRegister, lang: Lang) -> dict[str, str]:
    """Give the short citation of every instrument, as names that sentences take (``instruments.<id>``)."""
    return {f"instruments.{each}": _instrument(each, lang, register) for each in register.instruments}


def _one_provision(provision: str, lang: Lang) -> str:
    if provision == _PREAMBLE:
        return translate("citation.preamble", lang)
    if not _is_read(provision):
        return provision
    words = [translate(f"citation.{_UNITS[unit.lower()]}", lang, n=number) for unit, number in _UNIT.findall(provision)]
    return " ".join(reversed(words)) if lang == "vi" else ", ".join(words)


def _instrument(instrument_id: str, lang: Lang, register: InstrumentRegister) -> str:
    if instrument_id not in register:
        return instrument_id
    instrument = register[instrument_id]
    if instrument.number is None:
        return instrument.title.in_language(lang)
    return translate(f"citation.kind.{instrument.kind}", lang, number=instrument.number)
