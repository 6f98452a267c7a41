from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.reporting.spec import read_parameters


@pytest.fixture
def given(tmp_path):
    path = tmp_path / "evidence.json"
    path.write_text("{}", encoding="utf-8")
    return {"evidence": str(path), "sha256": "a" * 64, "lang": "vi", "date": "2021-11-10"}


def codes(given):
    with pytest.raises(InputError) as caught:
        read_parameters(given, "t.ipynb")
    return [(finding.code, finding.fields["name"]) for finding in caught.value.findings]


def test_what_is_right_is_taken_as_it_is(given):
    assert read_parameters(given, "t.ipynb").model_dump() == given


def test_no_date_is_a_blank_line(given):
    assert read_parameters(given | {"date": ""}, "t.ipynb").date == ""


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lang": "fr"}, ("RP104", "lang")),
        ({"date": "2021-2-3"}, ("RP104", "date")),
        ({"date": "20211110"}, ("RP104", "date")),
        ({"date": "2021-02-30"}, ("RP104", "date")),
        ({"sha256": "A" * 64}, ("RP104", "sha256")),
        ({"sha256": 7}, ("RP104", "sha256")),
        ({"evidence": "nowhere.json"}, ("RP104", "evidence")),
        ({"langue": "vi"}, ("RP102", "langue")),
    ],
)
def test_each_wrong_parameter_is_named(given, change, code):
    assert codes(given | change) == [code]


def test_all_of_them_are_named_at_once(given):
    del given["date"]
    assert sorted(codes(given | {"lang": 1, "extra": 2})) == [("RP102", "extra"), ("RP103", "date"), ("RP104", "lang")]
