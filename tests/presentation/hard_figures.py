"""Every figure a report may hold, drawn from what is hard to draw: two and ten options, titles of two lines of print, values below zero and unknown."""

from __future__ import annotations

import types
from dataclasses import replace
from fractions import Fraction

from simulator.experiments.comparing.ensemble import lay_side_by_side
from simulator.experiments.results.comparison import Estimate
from simulator.indicators.measurement import INDICATORS, Measured
from simulator.model.behaviour import STRUCTURES
from simulator.presentation.registers.measurement_figures import draw_measured, draw_measured_mix, drawn_indicators
from simulator.presentation.registers.yearly_anonymity import REST, ToldCounts
from simulator.presentation.registers.yearly_figures import draw_counts, draw_years
from simulator.presentation.results.attribution_figures import draw_attribution, draw_effect_waterfall, most_moved
from simulator.presentation.results.figures import draw_allocation_mix, draw_by_year, draw_comparison, draw_comparisons, draw_courses, draw_mechanisms
from simulator.presentation.results.ladder_figure import draw_ladders
from simulator.presentation.results.robustness import draw_robustness
from simulator.presentation.results.tornado import choose, draw_tornado
from simulator.presentation.results.waterfall import draw_waterfall
from simulator.presentation.rules.rounded_shares import RoundedShare
from simulator.presentation.rules.rounding_figure import draw_rounding
from simulator.rules.loading import criteria_from_text
from tests.presentation.influences import NAME, entry, sensitivity_of
from tests.presentation.ladders import step
from tests.presentation.measured import measurement, year_of
from tests.presentation.scored import ASSUMED, TABLE, criteria, explanation, reason, reasons
from tests.presentation.specimen import specimen_comparison
from tests.presentation.split import specimen_attribution

LONG = {
    "vi": "Nâng tỷ lệ người lao động trực tiếp không giữ chức vụ lãnh đạo, quản lý lên 70% (phương án {n})",
    "en": "Raise the floor for direct workers without any leading or managing post to 70% (option number {n})",
}
SHORT = {"vi": "Phương án {n}", "en": "Option {n}"}


def titled(texts, number):
    return {lang: text.format(n=number) for lang, text in texts.items()}


def options_of(comparison, n, titles):
    options = comparison.options
    return [
        replace(options[0] if not at else options[1 + (at - 1) % 3], id=f"o{at}" if at else options[0].id, title=titled(titles, at))
        for at in range(n)
    ]


def comparison_of(n, titles):
    comparison = specimen_comparison()
    return replace(comparison, options=options_of(comparison, n, titles))


def unknown_in(comparison):
    """Give the comparison with nothing known of its last option."""
    *others, last = comparison.options
    nothing = Estimate(None, None, None, 0, "caveat.undefined")
    undefined = dict.fromkeys(("value", "low", "high", "difference", "difference_low", "difference_high"))
    blank = replace(
        last,
        indicators={name: replace(item, **undefined, verdict="not clear") for name, item in last.indicators.items()},
        allocation_mix=dict.fromkeys(last.allocation_mix, nothing),
        reasons=dict.fromkeys(last.reasons),
        by_year={name: [nothing] * len(course) for name, course in last.by_year.items()},
    )
    return replace(comparison, options=[*others, blank])


def of_comparisons(lang):
    """Draw the figures of a comparison; the name of each drawing says which."""
    cases = {
        "two": comparison_of(2, SHORT),
        "four": comparison_of(4, LONG),
        "unknown": unknown_in(comparison_of(5, SHORT)),
        "ten": comparison_of(10, SHORT),
        "ten-long": comparison_of(10, LONG),
    }
    for case, comparison in cases.items():
        yield from ((f"{case} {drawing.id}", drawing) for drawing in draw_comparisons(comparison, lang))
        for draw in (draw_allocation_mix, draw_mechanisms, draw_by_year):
            drawing = draw(comparison, lang)
            yield f"{case} {drawing.id}", drawing
        yield from ((f"{case} {drawing.id}", drawing) for drawing in draw_courses(comparison, lang))
    yield "four comparison", draw_comparison(cases["four"], lang)


def of_structures(lang):
    for n, titles in ((2, LONG), (4, SHORT), (10, SHORT), (10, LONG)):
        ensemble = lay_side_by_side({structure: comparison_of(n, titles) for structure in STRUCTURES})
        yield from ((f"{n} {drawing.id}", drawing) for drawing in draw_robustness(ensemble, lang))


def of_ladders(lang):
    titles = [
        titled({"vi": "Danh hiệu Chiến sĩ thi đua cấp bộ, tỉnh {n}", "en": "Emulation Fighter of a ministry or province {n}"}, n) for n in range(7)
    ]
    for n_rungs, n_options in ((2, 2), (4, 4), (7, 4), (4, 10)):
        ladder = [
            replace(step(f"a{n}", f"a{n + 1}", 123_456.0 / 9**n, None if n == 1 else 0.125), award_title=titles[n], next_title=titles[n + 1])
            for n in range(n_rungs - 1)
        ]
        comparison = comparison_of(n_options, LONG if n_options < 10 else SHORT)
        climbing = replace(comparison, options=[replace(option, ladder=ladder) for option in comparison.options])
        yield from ((f"{n_rungs} rungs {n_options} {drawing.id}", drawing) for drawing in draw_ladders(climbing, lang))


def of_clauses(lang):
    for n_clauses in (1, 4, 30):
        attribution = specimen_attribution(n_clauses=n_clauses, method="exact" if n_clauses < 5 else "sampled")
        option = attribution.options[0]
        parts = [
            replace(part, members=[replace(member, title=titled(LONG, n)) for member in part.members]) if n % 2 else part
            for n, part in enumerate(option.parts)
        ]
        option = replace(option, parts=parts, title=titled(LONG, 1))
        attribution = replace(attribution, options=[option], baseline_title=titled(LONG, 0))
        yield from ((f"{n_clauses} {drawing.id}", drawing) for drawing in draw_attribution(attribution, option, lang))
        for name in {most_moved(option), "merit_kappa"}:
            yield f"{n_clauses} {name}", draw_effect_waterfall(attribution, option, name, lang)


def of_assumptions(lang):
    for n in (1, 20):
        entries = [replace(entry(f"a{k}", 0.1 + 0.02 * k, -0.1 - 0.01 * k), title=titled(LONG, k)) for k in range(n)]
        sensitivity = sensitivity_of(*entries)
        yield f"{n} tornado", draw_tornado(sensitivity, choose(sensitivity, NAME), lang)


def of_shares(lang):
    ways = ("floor", "ceiling", "nearest")
    shares = [
        RoundedShare(share, rounding, tuple(min(size, int(share * size) + 1) for size in (3, 7, 12, 20)), ("Tỷ lệ",))
        for share in (0.15, 0.325, 1.0)
        for rounding in ways[: 1 + int(share * 2)]
    ]
    yield "rounding", draw_rounding(shares, lang)
    yield "one share", draw_rounding(shares[:1], lang)


def of_lists(lang):
    found = dict.fromkeys(INDICATORS, Measured(-0.12345, -0.23456, 0.34567, 1852))
    found["leader_share"] = Measured(None, 0.2, 0.4, 50, "caveat.members-unknown")
    measured = measurement(**found)
    for question in drawn_indicators(measured):
        yield f"measured {question}", draw_measured(measured, question, lang)
    for mix in ((0.5, 0.2, 0.1, 0.2), (0.69, -0.27, 0.0, 0.58), (0.97, 0.01, 0.01, 0.01)):
        yield f"mix {mix}", draw_measured_mix(measurement(mix=mix), lang)
    for n in (2, 6, 25):
        years = [year_of(2000 + k, award_rate=Measured(0.15 + 0.001 * k, 0.1, 0.2, None), leader_share=Measured(0.3, 0.2, 0.4, 9)) for k in range(n)]
        yield from ((f"{n} {drawing.id}", drawing) for drawing in draw_years(years, lang))
        rows = tuple(None if k % 5 == 1 else (15_000 + k, 300, 4000, 1) for k in range(n))
        told = ToldCounts("level", ("1", "2", "3", REST), tuple(range(2000, 2000 + n)), rows)
        yield f"{n} counts", draw_counts(told, lang)


def of_scores(lang):
    table, many = criteria(), 9
    yield "score", draw_waterfall(explanation(), table, lang)
    title = "vi: '{vi}', en: '{en}'"
    parts = [f"      part-{n}: {{kind: event, title: {{{title.format(**titled(LONG, n))}}}, points: 6, each: 1, {ASSUMED}}}\n" for n in range(many)]
    long = criteria_from_text(TABLE.replace("      quality:\n", "".join(parts) + "      quality:\n"))
    inside = [reason(f"results.part-{n}", 4, 6, kind="event") for n in range(many)]
    given = [replace_points(each, 4 * many) if each.clause == "points.results" else each for each in reasons()]
    yield "long score", draw_waterfall(explanation(Fraction("67.5") + 4 * many, (given[0], *inside, *given[1:])), long, lang)


def replace_points(section, more):
    return replace(section, points=section.points + more)


FAMILIES = types.MappingProxyType(
    {of.__name__: of for of in (of_comparisons, of_structures, of_ladders, of_clauses, of_assumptions, of_shares, of_lists, of_scores)}
)
