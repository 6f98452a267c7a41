"""Where an option tips over, in sentences made from the numbers: what is asked of it, in how many futures it misses that, and under which conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.experiments.mathematics.discovery import AIM
from simulator.experiments.tipping.results import LEADER_SHARE, UNIT_SIZE
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_number, format_percent, format_shortest
from simulator.presentation.results.margins import amount_words
from simulator.presentation.wording import indicator_name, list_words, pick, quoted

if TYPE_CHECKING:
    from simulator.experiments.tipping.results import FutureInput, OptionRobustness, OptionTipping, Restriction, Tipping, TippingBox, TippingEvent
    from simulator.presentation.numbers import Lang

ANY: Final = "any"


def input_name(each: FutureInput, lang: Lang) -> str:
    """Call an input by its name."""
    return translate(f"tipping.input.{each.id}", lang) if each.title is None else pick(each.title, lang)


def setting(each: FutureInput, value: float, lang: Lang) -> str:
    """Write a value of an input, with its unit where it is a feature of the population."""
    if each.kind != "population":
        return format_shortest(round(value, 10), lang)
    if each.id == UNIT_SIZE:
        return translate("tipping.members", lang, n=format_number(value, lang))
    return format_percent(value, lang, 1 if each.id == LEADER_SHARE else 0)


def conditions(tipping: Tipping, restrictions: list[Restriction], lang: Lang) -> str:
    """Say what a box asks, input after input, the most telling first."""
    by_input: dict[str, list[Restriction]] = {}
    for each in restrictions:
        by_input.setdefault(each.input, []).append(each)
    return list_words([_condition(tipping.input(name), asked, lang) for name, asked in by_input.items()], lang)


def _condition(each: FutureInput, asked: list[Restriction], lang: Lang) -> str:
    if asked[0].side == "among":
        others = [name for name in each.choices if name not in asked[0].among]
        is_short = len(asked[0].among) <= len(others)
        names = quoted([translate(f"structure.{name}", lang) for name in (asked[0].among if is_short else others)], lang, "tipping.or")
        return translate(f"tipping.condition.{'among' if is_short else 'not'}", lang, names=names)
    ends = {one.side: setting(each, one.limit or 0.0, lang) for one in asked}
    side = "between" if len(ends) > 1 else asked[0].side
    return translate(f"tipping.condition.{side}", lang, name=_in_a_sentence(input_name(each, lang)), **ends)


def _in_a_sentence(name: str) -> str:
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def shown_event(option: OptionTipping) -> TippingEvent:
    """Choose what is said and drawn of an option: all targets together, or the first that a box tells where none tells of them."""
    return next((event for event in option.events.values() if event.word == "box"), option.events[ANY])


def is_told(option: OptionTipping) -> bool:
    """Whether a box tells when an option tips over: its coverage and density are as they should be."""
    return shown_event(option).word == "box"


def what_happens(tipping: Tipping, event: TippingEvent, lang: Lang, *, holds: str = "misses") -> str:
    """Say in a few words what missing, or meeting, the target of an event is."""
    is_compared = all(target.rule == "not-further" for target in tipping.targets)
    kind = "compared" if is_compared else "stated"
    how_many = "one" if event.target != ANY else "any"
    fields = {"n": format_count(len(tipping.targets), lang), "baseline": pick(tipping.baseline_title, lang)}
    if event.target != ANY:
        fields["indicator"] = indicator_name(event.target, lang)
    return translate(f"tipping.{holds}.{kind}-{how_many}", lang, **fields)


def say_option(tipping: Tipping, option: OptionTipping, lang: Lang = "vi") -> str:
    """Say where an option tips over."""
    return say_event(tipping, option, shown_event(option), lang)


def say_event(tipping: Tipping, option: OptionTipping, event: TippingEvent, lang: Lang = "vi") -> str:
    """Say in how many futures an option misses a target, and in which; that no box tells it where none does."""
    fields = {
        "option": pick(option.title, lang),
        "what": what_happens(tipping, event, lang),
        "n": format_count(event.futures, lang),
        "missed": format_count(event.missed, lang),
        "aim": format_percent(AIM, lang),
    }
    if event.box is None:
        return translate(f"tipping.says.{event.word}", lang, **fields)
    fields["what"] = what_happens(tipping, event, lang, holds=event.box.holds)
    fields["conditions"] = conditions(tipping, event.box.restrictions, lang)
    word = "weak" if event.word == "weak" else "only" if is_only(event.box) else "mainly"
    return f"{translate(f'tipping.says.{word}', lang, **fields)} {_fit(event.box, event.futures, lang)}"


def is_only(box: TippingBox) -> bool:
    """Whether *only if* is true: every case lies inside."""
    return box.cases_inside == box.cases


def _fit(box: TippingBox, futures: int, lang: Lang) -> str:
    return translate(
        "tipping.fit",
        lang,
        cases=format_count(box.cases, lang),
        n=format_count(futures, lang),
        coverage=format_percent(box.coverage, lang),
        density=format_percent(box.density, lang),
        share=format_percent(box.cases / max(futures, 1), lang),
        coverage_out=format_percent(box.coverage_left_out, lang),
        density_out=format_percent(box.density_left_out, lang),
    )


def say_map(tipping: Tipping, lang: Lang = "vi") -> str:
    """Say which options meet all targets in most futures, and which have the smallest largest regret; equals are named together.

    Where the scenario states targets, *keep as is* is among them. Where the target is not to be worse than it, it meets that by definition, and only the
    options that change something are ranked.
    """
    changing = {option.id for option in tipping.options}
    is_stated = any(target.rule != "not-further" for target in tipping.targets)
    rows = [row for row in tipping.robustness if is_stated or row.id in changing]
    best = max(rows, key=lambda row: -1.0 if row.together.share is None else row.together.share)
    alike = [row for row in rows if row.together.share == best.together.share]
    told = sorted({row.together.futures for row in alike})  # of each, the futures in which its targets are told
    fields = {
        "options": quoted([pick(row.title, lang) for row in alike], lang),
        "share": format_percent(best.together.share, lang),
        "n": "–".join(format_count(n, lang) for n in (told[:1] if len(told) == 1 else (told[0], told[-1]))),
    }
    least = next(row for row in tipping.robustness if row.id == tipping.least_regret)
    first = translate(f"tipping.map.{_saying(best, n_options=len(rows), is_stated=is_stated)}", lang, **fields)
    if least.largest_regret is None:
        return first
    equals = [pick(row.title, lang) for row in tipping.robustness if row.largest_regret == least.largest_regret]
    regret = {"options": quoted(equals, lang), "regret": say_regret(least, lang)}
    return f"{first} {translate('tipping.map.regret', lang, **regret)}"


def _saying(best: OptionRobustness, *, n_options: int, is_stated: bool) -> str:
    if not best.together.met:
        return "unknown" if best.together.share is None else "none"
    return "says" if is_stated else "says-changing" if n_options > 1 else "says-alone"


def say_regret(row: OptionRobustness, lang: Lang) -> str:
    """Write the largest regret of an option."""
    return translate("table.undefined", lang) if row.largest_regret is None else format_number(row.largest_regret, lang, 1)


def thinned_futures(tipping: Tipping, lang: Lang, *, is_explained: bool = False) -> list[str]:
    """Say that a future has fewer people than the scenario, briefly where it was explained before; nothing where it has not."""
    if tipping.members_asked is None or tipping.members_asked >= tipping.members_in_scenario:
        return []
    sizes = {"members": format_count(tipping.members_asked, lang), "all": format_count(tipping.members_in_scenario, lang)}
    return [translate("tipping.note.thinned-as-before" if is_explained else "tipping.note.thinned", lang, **sizes)]


def notes(tipping: Tipping, lang: Lang) -> list[str]:
    """Say how the study was made, what was asked, and how far luck decides."""
    fields = {
        "futures": format_count(tipping.futures, lang),
        "inputs": format_count(len(tipping.inputs), lang),
        "replications": format_count(tipping.replications, lang),
        "years": format_count(tipping.years, lang),
        "seed": str(tipping.seed),
    }
    told = [translate("tipping.note.how", lang, **fields), _target_words(tipping, lang)]
    if tipping.idle:
        told.append(translate("tipping.note.idle", lang, n=format_count(len(tipping.idle), lang)))
    told += thinned_futures(tipping, lang) or [translate("tipping.note.full", lang, all=format_count(tipping.members_in_scenario, lang))]
    told.append(translate("tipping.note.words", lang, aim=format_percent(AIM, lang)))
    if tipping.repeated:
        least = min(option.repeated_alike for option in tipping.options)
        told.append(translate("tipping.note.luck", lang, n=format_count(tipping.repeated, lang), least=format_count(least, lang)))
    if tipping.failures:
        told.append(translate("tipping.note.failed", lang, n=format_count(len(tipping.failures), lang)))
    return told


def _target_words(tipping: Tipping, lang: Lang) -> str:
    if all(target.rule == "not-further" for target in tipping.targets):
        asked = [
            translate(
                "tipping.target.margin",
                lang,
                indicator=indicator_name(each.indicator, lang),
                margin=amount_words(each.indicator, each.margin, "difference", lang),
            )
            for each in tipping.targets
        ]
        return translate("tipping.note.compared", lang, targets=list_words(asked, lang), baseline=pick(tipping.baseline_title, lang))
    stated = [
        translate(
            f"tipping.target.{each.rule}",
            lang,
            indicator=indicator_name(each.indicator, lang),
            bound=amount_words(each.indicator, each.bound or 0.0, "value", lang),
        )
        for each in tipping.targets
    ]
    return translate("tipping.note.stated", lang, targets=list_words(stated, lang))
