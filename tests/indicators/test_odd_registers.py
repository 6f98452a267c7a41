"""Registers as odd as offices may keep them are measured, with a caveat for whatever cannot be known, and never break anything."""

from __future__ import annotations

import json
import math
import random
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import InputError
from simulator.indicators.measurement import measure
from simulator.indicators.register import read_register
from simulator.presentation.i18n import describe
from simulator.presentation.registers.measurement_anonymity import anonymous_measurement
from simulator.presentation.registers.measurement_table import measurement_table

COLUMNS = ("merit", "post_rank", "level", "achieved_on", "awarded_on", "track", "decision_no", "authority", "note")
ROLES = ("direct", "staff", "deputy", "head")


@st.composite
def plans(draw):
    """Decide what the office is like and what its list tells; chance does the rest."""
    return {
        "seed": draw(st.integers(0, 2**32)),
        "years": sorted(draw(st.sets(st.integers(2015, 2024), min_size=1, max_size=8))),
        "sizes": draw(st.lists(st.integers(1, 6), min_size=1, max_size=8)),
        "roles": draw(st.sampled_from([ROLES, ("direct", "head"), ("staff",), ("head",), ("deputy", "head")])),
        "share": draw(st.sampled_from([0.0, 0.05, 0.3, 0.7, 1.0])),
        "turnover": draw(st.sampled_from([0.0, 0.1, 0.6])),
        "awards": draw(st.sampled_from([("x",), ("x", "y"), ("x", "y", "z")])),
        "columns": draw(st.sets(st.sampled_from(COLUMNS))),
        "blank": draw(st.sampled_from([0.0, 0.3, 0.9, 1.0])),
        "merit": draw(st.sampled_from(["1", "1..3", "0.0..9.9", "winners", "1e6"])),
        "tells_roles": draw(st.booleans()),
        "has_flag": draw(st.booleans()),
        "headcount": draw(st.sampled_from(["none", "role", "is_leader"])),
        "succession": draw(st.booleans()),
    }


def people_of(plan, luck):
    """Give (year, unit, member, role) for everybody: people come and go and move, and a unit may have nobody in a year."""
    seats = [[(f"m{unit}-{seat}", luck.choice(plan["roles"])) for seat in range(size)] for unit, size in enumerate(plan["sizes"])]
    for year in plan["years"]:
        for unit, people in enumerate(seats):
            for seat, (_, role) in enumerate(people):
                if luck.random() < plan["turnover"]:
                    people[seat] = (f"n{year}-{unit}-{seat}", luck.choice([role, luck.choice(plan["roles"])]))
        if luck.random() < plan["turnover"]:
            one, other = luck.choice(seats), luck.choice(seats)
            if one is not other and len(one) > 1:
                other.append(one.pop())
        for unit, people in enumerate(seats):
            for who, role in people if luck.random() < 0.95 else []:
                yield year, f"u{unit}", who, role


def cells_of(plan, luck, year, award):
    """Give the cells of the optional columns; those of a person are decided apart."""
    told = {
        "level": luck.choice("123"),
        "achieved_on": f"{year}-0{luck.randint(1, 6)}-15",
        "awarded_on": f"{year}-1{luck.randint(0, 2)}-01",
        "track": luck.choice(["annual", "ad-hoc", "thematic", "long-service", ""]),
        "decision_no": str(luck.randint(1, 10**9)),
        "authority": "ubnd",
        "note": "…",
    }
    return {name: cell if award and luck.random() >= plan["blank"] else "" for name, cell in told.items()}


def write(plan, folder):
    """Write the files; return what ``read_register`` takes."""
    luck = random.Random(plan["seed"])  # noqa: S311 - the luck of a test is no secret
    word_of_role = (lambda role: role) if plan["tells_roles"] else (lambda role: str(int(role in {"deputy", "head"})))
    optional = [name for name in COLUMNS if name in plan["columns"]]
    rows, counts = [], Counter()
    for year, unit, who, role in people_of(plan, luck):
        counts[year, unit, role] += 1
        won = [award for award in plan["awards"] if luck.random() < plan["share"]]
        won = won[:1] if plan["has_flag"] else won
        if plan["headcount"] != "none" and not won:
            continue
        is_told = luck.random() >= plan["blank"] and (won or plan["merit"] != "winners")
        merit = {"1": "1", "1..3": luck.choice("123"), "1e6": str(luck.randint(-(10**6), 10**6))}.get(plan["merit"], f"{luck.random() * 10:.1f}")
        of_person = {"merit": merit if is_told else "", "post_rank": str(luck.randint(1, 9)) if is_told else ""}
        for award in won or [""]:
            cells = cells_of(plan, luck, year, award) | of_person
            got = str(int(bool(award))) if plan["has_flag"] else award
            rows.append([str(year), unit, who, word_of_role(role), got, *(cells[name] for name in optional)])
    luck.shuffle(rows)
    header = [
        "year",
        "unit_id",
        "member_id",
        "role" if plan["tells_roles"] else "is_leader",
        "is_awarded" if plan["has_flag"] else "award",
        *optional,
    ]
    given_files = {"path": save(folder / "register.csv", header, rows)}
    if plan["headcount"] != "none":
        word = (lambda role: role) if plan["headcount"] == "role" else (lambda role: str(int(role in {"deputy", "head"})))
        added = Counter()
        for (year, unit, role), n in counts.items():
            added[year, unit, word(role)] += n
        given_files["headcount"] = save(
            folder / "heads.csv", ["year", "unit_id", plan["headcount"], "n_members"], [[str(cell) for cell in (*key, n)] for key, n in added.items()]
        )
    if plan["succession"]:
        units = [f"u{unit}" for unit in range(len(plan["sizes"]) + 1)]
        links = [[luck.choice(units), luck.choice(units), str(luck.choice(plan["years"]))] for _ in units]
        given_files["succession"] = save(folder / "after.csv", ["unit_id", "successor_id", "from"], links)
    return given_files


def save(path, header, rows):
    path.write_text("\n".join(map(",".join, [header, *rows])) + "\n", encoding="utf-8")
    return path


def check(plan, folder):
    """Read, measure and show; the only refusals are of lists without a row, and of people whom a succession brings together in one unit and post."""
    try:
        history = read_register(**write(plan, folder), award=None if plan["has_flag"] else "x", on_warning=lambda _: None)
    except InputError as problem:
        codes = {finding.code for finding in problem.findings if finding.severity == "error"}
        # Chance may leave nobody listed, nobody with the award asked for, a table of successions about other units, or not enough seats after them.
        assert codes <= {"RG403", "RG409", "RG435"} | ({"RG408", "RG411", "RG421", "RG422"} if plan["succession"] else set()), problem  # noqa: PT017 - most lists are read
        return
    measurement = measure(history, n_draws=19)
    for shown in (measurement, anonymous_measurement(measurement, history)):
        content = json.loads(shown.to_json())
        for name, item in {**content["indicators"], **content["allocation_mix_intervals"]}.items():
            assert item["value"] is not None or item["caveat"], name
            assert all(math.isfinite(item[key]) for key in ("value", "low", "high") if item[key] is not None), name
            assert None in {item["low"], item["high"]} or item["low"] <= item["high"], name
        for lang in ("vi", "en"):
            text = measurement_table(shown, lang).to_text()
            assert "nan" not in text.lower().split()
            assert "caveat." not in text


@given(plans())
@settings(max_examples=40)
def test_any_register_is_measured(tmp_path_factory, plan):
    check(plan, tmp_path_factory.mktemp("odd"))


@pytest.mark.deep
@given(plans())
@settings(max_examples=500)
def test_many_registers_are_measured(tmp_path_factory, plan):
    check(plan, tmp_path_factory.mktemp("odd"))


def spoil(text, luck):
    """Change a text in a few places, as hands and programs do."""
    for _ in range(luck.randint(1, 4)):
        at = luck.randrange(len(text) + 1)
        match luck.randrange(6):
            case 0:
                text = text[:at] + luck.choice(',;\t"\n-/.0Đ\u0302\ufeff\0 ') + text[at:]
            case 1:
                text = text[:at] + text[at + luck.randint(1, 30) :]
            case 2:
                text = text.replace(
                    luck.choice([",", "x", "20", "\n", "direct", "-"]),
                    luck.choice([";", "", "9" * 20, "1.234", "Nguyễn Văn Mẫu"]),
                    luck.choice([1, -1]),
                )
            case 3:
                lines = text.split("\n")
                luck.shuffle(lines)
                text = "\n".join(lines)
            case 4:
                text += luck.choice([text, "\n" * 3, text[at:]])
            case _:
                text = luck.choice(["ỦY BAN NHÂN DÂN\n", '"', "{", "\n"]) + text
    return text


def check_spoilt(plan, folder):
    """Read what was spoilt, or refuse it with few findings that name nobody."""
    luck = random.Random(plan["seed"])  # noqa: S311 - the luck of a test is no secret
    files = write(plan, folder)
    for path in files.values():
        if luck.random() < 0.7:
            path.write_text(spoil(path.read_text(encoding="utf-8"), luck), encoding="utf-8")
    told = []
    try:
        read_register(**files, award=None if plan["has_flag"] else "x", on_warning=told.append)
    except InputError as problem:
        told += problem.findings
        assert any(finding.severity == "error" for finding in told)
    assert len(told) <= 51 * len(files)
    for finding in told:
        assert finding.line >= 1
        for lang in ("vi", "en"):
            words = describe(finding, lang)
            assert not re.search("{[a-z_]+}", words)
            assert "Nguyễn" not in words
            assert not re.search(r"\b[mn]\d+-\d", words)


@given(plans())
@settings(max_examples=60)
def test_spoilt_registers_are_read_or_refused_in_words_that_name_nobody(tmp_path_factory, plan):
    check_spoilt(plan, tmp_path_factory.mktemp("spoilt"))


@pytest.mark.deep
@given(plans())
@settings(max_examples=1000)
def test_many_spoilt_registers_are_read_or_refused(tmp_path_factory, plan):
    check_spoilt(plan, tmp_path_factory.mktemp("spoilt"))
