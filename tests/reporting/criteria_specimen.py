"""Evidence of a small criteria set for the tests of reporting: written to a folder of its own, so that nothing hangs on what ships."""

from __future__ import annotations

from pathlib import Path

from simulator.reporting.evidence.contents import Asked
from simulator.reporting.evidence.criteria import criteria_evidence
from simulator.reporting.outline import lay_out
from simulator.reporting.pages.criteria import CriteriaPages
from simulator.workspace import Workspace

ORDER = ["front", "about", "changes", "clauses", "points", "procedure", "findings", "lens", "examples", "model", "limits", "provenance"]
"""The sections of a criteria-set report."""

_GROUND = 'assumption: {vi: "Giả định của ví dụ", en: "Assumed here"}'
HEAD = """\
title: {{vi: "{title}", en: "{title} (en)"}}
status: draft
drafting_state: consultation
valid: {{from: 2026-01-01}}
checked_on: 2026-11-22
"""
BASE = (
    "id: base\n"
    + HEAD.format(title="Bộ mẫu")
    + f"""
awards:
  prize:
    title: {{vi: "Danh hiệu mẫu", en: "Model title"}}
    target: individual
    kind: merit
    level: 1
    authority: unit
    clauses:
      rating: {{kind: eligibility, title: {{vi: "Hoàn thành tốt", en: "Graded good"}}, {_GROUND}, requires: {{fact: rating, at_least: completed-well}}}}
      months: {{kind: eligibility, title: {{vi: "Đủ 10 tháng", en: "Ten months"}}, {_GROUND}, requires: {{fact: service-months, at_least: 10}}}}
      quota: {{kind: quota, title: {{vi: "Tỷ lệ", en: "Share"}}, {_GROUND}, share: 0.15, of: staff, pooling: unit, rounding: floor}}
"""
)


def overlay(name, share, extra=""):
    """Write an overlay that gives the quota another share."""
    return (
        f"id: {name}\nextends: base\n"
        + HEAD.format(title=f"Lớp {name}")
        + f"""{extra}
awards:
  prize:
    clauses:
      quota: {{why: {{vi: "Thử tỷ lệ khác", en: "Another share"}}, share: {share}, {_GROUND}}}
"""
    )


def workspace_in(folder, **files):
    """Make a workspace of these sets."""
    (folder / "criteria").mkdir(parents=True, exist_ok=True)
    for name, text in {"base": BASE, **files}.items():
        (folder / "criteria" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Workspace(folder)


def evidence_of(expression, workspace, lang="vi", **asked):
    """Give the evidence of the report on a stack."""
    return criteria_evidence(expression, workspace, Asked("", lang=lang, **asked))


def outline_of(pages):
    """Lay a report out without a kernel."""
    sections = [getattr(pages, name)() for name in ORDER]
    return lay_out([section for section in sections if section is not None])


def outline_of_shipped(name, lang="vi"):
    """Lay out the report on a set that ships, without a kernel."""
    return outline_of(CriteriaPages(evidence_of(name, Workspace(Path(__file__).parents[2]), lang), lang, ""))
