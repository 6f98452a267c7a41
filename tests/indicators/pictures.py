"""The pictures of docs/indicators.md: every indicator on lists of which everybody knows how they were made.

``python -m tests.indicators.pictures`` draws them anew. Each is plain SVG text with numbers of two decimals and words of the catalogue in both languages,
so that the same lists give the same bytes with every version of every library.
"""

from __future__ import annotations

import math
import random
import textwrap
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path

import numpy as np

from simulator.history import Achievements
from simulator.indicators.measurement import measure
from simulator.presentation.i18n import translate
from simulator.presentation.style import GREY, INK
from simulator.presentation.wording import CAUSES, sentence_case
from tests.indicators.lists import by_lot, by_merit, by_post, by_turn, list_of, write_list

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
ANCHORS = ("merit", "lot", "turn", "post")
GROWTHS = ("steady", "with-merit", "by-itself")
ROUNDS = ("at-once", "round", "half")
CHOICES = {"merit": by_merit, "lot": by_lot, "turn": by_turn, "post": by_post}
PICTURES = {
    "rotation": (ANCHORS, ("turn_taking_index", "last_winner_penalty", "repeat_deficit", "win_dispersion")),
    "leaders": (
        ANCHORS,
        ("equal_opportunity_difference", "leader_risk_ratio", "unexplained_gap", "leader_share", "direct_worker_share"),
    ),
    "merit": (ANCHORS, ("merit_kappa", "precision_at_k", "regret")),
    "concentration": (ANCHORS, ("gini", "effective_winners")),
    "coverage": (ANCHORS, ("award_rate", "five_year_coverage", "discovery_recall")),
    "mix": (ANCHORS, CAUSES),
    "growth": (GROWTHS, ("excess_inflation", "award_volume_growth", "award_level_growth")),
    "timeliness": (ROUNDS, ("time_to_award_months", "recognised_within_12_months")),
}
"""Picture → the lists it shows, and the indicators measured on them."""
FILLS = ("#0072B2", "#ededed", "#F0C266", "#D98E5F")
FONTS = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"
WIDTH, EDGE = 900, 24
BARS_FROM, BARS_TO = 400, 800
BAR, GAP = 14, 16


# --- the lists ------------------------------------------------------------------------------------------------------------------


@cache
def found_on(world):
    """Measure the list of a world, without intervals."""
    measured = measure(WORLDS[world](), n_draws=0)
    return {name: row.value for name, row in (measured.indicators | measured.allocation_mix).items()}


def anchor(choose):
    """Ten people, two of them leaders, one award a year; the last ten of twelve years are judged, which is a whole cycle of turns."""
    return write_list([10] * 60, 12, choose, n_places=lambda size: 1, n_leaders=lambda size: 2)


def growing(*, of_awards, of_merit):
    """Forty units of fifty over six years; the awarded are those above a bar, which is lowered or stays where it is while merit rises."""
    luck = random.Random(5)  # noqa: S311 - the luck of a picture is no secret
    rows = []
    for year in range(6):
        for unit in range(40):
            merit = [luck.gauss(of_merit * year, 1) for _ in range(50)]
            rows += [(2001 + year, unit, 50 * unit + place, 0, each, each > 1 - of_awards * year) for place, each in enumerate(merit)]
    return list_of(rows, n_history_years=0)


def answered(lag_of):
    """Six hundred achievements a year, spread evenly; each has the month of its answer."""
    year = np.repeat(np.arange(2001, 2007), 600)
    month = (np.tile(np.arange(600), 6) + 0.5) / 50
    achieved_at = 12 * year + month
    n = len(year)
    label = np.tile(np.arange(600), 6)
    history = list_of(
        [(each, who % 30, who, 0, 0.0, who % 9 == 0) for each, who in zip(year.tolist(), label.tolist(), strict=True)], n_history_years=0
    )
    lag, is_ad_hoc = lag_of(month, np.arange(n))
    deeds = Achievements(member=label, unit=label % 30, year=year, achieved_at=achieved_at, awarded_at=achieved_at + lag, is_ad_hoc=is_ad_hoc)
    return replace(history, merit=None, achievements=deeds)


def in_the_round(month, number):
    """Answer at the end of the year, after three months of deciding."""
    return 12 - month + 3, np.zeros(len(month), dtype=np.bool_)


def half_outside(month, number):
    """Answer every second achievement a month later, the others in the round."""
    is_ad_hoc = number % 2 == 0
    return np.where(is_ad_hoc, 1.0, 12 - month + 3), is_ad_hoc


WORLDS = {
    **{name: lambda choose=choose: anchor(choose) for name, choose in CHOICES.items()},
    "steady": lambda: growing(of_awards=0, of_merit=0),
    "with-merit": lambda: growing(of_awards=0, of_merit=0.08),
    "by-itself": lambda: growing(of_awards=0.08, of_merit=0),
    "at-once": lambda: answered(lambda month, number: (np.zeros(len(month)), np.ones(len(month), dtype=np.bool_))),
    "round": lambda: answered(in_the_round),
    "half": lambda: answered(half_outside),
}


# --- the pictures -----------------------------------------------------------------------------------------------------------------


def draw(name):
    """Draw bars of every indicator of a picture, one bar a list."""
    worlds, indicators = PICTURES[name]
    top, parts = EDGE + 6, []
    for place, world in enumerate(worlds):
        parts += [box(EDGE, top - 11, 14, FILLS[place]), text(EDGE + 22, top, both(f"figure.anchor.{world}"), "legend")]
        top += 20
    for indicator in indicators:
        top += 22
        height, drawn = draw_indicator(indicator, worlds, top)
        parts += drawn
        top += height
    height = top + EDGE
    style = f"text{{font-family:{FONTS};fill:{INK};font-size:13px}}.name{{font-weight:600}}.other{{fill:{GREY};font-size:12px}}.legend{{font-size:12.5px}}"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">',
            f"<title>{escape(say(name))}</title>",
            f"<style>{style}</style>",
            f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="10" fill="#ffffff" stroke="#d0d0d0"/>',
            *parts,
            "</svg>\n",
        ]
    )


def draw_indicator(indicator, worlds, top):
    """Draw one indicator; return the height it takes, and its parts."""
    parts, line = [], top + 11
    for lang, kind in (("en", "name"), ("vi", "other")):
        for words in textwrap.wrap(sentence_case(name_of(indicator, lang)), 46 if lang == "en" else 52):
            parts.append(text(EDGE, line, words, kind))
            line += 16
    values = [found_on(world).get(indicator) for world in worlds]
    known = [value for value in values if value is not None]
    lowest, highest = min([0.0, *known]), max([1.0 if indicator not in AMOUNTS else 0.0, *known])
    scale = (BARS_TO - BARS_FROM) / (highest - lowest or 1.0)
    zero = BARS_FROM - lowest * scale
    for place, value in enumerate(values):
        y = top + GAP * place
        if value is None:
            parts.append(text(round(zero) + 6, y + 11, f"{translate('table.undefined', 'en')} · {translate('table.undefined', 'vi')}", "other"))
            continue
        start, end = sorted((round(zero), round(zero + value * scale)))
        parts += [box(start, y, max(end - start, 1), FILLS[place]), text(end + 6, y + 11, written(value), "number")]
    bottom = top + GAP * len(worlds)
    parts.append(f'<path d="M{round(zero)} {top - 3}V{bottom}" stroke="{GREY}" stroke-width="1"/>')
    return max(line - top, bottom - top) + 4, parts


AMOUNTS = ("time_to_award_months", "effective_winners", "excess_inflation", "award_volume_growth", "award_level_growth")


def say(name):
    """Tell in words what a picture shows, for those who cannot see it."""
    worlds, indicators = PICTURES[name]
    said = []
    for indicator in indicators:
        values = [f"{translate(f'figure.anchor.{world}', 'en')} {written(found_on(world).get(indicator))}" for world in worlds]
        said.append(f"{sentence_case(name_of(indicator, 'en'))}: {', '.join(values)}.")
    return " ".join(said)


def name_of(indicator, lang):
    return translate(f"table.mix.{indicator}" if indicator in CAUSES else f"indicator.{indicator}", lang)


def written(value):
    """Write with two decimals; a number that is nought at these has no sign."""
    if value is None or not math.isfinite(value):
        return translate("table.undefined", "en")
    rounded = round(value, 2) + 0.0
    return f"{rounded:.2f}".replace("-", "\N{MINUS SIGN}") if rounded else "0.00"


def both(key):
    return f"{sentence_case(translate(key, 'en'))} · {translate(key, 'vi')}"


def box(left, top, width, fill):
    return f'<rect x="{left}" y="{top}" width="{width}" height="{BAR - 1}" fill="{fill}" stroke="{INK}" stroke-width="0.7"/>'


def text(left, top, words, kind):
    return f'<text x="{left}" y="{top}" class="{kind}">{escape(words)}</text>'


if __name__ == "__main__":
    for picture in PICTURES:
        (FOLDER / f"{picture}.svg").write_text(draw(picture), encoding="utf-8", newline="\n")
