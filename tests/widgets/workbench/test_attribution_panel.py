from __future__ import annotations

import pytest

from simulator.experiments.attribution.attribute import attribute
from simulator.presentation.results.attribution_figures import draw_attribution
from simulator.rules.loading import load_criteria
from simulator.widgets.drafting.draft import Draft
from simulator.widgets.looks import Alarm
from simulator.widgets.workbench.attribution_panel import MOST_PARTS, AttributionPanel
from simulator.widgets.workbench.splitting import name_of
from simulator.widgets.workbench.trial_panel import TrialPanel
from simulator.workspace import find_workspace

WORKSPACE = find_workspace()
TURNS = [
    ("chien-si-thi-dua-co-so.quota", "share", 0.05),
    ("tap-the-lao-dong-xuat-sac.bonus", "multiple", 3.0),
    ("tap-the-lao-dong-xuat-sac.one-fighter", "requires.at_least", 2),
    ("bang-khen-tinh-tap-the.bonus", "multiple", 4.0),
    ("bang-khen-tinh-tap-the.excellent-years", "requires.at_least", 3),
    ("co-thi-dua-tinh.bonus", "multiple", 12.0),
]


class Bench:
    """A trial with the bars below it."""

    def __init__(self, trials):
        self.alarm = Alarm("vi")
        self.trial = TrialPanel(WORKSPACE, "vi", self.alarm, replications=2, years=1, trials=trials)
        self.panel = AttributionPanel(WORKSPACE, "vi", self.alarm)
        self.base = load_criteria("decree-91", WORKSPACE)

    def draft(self, n_turns):
        draft = Draft(self.base)
        for turn in TURNS[:n_turns]:
            draft = draft.turned(*turn)
        self.trial.show(draft)
        self.panel.show(self.trial.scenario())

    def press(self):
        self.panel.start.click()
        self.panel.splitting.wait(60)


@pytest.fixture(scope="module")
def trials():
    """Live the years before but once."""
    return {}


@pytest.fixture
def bench(trials):
    return Bench(trials)


@pytest.mark.deep
def test_the_bars_are_those_of_attribute_on_the_scenario_of_the_picture(bench):
    bench.draft(2)
    assert (bench.panel.start.disabled, bench.panel.cancel.disabled) == (False, True)
    bench.press()
    found = attribute(bench.trial.scenario(), workspace=WORKSPACE)
    assert bench.panel.picture.image.value == "".join(drawing._repr_html_() for drawing in draw_attribution(found, found.options[-1], "vi"))
    assert "2 lượt mô phỏng đầu trong 2 lượt mô phỏng" in bench.panel.status.value
    assert found.options[-1].indicators["award_rate"].total == bench.trial.comparison.options[-1].indicators["award_rate"].difference
    assert bench.alarm.label.value == ""


@pytest.mark.parametrize(("n_turns", "told"), [(0, "không có tác động để chia"), (1, "của nội dung đó"), (MOST_PARTS + 1, "gấp đôi")])
def test_nothing_one_thing_or_too_much_is_said_and_not_computed(bench, monkeypatch, n_turns, told):
    monkeypatch.setattr(bench.panel.splitting, "start", lambda *_: pytest.fail("nothing is to be computed"))
    bench.draft(n_turns)
    bench.press()
    assert told in bench.panel.status.value
    assert bench.panel.picture.image.value == ""
    assert not bench.panel.start.disabled


def test_as_many_as_may_be_are_computed(bench, monkeypatch):
    started = []
    monkeypatch.setattr(bench.panel.splitting, "start", lambda scenario, _: started.append(scenario))
    bench.draft(MOST_PARTS)
    bench.press()
    assert len(started) == 1


def test_bars_of_a_draft_that_has_moved_on_are_marked_until_it_is_back(bench):
    bench.draft(2)
    bench.press()
    drawn = bench.panel.picture.image.value
    bench.draft(3)
    assert "trước lần sửa mới nhất" in bench.panel.status.value
    assert bench.panel.picture.image.value == drawn != ""
    bench.draft(2)
    assert "2 lượt mô phỏng đầu" in bench.panel.status.value


def test_work_is_followed_and_stopped_by_hand_or_when_the_draft_moves_on(bench):
    work = bench.panel.splitting
    bench.draft(2)
    for move, told in ((bench.panel.cancel.click, "Đã dừng"), (lambda: bench.draft(3), "được sửa tiếp")):
        work.phase, work.name, work.total, work.done = "running", name_of(bench.trial.scenario()), 8, 3
        work.on_change()
        assert "3 trên 8 lượt" in bench.panel.status.value
        assert (bench.panel.start.disabled, bench.panel.cancel.disabled) == (True, False)
        move()
        assert work.phase == "cancelled"
        assert told in bench.panel.status.value
        assert (bench.panel.start.disabled, bench.panel.cancel.disabled) == (False, True)


def test_turning_to_the_same_draft_again_does_not_stop_the_work(bench):
    work = bench.panel.splitting
    bench.draft(2)
    work.phase, work.name = "running", name_of(bench.trial.scenario())
    bench.draft(2)
    assert work.phase == "running"


def test_a_failure_is_told(bench, monkeypatch):
    monkeypatch.setattr("simulator.widgets.workbench.splitting.attribute", lambda *_, **__: 1 / 0)
    bench.draft(2)
    bench.press()
    assert "ZeroDivisionError" in bench.panel.status.value
    assert not bench.panel.start.disabled


def test_without_a_picture_there_is_nothing_to_split(bench):
    bench.trial.show(Draft(load_criteria("nghe-an-2025", WORKSPACE)))
    bench.panel.show(bench.trial.scenario())
    assert bench.trial.scenario() is None
    assert bench.panel.start.disabled


def test_what_was_found_is_told_in_the_other_language(bench):
    bench.draft(2)
    bench.press()
    english = AttributionPanel(WORKSPACE, "en", bench.alarm, bench.panel.splitting)
    english.show(bench.trial.scenario())
    assert "first 2 of the 2" in english.status.value
    found = bench.panel.splitting.attribution
    assert english.picture.image.value == "".join(drawing._repr_html_() for drawing in draw_attribution(found, found.options[-1], "en"))
