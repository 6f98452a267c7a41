"""The shape of a criteria file as a JSON Schema, so that an editor can complete keys and underline mistakes while a jurist types.

It is generated from the models and kept in ``criteria/schema.json``; ``python -m simulator.rules.json_schema`` writes it anew. A file with ``extends`` is
an overlay, whose clauses say why and may name one field only.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from simulator.rules.facts import FACTS, RATINGS
from simulator.rules.schema import CriteriaFile, OverlayFile
from simulator.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ID = CriteriaFile.model_json_schema()["properties"]["id"]["pattern"]
_FLAT = ("principles", "procedure", "classes", "vetoes")


def build_schema() -> dict[str, Any]:
    """Build the schema of every file of the folder ``criteria`` that is a set, a scoring table or an overlay."""
    full = CriteriaFile.model_json_schema()
    overlay = OverlayFile.model_json_schema()
    definitions: dict[str, Any] = {**full.pop("$defs"), **overlay.pop("$defs")}
    definitions["Test"] = _test_schema(definitions["Test"])
    definitions["Set"] = full
    definitions["Overlay"] = _overlay_schema(overlay, full, definitions)
    for name in ("Set", "Overlay"):  # only a draft may leave open from when it applies
        definitions[name] |= {"if": {"properties": {"status": {"const": "draft"}}}, "else": {"required": ["valid"]}}
    models = {model.__name__: model for model in _models_of(CriteriaFile)}
    for name, definition in definitions.items():
        _describe(definition, models.get(name))
        _tidy(definition)
    return {
        "title": "tieuchi",
        "description": "A criteria set, a scoring table, or (with extends) an overlay.",
        "if": {"required": ["extends"]},
        "then": {"$ref": "#/$defs/Overlay"},
        "else": {"$ref": "#/$defs/Set"},
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text() -> str:
    """Write the schema as it stands in ``criteria/schema.json``."""
    return json.dumps(build_schema(), ensure_ascii=False, indent=1) + "\n"


def _test_schema(test: dict[str, Any]) -> dict[str, Any]:
    """Give each fact its own shape: the keys it needs, those it may have, and no other."""
    properties = test["properties"]
    shapes = []
    for fact, needs in FACTS.items():
        keys = {key: dict(properties[key]) for key in needs.keys + needs.may}
        if needs.at_least == "rating":
            keys["at_least"] = {"enum": list(RATINGS)}
        elif "at_least" in keys:
            keys["at_least"] = {"type": "integer", "minimum": 1}
        shape = {"properties": {"fact": {"const": fact}, **keys}, "required": ["fact", *needs.keys], "additionalProperties": False, "type": "object"}
        if needs.either:
            shape |= {"anyOf": [{"required": [key]} for key in needs.either], "not": {"required": ["at_least_share", "more_than_share"]}}
        shapes.append(shape)
    return {"oneOf": shapes, "title": "Test"}


def _overlay_schema(overlay: dict[str, Any], full: Mapping[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Say what a patch may name: any field of any clause that can stand there, with the reason."""
    for section in _FLAT:
        overlay["properties"][section] = _by_id({"$ref": f"#/$defs/Patch-{section}"})
        definitions[f"Patch-{section}"] = _patch(_members(full["properties"][section]), definitions)
    part = _patch(_members(full["properties"]["points"]), definitions)
    part["properties"]["parts"] = _by_id({"$ref": "#/$defs/Patch-points"})
    part |= {"anyOf": [{"required": ["why"]}, {"required": ["parts"]}]}
    del part["required"]
    definitions["Patch-points"] = part
    overlay["properties"]["points"] = _by_id({"$ref": "#/$defs/Patch-points"})
    definitions["Patch-clause"] = _patch(_members(definitions["Award"]["properties"]["clauses"]), definitions)
    heads = {name: schema for name, schema in definitions["Award"]["properties"].items() if name != "clauses"}
    clauses = _by_id({"$ref": "#/$defs/Patch-clause"})
    taken_away = {"const": True, "description": "Takes the award away, with all its clauses."}
    properties = {**heads, "remove": taken_away, "clauses": clauses}
    definitions["OverlayAward"] = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**overlay, "required": [*overlay["required"], "extends"]}


def _by_id(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "patternProperties": {_ID: schema}}


def _members(mapping: Mapping[str, Any]) -> list[str]:
    """Name the models that can stand in a mapping."""
    (values,) = mapping["patternProperties"].values()
    return [str(member["$ref"]).rpartition("/")[2] for member in values.get("oneOf", [values])]


def _patch(members: Iterable[str], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Join the fields of several kinds of clauses; a field that differs from kind to kind may look like any of them."""
    fields: dict[str, list[Any]] = {}
    for member in members:
        for name, schema in definitions[member]["properties"].items():
            shapes = fields.setdefault(name, [])
            if schema not in shapes:
                shapes.append(schema)
    properties = {name: shapes[0] if len(shapes) == 1 else {"anyOf": shapes} for name, shapes in fields.items()}
    properties["remove"] = {"const": True, "description": "Takes the clause away."}
    return {"type": "object", "properties": properties, "required": ["why"], "additionalProperties": False}


def _models_of(model: type[BaseModel], seen: frozenset[type[BaseModel]] = frozenset()) -> frozenset[type[BaseModel]]:
    """Gather a model and every model inside it."""
    for inner in (found for field in model.model_fields.values() for found in _models_in(field.annotation)):
        if inner not in seen:
            seen = _models_of(inner, seen | {inner})
    return seen | {model}


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _describe(definition: dict[str, Any], model: type[BaseModel] | None) -> None:
    """Keep the first paragraph of a docstring, and give each field the words its class has for it."""
    if model is None or "description" not in definition:
        return
    text = str(definition["description"])
    definition["description"] = " ".join(text.split("\n\n", maxsplit=1)[0].split())
    listed = text.partition("Attributes\n----------\n")[2]
    for names, words in re.findall(r"^(\w[\w, ]*)\n((?:[ ]+.*\n?)+)", listed, re.MULTILINE):
        for name in names.split(", "):
            if name in definition["properties"]:
                definition["properties"][name] = {**definition["properties"][name], "description": " ".join(words.split())}


def _tidy(schema: Any) -> None:
    """Refuse keys that are no ids, which a pattern alone lets pass, and leave out the titles pydantic makes of field names."""
    if isinstance(schema, list):
        for item in schema:
            _tidy(item)
    if not isinstance(schema, dict):
        return
    if "patternProperties" in schema:
        schema["additionalProperties"] = False
    if isinstance(schema.get("title"), str):
        del schema["title"]
    schema.pop("discriminator", None)  # not of JSON Schema; the kind is a constant of each member
    for value in schema.values():
        _tidy(value)


if __name__ == "__main__":
    (find_workspace().criteria / "schema.json").write_text(schema_text(), encoding="utf-8")
