"""The habits of the house that a linter does not know."""

from __future__ import annotations

import ast
import importlib.metadata
import sys
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LINES_REFUSED = 400
# Rooms where things are put by people who did not ask where they belong.
NO_ROOM = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "stuff"}

# Parts that a declared dependency documents as its own.
COMES_WITH = {
    "pydantic_core": "pydantic",
    "jupyter_server": "voila",
    "tornado": "voila",
    "traitlets": "voila",
}  # part of what the named one shows of itself


def imports(tree: ast.Module):
    """Yield (line, module) for each absolute import of a module, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.lineno, node.module


def test_no_module_is_too_long(root, modules):
    too_long = {str(path): n for path in modules if (n := len((root / path).read_text(encoding="utf-8").splitlines())) > LINES_REFUSED}
    assert too_long == {}


def test_every_module_is_named_for_what_it_holds(modules):
    nameless = [str(path) for path in modules if NO_ROOM & {part.strip("_") for part in path.with_suffix("").parts}]
    assert nameless == []


def test_nobody_prints(modules):
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert found == []


def test_nobody_imports_a_star(modules):
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]
    assert found == []


def test_inside_the_house_nobody_uses_the_front_door(modules):
    found = [f"{path}:{line}" for path, tree in modules.items() for line, module in imports(tree) if module == "simulator"]
    assert found == []


def test_imports_name_their_owner_in_full(modules):
    found = [f"{path}:{node.lineno}" for path, tree in modules.items() for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]
    assert found == []


def test_every_import_is_a_declared_dependency(root, modules):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    owners = importlib.metadata.packages_distributions()
    undeclared = [
        f"{path}:{line}: {module}"
        for path, tree in modules.items()
        for line, module in imports(tree)
        if (top := module.partition(".")[0]) not in sys.stdlib_module_names | {"simulator"}
        and not declared & {canonicalize_name(name) for name in owners.get(COMES_WITH.get(top, top), [])}
    ]
    assert undeclared == []
