from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.rules.loading import criteria_from_text
from simulator.rules.stages import Preference, Scale, Stage, Transition
from tests.rules.specimen import line_of, replace, stack_texts
from tests.rules.table_specimen import TABLE


def test_the_procedure_says_what_it_says_and_nothing_more():
    procedure = stack_texts(TABLE).procedure
    stage = procedure["first-stage"]
    assert isinstance(stage, Stage)
    assert (stage.order, stage.vote.threshold, stage.vote.ballot, stage.posting_days, stage.awards) == (1, 0.9, None, None, ("best",))
    assert procedure["second-stage"].awards == (), "for every award"
    scale = procedure["scale"]
    assert isinstance(scale, Scale)
    assert (scale.total, scale.bonus, scale.lowest, scale.round_to) == (100, 10, 0, None)
    transition = procedure["former-title"]
    assert isinstance(transition, Transition)
    assert (transition.award, transition.of_set, transition.counts_as) == ("old-best", "specimen", "best")
    assert procedure["marking"].sees == {"standing-body": ("self", "cluster")}


def test_a_step_of_a_tie_break_says_one_thing():
    assert stack_texts(TABLE).procedure["equals"].prefer[1] == Preference(points="results.budget")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    order: 2\n", "    order: 0\n", "CS105"),
        ("    order: 2\n", "    order: 1.5\n", "CS103"),
        ("    level: province\n", "    level: village\n", "CS104"),
        ("counts: all-members", "counts: members", "CS104"),
        ("vote: {threshold: 0.9, counts", "vote: {threshold: 90%, counts", "CS125"),
        ("    total: 100\n", "    total: 0\n", "CS105"),
        ("    target: individual\n    total", "    target: person\n    total", "CS104"),
        ("sees: {standing-body:", "sees: {everybody:", "CS101"),
        ("    sector: enterprise\n", "    sector: Doanh nghiệp\n", "CS106"),
        ("    of_set: specimen\n", "", "CS102"),
        ("prefer: [{who", "prefer: [{whom", "CS101"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_line(old, new, code):
    text = replace(TABLE, old, new)
    with pytest.raises(InputError) as caught:
        criteria_from_text(text, "x.yaml")
    found = [(finding.code, finding.line) for finding in caught.value.findings]
    assert found[0][0] == code
    assert len(found) == 1
    assert not new or abs(found[0][1] - line_of(text, new.strip())) <= 1
