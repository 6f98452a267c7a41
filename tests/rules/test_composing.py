from __future__ import annotations

import pytest
import yaml

from simulator.rules.composing import DEEPEST_NESTING, MOST_FINDINGS, MOST_VALUES, Composer, TooMuchError


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def compose(request):
    loader = getattr(yaml, request.param, yaml.SafeLoader)
    return lambda text: Composer("x.yaml", yaml.parse(text, Loader=loader))


def test_values_are_built_with_the_line_of_each(compose):
    composer = compose("a:\n  - 1\n  - b: true\n")
    assert composer.compose_stream() == {"a": [1, {"b": True}]}
    assert composer.lines == {(): 1, ("a",): 1, ("a", 0): 2, ("a", 1): 3, ("a", 1, "b"): 3}
    assert composer.findings == []


def test_problems_are_kept_and_reading_goes_on(compose):
    composer = compose("a: no\nb: 010\n<<: {c: 1}\n[x]: 1\nd:\nb: 2\n")
    assert composer.compose_stream()["b"] == "010"
    assert [(finding.code, finding.line) for finding in composer.findings] == [
        ("RD016", 1),
        ("RD018", 2),
        ("RD013", 3),
        ("RD014", 4),
        ("RD015", 5),
        ("RD010", 6),
    ]


def test_of_a_key_given_twice_the_first_stays(compose):
    composer = compose("a: 1\na: 2\n")
    assert composer.compose_stream() == {"a": 1}
    assert composer.lines["a",] == 1
    assert composer.findings[0].fields == {"key": "a", "first_line": "1"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * (DEEPEST_NESTING + 1), "RD008"),
        ("[" + "1," * MOST_VALUES + "1]", "RD009"),
        ("[" + "no," * MOST_FINDINGS + "no]", "RD022"),
    ],
)
def test_there_is_an_end_to_everything(text, code, compose):
    composer = compose(text)
    with pytest.raises(TooMuchError):
        composer.compose_stream()
    assert composer.findings[-1].code == code
