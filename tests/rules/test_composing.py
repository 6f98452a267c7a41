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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: {points: 1, each: 1,5}", [("RD025", {"found": "1,5", "suggested": "1.5"})]),
        ("a: {each: 1,5, points: 2}", [("RD025", {"found": "1,5", "suggested": "1.5"})]),
        ("a: {vi: Thu, chi ngân sách, en: x}", [("RD026", {"found": "Thu, chi ngân sách"})]),
        ("a: {vi: 1,5 lần, en: x}", [("RD026", {"found": "1,5 lần"})]),
        ("a: {b: 1, c: }", [("RD015", {"key": "c"})]),
        ('a: {b: "1", c}', [("RD015", {"key": "c"})]),
        ("a: [1,5]", []),
        ("a: {b: 1, 5: 2}", [("RD014", {"found": "5"})]),
    ],
)
@pytest.mark.parametrize("loader", [getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader])
def test_a_comma_inside_braces_that_cuts_a_value(text, expected, loader):
    composer = Composer("x.yaml", yaml.parse(text, Loader=loader), text)
    composer.compose_stream()
    assert [(finding.code, finding.fields) for finding in composer.findings] == expected


def test_a_point_between_thousands_names_both_readings(compose):
    composer = compose("total: 1.500\n")
    composer.compose_stream()
    assert [(finding.code, finding.fields) for finding in composer.findings] == [("RD027", {"found": "1.500", "thousands": "1500", "decimal": "1.5"})]
