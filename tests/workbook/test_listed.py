from __future__ import annotations

import datetime

import pytest

from simulator.scoring.roster import Achievement, AwardEvent, Initiative
from simulator.workbook.cell_values import Doubt
from simulator.workbook.listed import parts_of, read_achievements, read_awards, read_days, read_initiatives

DAY = datetime.date(2024, 2, 5)
SCOPES = {"tỉnh": "province", "cơ sở": "grass-roots", "province": "province"}
USED = {"đã dùng": "yes", "chưa dùng": "no"}


@pytest.mark.parametrize(
    ("text", "parts"), [("a; b\nc", ["a", "b", "c"]), ("2023, 2024", ["2023", "2024"]), ("12/QĐ, x", ["12/QĐ, x"]), (";;", []), (2023.0, [2023.0])]
)
def test_parts(text, parts):
    assert parts_of(text) == parts


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("2023; 2024", [(2023, None, None), (2024, None, None)]),
        (2023.0, [(2023, None, None)]),
        (DAY, [(2024, None, DAY)]),
        ("05/02/2024", [(2024, None, DAY)]),
        ("2023 (12/QĐ-UBND, 05/02/2024)", [(2023, "12/QĐ-UBND", DAY)]),
        ("2023 (số 12/QĐ-UBND ngày 05/02/2024)", [(2023, "12/QĐ-UBND", DAY)]),
        ("2023 (05/02/2024)", [(2023, None, DAY)]),
        ("2023 (12/QĐ-UBND)", [(2023, "12/QĐ-UBND", None)]),
        ("05/02/2024 (12/QĐ-UBND)", [(2024, "12/QĐ-UBND", DAY)]),
    ],
)
def test_awards(text, events):
    assert read_awards(text, "a") == [AwardEvent("a", *event) for event in events]


@pytest.mark.parametrize("text", ["có", "23", "2023-2024", "2023 (31/02/2024)", "x; 2023", True])
def test_no_awards(text):
    assert isinstance(read_awards(text, "a"), Doubt)


def test_days():
    assert read_days("05/02/2024; 2020-01-02") == [DAY, datetime.date(2020, 1, 2)]
    assert read_days("2024") == Doubt("WB517", "@dates")


@pytest.mark.parametrize(
    ("text", "initiatives"),
    [
        ("2", [Initiative("grass-roots"), Initiative("grass-roots")]),
        (0.0, []),
        ("tỉnh 2024; Cơ sở năm 2025", [Initiative("province", 2024), Initiative("grass-roots", 2025)]),
        ("tỉnh", [Initiative("province")]),
        ("tỉnh 2024 (đã dùng)", [Initiative("province", 2024, is_used=True)]),
        ("tỉnh 2024 (chưa dùng)", [Initiative("province", 2024)]),
        ("tỉnh 2024 (SK-7)", [Initiative("province", 2024, certificate_no="SK-7")]),
    ],
)
def test_initiatives(text, initiatives):
    assert read_initiatives(text, SCOPES, USED) == initiatives


@pytest.mark.parametrize("text", ["xã 2024", "-1", "1,5", "2024", "100"])
def test_no_initiatives(text):
    assert read_initiatives(text, SCOPES, USED) == Doubt("WB517", "@initiatives")


def test_achievements():
    levels = {"giải nhất": "first"}
    assert read_achievements("Hội thi: vòng 2: Giải nhất; B: giải nhất", "c", levels, "?") == [
        Achievement("c", "Hội thi: vòng 2", "first"),
        Achievement("c", "B", "first"),
    ]
    for text in ("giải nhất", ": giải nhất", "A: giải ba"):
        assert read_achievements(text, "c", levels, "?") == Doubt("WB517", "?")
