"""Units that were merged, divided or renamed do not break waits, and are resampled as one."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.indicators.measurement import measure
from simulator.indicators.register import read_register
from simulator.indicators.register_cells import RegisterReader
from simulator.indicators.register_findings import raise_errors
from simulator.indicators.register_succession import COLUMNS, Succession

KNOWN = {name: number for number, name in enumerate("abcdef")}


def table(tmp_path, *rows, header="unit_id,successor_id,from"):
    path = tmp_path / "succession.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def succession(path, known=KNOWN):
    reader = RegisterReader.of_file(path, COLUMNS)
    after = Succession.of(reader, known)
    raise_errors(reader)
    return after


def called(after, year, unit):
    names = {number: name for name, number in after.labels.items()}
    return names[int(after.unit_in(np.array([year]), np.array([KNOWN[unit]]))[0])]


def test_a_unit_is_called_by_its_successor_from_the_change_on(tmp_path):
    after = succession(table(tmp_path, "a,b,2025", "c,new,2025-07-01"))
    assert [called(after, year, "a") for year in (2024, 2025, 2026)] == ["a", "b", "b"]
    assert [called(after, year, "c") for year in (2024, 2025)] == ["c", "new"]
    assert called(after, 2025, "d") == "d"


def test_changes_follow_one_another_also_in_one_year_and_back(tmp_path):
    after = succession(table(tmp_path, "b,c,2020", "a,b,2020", "c,d,2023", "d,a,2025"))
    assert [called(after, year, "a") for year in (2019, 2020, 2023, 2025)] == ["a", "c", "d", "a"]


def test_a_divided_unit_keeps_its_name_and_stays_one_cluster(tmp_path):
    after = succession(table(tmp_path, "a,b,2020", "a,c,2020"))
    assert called(after, 2021, "a") == "a"
    assert after.cluster_of(np.array([0, 1, 2, 3, 4])).tolist() == [0, 0, 0, 1, 2]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [(["x,y,2020"], [("RG421", 1)]), (["a,,2020"], [("RG405", 2)]), (["a,b,20"], [("RG405", 2)]), (["a,b,2020-02-30"], [("RG405", 2)])],
)
def test_a_table_that_cannot_be_used_is_refused(tmp_path, rows, expected):
    with pytest.raises(InputError) as caught:
        succession(table(tmp_path, *rows))
    assert [(finding.code, finding.line) for finding in caught.value.findings] == expected


SEEN = np.array([(2020, "a"), (2024, "a"), (2020, "b"), (2020, "c"), (2025, "d")], dtype=[("year", int), ("unit", "U1")])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["a,d,2025", "b,d,2025", "c,new,2020"], []),
        (["x,d,2025", "a,d,2025"], [("RG431", 2, "unit_id")]),
        (["b,y,2021", "a,d,2025"], [("RG431", 2, "successor_id")]),
        (["a,d,2025", "x,y,2025"], [("RG431", 3, "unit_id, successor_id")]),
        (["a,x,2022", "x,y,2023", "y,d,2025"], []),
        ([*[f"x{n},d,2025" for n in range(5)], "a,d,2025"], [("RG431", line, "unit_id") for line in range(2, 7)]),
        (["a,d,2025", *[f"x{n},d,2025" for n in range(6)]], [("RG432", 3, "unit_id", "6", "7")]),
    ],
)
def test_a_row_that_does_nothing_is_a_warning(tmp_path, rows, expected):
    reader = RegisterReader.of_file(table(tmp_path, *rows), COLUMNS)
    after = Succession.of(reader, KNOWN)
    after.report_unmatched(reader, SEEN["year"], np.array([KNOWN[name] for name in SEEN["unit"].tolist()]))
    assert [(finding.code, finding.line, *finding.fields.values()) for finding in reader.findings] == expected
    assert all(finding.severity == "warning" for finding in reader.findings)


def test_units_that_the_register_lacks_are_told_and_it_is_read(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text("year,unit_id,member_id,role,award\n2025,a,p,direct,x\n2025,b,q,head,\n", encoding="utf-8")
    told = []
    history = read_register(path, succession=table(tmp_path, "a,b,2025", "a1,b,2025"), on_warning=told.append)
    assert ([(finding.code, finding.line) for finding in told], len(np.unique(history.unit))) == ([("RG431", 3)], 1)


def test_a_merger_breaks_neither_waits_nor_clusters(tmp_path):
    """Units in pairs take turns among three; from 2023 on each pair is one unit, in which turns go on."""
    rows = []
    for year in range(2018, 2027):
        for unit in range(24):
            name = f"u{unit}" if year < 2023 else f"m{unit // 2}"
            rows += [
                f"{year},{name},u{unit}-{member},direct,{'x' if member == year % 3 else ''},{(member * 7 + year * 5 + unit) % 11}"
                for member in range(3)
            ]
    path = tmp_path / "register.csv"
    path.write_text("\n".join(["year,unit_id,member_id,role,award,merit", *rows]) + "\n", encoding="utf-8")
    merged = table(tmp_path, *[f"u{unit},m{unit // 2},2023" for unit in range(24)])
    history = read_register(path, succession=merged)
    found = measure(history)
    assert found.n_units == 12
    assert found.indicators["turn_taking_index"].value == pytest.approx(1)
    assert found.indicators["last_winner_penalty"].value == pytest.approx(1)
    assert len(np.unique(history.unit)) == 36
    with pytest.warns(UserWarning, match="RG458 .* 24 units"):
        assert measure(read_register(path)).n_units == 36


def test_in_the_year_of_the_change_a_member_may_stand_under_both_names(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text("year,unit_id,member_id,role,award\n2025,a,p,direct,x\n2025,b,p,direct,y\n2025,b,q,head,\n", encoding="utf-8")
    assert read_register(path, award="x", succession=table(tmp_path, "a,b,2025-07-01")).is_awarded.tolist() == [True, False]
    with pytest.raises(InputError, match="RG408"):
        read_register(path, award="x")


def test_a_unit_that_changes_its_name_alone_is_the_same_unit(tmp_path):
    after = succession(table(tmp_path, "a,b,2020", "b,c,2023", "d,e,2023", "f,e,2023"))
    listed = [
        (year, name) for year in range(2018, 2026) for name in ("a" if year < 2020 else "b" if year < 2023 else "c", "d" if year < 2023 else "e")
    ]
    years, units = np.array([year for year, _ in listed]), np.array([KNOWN[name] for _, name in listed])
    joined = after.joining_renamed(years, units)
    found = joined.unit_in(years, units)
    assert (found[::2].tolist(), found[1::2].tolist()) == ([KNOWN["a"]] * 8, [KNOWN["d"]] * 5 + [KNOWN["e"]] * 3)
    assert joined.unit_in(np.array([2018]), np.array([KNOWN["c"]])).tolist() == [KNOWN["a"]]


@pytest.mark.parametrize("rows", [["a,b,2020"], ["a,b,2020", "b,a,2020"], ["a,c,2020", "a,d,2020"], ["a,c,2020", "b,c,2020"]])
def test_a_unit_that_takes_in_or_is_parted_or_changes_places_is_not_the_same(tmp_path, rows):
    """The other name stood in the register before, or others bear it too."""
    after = succession(table(tmp_path, *rows))
    listed = np.array([2019, 2019, 2020]), np.array([KNOWN[name] for name in "abb"])
    years, units = np.array([2019, 2019, 2020, 2020]), np.array([KNOWN[name] for name in "abab"])
    assert after.joining_renamed(*listed).unit_in(years, units).tolist() == after.unit_in(years, units).tolist()


def lively(renamed_from=None, *, is_newest_first=False):
    """List eight units over eight years, with everything a register may hold; from some year on half of the units have another name."""
    luck = np.random.default_rng(7)
    rows = []
    for year in range(2018, 2026):
        for unit in range(8):
            name = f"new{unit}" if renamed_from is not None and unit % 2 and year >= renamed_from else f"old{unit}"
            for member in range(4 + unit):
                award = luck.choice(["csttd", "bk", ""])
                track, level = luck.choice(["annual", "ad-hoc"]), {"csttd": "2", "bk": "3", "": ""}[award]
                role = "head" if member == 0 else "deputy" if member == 1 else "direct"
                dates = f"{year}-02-{1 + member:02},{f'{year}-{luck.integers(4, 12):02}-01' if award else ''}"
                rows.append(f"{year},{name},{unit}-{member},{role},{award},{luck.normal():.3f},{track if award else ''},{level},{dates}")
    return (
        "\n".join(["year,unit_id,member_id,role,award,merit,track,level,achieved_on,awarded_on", *(rows[::-1] if is_newest_first else rows)]) + "\n"
    )


@pytest.mark.parametrize("is_newest_first", [False, True])
def test_a_new_name_changes_no_indicator(tmp_path, is_newest_first):
    path = tmp_path / "register.csv"
    renames = table(tmp_path, *[f"old{unit},new{unit},2022" for unit in range(1, 8, 2)])
    found = []
    for year in (None, 2022):
        path.write_text(lively(year, is_newest_first=is_newest_first), encoding="utf-8")
        found.append(measure(read_register(path, award="csttd", succession=None if year is None else renames), n_draws=50))
    assert found[0] == found[1]
    assert sum(measured.value is not None for measured in found[0].indicators.values()) > 15
    with pytest.warns(UserWarning, match="RG458 .* 4 units"):
        assert measure(read_register(path, award="csttd"), n_draws=2).n_units == 12


def test_a_new_name_changes_nothing_of_a_list_of_winners(tmp_path):
    path, seats = tmp_path / "register.csv", tmp_path / "seats.csv"
    renames = table(tmp_path, *[f"old{unit},new{unit},2022" for unit in range(1, 8, 2)])
    found = []
    for year in (None, 2022):
        lines = lively(year).splitlines()
        path.write_text("\n".join([lines[0], *(line for line in lines if ",csttd," in line)]) + "\n", encoding="utf-8")
        posts = [tuple(line.split(",")[:4]) for line in lines[1:]]
        counted = {(year_, unit, role): 0 for year_, unit, _, role in posts}
        for year_, unit, _, role in posts:
            counted[year_, unit, role] += 1
        seats.write_text(
            "\n".join(["year,unit_id,role,n_members", *(f"{','.join(post)},{n}" for post, n in counted.items())]) + "\n", encoding="utf-8"
        )
        history = read_register(path, headcount=seats, succession=None if year is None else renames, on_warning=lambda _: None)
        found.append(measure(history, n_draws=50))
    assert found[0] == found[1]
