"""``list`` and ``lint``: what the workspace holds, and what is wrong with it."""

from __future__ import annotations

import json
import re
import shutil

import pytest

LINE = re.compile(r"^[^:\n]+:\d+: [A-Z]{2}\d{3} (error|warning): \S.*$")


def test_list_names_sets_and_scenarios(run):
    code, out, err = run("list")
    assert (code, err) == (0, "")
    for name in ("decree-91", "hanoi-plan-115", "hanoi-2021", "Bộ tiêu chí"):
        assert name in out
    assert "Criteria sets" in run("list", "--lang", "en")[1]
    assert "Criteria sets" in run("--lang", "en", "list")[1]


def test_list_as_json_keeps_the_promised_shape(run):
    content = json.loads(run("list", "--json")[1])
    assert list(content) == ["criteria_sets", "scoring_tables", "scenarios", "instruments"]
    assert all({"id", "title", "status", "extends"} <= entry.keys() for entry in content["criteria_sets"])


def test_list_shows_the_rest_when_one_file_is_broken(run, place, tmp_path):
    shutil.copytree(place, tmp_path / "w")
    (tmp_path / "w" / "criteria" / "broken.yaml").write_text("a: [", encoding="utf-8")
    code, out, err = run("list", workspace=tmp_path / "w")
    assert code == 1
    assert "decree-91" in out
    assert "criteria/broken.yaml:" in err


def test_lint_prints_findings_as_its_result(run):
    code, out, _ = run("lint")
    assert code == 0
    assert all(LINE.match(line) and " warning: " in line for line in out.splitlines())
    assert run("lint", "--strict")[0] == (1 if out else 0)


def test_lint_as_json_has_the_same_findings(run):
    findings = json.loads(run("lint", "--json")[1])["findings"]
    assert len(findings) == len(run("lint")[1].splitlines())
    assert all({"code", "severity", "file", "line", "message"} == finding.keys() for finding in findings)


@pytest.mark.parametrize("text", ["a: [", "id: x\nid: y\n", "on: 1\n"])
def test_lint_of_what_is_no_set_is_bad_input(run, tmp_path, text):
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    code, out, _ = run("lint", str(path))
    assert code == 2
    assert out
    assert all(LINE.match(line) for line in out.splitlines())


def test_lint_speaks_the_language_asked_for(run, tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("a:\tb\n", encoding="utf-8")
    vietnamese, english = run("lint", str(path))[1], run("lint", str(path), "--lang", "en")[1]
    assert vietnamese != english
    assert "tab character" in english


def test_the_rounding_lens_is_a_table_to_paste(run):
    code, out, _ = run("lint", "decree-91", "--rounding", "--lang", "en")
    assert code == 0
    assert "What shares become in small units" in out
    assert "15%" in out
    rows = json.loads(run("lint", "decree-91", "--rounding", "--json")[1])["sets"][0]["rows"]
    quota = next(row for row in rows if row["clause"] == "chien-si-thi-dua-co-so.quota")
    assert quota["places"] == [0, 1, 2, 3]


def test_the_lens_of_what_cannot_be_read_is_bad_input(run):
    code, out, err = run("lint", "no-such", "--rounding")
    assert (code, out) == (2, "")
    assert LINE.match(err.strip())
