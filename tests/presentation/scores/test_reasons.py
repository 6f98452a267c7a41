"""A reason is one sentence: what is asked in the words of the clause, what was observed in the headings of the list."""

from __future__ import annotations

from fractions import Fraction

import pytest

from simulator.presentation.scores.reasons import ReasonWriter
from simulator.rules.citation import Instrument, InstrumentRegister, Source
from simulator.rules.loading import criteria_from_text
from simulator.rules.values import Text
from simulator.scoring.trace import Reason, ReasonPart

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
  prizes:
    kind: achievements
    title: {vi: "Giải thưởng", en: "Prizes"}
    points: 5
    levels:
      government: {title: {vi: "Giải cấp Chính phủ", en: "Government prize"}, points: 5}
    assumption: {vi: "Giả định.", en: "Assumed."}
  flags:
    kind: achievements
    title: {vi: "Cờ thi đua", en: "Flags"}
    points: 5
    levels:
      government: {title: {vi: "Cờ thi đua của Chính phủ", en: "Flag of the Government"}, points: 5}
    assumption: {vi: "Giả định.", en: "Assumed."}
  more:
    kind: bonus
    title: {vi: "Điểm thưởng", en: "Bonus"}
    points: 5
    assumption: {vi: "Giả định.", en: "Assumed."}
    parts:
      ideas:
        kind: count
        title: {vi: "Sáng kiến", en: "Ideas"}
        points: 5
        each: 1
        assumption: {vi: "Giả định.", en: "Assumed."}
  minus:
    kind: penalty
    title: {vi: "Điểm trừ", en: "Penalties"}
    points: 20
    assumption: {vi: "Giả định.", en: "Assumed."}
    parts:
      late:
        kind: event
        title: {vi: "Báo cáo chậm", en: "Late reports"}
        points: 20
        each: 8
        assumption: {vi: "Giả định.", en: "Assumed."}
classes:
  best:
    title: {vi: "Xuất sắc", en: "Excellent"}
    at_least: 18
    requires: {points: every-criterion, at_least_share: 0.8}
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
      together:
        kind: eligibility
        title: {vi: "Các điều kiện", en: "The conditions"}
        requires: {all: [{fact: rating, at_least: completed-well}, {not: {fact: case-pending}}]}
        assumption: {vi: "Giả định.", en: "Assumed."}
      places:
        kind: quota
        title: {vi: "Tỷ lệ", en: "Share"}
        share: 0.1
        of: staff
        pooling: unit
        rounding: floor
        limit: {share: 0.15, source: {instrument: decree-152, provision: "Điều 9", confidence: read}}
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


def observed(criteria, given, lang="vi", path="worker.rating", kind="eligibility", **more):
    return ReasonWriter(criteria, lang, **more).observed(Reason(path, kind, is_met=False, observed=given, required={}))


def points_of(criteria, path, points, most, lang="vi"):
    return ReasonWriter(criteria, lang).words(
        Reason(path, "criterion", is_met=False, observed={}, required={}, points=Fraction(points), most=Fraction(most))
    )


@pytest.mark.parametrize(("column", "title"), [("prizes", "Giải cấp Chính phủ"), ("flags", "Cờ thi đua của Chính phủ")])
def test_a_level_bears_the_title_its_own_criterion_gives_it(criteria, column, title):
    assert observed(criteria, {column: [{"name": "staff", "level": "government"}]}, path=f"points.{column}") == f"{column}: staff ({title})"


def test_a_word_is_worded_by_its_column(criteria):
    assert observed(criteria, {"role": "staff"}) == "chức vụ, vị trí công tác: nhân viên, chuyên viên"
    assert observed(criteria, {"old_unit_agrees": "disagrees"}, "vi") == "old_unit_agrees: không đồng ý"
    assert observed(criteria, {"old_unit_agrees": "disagrees"}, "en").endswith("disagrees")
    assert observed(criteria, {"quality:reason": "staff"}) == "quality:reason: staff"  # somebody's own words


def test_what_is_only_proposed_and_what_has_served_is_said(criteria):
    given = {"award:worker": [2024, 2026], "proposed:award:worker": [2026], "recognised_initiatives": [], "used:recognised_initiatives": 1}
    assert (
        observed(criteria, given)
        == "Người lao động giỏi: 2024; 2026 (đang đề nghị); recognised_initiatives: có 1, cả 1 đã dùng để xét khen thưởng trước đây nên không còn để tính"
    )
    left = {"recognised_initiatives": [{"scope": "province", "year": 2025}], "used:recognised_initiatives": 2}
    assert (
        observed(criteria, left)
        == "recognised_initiatives: có 3, trong đó 2 đã dùng để xét khen thưởng trước đây, còn để tính: cấp bộ, cấp tỉnh, 2025"
    )


@pytest.mark.parametrize(
    ("path", "points", "most", "verdict"),
    [
        ("points.quality", 15, 15, "đủ điểm"),
        ("points.quality", 12, 15, "mất 3 điểm"),
        ("points.more.ideas", 2, 5, "được thưởng 2 điểm"),
        ("points.more.ideas", 0, 5, "không có điểm thưởng"),
        ("points.minus.late", 8, 20, "bị trừ 8 điểm"),
        ("points.minus.late", 0, 20, "không bị trừ điểm"),
        ("points.quality", -4, 0, "bị trừ 4 điểm"),
        ("points.quality", 0, 0, "không bị trừ điểm"),
    ],
)
def test_points_are_lost_taken_off_or_given_on_top(criteria, path, points, most, verdict):
    assert points_of(criteria, path, points, most).verdict == verdict


def test_what_a_penalty_counts_is_taken_off(criteria):
    words = points_of(criteria, "points.minus.late", 8, 20)
    assert words.sentence == "Báo cáo chậm. Cách tính: Mỗi lần trừ 8 điểm; tất cả không quá 20 điểm; thực tế: –; kết quả: bị trừ 8 điểm."
    assert (words.given, words.most) == (-8, None)


def test_a_compound_condition_tells_part_by_part(criteria):
    parts = (
        ReasonPart("1", is_met=True, observed={"rating:2025": "excellent"}, required={}),
        ReasonPart("2", is_met=False, observed={"case_pending": True}, required={}),
    )
    seen = {"rating:2025": "excellent", "case_pending": True}
    reason = Reason("worker.together", "eligibility", is_met=False, observed=seen, required={}, parts=parts)
    headings = {"rating:2025": "Xếp loại năm 2025", "case_pending": "Có vụ việc đang chờ kết luận"}
    told = ReasonWriter(criteria, "vi", headings).observed(reason)
    assert told == "(1) đạt (Xếp loại năm 2025: hoàn thành xuất sắc nhiệm vụ); (2) chưa đạt (Có vụ việc đang chờ kết luận: có)"


def test_a_class_names_the_criterion_below_its_floor(criteria):
    floor = ReasonPart("points.quality", is_met=False, observed={"points.quality": Fraction(9)}, required={"at_least": Fraction(12), "of_mean": True})
    seen = {"total": Fraction(20), "class": None, "points.quality": Fraction(9), "points.prizes": Fraction(5)}
    reason = Reason("classes.best", "class", is_met=False, observed=seen, required={}, parts=(floor,))
    told, hidden = (ReasonWriter(criteria, "vi", anonymous=anonymous).observed(reason) for anonymous in (False, True))
    assert told == "tổng điểm: 20; xếp loại: không có; “Chất lượng công việc” được 9 điểm, thấp hơn mức tối thiểu 12 điểm"
    assert "12" not in hidden  # the mean of the others could be made out


def test_the_instrument_that_limits_a_quota_is_cited_in_words(criteria):
    decree = Instrument(
        kind="decree",
        number="152/2025/NĐ-CP",
        title=Text(vi="Nghị định", en="Decree"),
        issuer=Text(vi="Chính phủ", en="Government"),
        status="in-force",
        confidence="read",
    )
    writer = ReasonWriter(criteria, "vi", instruments=InstrumentRegister({"decree-152": decree}))
    words = writer.words(Reason("worker.places", "quota", is_met=False, observed={"rank": 2, "considered": "no"}, required={"places": 1}))
    assert "Nghị định số 152/2025/NĐ-CP" in words.required
    assert "decree-152" not in words.required


def test_marks_are_told_by_who_gave_them(criteria):
    headings = {"quality@self": "Chất lượng công việc (tự chấm)", "quality@cluster": "Chất lượng công việc (cụm, khối chấm)"}
    reason = Reason("points.quality", "criterion", is_met=False, observed={"quality@self": 5, "quality@cluster": 4}, required={})
    assert ReasonWriter(criteria, "vi", headings).observed(reason) == "tự chấm: 5; cụm, khối chấm: 4"


def test_what_all_parts_look_at_is_told_once(criteria):
    parts = tuple(ReasonPart(place, is_met=place == "1", observed={"rating:2025": "excellent"}, required={}) for place in ("1", "2"))
    reason = Reason("worker.together", "eligibility", is_met=False, observed={"rating:2025": "excellent"}, required={}, parts=parts)
    told = ReasonWriter(criteria, "vi", {"rating:2025": "Xếp loại năm 2025"}).observed(reason)
    assert told == "Xếp loại năm 2025: hoàn thành xuất sắc nhiệm vụ; (1) đạt; (2) chưa đạt"


def test_a_target_does_not_say_the_title_again(criteria):
    headings = {"quality": "Chất lượng công việc", "quality:target": "Chỉ tiêu được giao: Chất lượng công việc"}
    reason = Reason("points.quality", "criterion", is_met=True, observed={"quality": 94, "quality:target": 90}, required={})
    assert ReasonWriter(criteria, "vi", headings).observed(reason) == "94; Chỉ tiêu được giao: 90"
