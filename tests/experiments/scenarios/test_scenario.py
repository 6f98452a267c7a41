"""A scenario is complete when it is loaded, or says at which line of which file it is not."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.experiments.scenarios import scenario as scenario_module
from simulator.experiments.scenarios.scenario import KEEP_AS_IS, load_scenario, scenario_files
from simulator.presentation.i18n import describe
from simulator.randomness import LARGEST_SEED, SeedError
from simulator.rules.loading import load_criteria
from simulator.workspace import Workspace

FILE = "scenarios/tiny.yaml"
KEEP = "  - id: keep\n    title: {vi: Giữ nguyên, en: Keep}\n    criteria: decree-91\n"
ANOTHER_PLAN = "  - id: keep\n    title: {vi: Công văn, en: Letter}\n    criteria: decree-91+hanoi-letter-3959\n"


def findings(desk, name="tiny"):
    with pytest.raises(InputError) as problem:
        load_scenario(name, desk)
    assert all(finding.is_unreadable for finding in problem.value.findings)
    return problem.value.findings


def line_of(desk, words, file=FILE):
    lines = (desk.root / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


# --- a good scenario ------------------------------------------------------------------------------------------------------------


def test_everything_a_comparison_needs_is_loaded(tiny, office):
    assert (tiny.id, tiny.years, tiny.warm_up_years, tiny.replications, tiny.seed) == ("tiny", 3, 2, 3, 7)
    assert tiny.as_of.isoformat() == "2021-11-10"
    assert tiny.base_salary == 1_490_000
    assert tiny.baseline.content_hash == load_criteria("decree-91", office).content_hash
    assert [option.id for option in tiny.options] == ["keep", "plan"]
    assert tiny.options[1].criteria.stack == ("decree-91", "hanoi-plan-115")
    assert sum(kind.units for kind in tiny.population.kinds.values()) == 18
    assert tiny.behaviour == tiny.assumptions.behaviour({})
    assert tiny.keep_as_is.id == "keep"


def test_a_question_of_a_day_whose_base_salary_nobody_knows_has_none(desk, rewrite):
    rewrite(FILE, ("as_of: 2021-11-10", "as_of: 2018-01-01"))
    early = load_scenario("tiny", desk)
    assert (early.stated_base_salary, early.base_salary) == (None, None)


def test_a_set_named_several_times_is_read_once(office, monkeypatch):
    asked = []
    monkeypatch.setattr(scenario_module, "load_criteria", lambda expression, place: asked.append(expression) or load_criteria(expression, place))
    load_scenario("tiny", office)
    assert asked == ["decree-91", "decree-91+hanoi-plan-115"]


def test_the_shipped_scenarios_can_be_loaded():
    shipped = Workspace(Path(__file__).resolve().parents[3])
    assert [load_scenario(path.stem, shipped).id for path in scenario_files(shipped)] == [path.stem for path in scenario_files(shipped)]
    assert "hanoi-2021" in {path.stem for path in scenario_files(shipped)}


def test_scenario_files_are_listed_by_name_without_the_assumptions(desk):
    (desk.scenarios / "another.yaml").write_text("id: another\n", encoding="utf-8")
    assert [path.name for path in scenario_files(desk)] == ["another.yaml", "tiny.yaml"]


def test_a_scenario_can_be_named_by_its_path(desk):
    assert load_scenario(str(desk.scenarios / "tiny.yaml"), desk).id == "tiny"


def test_a_scenario_is_frozen(tiny):
    with pytest.raises(FrozenInstanceError):
        tiny.seed = 8


def test_keep_as_is_is_added_first_when_no_option_is_the_baseline(desk, rewrite):
    rewrite(FILE, (KEEP, ""))
    scenario = load_scenario("tiny", desk)
    assert [option.id for option in scenario.options] == [KEEP_AS_IS, "plan"]
    assert scenario.options[0].criteria is scenario.baseline
    assert scenario.keep_as_is is scenario.options[0]
    assert scenario.options[0].title.vi == "Giữ nguyên hiện trạng"


def test_an_option_that_says_what_the_baseline_says_is_keep_as_is(tiny):
    assert KEEP_AS_IS not in {option.id for option in tiny.options}


def test_an_option_that_changes_something_may_not_be_called_keep_as_is(desk, rewrite):
    rewrite(FILE, (KEEP, ""), ("  - id: plan", f"  - id: {KEEP_AS_IS}"))
    (finding,) = findings(desk)
    assert (finding.code, finding.file, finding.line) == ("SC312", FILE, line_of(desk, f"- id: {KEEP_AS_IS}"))


def test_the_baseline_itself_may_be_called_keep_as_is(desk, rewrite):
    rewrite(FILE, ("  - id: keep\n", f"  - id: {KEEP_AS_IS}\n"))
    assert [option.id for option in load_scenario("tiny", desk).options] == [KEEP_AS_IS, "plan"]


def test_assumptions_of_the_scenario_replace_those_of_the_file(desk, rewrite):
    rewrite(FILE, ("seed: 7\n", "seed: 7\nstructure: mixture\nassumptions: {turn_weight: 0.5, council_bar_unit: 0}\n"))
    scenario = load_scenario("tiny", desk)
    assert (scenario.behaviour.turn_weight, scenario.behaviour.council_bar_unit) == (0.5, 0)
    assert scenario.behaviour.rank_weight == scenario.assumptions.numbers["rank_weight"].value
    assert scenario.behaviour.structure == "mixture"
    assert scenario.overrides == {"turn_weight": 0.5, "council_bar_unit": 0}


# --- other lengths ------------------------------------------------------------------------------------------------------------------


def test_with_gives_a_copy_with_other_numbers(tiny):
    other = tiny.with_(years=5, warm_up_years=2, replications=9, seed=0)
    assert (other.years, other.warm_up_years, other.replications, other.seed) == (5, 2, 9, 0)
    assert (tiny.years, tiny.seed) == (3, 7)
    assert other.options is tiny.options
    assert tiny.with_() == tiny
    assert tiny.with_(seed=LARGEST_SEED).seed == LARGEST_SEED


@pytest.mark.parametrize("numbers", [{"years": 0}, {"warm_up_years": 1}, {"replications": 1}, {"replications": -3}])
def test_with_refuses_less_than_a_comparison_needs(tiny, numbers):
    ((name, value),) = numbers.items()
    with pytest.raises(ValueError, match=f"{name} must be at least .*; found {value}"):
        tiny.with_(**numbers)


@pytest.mark.parametrize("seed", ["7", 7.0, True, -1, 2**63])
def test_with_refuses_what_is_no_seed(tiny, seed):
    with pytest.raises(SeedError):
        tiny.with_(seed=seed)


# --- mistakes ---------------------------------------------------------------------------------------------------------------------------


MISTAKES = [
    ("SC302", ("population: tiny", "population: tinny"), "population: tinny", {"found": "tinny", "known": "tiny"}),
    ("SC303", ("  - id: plan", "  - id: keep"), "criteria: decree-91+", {"found": "keep"}),
    ("SC304", ("seed: 7", "seed: 7\nassumptions: {turn_wait: 0.1}"), "turn_wait", {"found": "turn_wait"}),
    (
        "SC305",
        ("seed: 7", "seed: 7\nassumptions: {turn_weight: 0.9}"),
        "turn_weight",
        {"key": "turn_weight", "found": "0.9", "low": "0.0", "high": "0.75"},
    ),
    ("SC306", ("focus_award: chien-si-thi-dua-co-so", "focus_award: giay-khen-dot-xuat"), "focus_award", {"criteria": "decree-91"}),
    ("SC307", ("id: tiny", "id: tin"), "id: tin", {"found": "tin", "expected": "tiny"}),
    ("SC308", ("criteria: decree-91+hanoi-plan-115", "criteria: decree-92"), "criteria: decree-92", {"found": "decree-92"}),
    ("SC308", ("baseline: decree-91", "baseline: decree-92"), "baseline: decree-92", {"found": "decree-92"}),
]


@pytest.mark.parametrize(("code", "change", "where", "fields"), MISTAKES)
def test_each_mistake_has_its_code_its_file_and_its_line(desk, rewrite, code, change, where, fields):
    rewrite(FILE, change)
    (finding,) = findings(desk)
    assert (finding.code, finding.file) == (code, FILE)
    assert finding.line in {line_of(desk, where), line_of(desk, where) - 2}
    assert fields.items() <= finding.fields.items()
    assert finding.render().startswith(f"{FILE}:{finding.line}: {code} error: ")


@pytest.mark.parametrize("title", ["{vi: Như  CŨ, en: Other}", "{vi: Khác, en: as IT is}", "{vi: Như cũ, en: as IT is}"])
def test_two_options_of_one_title_are_found_at_the_second(desk, rewrite, title):
    first = "  - id: first\n    title: {vi: Như cũ, en: As it is}\n    criteria: decree-91+hanoi-letter-3959\n"
    second = f"  - id: second\n    title: {title}\n    criteria: decree-91+hanoi-letter-3959\n"
    rewrite(FILE, ("options:\n", f"options:\n{first}{second}"))
    (finding,) = findings(desk)
    assert (finding.code, finding.file, finding.line) == ("SC320", FILE, line_of(desk, f"title: {title}"))
    assert (finding.fields["other"], finding.fields["found"]) == ("first", "second")


def test_an_option_may_not_be_called_as_the_one_that_is_added(desk, rewrite):
    rewrite(FILE, (KEEP, "  - id: letter\n    title: {vi: Giữ nguyên hiện trạng, en: Letter}\n    criteria: decree-91+hanoi-letter-3959\n"))
    (finding,) = findings(desk)
    assert (finding.code, finding.line) == ("SC320", line_of(desk, "title: {vi: Giữ nguyên hiện trạng"))
    assert (finding.fields["other"], finding.fields["found"]) == (KEEP_AS_IS, "letter")


def test_an_option_given_twice_is_found_at_the_second(desk, rewrite):
    rewrite(FILE, ("  - id: plan", "  - id: keep"))
    (finding,) = findings(desk)
    lines = (desk.root / FILE).read_text(encoding="utf-8").splitlines()
    assert finding.line == [number for number, line in enumerate(lines, 1) if "- id: keep" in line][1]


def test_a_scenario_that_does_not_exist_names_those_that_are_close(desk):
    (finding,) = findings(desk, "tini")
    assert (finding.code, finding.file, finding.fields) == ("SC301", "scenarios", {"found": "tini", "known": "tiny"})


def test_the_assumptions_are_no_scenario(desk):
    (finding,) = findings(desk, "assumptions")
    assert finding.code == "SC301"


def test_a_file_that_does_not_exist_is_a_finding(desk):
    (finding,) = findings(desk, str(desk.scenarios / "nobody.yaml"))
    assert finding.file == "scenarios/nobody.yaml"


def test_several_mistakes_are_told_at_once(desk, rewrite):
    rewrite(FILE, ("  - id: plan", "  - id: keep"), ("seed: 7", "seed: 7\nassumptions: {turn_wait: 0.1, turn_weight: -1}"))
    assert [finding.code for finding in findings(desk)] == ["SC303", "SC304", "SC305"]


@pytest.mark.parametrize("end", ["turn_weight: 0.0", "turn_weight: 0.75"])
def test_the_ends_of_a_range_may_be_tried(desk, rewrite, end):
    rewrite(FILE, ("seed: 7", f"seed: 7\nassumptions: {{{end}}}"))
    assert load_scenario("tiny", desk).behaviour.turn_weight == float(end.split()[1])


def test_a_set_the_model_cannot_play_is_found_where_it_is_named(desk, rewrite):
    """An exhortation that would give posts more weight than there is: .15 + .3 × (3 − .15) beside .3 for turns and prestige."""
    rewrite("criteria/hanoi-plan-115.yaml", ("moves: [{assumption: rank_weight, toward: 0}]", "moves: [{assumption: rank_weight, toward: 3.0}]"))
    (finding,) = findings(desk)
    assert (finding.code, finding.file, finding.line) == ("SC309", FILE, line_of(desk, "criteria: decree-91+hanoi-plan-115"))
    assert finding.fields["criteria"] == "decree-91+hanoi-plan-115"
    assert finding.fields["reason"] == "@weights-above-one"


def test_every_clause_the_model_cannot_play_is_told_in_the_language_of_the_reader(desk, rewrite):
    rewrite(
        "criteria/decree-91.yaml",
        ("requires: {fact: leave-days, below: 40}", "requires: {not: {fact: case-pending}}"),
        ("requires: {fact: service-months, at_least: 10}", "requires: {fact: is-woman}"),
    )
    found = findings(desk)
    assert {(finding.code, finding.line) for finding in found} == {("SC321", line_of(desk, "baseline:"))}
    told = [describe(finding, "vi") for finding in found]
    assert any("cá nhân trong mô hình không có dữ kiện “case-pending”" in sentence for sentence in told)
    assert any("“is-woman”" in sentence for sentence in told)
    assert "simulated members have no fact “case-pending”" in " ".join(describe(finding, "en") for finding in found)


def test_a_baseline_the_model_cannot_play_is_found_where_the_baseline_is_named(desk, rewrite):
    rewrite("criteria/hanoi-plan-115.yaml", ("moves: [{assumption: rank_weight, toward: 0}]", "moves: [{assumption: rank_weight, toward: 3.0}]"))
    rewrite(FILE, ("baseline: decree-91", "baseline: decree-91+hanoi-plan-115"))
    (finding,) = findings(desk)
    assert (finding.code, finding.line) == ("SC309", line_of(desk, "baseline:"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("years: 3", "years: 0"),
        ("years: 3", "years: 3.0"),
        ("years: 3", "years: '3'"),
        ("warm_up_years: 2", "warm_up_years: 1"),
        ("replications: 3", "replications: 1"),
        ("seed: 7", "seed: -1"),
        ("seed: 7", 'seed: "7"'),
        ("seed: 7", "seed: 7.0"),
        ("seed: 7", "seed: true"),
        ("seed: 7", "seed: 9223372036854775808"),
        ("seed: 7", "seed: 7\nstructure: chaos"),
        ("seed: 7", "seed: 7\nreplication: 3"),
        ("as_of: 2021-11-10", "as_of: yesterday"),
        ("question: {vi: Thử?, en: Trial?}", "question: {vi: Thử?}"),
    ],
)
def test_a_wrong_value_is_found_at_its_line(desk, rewrite, old, new):
    path = desk.root / FILE
    text = path.read_text(encoding="utf-8")
    key = new.rsplit("\n", 1)[-1].split(":")[0]
    path.write_text(text.replace(f"\n{old}\n", f"\n{new}\n"), encoding="utf-8")
    (finding,) = findings(desk)
    assert finding.file == FILE
    assert finding.line == next(n for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if line.startswith(f"{key}:"))


@pytest.mark.parametrize("seed", [0, 999_999_999_999_999, LARGEST_SEED])
def test_zero_and_the_largest_are_seeds(desk, rewrite, seed):
    rewrite(FILE, ("seed: 7", f"seed: {seed}"))
    assert load_scenario("tiny", desk).seed == seed


@pytest.mark.parametrize(("old", "new"), [("mean_size: 21.0", "mean_size: 0.5"), ("smallest: 5", "smallest: 99"), ("units: 10", "units: 0")])
def test_a_wrong_population_is_found_in_its_own_file(desk, rewrite, old, new):
    rewrite("scenarios/populations/tiny.yaml", (old, new))
    (finding,) = findings(desk)
    assert finding.file == "scenarios/populations/tiny.yaml"


def test_a_mistake_in_the_law_is_told_with_the_laws_own_file(desk, rewrite):
    rewrite("criteria/hanoi-plan-115.yaml", ("extends: decree-91", "extends: decree-91\ncolour: red"))
    assert {finding.file for finding in findings(desk)} == {"criteria/hanoi-plan-115.yaml"}


def test_weights_that_leave_less_than_nothing_for_merit_are_a_finding(desk, rewrite):
    rewrite(FILE, ("seed: 7", "seed: 7\nassumptions: {turn_weight: 0.75, rank_weight: 0.4}"))
    (finding,) = findings(desk)
    assert (finding.code, finding.file, finding.line) == ("SC313", FILE, line_of(desk, "assumptions:"))
    assert finding.fields["reason"] == "@weights-above-one"
    assert "Các trọng số turn_weight, rank_weight, prestige_weight, lottery_weight và ladder_weight cộng lại lớn hơn 1." in describe(finding, "vi")
    assert "add up to more than 1." in describe(finding, "en")


def test_criteria_that_have_nothing_in_common_can_be_played(desk, rewrite):
    loadings = ", ".join(f"merit_loading_{name}: 0" for name in ("results", "initiative", "scope", "conduct"))
    rewrite(FILE, ("seed: 7", f"seed: 7\nassumptions: {{{loadings}}}"))
    assert load_scenario("tiny", desk).behaviour.merit_loading_results == 0


def test_rules_may_take_over_one_after_the_other(desk, rewrite):
    rewrite(
        FILE, ("criteria: decree-91+hanoi-plan-115", "criteria: law-2022\n    from_year: 2\n    then: [{from_year: 3, criteria: law-2026-draft}]")
    )
    option = load_scenario("tiny", desk).options[1]
    assert [(phase.from_year, phase.criteria.id) for phase in option.phases] == [(2, "law-2022"), (3, "law-2026-draft")]
    assert option.criteria.id == "law-2026-draft"


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        ("criteria: law-2022\n    from_year: 9", "SC315", "from_year: 9"),
        ("criteria: law-2022\n    from_year: 2\n    then: [{from_year: 2, criteria: decree-91}]", "SC314", "then:"),
        ("criteria: law-2022\n    then: [{from_year: 7, criteria: decree-91}]", "SC315", "then:"),
    ],
)
def test_years_that_cannot_be_are_findings(desk, rewrite, words, code, line):
    rewrite(FILE, ("criteria: decree-91+hanoi-plan-115", words))
    (finding,) = findings(desk)
    assert (finding.code, finding.file, finding.line) == (code, FILE, line_of(desk, line))


SHOCK = "shock: {{years: [2], kinds: [{kind}], roles: [direct], deeds: 10.0, why: {{vi: Thử, en: Trial}}}}"


def test_a_shock_befalls_what_it_names(desk, rewrite):
    rewrite(FILE, ("seed: 7", "seed: 7\n" + SHOCK.format(kind="school")))
    shock = load_scenario("tiny", desk).shock
    assert (shock.years, shock.kinds, shock.deeds, shock.merit) == ({2}, {"school"}, 10.0, 0.0)


def test_a_shock_of_a_kind_the_population_lacks_is_a_finding(desk, rewrite):
    rewrite(FILE, ("seed: 7", "seed: 7\n" + SHOCK.format(kind="hospital")))
    (finding,) = findings(desk)
    assert (finding.code, finding.fields["known"]) == ("SC316", "office, school")


def test_learning_and_structure_reach_the_behaviour(desk, rewrite):
    rewrite(FILE, ("seed: 7", "seed: 7\nlearning: true\nstructure: near-ties"))
    behaviour = load_scenario("tiny", desk).behaviour
    assert (behaviour.learns, behaviour.structure) == (True, "near-ties")
