from __future__ import annotations

import datetime
import json
from dataclasses import replace

import pytest

from simulator.experiments.comparing.compare import compare
from simulator.experiments.execution.computing import Computing
from simulator.experiments.paperwork.paperwork import paperwork_of_scenario, paperwork_of_set
from simulator.experiments.paperwork.results import GROUNDS
from simulator.experiments.runs.rewording import reword
from simulator.experiments.scenarios.assumptions import load_assumptions
from simulator.experiments.scenarios.option import Option, Phase
from simulator.rules.loading import load_criteria
from tests.experiments.paperwork.pay_step_sets import with_steps


@pytest.fixture(scope="module")
def reckoned(tiny, office):
    return paperwork_of_scenario(tiny, Computing(), office)


def test_totals_are_counts_times_what_the_clauses_and_the_unit_costs_say(reckoned, tiny):
    option = reckoned.option("keep")
    costs = {cost.id: cost.value for cost in reckoned.assumed}
    files = sum(award.files for award in option.awards)
    quantities = {name: item.value for name, item in option.quantities.items()}
    assert quantities["dossiers"] == pytest.approx(files)
    assert quantities["signatures"] == pytest.approx(sum(award.files * award.signatures for award in option.awards))
    assert quantities["writing_hours"] == pytest.approx(files * costs["hours_per_file"])
    assert quantities["council_hours"] == pytest.approx(sum(award.files * award.council_hours for award in option.awards))
    used = {bonus.award: bonus.used for bonus in reckoned.law.bonuses if "keep" in bonus.options}
    assert quantities["bonus_vnd"] == pytest.approx(sum(award.given * used[award.award] for award in option.awards) * tiny.base_salary)
    hours = sum(quantities[name] for name in ("writing_hours", "appraisal_hours", "council_hours"))
    assert quantities["work_vnd"] == pytest.approx(hours * costs["hour_vnd"])
    assert quantities["total_vnd"] == pytest.approx(quantities["bonus_vnd"] + quantities["pay_step_vnd"] + quantities["work_vnd"])
    assert quantities["posting_days"] == 10


def with_pay_step(criteria, share):
    """Change the share of the staff that may get an early step."""
    award = criteria.awards["chien-si-thi-dua-co-so"]
    clauses = {**award.clauses, "early-salary-step": award.clauses["early-salary-step"].model_copy(update={"share": share})}
    awards = {**criteria.awards, "chien-si-thi-dua-co-so": award.model_copy(update={"clauses": clauses})}
    return replace(criteria, rules=criteria.rules.model_copy(update={"awards": awards}))


def test_early_steps_are_those_of_the_winners_up_to_their_share_of_the_staff(reckoned, tiny, office):
    (award,) = [award for award in reckoned.option("keep").awards if award.pay_step_share is not None]
    assert award.given < 0.1 * reckoned.members
    assert reckoned.option("keep").quantities["pay_step_vnd"].value == pytest.approx(award.given * tiny.base_salary)
    capped = replace(tiny, options=(tiny.options[0], Option.of("capped", tiny.title, with_pay_step(tiny.baseline, 0.01))))
    steps = paperwork_of_scenario(capped, Computing(), office, replications=2).option("capped").quantities["pay_step_vnd"]
    assert steps.value == pytest.approx(0.01 * reckoned.members * tiny.base_salary)


def test_who_won_two_awards_with_a_pay_step_rises_once(tiny, office):
    """Every fighter is an advanced worker as well, so that steps for both are as many as there are advanced workers."""
    lower, higher = "lao-dong-tien-tien", "chien-si-thi-dua-co-so"
    option = Option.of("steps", tiny.title, with_steps(tiny.baseline, {lower: 12, higher: 12}, share=0.99))
    told = paperwork_of_scenario(replace(tiny, options=(tiny.options[0], option)), Computing(), office, replications=2).option("steps")
    winners = {award.award: award.given for award in told.awards}
    assert winners[higher] > 0
    assert told.quantities["pay_step_vnd"].value == pytest.approx(winners[lower] * tiny.base_salary)


def test_the_range_of_the_assumptions_holds_the_value_and_leaves_the_law_alone(reckoned):
    for name, item in reckoned.option("plan").quantities.items():
        assert item.low <= item.value <= item.high
        assert (item.low == item.high) == (GROUNDS[name] in {"law", "simulated"}), name


def test_files_and_bonuses_are_those_of_the_table_of_costs_in_a_report(tiny, office):
    """One statement in two places: options that change a bonus, from the first year or later, come to the same in both."""
    keep, plan = tiny.options
    dear = with_bonus(tiny.baseline, 9)
    late = Option("late", plan.title, (Phase(2, dear), Phase(3, plan.criteria)))
    scenario = replace(tiny, options=(keep, plan, Option.of("dear", plan.title, dear), late), replications=2)
    comparison, told = compare(scenario), paperwork_of_scenario(scenario, Computing(), office, members=None)
    for option in scenario.options:
        indicators, quantities = comparison.option(option.id).indicators, told.option(option.id).quantities
        for indicator, quantity in (("dossiers", "dossiers"), ("cost_vnd", "bonus_vnd")):
            assert quantities[quantity].value == pytest.approx(indicators[indicator].value, rel=1e-12)
            assert quantities[quantity].difference == pytest.approx(indicators[indicator].difference, rel=1e-9, abs=1e-3)
    money = {option.id: told.option(option.id).quantities["bonus_vnd"].value for option in scenario.options}
    assert money["dear"] > money["late"] > money["keep"]
    fighters = [(bonus.multiple, bonus.options) for bonus in told.law.bonuses if bonus.award == "chien-si-thi-dua-co-so"]
    assert fighters == [(1.0, ["keep", "plan", "late"]), (9.0, ["dear", "late"])]


def test_money_is_called_law_only_where_every_bonus_cites_an_instrument(tiny, office, reckoned):
    """Some of the decree's bonuses are recalled without a provision; where a citation is there for each, money is law."""
    assert any(bonus.source is None for bonus in reckoned.law.bonuses)
    assert {option.quantities["bonus_vnd"].ground for option in reckoned.options} == {"law-and-assumed"}
    source = tiny.baseline.awards["chien-si-thi-dua-co-so"].clauses["bonus"].source
    assert source is not None
    for cites, ground in ((True, "law"), (False, "assumed")):
        update = {"source": source, "assumption": None} if cites else {"source": None}
        awards = {
            name: award.model_copy(
                update={"clauses": {key: each.model_copy(update=update) if each.kind == "money" else each for key, each in award.clauses.items()}}
            )
            for name, award in tiny.baseline.awards.items()
        }
        criteria = replace(tiny.baseline, rules=tiny.baseline.rules.model_copy(update={"awards": awards}))
        option = Option.of("keep", tiny.title, criteria)
        told = paperwork_of_scenario(replace(tiny, options=(option,), baseline=criteria), Computing(), office, replications=2)
        assert told.option("keep").quantities["bonus_vnd"].ground == ground


def with_bonus(criteria, multiple):
    """Change what the title gives."""
    award = criteria.awards["chien-si-thi-dua-co-so"]
    clauses = {**award.clauses, "bonus": award.clauses["bonus"].model_copy(update={"multiple": float(multiple)})}
    awards = {**criteria.awards, "chien-si-thi-dua-co-so": award.model_copy(update={"clauses": clauses})}
    return replace(criteria, rules=criteria.rules.model_copy(update={"awards": awards}))


def test_differences_are_paired_and_nothing_for_the_baseline(reckoned):
    keep, plan = reckoned.option("keep"), reckoned.option("plan")
    assert reckoned.baseline == "keep"
    assert all(item.difference == item.difference_low == item.difference_high == 0 for item in keep.quantities.values())
    for name, item in plan.quantities.items():
        assert item.difference == pytest.approx(item.value - keep.quantities[name].value, abs=1e-6)
        assert item.difference_low <= item.difference <= item.difference_high


def test_other_words_for_the_same_rules_cost_exactly_the_same(tiny, office):
    reworded = replace(tiny, options=(tiny.options[0], Option.of("reworded", tiny.title, reword(tiny.baseline))))
    option = paperwork_of_scenario(reworded, Computing(), office, replications=2).option("reworded")
    assert {(item.difference, item.difference_low, item.difference_high) for item in option.quantities.values()} == {(0.0, 0.0, 0.0)}


def test_totals_of_a_thinned_population_are_those_of_the_whole(tiny, office, reckoned):
    thinned = paperwork_of_scenario(tiny, Computing(), office, members=150)
    assert thinned.members < thinned.members_in_scenario == reckoned.members
    one, other = (each.option("keep").quantities["dossiers"].value for each in (thinned, reckoned))
    assert one == pytest.approx(other, rel=0.2)


def test_law_and_assumptions_stand_apart_in_the_json(reckoned):
    content = json.loads(reckoned.to_json())
    salary = content["law"]["base_salary"]
    assert (salary["amount"], salary["confidence"]) == (1_490_000, "recalled")
    fighter = next(bonus for bonus in content["law"]["bonuses"] if bonus["award"] == "chien-si-thi-dua-co-so")
    assert (fighter["multiple"], fighter["confidence"], fighter["options"]) == (1.0, "recalled", ["keep", "plan"])
    assert fighter["source"]["vi"].startswith("Nghị định số 91/2017")
    assert {cost["id"] for cost in content["assumed"] if not cost["assumed"]} == {"council_members_province", "council_members_state"}
    assert not any(bonus["award"].endswith("-tap-the") for bonus in content["law"]["bonuses"])


def test_a_day_without_a_known_base_salary_has_no_money_and_all_else(tiny, office):
    option = paperwork_of_scenario(replace(tiny, stated_base_salary=None), Computing(), office, replications=2).option("plan")
    money = {name for name, item in option.quantities.items() if item.value is None}
    assert money == {"bonus_vnd", "pay_step_vnd", "total_vnd"}
    assert option.awards[0].bonus_vnd is None


def test_a_set_is_told_file_by_file_with_the_base_salary_of_a_day(office):
    criteria, assumptions = load_criteria("law-2022-decree-152", office), load_assumptions(office)
    days = {2025: 2_340_000, 2026: 2_530_000}
    for year, amount in days.items():
        told = paperwork_of_set(criteria, assumptions, datetime.date(year, 12, 1), office)
        fighter = next(award for award in told.options[0].awards if award.award == "chien-si-thi-dua-co-so")
        assert (told.kind, told.law.base_salary.amount, fighter.bonus_vnd, fighter.files) == ("set", amount, amount, None)
    assert told.options[0].quantities == {}
    assert told.law.base_salary.confidence == "read"
