from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given

from simulator.presentation.rules.clause_words import clause_rule, clause_text, say_assumption
from simulator.presentation.rules.condition_words import names_of
from simulator.rules.loading import criteria_from_text
from tests.examples import sampled
from tests.rules.random_sets import as_set, sets
from tests.rules.specimen import SET, replace

CRITERIA = criteria_from_text(SET)


@pytest.mark.parametrize(
    ("path", "vi"),
    [
        ("fighter.quota", "Chỉ tiêu. Số lượng tối đa: 50% số trường hợp đạt “Lao động tiên tiến”; tính theo từng đơn vị; làm tròn đến số gần nhất."),
        ("fighter.money", "Tiền thưởng. Mức tiền thưởng: 1 lần mức lương cơ sở."),
        (
            "fighter.standard",
            (
                "Tiêu chuẩn. Điều kiện: đáp ứng đủ các điều kiện: (1) đạt “Lao động tiên tiến” trong năm; (2) (được xếp loại hoàn thành xuất sắc nhiệm vụ "
                "trong năm hoặc có ít nhất 1 sáng kiến, đề tài được công nhận, chưa dùng để xét khen thưởng; đã dùng thì không dùng lại); "
                "(3) không bị kỷ luật trong năm."
            ),
        ),
        ("procedure.appraisal-at-unit", "Thẩm định. Tại đơn vị, mỗi hồ sơ có 1 người thẩm định độc lập; kiểm tra lại 10% số hồ sơ."),
        (
            "principles.fewer-leaders",
            (
                "Giảm tỷ lệ lãnh đạo. Yêu cầu không kèm con số; mức tuân thủ giả định 0,3 (trong khoảng từ 0 đến 1); "
                "nếu tuân thủ đầy đủ thì con số giả định bằng 0."
            ),
        ),
    ],
)
def test_a_clause_is_its_title_and_what_it_rules(path, vi):
    assert clause_text(CRITERIA.clause(path), "vi", names_of(CRITERIA, "vi")) == vi


def test_the_head_of_an_award_is_said():
    assert clause_text(CRITERIA.awards["fighter"], "en") == "Fighter. Commendation for merit, for individuals, level 2, decided by the unit."


def test_a_statement_is_its_title_alone():
    text = replace(SET, "kind: exhortation", "kind: statement")
    text = replace(text, "    compliance: {value: 0.3, low: 0, high: 1}\n    moves: [{assumption: rank_weight, toward: 0}]\n", "")
    clause = criteria_from_text(text).principles["fewer-leaders"]
    assert (clause_rule(clause, "vi"), clause_text(clause, "vi")) == ("", "Giảm tỷ lệ lãnh đạo")


@sampled(20, 60, suppress_health_check=list(HealthCheck))  # a whole set takes a twentieth of a second
@given(sets())
def test_every_clause_of_any_set_can_be_said(data):
    criteria = as_set(data)
    for lang in ("vi", "en"):
        names = names_of(criteria, lang)
        for _path, clause in criteria.iter_clauses():
            assert clause_text(clause, lang, names).startswith(clause.title.in_language(lang).rstrip("."))


def test_the_limit_of_a_quota_is_cited_in_words():
    limit = 'limit: {share: 0.6, source: {instrument: decree-example, provision: "Điều 5 khoản 2", confidence: read}}'
    criteria = criteria_from_text(replace(SET, "share: 0.5\n        of: {holders", f"share: 0.5\n        {limit}\n        of: {{holders"))
    rule = clause_rule(criteria.clause("fighter.quota"), "vi", {"instruments.decree-example": "Nghị định số 1"})
    assert "khoản 2 Điều 5 Nghị định số 1" in rule


def test_an_assumption_that_says_so_itself_is_not_called_one_twice():
    assert say_assumption("Giả định 10% hồ sơ.", "vi") == "Giả định 10% hồ sơ."
    assert say_assumption("Mức tuân thủ là giả định.", "vi") == "Mức tuân thủ là giả định."
    assert say_assumption("10% hồ sơ.", "vi") == "Giả định: 10% hồ sơ."
