"""From an expression such as ``decree-91+hanoi-letter-3959`` to one criteria set: find the files, read them, stack them, validate the whole.

Criteria sets stand in ``criteria/``, scoring tables in ``criteria/scoring-tables/``: one shape, two shelves, and one id names one file over both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from simulator.errors import InputError
from simulator.rules.codes import make_finding
from simulator.rules.criteria import CriteriaSet
from simulator.rules.diagnosis import closest, describe_validation
from simulator.rules.overlays import Stack
from simulator.rules.reading import Document, read_yaml, read_yaml_bytes
from simulator.rules.schema import CriteriaFile, OverlayFile, Rules
from simulator.rules.writing import set_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.errors import Finding
    from simulator.rules.criteria import Resolution
    from simulator.rules.paths import KeyPath
    from simulator.rules.schema import Header
    from simulator.workspace import Workspace

NOT_SETS = frozenset({"instruments", "base-salary"})
"""Files of the folder that are registers, not criteria sets."""
TABLES = "scoring-tables"
"""The folder of the scoring tables, inside that of the sets."""


_SUFFIXES = frozenset({".yaml", ".yml"})
# As many as there are files of sets and overlays, and stacks of them that scenarios name; each takes a megabyte or less.
_MOST_KEPT = 64


@dataclass(frozen=True, eq=False)
class Layer:
    """One file of a stack, read and shaped, with its document; whoever reads the same words again may get the same one, so nobody changes it."""

    content: CriteriaFile | OverlayFile
    document: Document


def iter_set_files(workspace: Workspace) -> Iterator[Path]:
    """Go through the files of the criteria sets and overlays of a workspace by name, then through its scoring tables."""
    if workspace.criteria.is_dir():
        yield from (path for path in sorted(workspace.criteria.glob("*.yaml")) if path.stem not in NOT_SETS)
    yield from iter_table_files(workspace)


def iter_table_files(workspace: Workspace) -> Iterator[Path]:
    """Go through the files of the scoring tables of a workspace, by name."""
    folder = workspace.criteria / TABLES
    if folder.is_dir():
        yield from sorted(folder.glob("*.yaml"))


@lru_cache(maxsize=_MOST_KEPT)
def read_layer(document: Document, expected_id: str | None = None) -> Layer:
    """Give a document the shape of a set or an overlay.

    Parameters
    ----------
    document
        The file.
    expected_id
        The id its name promises; not checked when absent.
    """
    if not isinstance(document.data, dict):
        raise InputError([make_finding("CS116", document.file, document.line_of())])
    model = OverlayFile if "extends" in document.data else CriteriaFile
    try:
        content = model.model_validate(document.data)
    except ValidationError as problem:
        raise InputError(describe_validation(problem, model, document.data, document.location_of)) from problem
    findings: list[Finding] = []
    if expected_id is not None and content.id != expected_id:
        findings.append(make_finding("CS115", document.file, document.line_of("id"), found=content.id, expected=expected_id))
    if content.supersedes and not isinstance(content, OverlayFile):
        findings.append(make_finding("OV210", document.file, document.line_of("supersedes")))
    if findings:
        raise InputError(findings)
    return Layer(content, document)


def read_criteria(expression: str, workspace: Workspace) -> CriteriaSet:
    """Read a set or a stack without judging it; :func:`simulator.rules.loading.load_criteria` also refuses what the linter calls an error.

    Parameters
    ----------
    expression
        An id, a path to a YAML file, or several joined by ``+``, read from left to right. What an overlay given as a file extends is looked for beside
        it first.
    workspace
        Where ids are looked up.
    """
    names = _names_in(expression)
    layers = [_find_layer(name, workspace) for name in names]
    folder = Path(names[0]).parent if Path(names[0]).suffix in _SUFFIXES else None
    return _stack_kept(tuple(_with_bases(layers, workspace, folder)), expression)


@lru_cache(maxsize=_MOST_KEPT)
def _stack_kept(layers: tuple[Layer, ...], expression: str) -> CriteriaSet:
    """Stack files that may have been stacked before: a command, a page and a report each load the same few sets again and again."""
    return stack_layers(layers, expression)


def _names_in(expression: str) -> list[str]:
    """Take an expression apart; a plus sign in the name of a folder parts nothing."""
    names = [name.strip() for name in expression.split("+")]
    is_one_path = (
        Path(expression).suffix in _SUFFIXES and "+" not in Path(expression).name and not any(name.endswith(tuple(_SUFFIXES)) for name in names[:-1])
    )
    return [expression] if is_one_path else names


def stack_layers(layers: Sequence[Layer], expression: str) -> CriteriaSet:
    """Lay the layers one over the other and validate what comes out."""
    base, *overlays = layers
    _check_order(layers, expression)
    stack = Stack.on(base.content.id, base.document)
    for layer in overlays:
        stack.lay(layer.content, layer.document)
    return _stacked(stack, tuple(layer.content for layer in layers), expression, tuple(layer.document.file for layer in layers))


def _stacked(
    stack: Stack, headers: tuple[Header, ...], expression: str, files: tuple[str, ...], settled_before: tuple[Resolution, ...] = ()
) -> CriteriaSet:
    """Validate what a stack comes to."""
    stack.raise_problems()
    try:
        rules = Rules.model_validate(stack.data)
    except ValidationError as problem:
        raise InputError(describe_validation(problem, Rules, stack.data, stack.locate)) from problem
    return CriteriaSet(
        id=expression,
        headers=headers,
        rules=rules,
        files=files,
        provenance=stack.provenance,
        changes=tuple(stack.changes),
        idle=tuple(stack.idle),
        resolutions=(*settled_before, *stack.ledger.resolutions),
        former_sources=stack.former_sources,
        former_clauses=stack.former_clauses,
    )


def lay_over(base: CriteriaSet, text: str, overlay_id: str, file: str) -> CriteriaSet:
    """Lay an overlay that is still a text over a set, as it would be from a file.

    Parameters
    ----------
    base
        The set or stack below it.
    text
        The overlay as YAML.
    overlay_id
        The id it must give itself.
    file
        How the text is named in findings.

    Raises
    ------
    InputError
        With everything that keeps the text from being an overlay of that set.
    """
    data = set_data(base)
    lines = {path: base.locate(path)[1] if len(base.files) == 1 else 1 for path in _places(data)}
    under = Layer(CriteriaFile.model_validate(data), Document(base.files[-1], data, lines))
    over = read_layer(read_yaml_bytes(text.encode(), file), overlay_id)
    return stack_layers([under, over], f"{base.id}+{overlay_id}")


def stack_over(base: CriteriaSet, text: str, overlay_id: str, file: str) -> CriteriaSet:
    """Stack an overlay that is still a text on a set, as reading it from a file beside the set would: what was stacked before is still told apart.

    Parameters
    ----------
    base
        The set or stack below it.
    text
        The overlay as YAML.
    overlay_id
        The id it must give itself.
    file
        How the text is named in findings.

    Raises
    ------
    InputError
        With everything that keeps the text from being an overlay of that set.
    """
    over = read_layer(read_yaml_bytes(text.encode(), file), overlay_id)
    stack = Stack.of(base)
    stack.lay(over.content, over.document)
    return _stacked(stack, (*base.headers, over.content), f"{base.id}+{overlay_id}", (*base.files, file), base.resolutions)


def _places(data: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Go through the places of the data, so that what stood in the base is known to stand there and not in the overlay."""
    yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list | tuple) else ()
    for key, held in items:
        yield from _places(held, (*path, key))


def _find_layer(name: str, workspace: Workspace, named_at: tuple[str, int] | None = None, folder: Path | None = None) -> Layer:
    """Read the file an id or a path names; ``named_at`` tells where an overlay names it, ``folder`` where that overlay lies as a file."""
    beside = None if folder is None else folder / f"{name}.yaml"
    if beside is not None and beside.is_file():
        return read_layer(read_yaml(beside, beside.as_posix()), name)
    if name.endswith((".yaml", ".yml")):
        path = Path(name)
        return read_layer(read_yaml(path, name), path.stem)
    files = list(iter_set_files(workspace))
    found = [path for path in files if path.stem == name]
    if not found:
        file, line = named_at or (workspace.show(workspace.criteria), 1)
        looked_in = [workspace.criteria, workspace.criteria / TABLES]
        where = ", ".join([*([] if folder is None else [folder.as_posix()]), *(workspace.show(place) for place in looked_in)])
        raise InputError([make_finding("CS117", file, line, found=name, where=where, known=closest(name, (path.stem for path in files)))])
    first, *others = (workspace.show(path) for path in found)
    if others:
        raise InputError([make_finding("CS124", other, 1, found=name, first=first) for other in others])
    return read_layer(read_yaml(found[0], first), name)


def _with_bases(layers: list[Layer], workspace: Workspace, folder: Path | None) -> list[Layer]:
    """Put before an overlay that comes first what it extends, and what that extends."""
    chain = [layers[0].content.id]
    while (extends := layers[0].content.extends) is not None:
        document = layers[0].document
        named_at = document.file, document.line_of("extends")
        if extends in chain:
            raise InputError([make_finding("OV208", *named_at, circle=" → ".join([*chain, extends]))])
        chain.append(extends)
        layers = [_find_layer(extends, workspace, named_at, folder), *layers]
    return layers


def _check_order(layers: Sequence[Layer], expression: str) -> None:
    findings: list[Finding] = []
    before: list[str] = []
    for layer in layers:
        content, document = layer.content, layer.document
        if content.id in before:
            findings.append(make_finding("OV207", document.file, document.line_of("id"), set=content.id, expression=expression))
        elif before and content.extends is None:
            findings.append(make_finding("OV206", document.file, document.line_of("id"), set=content.id))
        elif content.extends is not None and content.extends not in before:
            line = document.line_of("extends")
            findings.append(make_finding("OV205", document.file, line, set=content.id, extends=content.extends, expression=expression))
        before.append(content.id)
    if findings:
        raise InputError(findings)
