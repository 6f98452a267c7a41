"""Ways to a value in nested data, and what is known at the nearest place along them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

KeyPath: TypeAlias = tuple[str | int, ...]
"""Keys and positions, from the top of a file down to a value."""

_Known = TypeVar("_Known")


def nearest(known: Mapping[KeyPath, _Known], path: KeyPath) -> _Known | None:
    """Give what is known of a path, or of the nearest thing around it of which something is known."""
    return next((known[path[:length]] for length in range(len(path), -1, -1) if path[:length] in known), None)
