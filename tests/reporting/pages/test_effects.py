from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.presentation.i18n import translate
from simulator.presentation.results.attribution_table import say_attribution, shown_names
from simulator.presentation.wording import indicator_name
from simulator.reporting.document import Bullets, FigureBlock, TableBlock
from simulator.reporting.pages.dependence import dependence_section
from simulator.reporting.pages.effects import effects_by_clause
from tests.presentation.split import specimen_attribution
from tests.reporting.specimen import evidence_of

pytestmark = pytest.mark.usefixtures("_pictures_aside")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_where_it_was_not_worked_out_it_is_said_how_to(lang):
    section = effects_by_clause(evidence_of(), lang)
    assert "tieuchi attribute hanoi-2021" in section.blocks[0].text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_option_has_its_sentences_table_and_figures(lang):
    options = ("plan-115", "plan-115-and-letter-3959")
    section = effects_by_clause(replace(evidence_of(), attribution=specimen_attribution(options=options)), lang)
    assert [block.table.id for block in section.blocks if isinstance(block, TableBlock)] == [f"attribution-{option}" for option in options]
    assert not any(row.small for block in section.blocks if isinstance(block, TableBlock) for group in block.table.groups for row in group.rows)
    figures = [block for block in section.blocks if isinstance(block, FigureBlock)]
    assert len({figure.id for figure in figures}) == len(figures) == 6
    assert all(figure.says and figure.alt for figure in figures)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_of_one_option_alone_no_study_is_advised(lang):
    whole = evidence_of().comparison
    alone = evidence_of(replace(whole, options=whole.options[:1]))
    for section in (effects_by_clause(alone, lang), dependence_section(alone, lang)):
        (block,) = section.blocks
        assert "tieuchi" not in block.text


def test_a_scenario_that_changes_nothing_says_so():
    section = effects_by_clause(replace(evidence_of(), attribution=specimen_attribution(options=())), "vi")
    assert len(section.blocks) == 1


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_option_of_words_alone_is_told_with_noughts_and_no_figure(lang):
    attribution = specimen_attribution(options=("plan-115", "words"))
    option = attribution.options[1]
    nothing = {"total": 0.0, "low": 0.0, "high": 0.0, "verdict": "small", "interaction": None}
    of_words = option.parts[-1]
    indicators = {name: replace(item, parts=[item.parts[-1]], **nothing) for name, item in option.indicators.items()}
    words = replace(option, parts=[replace(of_words, state="words")], indicators=indicators)
    section = effects_by_clause(replace(evidence_of(), attribution=replace(attribution, options=[attribution.options[0], words])), lang)
    (table,) = [block.table for block in section.blocks if isinstance(block, TableBlock) and block.table.id == "attribution-words"]
    assert [row.cells for group in table.groups for row in group.rows] == [("0",) * len(indicators)]
    assert translate("attribution.note.nothing", lang) in table.notes
    assert not [block for block in section.blocks if isinstance(block, FigureBlock) and "words" in block.id]
    (sentences,) = [block.items for block in section.blocks if isinstance(block, Bullets) and any("words" in item for item in block.items)]
    assert sentences == [
        translate("attribution.says.nothing", lang, option=words.title[lang], indicator=indicator_name(name, lang)) for name in indicators
    ]


def test_what_is_said_of_orders_holds_for_all_and_for_drawn_ones():
    for method in ("exact", "sampled"):
        section = effects_by_clause(replace(evidence_of(), attribution=specimen_attribution(method=method)), "en")
        assert (
            "over all orders in which the clauses could come, or, where there are many clauses, over orders drawn at random" in section.blocks[0].text
        )
        (table,) = [block.table for block in section.blocks if isinstance(block, TableBlock)]
        assert any("averaged over all orders" in note for note in table.notes) is (method == "exact")
        assert any("orders drawn at random" in note for note in table.notes) is (method == "sampled")
        assert any("compared on 20 replications" in note for note in table.notes)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nothing_is_said_twice_in_the_section(lang):
    attribution = specimen_attribution(options=("plan-115", "plan-115-and-letter-3959"))
    section = effects_by_clause(replace(evidence_of(), attribution=attribution), lang)
    beside = [block.says for block in section.blocks if isinstance(block, FigureBlock)]
    listed = [item for block in section.blocks if isinstance(block, Bullets) for item in block.items]
    for option in attribution.options:
        for name in shown_names(option):
            assert [*beside, *listed].count(say_attribution(option, name, lang)) == 1
    first, second = (block.table for block in section.blocks if isinstance(block, TableBlock))
    assert not set(first.notes) & set(second.notes)
    assert translate("report.effects.as-before", lang, option=attribution.options[0].title[lang]) == second.notes[-1]
