from __future__ import annotations

import pytest

from simulator.rules.loading import load_criteria
from simulator.scoring.columns import COLUMN_KEYS, Column, Content, columns_of, missing_columns
from tests.scoring.sets import eligible, make_set

WELL = {"fact": "rating", "at_least": "completed-well"}


def columns(criteria, award=None, year=2025):
    return {column.id: column for column in columns_of(criteria, year, award)}


def test_who_they_are_comes_first():
    assert list(columns(make_set(awards={"title": {"clauses": {"rating": eligible(WELL)}}}))) == ["id", "name", "unit", "cluster", "rating:2025"]


def test_a_column_two_clauses_need_stands_once_with_both_clauses():
    run = {"fact": "rating-run", "rating": "excellent", "at_least": 2}
    found = columns(make_set(awards={"title": {"clauses": {"one": eligible(WELL), "two": eligible(run)}}}))
    assert found["rating:2025"].clauses == ("title.one", "title.two")
    assert found["rating:2024"].clauses == ("title.two",)
    assert (found["rating:2025"].is_required, found["rating:2024"].is_required) == (True, False)


@pytest.mark.parametrize(("pooling", "needed"), [("unit", {"unit"}), ("cluster", {"cluster"}), ("kind", {"cluster"}), ("all", set())])
def test_units_and_clusters_are_needed_where_places_are_counted_by_them(pooling, needed):
    found = columns(make_set(awards={"title": {"clauses": {"places": {"kind": "quota", "places": 2, "pooling": pooling}}}}))
    assert {name for name in ("unit", "cluster") if found[name].is_required} == needed


@pytest.mark.parametrize(
    ("of", "needed"), [("staff", {"unit", "cluster"}), ({"holders_of": "lower"}, {"unit", "cluster"}), ("eligible", {"cluster"})]
)
def test_a_share_of_a_cluster_needs_the_units_whose_people_are_counted(of, needed):
    """A nominee without a unit would leave the whole cluster uncounted, and nothing would say why."""
    quota = {"kind": "quota", "share": 0.2, "of": of, "pooling": "cluster"}
    found = columns(make_set(awards={"title": {"clauses": {"places": quota}}}))
    assert {name for name in ("unit", "cluster") if found[name].is_required and not found[name].may_be_left_out} == needed


def test_units_and_clusters_are_needed_only_for_the_awards_scored():
    def placed(pooling, *more):
        places = {"kind": "quota", "places": 2, "pooling": pooling}
        return {"clauses": {"places": places, **{f"c{n}": eligible(condition) for n, condition in enumerate(more)}}}

    flag = {**placed("cluster"), "target": "collective"}
    lower, higher = placed("unit"), placed("all", {"fact": "awarded-this-year", "award": "lower"})
    criteria = make_set(awards={"flag": flag, "lower": lower, "higher": higher})
    for award in (None, "lower", "higher"):
        found = columns(criteria, award)
        assert (found["unit"].clauses, found["cluster"].clauses, found["cluster"].may_be_left_out) == (("lower.places",), (), True)
    assert (columns(criteria, "flag")["unit"].is_required, columns(criteria, "flag")["cluster"].clauses) == (False, ("flag.places",))


def test_a_grassroots_fighter_is_asked_nothing_about_flags_and_long_service():
    found = columns(load_criteria("decree-91"), "chien-si-thi-dua-co-so")
    needed = {"id", "unit", "is_woman", "rating:2025", "service_months", "leave_days"}
    assert {name for name, column in found.items() if column.is_required} == needed
    assert found.keys().isdisjoint({"role", "years_in_post"})


def test_sectors_named_anywhere_are_offered_beside_another():
    gate = {"gate": {"kind": "sector-gate", "sector": "enterprise", "requires": {"fact": "sector", "one_of": ["school", "enterprise"]}}}
    assert columns(make_set(procedure=gate))["sector"].words == ("enterprise", "school", "other")


def test_one_award_needs_what_it_rests_on_and_no_more():
    lower = {"clauses": {"leave": eligible({"fact": "leave-days", "below": 40})}, "level": 1}
    higher = {"clauses": {"lower": eligible({"fact": "awarded-this-year", "award": "lower"})}, "level": 2}
    other = {"clauses": {"sex": eligible({"fact": "is-woman"})}, "level": 1}
    found = columns(make_set(awards={"lower": lower, "higher": higher, "other": other}), "higher")
    assert list(found)[4:] == ["leave_days", "award:lower"]
    assert found["award:lower"].may_be_left_out


def test_what_is_missing_is_told_apart_from_what_may_be_left_out():
    asked = [Column("leave_days", Content.NUMBER), Column("staff", Content.COUNT, may_be_left_out=True), Column("id", Content.TEXT)]
    assert [column.id for column in missing_columns(asked, frozenset())] == ["leave_days"]
    assert missing_columns(asked, frozenset({"leave_days"})) == ()


SHIPPED = ["decree-91", "law-2022-decree-152", "law-2026-draft", "molisa-2019", "thua-thien-hue-2018", "nghe-an-2025", "school-leader-2026"]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_column_of_what_ships_has_a_heading_and_a_clause(name):
    for column in columns_of(load_criteria(name), 2025)[4:]:
        assert column.clauses, column.id
        assert column.key in COLUMN_KEYS if column.key else column.title is not None, column.id


def test_nothing_a_nominee_cannot_change_is_called_actionable():
    fixed = {"role", "is_woman", "name", "unit", "members", "women", "case_pending", "sector"}
    for name in SHIPPED:
        for column in columns_of(load_criteria(name), 2025):
            if column.is_actionable:
                assert column.id not in fixed
                assert column.giver is None
                assert column.year in {None, 2025}
