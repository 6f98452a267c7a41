"""Nothing that leaves the office tells who somebody is."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from simulator.presentation.registers.anonymity import (
    Sum,
    anonymous_roster,
    code_by_row,
    hide_free_text,
    hide_in_explanation,
    hide_in_json,
    row_words,
    suppress,
)
from simulator.scoring.roster import Achievement, AwardEvent, Initiative
from simulator.scoring.scorer import score
from tests.presentation.scored import criteria
from tests.presentation.scores.test_scores import scored_roster
from tests.scoring.rosters import make_roster


def roster(**more):
    return make_roster(
        ids=["CB1", "CB2", "CB3"],
        names=["Nguyễn Văn Mẫu", "Trần Thị Mẫu", "Lê Mẫu"],
        units=["Phòng B", "Phòng A", "Phòng B"],
        clusters=["Khối 2", "Khối 2", "Khối 1"],
        headcounts={"Phòng A": {"staff": 9}, "Phòng Vắng": {"staff": 4}, "Phòng B": {"staff": 20}},
        **more,
    )


def test_an_anonymous_list_holds_no_name_and_nothing_written_freely():
    named = roster(
        words={"work@cluster:reason": ["vì ông Mẫu ốm", "", ""], "role": ["head", "staff", "staff"]},
        awards=[[AwardEvent("a", 2024, "12/QĐ-Mẫu")], [], []],
        initiatives=[[Initiative("grassroots", 2024, False, "CN-Mẫu")], [], []],
        achievements=[
            [Achievement("flags", "Cờ Mẫu", "city"), Achievement("flags", "Bằng Mẫu", "city")],
            [Achievement("flags", "Cờ Mẫu", "city")],
            [],
        ],
    )
    withheld = anonymous_roster(named, ("N-1", "N-2", "N-3"))
    everything = repr([*vars(withheld).values(), withheld.people.ids, withheld.people.names])
    assert not [word for word in ("Mẫu", "CB", "Phòng", "Khối") if word in everything]
    assert withheld.people.ids == ("2", "3", "4")
    assert (withheld.units, withheld.clusters) == (("2", "1", "2"), ("2", "2", "1"))
    assert withheld.headcounts == {"1": {"staff": 9}, "3": {"staff": 4}, "2": {"staff": 20}}
    assert list(withheld.headcounts) == ["1", "3", "2"]
    assert [len({one.name for one in each}) for each in withheld.achievements] == [2, 1, 0]
    assert list(withheld.words["role"]) == ["head", "staff", "staff"]
    assert named.people.ids[0] == "CB1"


def test_numbers_of_units_sort_as_their_names_for_shares_are_rounded_in_that_order():
    names = [f"Phòng {name}" for name in range(120)]
    units = anonymous_roster(make_roster(units=names)).units
    assert [name for _, name in sorted(zip(units, names, strict=True))] == sorted(names)
    assert len(set(units)) == 120


def test_an_anonymous_list_is_scored_as_the_list_itself():
    named = scored_roster(30)
    first, second = (score(criteria(), each).results[0] for each in (named, anonymous_roster(named)))
    assert first.points.tolist() == second.points.tolist()
    assert first.rank.tolist() == second.rank.tolist()
    assert first.class_.tolist() == second.class_.tolist()


def test_what_somebody_wrote_freely_is_hidden_wherever_it_stands():
    observed = {"flags": [{"name": "Ông Mẫu", "level": "city"}], "work:reason": "vì ông Mẫu ốm", "quality": 94, "on": {"decision_no": "12/QĐ"}}
    assert hide_free_text(observed) == {
        "flags": [{"name": "…", "level": "city"}],
        "work:reason": "…",
        "quality": 94,
        "on": {"decision_no": "…"},
    }


def test_json_names_no_unit_and_gives_rows_and_codes():
    part = {"place": "1", "met": False, "observed": {"name": "Mẫu", "mean:points.total": 3}, "required": {}}
    reason = {"observed": {"name": "Mẫu"}, "required": {"unit": "Phòng lớn", "places": 1}, "parts": [part]}
    nominee = {"id": "2", "row": 2, "quota": {"places": 1, "unit": "Phòng lớn", "rounding": "floor"}, "reasons": [reason]}
    scores = {"table": "t", "nominees": [nominee, {"id": "3", "row": 3, "quota": None, "reasons": []}]}
    people = anonymous_roster(roster(), ("N-A", "N-B", "N-C")).people
    told = [hide_in_json(scores, people), hide_in_explanation({"nominee": "2", "clauses": [reason]}, people)]
    assert not [word for word in ("Mẫu", "Phòng", "mean:") if word in json.dumps(told, ensure_ascii=False)]
    assert [each["code"] for each in told[0]["nominees"]] == ["N-A", "N-B"]
    assert (told[0]["nominees"][0]["id"], told[1]["code"]) == ("2", "N-A")
    assert hide_in_json(scores, anonymous_roster(roster()).people)["nominees"][0]["code"] is None
    assert nominee["quota"]["unit"] == "Phòng lớn"  # what was given is left as it was


def test_a_nominee_is_called_by_row_and_code():
    assert code_by_row(anonymous_roster(roster(), ("N-A", "N-B", "N-C")).people) == {"2": "N-A", "3": "N-B", "4": "N-C"}
    assert code_by_row(anonymous_roster(roster()).people) == {}
    assert (row_words("2", "N-A", "en"), row_words("2", "", "vi")) == ("row 2, code N-A", "dòng 2")


def test_under_five_is_said_only_of_what_is_under_five():
    assert suppress([20, 13, 4, 3], [Sum(0, (1, 2, 3))]) == [20, 13, "few", "few"]
    assert suppress([20, 17, 3], [Sum(0, (1, 2))]) == [20, "not-told", "few"]
    assert suppress([20, 12, 8], [Sum(0, (1, 2))]) == [20, 12, 8]
    assert suppress([3, 0, 3], [Sum(0, (1, 2))]) == ["few", 0, "few"]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=5), st.integers(0, 8))
def test_no_small_count_is_shown_and_none_is_what_a_sum_leaves(parts, rest):
    counts = [sum(parts) + rest, *parts]
    shown = suppress(counts, [Sum(0, tuple(range(1, len(counts))))])
    for given_count, told in zip(counts, shown, strict=True):
        assert told == ("few" if 0 < given_count < 5 else "not-told") if isinstance(told, str) else told == given_count
        assert isinstance(told, str) or not 0 < told < 5
    hidden = [count for count, told in zip([*counts, rest], [*shown, "rest" if 0 < rest < 5 else rest], strict=True) if isinstance(told, str)]
    assert len(hidden) != 1 or not any(parts) or counts[0] == hidden[0]


def test_means_from_which_others_could_be_made_out_are_left_out():
    assert hide_free_text({"points.total": 5, "mean:points.total": 10}) == {"points.total": 5}
