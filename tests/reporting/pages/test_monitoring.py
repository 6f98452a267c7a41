"""What real lists will show, as blocks of a report."""

from __future__ import annotations

import pytest

from simulator.presentation.i18n import translate
from simulator.presentation.results.bias_trial import say_bias
from simulator.presentation.results.power_table import say_power
from simulator.reporting.document import FigureBlock, Paragraph, TableBlock
from simulator.reporting.pages.monitoring import monitoring_blocks
from tests.presentation.results.power_specimen import power


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_units_needed_stand_in_the_text_and_the_alarms_with_the_figures(lang):
    study = power({("win_dispersion", "weighed", 50, ...): 0.99})
    heading, intro, needed, turns, bias = monitoring_blocks(study, lang)
    assert (heading.text, heading.role) == (translate("report.monitoring.title", lang), "heading")
    assert isinstance(intro, Paragraph)
    assert isinstance(needed, TableBlock)
    assert needed.table.id == "power-needed"
    assert (type(turns), type(bias)) == (FigureBlock, FigureBlock)
    assert (turns.says, bias.says) == (say_power(study, lang), say_bias(study, lang))
    assert [[table.id for table in figure.data] for figure in (turns, bias)] == [["power-grid"], ["bias-trial"]]
