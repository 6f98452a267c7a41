"""The figures of a list year by year."""

from __future__ import annotations

import re

import pytest

from simulator.indicators.measurement import Measured
from simulator.presentation.registers.yearly_anonymity import REST, ToldCounts
from simulator.presentation.registers.yearly_figures import draw_counts, draw_years
from simulator.presentation.style import HIGHEST
from tests.presentation.measured import year_of


def texts(drawing):
    return re.findall(r"<!-- (.*?) -->", drawing.to_svg_file())


def test_years_are_drawn_with_their_values_and_a_gap_is_not_bridged():
    years = [year_of(year, award_rate=Measured(rate, rate - 0.02, rate + 0.02, None)) for year, rate in ((2018, 0.15), (2019, 0.18), (2022, 0.12))]
    (drawing,) = draw_years(years, "vi")
    (panel,) = drawing.figure.axes
    lines = [list(line.get_xdata()) for line in panel.lines if line.get_marker() in {"None", None, ""} and line.get_linestyle() == "-"]
    assert [2018, 2019] in lines
    assert not any({2019, 2022} <= {*line} for line in lines)
    assert {"15", "18", "12", "2018", "2022"} <= {*texts(drawing)}
    for number in ("15% [13; 17]", "12% [10; 14]", "2018", "2022"):
        assert number in drawing.says.replace("\u00a0", " ")
    assert panel.get_ylim()[0] == 0


def test_one_year_makes_no_course():
    assert draw_years([year_of(2018, award_rate=Measured(0.1, None, None, None)), year_of(2019)], "en") == []
    assert draw_years([], "en") == []


def test_each_indicator_is_a_low_figure_with_its_own_words():
    years = [year_of(year, award_rate=Measured(0.15, 0.1, 0.2, 9), leader_share=Measured(0.3, 0.2, 0.4, 9)) for year in (2018, 2019)]
    rate, share = draw_years(years, "en")
    assert rate.figure.get_figheight() + share.figure.get_figheight() < HIGHEST
    assert (rate.id, rate.title) == ("years-award_rate-figure", "Year by year: Award rate among those in scope (%)")
    assert "30% [20; 40]" in share.alt.replace("\u00a0", " ")
    assert share.says not in rate.says
    assert share.title not in rate.alt


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_counts_are_drawn_and_a_year_that_is_not_told_says_so(lang):
    told = ToldCounts("track", ("annual", REST), (2020, 2021, 2022), ((1500, 300), None, (1600, 20)))
    drawing = draw_counts(told, lang)
    written = texts(drawing)
    assert {"vi": "1.500", "en": "1,500"}[lang] in written
    assert {"vi": "không nêu", "en": "not told"}[lang] in written
    for words in {"vi": ("hằng năm 1.600", "các loại khác 20", "2021: không nêu"), "en": ("yearly round 1,600", "other tracks 20", "2021: not told")}[
        lang
    ]:
        assert words in drawing.alt
    assert draw_counts(ToldCounts("track", ("annual", "ad_hoc"), (), ()), lang) is None
