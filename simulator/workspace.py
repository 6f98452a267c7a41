"""Where the law, the questions and the reports are.

A workspace is a folder that holds ``criteria/``. It is looked for upward from the current folder, as a version control
tool looks for its own; failing that, the copy inside the installed package is used, which is never written to.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simulator.errors import Finding, InputError, Severity

_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Workspace:
    """One place with criteria sets, scenarios and templates.

    Attributes
    ----------
    root
        The folder that holds ``criteria/``.
    is_shipped
        True for the copy inside the installed package: it is read, never written.
    """

    root: Path
    is_shipped: bool = False

    @property
    def criteria(self) -> Path:
        """Folder of the criteria sets."""
        return self.root / "criteria"

    @property
    def scenarios(self) -> Path:
        """Folder of the scenarios and their assumptions."""
        return self.root / "scenarios"

    @property
    def templates(self) -> Path:
        """Folder of the report templates."""
        return self.root / "reports" / "templates"

    @property
    def notebooks(self) -> Path:
        """Folder of the notebooks."""
        return self.root / "notebooks"

    @property
    def output(self) -> Path:
        """Where reports go: beside the workspace, or under the current folder when the workspace is read-only."""
        return self._written / "output"

    @property
    def store(self) -> Path:
        """Where results of runs are kept between commands, beside the reports."""
        return self._written / "store"

    @property
    def _written(self) -> Path:
        return (Path.cwd() if self.is_shipped else self.root) / "reports"

    def show(self, path: Path) -> str:
        """Name a file for a reader: relative to the workspace where it lies inside, with forward slashes."""
        try:
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return path.as_posix()


def shipped_workspace() -> Workspace | None:
    """Give the copy inside the installed package, or the clone the package lies in; ``None`` where there is neither."""
    shipped = _PACKAGE / "_shipped"
    if (shipped / "criteria").is_dir():
        return Workspace(shipped, is_shipped=True)
    return Workspace(_PACKAGE.parent) if (_PACKAGE.parent / "criteria").is_dir() else None


def find_workspace(start: Path | None = None, explicit: Path | None = None) -> Workspace:
    """Find the workspace to work in.

    Parameters
    ----------
    start
        Folder to look upward from; the current folder when absent.
    explicit
        A folder the user named; it must hold ``criteria/``.
    """
    if explicit is not None:
        if not (explicit / "criteria").is_dir():
            raise InputError([_missing(explicit)])
        return Workspace(explicit.resolve())
    here = (Path.cwd() if start is None else start).resolve()
    for folder in (here, *here.parents):
        if (folder / "criteria").is_dir():
            return Workspace(folder)
    if (shipped := shipped_workspace()) is not None:
        return shipped
    raise InputError([_missing(here)])


def _missing(folder: Path) -> Finding:
    return Finding(
        code="WS001",
        severity=Severity.ERROR,
        file=folder.as_posix(),
        line=1,
        fields={"folder": folder.as_posix()},
        english=f"no folder named criteria in {folder.as_posix()}; name a folder that holds one with --workspace",
        is_unreadable=True,
    )
