"""What every result record is: frozen, read strictly and written as strict UTF-8 JSON.

A number that is undefined or infinite is ``null`` in JSON and carries the key of a caveat.
"""

from __future__ import annotations

import json
import math
from dataclasses import fields, is_dataclass
from typing import Any, ClassVar

from pydantic import ConfigDict

BilingualText = dict[str, str]
"""Words in both languages: ``{"vi": …, "en": …}``."""

UNDEFINED_CAVEAT = "caveat.undefined"
"""Caveat of a number that is null and says no better reason."""


def _jsonable(value: object) -> Any:
    """Turn records, containers and numbers into what strict JSON can hold."""
    if is_dataclass(value) and not isinstance(value, type):
        record = {item.name: _jsonable(getattr(value, item.name)) for item in fields(value) if item.metadata.get("in_json", True)}
        if "caveat" in record and record.get("value") is None and record["caveat"] is None:
            record["caveat"] = UNDEFINED_CAVEAT
        return record
    if isinstance(value, dict):
        return {str(key): _jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(item) for item in value]
    if hasattr(value, "item"):  # a numpy scalar, without importing numpy for it
        value = value.item()
    if isinstance(value, float):
        # Adding zero turns -0.0 into 0.0, so that "no difference" reads the same from either side.
        return value + 0.0 if math.isfinite(value) else None
    return value


class Record:
    """Base of every result record: strict in what it reads, exact in what it writes."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values: undefined numbers are None with a caveat."""
        plain: dict[str, Any] = _jsonable(self)
        return plain

    def to_json(self) -> str:
        """Return strict JSON text, indented, ending with a newline."""
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False, indent=1) + "\n"
