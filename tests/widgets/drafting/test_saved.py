from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.rules.values import Text
from simulator.widgets.drafting.saved import SavedDrafts
from simulator.widgets.drafting.state import State
from simulator.widgets.work_codes import new_code
from tests.widgets.drafting.test_state import QUOTA, codes, place  # noqa: F401 - the fixture

WHY = Text(vi="Giảm số lượng.", en="Fewer.")


@pytest.fixture
def state(place):  # noqa: F811 - pytest gives the fixture by its name
    state = State(place, "decree-91")
    state.turn(QUOTA, "share", 0.1)
    state.save("fewer-places", None, WHY)
    return state


def names(saved):
    return [draft.id for draft in saved.mine()]


def test_what_a_page_saved_is_listed_and_deleted_by_its_code_alone(state, place):  # noqa: F811
    stranger = SavedDrafts(place)
    assert (names(state.saved), names(stranger)) == (["fewer-places"], [])
    assert codes(stranger.delete, "fewer-places") == ["WG622"]
    stranger.use(state.saved.code)
    assert names(stranger) == ["fewer-places"]
    stranger.delete("fewer-places")
    assert not (place.criteria / "fewer-places.yaml").exists()
    assert codes(stranger.delete, "fewer-places") == ["WG622"]


def test_the_code_stands_in_no_file(state, place):  # noqa: F811
    assert state.saved.code not in (place.criteria / "fewer-places.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["decree-91", "hanoi-letter-3959", "../criteria/fewer-places", "instruments", "", "nothing"])
def test_nothing_else_is_deleted(state, place, name):  # noqa: F811
    before = sorted(path.name for path in place.criteria.iterdir())
    assert codes(state.saved.delete, name) == ["WG622"]
    assert sorted(path.name for path in place.criteria.iterdir()) == before


def test_what_somebody_has_changed_since_is_no_longer_the_pages(state, place):  # noqa: F811
    path = place.criteria / "fewer-places.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("share: 0.1", "share: 0.12"), encoding="utf-8")
    assert names(state.saved) == []
    assert codes(state.saved.delete, "fewer-places") == ["WG622"]
    assert path.exists()


def test_a_link_is_not_followed(state, place, tmp_path):  # noqa: F811
    path = place.criteria / "fewer-places.yaml"
    other = tmp_path / "elsewhere.yaml"
    path.rename(other)
    path.symlink_to(other)
    assert codes(state.saved.delete, "fewer-places") == ["WG622"]
    assert other.exists()


def test_what_another_file_names_is_kept(state, place):  # noqa: F811
    scenario = place.scenarios / "mine.yaml"
    scenario.write_text("options: [{criteria: decree-91+fewer-places}]\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        state.saved.delete("fewer-places")
    assert (caught.value.findings[0].code, caught.value.findings[0].fields["users"]) == ("WG623", "scenarios/mine.yaml")
    scenario.write_text("options: [{criteria: decree-91+fewer-places-2}]\n# fewer-places\naim: {vi: fewer-places in a sentence}\n", encoding="utf-8")
    state.saved.delete("fewer-places")


@pytest.mark.parametrize(
    "line", ["extends: fewer-places", "supersedes: [{set: fewer-places, clause: x}]", "clause: fewer-places#quota", "then: [{a: fewer-places + b}]"]
)
def test_a_set_may_be_named_in_several_ways(state, place, line):  # noqa: F811
    (place.scenarios / "mine.yaml").write_text(f"{line}\n", encoding="utf-8")
    assert codes(state.saved.delete, "fewer-places") == ["WG623"]


def test_what_is_open_is_kept(state):
    state.open("fewer-places")
    assert codes(state.delete, "fewer-places") == ["WG625"]
    state.open("decree-91")
    state.delete("fewer-places")
    assert "fewer-places" not in [name for _, name in state.offered("vi")]


def test_a_file_that_cannot_be_taken_away_says_why(state, monkeypatch):
    def fail(*_):
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", fail)
    assert codes(state.saved.delete, "fewer-places") == ["WG624"]


@pytest.mark.parametrize("code", ["", "abc", "ABCDEFGHJK", "../../../..", "abcdefghjkm"])
def test_what_cannot_be_a_code_is_refused(state, code):
    before = state.saved.code
    assert codes(state.saved.use, code) == ["WG621"]
    assert state.saved.code == before


def test_codes_are_drawn_anew():
    assert len({new_code() for _ in range(50)}) == 50
