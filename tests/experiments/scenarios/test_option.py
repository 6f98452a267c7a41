from __future__ import annotations

from simulator.experiments.scenarios.option import Option, Phase
from simulator.rules.loading import load_criteria
from simulator.rules.values import Text

TITLE = Text(vi="Thử", en="Trial")


def test_an_option_that_holds_from_the_first_year_is_known_by_its_rules():
    criteria = load_criteria("decree-91")
    option = Option.of("keep", TITLE, criteria)
    assert option.criteria is criteria
    assert option.key == criteria.content_hash


def test_years_and_order_of_rules_are_part_of_what_an_option_does():
    old, new = load_criteria("decree-91"), load_criteria("law-2022")
    later = Option("later", TITLE, (Phase(3, new),))
    latest = Option("latest", TITLE, (Phase(4, new),))
    through = Option("through", TITLE, (Phase(1, old), Phase(3, new)))
    keys = {option.key for option in (Option.of("new", TITLE, new), later, latest, through)}
    assert len(keys) == 4
    assert Option("same", Text(vi="Khác", en="Other"), (Phase(3, new),)).key == later.key
    assert through.criteria is new
