from __future__ import annotations

import pytest

from simulator.presentation.i18n import catalogue, translate
from simulator.rules.catalogue import list_workspace
from simulator.rules.checks.ranges import LONGEST_MEMORY_YEARS
from simulator.rules.linting import find_register
from simulator.rules.loading import load_criteria
from simulator.rules.values import Text
from simulator.widgets.drafting.controls import forms_of, holders_of
from simulator.widgets.drafting.draft import Draft
from simulator.workbook.criteria_fields import model_of
from simulator.workbook.criteria_layout import data_of
from simulator.workspace import find_workspace

QUOTA = "chien-si-thi-dua-co-so.quota"
WORKSPACE = find_workspace()
SHIPPED = [entry.id for listed in (list_workspace(WORKSPACE),) for entry in (*listed.criteria_sets, *listed.scoring_tables)]


@pytest.fixture(scope="module")
def draft():
    return Draft(load_criteria("decree-91", WORKSPACE))


def control(draft, clause, path, lang="vi"):
    (form,) = [form for form in forms_of(draft, lang) if form.clause == clause]
    return next(each for each in form.controls if each.path == path)


def test_a_share_is_a_slider_of_whole_percents(draft):
    share = control(draft, QUOTA, "share")
    assert (share.shape, share.low, share.high, share.step, share.unit) == ("share", 0, 1, 0.01, "%")


def test_a_step_is_fine_enough_for_the_number_that_stands_there(draft):
    assert control(Draft(draft.turned(QUOTA, "share", 0.125).criteria), QUOTA, "share").step == pytest.approx(0.001)


def test_a_word_of_a_list_is_a_choice_in_words(draft):
    rounding = control(draft, QUOTA, "rounding")
    assert rounding.shape == "choice"
    assert ("làm tròn xuống", "floor") in rounding.choices


def test_what_is_counted_is_whole(draft):
    assert control(draft, "procedure.appraisal-at-unit", "appraisers").shape == "whole"
    assert control(draft, "chien-si-thi-dua-co-so.initiative", "requires.at_least").shape == "whole"


def test_yes_and_no_is_a_switch(draft):
    assert control(draft, "procedure.ad-hoc-track", "counts_for_ladder").shape == "switch"


def test_a_number_of_a_condition_is_named_by_its_test(draft):
    name = control(draft, "lao-dong-tien-tien.minimum-service", "requires.at_least").name
    assert "tháng công tác" in name


def test_each_clause_has_its_source_beside_it(draft):
    forms = {form.clause: form for form in forms_of(draft, "vi", find_register(WORKSPACE))}
    assert "Nghị định số 91/2017/NĐ-CP" in forms[QUOTA].grounds or "Luật" in forms[QUOTA].grounds
    assert all(form.grounds for form in forms.values() if "." in form.clause)


def test_what_is_changed_or_struck_out_is_marked(draft):
    changed = draft.turned(QUOTA, "share", 0.1).without("chien-si-thi-dua-co-so.bonus")
    forms = {form.clause: form for form in forms_of(changed)}
    assert (forms[QUOTA].is_changed, forms[QUOTA].is_removed) == (True, False)
    assert forms["chien-si-thi-dua-co-so.bonus"].is_removed
    assert "10%" in forms[QUOTA].title


def test_a_new_value_rests_on_the_reason_as_soon_as_there_is_one(draft):
    changed = draft.turned(QUOTA, "share", 0.1)
    for why, said in ((None, translate("draft.why", "vi")), (Text(vi="Bớt số lượng.", en="Fewer."), "Bớt số lượng.")):
        forms = {form.clause: form for form in forms_of(changed, why=why)}
        assert said in forms[QUOTA].grounds
        assert forms["chien-si-thi-dua-co-so.bonus"].grounds == next(
            form.grounds for form in forms_of(draft) if form.clause == "chien-si-thi-dua-co-so.bonus"
        )
    assert translate("draft.why", "vi") not in forms[QUOTA].grounds


def test_the_clauses_of_one_holder_are_those_of_all_that_stand_in_it(draft):
    forms = forms_of(draft)
    by_holder = {holder: forms_of(draft, holder=holder) for holder in holders_of(draft)}
    assert [form for held in by_holder.values() for form in held] == forms
    assert {form.clause.partition(".")[0] for form in by_holder["chien-si-thi-dua-co-so"]} == {"chien-si-thi-dua-co-so"}


def test_years_looked_back_end_where_memory_does(draft):
    """A slider leads to no number that would be refused as soon as it is reached."""
    ends = {(each.clause, each.path): (each.low, each.high) for form in forms_of(draft) for each in form.controls}
    assert ends["bang-khen-thu-tuong-tap-the.provincial-certificate", "requires.any.0.all.0.within_years"] == (1, LONGEST_MEMORY_YEARS)
    windows = [(path, low, high) for (_, path), (low, high) in ends.items() if path.endswith(".within_years")]
    assert len(windows) > 10
    assert [each for each in windows if each[1:] != (1, LONGEST_MEMORY_YEARS)] == []


def test_a_holder_is_called_by_the_title_of_its_award_or_section(draft):
    holders = holders_of(draft, "en")
    assert holders["chien-si-thi-dua-co-so"] == draft.base.awards["chien-si-thi-dua-co-so"].title.en
    assert holders["procedure"] == translate("draft.section.procedure", "en")


def test_what_the_model_plays_is_marked(draft):
    played = {form.clause for form in forms_of(draft) if form.plays}
    assert QUOTA in played
    assert not any(clause.startswith("principles.") for clause in played)


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_shipped_set_has_a_form_in_both_languages(name, lang):
    """Each value lies within its ends, each choice is one of its words, and no name is a code."""
    draft = Draft(load_criteria(name, WORKSPACE))
    forms = forms_of(draft, lang)
    assert [form.clause for form in forms] == list(draft.former)
    for form in forms:
        assert form.title
        for each in form.controls:
            value = draft.value(each.clause, each.path)
            assert each.name
            assert not set(each.name) & set("_[]{}"), each.name
            if each.shape in {"share", "number", "whole"}:
                assert each.low <= value <= each.high
                assert each.step > 0
            if each.shape == "choice":
                assert value in {code for _, code in each.choices}


@pytest.mark.parametrize("name", SHIPPED)
def test_no_control_leads_to_what_the_format_refuses(name):
    """Both ends of each slider and each word of each list make a clause that can be read."""
    draft = Draft(load_criteria(name, WORKSPACE))
    n_tried = 0
    for form in forms_of(draft):
        former, is_head = draft.former[form.clause], "." not in form.clause
        model = model_of(str(former["kind"]), is_award=is_head)
        for each in form.controls:
            ends = [round(end) if each.shape == "whole" else end for end in (each.low, each.high)]
            for value in [code for _, code in each.choices] if each.shape == "choice" else ends if each.shape in {"share", "number", "whole"} else []:
                data = data_of({**former, each.path: value}) | ({"clauses": {}} if is_head else {})
                model.model_validate({key: held for key, held in data.items() if key in model.model_fields})
                n_tried += 1
    assert n_tried


def test_what_makes_a_clause_the_one_it_is_and_what_others_rule_is_not_offered():
    for name in ("decree-91", "decree-335-2025", "hanoi-letter-3959"):
        draft = Draft(load_criteria(name, WORKSPACE))
        offered = {(form.clause, each.path) for form in forms_of(draft) for each in form.controls}
        held = {(clause, path): value for clause, values in draft.former.items() for path, value in values.items()}
        given = {key for key, value in held.items() if key[1] == "target" and isinstance(value, str)}
        above = {key for key in held if key[1].startswith(("limit.", "moves."))}
        assert given
        assert above or name == "decree-335-2025"
        assert not (given | above) & offered
        assert not {key for key in offered if key[1] == "authority" and key[0].startswith("procedure.appraisal")}


def test_a_list_of_words_leaves_a_choice_and_holds_no_bar_that_everybody_passes():
    for name in SHIPPED:
        draft = Draft(load_criteria(name, WORKSPACE))
        for form in forms_of(draft):
            for each in form.controls:
                codes = [code for _, code in each.choices]
                assert len(codes) != 1
                assert "failed" not in codes or draft.value(each.clause, each.path) == "failed"


def test_an_event_is_called_by_its_title_and_not_by_its_id():
    draft = Draft(load_criteria("molisa-2019", WORKSPACE))
    assert control(draft, "points.discipline", "events.late-report.minus").name == "nội dung trừ điểm, “Báo cáo chậm”, điểm trừ mỗi lần"


def test_every_section_has_a_name():
    for lang in ("vi", "en"):
        assert {f"draft.section.{name}" for name in ("principles", "procedure", "points", "classes", "vetoes")} <= set(catalogue(lang))


def test_a_changed_clause_says_that_it_amends_what_it_cites():
    base = load_criteria("decree-91", find_workspace())
    before = next(form for form in forms_of(Draft(base)) if form.clause == QUOTA).grounds
    after = next(form for form in forms_of(Draft(base).turned(QUOTA, "share", 0.1)) if form.clause == QUOTA).grounds
    assert "sửa đổi" not in before
    assert after.startswith("sửa đổi Điều 9 ")


def test_no_two_shares_of_an_award_are_called_the_same_and_no_name_says_a_thing_twice():
    forms = [form for form in forms_of(Draft(load_criteria("decree-91", find_workspace()))) if form.clause.startswith("chien-si-thi-dua-co-so")]
    names = [control.name for form in forms for control in form.controls if control.shape == "share"]
    assert names == ["tỷ lệ chỉ tiêu", "tỷ lệ được nâng bậc lương trước thời hạn"]
    (consumed,) = [control for form in forms for control in form.controls if control.path.endswith("consumed")]
    assert consumed.name == "đã dùng thì không dùng lại"
