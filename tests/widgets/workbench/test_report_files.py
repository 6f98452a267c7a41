from __future__ import annotations

import datetime
import json
import subprocess
import sys

import pytest

from simulator.errors import InputError
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.reporting.forms.writers import READERS
from simulator.rules.loading import load_criteria
from simulator.rules.values import Text
from simulator.widgets.drafting.draft import Draft
from simulator.widgets.workbench.report_files import check_changed, comparison_command, draft_files, numbers_command, report_command, scenario_id
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
    scenario, people = load_scenario(f"{scenario_id()}.yaml", WORKSPACE), load_scenario("hanoi-2021", WORKSPACE)
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


def test_a_report_calls_the_draft_by_its_title_and_bears_the_day_it_is_made_on(draft, tmp_path, monkeypatch):
    called = Text(vi="Giảm chỉ tiêu", en="Fewer places")
    files = draft_files(draft, WORKSPACE, called, overlay_id="giam-chi-tieu")
    assert set(files) == {"giam-chi-tieu.yaml", "giam-chi-tieu-against-base.yaml"}
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    scenario = load_scenario("giam-chi-tieu-against-base.yaml", WORKSPACE)
    assert scenario.options[-1].title == called
    assert scenario.title.vi.startswith("“Giảm chỉ tiêu” so với “")
    assert "Nếu áp dụng “Giảm chỉ tiêu” thay cho" in scenario.question.vi
    command = report_command("vi", WORKSPACE, replications=2, years=3, overlay_id="giam-chi-tieu", on=datetime.date(2026, 11, 23))
    assert command[:2] == ["report", "giam-chi-tieu-against-base.yaml"]
    assert command[command.index("--date") + 1] == "2026-11-23"
    assert "chưa đặt tên" in draft_files(draft, WORKSPACE)["draft-against-base.yaml"]


def test_the_command_of_the_numbers_says_how_many_replications_and_years_and_another_language(draft):
    assert numbers_command("vi", replications=20, years=3) == ["compare", "draft-against-base.yaml", "--replications", "20", "--years", "3"]
    assert numbers_command("en", replications=2, years=3, overlay_id="fewer")[1:] == [
        *("fewer-against-base.yaml", "--replications", "2", "--years", "3", "--lang", "en")
    ]


@pytest.mark.deep
def test_the_command_named_beside_a_report_finds_the_numbers_of_the_report(draft, tmp_path):
    for name, content in draft_files(draft, WORKSPACE).items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    size = {"replications": 2, "years": 2}

    def told(*arguments):
        command = [sys.executable, "-m", "simulator", *arguments]
        return json.loads(subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True, encoding="utf-8").stdout)

    found = told(*numbers_command("vi", **size), "--json", "--no-store", "--workspace", str(WORKSPACE.root))
    made = told(*report_command("vi", WORKSPACE, **size))
    (page,) = [tmp_path / name for name in made["files"] if name.endswith(".html")]
    of_report = READERS["html"](page)["evidence"]["comparison"]
    assert found["replications"] == of_report["replications"] == 2
    assert [option["indicators"] for option in found["options"]] == [option["indicators"] for option in of_report["options"]]
    assert any(option["indicators"]["turn_taking_index"]["difference"] for option in found["options"])
