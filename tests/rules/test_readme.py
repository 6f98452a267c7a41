"""What criteria/README.md shows can be loaded as it stands, and it forgets no kind and no fact."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from simulator.rules.clauses import Clause
from simulator.rules.facts import FACTS
from simulator.rules.linting import lint_targets
from simulator.rules.loading import load_criteria
from simulator.workspace import find_workspace
from tests.rules.specimen import make_workspace

PAGE = (find_workspace().criteria / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def workspace(tmp_path):
    example, stricter = EXAMPLES
    register = (find_workspace().criteria / "instruments.yaml").read_text(encoding="utf-8")
    return make_workspace(tmp_path, example=example, example_stricter=stricter, instruments=register)


def test_the_examples_are_sound(workspace):
    assert lint_targets(["example", "example-stricter"], workspace) == []
    assert load_criteria("example+example-stricter", workspace).clause("lao-dong-tien-tien.standard").requires.at_least == "excellent"


@pytest.mark.parametrize("kind", [get_args(member.model_fields["kind"].annotation)[0] for member in get_args(Clause)])
def test_every_kind_of_clause_is_explained(kind):
    assert f"| `{kind}` |" in PAGE


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_is_explained(fact):
    assert f"| `{fact}` |" in PAGE


def test_every_file_is_named():
    assert [path.name for path in find_workspace().criteria.glob("*.yaml") if f"`{path.name}`" not in PAGE] == []
