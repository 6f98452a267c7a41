from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.history import HistoryError
from simulator.indicators.references import under_reference
from simulator.indicators.values import values_of
from tests.indicators.lists import by_merit, write_list

HISTORY = write_list([12] * 4, 4, by_merit)


def test_a_history_is_read_by_another_merit():
    """What is perfect by one reference is the worst by its opposite."""
    history = replace(HISTORY, references={"results": HISTORY.merit.copy(), "opposite": -HISTORY.merit})
    assert values_of(under_reference(history, "results"))[0]["merit_kappa"] == 1
    assert values_of(under_reference(history, "opposite"))[0]["merit_kappa"] < 0
    assert set(under_reference(history, "opposite").references) == {"results", "opposite"}
    assert (history.merit == HISTORY.merit).all()


def test_an_unknown_reference_is_refused_by_name():
    with pytest.raises(HistoryError, match="results"):
        under_reference(HISTORY, "results")
