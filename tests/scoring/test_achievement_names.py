from __future__ import annotations

import unicodedata

import pytest

from simulator.rules.award_names import same_words
from simulator.scoring.achievement_names import rows_alike, without_marks
from simulator.scoring.roster import Achievement
from simulator.scoring.scorer import score
from tests.scoring.rosters import make_roster
from tests.scoring.sets import make_set

FLAGS = {"kind": "achievements", "points": 20, "levels": {"province": {"points": 5}, "nation": {"points": 10}}}


def test_one_name_is_the_same_however_it_is_written():
    name = "Cờ thi đua Tỉnh"
    for written in (name.upper(), unicodedata.normalize("NFD", name), f"  {name.replace(' ', '  ')} "):
        assert same_words(written) == same_words(name)
    assert same_words("Cờ thi đua Tỉnh") != same_words("Co thi dua Tinh")
    assert without_marks("Cờ thi ĐUA Tỉnh") == "co thi dua tinh"


@pytest.mark.parametrize(("second", "points", "codes"), [("CỜ  THI ĐUA", 5, []), ("Co thi dua", 10, ["SR413"]), ("Bằng khen", 10, [])])
def test_the_same_achievement_counts_once_and_one_like_it_is_told(second, points, codes):
    achievements = [[Achievement("flags", "Cờ thi đua", "province"), Achievement("flags", second, "province")]]
    scores = score(make_set(points={"flags": FLAGS}), make_roster(1, achievements=achievements))
    assert scores.points.exact_points(0) == points
    assert [note.code for note in scores.notes] == codes
    assert list(rows_alike(scores.roster)) == [int(scores.roster.rows[0])] * len(codes)
