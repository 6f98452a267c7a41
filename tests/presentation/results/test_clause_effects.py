from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.experiments.results.comparison import STRUCTURES_CAVEAT
from simulator.presentation.i18n import translate
from simulator.presentation.results.attribution_table import part_format
from simulator.presentation.results.clause_effects import clause_effects
from simulator.presentation.rules.comparison_table import ComparisonRow, ComparisonTable
from simulator.presentation.wording import difference_format, measured
from tests.presentation.specimen import specimen_comparison
from tests.presentation.split import MARGINS, PARTS, specimen_attribution

LANGS = ("vi", "en")
PATHS = ("principles.clause-0", "principles.clause-1", "principles.clause-2", "principles.recorded", "award-head")


def table_of(lang, paths=PATHS):
    rows = tuple(ComparisonRow(path, "added", "Nguyên tắc", (), (), "", "", ()) for path in paths)
    return ComparisonTable(lang, "a", "a+b", "Bảng", ("STT", "Hiện hành", "Dự thảo", "Thuyết minh", "Nguồn"), rows, ())


@pytest.mark.parametrize("lang", LANGS)
def test_the_numbers_beside_the_clauses_are_the_studys(lang):
    attribution = specimen_attribution()
    effects = clause_effects(table_of(lang), specimen_comparison(), "plan-115", attribution, lang)
    (option,) = attribution.options
    names = [name for name in ("turn_taking_index", "equal_opportunity_difference", "merit_kappa") if name in PARTS]
    assert len(effects.columns) == len(effects.head) == len(names)
    for column, name in enumerate(names):
        item = option.indicators[name]
        compared = specimen_comparison().option("plan-115").indicators[name]
        form = part_format(name, item, lang, measured(specimen_comparison(), name))
        verdict = translate(f"verdict.{compared.verdict.replace(' ', '-')}", lang)
        interval = form.interval(compared.difference_low, compared.difference_high, signed=True)
        change = form.around(compared.difference_low, compared.difference_high).change(compared.difference)
        assert effects.head[column] == f"{change} ({verdict})\n{interval}"
        for path, effect in zip(PATHS[:3], item.parts, strict=False):
            if effect.value:
                assert effects.by_clause[path][column].split(" ")[0] == form.around(effect.low, effect.high).change(effect.value)
                assert effects.by_clause[path][column].endswith(form.interval(effect.low, effect.high, signed=True))
    for path in PATHS[3:]:
        assert effects.by_clause[path] == translate("redline.recorded", lang)
    (told,) = [note for note in effects.notes if note == translate("redline.note.interval", lang, compared="20", replications="8")]
    assert "20" in told
    assert translate("table.simulated", lang)[1:] in effects.notes[0]


@pytest.mark.parametrize("lang", LANGS)
def test_where_it_was_not_split_the_whole_effect_is_the_comparisons(lang):
    comparison = specimen_comparison()
    recorded = next(clause for clause in comparison.clauses if clause.option == "letter-3959" and not clause.simulated)
    path = recorded.clause.rpartition("#")[2]
    effects = clause_effects(table_of(lang, (path, "principles.other")), comparison, "letter-3959", None, lang)
    item = comparison.option("letter-3959").indicators["turn_taking_index"]
    form = difference_format("turn_taking_index", measured(comparison, "turn_taking_index"), lang)
    assert effects.head[0].startswith(form.change(item.difference))
    assert form.interval(item.difference_low, item.difference_high, signed=True) in effects.head[0]
    assert effects.by_clause == {path: translate("redline.recorded", lang), "principles.other": translate("redline.not-split", lang)}
    assert any("tieuchi attribute hanoi-2021" in note for note in effects.notes)
    assert sum("0,05" in note or "0.05" in note for note in effects.notes) >= 1
    assert MARGINS["turn_taking_index"] == item.margin


def test_clauses_that_go_together_are_counted_once():
    attribution = specimen_attribution(n_clauses=1)
    (option,) = attribution.options
    both = replace(option.parts[0], members=[*option.parts[0].members, replace(option.parts[0].members[0], clause="overlay#principles.clause-9")])
    joined = replace(attribution, options=[replace(option, parts=[both, *option.parts[1:]])])
    effects = clause_effects(
        table_of("vi", ("principles.recorded", "principles.clause-0", "principles.clause-9")), specimen_comparison(), "plan-115", joined, "vi"
    )
    assert isinstance(effects.by_clause["principles.clause-0"], tuple)
    assert effects.by_clause["principles.clause-9"] == "tính chung với STT 2"


def test_words_alone_have_no_effect():
    attribution = specimen_attribution()
    (option,) = attribution.options
    parts = [*option.parts[:-1], replace(option.parts[-1], state="words")]
    effects = clause_effects(table_of("en"), specimen_comparison(), "plan-115", replace(attribution, options=[replace(option, parts=parts)]), "en")
    assert effects.by_clause["principles.recorded"] == "words or grounds only; no effect"


def test_dossiers_and_money_of_the_whole_are_told_below():
    notes = clause_effects(table_of("en"), specimen_comparison(), "plan-115", None, "en").notes
    assert any(translate("indicator.cost_vnd", "en") in note for note in notes) == ("cost_vnd" in specimen_comparison().option("plan-115").indicators)


@pytest.mark.parametrize("attribution", [None, specimen_attribution()], ids=["whole", "split"])
def test_the_whole_effect_has_the_verdict_that_holds_under_all_hypotheses(attribution):
    comparison = specimen_comparison()
    items = comparison.option("plan-115").indicators
    items["turn_taking_index"] = replace(items["turn_taking_index"], verdict="not clear", caveat=STRUCTURES_CAVEAT)
    effects = clause_effects(table_of("vi"), comparison, "plan-115", attribution, "vi")
    assert "(chưa đủ căn cứ)" in effects.head[0]
    assert [note for note in effects.notes if "mức độ biểu hiện luân phiên là chưa đủ căn cứ vì khác nhau giữa các giả thuyết" in note]


@pytest.mark.parametrize(("members", "is_said"), [(200, True), (2000, False)])
def test_effects_found_on_fewer_members_say_so(members, is_said):
    effects = clause_effects(table_of("en"), specimen_comparison(), "plan-115", specimen_attribution(members=members), "en")
    assert any("200 members stand for 2,000" in note for note in effects.notes) is is_said
