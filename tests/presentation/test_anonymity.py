"""Nothing that leaves the office tells who somebody is."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from simulator.presentation.anonymity import hide_free_text, hide_in_explanation, hide_in_json, suppress, unnamed_units
from tests.scoring.rosters import make_roster


def roster(units, roles=None):
    return make_roster(units=units, words=None if roles is None else {"role": roles})


def test_units_of_few_and_units_with_one_leader_are_not_named():
    units = ["a"] * 5 + ["b"] * 4 + ["c"] * 5
    roles = ["head", *["staff"] * 4, *["staff"] * 4, "head", "deputy", *["staff"] * 3]
    assert unnamed_units(roster(units)) == {"b"}
    assert unnamed_units(roster(units, roles)) == {"a", "b"}


def test_what_somebody_wrote_freely_is_hidden_wherever_it_stands():
    observed = {"flags": [{"name": "Ông Mẫu", "level": "city"}], "work:reason": "vì ông Mẫu ốm", "quality": 94, "on": {"decision_no": "12/QĐ"}}
    assert hide_free_text(observed) == {
        "flags": [{"name": "…", "level": "city"}],
        "work:reason": "…",
        "quality": 94,
        "on": {"decision_no": "…"},
    }


def test_json_names_no_unit_whose_people_could_be_made_out():
    reason = {"observed": {"name": "Mẫu"}, "required": {"unit": "Tổ nhỏ", "places": 1}}
    nominee = {"quota": {"places": 1, "unit": "Tổ nhỏ", "rounding": "floor"}, "reasons": [reason]}
    large = {"quota": {"places": 1, "unit": "Phòng lớn", "rounding": "floor"}, "reasons": []}
    people = roster(["Tổ nhỏ"] * 2 + ["Phòng lớn"] * 6)
    hidden = hide_in_json({"table": "t", "nominees": [nominee, large, {"quota": None, "reasons": []}]}, people)
    assert "Tổ nhỏ" not in json.dumps(hidden, ensure_ascii=False)
    assert "Mẫu" not in json.dumps(hidden, ensure_ascii=False)
    assert hidden["nominees"][1]["quota"]["unit"] == "Phòng lớn"
    assert nominee["quota"]["unit"] == "Tổ nhỏ"  # what was given is left as it was
    assert "Tổ nhỏ" not in json.dumps(hide_in_explanation({"clauses": [reason]}), ensure_ascii=False)


counts = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=1, max_size=6))


@given(counts)
def test_no_small_count_is_shown_and_none_can_be_worked_out_from_a_total(table):
    hidden = suppress(table)
    for row, shown in zip(table, hidden, strict=True):
        assert all(n is None or n == given for given, n in zip(row, shown, strict=True))
        assert not any(n is not None and 0 < n < 5 for n in shown)
    for column in zip(*hidden, strict=True):
        assert column.count(None) != 1 or not any(n for n in column if n)


def test_means_from_which_others_could_be_made_out_are_left_out():
    assert hide_free_text({"points.total": 5, "mean:points.total": 10}) == {"points.total": 5}
