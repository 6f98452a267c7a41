"""Which program computes: one hash of everything in the code, and under it, that a result can depend on.

A commit would not do: it says nothing of files changed since, and there is none where the program was installed. The hash is taken when this module is
loaded, together with the code it speaks of, so that a file edited while a notebook is open is not taken for the code that runs there.
"""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

ROOMS_ABOVE: Final = frozenset({"cli", "presentation", "reporting", "widgets", "workbook"})
"""Rooms that lie above the experiments: by the import contract, no result can depend on them."""
_DATA: Final = "_shipped"
_PACKAGES: Final = ("mesa", "numpy", "pydantic", "scipy")


def hash_code(package: Path) -> str:
    """Hash the modules of a package folder that a result can depend on, and what they run on.

    Parameters
    ----------
    package
        The folder.

    Returns
    -------
        64 hexadecimal digits. Another Python, numpy, system or processor family gives another hash: the last bit of a sum may differ there.
    """
    digest = hashlib.sha256("\n".join(ground()).encode())
    modules = {path.relative_to(package): path for path in package.rglob("*.py")}
    for name in sorted(modules, key=Path.as_posix):
        if name.parts[0] not in ROOMS_ABOVE | {_DATA}:
            digest.update(name.as_posix().encode())
            digest.update(hashlib.sha256(modules[name].read_bytes()).digest())
    return digest.hexdigest()


def ground() -> list[str]:
    """Say what the program runs on, as far as the last bit of a result can depend on it."""
    parts = [platform.python_implementation(), platform.python_version(), platform.system(), platform.machine()]
    for package in _PACKAGES:
        try:
            parts.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            parts.append(f"{package} unknown")
    return parts


CODE_VERSION: Final = hash_code(Path(__file__).resolve().parents[2])
"""The hash of the program that is running."""
