"""The picture of indices: a bar for each input, the longest first, with its interval, what it does alone, and what luck makes."""

from __future__ import annotations

import pytest

from simulator.presentation.results.indices_figure import draw_indices
from simulator.presentation.results.uncertain_words import choose_indices, say_indices
from tests.presentation.uncertain import NAME, entry, global_study


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_bars_are_ranked_told_and_the_same_twice(lang):
    study = global_study(entry("a", 0.3), entry("structure", 0.5, kind="structure"), entry("idle", 0.0))
    shown = choose_indices(study, NAME)
    drawn = [draw_indices(study, shown, lang) for _ in range(2)]
    assert drawn[0].to_svg() == drawn[1].to_svg()
    (panel,) = drawn[0].figure.axes
    labels = [label.get_text().replace("\n", " ") for label in panel.get_yticklabels()]
    assert [label[:2] for label in labels] == ["1.", "2."]
    assert "A" in labels[1]
    widths = [round(patch.get_width()) for patch in panel.patches if round(patch.get_height(), 2) == 0.56]
    assert widths == [50, 30]
    assert [round(patch.get_width()) for patch in panel.patches if round(patch.get_height(), 2) == 0.28] == [25, 15]
    assert drawn[0].says == say_indices(study, shown, lang)
    assert "50% [40%; 60%]" in drawn[0].alt
    assert panel.get_xlim() == (0, 100)


def test_the_screening_alone_is_drawn_in_the_units_of_the_indicator():
    study = global_study(entry("a", 0.3, method="morris"), method="morris")
    drawn = draw_indices(study, choose_indices(study, NAME), "vi")
    (panel,) = drawn.figure.axes
    assert [round(patch.get_width(), 2) for patch in panel.patches if round(patch.get_height(), 2) == 0.56] == [0.3]
    assert not [patch for patch in panel.patches if round(patch.get_height(), 2) == 0.28]
    assert "0,30" in drawn.alt


def test_labels_stay_on_the_page_however_many_inputs_there_are():
    study = global_study(*[entry(f"a very long name of an assumption about units {n}", 0.9 - n / 20) for n in range(14)])
    figure = draw_indices(study, choose_indices(study, NAME), "vi").figure
    labels = figure.axes[0].get_yticklabels()
    assert len(labels) == 10
    assert all(label.get_window_extent().x0 >= 0 for label in labels)
