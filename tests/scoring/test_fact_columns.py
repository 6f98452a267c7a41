from __future__ import annotations

import pytest

from simulator.rules.facts import FACTS, NOT_OF, Test
from simulator.scoring.columns import COLUMN_KEYS, Content
from simulator.scoring.fact_columns import PLAIN_COLUMNS, columns_of_test, facts_not_asked
from tests.model.test_playable import example_of
from tests.scoring.sets import make_set

SET = make_set(awards={"x": {"clauses": {}}})


@pytest.mark.parametrize("fact", sorted(FACTS))
def test_every_fact_has_columns_with_a_heading_of_the_catalogue(fact):
    found = columns_of_test(Test(**example_of(fact)), SET, 2025)
    assert found
    assert {column.key for column in found} <= set(COLUMN_KEYS)


@pytest.mark.parametrize(
    ("test", "columns"),
    [
        ({"fact": "rating", "at_least": "excellent"}, ["rating:2025"]),
        ({"fact": "rating-run", "rating": "excellent", "at_least": 3}, ["rating:2025", "rating:2024", "rating:2023"]),
        ({"fact": "rating-count", "rating": "excellent", "within_years": 2, "at_least": 1}, ["rating:2025", "rating:2024"]),
        ({"fact": "award-run", "award": "x", "at_least": 3}, ["award:x"]),
        ({"fact": "members-awarded", "award": "x", "at_least": 3}, ["members_awarded:x"]),
        ({"fact": "members-awarded", "award": "x", "at_least_share": 0.5}, ["members", "members_awarded:x"]),
        ({"fact": "members-awarded", "award": "x", "more_than_share": 0.5}, ["members", "members_awarded:x"]),
        ({"fact": "members-rated", "rating": "completed", "at_least_share": 0.5}, ["members", "members_rated:completed"]),
        ({"fact": "women-share", "at_least_share": 0.7}, ["members", "women"]),
    ],
)
def test_columns_are_named_for_year_award_and_grading(test, columns):
    assert [column.id for column in columns_of_test(Test(**test), SET, 2025)] == columns


def test_awards_of_the_set_bring_their_title():
    known, unknown = (columns_of_test(Test(fact="awarded-this-year", award=award), SET, 2025)[0] for award in ("x", "y"))
    assert known.title == SET.awards["x"].title
    assert unknown.title is None
    assert (known.content, known.award) == (Content.EVENTS, "x")


def test_no_fact_is_denied_to_both_people_and_collectives():
    assert not NOT_OF["individual"] & NOT_OF["collective"]
    assert set().union(*NOT_OF.values()) <= set(FACTS)
    assert set(PLAIN_COLUMNS) <= set(FACTS)


def test_a_table_says_whom_it_scores():
    def scale(target):
        return make_set(procedure={"scale": {"kind": "scale", "target": target, "total": 100}})

    assert facts_not_asked(scale("collective"), ()) == NOT_OF["collective"]
    assert facts_not_asked(make_set(), ()) == frozenset()
    assert facts_not_asked(SET, ("x",)) == NOT_OF["individual"]
