from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.experiments.scenario import load_scenario
from simulator.rules.loading import load_criteria
from simulator.widgets.drafting.draft import Draft
from simulator.widgets.workbench.report_files import SCENARIO, check_changed, comparison_command, draft_files, report_command
from simulator.workspace import Workspace, find_workspace
from tests.widgets.workbench.handed_lists import QUOTA

WORKSPACE = find_workspace()


@pytest.fixture(scope="module")
def draft():
    return Draft(load_criteria("decree-91+hanoi-plan-115", WORKSPACE)).turned(QUOTA, "share", 0.1)


def test_the_scenario_sets_the_draft_against_its_base(draft, tmp_path, monkeypatch):
    for name, content in draft_files(draft, WORKSPACE).items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    scenario, people = load_scenario(f"{SCENARIO}.yaml", WORKSPACE), load_scenario("hanoi-2021", WORKSPACE)
    assert scenario.baseline.content_hash == draft.base.content_hash
    as_is, changed = (option.phases[0].criteria for option in scenario.options)
    assert as_is.content_hash == draft.base.content_hash
    assert changed.rules == draft.criteria.rules
    assert changed.rules != as_is.rules
    assert (scenario.population, scenario.seed, scenario.focus_award) == (people.population, people.seed, people.focus_award)
    assert not scenario.framing.problem
    assert draft.base.title.vi in scenario.title.vi


def test_a_draft_in_which_nothing_is_changed_is_not_compared(draft):
    check_changed(draft)
    with pytest.raises(InputError) as caught:
        check_changed(Draft(draft.base))
    assert caught.value.findings[0].code == "WG609"
    with pytest.raises(InputError):
        check_changed(draft.turned(QUOTA, "rounding", "upwards"))


def test_a_workspace_is_named_unless_it_is_the_one_shipped(draft):
    shipped = Workspace(WORKSPACE.root, is_shipped=True)
    for command in (report_command("vi", WORKSPACE, replications=2, years=3), comparison_command(draft, "vi", WORKSPACE)):
        assert command[-2:] == ["--workspace", str(WORKSPACE.root)]
    assert "--workspace" not in report_command("vi", shipped, replications=2, years=3)
    assert "decree-91+hanoi-plan-115+draft.yaml" in comparison_command(draft, "vi", shipped)
