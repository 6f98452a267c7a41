"""What the report template is told, strictly: one path, its digest, a language, a date. Nothing is guessed or converted."""

from __future__ import annotations

from datetime import date as calendar_date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from simulator.errors import InputError
from simulator.presentation.numbers import Lang
from simulator.reporting.codes import template_finding

if TYPE_CHECKING:
    from collections.abc import Mapping


def _existing_file(path: str) -> str:
    if not Path(path).is_file():
        message = f"there is no file {path}"
        raise ValueError(message)
    return path


def _iso_date(text: str) -> str:
    if text and calendar_date.fromisoformat(text).isoformat() != text:
        message = "write the date as YYYY-MM-DD"
        raise ValueError(message)
    return text


class ReportParameters(BaseModel):
    """The parameters of a report template."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    evidence: Annotated[str, AfterValidator(_existing_file)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    lang: Lang
    date: Annotated[str, AfterValidator(_iso_date)]


def read_parameters(given: Mapping[str, Any], template: str) -> ReportParameters:
    """Check what a template is to be told.

    Raises
    ------
    InputError
        With one finding for each parameter that is unknown, missing or of the wrong kind.

    """
    try:
        return ReportParameters.model_validate(dict(given))
    except ValidationError as error:
        findings = []
        for problem in error.errors(include_url=False):
            name = ".".join(str(part) for part in problem["loc"])
            code = {"extra_forbidden": "RP102", "missing": "RP103"}.get(problem["type"], "RP104")
            findings.append(template_finding(code, template, name=name, problem=problem["msg"]))
        raise InputError(findings) from error
