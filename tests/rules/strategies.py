"""Whole criteria sets at random, as the data of a YAML file: headers, principles, procedure, point tables of every kind, classes, vetoes, awards.

Every reference resolves (awards, parts, classes), every number can be written exactly, and every set can be read: ``criteria_sets()`` gives the read
set, ``set_data()`` the data, ``write_yaml`` the text of it. Sums and bands are right where ``is_sound`` is asked for, and anything at all otherwise.
"""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from simulator.rules.assembly import read_layer, stack_layers
from simulator.rules.facts import FACTS, RATINGS, SCOPES
from simulator.rules.reading import read_yaml_bytes
from simulator.rules.schema import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.rules.criteria import CriteriaSet

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạĐ 0123=+-@'\"#:%,.{}[]*&!|>–“”"
ROLES = ("direct", "staff", "deputy", "head")
GIVERS = ("self", "cluster", "standing-body")
POOLINGS = ("unit", "kind", "cluster", "all")
RESERVED = frozenset({*SECTIONS, "total", "every-criterion"})

ids = st.from_regex(r"[a-z][a-z0-9]{0,4}(-[a-z0-9]{1,3}){0,2}", fullmatch=True).filter(lambda name: name not in RESERVED)
words = st.text(LETTERS, min_size=1, max_size=20).map(str.strip).filter(bool)
texts = st.fixed_dictionaries({"vi": words, "en": words})
shares = st.integers(0, 100).map(lambda percent: percent / 100)
counts = st.integers(1, 9)
years = st.dates(date(2000, 1, 1), date(2039, 12, 31))


def numbers(low: int, high: int, places: int = 2) -> st.SearchStrategy[float]:
    """Give numbers that are written with at most so many decimals."""
    return st.integers(low * 10**places, high * 10**places).map(lambda whole: whole / 10**places)


def dictionaries(keys: st.SearchStrategy[str], values: st.SearchStrategy[Any], most: int, least: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    """Give dictionaries of a few entries."""
    return st.dictionaries(keys, values, min_size=least, max_size=most)


def write_yaml(data: Any) -> str:
    """Write data as YAML that the strict reader takes: text in quotes, dates and numbers plain, one key a line."""
    return "\n".join(_lines(data, "")) + "\n"


def _lines(data: Any, indent: str) -> list[str]:
    lines: list[str] = []
    items = data.items() if isinstance(data, dict) else [(None, value) for value in data]
    for key, value in items:
        lead = f"{indent}- " if key is None else f"{indent}{json.dumps(key)}: "
        if isinstance(value, dict) and value and key is not None:
            lines += [lead.rstrip(), *_lines(value, indent + "  ")]
        else:
            lines.append(lead + _flow(value))
    return lines


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def read(data: Any) -> CriteriaSet:
    """Read the data of a full set as if it stood in a file."""
    return stack_layers([read_layer(read_yaml_bytes(write_yaml(data).encode(), "random.yaml"))], data["id"])


@st.composite
def fact_tests(draw: st.DrawFn, awards: Sequence[str] = ()) -> dict[str, Any]:
    """Give a test of one fact; of an award only where there is one."""
    needs_award = {name for name, needs in FACTS.items() if "award" in needs.keys}
    fact = draw(st.sampled_from([name for name in FACTS if awards or name not in needs_award]))
    needs = FACTS[fact]
    values: dict[str, st.SearchStrategy[Any]] = {
        "at_least": st.sampled_from(RATINGS) if needs.at_least == "rating" else counts,
        "award": st.sampled_from(list(awards) or [""]),
        "rating": st.sampled_from(RATINGS),
        "at_least_share": shares,
        "more_than_share": shares,
        "below": st.integers(0, 250),
        "within_years": st.integers(1, 10),
        "consumed": st.booleans(),
        "scope": st.sampled_from(SCOPES),
        "one_of": st.lists(st.sampled_from(ROLES), min_size=1, max_size=3, unique=True),
    }
    keys = [*needs.keys, *(key for key in needs.may if draw(st.booleans()))]
    if needs.either and not set(needs.either) & set(keys):
        keys.append(draw(st.sampled_from(needs.either)))
    if {"at_least_share", "more_than_share"} <= set(keys):
        keys.remove(draw(st.sampled_from(["at_least_share", "more_than_share"])))
    return {"fact": fact, **{key: draw(values[key]) for key in keys}}


@st.composite
def points_tests(draw: st.DrawFn, parts: Sequence[str]) -> dict[str, Any]:
    """Give a test of the points of a part, of the total, or of every criterion."""
    key = draw(
        st.sampled_from(["at_least", "below", "at_least_share", "below_share", "at_least_share_of_mean", "below_share_of_mean"]),
    )
    return {"points": draw(st.sampled_from([*parts, "total", "every-criterion"])), key: draw(shares if "share" in key else numbers(0, 100))}


def conditions(awards: Sequence[str] = (), parts: Sequence[str] = (), classes: Sequence[str] = ()) -> st.SearchStrategy[dict[str, Any]]:
    """Give conditions of any shape over what the set holds."""
    leaves = fact_tests(awards)
    if parts:
        leaves |= points_tests(parts)
    if classes:
        leaves |= st.fixed_dictionaries({"class": st.lists(st.sampled_from(list(classes)), min_size=1, max_size=2, unique=True)})
    return st.recursive(
        leaves,
        lambda inner: (
            st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)})
            | st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)})
            | st.fixed_dictionaries({"not": inner})
        ),
        max_leaves=5,
    )


GROUNDS = st.fixed_dictionaries({"title": texts, "assumption": texts})


def clause(kind: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Give clauses of a kind; a field named ``maybe_x`` may be left out."""
    needed = {name: values for name, values in fields.items() if not name.startswith("maybe_")}
    optional = {name.removeprefix("maybe_"): values for name, values in fields.items() if name.startswith("maybe_")}
    own = st.fixed_dictionaries({"kind": st.just(kind), **needed}, optional=optional)
    return st.tuples(GROUNDS, own).map(lambda parts: {**parts[1], **parts[0]})


@st.composite
def bands(draw: st.DrawFn, most: float, *, is_sound: bool) -> list[dict[str, Any]]:
    """Give the bands of a step criterion; sound ones leave no gap and stay within ``most``."""
    cuts = sorted(draw(st.lists(numbers(0, 100), min_size=1, max_size=4, unique=True)), reverse=True)
    values = sorted(draw(st.lists(numbers(0, int(most)), min_size=len(cuts), max_size=len(cuts), unique=is_sound and int(most) >= 1)), reverse=True)
    if not is_sound:
        return [
            {"at_least": cut, **({"below": draw(numbers(0, 150))} if draw(st.booleans()) else {}), "points": draw(numbers(0, 50))} for cut in cuts
        ]
    rows = [{"at_least": cut, "points": value} for cut, value in zip(cuts, values, strict=True)]
    for above, row in pairwise(rows):
        row["below"] = above["at_least"]
    return [{**rows[0], "points": most}, *rows[1:]]


@st.composite
def criteria(draw: st.DrawFn, awards: Sequence[str] = (), *, is_sound: bool = False, in_penalty: bool = False) -> dict[str, Any]:
    """Give a criterion of any kind; a sound one can give exactly its points."""
    most = draw(st.integers(1, 40))
    optional = {"maybe_round_to": st.sampled_from([0.01, 0.25, 0.5, 1])}
    given = numbers(0, 1).filter(bool)
    loss = st.fixed_dictionaries(
        {"points": given, "per_percent": st.sampled_from([0.5, 1, 2.5, 5])},
        optional={"counted": st.sampled_from(["pro-rata", "whole-steps", "started-steps"])},
    )
    level = st.fixed_dictionaries({"title": texts, "points": st.integers(0, most)}, optional={"when": fact_tests(awards)})
    levels = dictionaries(ids, level, 3, 1)
    threshold = st.sampled_from([{}, {"at_least": 50}, {"at_most": 3.5}]) | st.fixed_dictionaries({"when": conditions(awards)})
    kinds: dict[str, st.SearchStrategy[dict[str, Any]]] = {
        "proportional": clause(
            "proportional", maybe_target=st.just("own") | numbers(1, 500), maybe_loses=loss, maybe_nothing_below=st.integers(1, 90), **optional
        ),
        "steps": clause("steps", bands=bands(most, is_sound=is_sound), maybe_unit=texts, **optional),
        "threshold": st.tuples(clause("threshold"), threshold).map(lambda both: {**both[0], **both[1]}),
        "count": clause("count", each=numbers(0, 5).filter(bool), maybe_unit=texts),
        "deduct": clause(
            "deduct",
            events=dictionaries(ids, st.fixed_dictionaries({"title": texts, "minus": given}, optional={"at_most_times": counts}), 3, 1),
        ),
        "event": clause("event", each=given if is_sound or in_penalty else numbers(-5, 5), maybe_at_most_times=counts),
        "highest": clause("highest", levels=levels),
        "achievements": clause("achievements", levels=levels),
        "mark": clause(
            "mark",
            maybe_by=st.lists(st.sampled_from(GIVERS), min_size=1, max_size=3, unique=True),
            maybe_counts=st.sampled_from(["last", "mean", "median"]),
            maybe_step=st.sampled_from([0.25, 0.5, 1]),
        ),
    }
    made = draw(kinds[draw(st.sampled_from(sorted(kinds)))])
    if is_sound and "levels" in made:
        first = next(iter(made["levels"].values()))
        first["points"] = most
    return {**made, "points": most}


@st.composite
def parts(draw: st.DrawFn, awards: Sequence[str] = (), *, depth: int = 2, is_sound: bool = False, is_top: bool = True) -> dict[str, Any]:
    """Give sections and criteria; the points of sound sections are the sum of what they hold."""
    made: dict[str, Any] = {}
    for part_id in draw(st.lists(ids, min_size=1, max_size=3, unique=True)):
        kind = draw(st.sampled_from(["criterion", "section", "section", "bonus", "penalty"] if is_top else ["criterion", "criterion", "section"]))
        if kind == "criterion" or depth == 0:
            made[part_id] = draw(criteria(awards, is_sound=is_sound))
            continue
        inner = draw(parts(awards, depth=0 if kind != "section" else depth - 1, is_sound=is_sound, is_top=False))
        total = sum(part["points"] for part in inner.values())
        made[part_id] = {**draw(clause(kind)), "points": total if is_sound or draw(st.booleans()) else draw(st.integers(0, 60)), "parts": inner}
    return made


def paths_of(table: dict[str, Any], under: str = "") -> list[str]:
    """List the paths of the parts of a table."""
    found: list[str] = []
    for part_id, part in table.items():
        found += [under + part_id, *paths_of(part.get("parts", {}), f"{under}{part_id}.")]
    return found


@st.composite
def classes(draw: st.DrawFn, total: float, condition: st.SearchStrategy[dict[str, Any]], *, is_sound: bool) -> dict[str, Any]:
    """Give classes, best first; sound ones leave no gap."""
    names = draw(st.lists(ids, min_size=2, max_size=4, unique=True))
    cuts = sorted(draw(st.lists(st.integers(1, max(int(total), 4)), min_size=len(names) - 1, max_size=len(names) - 1, unique=True)), reverse=True)
    made: dict[str, Any] = {}
    for index, name in enumerate(names):
        band: dict[str, Any] = {} if index == len(cuts) else {"at_least": cuts[index]}
        if index:
            band["below"] = cuts[index - 1]
        requires = {} if is_sound or draw(st.booleans()) else {"requires": draw(condition)}
        made[name] = {**draw(GROUNDS), **band, **requires}
    return made


def award_clauses(awards: Sequence[str], condition: st.SearchStrategy[dict[str, Any]], preferences: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Give a clause of an award, of any kind."""
    of = st.sampled_from(["staff", "eligible"]) | st.fixed_dictionaries({"holders_of": st.sampled_from(list(awards))})
    size = st.fixed_dictionaries({"share": shares}) | st.fixed_dictionaries({"places": st.integers(0, 20)})
    pooling = st.sampled_from(POOLINGS)
    rounding = st.sampled_from(["floor", "nearest", "ceiling", "systematic"])
    quota = clause("quota", of=of, pooling=pooling, maybe_rounding=rounding)
    return st.one_of(
        clause("eligibility", requires=condition),
        st.tuples(quota, size).map(lambda both: {**both[0], **both[1]}),
        clause("direct-worker-floor", share=shares, pooling=pooling),
        clause("leader-cap", share=shares, pooling=pooling),
        clause("cooling-off", years=st.integers(0, 5)),
        clause("score-threshold", at_least=numbers(-2, 2)),
        clause("money", multiple=numbers(0, 10)),
        clause("pay-step", share=shares, months=st.integers(1, 12)),
        clause("tie-break", prefer=preferences),
        clause("statement"),
    )


def procedure_clauses(
    awards: Sequence[str], condition: st.SearchStrategy[dict[str, Any]], preferences: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    """Give a clause of the procedure, of any kind but the scale."""
    named = st.lists(st.sampled_from(list(awards)), max_size=2, unique=True) if awards else st.just([])
    vote = st.fixed_dictionaries(
        {"threshold": shares, "counts": st.sampled_from(["all-members", "present"])}, optional={"ballot": st.sampled_from(["secret", "open"])}
    )
    stage = clause(
        "stage",
        level=st.sampled_from(["unit", "cluster", "province", "state"]),
        order=counts,
        maybe_appraisers=counts,
        maybe_audit_share=shares,
        maybe_strictness=shares,
        maybe_vote=vote,
        maybe_posting_days=counts,
        maybe_consults=st.lists(texts, max_size=2),
        maybe_delay_days=counts,
        maybe_awards=named,
    )
    given = numbers(0, 3).filter(bool)
    sees = dictionaries(st.sampled_from(GIVERS), st.lists(st.sampled_from(GIVERS), max_size=2, unique=True), 3)
    return st.one_of(
        stage,
        clause("weights", results=given, initiative=given, scope=given, conduct=given),
        clause("rating-cap", rating=st.sampled_from(RATINGS), share=shares, of=st.just("good")),
        clause("appraisal", authority=st.sampled_from(["unit", "province"]), appraisers=counts, audit_share=shares),
        clause("ad-hoc-track", counts_for_ladder=st.booleans(), maybe_decided_within_days=counts),
        clause("sector-gate", sector=ids, requires=condition, maybe_awards=named),
        clause("marking", maybe_sees=sees, maybe_reason_when_changed=st.booleans()),
        clause("tie-break", prefer=preferences),
        clause("statement"),
    )


@st.composite
def set_data(draw: st.DrawFn, *, has_points: bool | None = None, has_awards: bool | None = None, is_sound: bool = False) -> dict[str, Any]:
    """Give the data of a whole set: with a scoring table, with awards, or with both.

    Parameters
    ----------
    draw
        Given by hypothesis.
    has_points, has_awards
        Whether it has them; left to luck when None (never neither).
    is_sound
        Sums add up, bands and classes have no gap.
    """
    with_points = draw(st.booleans()) if has_points is None else has_points
    with_awards = (not with_points or draw(st.booleans())) if has_awards is None else has_awards
    names = draw(st.lists(ids, min_size=1, max_size=3, unique=True)) if with_awards else []
    table = draw(parts(names, is_sound=is_sound)) if with_points else {}
    if is_sound and table and all(part["kind"] in {"bonus", "penalty"} for part in table.values()):
        next(iter(table.values()))["kind"] = "section"
    paths = paths_of(table)
    total = sum(part["points"] for part in table.values() if part["kind"] not in {"bonus", "penalty"}) or 1
    ranked = draw(classes(total, conditions(names, paths), is_sound=is_sound)) if table else {}
    condition = conditions(names, paths, list(ranked))
    who = st.fixed_dictionaries({"who": condition})
    preference = who | st.fixed_dictionaries({"points": st.sampled_from([*paths, "total"])}) if paths else who
    preferences = st.lists(preference, min_size=1, max_size=3)
    statement = clause("statement") | clause("exhortation", compliance=st.just({"value": 0.3, "low": 0, "high": 1}))
    data: dict[str, Any] = {
        "id": draw(ids),
        "title": draw(texts),
        "status": draw(st.sampled_from(["in-force", "repealed", "draft", "illustrative"])),
        "drafting_state": draw(st.sampled_from(["drafting", "consultation", "appraisal", "issued"])),
        "valid": {"from": draw(years)},
        "checked_on": draw(years),
        "principles": draw(dictionaries(ids, statement, 2)),
        "procedure": draw(dictionaries(ids, procedure_clauses(names, condition, preferences), 3)),
    }
    if draw(st.booleans()):
        data["note"] = draw(texts)
    if table:
        scale = {"target": st.sampled_from(["individual", "collective"]), "total": st.just(total), "maybe_round_to": st.just(0.5)}
        data["procedure"]["scale"] = draw(clause("scale", **scale))
        data |= {"points": table, "classes": ranked}
        if not is_sound:
            effect = st.sampled_from(["not-considered", "down-one-class"])
            data["vetoes"] = draw(dictionaries(ids, st.tuples(GROUNDS, condition, effect).map(_veto), 2))
    data["awards"] = {name: draw(_awards(names, condition, preferences)) for name in names}
    return data


def _veto(parts: tuple[dict[str, Any], dict[str, Any], str]) -> dict[str, Any]:
    grounds, condition, effect = parts
    return {**grounds, "when": condition, "effect": effect}


def _awards(names: Sequence[str], condition: st.SearchStrategy[dict[str, Any]], preferences: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {
            "title": texts,
            "target": st.sampled_from(["individual", "collective"]),
            "kind": st.sampled_from(["merit", "ad-hoc", "thematic", "long-service"]),
            "level": counts,
            "authority": st.sampled_from(["unit", "province", "state"]),
            "clauses": dictionaries(ids, award_clauses(names, condition, preferences), 3),
        }
    )


def criteria_sets(*, has_points: bool | None = None, has_awards: bool | None = None, is_sound: bool = False) -> st.SearchStrategy[CriteriaSet]:
    """Give whole sets, read."""
    return set_data(has_points=has_points, has_awards=has_awards, is_sound=is_sound).map(read)
