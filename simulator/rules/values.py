"""The small values every clause is made of: frozen models, ids, texts in two languages, exact numbers."""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Identifier: TypeAlias = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
Words: TypeAlias = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Language: TypeAlias = Literal["vi", "en"]

LANGUAGES: tuple[Language, ...] = ("vi", "en")


class FrozenModel(BaseModel):
    """A value read from a file: immutable, without unknown keys, without silent conversions."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, serialize_by_alias=True)


class Text(FrozenModel):
    """Words in Vietnamese and in English, both required."""

    vi: Words
    en: Words

    def in_language(self, lang: Language) -> str:
        """Give the words in one language."""
        return self.vi if lang == "vi" else self.en

    @classmethod
    def read(cls, value: Any) -> Self | None:
        """Take a value for a text if it is one; None where it is not."""
        try:
            return cls.model_validate(value)
        except ValidationError:
            return None


def exact(value: float) -> Fraction:
    """Give the number exactly as it was written in the file (``0.15`` is 3/20, not the nearest binary fraction)."""
    return _exact(str(value))


@lru_cache(maxsize=4096)
def _exact(written: str) -> Fraction:
    return Fraction(written)


def normalised(weights: Mapping[str, float]) -> dict[str, Fraction]:
    """Divide weights by their sum, exactly, so that tripling all of them changes nothing."""
    fractions = {name: exact(weight) for name, weight in weights.items()}
    total = sum(fractions.values(), Fraction(0))
    return {name: fraction / total for name, fraction in fractions.items()}
