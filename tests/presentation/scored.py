"""A scoring table with a penalty, a cap and two classes, and hand-made explanations under it."""

from __future__ import annotations

import types
from fractions import Fraction

from simulator.rules.loading import criteria_from_text
from simulator.rules.values import Text
from simulator.scoring.columns import Column, Content
from simulator.scoring.trace import Considered, Reason

ASSUMED = 'assumption: {vi: "Giả định.", en: "Assumed."}'
TABLE = f"""
id: office-table
title: {{vi: "Bảng điểm mẫu", en: "Sample table"}}
status: illustrative
drafting_state: drafting
author: {{vi: "Tổ soạn thảo", en: "Drafting team"}}
instruments: []
valid: {{from: 2025-01-01}}
checked_on: 2025-01-01
points:
  results:
    kind: section
    title: {{vi: "Kết quả công việc", en: "Results"}}
    points: 80
    {ASSUMED}
    parts:
      quality:
        kind: steps
        title: {{vi: "Chất lượng", en: "Quality"}}
        points: 50
        bands: [{{at_least: 95, points: 50}}, {{at_least: 90, below: 95, points: 40}}]
        {ASSUMED}
      tasks:
        kind: proportional
        title: {{vi: "Tiến độ", en: "Progress"}}
        points: 30
        {ASSUMED}
  plus:
    kind: bonus
    title: {{vi: "Điểm thưởng", en: "Bonus"}}
    points: 10
    {ASSUMED}
    parts:
      ideas:
        kind: count
        title: {{vi: "Sáng kiến", en: "Initiatives"}}
        points: 10
        each: 5
        {ASSUMED}
  minus:
    kind: penalty
    title: {{vi: "Điểm trừ", en: "Penalties"}}
    points: 20
    {ASSUMED}
    parts:
      late:
        kind: event
        title: {{vi: "Báo cáo chậm", en: "Late reports"}}
        points: 20
        each: 2
        {ASSUMED}
classes:
  first:
    title: {{vi: "Hoàn thành xuất sắc", en: "Excellent"}}
    at_least: 90
    {ASSUMED}
  second:
    title: {{vi: "Hoàn thành tốt", en: "Good"}}
    {ASSUMED}
"""


def criteria():
    return criteria_from_text(TABLE)


def reason(path, points, most, observed=None, kind="criterion"):
    return Reason(
        f"points.{path}", kind, is_met=points == most, observed=observed or {}, required={}, points=Fraction(points), most=Fraction(most), source=None
    )


def reasons(quality=40, tasks="24.5", ideas=5, late=2):
    tasks = Fraction(tasks)
    return (
        reason("results", quality + tasks, 80, kind="section"),
        reason("results.quality", quality, 50, {"quality": Fraction(94)}),
        reason("results.tasks", tasks, 30, {"tasks": Fraction(tasks / 30 * 100)}),
        reason("plus", ideas, 10, kind="section"),
        reason("plus.ideas", ideas, 10, {"ideas": 1}),
        reason("minus", late, 20, kind="section"),
        reason("minus.late", late, 20, {"late": 1}),
    )


def explanation(total="67.5", clauses=None, **changes):
    given = {
        "table": "office-table",
        "nominee": "CB01",
        "row": 5,
        "award": None,
        "decision": types.SimpleNamespace(
            is_eligible=True,
            considered=Considered.NO,
            class_="second",
            rank=2,
            points=None if total is None else Fraction(total),
            is_tied=False,
        ),
        "clauses": reasons() if clauses is None else clauses,
        "first_failed": None,
        "smallest_change": None,
        "outcome": "none-within-the-rules",
        "reached": None,
        "is_exact": True,
    }
    return types.SimpleNamespace(**given | changes)


def quality_column():
    return Column("quality", Content.NUMBER, Text(vi="Chất lượng", en="Quality"), is_actionable=True)
