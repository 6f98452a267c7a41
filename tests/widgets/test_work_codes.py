from __future__ import annotations

import pytest

from simulator.widgets.work_codes import CODE_LENGTH, is_code, new_code


def test_what_is_drawn_is_a_code_each_time_another_and_holds_nothing_that_is_read_for_something_else():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(is_code(code) and len(code) == CODE_LENGTH and not set(code) & set("01ilo") for code in codes)


@pytest.mark.parametrize("text", ["", "k3m9x2pta", "k3m9x2ptawx", "K3m9x2ptaw", "../../etc/", "k3m9x2pta.", "k3m9x2ptaw\n", "k3m9x2ptáw"])
def test_what_could_be_another_file_is_no_code(text):
    assert not is_code(text)
