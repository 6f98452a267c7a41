"""Problem, aim and recommendation are words with their grounds; a mistake in them has a line, and no run depends on them."""

from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.experiments.comparing.compare import compare
from simulator.experiments.runs.plan import fingerprint
from simulator.experiments.scenarios.framing import describe_grounded, describe_recommendation
from simulator.experiments.scenarios.scenario import load_scenario, scenario_files
from simulator.rules.citation import load_instruments
from simulator.workspace import find_workspace

FILE = "scenarios/tiny.yaml"
SOURCE = "source: {instrument: hanoi-letter-3959-2021, provision: Mục 1, confidence: read}"
TEXT = "text: {vi: Còn luân phiên, en: By turn}"


def findings(desk):
    with pytest.raises(InputError) as problem:
        load_scenario("tiny", desk)
    return [(finding.code, finding.line, dict(finding.fields)) for finding in problem.value.findings]


def line_of(desk, words):
    lines = (desk.root / FILE).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_what_the_file_states_reaches_the_comparison_with_its_grounds(desk, rewrite):
    aim = "aim:\n  - text: {vi: Công bằng, en: Fair}\n    assumption: {vi: Tự đặt ra, en: Set by us}\n"
    chosen = "recommendation: {option: plan, reasons: {vi: Vì thế, en: Therefore}}"
    rewrite(FILE, ("seed: 7", f"seed: 7\nproblem:\n  - {TEXT}\n    {SOURCE}\n{aim}{chosen}"))
    comparison = compare(load_scenario("tiny", desk).with_(years=1, warm_up_years=2, replications=2), workspace=desk)
    (problem,) = comparison.problem
    assert (problem.text["vi"], problem.confidence, problem.assumption) == ("Còn luân phiên", "read", None)
    assert problem.source["vi"].startswith("Công văn số 3959/UBND-NC")
    assert problem.source["vi"].endswith("Mục 1")
    assert [(each.source, each.assumption["en"]) for each in comparison.aim] == [(None, "Set by us")]
    assert (comparison.recommendation.option, comparison.recommendation.reasons["en"]) == ("plan", "Therefore")


def test_nothing_is_stated_for_a_file_that_states_nothing(tiny, office):
    assert describe_grounded(tiny.framing.problem, load_instruments(office)) == []
    assert describe_recommendation(tiny.framing.recommendation) is None


@pytest.mark.parametrize("grounds", ["", f"\n    {SOURCE}\n    assumption: {{vi: Không, en: None}}"])
def test_a_statement_has_a_source_or_an_assumption_and_not_both(desk, rewrite, grounds):
    rewrite(FILE, ("seed: 7", f"seed: 7\nproblem:\n  - {TEXT}{grounds}"))
    assert findings(desk) == [("SC317", line_of(desk, TEXT), {"key": "problem"})]


def test_an_instrument_nobody_registered_is_a_finding(desk, rewrite):
    rewrite(FILE, ("seed: 7", f"seed: 7\naim:\n  - {TEXT}\n    {SOURCE.replace('-2021', '-2012')}"))
    ((code, line, fields),) = findings(desk)
    assert (code, line, fields["found"]) == ("SC318", line_of(desk, "-2012"), "hanoi-letter-3959-2012")
    assert "hanoi-letter-3959-2021" in fields["known"]


def test_only_an_option_of_the_scenario_can_be_recommended(desk, rewrite):
    rewrite(FILE, ("seed: 7", "seed: 7\nrecommendation:\n  option: plans\n  reasons: {vi: Vì thế, en: Therefore}"))
    assert findings(desk) == [("SC319", line_of(desk, "option: plans"), {"found": "plans", "known": "plan, keep"})]


def test_words_change_no_run(desk, rewrite):
    before = fingerprint(load_scenario("tiny", desk))
    rewrite(FILE, ("seed: 7", f"seed: 7\nproblem:\n  - {TEXT}\n    {SOURCE}\nrecommendation: {{option: plan, reasons: {{vi: Vì thế, en: So}}}}"))
    assert fingerprint(load_scenario("tiny", desk)) == before


def test_shipped_scenarios_state_problem_and_aim_and_recommend_nothing():
    for path in scenario_files(find_workspace()):
        framing = load_scenario(path.stem).framing
        assert framing.problem, path.stem
        assert framing.aim, path.stem
        assert framing.recommendation is None, path.stem
