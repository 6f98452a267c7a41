"""A scenario file says what it may say, and nothing else: every key, every bound, every default."""

from __future__ import annotations

import datetime
from typing import get_args

import pytest
from pydantic import ValidationError

from simulator.experiments.scenarios.scenario_file import ScenarioFile
from simulator.history import Role
from simulator.model.behaviour import Structure
from simulator.randomness import LARGEST_SEED

WORDS = {"vi": "Thử", "en": "Trial"}
OPTION = {"id": "plan", "title": WORDS, "criteria": "law-2022"}
SHOCK = {"years": [2], "kinds": ["school"], "roles": ["direct"], "why": WORDS}
FILE = {
    "id": "tiny",
    "title": WORDS,
    "question": WORDS,
    "as_of": datetime.date(2021, 11, 10),
    "baseline": "decree-91",
    "options": [OPTION],
    "focus_award": "chien-si-thi-dua-co-so",
    "population": "tiny",
    "years": 3,
    "warm_up_years": 4,
    "seed": 7,
}


def of_file(**changes):
    return ScenarioFile.model_validate(FILE | changes)


def of_option(**changes):
    return of_file(options=[OPTION | changes]).options[0]


def of_shock(**changes):
    return of_file(shock=SHOCK | changes).shock


def refused(make, **changes):
    """Give the keys of what was refused; a list one of whose entries was refused is not named beside it."""
    with pytest.raises(ValidationError) as problem:
        make(**changes)
    places = [error["loc"] for error in problem.value.errors()]
    innermost = [place for place in places if not any(place == other[: len(place)] for other in places if other != place)]
    return {[key for key in place if isinstance(key, str)][-1] for place in innermost}


def test_what_a_file_need_not_say_has_a_default():
    file = of_file()
    assert (file.structure, file.learning, file.shock, dict(file.assumptions)) == ("weighted", False, None, {})
    assert (file.options[0].from_year, file.options[0].then) == (1, ())
    assert (of_shock().deeds, of_shock().merit) == (1.0, 0.0)
    assert (file.replications, of_file(replications=3).replications) == (200, 3)


def test_everything_a_file_says_is_kept():
    then = [{"from_year": 3, "criteria": "decree-91"}, {"from_year": 4, "criteria": "law-2026-draft"}]
    file = of_file(
        options=[OPTION | {"from_year": 2, "then": then}, OPTION], shock=SHOCK | {"deeds": 10.0, "merit": -1.5}, assumptions={"turn_weight": 0.5}
    )
    assert [option.from_year for option in file.options] == [2, 1]
    assert [(phase.from_year, phase.criteria) for phase in file.options[0].then] == [(3, "decree-91"), (4, "law-2026-draft")]
    assert (file.shock.years, file.shock.kinds, file.shock.roles, file.shock.deeds, file.shock.merit) == ((2,), ("school",), ("direct",), 10.0, -1.5)
    assert file.shock.why.en == "Trial"
    assert dict(file.assumptions) == {"turn_weight": 0.5}


def test_a_file_once_read_stays_as_it_is():
    with pytest.raises(ValidationError):
        of_file().seed = 8


@pytest.mark.parametrize("key", FILE)
def test_every_other_key_is_needed(key):
    with pytest.raises(ValidationError, match=key):
        ScenarioFile.model_validate({name: value for name, value in FILE.items() if name != key})


@pytest.mark.parametrize(("make", "whole"), [(of_option, OPTION), (of_shock, SHOCK)])
def test_every_key_of_an_option_and_of_a_shock_is_needed(make, whole):
    for key in whole:
        assert refused(make, **{key: None}) == {key}


@pytest.mark.parametrize("make", [of_file, of_option, of_shock])
def test_a_key_nobody_knows_is_refused(make):
    assert refused(make, colour="red") == {"colour"}


BOUNDS = [
    (of_file, "years", 1, 50),
    (of_file, "warm_up_years", 2, 50),
    (of_file, "replications", 2, 1000),
    (of_file, "seed", 0, LARGEST_SEED),
    (of_option, "from_year", 1, 50),
    (of_shock, "deeds", 1.0, 100.0),
    (of_shock, "merit", -2.0, 2.0),
]


@pytest.mark.parametrize(("make", "key", "lowest", "highest"), BOUNDS)
def test_the_ends_of_a_range_may_be_said_and_nothing_beyond(make, key, lowest, highest):
    assert [getattr(make(**{key: value}), key) for value in (lowest, highest)] == [lowest, highest]
    step = 0.01 if isinstance(lowest, float) else 1
    for value in (lowest - step, highest + step, str(lowest), True):
        assert refused(make, **{key: value}) == {key}


@pytest.mark.parametrize("year", [0, 51, 1.0, "1"])
def test_years_of_a_phase_and_of_a_shock_are_years_of_the_run(year):
    assert refused(of_option, then=[{"from_year": year, "criteria": "decree-91"}]) == {"from_year"}
    assert refused(of_shock, years=[year]) == {"years"}


@pytest.mark.parametrize(("make", "key"), [(of_file, "options"), (of_shock, "years"), (of_shock, "kinds"), (of_shock, "roles")])
def test_a_list_of_nothing_is_refused(make, key):
    assert refused(make, **{key: []}) == {key}


@pytest.mark.parametrize("name", ["Tiny", "tí-hon", "tiny_one", "-tiny", "", "a" * 81])
def test_names_are_ids(name):
    assert refused(of_file, id=name) == {"id"}
    assert refused(of_file, focus_award=name) == {"focus_award"}
    assert refused(of_option, id=name) == {"id"}
    assert refused(of_shock, kinds=[name]) == {"kinds"}


@pytest.mark.parametrize(("make", "key"), [(of_file, "title"), (of_file, "question"), (of_option, "title"), (of_shock, "why")])
def test_words_are_given_in_both_languages(make, key):
    assert refused(make, **{key: {"vi": "Thử"}}) == {"en"}
    assert refused(make, **{key: "Thử"}) == {key}


def test_posts_and_structures_are_those_the_model_knows():
    roles = [role.name.lower() for role in Role]
    assert of_shock(roles=roles).roles == tuple(roles)
    assert refused(of_shock, roles=["boss"]) == {"roles"}
    assert {of_file(structure=structure).structure for structure in get_args(Structure)} == set(get_args(Structure))
    assert refused(of_file, structure="chaos") == {"structure"}
    assert refused(of_file, learning="yes") == {"learning"}
