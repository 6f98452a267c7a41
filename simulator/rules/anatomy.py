"""Which keys a file may have at a given place, read off the models themselves so that a message never lists what is no longer true."""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, Tag

if TYPE_CHECKING:
    from collections.abc import Iterator


def keys_known_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """List the keys known at a location as pydantic reports it, names of union members included.

    Parameters
    ----------
    model
        The model of the whole file.
    loc
        The way to the mapping in question.
    """
    here: list[Any] = [model]
    for step in loc:
        here = [inner for annotation in here for inner in _descend(annotation, step)]
    models = [member for annotation in here for _tag, member in _members(annotation) if _is_model(member)]
    return tuple(dict.fromkeys(field.alias or name for found in models for name, field in found.model_fields.items()))


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _descend(annotation: Any, step: str | int) -> Iterator[Any]:
    """Go one step down: to a member of a union by its tag, or into a field, an entry or an item."""
    members = list(_members(annotation))
    if len(members) > 1:
        yield from (member for tag, member in members if tag == step)
        return
    for _tag, member in members:
        origin = get_origin(member)
        if _is_model(member):
            # The hints, unlike the fields, have the names of models resolved that are only defined later, such as the parts of a section.
            hints = get_type_hints(member, include_extras=True)
            yield from (hints[name] for name, field in member.model_fields.items() if step == (field.alias or name))
        elif isinstance(origin, type) and issubclass(origin, Mapping):
            yield get_args(member)[1]
        elif origin is tuple:
            yield get_args(member)[0]


def _members(annotation: Any, tag: str | None = None) -> Iterator[tuple[str | None, Any]]:
    """Take the wrappers off an annotation: each member of a union with its tag, or the annotation itself."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *metadata = get_args(annotation)
        tags = [item.tag for item in metadata if isinstance(item, Tag)]
        yield from _members(inner, tags[0] if tags else tag)
    elif origin in {Union, UnionType}:
        for member in get_args(annotation):
            if _is_model(member) and "kind" in member.model_fields:
                yield from ((kind, member) for kind in get_args(member.model_fields["kind"].annotation))
            elif member is not NoneType:
                yield from _members(member)
    else:
        yield tag, annotation
