"""What the result depends on, and the ladder, as sections of a report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.experiments.comparing.ensemble import lay_side_by_side
from simulator.model.behaviour import STRUCTURES
from simulator.presentation.footnotes import thinned_notes
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count
from simulator.presentation.results.tipping_words import say_option, thinned_futures
from simulator.reporting.document import FigureBlock, Paragraph, TableBlock
from simulator.reporting.evidence.contents import read_evidence
from simulator.reporting.pages.dependence import dependence_section, ladder_section
from simulator.reporting.pages.scenario import ScenarioPages
from tests.presentation.influences import entry, sensitivity_of
from tests.presentation.ladders import FLAT, STEEP, with_ladders
from tests.presentation.specimen import specimen_comparison
from tests.presentation.split import specimen_attribution
from tests.presentation.tipped import LIMITS, box_of, event_of, option_of, tipped
from tests.presentation.uncertain import entry as entry_of
from tests.presentation.uncertain import global_study
from tests.reporting.specimen import evidence_of

pytestmark = pytest.mark.usefixtures("_pictures_aside")


def figures(section):
    return [block for block in section.blocks if isinstance(block, FigureBlock)]


def texts(section):
    return [block.text for block in section.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_studies_that_were_not_run_are_named_with_their_commands(lang):
    section = dependence_section(evidence_of(), lang)
    told = " ".join(texts(section))
    assert "tieuchi sensitivity hanoi-2021" in told
    assert "tieuchi compare hanoi-2021 --structures" in told
    assert not figures(section)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_studies_that_were_run_are_shown_with_their_numbers(lang):
    structures = lay_side_by_side({structure: specimen_comparison() for structure in STRUCTURES})
    evidence = replace(evidence_of(), sensitivity=sensitivity_of(entry("a", -0.3, 0.1)), structures=structures)
    section = dependence_section(evidence, lang)
    assert [figure.id for figure in figures(section)] == ["tornado-turn-taking-index-figure", "robustness-figure"]
    assert [[table.id for table in figure.data] for figure in figures(section)] == [["tornado-turn-taking-index"], ["ensemble"]]
    assert [block.table.id for block in section.blocks if isinstance(block, TableBlock)] == ["sensitivity", "usual-differences"]
    assert all(figure.says and figure.alt for figure in figures(section))
    told = " ".join(texts(section))
    assert "tieuchi" not in told
    assert translate("indicator.merit_kappa", lang) in told  # which nothing moves


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_varied_at_once_and_one_after_the_other_are_never_told_as_each_other(lang):
    together, alone = global_study(entry_of("a", 0.5), entry_of("b", 0.3)), sensitivity_of(entry("a", -0.3, 0.1))
    words = {name: translate(f"report.dependence.method.{name}", lang) for name in ("sobol", "morris", "one-at-a-time")}
    for studies, methods, tables in (
        ({"global_sensitivity": together}, {"sobol"}, ["global-sensitivity", "held-verdicts"]),
        ({"sensitivity": alone}, {"one-at-a-time"}, ["sensitivity", "usual-differences"]),
        (
            {"global_sensitivity": together, "sensitivity": alone},
            {"sobol", "one-at-a-time"},
            ["global-sensitivity", "held-verdicts", "sensitivity", "usual-differences"],
        ),
        (
            {"global_sensitivity": global_study(entry_of("a", 0.5, method="morris"), method="morris")},
            {"morris"},
            ["global-sensitivity", "held-verdicts"],
        ),
    ):
        section = dependence_section(replace(evidence_of(), **studies), lang)
        assert {name for name, text in words.items() if text in texts(section)} == methods
        assert [block.table.id for block in section.blocks if isinstance(block, TableBlock)] == tables
        for figure in figures(section):
            assert [table.id for table in figure.data] == [figure.id.removesuffix("-figure")]
            assert figure.says
        assert any(figure.id.startswith("indices-") for figure in figures(section)) is ("global_sensitivity" in studies)
        assert any(figure.id.startswith("tornado-") for figure in figures(section)) is ("sensitivity" in studies)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_how_far_requests_must_be_followed_stands_once_in_a_report(lang):
    evidence = replace(evidence_of(), global_sensitivity=global_study(entry_of("a", 0.5)))
    comparison = evidence.comparison
    unswept = replace(comparison, options=[replace(option, compliance=[]) for option in comparison.options])
    for each, where in ((comparison, "assumptions"), (unswept, "dependence"), (replace(comparison, assumptions=[]), "dependence")):
        pages = ScenarioPages(replace(evidence, comparison=each), lang)
        tables = {
            section.id: [block.table.caption for block in section.blocks if isinstance(block, TableBlock)]
            for section in (pages.assumptions(), pages.dependence())
        }
        caption = translate("table.compliance.caption", lang)
        assert [section for section, captions in tables.items() for found in captions if found == caption] == [where]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_of_assumptions_that_are_not_told_from_luck_only_the_first_rows_are_filled(lang):
    quiet = [entry(f"a{number}", 0.01, 0.01) for number in range(20)]
    told = [entry(f"b{number}", -0.3, 0.1) for number in range(13)]
    for entries, n_rows, n_left in ((quiet, 12, 8), ([*quiet, *told], 13, 20), (quiet[:12], 12, 0)):
        section = dependence_section(replace(evidence_of(), sensitivity=sensitivity_of(*entries)), lang)
        table = next(block.table for block in section.blocks if isinstance(block, TableBlock))
        assert len(table.groups[0].rows) == n_rows
        note = translate("report.dependence.further", lang, n=str(n_left), scenario="hanoi-2021")
        assert (note in table.notes) is (n_left > 0)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_where_structures_are_counted_on_fewer_people_it_is_said(lang):
    structures = lay_side_by_side({structure: specimen_comparison() for structure in STRUCTURES})
    thinned, whole = global_study(entry_of("a", 0.5)), replace(global_study(entry_of("a", 0.5)), members=20_000)
    sieved = global_study(entry_of("a", 0.5, method="morris"), method="morris")
    for study, is_said in ((thinned, True), (whole, False), (sieved, False), (None, False)):
        section = dependence_section(replace(evidence_of(), structures=structures, global_sensitivity=study), lang)
        said = [text for text in texts(section) if translate("table.held.caption", lang) in text]
        assert len(said) == int(is_said)
        if said:
            assert format_count(2000, lang) in said[0]
            assert format_count(evidence_of().comparison.n_members, lang) in said[0]


def test_evidence_of_what_varied_at_once_is_read_back():
    evidence = replace(evidence_of(), global_sensitivity=global_study(entry_of("a", 0.5)))
    assert read_evidence(evidence.to_json()) == evidence


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_where_options_tip_over_is_shown_where_it_was_looked_for(lang):
    section = dependence_section(replace(evidence_of(), tipping=tipped()), lang)
    assert [figure.id for figure in figures(section)] == ["tipping-plan-figure", "futures-map-figure"]
    assert [block.table.id for block in section.blocks if isinstance(block, TableBlock)] == ["tipping"]
    assert say_option(tipped(), tipped().options[1], lang) in texts(section)  # it has no picture that says it
    assert translate("report.dependence.futures", lang) in texts(section)
    assert translate("report.dependence.futures", lang) not in texts(dependence_section(evidence_of(), lang))
    (table,) = (block.table for block in section.blocks if isinstance(block, TableBlock))
    assert not any(row.small for group in table.groups for row in group.rows), "ids are for commands, and each group names its option"


@pytest.mark.parametrize(("word", "figures_of_box"), [("box", ["tipping-plan-figure"]), ("weak", [])])
def test_a_box_is_drawn_only_where_it_tells_and_has_its_line_in_the_table_either_way(word, figures_of_box):
    study = tipped(option_of("plan", event_of(word, box_of(*LIMITS, is_reached=word == "box"))))
    section = dependence_section(replace(evidence_of(), tipping=study), "vi")
    assert [figure.id for figure in figures(section)] == [*figures_of_box, "futures-map-figure"]
    (table,) = (block.table for block in section.blocks if isinstance(block, TableBlock))
    first = table.groups[0].rows[0]
    assert first.cells[1].startswith("không đạt khi ")
    assert first.cells[-1] == translate(f"table.tipping.saying.{word}", "vi")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("is_split", [True, False])
def test_why_fewer_people_stand_for_all_is_explained_once_in_a_report(lang, is_split):
    split = replace(specimen_attribution(), members=2_000, members_in_scenario=20_000) if is_split else None
    study = replace(sensitivity_of(entry("a", -0.3, 0.1)), members=2_000, members_in_scenario=20_000)
    futures = replace(tipped(), members_asked=2_000, members_in_scenario=20_000)
    evidence = replace(evidence_of(), attribution=split, sensitivity=study, tipping=futures)
    (long,), (brief,) = (thinned_notes(2_000, 20_000, lang, is_explained=again) for again in (False, True))
    (of_futures,) = thinned_futures(futures, lang, is_explained=True)
    of_section = [note for block in dependence_section(evidence, lang).blocks if isinstance(block, TableBlock) for note in block.table.notes]
    assert (of_section.count(long), of_section.count(brief), of_section.count(of_futures)) == (not is_split, is_split, 1)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_way_up_has_its_figure_and_its_table(lang):
    section = ladder_section(with_ladders(STEEP, FLAT), lang)
    assert [(figure.id, [table.id for table in figure.data]) for figure in figures(section)] == [("ladder-1-figure", ["ladder-1"])]


def test_without_a_ladder_it_is_said():
    section = ladder_section(specimen_comparison(), "vi")
    assert texts(section) == [translate("report.ladder.none", "vi")]


def test_evidence_with_the_study_is_read_back():
    evidence = replace(evidence_of(), sensitivity=sensitivity_of(entry("a", -0.3, 0.1)))
    assert read_evidence(evidence.to_json()) == evidence
