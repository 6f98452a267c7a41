from __future__ import annotations

import contextlib
import json

from simulator.errors import InputError
from simulator.scoring.scorer import score
from tests.scoring.point_tables import scale
from tests.scoring.random_tables import RandomTable, luck_of
from tests.scoring.sets import make_set


def random_scores():
    """Go through random tables; some hold a target of nothing, or look at what the list does not have, and are refused."""
    for seed in range(80):
        made = RandomTable(luck_of(seed), 9)
        data = {key: value for key, value in made.data.items() if key != "scale"}
        if "scale" in made.data:
            data["procedure"] = {"scale": scale(**made.data["scale"])}
        with contextlib.suppress(InputError):
            yield score(make_set(**data), made.roster())


def test_what_is_lost_is_told_column_by_column_as_it_is_clause_by_clause():
    n_told = 0
    for scores in random_scores():
        failed, everything = (scores.to_json(reasons=which)["nominees"] for which in ("failed", "all"))
        for nominee in everything:
            nominee["reasons"] = [reason for reason in nominee["reasons"] if not reason["met"]]
        assert json.dumps(failed) == json.dumps(everything)
        n_told += len(failed)
    assert n_told > 100
