from __future__ import annotations

import pytest

from simulator.reporting.forms import pictures
from simulator.reporting.forms.pictures import shape_of, to_png
from tests.reporting.specimen import outline_of


@pytest.fixture(scope="module")
def figure():
    return next(outline_of().figures())


def test_a_picture_is_the_same_every_time_and_sharp_enough_for_print(figure):
    first = to_png(figure)
    assert first.startswith(b"\x89PNG")
    pictures._drawn.cache_clear()
    assert first == to_png(figure)
    width = int.from_bytes(first[16:20], "big")
    assert width / (160 / 25.4) >= 220


def test_a_picture_has_the_shape_of_its_figure(figure):
    *_, width, height = (float(number) for number in figure.svg.partition('viewBox="')[2].partition('"')[0].split())
    assert shape_of(to_png(figure)) == pytest.approx(height / width, abs=0.002)
