from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.errors import RunError
from simulator.experiments.execution.computing import Computing
from simulator.experiments.paperwork.counts import OptionCounts, count_all, count_replication
from simulator.experiments.runs.plan import fingerprint
from simulator.experiments.runs.run import histories_under, warmed_up
from simulator.experiments.runs.wide import values_under
from simulator.experiments.scenarios.option import Option, Phase
from simulator.experiments.store.store import Store
from tests.experiments.paperwork.pay_step_sets import with_steps


def test_files_and_awards_are_those_that_the_indicators_count(tiny):
    """One computation: the totals are those of ``dossiers`` and ``cost_vnd`` in a report."""
    counts = count_replication(tiny, 1)
    values = values_under(tiny, 1, ("dossiers", "cost_vnd"))
    multiples = {path.split(".")[0]: clause.multiple for path, clause in tiny.baseline.iter_clauses() if clause.kind == "money"}
    for option in tiny.options:
        by_award = {award: np.sum(of_years, axis=0) / tiny.years for award, of_years in counts[option.key].awards.items()}
        assert sum(files for files, _ in by_award.values()) == pytest.approx(values[option.key]["dossiers"], abs=1e-9)
        money = sum(given * multiples.get(award, 1.0) for award, (_, given) in by_award.items()) * tiny.base_salary
        assert money == pytest.approx(values[option.key]["cost_vnd"], rel=1e-12)


def test_rules_that_take_over_later_are_counted_with_the_years_before(tiny):
    keep, plan = tiny.options
    late = Option("late", plan.title, (Phase(2, plan.criteria), Phase(3, keep.criteria)))
    scenario = replace(tiny, options=(keep, plan, late))
    counts, values = count_replication(scenario, 0), values_under(scenario, 0, ("dossiers",))
    files = np.array(list(counts[late.key].awards.values()))[:, :, 0].sum(axis=0)
    assert files.sum() / tiny.years == pytest.approx(values[late.key]["dossiers"], abs=1e-9)
    assert counts[late.key] != counts[plan.key]
    # In the first year the rules are still those of the baseline.
    assert {award: years[0] for award, years in counts[late.key].awards.items()} == {
        award: years[0] for award, years in counts[keep.key].awards.items()
    }


def test_people_who_won_several_awards_with_a_pay_step_are_counted_once(tiny):
    """Told by the histories: who holds the lower award only, the higher only, or both."""
    lower, higher = "lao-dong-tien-tien", "chien-si-thi-dua-co-so"
    scenario = replace(tiny, baseline=(criteria := with_steps(tiny.baseline, {lower: 6})), options=(Option.of("keep", tiny.title, criteria),))
    (counts,) = count_replication(scenario, 0).values()
    with warmed_up(scenario, 0) as warm:
        (history,) = histories_under(warm, scenario.options[0].phases, scenario)
    for year in range(1, scenario.years + 1):
        is_now = history.year == np.unique(history.year)[history.n_history_years :][year - 1]
        has_lower, has_higher = (history.awards[name][is_now] for name in (lower, higher))
        expected = {lower: has_lower & ~has_higher, higher: has_higher & ~has_lower, f"{higher}+{lower}": has_lower & has_higher}
        assert {names: years[year - 1] for names, years in counts.stepping.items()} == {
            n: is_so.sum() for n, is_so in expected.items() if is_so.any()
        }


def test_what_the_store_holds_is_not_counted_again(tiny, tmp_path, monkeypatch):
    first = count_all(tiny, Computing(store=Store(tmp_path)))
    monkeypatch.setattr("simulator.experiments.paperwork.counts.count_replication", None)
    assert count_all(tiny, Computing(store=Store(tmp_path))) == first
    assert len(first) == tiny.replications


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '{"k": 3}',
        '{"k": {"award": [[1, 2]]}}',
        '{"k": {"awards": {"a": [[1]]}, "stepping": {}}}',
        '{"k": {"awards": {"a": [["x", 1]]}, "stepping": {}}}',
        "{",
    ],
)
def test_what_was_changed_by_hand_in_the_store_is_counted_again(tiny, tmp_path, text):
    first = count_all(tiny, Computing())
    with Store(tmp_path) as store:
        store.add_study(fingerprint(tiny), "paperwork-1", text)
        assert count_all(tiny, Computing(store=store)) == first


def test_a_failed_replication_is_left_out_and_too_few_are_an_error(tiny, monkeypatch):
    def fail(scenario, replication):
        if replication in broken:
            raise ValueError("broken")
        return {"x": OptionCounts({}, {})}

    monkeypatch.setattr("simulator.experiments.paperwork.counts.count_replication", fail)
    broken = {1}
    assert len(count_all(tiny, Computing())) == 2
    broken = {0, 1}
    with pytest.raises(RunError, match="broken"):
        count_all(tiny, Computing())
