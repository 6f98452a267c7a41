"""Draw the picture of the READMEs' first screen, in both languages, from a full run of the scenario ``hanoi-2021``.

A script, not a part of the package: ``.venv/bin/python reports/style/first_screen.py`` writes ``first-screen.svg`` and ``first-screen.vi.svg`` beside
itself. Only whole numbers and words of the catalogue are drawn, as plain SVG text, so that the same results give the same bytes with every version of
every library; ``tests/health/test_readme.py`` proves it.
"""

from __future__ import annotations

import os
import textwrap
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import simulator as sim
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_number
from simulator.presentation.results.describing import describe_allocation_mix
from simulator.presentation.results.sentences import say_allocation_mix
from simulator.presentation.style import CAUSE_FILLS, GREY, INK
from simulator.presentation.wording import CAUSES, pick, sentence_case

if TYPE_CHECKING:
    from simulator.experiments.results.comparison import Comparison, OptionComparison
    from simulator.presentation.numbers import Lang

SCENARIO = "hanoi-2021"
FILES: dict[Lang, str] = {"en": "first-screen.svg", "vi": "first-screen.vi.svg"}
FONTS = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"

WIDTH, EDGE = 960, 28
BARS_FROM, BARS_TO = 212, WIDTH - EDGE
BAR_HEIGHT, BAR_STEP = 34, 50
NARROWEST_NUMBERED = 3
"""Awards of a hundred below which a part is too narrow to carry its number."""


def draw_first_screen(comparison: Comparison, lang: Lang) -> str:
    """Return the picture as an SVG file: of 100 awards under each option, how many follow merit, the turn, the post, or nothing known.

    Parameters
    ----------
    comparison
        The finished comparison.
    lang
        Language of every word in the picture.
    """
    top, parts = EDGE + 22, []
    parts.append(_text(EDGE, top, sentence_case(translate("figure.mix.title", lang)), "title"))
    top, sentence = _lines(top + 28, say_allocation_mix(comparison, lang), 104, "says", 22)
    parts += sentence
    top += 34
    for cause, place in zip(CAUSES, _legend_places(lang), strict=True):
        parts += [
            f'<rect x="{place}" y="{top - 12}" width="14" height="14" fill="{_fill(cause)}" stroke="{INK}" stroke-width="0.8"/>',
            _text(place + 21, top, sentence_case(translate(f"table.mix.{cause}", lang)), "legend"),
        ]
    top += 20
    for option in comparison.options:
        parts += _bar(option, top, lang)
        top += BAR_STEP
    simulated, *limits = (translate(key, lang) for key in ("table.simulated", "report.not-a-prediction", "report.limits.compliance"))
    top, small = _lines(top + 14, " ".join([f"{sentence_case(simulated)}.", *limits]), 124, "note", 18)
    parts += small
    height = top + EDGE - 8
    alt = describe_allocation_mix(comparison, lang)
    style = (
        f"text{{font-family:{FONTS};fill:{INK};font-size:15px}}.title{{font-size:21px;font-weight:700}}.option{{font-weight:600}}"
        f".legend{{font-size:14px}}.note{{font-size:12.5px;fill:{GREY}}}.number{{text-anchor:middle;font-weight:600}}"
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" xml:lang="{lang}">',
            f"<title>{escape(alt)}</title>",
            f"<style>{style}</style>",
            _patterns(),
            f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="10" fill="#ffffff" stroke="#d0d0d0"/>',
            *parts,
            "</svg>\n",
        ]
    )


def _bar(option: OptionComparison, top: int, lang: Lang) -> list[str]:
    """Draw one option: its name, and its hundred awards in four parts."""
    middle = top + BAR_HEIGHT // 2 + 5
    name = textwrap.wrap(pick(option.title, lang), 18)
    parts = [_text(EDGE, middle - 9 * (len(name) - 1) + 18 * row, line, "option") for row, line in enumerate(name)]
    shares = [max(0.0, option.allocation_mix[cause].value or 0.0) for cause in CAUSES]
    # Whole pixels, and the last part ends where every bar ends.
    ends = [round(BARS_FROM + (BARS_TO - BARS_FROM) * sum(shares[: count + 1]) / sum(shares)) for count in range(len(shares))]
    for cause, share, start, end in zip(CAUSES, shares, [BARS_FROM, *ends], ends, strict=False):
        box = f'x="{start}" y="{top}" width="{end - start}" height="{BAR_HEIGHT}"'
        parts.append(f'<rect {box} fill="{_fill(cause)}" stroke="{INK}" stroke-width="0.8"/>')
        if 100 * share >= NARROWEST_NUMBERED:
            fill, hatch, ink = CAUSE_FILLS[cause]
            if hatch:
                parts.append(f'<rect x="{(start + end) // 2 - 15}" y="{middle - 16}" width="30" height="22" rx="4" fill="{fill}"/>')
            number = format_number(100 * share, lang)
            parts.append(f'<text x="{(start + end) // 2}" y="{middle}" class="number" style="fill:{ink}">{number}</text>')
    return parts


def _fill(cause: str) -> str:
    return f"url(#{cause})" if CAUSE_FILLS[cause][1] else CAUSE_FILLS[cause][0]


def _patterns() -> str:
    """Hatch what is not merit, so that the parts differ in black and white too."""
    strokes = {"////": "M0 8L8 0M-2 2L2 -2M6 10L10 6", "xxxx": "M0 0L8 8M0 8L8 0", "..": "M2 2h1M6 6h1"}
    hatched = [
        f'<pattern id="{cause}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="{fill}"/>'
        f'<path d="{strokes[hatch]}" stroke="{INK}" stroke-opacity="0.35" stroke-width="1"/></pattern>'
        for cause, (fill, hatch, _) in CAUSE_FILLS.items()
        if hatch
    ]
    return f"<defs>{''.join(hatched)}</defs>"


def _legend_places(lang: Lang) -> list[int]:
    """Put each word after the one before it, by a generous width of a letter."""
    places = [BARS_FROM]
    for cause in CAUSES[:-1]:
        places.append(places[-1] + 21 + round(7.6 * len(translate(f"table.mix.{cause}", lang))) + 14)
    return places


def _lines(top: int, text: str, width: int, kind: str, step: int) -> tuple[int, list[str]]:
    """Write a paragraph; return where its last line stands, and the lines."""
    lines = textwrap.wrap(text, width)
    return top + step * (len(lines) - 1), [_text(EDGE, top + step * row, line, kind) for row, line in enumerate(lines)]


def _text(left: int, top: int, words: str, kind: str) -> str:
    return f'<text x="{left}" y="{top}" class="{kind}">{escape(words)}</text>'


if __name__ == "__main__":
    result = sim.compare(sim.load_scenario(SCENARIO), workers=min(4, os.cpu_count() or 1))
    for language, name in FILES.items():
        Path(__file__).with_name(name).write_text(draw_first_screen(result, language), encoding="utf-8", newline="\n")
