from __future__ import annotations

from simulator.rules.anatomy import keys_known_at
from simulator.rules.facts import Test
from simulator.rules.schema import CriteriaFile, Rules


def test_the_top_of_a_file():
    assert {"id", "title", "valid", "awards", "extends"} <= set(keys_known_at(CriteriaFile, ()))


def test_a_key_is_known_by_the_name_it_has_in_the_file():
    assert keys_known_at(CriteriaFile, ("valid",)) == ("from", "until")


def test_a_clause_is_known_by_its_kind():
    location = ("awards", "fighter", "clauses", "quota", "quota")
    assert {"share", "places", "pooling", "rounding", "of"} <= set(keys_known_at(CriteriaFile, location))
    assert "share" not in keys_known_at(CriteriaFile, (*location[:-1], "money"))


def test_inside_a_condition():
    location = ("awards", "fighter", "clauses", "c", "eligibility", "requires", "all-of", "all", 0, "none-of", "not", "test")
    assert keys_known_at(CriteriaFile, location) == tuple(Test.model_fields)


def test_inside_a_list_and_a_union():
    assert keys_known_at(CriteriaFile, ("principles", "p", "exhortation", "moves", 0)) == ("assumption", "toward")
    assert keys_known_at(CriteriaFile, ("awards", "a", "clauses", "c", "quota", "of", "holders")) == ("holders_of",)


def test_nowhere_knows_no_key():
    assert keys_known_at(CriteriaFile, ("nowhere", "at", "all")) == ()


def test_inside_the_parts_of_a_section_however_deep():
    for kind in ("section", "bonus", "penalty"):
        section = ("points", "results", kind)
        assert keys_known_at(CriteriaFile, section)[-2:] == ("kind", "parts")
        criterion = (*section, "parts", "inner", "penalty", "parts", "budget", "proportional")
        assert {"points", "target", "loses"} <= set(keys_known_at(Rules, criterion))
        assert keys_known_at(Rules, (*criterion, "loses")) == ("points", "per_percent", "counted")
        assert keys_known_at(Rules, (*criterion, "title")) == ("vi", "en")
