"""What award lists will show once the rules hold: how large a list must be before turns can be claimed, and which indicator of leader bias to follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.presentation.i18n import translate
from simulator.presentation.results.bias_trial import bias_table, draw_bias
from simulator.presentation.results.power_figure import draw_power
from simulator.presentation.results.power_table import grid_table, needed_table
from simulator.reporting.document import Block, FigureBlock, Paragraph, TableBlock

if TYPE_CHECKING:
    from simulator.experiments.power.results import Power
    from simulator.presentation.numbers import Lang
    from simulator.presentation.style import Drawing
    from simulator.presentation.table_layout import Table


def monitoring_blocks(power: Power, lang: Lang) -> list[Block]:
    """Show the units that a list needs, then the indicators of leader bias; the alarms behind both stand with the figures."""
    return [
        Paragraph(translate("report.monitoring.title", lang), "heading"),
        Paragraph(translate("report.monitoring.intro", lang)),
        TableBlock(needed_table(power, lang)),
        _figure(draw_power(power, lang), grid_table(power, lang)),
        _figure(draw_bias(power, lang), bias_table(power, lang)),
    ]


def _figure(drawing: Drawing, data: Table) -> FigureBlock:
    return FigureBlock(drawing.id, drawing.to_svg(), drawing.title, drawing.says, drawing.alt, [data])
