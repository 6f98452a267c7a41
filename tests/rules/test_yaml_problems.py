from __future__ import annotations

import pytest
import yaml

from simulator.errors import InputError
from simulator.presentation.i18n import catalogue, describe
from simulator.rules.reading import read_yaml_bytes
from simulator.rules.yaml_problems import _BY_CONTEXT, _WORDS, UNKNOWN, word_of

BROKEN = {
    "a: b: c": "yaml-colon-in-text",
    "a: - b": "yaml-dash",
    "a:\n  b: 1\n   c: 2": "yaml-colon-in-text",
    "a:\n   b: 1\n  c: 2": "yaml-key-alignment",
    "a:\n  - b\n  c: 1": "yaml-list-alignment",
    "a: {b: 1": "yaml-brace",
    "a: [1": "yaml-bracket",
    "a: 1\nb\nc: 2": "yaml-no-colon",
    'a: "open': "yaml-open-quote",
    "a: 'open\n---\n": "yaml-open-quote",
    'a: "\\q"': "yaml-backslash",
    'a: "\\xzz"': "yaml-backslash",
    "a: @x": "yaml-first-character",
    "a: `x`": "yaml-first-character",
    "a: [1, , 2]": "yaml-no-value",
    "a: & b": "yaml-reference",
    "a: !<x": "yaml-exclamation-mark",
    "a: |x\n  b": "yaml-text-block",
    "%YAML x\na: 1": "yaml-percent-sign",
}


def problem_of(text, loader):
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        list(yaml.parse(text, Loader=loader))
    return caught.value


@pytest.mark.parametrize("loader", [getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader])
@pytest.mark.parametrize(("text", "word"), BROKEN.items())
def test_the_usual_mistakes_have_words(text, word, loader):
    problem = problem_of(text, loader)
    assert word_of(problem.problem, problem.context) == f"@{word}", (problem.problem, problem.context)


@pytest.mark.parametrize("text", BROKEN)
def test_no_english_of_the_parser_reaches_a_vietnamese_reader(text):
    with pytest.raises(InputError) as caught:
        read_yaml_bytes(text.encode(), "x.yaml")
    (finding,) = [finding for finding in caught.value.findings if finding.code in {"RD004", "RD021"}][:1]
    sentence = describe(finding, "vi")
    assert "@" not in sentence
    assert not any(word in sentence for word in ("while", "expected", "found", "allowed"))


def test_what_is_not_known_has_a_general_word():
    assert word_of("a thing nobody has heard of", None) == UNKNOWN
    assert word_of(None, None) == UNKNOWN
    assert word_of("something odd", "while parsing a block mapping") == "@yaml-key-alignment"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_word_is_in_the_catalogue(lang):
    for _part, word in (*_WORDS, *_BY_CONTEXT, ("", UNKNOWN)):
        assert f"finding.word.{word[1:]}" in catalogue(lang)
