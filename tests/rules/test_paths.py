from __future__ import annotations

import pytest

from simulator.rules.paths import nearest

KNOWN = {("a",): 1, ("a", "b", 0): 2}


@pytest.mark.parametrize(("path", "line"), [(("a",), 1), (("a", "b"), 1), (("a", "b", 0, "c"), 2), (("z",), None), ((), None)])
def test_what_is_known_around_a_path(path, line):
    assert nearest(KNOWN, path) == line


def test_the_top_is_around_everything():
    assert nearest({(): 9}, ("z", 1)) == 9
