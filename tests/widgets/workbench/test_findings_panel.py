from __future__ import annotations

import re

from simulator.rules.codes import make_finding
from simulator.widgets.drafting.faults import Fault
from simulator.widgets.workbench.findings_panel import FindingsPanel


def findings(n):
    return [
        Fault(make_finding("RL317", "draft.yaml", line, clause=f"<x{line}>", share="15%", rounding="@clause.rounding.floor", sizes="3"))
        for line in range(n)
    ]


def test_nothing_found_is_said():
    panel = FindingsPanel("vi")
    panel.show([])
    assert "Không phát hiện" in panel.panel.value


def test_each_finding_is_a_sentence_and_no_markup():
    panel = FindingsPanel("vi")
    panel.show(findings(2))
    assert panel.panel.value.count("<li>") == 2
    assert "<x1>" not in panel.panel.value
    assert "&lt;x1&gt;" in panel.panel.value
    assert "RL317" in panel.panel.value


def test_a_finding_reads_as_a_sentence_with_its_code_at_the_end():
    panel = FindingsPanel("vi")
    panel.show(findings(1), {"<x0>": "Không quá 15% số cá nhân"})
    said = re.sub("<[^>]+>", "", panel.panel.value)
    assert said.startswith("Lưu ý: “Không quá 15% số cá nhân”: tỷ lệ 15%")
    assert said.endswith("(RL317)")
    assert "warning" not in said


def test_of_very_many_the_rest_is_counted():
    panel = FindingsPanel("en")
    panel.show(findings(30))
    assert panel.panel.value.count("<li>") == 12
    assert "18" in panel.panel.value
