from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.errors import InputError
from simulator.rules import reading
from simulator.rules.reading import Document, read_yaml, read_yaml_bytes

ENDLESS = Path("/dev/zero")


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True, scope="module")
def _each_parser(request):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_Loader", getattr(yaml, request.param, yaml.SafeLoader))
        yield


def read(text: str) -> Document:
    return read_yaml_bytes(text.encode(), "x.yaml")


def codes(text: str | bytes) -> list[tuple[str, int]]:
    with pytest.raises(InputError) as caught:
        read_yaml_bytes(text if isinstance(text, bytes) else text.encode(), "x.yaml")
    return [(finding.code, finding.line) for finding in caught.value.findings]


def test_values_are_read_as_they_are_meant():
    document = read('a: {b: [1, 0.5, true, null, 2021-11-10, "no"]}\nc: |\n  hai\n  dòng\n')
    assert document.data == {"a": {"b": [1, 0.5, True, None, date(2021, 11, 10), "no"]}, "c": "hai\ndòng\n"}


def test_every_value_knows_its_line():
    document = read("a:\n  b:\n    - 1\n    - c: 2\n\nd: 3\n")
    assert document.line_of("a", "b", 1, "c") == 4
    assert document.line_of("d") == 6
    assert document.line_of("a", "b", 7, "nowhere") == 2
    assert document.location_of(("a",)) == ("x.yaml", 1)


def test_a_mark_of_the_byte_order_and_windows_line_ends_do_no_harm():
    document = read_yaml_bytes("\ufeffa: 1\r\nb: Điều\r\n".encode(), "x.yaml")
    assert document.data == {"a": 1, "b": "Điều"}
    assert document.line_of("b") == 2


def test_decomposed_letters_are_composed_in_keys_and_values():
    assert read('"tie\u0302u": "chi\u0301"').data == {"tiêu": "chí"}


def test_the_same_words_are_taken_apart_once_and_a_changed_file_is_read_anew(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\n", encoding="utf-8")
    first = read_yaml(path)
    assert read_yaml(path) is first
    assert (read_yaml(path, "other.yaml").file, first.file) == ("other.yaml", path.as_posix())
    path.write_text("a: 2\n", encoding="utf-8")
    assert (read_yaml(path).data, first.data) == ({"a": 2}, {"a": 1})


def test_quotes_make_anything_text():
    assert read("""a: "no"\nb: '010'\n"on": "1e-3"\n""").data == {"a": "no", "b": "010", "on": "1e-3"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [("RD006", 1)]),
        ("# only a remark\n", [("RD006", 1)]),
        ("---\n", [("RD015", 2)]),
        ("a: 1\n---\nb: 2\n", [("RD007", 2)]),
        ("%YAML 1.1\n---\na: 1\n", [("RD021", 1)]),
        ("a: 1\nb: 'open\n", [("RD004", 3)]),
        ("a: 1\n b: 2\n", [("RD004", 2)]),
        ("a:\t1\n", [("RD005", 1)]),
        (b"a: 1\nb: \xe1\n", [("RD003", 2)]),
        ("a: 1\nb: \u202etxt\n", [("RD023", 2)]),
        ("a: 1\nb: \x00\n", [("RD023", 2)]),
        ("a: &x [1]\nb: *x\n", [("RD011", 1), ("RD011", 2)]),
        ("a: no\nb: 010\na: 1\n", [("RD016", 1), ("RD018", 2), ("RD010", 3)]),
        ("{a: 1}: 2\n", [("RD014", 1)]),
        ("2021-11-10: 2\n", [("RD014", 1)]),
        ("null: 2\n", [("RD014", 1)]),
        ("yes: 2\n", [("RD016", 1)]),
    ],
)
def test_what_cannot_be_accepted_is_told_with_its_line(text, found):
    assert codes(text) == found


def test_nesting_has_an_end():
    assert codes("a: " + "[" * 41 + "]" * 41) == [("RD008", 1)]
    assert read("[" * 40 + "]" * 40).data


@pytest.mark.parametrize("bomb", ["[" * 900_000, "{a: " * 200_000, "- " * 400_000, "? " * 400_000], ids=["[", "{", "-", "?"])
def test_a_bomb_of_brackets_is_defused_at_once(bomb):
    start = time.perf_counter()
    with pytest.raises(InputError):
        read(bomb)
    assert time.perf_counter() - start < 10


def test_aliases_cannot_grow():
    laughs = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 60))
    assert codes(laughs)[-1][0] == "RD022"


def test_too_large_is_too_large():
    assert codes(b"a" * 1_000_001) == [("RD002", 1)]
    assert codes("[" + "1," * 60_000 + "1]") == [("RD009", 1)]


def test_a_file_is_named_as_it_is_shown(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("a: no\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"criteria/a\.yaml:1: RD016"):
        read_yaml(path, "criteria/a.yaml")
    path.write_text("a: 1\n", encoding="utf-8")
    assert read_yaml(path).file == path.as_posix()


@pytest.mark.parametrize("name", ["missing.yaml", ".", "a\0b", "x" * 5000])
def test_what_is_no_file_is_told_so(name, tmp_path):
    with pytest.raises(InputError) as caught:
        read_yaml(tmp_path / name)
    assert [finding.code for finding in caught.value.findings] == ["RD001"]


@pytest.mark.skipif(not ENDLESS.exists(), reason="needs an endless file")
def test_an_endless_file_is_not_read_to_its_end():
    with pytest.raises(InputError) as caught:
        read_yaml(ENDLESS)
    assert caught.value.findings[0].code == "RD001"


def test_a_file_nobody_may_read_is_told_so(tmp_path, monkeypatch):
    def refuse(*_args: object, **_options: object):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.yaml").write_text("a: 1\n", encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match="no permission"):
        read_yaml(tmp_path / "a.yaml")


YAMLISH = st.lists(
    st.sampled_from(
        [
            "a",
            "b: ",
            "- ",
            "\n",
            "  ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            ": ",
            "? ",
            "&x ",
            "*x",
            "!!str ",
            "|\n",
            ">\n",
            '"',
            "'",
            "#",
            "---\n",
            "...\n",
            "<<: ",
            "no",
            "010",
            "é",
            "%YAML 1.1\n",
            "\t",
            "\r\n",
            "\u2028",
            "~",
            "=",
            "@",
            "`",
            "\\",
        ]
    ),
    max_size=60,
).map("".join)


@given(st.binary(max_size=200) | YAMLISH.map(str.encode))
@example(b"=\n")
@example(b"a: =\n")
@example(b"? a\n? b\n")
@example(b"!<tag:yaml.org,2002:python/object:os.system> a")
def test_anything_is_read_or_refused(raw):
    try:
        lines = {read_yaml_bytes(raw, "x.yaml").line_of()}
    except InputError as problem:
        lines = {finding.line for finding in problem.findings}
    assert lines
    assert min(lines) >= 1
