"""What one replication gave, and what went wrong in one."""

from __future__ import annotations

import pytest

from simulator.experiments.runs.results import ReplicationFailure, tried


def test_what_happens_in_a_replication_is_given_and_what_goes_wrong_is_told(tiny):
    def divide(scenario, replication, by):
        return scenario.id, replication // by

    assert tried(divide, tiny, 7, 2) == ("tiny", 3)
    failure = tried(divide, tiny, 7, 0)
    assert isinstance(failure, ReplicationFailure)
    assert (failure.replication, failure.error.partition(":")[0]) == (7, "ZeroDivisionError")
    assert "in divide" in failure.trace


def test_an_end_that_was_asked_for_is_no_failure(tiny):
    def stop(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tried(stop, tiny, 0)
