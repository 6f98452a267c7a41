from __future__ import annotations

import pytest

from simulator.scoring.trace import Considered, Reason


def test_the_words_are_those_outsiders_rely_on():
    assert [word.value for word in Considered] == ["yes", "no", "council decides", "not counted"]


def test_a_reason_cannot_be_changed_afterwards():
    reason = Reason("title.rating", "eligibility", is_met=False, observed={}, required={})
    assert (reason.points, reason.most, reason.source) == (None, None, None)
    with pytest.raises(AttributeError):
        reason.is_met = True
