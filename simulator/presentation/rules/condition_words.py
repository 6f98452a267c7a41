"""A condition of a rule as one clause of a sentence, in Vietnamese and in English.

The words follow the condition exactly, so that a changed number is a changed word: nothing is summed up, nothing is left out. Awards, parts of a
scoring table and classes are named by their titles where the caller knows them (:func:`names_of`), and by their ids otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.numbers import format_exact
from simulator.presentation.wording import list_words
from simulator.rules.conditions import TOTAL, AllOf, AnyOf, ClassTest, Not, PointsTest
from simulator.rules.facts import Test

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.presentation.numbers import Lang
    from simulator.rules.conditions import Condition
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.points import Band

NO_NAMES: Mapping[str, str] = {}
_EVERY_PART = frozenset({TOTAL, "every-criterion"})
_MEMBERS = frozenset({"members-awarded", "members-rated"})
_ALL_REMEMBERED = 31
"""A window as long as what a list can hold stands for *ever*: the number is a limit of lists, and of no rule."""


def names_of(criteria: CriteriaSet, lang: Lang) -> dict[str, str]:
    """Give the title of each award by its id, and of each part of the scoring table and each class by its path."""
    names = {path: clause.title.in_language(lang) for path, clause in criteria.iter_clauses() if path.startswith(("points.", "classes."))}
    return names | {award_id: award.title.in_language(lang) for award_id, award in criteria.awards.items()}


def condition_text(condition: Condition, lang: Lang, names: Mapping[str, str] = NO_NAMES) -> str:
    """Say what must be true, as a part of a sentence.

    Parameters
    ----------
    condition
        The condition.
    lang
        The language.
    names
        Titles of awards, parts and classes, as :func:`names_of` gives them.
    """
    if isinstance(condition, Test):
        return _test(condition, lang, names)
    if isinstance(condition, PointsTest):
        return _points_test(condition, lang, names)
    if isinstance(condition, ClassTest):
        return _class_test(condition, lang, names)
    if isinstance(condition, Not):
        return _denial(condition.not_, lang, names)
    return _several(condition, lang, names)


def _several(condition: AllOf | AnyOf, lang: Lang, names: Mapping[str, str]) -> str:
    """Say several conditions as a numbered list; one alone, and what is one thing written as many, is said as itself."""
    if (earlier := _earlier_award(condition)) is not None:
        award, years = earlier
        return translate("condition.award-count.earlier", lang, award=names.get(award, award), years=format_exact(years, lang))
    word, parts = ("all", condition.all) if isinstance(condition, AllOf) else ("any", condition.any)
    if len(parts) == 1:
        return condition_text(parts[0], lang, names)
    numbered = [translate("condition.numbered", lang, n=str(number), part=_inner(part, lang, names)) for number, part in enumerate(parts, 1)]
    return translate(f"condition.{word}", lang, parts="; ".join(numbered))


def is_of_several(condition: Condition) -> bool:
    """Say whether a condition is told as a list of parts."""
    if not isinstance(condition, AllOf | AnyOf) or _earlier_award(condition) is not None:
        return False
    parts = condition.all if isinstance(condition, AllOf) else condition.any
    return len(parts) > 1 or is_of_several(parts[0])


def _earlier_award(condition: Condition) -> tuple[str, int] | None:
    """Recognise *had the award before the last years*, which tests can only write as *for some count, that many in all and fewer of late*.

    It is that exactly where the counts run from one to the years of the window, an award being given once a year at most, and one more is enough by itself.
    """
    if not isinstance(condition, AnyOf) or len(condition.any) < 2:  # noqa: PLR2004 - one count and the last
        return None
    *counts, last = condition.any
    years = len(counts)
    if not isinstance(last, Test) or last.award is None:
        return None
    ever = Test(fact="award-count", award=last.award, within_years=_ALL_REMEMBERED, at_least=1)
    expected = [
        AllOf(
            all=(
                ever.model_copy(update={"at_least": count}),
                Not.model_validate({"not": ever.model_copy(update={"at_least": count, "within_years": years})}),
            )
        )
        for count in range(1, years + 1)
    ]
    is_so = counts == expected and last == ever.model_copy(update={"at_least": years + 1})
    return (last.award, years) if is_so else None


def band_words(band: Band, lang: Lang) -> str:
    """Say a range of numbers: *from 80 to below 90*, *90 or more*."""
    bounds = {name: format_exact(value, lang) for name in ("at_least", "above", "at_most", "below") if (value := getattr(band, name)) is not None}
    if not bounds:
        return translate("condition.band.only.open", lang)
    prefix = "condition.band.only" if len(bounds) == 1 else "condition.band"
    return " ".join(translate(f"{prefix}.{name}", lang, n=number) for name, number in bounds.items())


def part_words(part: str, lang: Lang, names: Mapping[str, str] = NO_NAMES) -> str:
    """Name what a test of points looks at: the total, every criterion, or one part of the table."""
    if part in _EVERY_PART:
        return translate(f"condition.points.{part}", lang)
    return translate("condition.points.part", lang, part=names.get(f"points.{part}", part))


def _inner(condition: Condition, lang: Lang, names: Mapping[str, str]) -> str:
    """Say a condition inside another: several parts stand in brackets, joined by one word."""
    if isinstance(condition, Test | PointsTest | ClassTest | Not) or _earlier_award(condition) is not None:
        return condition_text(condition, lang, names)
    word, parts = ("and", condition.all) if isinstance(condition, AllOf) else ("or", condition.any)
    joined = translate(f"condition.{word}", lang).join(_inner(part, lang, names) for part in parts)
    return joined if len(parts) == 1 else translate("condition.inner", lang, parts=joined)


def _class_test(test: ClassTest, lang: Lang, names: Mapping[str, str]) -> str:
    classes = [_quote(names.get(f"classes.{each}", each), lang) for each in test.class_]
    return translate("condition.class", lang, classes=_one_of(classes, lang))


def _denial(condition: Condition, lang: Lang, names: Mapping[str, str]) -> str:
    """Say that something must not be; what officials have a plain word for is said in it."""
    if isinstance(condition, Test) and f"condition.not.{condition.fact}" in catalogue(lang):
        return translate(f"condition.not.{condition.fact}", lang)
    return translate("condition.not", lang, part=_inner(condition, lang, names))


def _test(test: Test, lang: Lang, names: Mapping[str, str]) -> str:
    more = "" if test.more_than_share is None else ".more"
    if test.fact == "award-count" and test.within_years is not None and test.within_years >= _ALL_REMEMBERED:
        more = ".ever-once" if test.at_least == 1 else ".ever"
    grade = test.at_least if isinstance(test.at_least, str) else test.rating
    fields = {
        "n": format_exact(test.at_least, lang) if isinstance(test.at_least, int) else "",
        "grade": translate(f"condition.grade.{grade}", lang) if grade else "",
        "award": names.get(test.award, test.award) if test.award else "",
        "within": "" if test.within_years is None else format_exact(test.within_years, lang),
        "share": "" if test.share is None else format_exact(test.share, lang, is_percent=True),
        "below": "" if test.below is None else format_exact(test.below, lang),
        "one_of": _one_of(
            [sector_words(each, lang) if test.fact == "sector" else _word(f"report.role.{each}", each, lang) for each in test.one_of or ()], lang
        ),
        "details": _details(test, lang),
    }
    if test.fact in _MEMBERS:
        amount = "both" if fields["n"] and fields["share"] else "count" if fields["n"] else "share"
        fields["amount"] = translate(f"condition.amount.{amount}{more}", lang, n=fields["n"], share=fields["share"])
        more = ""
    of_one = f"condition.{test.fact}.one"
    is_of_one = not more and test.at_least == 1 and test.share is None and of_one in catalogue(lang)
    return translate(of_one if is_of_one else f"condition.{test.fact}{more}", lang, **fields)


def _details(test: Test, lang: Lang) -> str:
    """Say what more is asked of initiatives: how far they reach, how old they may be, whether they are used up."""
    if test.fact != "unused-initiatives":
        return ""
    parts = []
    if test.scope is not None:
        parts.append(translate("condition.unused-initiatives.scope", lang, scope=translate(f"condition.scope.{test.scope}", lang)))
    if test.within_years is not None:
        parts.append(translate("condition.unused-initiatives.within", lang, within=format_exact(test.within_years, lang)))
    return "".join([*parts, translate(f"condition.unused-initiatives.{'consumed' if test.consumed else 'kept'}", lang)])


def _points_test(test: PointsTest, lang: Lang, names: Mapping[str, str]) -> str:
    keys = [name for name in type(test).model_fields if name != "points"]
    key, value = next((name, value) for name in keys if (value := getattr(test, name)) is not None)
    number = format_exact(value, lang, is_percent="share" in key)
    return translate(f"condition.points.{key}", lang, what=part_words(test.points, lang, names), n=number)


def _one_of(words: list[str], lang: Lang) -> str:
    """Join words of which one must hold."""
    return translate("condition.or", lang).join(words)


def _word(key: str, otherwise: str, lang: Lang) -> str:
    return catalogue(lang).get(key, otherwise)


def _quote(text: str, lang: Lang) -> str:
    return translate("table.quoted", lang, text=text)


def sector_words(sector: str, lang: Lang) -> str:
    """Name a sector; one that nobody has worded stands in quotation marks."""
    return _word(f"column.sector.word.{sector}", _quote(sector, lang), lang)


def list_quoted(ids: tuple[str, ...], lang: Lang, names: Mapping[str, str] = NO_NAMES) -> str:
    """Name several awards, each by its title in quotation marks."""
    return list_words([_quote(names.get(each, each), lang) for each in ids], lang)
