from __future__ import annotations

import pytest
from hypothesis import given

from simulator.presentation.i18n import describe
from simulator.rules.checks.contradictions import check, most_points
from simulator.rules.checks.subject import Subject
from simulator.rules.linting import lint
from tests.examples import sampled
from tests.rules.specimen import SET, line_of, replace, stack_texts
from tests.rules.strategies import criteria_sets
from tests.rules.table_specimen import TABLE, at

GOOD = "requires: {fact: rating, at_least: completed-well}"
GROUND = 'title: {vi: "Điều kiện", en: "Condition"}, assumption: {vi: "Giả định", en: "Assumed"}'


def second(condition, award="worker"):
    """Give the specimen with one more condition of an award."""
    clause = f"      second: {{kind: eligibility, {GROUND}, requires: {condition}}}\n"
    return replace(SET, "  fighter:\n", clause + "  fighter:\n") if award == "worker" else SET + clause


def found(text):
    return [(finding.code, finding.line, finding.fields) for finding in lint(stack_texts(text), assumption_ids=["rank_weight"])]


@pytest.mark.parametrize(
    ("condition", "nominee"),
    [
        ("{not: {fact: rating, at_least: completed}}", "rating completed-well (0)"),
        (
            "{all: [{fact: rating-run, rating: excellent, at_least: 3}, {not: {fact: rating-count, rating: excellent, within_years: 5, at_least: 3}}]}",
            None,
        ),
        ("{all: [{fact: service-months, at_least: 24}, {not: {fact: service-months, at_least: 12}}]}", None),
        ("{all: [{fact: award-run, award: fighter, at_least: 2}, {fact: years-since-award, award: fighter, at_least: 2}]}", None),
        ("{all: [{fact: disciplined-this-year}, {fact: years-since-discipline, at_least: 1}]}", None),
        ("{all: [{fact: role, one_of: [head]}, {fact: role, one_of: [direct, staff]}]}", None),
        ("{not: {any: [{fact: is-woman}, {not: {fact: is-woman}}]}}", None),
    ],
)
def test_conditions_that_nobody_meets(condition, nominee):
    text = second(condition)
    findings = [finding for finding in found(text) if finding[0] == "RL357"]
    ((_code, line, fields),) = findings[:1]
    assert line == line_of(text, "      second:")
    assert fields["clause"] == "worker.second"
    assert fields["award"] == "worker"
    if nominee is None:
        assert fields["others"] == "–", "it contradicts itself"
    else:
        assert (fields["others"], fields["nominee"]) == ("worker.rating", nominee)


def test_the_smallest_nominee_meets_everything_else():
    two = f"{GOOD}\n      months: {{kind: eligibility, {GROUND}, requires: {{fact: service-months, at_least: 10}}}}"
    text = replace(second("{not: {all: [{fact: rating, at_least: completed-well}, {fact: service-months, at_least: 8}]}}"), GOOD, two)
    ((code, _line, fields),) = [finding for finding in found(text) if finding[2].get("award") == "worker" and finding[0] == "RL357"]
    assert code == "RL357"
    assert fields["others"] == "worker.rating, worker.months"
    assert set(fields["nominee"].split(", ")) == {"rating completed-well (0)", "service-months 10"}


def test_a_ladder_carries_the_conditions_of_its_lower_steps():
    text = second("{not: {fact: rating, at_least: completed-well}}", "fighter")
    ((_code, line, fields),) = [finding for finding in found(text) if finding[0] == "RL357"]
    assert (fields["clause"], line) == ("fighter.second", line_of(text, "      second:"))
    assert "worker.rating" in fields["others"], "a fighter of this year is a worker of this year"


def test_a_veto_can_make_an_award_impossible():
    text = replace(TABLE, "{fact: disciplined-this-year}, {points", "{fact: service-months, at_least: 9}, {points")
    findings = [finding for finding in lint(stack_texts(text)) if finding.code == "RL357"]
    assert [(finding.fields["clause"], finding.fields["others"]) for finding in findings] == [("best.enough", "vetoes.disciplined")]
    assert findings[0].fields["nominee"] == "conduct.order 5"


@pytest.mark.parametrize(
    ("condition", "is_dead"),
    [
        ("{fact: rating, at_least: completed}", True),
        ("{fact: rating, at_least: completed-well}", True),
        ("{fact: rating, at_least: excellent}", False),
        ("{fact: service-months, at_least: 10}", False),
        ("{not: {fact: case-pending}}", False),
        ("{any: [{fact: rating-run, rating: completed-well, at_least: 1}, {fact: is-woman}]}", True),
    ],
)
def test_a_clause_the_others_imply(condition, is_dead):
    codes = [code for code, _line, fields in found(second(condition)) if fields["clause"] == "worker.second"]
    weaker = [code for code, _line, fields in found(second(condition)) if fields["clause"] == "worker.rating"]
    assert codes == (["RL358"] if is_dead else [])
    assert weaker == (["RL358"] if "excellent" in condition else []), "of two, the one implied by the other is named"


def test_a_clause_that_everybody_meets_is_not_said_to_follow_from_others():
    assert [
        code for code, _line, fields in found(second("{any: [{fact: is-woman}, {not: {fact: is-woman}}]}")) if fields["clause"] == "worker.second"
    ] == ["RL361"]


def test_a_condition_that_uses_up_an_initiative_is_not_dead():
    condition = "{fact: unused-initiatives, at_least: 1, consumed: true}"
    text = replace(second(condition), GOOD, "requires: {fact: unused-initiatives, at_least: 2, consumed: false}")
    assert [finding for finding in found(text) if finding[2].get("clause") == "worker.second"] == []


@pytest.mark.parametrize(
    ("old", "new", "code", "part"),
    [
        ("{fact: years-established, at_least: 5}", "{not: {fact: service-months, at_least: 5}}", "RL359", "    requires: {not"),
        ("requires: {points: every-criterion, at_least_share: 0.85}", "requires: {points: total, at_least: 111}", "RL369", None),
        ("{fact: disciplined-this-year}, {points", "{fact: is-woman}, {not: {fact: is-woman}}, {points", "RL365", "    when: {any"),
        ("{points: conduct.order, below: 5}", "{points: conduct.order, at_least: 0}", "RL365", "    when: {any"),
        ("{who: {fact: is-woman}}, ", "{who: {fact: is-woman}}, {who: {fact: is-woman}}, ", "RL362", "    prefer:"),
        ("{points: results.budget}", "{points: total}", "RL362", None),
    ],
)
def test_conditions_outside_the_awards(old, new, code, part):
    at(old, new, code, part)


def test_a_tie_break_that_all_who_are_eligible_answer_alike():
    tie = f"      tie: {{kind: tie-break, {GROUND}, prefer: [{{who: {{fact: service-months, at_least: 6}}}}]}}\n"
    findings = lint(stack_texts(replace(TABLE, "      quota:\n", tie + "      quota:\n")), set_ids=["specimen"])
    assert [(finding.code, finding.fields["step"]) for finding in findings] == [("RL362", "1")]
    assert (
        lint(stack_texts(replace(TABLE, "      quota:\n", tie.replace("at_least: 6", "at_least: 60") + "      quota:\n")), set_ids=["specimen"]) == []
    )


def test_a_run_beyond_reach_of_its_window_is_told_once():
    text = second("{fact: award-count, award: fighter, within_years: 2, at_least: 3}")
    assert [code for code, _line, fields in found(text) if fields.get("clause") == "worker.second"] == ["RL310"]


def test_the_most_a_part_can_give():
    most = most_points(Subject(stack_texts(TABLE)))
    assert (most["total"], most["results"], most["extra.ideas"]) == (110, 60, 15)
    assert most_points(Subject(stack_texts(SET))) == {}


@sampled(10, 100)  # a whole set takes a tenth of a second
@given(criteria_sets())
def test_the_search_never_fails(criteria):
    for finding in check(Subject(criteria)):
        assert finding.code.startswith("RL3")
        assert finding.line >= 1


def table_findings(old, new):
    return lint(stack_texts(replace(TABLE, old, new)), set_ids=["specimen"])


@pytest.mark.parametrize(
    ("condition", "clauses"),
    [
        ("{points: total, below: 80}", {"best.floor, best.class"}),
        ("{all: [{points: total, at_least: 85}, {points: results.budget, below: 1}]}", {"best.floor"}),
        ("{all: [{points: total, at_least: 80}, {points: results.budget, below: 1}]}", set()),
        ("{not: {points: total, at_least: 79}}", {"best.floor, best.class"}),
    ],
)
def test_points_that_contradict_a_class_or_one_another(condition, clauses):
    extra = f"      floor: {{kind: eligibility, {GROUND}, requires: {condition}}}\n      quota:\n"
    findings = [finding for finding in table_findings("      quota:\n", extra) if finding.code == "RL357"]
    assert {finding.fields["clauses"] for finding in findings} == clauses


def test_a_class_nobody_can_reach_and_the_award_that_asks_for_it():
    text = replace(TABLE, "{points: every-criterion, at_least_share: 0.85}", "{points: results, below: 30}")
    text = replace(text, "requires: {class: [excellent, good]}", "requires: {class: [excellent]}")
    findings = lint(stack_texts(text), set_ids=["specimen"])
    assert [(finding.code, finding.fields["clause"]) for finding in findings] == [("RL368", "classes.excellent"), ("RL370", "best.class")]
    assert findings[0].line == line_of(text, "    requires: {points: results")


def test_one_finding_for_one_cause():
    text = second("{not: {fact: rating, at_least: completed}}")
    assert [fields["award"] for code, _line, fields in found(text) if code == "RL357"] == ["worker"], "the fighter only follows"


def test_a_contradiction_is_told_in_the_words_of_its_reader():
    text = second("{not: {fact: rating, at_least: completed}}")
    (finding,) = [finding for finding in lint(stack_texts(text)) if finding.code == "RL357"]
    sentence = describe(finding, "vi")
    assert "(1) được xếp loại hoàn thành tốt nhiệm vụ trở lên trong năm; (2) không thuộc trường hợp" in sentence
    assert "(hoàn thành tốt nhiệm vụ: năm xét)" in sentence
    assert "worker.second, worker.rating" in sentence
    assert not any(word in sentence for word in ("∅", "@", "completed", "–"))


def test_what_stands_inside_one_condition():
    never = "{any: [{fact: award-count, award: fighter, within_years: 5, at_least: 6}, {fact: is-woman}]}"
    assert [code for code, _line, fields in found(second(never)) if fields.get("clause") == "worker.second"] == ["RL371"]
    idle = "{all: [{fact: service-months, at_least: 10}, {fact: service-months, at_least: 8}]}"
    text = second(idle)
    assert [(code, line) for code, line, fields in found(text) if fields.get("clause") == "worker.second"] == [
        ("RL372", line_of(text, "      second:"))
    ]
