from __future__ import annotations

import pytest

from tests.golden.golden import AWARDS, SCENARIOS, differences, read


@pytest.mark.parametrize("name", SCENARIOS)
def test_results_change_only_with_a_reason(name):
    assert differences(name) == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_options_differ_and_the_baseline_is_among_them(name):
    awards = {option: value for option, key, value in read(name) if key == AWARDS}
    assert "keep-as-is" in awards
    assert len(set(awards.values())) == len(awards)
