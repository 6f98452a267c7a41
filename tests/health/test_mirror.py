"""tests/ mirrors simulator/: whoever opens a module knows where its proof is."""

from __future__ import annotations

from pathlib import Path

# The door and its command are proved in test_door.py beside this file; names for types have nothing to run.
PROVED_ELSEWHERE = {"simulator/__init__.py", "simulator/__main__.py", "simulator/_types.py"}


def test_every_module_has_its_test(root, modules):
    missing = [
        f"{module} has no {test}"
        for module in modules
        if module.as_posix() not in PROVED_ELSEWHERE
        and module.name != "__init__.py"
        and not (root / (test := Path("tests", *module.parts[1:-1], f"test_{module.stem.lstrip('_')}.py"))).is_file()
    ]
    assert missing == []


def test_no_exception_has_outlived_its_module(modules):
    assert {module.as_posix() for module in modules} >= PROVED_ELSEWHERE


def test_a_package_file_only_explains_its_package(modules):
    """Code in __init__.py would have no test of its own name."""
    busy = [
        str(module)
        for module, tree in modules.items()
        if module.name == "__init__.py" and module.as_posix() not in PROVED_ELSEWHERE and len(tree.body) > 1
    ]
    assert busy == []
