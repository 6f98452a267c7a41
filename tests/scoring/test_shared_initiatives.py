from __future__ import annotations

import pytest

from simulator.scoring.roster import AwardEvent, Initiative
from simulator.scoring.scorer import score
from simulator.scoring.shared_initiatives import MOST_ROWS_TOLD, requirements_of
from tests.scoring.rosters import make_roster
from tests.scoring.sets import eligible, make_set

YEAR = 2025


def asks(n=1, scope="grass-roots", *, consumed=True):
    return eligible({"fact": "unused-initiatives", "at_least": n, "consumed": consumed, "scope": scope})


def won(award, fact="awarded-this-year"):
    more = {"award-count": {"at_least": 1, "within_years": 5}, "years-since-award": {"at_least": 1}}.get(fact, {})
    return eligible({"fact": fact, "award": award, **more})


def set_of(**awards):
    return make_set(
        awards={name: {"level": level, "clauses": {f"c{n}": clause for n, clause in enumerate(asked)}} for name, (level, *asked) in awards.items()}
    )


def listed(*scopes, awards=()):
    return make_roster(1, year=YEAR, initiatives=[[Initiative(scope, 2024) for scope in scopes]], awards=[list(awards)])


def shared(criteria, roster, award=None):
    scores = score(criteria, roster, award)
    found = [set(entry["shared_initiatives"]) for entry in scores.to_json()["nominees"]]
    return {result.award: (str(result.considered[0]), names) for result, names in zip(scores.results, found, strict=True)}, scores.notes


@pytest.mark.parametrize("levels", [(1, 1), (1, 2), (2, 1)])
@pytest.mark.parametrize("names", [("a", "z"), ("z", "a")])
def test_two_awards_share_one_initiative_whatever_their_ids_levels_and_order(levels, names):
    criteria = set_of(**{name: (level, asks()) for name, level in zip(names, levels, strict=True)})
    found, notes = shared(criteria, listed("province"))
    assert found == {"a": ("yes", {"a", "z"}), "z": ("yes", {"a", "z"})}
    assert [(note.code, note.fields["rows"]) for note in notes] == [("SR412", "2")]
    for name in names:
        assert shared(criteria, listed("province"), name) == ({name: ("yes", set())}, ())


def test_enough_initiatives_are_shared_by_nobody():
    criteria = set_of(a=(1, asks()), b=(2, asks(1, "province")))
    assert shared(criteria, listed("grass-roots", "province")) == ({"a": ("yes", set()), "b": ("yes", set())}, ())


def test_three_awards_may_share_where_two_of_them_would_not():
    criteria = set_of(a=(1, asks()), b=(1, asks()), c=(2, asks()))
    found, _ = shared(criteria, listed("grass-roots", "grass-roots"))
    assert [names for _, names in found.values()] == [{"a", "b", "c"}] * 3


def test_who_rests_on_another_finds_its_initiative_used_and_shares_nothing_with_it():
    ladder = set_of(low=(1, asks()), high=(2, asks(), won("low")))
    assert shared(ladder, listed("grass-roots"))[0] == {"low": ("yes", set()), "high": ("no", set())}
    assert shared(ladder, listed("grass-roots", "nation"))[0] == {"low": ("yes", set()), "high": ("yes", set())}


def test_of_a_ladder_the_tops_share():
    ladder = set_of(low=(1, asks()), one=(2, asks(), won("low")), two=(2, asks(), won("low")))
    found, _ = shared(ladder, listed("grass-roots", "nation"))
    assert found == {"low": ("yes", set()), "one": ("yes", {"one", "two"}), "two": ("yes", {"one", "two"})}


def test_an_award_that_uses_nothing_up_shares_nothing():
    criteria = set_of(a=(1, asks()), b=(2, asks(consumed=False)))
    assert shared(criteria, listed("grass-roots"))[0] == {"a": ("yes", set()), "b": ("yes", set())}


@pytest.mark.parametrize("fact", ["award-count", "years-since-award"])
def test_windows_and_waits_read_decided_awards_in_every_mode(fact):
    criteria = set_of(a=(1,), b=(2, won("a", fact), won("a")))
    wanted = "yes" if fact == "years-since-award" else "no"
    for award in (None, "b"):
        scores = score(criteria, listed(), award)
        assert scores.result("b").considered.tolist() == [wanted]
        reason = next(reason for reason in scores.reasons(0, "b") if reason.clause == "b.c0")
        assert reason.observed == {"award:a": []}
    decided = listed(awards=[AwardEvent("a", YEAR)])
    assert score(criteria, decided, "b").result("b").considered.tolist() == ["yes" if fact == "award-count" else "no"]


def test_rows_are_told_up_to_a_number():
    n = MOST_ROWS_TOLD + 1
    roster = make_roster(n, year=YEAR, initiatives=[[Initiative("nation", 2024)]] * n)
    (note,) = score(set_of(a=(1, asks()), b=(1, asks())), roster).notes
    assert note.fields["rows"].endswith(f"{MOST_ROWS_TOLD + 1}, …")
    assert note.fields["n_rows"] == str(n)


def test_an_award_requires_what_its_eligibility_says():
    assert [condition.at_least for condition in requirements_of(set_of(a=(1, asks(2), asks(1))), "a")] == [2, 1]
