from __future__ import annotations

from datetime import date

import pytest

from simulator.errors import InputError
from simulator.rules.citation import load_instruments
from simulator.workspace import find_workspace
from tests.rules.specimen import REGISTER, make_workspace, replace


def test_a_register_knows_its_instruments_and_their_lines(tmp_path):
    register = load_instruments(make_workspace(tmp_path))
    assert "decree-example" in register
    assert "decree-nobody" not in register
    assert register["decree-example"].title.vi == "Nghị định mẫu"
    assert register.lines["decree-example"] == 3
    assert register.file == "criteria/instruments.yaml"


def test_a_broken_register_is_told_with_its_line(tmp_path):
    text = replace(REGISTER, "kind: decree", "kind: decre")
    with pytest.raises(InputError) as caught:
        load_instruments(make_workspace(tmp_path, instruments=text))
    assert [(finding.code, finding.file, finding.line) for finding in caught.value.findings] == [("CS104", "criteria/instruments.yaml", 5)]


def test_the_instruments_of_the_house_can_be_read():
    register = load_instruments(find_workspace())
    assert register["decree-91-2017"].in_force.start == date(2017, 10, 1)
    assert register["hanoi-letter-3959-2021"].issued_on == date(2021, 11, 10)
    for instrument in register.instruments.values():
        if instrument.in_force and instrument.in_force.start and instrument.in_force.end:
            assert instrument.in_force.start <= instrument.in_force.end
