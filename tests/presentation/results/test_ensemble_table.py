from __future__ import annotations

from dataclasses import replace

from simulator.experiments.comparing.ensemble import lay_side_by_side
from simulator.model.behaviour import STRUCTURES
from simulator.presentation.i18n import translate
from simulator.presentation.results.ensemble_table import draw_ensemble
from tests.presentation.specimen import specimen_comparison


def test_every_structure_has_its_column_and_all_five_one_verdict():
    ensemble = lay_side_by_side({structure: specimen_comparison() for structure in STRUCTURES})
    for lang in ("vi", "en"):
        table = draw_ensemble(ensemble, lang)
        assert table.columns[1:] == tuple(translate(f"structure.{structure}", lang) for structure in STRUCTURES)
        assert all(len(row.cells) == len(STRUCTURES) for group in table.groups for row in group.rows)
        first = table.groups[0].rows
        assert len({*first[0].cells}) == 1  # the same specimen five times
        assert "5" in first[-1].cells[0]


def test_where_it_stands_in_a_report_no_option_of_a_command_is_named():
    ensemble = lay_side_by_side({structure: specimen_comparison() for structure in STRUCTURES})
    for lang in ("vi", "en"):
        assert "--structures" in " ".join(draw_ensemble(ensemble, lang).notes)
        assert "--" not in " ".join(draw_ensemble(ensemble, lang, specimen_comparison()).notes)


def test_the_option_that_keeps_things_is_not_compared_with_itself():
    ensemble = lay_side_by_side({structure: specimen_comparison() for structure in STRUCTURES})
    table = draw_ensemble(ensemble, "en")
    assert ensemble.options[0].title["en"] in table.columns[0]
    assert not any(ensemble.options[0].title["en"] in group.title for group in table.groups)


def test_hypotheses_that_disagree_are_counted_by_what_they_say():
    comparison = specimen_comparison()
    option = comparison.options[1]
    rises, falls, unclear = (
        replace(option.indicators["turn_taking_index"], difference=difference, verdict=verdict)
        for difference, verdict in ((0.08, "clear"), (-0.08, "clear"), (0.08, "not clear"))
    )
    under = {}
    for structure, item in zip(STRUCTURES, (rises, rises, falls, rises, unclear), strict=True):
        changed = replace(option, indicators=option.indicators | {"turn_taking_index": item})
        under[structure] = replace(comparison, options=[comparison.options[0], changed])
    (*_, together) = draw_ensemble(lay_side_by_side(under), "vi").groups[0].rows
    assert together.cells[0] == "chưa đủ căn cứ, vì các giả thuyết không thống nhất (3 rõ, theo chiều tăng; 1 rõ, theo chiều giảm; 1 chưa đủ căn cứ)"
    assert draw_ensemble(lay_side_by_side(under), "en").groups[0].rows[-1].cells[0].startswith("not clear, because")


def test_differences_have_their_unit_and_interval_and_the_words_a_meaning():
    ensemble = lay_side_by_side({structure: specimen_comparison() for structure in STRUCTURES})
    table = draw_ensemble(ensemble, "vi")
    group = next(group for group in table.groups if group.title.startswith(translate("indicator.equal_opportunity_difference", "vi")[1:], 1))
    difference, interval, *_ = group.rows
    assert difference.header == "Chênh lệch (điểm %)"
    assert difference.cells[0] == "−5,4"
    assert interval.cells[0].startswith("[−5,9;")
    assert any(translate("verdict.meaning.small", "vi") in note for note in table.notes)


def test_few_replications_are_warned_of():
    few, enough = (
        lay_side_by_side({structure: replace(specimen_comparison(), replications=replications) for structure in STRUCTURES})
        for replications in (7, 8)
    )
    warning = translate("table.note.few-replications", "vi", replications="7")
    assert draw_ensemble(few, "vi").notes[0] == warning
    assert not any(note.startswith(warning[:7]) for note in draw_ensemble(enough, "vi").notes)


def test_beside_a_comparison_an_effect_has_the_decimals_it_has_there():
    comparison = specimen_comparison()
    wide = replace(comparison.options[1].indicators["turn_taking_index"], difference=0.083, difference_low=-0.4, difference_high=0.6)
    loose = replace(
        comparison, options=[replace(option, indicators=option.indicators | {"turn_taking_index": wide}) for option in comparison.options]
    )
    under = dict.fromkeys(STRUCTURES, comparison) | {STRUCTURES[-1]: loose}
    told = {
        name: draw_ensemble(lay_side_by_side(under), "vi", beside).groups[0].rows[0].cells
        for name, beside in (("alone", None), ("beside", comparison))
    }
    assert told["alone"][-1] == "+0,1"
    assert told["beside"][-1] == "+0,08"
