from __future__ import annotations

from fractions import Fraction

import pytest

from simulator.errors import InputError
from simulator.rules.loading import criteria_from_text
from simulator.scoring.decision import Decision, class_place, decision_of, places_of, result_of
from simulator.scoring.scorer import score
from simulator.scoring.trace import Considered
from tests.scoring.test_explanation import AWARD, TABLE, award_roster, table_of

CLASSES = ("top", "good", "rest")


def decision(considered="no", *, eligible=True, class_=None):
    return Decision(eligible, Considered(considered), class_, None, None, False)


@pytest.mark.parametrize(
    ("before", "after", "is_better"),
    [("no", "yes", True), ("no", "council decides", True), ("council decides", "yes", True), ("yes", "council decides", False), ("no", "no", False)],
)
def test_being_put_forward_is_better(before, after, is_better):
    assert decision(after).is_better_than(decision(before), "prize", ()) is is_better


def test_a_better_class_is_better_and_having_none_is_lowest():
    assert decision(class_="good").is_better_than(decision(class_="rest"), None, CLASSES)
    assert not decision(class_="rest").is_better_than(decision(class_="good"), None, CLASSES)
    assert decision(class_="rest").is_better_than(decision(), None, CLASSES)
    assert not decision(class_="top", eligible=False).is_better_than(decision(class_="rest"), None, CLASSES)
    assert decision(class_=None).is_better_than(decision(eligible=False), None, CLASSES)
    assert class_place(None, CLASSES) == 3


def test_the_best_has_nothing_above_it():
    assert decision("yes").is_best("prize", ())
    assert not decision("council decides").is_best("prize", ())
    assert decision(class_="top").is_best(None, CLASSES)
    assert not decision(class_="top", eligible=False).is_best(None, CLASSES)
    assert decision().is_best(None, ())


def test_decisions_are_read_off_the_scores():
    scores = score(criteria_from_text(AWARD), award_roster(["90", "70.5", "80"]), "prize")
    assert decision_of(scores, 1, "prize") == Decision(True, Considered.NO, None, 3, Fraction("70.5"), False)
    assert places_of(scores, 1, "prize") == 2
    assert result_of(scores, None) is result_of(scores, "prize")
    scores = score(criteria_from_text(TABLE), table_of("10", "8", "0", "2"))
    assert decision_of(scores, 0, None).class_ == "top"
    assert places_of(scores, 0, None) is None


def test_of_several_awards_one_must_be_named():
    criteria = criteria_from_text(AWARD + AWARD[AWARD.index("  prize:") :].replace("  prize:", "  medal:"))
    scores = score(criteria, award_roster(["90"]))
    with pytest.raises(InputError, match="SR463"):
        result_of(scores, None)
