"""A small full set with one clause of almost every kind, an overlay over it, and a folder to put them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.rules.assembly import read_layer, stack_layers
from simulator.rules.reading import read_yaml_bytes
from simulator.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.rules.criteria import CriteriaSet

SET = """\
id: specimen
title: {vi: "Bộ tiêu chí mẫu", en: "Specimen"}
status: illustrative
drafting_state: drafting
valid: {from: 2020-01-01, until: 2030-12-31}
checked_on: 2026-11-22
instruments: [decree-example]
note: {vi: "Ghi chú", en: "Note"}
principles:
  fewer-leaders:
    kind: exhortation
    title: {vi: "Giảm tỷ lệ lãnh đạo", en: "Fewer leaders"}
    source: {instrument: decree-example, provision: "Điều 1", confidence: read}
    assumption: {vi: "Giả định", en: "Assumed"}
    compliance: {value: 0.3, low: 0, high: 1}
    moves: [{assumption: rank_weight, toward: 0}]
procedure:
  weights:
    kind: weights
    title: {vi: "Tỷ trọng", en: "Weights"}
    assumption: {vi: "Giả định", en: "Assumed"}
    results: 0.5
    initiative: 0.2
    scope: 0.2
    conduct: 0.1
  appraisal-at-unit:
    kind: appraisal
    title: {vi: "Thẩm định", en: "Appraisal"}
    assumption: {vi: "Giả định", en: "Assumed"}
    authority: unit
    appraisers: 1
    audit_share: 0.1
awards:
  worker:
    title: {vi: "Lao động tiên tiến", en: "Worker"}
    target: individual
    kind: merit
    level: 1
    authority: unit
    clauses:
      rating:
        kind: eligibility
        title: {vi: "Hoàn thành tốt nhiệm vụ", en: "Graded good"}
        assumption: {vi: "Giả định", en: "Assumed"}
        requires: {fact: rating, at_least: completed-well}
  fighter:
    title: {vi: "Chiến sĩ thi đua", en: "Fighter"}
    target: individual
    kind: merit
    level: 2
    authority: unit
    clauses:
      standard:
        kind: eligibility
        title: {vi: "Tiêu chuẩn", en: "Standard"}
        assumption: {vi: "Giả định", en: "Assumed"}
        requires:
          all:
            - {fact: awarded-this-year, award: worker}
            - any:
                - {fact: rating, at_least: excellent}
                - {fact: unused-initiatives, at_least: 1, consumed: true}
            - not: {fact: disciplined-this-year}
      quota:
        kind: quota
        title: {vi: "Chỉ tiêu", en: "Quota"}
        source: {instrument: decree-example, confidence: recalled}
        share: 0.5
        of: {holders_of: worker}
        pooling: unit
        rounding: nearest
      floor:
        kind: direct-worker-floor
        title: {vi: "Tỷ lệ tối thiểu", en: "Floor"}
        assumption: {vi: "Giả định", en: "Assumed"}
        share: 0.2
        pooling: unit
      money:
        kind: money
        title: {vi: "Tiền thưởng", en: "Bonus"}
        assumption: {vi: "Giả định", en: "Assumed"}
        multiple: 1.0
"""

# A section with one criterion, to stand behind SET.
POINTS = """\
points:
  results:
    kind: section
    title: {vi: "Kết quả", en: "Results"}
    points: 60
    assumption: {vi: "Giả định", en: "Assumed"}
    parts:
      budget:
        kind: steps
        title: {vi: "Ngân sách", en: "Budget"}
        points: 20
        assumption: {vi: "Giả định", en: "Assumed"}
        bands: [{at_least: 90, points: 20}, {at_least: 50, below: 90, points: 10}]
"""

OVERLAY = """\
id: stricter
extends: specimen
title: {vi: "Lớp phủ mẫu", en: "Stricter"}
status: draft
drafting_state: consultation
valid: {from: 2021-01-01, until: 2028-06-30}
checked_on: 2026-10-01
awards:
  fighter:
    clauses:
      quota:
        why: {vi: "Giảm chỉ tiêu", en: "Fewer places"}
        share: 0.3
"""

REGISTER = """\
checked_on: 2026-11-22
instruments:
  decree-example:
    number: 1/2020/NĐ-CP
    kind: decree
    title: {vi: "Nghị định mẫu", en: "Specimen decree"}
    issuer: {vi: "Chính phủ", en: "Government"}
    status: in-force
    confidence: read
"""


def replace(text: str, old: str, new: str) -> str:
    """Change one place of a text that holds it exactly once."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def line_of(text: str, part: str) -> int:
    """Tell the line of a text on which a part of it begins."""
    return text.count("\n", 0, text.index(part)) + 1


def make_workspace(root: Path, **files: str) -> Workspace:
    """Lay out a workspace with the specimen set and its register; each further file is ``name="text"``, ``_`` standing for ``-``."""
    folder = root / "criteria"
    folder.mkdir(exist_ok=True)
    for name, text in {"specimen": SET, "instruments": REGISTER, **files}.items():
        (folder / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return Workspace(root)


def stack_texts(*texts: str) -> CriteriaSet:
    """Stack texts as if each were a file of its own name."""
    layers = [read_layer(read_yaml_bytes(text.encode(), f"layer-{position}.yaml")) for position, text in enumerate(texts)]
    return stack_layers(layers, "+".join(layer.content.id for layer in layers))
