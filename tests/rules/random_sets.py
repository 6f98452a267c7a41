"""Any valid set: data for every kind of clause, read off the models themselves, so that a new field is tried without anybody thinking of it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from simulator.rules.assembly import Layer, stack_layers
from simulator.rules.clauses import AwardClause, Limit, PrincipleClause, ProcedureClause, Quota
from simulator.rules.conditions import PointsTest
from simulator.rules.facts import FACTS, RATINGS, Test
from simulator.rules.points import Band, Class, Part, Section, Step, Threshold, Veto
from simulator.rules.reading import Document
from simulator.rules.schema import Award, CriteriaFile, Header, Validity
from simulator.rules.values import Text

_LETTERS = "abcdeghilmnopqrstuvxyăâđêôơưáàảãạ ĐÝ,.;:-–“”()%'\"#{}[]&*!|>@`=+0123456789"
WORDS = st.text(_LETTERS, min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool)
IDS = st.one_of(
    st.sampled_from(["no", "on", "true", "null", "010", "1", "a", "fighter", "budget", "y", "2020-01-01"]),
    st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,4})?", fullmatch=True),
)
NUMBERS = st.one_of(st.integers(-1000, 1000).map(float), st.decimals(-1000, 1000, places=3).map(float))
POSITIVE = st.one_of(st.integers(1, 1000).map(float), st.decimals("0.001", 1000, places=3).map(float))
TEXTS = st.fixed_dictionaries({"vi": WORDS, "en": WORDS})
SHARES = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)


def conditions(depth: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    leaves = st.one_of(fact_tests(), points_tests(), st.fixed_dictionaries({"class": st.lists(IDS, min_size=1, max_size=3)}))
    if not depth:
        return leaves
    inner = conditions(depth - 1)
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(leaves, leaves, *(st.fixed_dictionaries({word: several}) for word in ("all", "any")), st.fixed_dictionaries({"not": inner}))


@st.composite
def fact_tests(draw: st.DrawFn) -> dict[str, Any]:
    fact = draw(st.sampled_from(sorted(FACTS)))
    needs = FACTS[fact]
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "award": IDS,
        "rating": st.sampled_from(RATINGS),
        "at_least": st.sampled_from(RATINGS) if needs.at_least == "rating" else st.integers(1, 40),
        "at_least_share": SHARES,
        "more_than_share": SHARES,
        "below": st.integers(0, 300),
        "within_years": st.integers(1, 30),
        "consumed": st.booleans(),
        "scope": st.sampled_from(["grass-roots", "province", "nation"]),
        "one_of": st.lists(IDS, min_size=1, max_size=3),
    }
    keys = [*needs.keys, *(key for key in needs.may if draw(st.booleans()))]
    if needs.either and not set(needs.either) & set(keys):
        keys.append(draw(st.sampled_from(needs.either)))
    if {"at_least_share", "more_than_share"} <= set(keys):
        keys.remove(draw(st.sampled_from(["at_least_share", "more_than_share"])))
    return {"fact": fact, **{key: draw(kinds[key]) for key in keys}}


@st.composite
def points_tests(draw: st.DrawFn) -> dict[str, Any]:
    part = draw(st.one_of(st.sampled_from(["total", "every-criterion"]), st.lists(IDS, min_size=1, max_size=3).map(".".join)))
    key = draw(st.sampled_from([name for name in PointsTest.model_fields if name != "points"]))
    return {"points": part, key: draw(SHARES if "share" in key else NUMBERS)}


def _models_of(annotation: Any) -> list[type[BaseModel]]:
    """Find every model of a union of clauses."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in {Annotated, Union, UnionType}:
        return [model for member in get_args(annotation) for model in _models_of(member)]
    return []


def _is_condition(annotation: Any) -> bool:
    return any(model.__name__ == "AllOf" for model in _models_of(annotation))


def _values(annotation: Any, info: FieldInfo | None = None) -> st.SearchStrategy[Any]:  # noqa: PLR0911
    if _is_condition(annotation):
        return conditions()
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _values(arguments[0], next((item for item in arguments if isinstance(item, FieldInfo)), info))
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in {Union, UnionType}:
        return st.one_of(*(_values(each) for each in arguments if each is not NoneType))
    if annotation is Text:
        return TEXTS
    if origin is tuple:
        return st.lists(_values(arguments[0]), min_size=1, max_size=3)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return st.dictionaries(_values(arguments[0]), _values(arguments[1]), min_size=1, max_size=3)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return models(annotation)
    if annotation is str:
        return IDS
    bounds = getattr(info, "metadata", [])
    is_positive = any(hasattr(item, "gt") for item in bounds)
    plain = {
        bool: st.booleans(),
        int: st.integers(1, 300),
        float: POSITIVE if is_positive or bounds else NUMBERS,
        datetime.date: st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 1, 1)),
    }
    return plain[annotation]


@st.composite
def models(draw: st.DrawFn, model: type[BaseModel], depth: int = 1) -> dict[str, Any]:
    """Draw the data of one model; fields that are not required are left out half of the time."""
    if model is Test:
        return draw(fact_tests())
    if model is PointsTest:
        return draw(points_tests())
    data: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if model is Section and name == "parts":
            if depth and draw(st.booleans()):
                data[name] = draw(parts(depth - 1))
            continue
        if name == "kind":
            kinds = get_args(field.annotation)
            data[name] = draw(st.sampled_from(kinds)) if kinds else draw(_values(field.annotation))
        elif field.is_required() or draw(st.booleans()):
            info = FieldInfo(annotation=field.annotation)
            info.metadata = field.metadata
            value = draw(_values(field.annotation, info))
            data[field.alias or name] = value
    _mend(draw, model, data)
    return data


def _mend(draw: st.DrawFn, model: type[BaseModel], data: dict[str, Any]) -> None:
    """Take away what cannot stand together."""
    if model in {Band, Step, Class}:
        for low, high in (("at_least", "above"), ("at_most", "below")):
            if low in data and high in data:
                del data[draw(st.sampled_from([low, high]))]
    if model in {Quota, Limit}:
        data.pop("share", None)
        data.pop("places", None)
        data.update({"share": draw(SHARES)} if draw(st.booleans()) else {"places": draw(st.integers(0, 500))})
    if model is Threshold:
        keys = [key for key in ("at_least", "at_most", "when") if key in data]
        for key in keys[1:]:
            del data[key]
    if model is Header and data["status"] != "draft" and data.get("valid") is None:
        data["valid"] = draw(models(Validity))
    if model.__name__ == "Compliance":
        data.update(zip(("low", "value", "high"), sorted(draw(st.lists(SHARES, min_size=3, max_size=3))), strict=True))
    if model.__name__ == "Preference":
        data.clear()
        data.update({"who": draw(conditions(1))} if draw(st.booleans()) else {"points": draw(st.sampled_from(["total", "results.budget"]))})


def parts(depth: int = 1) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(IDS, st.one_of(*(models(kind, depth) for kind in _models_of(Part))), min_size=1, max_size=3)


def _clauses(annotation: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(IDS, st.one_of(*(models(model) for model in _models_of(annotation))), max_size=4)


@st.composite
def sets(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the data of a full set that the models accept (the linter is not asked)."""
    header = draw(models(Header))
    header.pop("extends", None)
    header.pop("supersedes", None)
    heads = {name: field for name, field in Award.model_fields.items() if name != "clauses"}
    awards = {}
    for award_id in draw(st.lists(IDS, max_size=2, unique=True)):
        awards[award_id] = {name: draw(_values(field.annotation, field)) for name, field in heads.items()}
        awards[award_id]["clauses"] = draw(_clauses(AwardClause))
    return {
        **header,
        "principles": draw(_clauses(PrincipleClause)),
        "procedure": draw(_clauses(ProcedureClause)),
        "points": draw(st.one_of(st.just({}), parts())),
        "classes": draw(st.dictionaries(IDS, models(Class), max_size=2)),
        "vetoes": draw(st.dictionaries(IDS, models(Veto), max_size=2)),
        "awards": awards,
    }


def as_set(data: dict[str, Any]):
    """Make a criteria set of data, as if it had been read from a file."""
    return stack_layers([Layer(CriteriaFile.model_validate(data), Document("random.yaml", data, {}))], data["id"])
