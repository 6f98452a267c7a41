"""A scoring table with every kind of criterion, classes, a veto, a procedure and one award: clean, so that one planted mistake is one finding."""

from __future__ import annotations

from simulator.rules.linting import lint
from tests.rules.specimen import line_of, replace, stack_texts

TABLE = """\
id: table
title: {vi: "Bảng điểm mẫu", en: "Table"}
status: illustrative
drafting_state: drafting
valid: {from: 2020-01-01}
checked_on: 2026-11-22
procedure:
  scale:
    kind: scale
    title: {vi: "Thang điểm", en: "Scale"}
    assumption: {vi: "Giả định", en: "Assumed"}
    target: individual
    total: 100
    bonus: 10
  first-stage:
    kind: stage
    title: {vi: "Đơn vị xét", en: "Unit"}
    assumption: {vi: "Giả định", en: "Assumed"}
    level: unit
    order: 1
    vote: {threshold: 0.9, counts: all-members}
    awards: [best]
  second-stage:
    kind: stage
    title: {vi: "Tỉnh xét", en: "Province"}
    assumption: {vi: "Giả định", en: "Assumed"}
    level: province
    order: 2
  marking:
    kind: marking
    title: {vi: "Xem điểm", en: "Marking"}
    assumption: {vi: "Giả định", en: "Assumed"}
    sees: {standing-body: [self, cluster]}
  former-title:
    kind: transition
    title: {vi: "Chuyển tiếp", en: "Transition"}
    assumption: {vi: "Giả định", en: "Assumed"}
    award: old-best
    of_set: specimen
    counts_as: best
  enterprises:
    kind: sector-gate
    title: {vi: "Doanh nghiệp", en: "Enterprises"}
    assumption: {vi: "Giả định", en: "Assumed"}
    sector: enterprise
    requires: {fact: years-established, at_least: 5}
    awards: [best]
  equals:
    kind: tie-break
    title: {vi: "Bằng điểm", en: "Equals"}
    assumption: {vi: "Giả định", en: "Assumed"}
    prefer: [{who: {fact: is-woman}}, {points: results.budget}]
points:
  results:
    kind: section
    title: {vi: "Kết quả", en: "Results"}
    assumption: {vi: "Giả định", en: "Assumed"}
    points: 60
    parts:
      budget:
        kind: proportional
        title: {vi: "Ngân sách", en: "Budget"}
        assumption: {vi: "Giả định", en: "Assumed"}
        points: 30
        loses: {points: 2, per_percent: 1}
      quality:
        kind: steps
        title: {vi: "Chất lượng", en: "Quality"}
        assumption: {vi: "Giả định", en: "Assumed"}
        unit: {vi: "%", en: "%"}
        points: 15
        bands:
          - {at_least: 95, points: 15}
          - {at_least: 90, below: 95, points: 12}
          - {at_least: 60, below: 90, points: 5}
      merit:
        kind: highest
        title: {vi: "Cờ", en: "Flag"}
        assumption: {vi: "Giả định", en: "Assumed"}
        points: 15
        levels:
          city: {title: {vi: "Cờ tỉnh", en: "City"}, points: 10}
          state: {title: {vi: "Cờ Chính phủ", en: "State"}, points: 15}
  conduct:
    kind: section
    title: {vi: "Chấp hành", en: "Conduct"}
    assumption: {vi: "Giả định", en: "Assumed"}
    points: 40
    parts:
      order:
        kind: deduct
        title: {vi: "Nền nếp", en: "Order"}
        assumption: {vi: "Giả định", en: "Assumed"}
        points: 20
        events:
          late: {title: {vi: "Chậm", en: "Late"}, minus: 5}
      opinion:
        kind: mark
        title: {vi: "Chấm", en: "Opinion"}
        assumption: {vi: "Giả định", en: "Assumed"}
        points: 20
        by: [self, standing-body]
        step: 0.5
  extra:
    kind: bonus
    title: {vi: "Điểm thưởng", en: "Bonus"}
    assumption: {vi: "Giả định", en: "Assumed"}
    points: 10
    parts:
      ideas:
        kind: count
        title: {vi: "Sáng kiến", en: "Ideas"}
        assumption: {vi: "Giả định", en: "Assumed"}
        points: 15
        each: 5
  faults:
    kind: penalty
    title: {vi: "Điểm trừ", en: "Penalty"}
    assumption: {vi: "Giả định", en: "Assumed"}
    points: 8
    parts:
      unsigned:
        kind: event
        title: {vi: "Không ký", en: "Unsigned"}
        assumption: {vi: "Giả định", en: "Assumed"}
        points: 8
        each: 8
classes:
  excellent:
    title: {vi: "Xuất sắc", en: "Excellent"}
    assumption: {vi: "Giả định", en: "Assumed"}
    at_least: 90
    requires: {points: every-criterion, at_least_share: 0.85}
  good:
    title: {vi: "Tốt", en: "Good"}
    assumption: {vi: "Giả định", en: "Assumed"}
    at_least: 80
    below: 90
  poor:
    title: {vi: "Chưa đạt", en: "Poor"}
    assumption: {vi: "Giả định", en: "Assumed"}
    below: 80
vetoes:
  disciplined:
    title: {vi: "Bị kỷ luật", en: "Disciplined"}
    assumption: {vi: "Giả định", en: "Assumed"}
    when: {any: [{fact: disciplined-this-year}, {points: conduct.order, below: 5}]}
awards:
  best:
    title: {vi: "Danh hiệu mẫu", en: "Best"}
    target: individual
    kind: merit
    level: 1
    authority: unit
    clauses:
      class:
        kind: eligibility
        title: {vi: "Xếp loại", en: "Class"}
        assumption: {vi: "Giả định", en: "Assumed"}
        requires: {class: [excellent, good]}
      enough:
        kind: eligibility
        title: {vi: "Đủ thời gian", en: "Enough"}
        assumption: {vi: "Giả định", en: "Assumed"}
        requires: {fact: service-months, at_least: 10}
      quota:
        kind: quota
        title: {vi: "Chỉ tiêu", en: "Quota"}
        assumption: {vi: "Giả định", en: "Assumed"}
        share: 0.35
        of: eligible
        pooling: unit
        rounding: nearest
"""


def planted(old: str, new: str) -> list[tuple[str, int]]:
    """Change one place of the table, and give code and line of each finding."""
    return [(finding.code, finding.line) for finding in lint(stack_texts(replace(TABLE, old, new)), set_ids=["specimen"])]


def at(old: str, new: str, code: str, part: str | None = None) -> None:
    """Plant a mistake and expect one finding, on the line where ``part`` begins (the text planted, when it is left out)."""
    text = replace(TABLE, old, new)
    assert planted(old, new) == [(code, line_of(text, part or new))]
