"""What the pages on the format show can be loaded, linted and scored as they stand, and they forget no kind, no fact, no code and no file."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import get_args

import numpy as np
import pytest

from simulator.errors import Severity
from simulator.rules.clauses import Clause
from simulator.rules.codes import CODES
from simulator.rules.facts import FACTS
from simulator.rules.linting import lint_targets
from simulator.rules.loading import criteria_from_text, load_criteria
from simulator.rules.points import Class, Section, Veto, iter_parts
from simulator.scoring.fact_columns import PLAIN_COLUMNS
from simulator.scoring.part_columns import criterion_columns, input_columns
from simulator.scoring.point_table import score_table
from simulator.scoring.roster import Achievement
from simulator.workspace import find_workspace
from tests.rules.pages import PAGES, read_page, with_codes
from tests.rules.specimen import make_workspace
from tests.scoring.rosters import make_roster

TEXTS = {lang: read_page(lang) for lang in PAGES}
FENCE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
SCORED = re.compile(r"^\| `([^`|]+: [^`|]+)` \| (-?[\d.]+) \|(?: ([a-z-]+) \|)?$", re.MULTILINE)
EXAMPLES = FENCE.findall(TEXTS["en"])
FILES = {re.search(r"^id: (\S+)", example, re.MULTILINE).group(1): example for example in EXAMPLES if example.startswith("id:")}
FRAGMENTS = [example for example in EXAMPLES if not example.startswith("id:")]
HEADER = """\
id: fragment
title: {vi: "Ví dụ", en: "Fragment"}
status: illustrative
drafting_state: drafting
valid: {from: 2026-01-01}
checked_on: 2026-11-22
"""
AWARD = """\
awards:
  award:
    title: {vi: "Khen", en: "Award"}
    target: individual
    kind: merit
    level: 1
    authority: unit
    clauses:
      standard:
        kind: eligibility
        title: {vi: "Tốt", en: "Good"}
        requires: {fact: rating, at_least: completed-well}
        assumption: {vi: "Ví dụ", en: "Example"}
"""


def whole(fragment):
    """Make a set of a fragment: a header before it, the instruments it cites, and an award where it has nothing to decide."""
    cited = sorted(set(re.findall(r"instrument: ([a-z0-9-]+)", fragment)))
    tail = "" if re.search(r"^(awards|points):", fragment, re.MULTILINE) else AWARD
    return f"{HEADER}instruments: [{', '.join(cited)}]\n{fragment}{tail}"


def scored_rows(page):
    """Give, for each example of a page followed by a table of scores, its text and the rows of the table."""
    pieces = FENCE.split(page)
    return [(example, rows) for example, after in zip(pieces[1::2], pieces[2::2], strict=True) if (rows := SCORED.findall(after.split("\n#")[0]))]


@pytest.fixture
def workspace(tmp_path):
    register = (find_workspace().criteria / "instruments.yaml").read_text(encoding="utf-8")
    return make_workspace(tmp_path, instruments=register, decree_91=whole(AWARD).replace("id: fragment", "id: decree-91"))


def write(workspace, **texts):
    for name, text in texts.items():
        (workspace.criteria / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")


def test_both_pages_show_the_same_examples():
    assert FENCE.findall(TEXTS["vi"]) == EXAMPLES
    assert [rows for _, rows in scored_rows(TEXTS["vi"])] == [rows for _, rows in scored_rows(TEXTS["en"])]


def test_the_whole_files_are_sound(workspace):
    write(workspace, **{name.replace("-", "_"): text for name, text in FILES.items()})
    found = [f"{finding}" for finding in lint_targets(list(FILES), workspace) if finding.severity is Severity.ERROR]
    assert found == []
    assert load_criteria("example+example-stricter", workspace).clause("lao-dong-tien-tien.standard").requires.at_least == "excellent"


def test_the_later_overlay_prevails_where_it_says_so(workspace):
    write(workspace, **{name.replace("-", "_"): text for name, text in FILES.items()})
    stack = load_criteria("example+example-stricter+example-other", workspace)
    assert stack.clause("lao-dong-tien-tien.standard").requires.all[1].fact == "service-months"
    assert [resolution.prevailing_set for resolution in stack.resolutions] == ["example-other"]


def test_an_overlay_reaches_into_a_section(workspace):
    write(workspace, **{name.replace("-", "_"): text for name, text in FILES.items()})
    table = load_criteria("example-table-district", workspace)
    assert list(table.points["results"].parts["projects"].parts) == ["in-time", "accepted"]
    assert table.clause("points.results.budget").nothing_below == 50
    assert table.clause("points.penalties.late-reports").each == 4


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda fragment: fragment.splitlines()[1].strip(" :"))
def test_every_fragment_is_sound(fragment, workspace):
    write(workspace, fragment=whole(fragment))
    found = lint_targets(["fragment"], workspace)
    assert [f"{finding}" for finding in found if finding.severity is Severity.ERROR] == []


def roster_of(cells, criteria):
    """Make a roster of one row from ``quality: 94; plan: yes; honours: A = province, B = nation``."""
    numbers, answers, achievements = {}, {}, []
    for cell in cells.split("; "):
        column, value = cell.rsplit(": ", 1)
        if value in {"yes", "no"}:
            answers[column] = [value == "yes"]
        elif "=" in value:
            achievements += [Achievement(column, *(word.strip() for word in one.split("="))) for one in value.split(",")]
        else:
            numbers[column] = [value]
    assert {re.split("[:@]", name)[0] for name in numbers} | set(answers) <= set(columns_of_table(criteria))
    return make_roster(1, numbers=numbers, answers=answers, achievements=[achievements])


def columns_of_table(criteria):
    parts = dict(iter_parts(criteria.points))
    for path, column in criterion_columns(criteria.points).items():
        yield from (re.split("[:@]", name)[0] for name in input_columns(parts[path], column))


@pytest.mark.parametrize(
    ("example", "cells", "points", "class_"),
    [(example, *row) for example, rows in scored_rows(TEXTS["en"]) for row in rows],
    ids=lambda value: value if len(value) < 60 else "",
)
def test_the_points_shown_are_the_points_given(example, cells, points, class_):
    criteria = criteria_from_text(example if example.startswith("id:") else whole(example))
    table = score_table(criteria, roster_of(cells, criteria), lambda _condition: np.zeros(1, dtype=np.bool_))
    assert table.exact_points(0) == Fraction(points)
    if class_:
        assert table.class_of(0) == class_


def test_every_kind_of_criterion_is_worked_out():
    shown = {part.kind for example, _ in scored_rows(TEXTS["en"]) for part in criteria_parts(example)}
    kinds = {get_args(member.model_fields["kind"].annotation)[0] for member in get_args(Clause)}
    point_kinds = kinds & {"proportional", "steps", "count", "deduct", "event", "highest", "achievements", "mark"}
    assert point_kinds <= shown


def criteria_parts(example):
    criteria = criteria_from_text(example if example.startswith("id:") else whole(example))
    return [clause for path, clause in criteria.iter_clauses() if path.startswith("points.")]


KINDS = [kind for member in get_args(Clause) for kind in get_args(member.model_fields["kind"].annotation)]


@pytest.mark.parametrize("lang", PAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_clause_is_explained_and_shown(kind, lang):
    assert f"| `{kind}` |" in TEXTS[lang]
    shown = {clause.kind for example in [*map(whole, FRAGMENTS), FILES["example"], FILES["example-table"]] for _, clause in clauses_of(example)}
    assert kind in shown


def clauses_of(text):
    return criteria_from_text(text).iter_clauses()


@pytest.mark.parametrize("lang", PAGES)
@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_is_explained(fact, lang):
    assert f"| `{fact}` |" in TEXTS[lang]


@pytest.mark.parametrize("lang", PAGES)
@pytest.mark.parametrize("model", [Section, Class, Veto, *get_args(Clause)], ids=lambda model: model.__name__)
def test_every_key_is_named(model, lang):
    assert [
        key for name, info in model.model_fields.items() if f"`{(key := info.alias or name)}`" not in TEXTS[lang] and f"{key}:" not in TEXTS[lang]
    ] == []


@pytest.mark.parametrize("lang", PAGES)
def test_every_file_is_named(lang):
    folder = find_workspace().criteria
    assert [path.name for path in folder.rglob("*.yaml") if f"`{path.name}`" not in TEXTS[lang]] == []


@pytest.mark.parametrize("lang", PAGES)
def test_every_column_of_a_fact_is_named(lang):
    columns = {column.id for columns in PLAIN_COLUMNS.values() for column in columns}
    assert [column for column in sorted(columns) if f"`{column}`" not in TEXTS[lang]] == []


@pytest.mark.parametrize("lang", PAGES)
def test_every_code_is_explained_in_the_words_of_the_program(lang):
    """Mend with ``python -m tests.rules.pages``."""
    assert with_codes(TEXTS[lang], lang) == TEXTS[lang]
    assert all(f"| `{code}` |" in TEXTS[lang] for code in CODES)
