"""A comparison says which clauses changed, what they rest on, which numbers were used, and exactly what was run."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date

import pytest

from simulator.experiments.results.comparison import BaseSalaryUsed, FieldChange
from simulator.experiments.scenarios import description
from simulator.experiments.scenarios.description import (
    both,
    changed_clauses,
    commit_of_source,
    describe_assumptions,
    describe_base_salary,
    describe_clauses,
    describe_run,
    describe_sets,
    is_simulated,
    package_versions,
)
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.rules.base_salary import base_salary_on, load_base_salaries
from simulator.rules.citation import load_instruments
from simulator.rules.clauses import Exhortation
from simulator.rules.loading import load_criteria
from simulator.rules.values import Text
from tests.scoring.sets import make_set

OVERLAY = """\
id: trial
extends: decree-91
title: {vi: Thử, en: Trial}
status: illustrative
drafting_state: drafting
valid: {from: 2021-01-01}
checked_on: 2026-11-22
instruments: [law-15-2003]
awards:
  chien-si-thi-dua-co-so:
    clauses:
      quota:
        share: 0.2
        why: {vi: Thử, en: Trial}
      cap:
        kind: leader-cap
        title: {vi: Trần, en: Cap}
        why: {vi: Vì thế, en: Because}
        share: 0.3
        pooling: unit
        source: {instrument: law-15-2003, provision: "Điều 22", confidence: unsure}
      initiative:
        remove: true
        why: {vi: Thử, en: Trial}
"""


@pytest.fixture
def scenario(desk, rewrite):
    """Compare the baseline with an overlay that adds, changes and removes one clause each."""
    (desk.criteria / "trial.yaml").write_text(OVERLAY, encoding="utf-8")
    rewrite("scenarios/tiny.yaml", ("criteria: decree-91+hanoi-plan-115", "criteria: decree-91+trial"))
    return load_scenario("tiny", desk)


def test_the_clauses_of_an_award_taken_away_have_the_reason_of_the_award(desk, rewrite):
    text = OVERLAY[: OVERLAY.index("awards:")].replace("instruments: [law-15-2003]\n", "")
    text += "procedure:\n  posting: {remove: true, why: {vi: Bỏ, en: Drop}}\n"
    text += "awards:\n  huan-chuong-lao-dong-nhat-tap-the: {remove: true, why: {vi: Bỏ, en: Drop}}\n"
    (desk.criteria / "trial.yaml").write_text(text, encoding="utf-8")
    rewrite("scenarios/tiny.yaml", ("criteria: decree-91+hanoi-plan-115", "criteria: decree-91+trial"))
    described = describe_clauses(load_scenario("tiny", desk), load_instruments(desk))
    assert len(described) > 1
    assert {(entry.change, entry.clause.partition("#")[0], entry.text["en"]) for entry in described} == {("removed", "trial", "Drop")}
    order = load_criteria("decree-91", desk).awards["huan-chuong-lao-dong-nhat-tap-the"].title.model_dump()
    assert [entry.award_title for entry in described] == [None if "#procedure" in entry.clause else order for entry in described]


def test_changed_clauses_are_those_added_changed_and_removed(scenario):
    keep, plan = scenario.options
    assert changed_clauses(keep, scenario) == {}
    found = {path: change for path, (change, _) in changed_clauses(plan, scenario).items()}
    focus = scenario.focus_award
    assert found == {f"{focus}.quota": "changed", f"{focus}.cap": "added", f"{focus}.initiative": "removed"}


def test_each_changed_clause_is_described_with_its_ground(scenario, desk):
    described = {entry.clause: entry for entry in describe_clauses(scenario, load_instruments(desk))}
    focus = scenario.focus_award
    assert {entry.option for entry in described.values()} == {"plan"}
    cap = described[f"trial#{focus}.cap"]
    assert (cap.kind, cap.change, cap.simulated, cap.confidence, cap.compliance) == ("leader-cap", "added", True, "unsure", None)
    assert cap.title == {"vi": "Trần", "en": "Cap"}
    assert cap.award_title == scenario.baseline.awards[focus].title.model_dump()
    assert cap.text == {"vi": "Vì thế", "en": "Because"}
    assert cap.source["vi"].endswith(", Điều 22")
    assert cap.source["en"] == f"{load_instruments(desk)['law-15-2003'].title.en}, Điều 22"
    assert cap.assumption is None
    quota = described[f"trial#{focus}.quota"] if f"trial#{focus}.quota" in described else described[f"decree-91#{focus}.quota"]
    assert (quota.change, quota.text) == ("changed", {"vi": "Thử", "en": "Trial"})
    assert (quota.source, quota.confidence, quota.assumption) == (None, None, None)  # those of the decree belong to its own number
    assert quota.amended_title == quota.title
    assert "Điều 9" in quota.amended_source["vi"]
    assert quota.changed_fields == [FieldChange("share", 0.15, 0.2)]
    (removed,) = [entry for entry in described.values() if entry.change == "removed"]
    assert removed.clause == f"trial#{focus}.initiative"
    assert (removed.text, removed.source, removed.changed_fields) == ({"vi": "Thử", "en": "Trial"}, None, [])
    assert removed.amended_source is not None


def test_a_changed_clause_keeps_the_grounds_it_states_itself(desk, rewrite):
    own = "share: 0.2\n        assumption: {vi: Của riêng, en: Its own}\n        source: {instrument: law-15-2003, confidence: unsure}"
    (desk.criteria / "trial.yaml").write_text(OVERLAY.replace("share: 0.2", own), encoding="utf-8")
    rewrite("scenarios/tiny.yaml", ("criteria: decree-91+hanoi-plan-115", "criteria: decree-91+trial"))
    described = describe_clauses(load_scenario("tiny", desk), load_instruments(desk))
    (quota,) = [entry for entry in described if entry.change == "changed"]
    assert (quota.assumption, quota.confidence) == ({"vi": "Của riêng", "en": "Its own"}, "unsure")
    assert quota.source == both(load_instruments(desk)["law-15-2003"].title)
    assert quota.changed_fields == [FieldChange("share", 0.15, 0.2)]


def test_a_change_deep_inside_is_named_by_its_place():
    before = {"requires": {"all": [{"fact": "a"}, {"at_least": 2}]}, "of": "staff", "moves": []}
    after = {"requires": {"all": [{"fact": "a"}, {"at_least": 3}]}, "of": {"holders_of": "b"}, "moves": [1]}
    assert list(description._changed_fields(before, after)) == [
        FieldChange("requires.all.1.at_least", 2, 3),
        FieldChange("of", "staff", {"holders_of": "b"}),
        FieldChange("moves", [], [1]),
    ]


def test_an_overlay_is_named_by_its_own_file(tiny, office):
    described = describe_clauses(tiny, load_instruments(office))
    assert {entry.clause.partition("#")[0] for entry in described} == {"hanoi-plan-115"}
    assert all(entry.option == "plan" and entry.change == "added" for entry in described)


def test_an_exhortation_tells_its_compliance_and_whether_it_moves_anything(tiny, office):
    described = {entry.clause.partition(".")[2]: entry for entry in describe_clauses(tiny, load_instruments(office))}
    assert (described["fewer-leaders"].kind, described["fewer-leaders"].compliance, described["fewer-leaders"].simulated) == (
        "exhortation",
        0.3,
        True,
    )
    assert described["all-year-round"].simulated is False
    review = load_instruments(office)["hanoi-plan-115-review-2018"]
    assert described["fewer-leaders"].source == both(review.title)  # no provision is known, and none is invented
    assert described["purpose"].simulated is False
    assert described["purpose"].compliance is None


def exhortation(*moved):
    moves = [{"assumption": name, "toward": 0.0} for name in moved]
    content = {"kind": "exhortation", "title": {"vi": "Thử", "en": "Trial"}, "compliance": {"value": 0.3, "low": 0.0, "high": 1.0}, "moves": moves}
    return Exhortation.model_validate(content)


@pytest.mark.parametrize(
    ("moved", "expected"),
    [((), False), (("turn_weight",), True), (("escalation", "turn_weight"), True), (("appraisers",), True)],
)
def test_an_exhortation_is_simulated_when_it_moves_a_number_the_model_has(moved, expected):
    assert is_simulated(exhortation(*moved)) is expected


def test_assumptions_tell_who_moves_them_and_what_each_option_used(tiny):
    described = {entry.id: entry for entry in describe_assumptions(tiny)}
    assert list(described) == list(tiny.assumptions.numbers)
    rank = described["rank_weight"]
    assert rank.moved_by == ["hanoi-plan-115#principles.fewer-leaders"]
    assert rank.used_value_by_option == {"keep": 0.15, "plan": pytest.approx(0.15 + 0.3 * (0 - 0.15))}
    assert (rank.value, rank.low, rank.high, rank.unit) == (0.15, 0.0, 0.4, "weight")
    assert rank.source is not None
    turn = described["turn_weight"]
    assert (turn.source, turn.moved_by) == (None, [])
    assert turn.used_value_by_option == {"keep": 0.25, "plan": 0.25}
    assert described["audit_share"].used_value_by_option["keep"] == 0.1
    assert described["escalation"].used_value_by_option == {"keep": 0.5, "plan": 0.5}


def test_an_assumption_the_scenario_changes_keeps_its_usual_value_beside_it(tiny):
    usual = tiny.assumptions.numbers["audit_share"].value
    changed = replace(tiny, overrides={"turn_weight": 0.4, "audit_share": usual})
    described = {entry.id: (entry.value, entry.default) for entry in describe_assumptions(changed)}
    assert described["turn_weight"] == (0.4, tiny.assumptions.numbers["turn_weight"].value)
    assert described["audit_share"] == (usual, None)
    assert {default for name, (_, default) in described.items() if name != "turn_weight"} == {None}


def test_a_number_the_scenario_replaces_is_shown_replaced(desk, rewrite):
    rewrite("scenarios/tiny.yaml", ("seed: 7", "seed: 7\nassumptions: {turn_weight: 0.5}"))
    described = {entry.id: entry for entry in describe_assumptions(load_scenario("tiny", desk))}
    assert described["turn_weight"].value == 0.5
    assert described["turn_weight"].used_value_by_option == {"keep": 0.5, "plan": 0.5}


def test_a_clause_in_several_options_moves_a_number_once(desk, rewrite):
    third = "  - id: third\n    title: {vi: Ba, en: Third}\n    criteria: decree-91+hanoi-plan-115+hanoi-letter-3959\nfocus_award:"
    rewrite("scenarios/tiny.yaml", ("focus_award:", third))
    described = {entry.id: entry for entry in describe_assumptions(load_scenario("tiny", desk))}
    for entry in described.values():
        assert len(set(entry.moved_by)) == len(entry.moved_by)
    assert set(described["rank_weight"].used_value_by_option) == {"keep", "plan", "third"}


def test_a_run_is_described_by_versions_rules_and_seed_and_no_clock(tiny):
    described = describe_run(tiny)
    assert described.seeds == [7]
    of_sets = {option.criteria.id: option.criteria.content_hash for option in tiny.options}
    assert of_sets.items() <= described.hashes.items()
    assert described.hashes.keys() - of_sets.keys() == {"assumptions", "base-salary", "population", "scenario"}
    assert {"tieuchi", "mesa", "numpy"} <= set(described.versions)
    assert describe_run(tiny) == described


def test_the_base_salary_is_told_with_what_it_rests_on(tiny, office):
    instruments = load_instruments(office)
    recalled = BaseSalaryUsed(amount=1_490_000, start=None, known_from="2020-01-01", source=None, confidence="recalled")
    assert describe_base_salary(tiny, instruments) == recalled
    assert tiny.base_salary == recalled.amount
    salary = base_salary_on(date(2025, 1, 1), load_base_salaries(office))
    title = instruments["decree-73-2024"].title.model_dump()
    decreed = BaseSalaryUsed(amount=2_340_000, start="2024-07-01", known_from=None, source=title, confidence="read")
    assert describe_base_salary(replace(tiny, stated_base_salary=salary), instruments) == decreed
    assert describe_base_salary(replace(tiny, stated_base_salary=None), instruments) is None


def test_each_set_of_each_stack_is_named(tiny, office):
    titles = describe_sets(tiny)
    assert titles == {name: both(load_criteria(name, office).headers[-1].title) for name in ("decree-91", "hanoi-plan-115")}


def test_a_package_that_is_not_installed_is_unknown(monkeypatch):
    monkeypatch.setattr(description, "_PACKAGES", ("tieuchi", "no-such-package-here"))
    assert package_versions()["no-such-package-here"] == "unknown"


@pytest.fixture
def _asked_anew():
    commit_of_source.cache_clear()
    yield
    commit_of_source.cache_clear()


@pytest.mark.usefixtures("_asked_anew")
def test_git_is_asked_once_for_the_code_that_was_read_once(monkeypatch):
    commit = commit_of_source()
    monkeypatch.setattr(subprocess, "run", None)  # whoever asked again would fail
    assert commit_of_source() == commit


def test_the_commit_is_that_of_the_checkout_the_program_runs_from():
    commit = commit_of_source()
    assert commit is None or (len(commit.removesuffix("+")) == 40 and int(commit.removesuffix("+"), 16) >= 0)


@pytest.mark.parametrize(
    "problem",
    [FileNotFoundError("git"), subprocess.CalledProcessError(128, "git"), subprocess.TimeoutExpired("git", 10)],
    ids=lambda p: type(p).__name__,
)
@pytest.mark.usefixtures("_asked_anew")
def test_without_git_there_is_no_commit_and_no_crash(monkeypatch, problem):
    def refuse(*_arguments, **_more):
        raise problem

    monkeypatch.setattr(subprocess, "run", refuse)
    assert commit_of_source() is None


@pytest.mark.usefixtures("_asked_anew")
def test_outside_a_checkout_of_its_own_there_is_no_commit(monkeypatch, tmp_path):
    """A package installed inside somebody else's repository must not name that repository's commit."""

    def answer(*_arguments, **_more):
        return subprocess.CompletedProcess([], 0, stdout="f" * 40)

    monkeypatch.setattr(subprocess, "run", answer)
    monkeypatch.setattr(description, "__file__", str(tmp_path / "site-packages" / "simulator" / "experiments" / "description.py"))
    assert commit_of_source() is None


def test_both_languages_stay_together():
    assert both(Text(vi="Thử", en="Trial")) == {"vi": "Thử", "en": "Trial"}


def test_another_assumption_or_population_has_another_fingerprint(tiny):
    before = describe_run(tiny).hashes
    calmer = replace(tiny, behaviour=replace(tiny.behaviour, merit_stability=0.55))
    smaller = replace(tiny, population=tiny.population.model_copy(update={"id": "other"}))
    dearer = replace(tiny, stated_base_salary=tiny.stated_base_salary.model_copy(update={"amount": 1_490_001}))
    read = replace(tiny, stated_base_salary=tiny.stated_base_salary.model_copy(update={"confidence": "read"}))
    for changed in (dearer, read, replace(tiny, stated_base_salary=None)):
        assert {key for key, digest in describe_run(changed).hashes.items() if before[key] != digest} == {"base-salary"}
    for changed, name in ((calmer, "assumptions"), (smaller, "population"), (tiny.with_(years=9), "scenario")):
        after = describe_run(changed).hashes
        assert {key for key in before if before[key] != after[key]} == {name}


@pytest.mark.parametrize(
    "words",
    [
        {"kind": "marking"},
        {"kind": "scale", "target": "individual", "total": 100},
        {"kind": "tie-break", "prefer": [{"who": {"fact": "is-woman"}}]},
    ],
)
def test_what_only_people_or_lists_go_by_is_recorded(words):
    assert not is_simulated(make_set(procedure={"it": words}).procedure["it"])


@pytest.mark.parametrize(
    "words",
    [
        {"kind": "stage", "level": "unit", "order": 1},
        {"kind": "ad-hoc-track", "counts_for_ladder": False},
        {"kind": "transition", "award": "old", "of_set": "former"},
        {"kind": "sector-gate", "sector": "enterprise", "requires": {"fact": "rating", "at_least": "excellent"}},
    ],
)
def test_what_files_go_through_is_simulated(words):
    assert is_simulated(make_set(procedure={"it": words}).procedure["it"])


def test_the_parts_of_a_scoring_table_are_recorded():
    made = make_set(
        points={"work": {"kind": "section", "points": 10, "parts": {"deeds": {"kind": "count", "points": 10, "each": 1}}}},
        classes={"good": {"at_least": 5}},
        vetoes={"case": {"when": {"fact": "case-pending"}}},
        awards={"title": {"clauses": {"step": {"kind": "pay-step", "share": 0.1, "months": 12}}}},
    )
    assert [path for path, clause in made.iter_clauses() if is_simulated(clause)] == ["title.step"]
