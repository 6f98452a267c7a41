"""How large a list must be before turns can be seen in it: units needed by years, the grid of alarms behind that, and a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.experiments.power.results import FEWEST_LISTS, LEVEL, TARGET
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_number, format_percent, format_shortest
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import list_words, pick, sentence_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.power.results import Power, TurnRate, Way
    from simulator.presentation.numbers import Lang

TESTS: Final = ("repeat_deficit", "win_dispersion", "turn_taking_index")
FALSE: Final[tuple[Way, ...]] = ("none", "lot")
"""Ways in which nothing goes by turn: every alarm is false."""
SHARE_TOLD: Final = 0.25
"""The weight of turns that the sentence speaks of."""


class Needed(NamedTuple):
    """How many units a list of so many years needs: the fewest that were tried and suffice, whether that is sure, and whether the test had nothing to say.

    Without units it is sure that none suffice, or else that too few lists were tried to know.
    """

    units: int | None
    is_sure: bool
    is_mute: bool


def cell(power: Power, test: str, way: Way, turn: float, units: int, years: int) -> TurnRate | None:
    """Return one cell of the grid; none of a size that was not tried."""
    wanted = (test, way, turn, units, years)
    return next((each for each in power.turns if (each.test, each.way, each.turn, each.units, each.years) == wanted), None)


def planted(power: Power) -> list[tuple[Way, float]]:
    """List what was planted, in its order."""
    return list(dict.fromkeys((each.way, each.turn) for each in power.turns))


def told_ways(power: Power) -> list[tuple[Way, float]]:
    """List what is told in full of what was planted: nothing, what the sentence speaks of, and nothing but turns."""
    return [each for each in planted(power) if each[0] in (*FALSE, "strict") or each[1] == _told_turn(each[0])]


def grid(power: Power) -> tuple[list[int], list[int]]:
    """Return the numbers of units and of years of the grid; a register's own size stands in it only where it is one of them."""
    tried: dict[int, set[int]] = {}
    lists: dict[int, set[int]] = {}
    for each in power.turns:
        tried.setdefault(each.units, set()).add(each.years)
        lists.setdefault(each.years, set()).add(each.units)
    most = max(map(len, tried.values()), default=0)
    units = sorted(n for n, years in tried.items() if len(years) >= min(most, 2) or most == 1)
    return units, sorted(years for years, sizes in lists.items() if sizes & set(units) and (most == 1 or len(sizes) > 1))


def needed(power: Power, test: str, way: Way, turn: float, years: int) -> Needed:
    """Say how many units a list of so many years needs before the test sees what was planted in eight lists of ten."""
    units, _ = grid(power)
    row = [(n, found.found) for n in units if (found := cell(power, test, way, turn, n, years)) is not None]
    for n, rate in row:
        if rate.reaches == "yes":
            return Needed(n, is_sure=True, is_mute=False)
    is_mute = bool(row) and all(rate.undefined * 2 > rate.lists for _, rate in row)
    if row and row[-1][1].reaches == "unsure":
        return Needed(None if row[-1][1].is_short else row[-1][0], is_sure=False, is_mute=False)
    return Needed(None, is_sure=True, is_mute=is_mute)


def way_words(way: Way, turn: float, lang: Lang) -> str:
    """Say what was planted."""
    return translate(f"power.way.{way}", lang, turn=format_percent(turn, lang))


def needed_words(found: Needed, lang: Lang) -> str:
    """Write how many units are needed."""
    if found.is_mute:
        return translate("power.mute", lang)
    if found.units is None:
        return translate("power.never" if found.is_sure else "power.too-few", lang)
    return format_count(found.units, lang) if found.is_sure else translate("power.about", lang, n=format_count(found.units, lang))


def needed_table(power: Power, lang: Lang = "vi") -> Table:
    """Return the units that a list needs, by test, by what was planted, and by years."""
    units, years = grid(power)
    groups = []
    for test in TESTS:
        rows = [
            Row(way_words(way, turn, lang), tuple(needed_words(needed(power, test, way, turn, year), lang) for year in years))
            for way, turn in planted(power)
            if way not in FALSE
        ]
        groups.append(Group(sentence_case(translate(f"power.test.{test}", lang)), tuple(rows)))
    columns = (sentence_case(translate("power.planted", lang)), *(translate("power.years", lang, n=format_count(year, lang)) for year in years))
    notes = (
        translate("power.note.needed", lang, target=format_percent(TARGET, lang), most=format_count(units[-1], lang)),
        translate("power.note.ways", lang),
        *say_short(power, lang),
        *say_layout(power, lang),
    )
    return Table("power-needed", lang, translate("power.needed.caption", lang), columns, tuple(groups), notes, is_simulated=True)


def grid_table(power: Power, lang: Lang = "vi", shown: Sequence[tuple[Way, float]] | None = None) -> Table:
    """Return how often each test raised an alarm, units by years, for some of what was planted; the register's own size is marked."""
    _, years = grid(power)
    own = (power.laid_out.units, power.laid_out.years) if power.laid_out.kind == "register" else None
    years = sorted({*years, *(each.years for each in power.turns)})
    groups = []
    for test in TESTS:
        for way, turn in told_ways(power) if shown is None else shown:
            rows = []
            for n in power.units():
                found = [cell(power, test, way, turn, n, year) for year in years]
                name = translate("power.units", lang, n=format_count(n, lang))
                is_own = own is not None and n == own[0]
                rows.append(Row(translate("power.own", lang, units=name) if is_own else name, tuple(_rate_words(each, lang) for each in found)))
            title = translate("power.group", lang, test=sentence_case(translate(f"power.test.{test}", lang)), way=way_words(way, turn, lang))
            groups.append(Group(title, tuple(rows)))
    columns = (sentence_case(translate("power.size", lang)), *(translate("power.years", lang, n=format_count(year, lang)) for year in years))
    notes = (translate("power.note.grid", lang, target=format_percent(TARGET, lang)), say_lists(power, lang))
    return Table("power-grid", lang, translate("power.grid.caption", lang), columns, tuple(groups), notes, is_simulated=True)


def _rate_words(found: TurnRate | None, lang: Lang) -> str:
    if found is None:
        return translate("table.none", lang)
    rate = found.found
    if rate.undefined == rate.lists:
        return translate("power.mute", lang)
    return translate(f"power.rate.{rate.reaches}", lang, rate=format_percent(rate.rate, lang))


def say_layout(power: Power, lang: Lang) -> tuple[str, ...]:
    """Say how the lists were laid out, and by which assumptions people were made."""
    laid_out = power.laid_out
    fields = {
        "units": format_count(laid_out.units, lang),
        "members": format_count(laid_out.members, lang),
        "cycle": format_number(laid_out.cycle, lang),
        "years": format_count(laid_out.years, lang),
    }
    if laid_out.kind == "register" or laid_out.title is None:
        told = [translate("power.note.register", lang, **fields)]
    else:
        told = [
            translate(
                "power.note.scenario", lang, title=pick(laid_out.title, lang), whole=format_count(laid_out.members_in_scenario or 0, lang), **fields
            )
        ]
    if laid_out.units_left_out:
        told.append(translate("power.note.left-out", lang, n=format_count(laid_out.units_left_out, lang)))
    numbers = {name.replace("_", "-"): format_shortest(value, lang) for name, value in power.numbers.items()}
    told.append(translate("power.note.society", lang, **{name.replace("-", "_"): value for name, value in numbers.items()}))
    if power.failed:
        told.append(translate("power.note.failed", lang, n=format_count(power.failed, lang)))
    return tuple(told)


def say_lists(power: Power, lang: Lang) -> str:
    """Say how many lists stand behind a cell."""
    counts = sorted({each.found.lists for each in power.turns})
    return translate("power.note.lists", lang, least=format_count(counts[0], lang), most=format_count(counts[-1], lang))


def say_short(power: Power, lang: Lang) -> tuple[str, ...]:
    """Say how many runs are needed where there are too few for any test to reach the target surely; nothing where there are enough."""
    if power.runs_needed() is None:
        return ()
    fields = {"fewest": format_count(FEWEST_LISTS, lang), "target": format_percent(TARGET, lang)}
    return (translate("power.note.short", lang, **fields, **_runs(power, lang)),)


def _runs(power: Power, lang: Lang) -> dict[str, str]:
    return {"n": format_count(power.replications, lang), "needed": format_count(power.runs_needed() or power.replications, lang)}


def false_rate(power: Power, test: str, way: str) -> float:
    """Return how often a test raised a false alarm, over lists of all sizes: a single size has too few lists to tell 5 in 100 from 10."""
    found = [each.found for each in power.turn_rates(test) if each.way == way]
    return sum(each.alarms for each in found) / max(sum(each.lists for each in found), 1)


def smallest(power: Power, way: Way, turn: float) -> TurnRate | None:
    """Return the smallest list, in units times years, in which any test surely sees what was planted."""
    seen = [each for each in power.turns if (each.way, each.turn) == (way, turn) and each.found.reaches == "yes"]
    return min(seen, key=lambda each: (each.units * each.years, each.years, TESTS.index(each.test)), default=None)


def say_power(power: Power, lang: Lang = "vi") -> str:
    """Say how large a list must be before turns can be claimed, how often they are claimed wrongly, and what cannot be seen at all."""
    told = [_say_own(power, lang)] if power.laid_out.kind == "register" else []
    told += [_say_smallest(power, way, lang) for way in ("weighed", "whole-years") if (way, _told_turn(way)) in planted(power)]
    false = {(test, way): false_rate(power, test, way) for test in TESTS for way in FALSE}
    test, way = max(false, key=lambda each: false[each])
    key = "few" if false[test, way] <= LEVEL else "many"
    words = translate(f"power.test.{test}", lang)
    told.append(translate(f"power.says.false-{key}", lang, test=words, way=way_words(way, 0.0, lang), rate=format_percent(false[test, way], lang, 1)))
    mute = [year for year in grid(power)[1] if ("strict", 1.0) in planted(power) and needed(power, "repeat_deficit", "strict", 1.0, year).is_mute]
    if mute:
        told.append(translate("power.says.mute", lang, years=format_count(max(mute), lang), cycle=format_number(power.laid_out.cycle, lang)))
    return " ".join(told)


def _told_turn(way: str) -> float:
    return SHARE_TOLD if way == "weighed" else 2 * SHARE_TOLD


def _say_smallest(power: Power, way: Way, lang: Lang) -> str:
    turn = _told_turn(way)
    found, words = smallest(power, way, turn), way_words(way, turn, lang)
    if found is None:
        is_short = any(each.found.is_short for each in power.turns if (each.way, each.turn) == (way, turn))
        return translate("power.says.short", lang, way=words, **_runs(power, lang)) if is_short else translate("power.says.never", lang, way=words)
    return translate(
        "power.says.smallest",
        lang,
        way=words,
        units=format_count(found.units, lang),
        years=format_count(found.years, lang),
        test=translate(f"power.test.{found.test}", lang),
        rate=format_percent(found.found.rate, lang),
        target=format_percent(TARGET, lang),
    )


def _say_own(power: Power, lang: Lang) -> str:
    """Say what a list of the register's own size shows, and what not; and what nobody can know, for too few lists were tried."""
    sizes = [each for each in power.turns if each.years == power.laid_out.years and each.units == min(power.laid_out.units, max(power.units()))]
    ways = [each for each in planted(power) if each[0] not in FALSE]
    seen = [way for way in ways if any((each.way, each.turn) == way and each.found.reaches == "yes" for each in sizes)]
    short = [way for way in ways if way not in seen and any((each.way, each.turn) == way and each.found.is_short for each in sizes)]
    unseen = [way for way in ways if way not in {*seen, *short}]
    fields = {"units": format_count(power.laid_out.units, lang), "years": format_count(power.laid_out.years, lang)}
    told = {
        name: list_words([translate("table.quoted", lang, text=way_words(*way, lang)) for way in of], lang)
        for name, of in (("seen", seen), ("unseen", unseen), ("short", short))
    }
    if not short:
        return translate(f"power.says.own-{'both' if seen and unseen else 'all' if seen else 'nothing'}", lang, **fields, **told)
    parts = [] if not seen and not unseen else [f"power.says.own-{'both' if seen and unseen else 'seen' if seen else 'unseen'}"]
    return " ".join(translate(key, lang, **fields, **told, **_runs(power, lang)) for key in (*parts, "power.says.own-short"))
