"""A reason is one sentence: what is asked in the words of the clause, what was observed in the headings of the list."""

from __future__ import annotations

from fractions import Fraction

import pytest

from simulator.presentation.reasons import ReasonWriter
from simulator.rules.citation import Instrument, InstrumentRegister, Source
from simulator.rules.loading import criteria_from_text
from simulator.rules.values import Text
from simulator.scoring.trace import Reason

SET = """
id: office
title: {vi: "Bộ tiêu chí mẫu", en: "Sample set"}
status: illustrative
drafting_state: drafting
author: {vi: "Tổ soạn thảo", en: "Drafting team"}
instruments: []
valid: {from: 2025-01-01}
checked_on: 2025-01-01
points:
  quality:
    kind: steps
    title: {vi: "Chất lượng công việc", en: "Quality of work"}
    points: 15
    bands: [{at_least: 95, points: 15}, {at_least: 90, below: 95, points: 12}]
    assumption: {vi: "Giả định.", en: "Assumed."}
awards:
  worker:
    title: {vi: "Người lao động giỏi", en: "Good worker"}
    target: individual
    kind: merit
    level: 1
    authority: unit
    clauses:
      rating:
        kind: eligibility
        title: {vi: "Xếp loại trong năm", en: "Rating of the year"}
        requires: {fact: rating, at_least: completed-well}
        assumption: {vi: "Giả định.", en: "Assumed."}
"""
SOURCE = Source(instrument="decree-91", provision="Điều 9", confidence="read")


@pytest.fixture(scope="module")
def criteria():
    return criteria_from_text(SET)


def test_a_condition_that_is_not_met_says_what_was_asked_and_what_was_found(criteria):
    reason = Reason("worker.rating", "eligibility", is_met=False, observed={"rating:2025": "completed"}, required={"at_least": "completed-well"})
    words = ReasonWriter(criteria, "vi", {"rating:2025": "Xếp loại năm 2025"}).words(reason)
    assert words.required == "Được xếp loại hoàn thành tốt nhiệm vụ trở lên trong năm"
    assert words.observed == "Xếp loại năm 2025: hoàn thành nhiệm vụ"
    assert (words.kind, words.verdict, words.points) == ("điều kiện", "chưa đạt", "")
    assert words.sentence == (
        "Xếp loại trong năm. Yêu cầu: Được xếp loại hoàn thành tốt nhiệm vụ trở lên trong năm; "
        "thực tế: Xếp loại năm 2025: hoàn thành nhiệm vụ; kết quả: chưa đạt."
    )


def test_a_criterion_says_how_it_is_counted_and_what_it_gave(criteria):
    reason = Reason(
        "points.quality", "criterion", is_met=False, observed={"quality": Fraction(94)}, required={}, points=Fraction(12), most=Fraction(15)
    )
    words = ReasonWriter(criteria, "en", {"quality": "Quality of work"}).words(reason)
    assert words.points == "12/15"
    assert words.observed == "94"  # the heading is the clause's own title and is not said twice
    assert words.sentence.startswith("Quality of work. Rule: ")
    assert words.sentence.endswith("; observed: 94; points: 12/15.")


def test_a_clause_that_is_not_there_is_told_from_its_data(criteria):
    reason = Reason("worker.gone", "mystery", is_met=True, observed={}, required={"rank": 2}, points=Fraction(1))
    words = ReasonWriter(criteria, "vi").words(reason)
    assert (words.title, words.kind, words.required, words.observed, words.points) == (
        "worker.gone",
        "mystery",
        "thứ hạng: 2",
        "–",
        "1",
    )


def test_a_source_is_cited_with_its_confidence(criteria):
    reason = Reason("worker.rating", "eligibility", is_met=True, observed={}, required={}, source=SOURCE)
    assert ReasonWriter(criteria, "vi").words(reason).source.endswith("decree-91 (đã đọc văn bản)")
    decree = Instrument(
        kind="decree",
        title=Text(vi="Nghị định số 91/2017/NĐ-CP", en="Decree 91/2017"),
        issuer=Text(vi="Chính phủ", en="Government"),
        status="repealed",
        confidence="read",
    )
    writer = ReasonWriter(criteria, "vi", instruments=InstrumentRegister({"decree-91": decree}))
    assert writer.words(reason).source == "Điều 9 Nghị định số 91/2017/NĐ-CP (đã đọc văn bản)"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_sentence_stops_twice(criteria, lang):
    for clause in ("worker.rating", "points.quality"):
        reason = Reason(clause, "eligibility", is_met=True, observed={"x": 1}, required={})
        assert ".;" not in ReasonWriter(criteria, lang).words(reason).sentence


def test_points_and_the_mean_of_the_group_are_told_by_their_parts(criteria):
    observed = {"points.total": Fraction(113, 2), "mean:points.total": Fraction(78), "mean:points.quality": Fraction(9)}
    reason = Reason("worker.rating", "eligibility", is_met=False, observed=observed, required={})
    told = {lang: ReasonWriter(criteria, lang).words(reason).observed for lang in ("vi", "en")}
    assert told["vi"] == "tổng điểm: 56,5; tổng điểm, bình quân của nhóm: 78; Chất lượng công việc, bình quân của nhóm: 9"
    assert told["en"] == "total: 56.5; total, group mean: 78; Quality of work, group mean: 9"
