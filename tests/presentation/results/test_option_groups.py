from __future__ import annotations

from dataclasses import replace

from simulator.presentation.results.option_groups import option_group
from tests.presentation.specimen import specimen_comparison


def cells_of(item, reference, form, steps):
    return form.value(item.value), "" if item is reference else steps.change(item.difference)


def group_of(comparison):
    return option_group(
        comparison, "turn_taking_index", "en", n_cells=2, cells_of=cells_of, title_of=lambda _, name, form, __: f"{name} {form.scale}"
    )


def test_each_option_has_a_row_and_the_one_compared_with_is_known():
    comparison = specimen_comparison()
    group = group_of(comparison)
    assert group.title.startswith("turn_taking_index ")
    assert [row.header for row in group.rows] == [option.title["en"] for option in comparison.options]
    assert [bool(row.cells[1]) for row in group.rows] == [option.id != comparison.baseline_option for option in comparison.options]


def test_an_option_in_which_it_is_not_measured_has_no_number():
    comparison = specimen_comparison()
    options = [replace(option, indicators={}) if at == 1 else option for at, option in enumerate(comparison.options)]
    cells = [row.cells for row in group_of(replace(comparison, options=options)).rows]
    assert cells[1] == ("–", "–")
    assert "–" not in cells[2]
