from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import InputError, Severity
from simulator.rules.assembly import read_criteria, stack_over
from simulator.rules.linting import lint
from simulator.rules.loading import load_criteria
from simulator.rules.values import Text
from simulator.widgets.drafting.draft import Draft
from simulator.workspace import find_workspace

QUOTA = "chien-si-thi-dua-co-so.quota"
WHY = Text(vi="Giảm số lượng để nâng chất lượng.", en="Fewer, and better.")


@pytest.fixture(scope="module")
def base():
    return load_criteria("decree-91", find_workspace())


def test_an_unchanged_draft_is_its_base(base):
    assert Draft(base).is_unchanged
    assert Draft(base).criteria is base


def test_a_turned_value_is_in_the_rules_and_nothing_else_is(base):
    draft = Draft(base).turned(QUOTA, "share", 0.1)
    assert draft.criteria.clause(QUOTA).share == 0.1
    assert draft.changed == (QUOTA,)
    others = {path: clause for path, clause in base.iter_clauses() if path != QUOTA}
    assert {path: clause for path, clause in draft.criteria.iter_clauses() if path != QUOTA} == others


def test_turning_back_undoes(base):
    assert Draft(base).turned(QUOTA, "share", 0.1).turned(QUOTA, "share", 0.15) == Draft(base)


def test_a_value_that_does_not_exist_is_refused(base):
    with pytest.raises(KeyError):
        Draft(base).turned(QUOTA, "shares", 0.1)
    with pytest.raises(KeyError):
        Draft(base).without("chien-si-thi-dua-co-so.nothing")


def test_a_new_number_rests_on_its_reason_and_the_title_says_it(base):
    clause = Draft(base).turned(QUOTA, "share", 0.1).criteria.clause(QUOTA)
    assert "10%" in clause.title.vi
    assert "10%" in clause.title.en
    assert clause.assumption is not None
    assert clause.source == base.clause(QUOTA).source


def test_a_changed_draft_lints_like_any_overlay(base):
    findings = lint(Draft(base).turned(QUOTA, "share", 0.1).criteria)
    assert {finding.code for finding in findings}.isdisjoint({"RL325", "RL380"})


def test_a_number_out_of_range_is_found_not_refused(base):
    (found,) = [finding for finding in lint(Draft(base).turned(QUOTA, "share", 1.5).criteria) if finding.severity is Severity.ERROR]
    assert found.fields["clause"] == QUOTA


def test_what_is_no_rule_is_refused_with_its_reason(base):
    with pytest.raises(InputError):
        _ = Draft(base).turned(QUOTA, "rounding", "upwards").criteria


def test_a_clause_struck_out_is_gone_and_can_come_back(base):
    draft = Draft(base).turned(QUOTA, "share", 0.1)
    gone = draft.without(QUOTA)
    with pytest.raises(KeyError):
        gone.criteria.clause(QUOTA)
    assert gone.with_again(QUOTA) == draft


def test_an_award_struck_out_takes_its_clauses_along(base):
    draft = Draft(base).turned(QUOTA, "share", 0.1).without("chien-si-thi-dua-co-so")
    assert "chien-si-thi-dua-co-so:" in draft.overlay()
    assert "share: 0.1" not in draft.overlay()


def test_a_test_inside_a_condition_can_be_turned(base):
    path = next(path for path in Draft(base).former["chien-si-thi-dua-co-so.initiative"] if path.endswith("at_least"))
    draft = Draft(base).turned("chien-si-thi-dua-co-so.initiative", path, 2)
    assert draft.criteria.clause("chien-si-thi-dua-co-so.initiative").requires.at_least == 2


def test_the_overlay_as_a_file_is_the_same_rules(base, tmp_path):
    draft = Draft(base).turned(QUOTA, "share", 0.1).without("chien-si-thi-dua-co-so.early-salary-step")
    text = draft.overlay("fewer-places", why=WHY, title=Text(vi="Giảm chỉ tiêu", en="Fewer places"))
    path = tmp_path / "fewer-places.yaml"
    path.write_text(text, encoding="utf-8")
    criteria = read_criteria(path.as_posix(), find_workspace())
    assert criteria.rules.awards["chien-si-thi-dua-co-so"].clauses.keys() == draft.criteria.rules.awards["chien-si-thi-dua-co-so"].clauses.keys()
    assert criteria.clause(QUOTA).share == 0.1
    assert criteria.clause(QUOTA).why == WHY


@given(st.data())
def test_any_numbers_turned_are_the_numbers_of_the_rules(base, data):
    draft = Draft(base)
    numbers = [
        (clause, path)
        for clause, values in draft.former.items()
        for path, value in values.items()
        if isinstance(value, float) and path.rpartition(".")[2] in {"share", "multiple", "audit_share"}
    ]
    chosen = data.draw(st.dictionaries(st.sampled_from(numbers), st.integers(0, 40).map(lambda n: n / 40), min_size=1, max_size=4))
    for (clause, path), value in chosen.items():
        draft = draft.turned(clause, path, value)
    again = Draft(draft.criteria)
    assert {key: again.former[key[0]][key[1]] for key in chosen} == chosen


def test_a_draft_is_a_draft_without_the_period_of_its_base(base):
    criteria = Draft(base).turned(QUOTA, "share", 0.1).criteria
    assert (criteria.status, criteria.valid_from, criteria.valid_until) == ("draft", None, None)
    assert criteria.headers[:-1] == base.headers
    assert criteria.amended == {QUOTA}


def test_a_draft_over_an_overlay_says_that_it_prevails(tmp_path):
    workspace = find_workspace()
    letter = load_criteria("hanoi-letter-3959", workspace)
    draft = Draft(letter).turned("principles.no-rotation", "compliance.value", 0.5)
    (tmp_path / "more-followed.yaml").write_text(draft.overlay("more-followed", why=WHY), encoding="utf-8")
    criteria = read_criteria((tmp_path / "more-followed.yaml").as_posix(), workspace)
    assert criteria.clause("principles.no-rotation").compliance.value == 0.5
    assert [settled.why for settled in criteria.resolutions] == [WHY]


def test_a_clause_has_its_own_reason_and_the_others_share_one(base):
    other = "lao-dong-tien-tien.minimum-service"
    draft = Draft(base).turned(QUOTA, "share", 0.1).turned(other, "requires.at_least", 8).because(QUOTA, "vi", " Vì đơn vị \n nhỏ. ")
    assert not draft.is_reasoned
    criteria = stack_over(base, draft.overlay(why=WHY), "draft", "draft.yaml")
    assert (criteria.clause(QUOTA).why.vi, criteria.clause(QUOTA).assumption.vi) == ("Vì đơn vị nhỏ.", "Vì đơn vị nhỏ.")
    assert (criteria.clause(other).why, criteria.clause(other).assumption) == (WHY, WHY)
    assert draft.because(other, "vi", "Vì thế.").is_reasoned


def test_a_reason_is_the_same_in_both_languages_until_one_is_given_another(base):
    draft = Draft(base).because(QUOTA, "vi", "Vì đơn vị nhỏ.")
    assert draft.reason_of(QUOTA) == Text(vi="Vì đơn vị nhỏ.", en="Vì đơn vị nhỏ.")
    both = draft.because(QUOTA, "en", "Small units.")
    assert both.reason_of(QUOTA) == Text(vi="Vì đơn vị nhỏ.", en="Small units.")
    assert draft.because(QUOTA, "vi", "Vì ít người.").reason_of(QUOTA) == Text(vi="Vì ít người.", en="Vì ít người.")
    assert both.because(QUOTA, "vi", "").reason_of(QUOTA) == Text(vi="Small units.", en="Small units.")
    assert draft.reason_of("lao-dong-tien-tien.minimum-service") is None
    assert draft.because(QUOTA, "vi", " ").reasons == {}
    with pytest.raises(KeyError):
        draft.because("no.clause", "vi", "x")


def test_what_keeps_a_draft_from_being_rules_is_left_out_of_what_is_sound(base):
    draft = Draft(base).turned(QUOTA, "share", 0.1).turned("chien-si-thi-dua-co-so.initiative", "requires.at_least", 0)
    assert draft.sound.values == {(QUOTA, "share"): 0.1}
    assert draft.sound.sound is draft.sound
    assert Draft(base).turned(QUOTA, "rounding", "upwards").sound.is_unchanged
