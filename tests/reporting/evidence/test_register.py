"""What a register report stands on."""

from __future__ import annotations

import csv
import hashlib
import time
from dataclasses import replace

import numpy as np
import openpyxl
import pytest

from simulator.errors import InputError
from simulator.indicators.measurement import measure
from simulator.indicators.register import read_register
from simulator.presentation.registers.measurement_anonymity import anonymous_measurement
from simulator.reporting.evidence.contents import numbers_of, read_evidence
from simulator.reporting.evidence.register import register_evidence
from tests.reporting.registers import AWARD, evidence_of_register, write_register


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    return write_register(tmp_path_factory.mktemp("Trần Thị Mẫu") / "Nguyễn Văn Mẫu.csv", columns=("merit", "level", "ghi chú"))


@pytest.fixture(scope="module")
def evidence(register):
    return evidence_of_register(register, seed=7)


def test_evidence_of_a_list_comes_back_as_it_was(evidence):
    assert read_evidence(evidence.to_json()) == evidence
    assert read_evidence(evidence.to_json()).to_json() == evidence.to_json()
    for broken in (evidence.to_json().replace('"n_units": 24', '"n_units": "24"', 1), evidence.to_json().replace('"n_units"', '"units"', 1)):
        with pytest.raises(ValueError, match="validation error"):
            read_evidence(broken)


def test_it_holds_the_measurement_as_it_may_leave_the_office(register, evidence):
    history = read_register(register, on_warning=lambda _finding: None)
    assert evidence.measurement == anonymous_measurement(measure(history, seed=7), history)
    assert evidence.award_title["vi"] == "Chiến sĩ thi đua cơ sở"
    assert evidence.measurement.award == AWARD
    assert [year.year for year in evidence.by_year] == [2018, 2019, 2020, 2021, 2022]
    assert evidence.provenance.seeds == [7]


def test_nothing_in_it_names_a_person_a_unit_or_a_file(register, evidence):
    content = evidence.to_json()
    for word in ("Nguyễn", "Mẫu", "Phòng", register.name, str(register.parent), "ghi chú"):
        assert word not in content
    assert evidence.asked.subject == ""
    assert evidence.provenance.hashes == {"register": hashlib.sha256(register.read_bytes()).hexdigest()}


def test_findings_of_reading_are_kept_without_the_file(register, evidence):
    told = []
    register_evidence(register, asked=evidence.asked, tell=told.append)
    assert [(remark.file, remark.line, remark.code) for remark in evidence.remarks] == [("register", 1, "RG428")]
    assert [finding.file for finding in told] == [register.as_posix()]


def test_an_anonymous_report_tells_no_single_year_and_no_line(register):
    hidden = evidence_of_register(register, is_anonymous=True)
    assert (hidden.by_year, hidden.counts) == ((), ())
    assert {remark.line for remark in hidden.remarks} == {None}
    assert hidden.provenance.hashes == {}
    assert hashlib.sha256(register.read_bytes()).hexdigest() not in hidden.to_json()
    assert not any(name.startswith("20") for name in numbers_of(hidden))


def test_every_number_has_a_name(evidence):
    numbers = numbers_of(evidence)
    assert numbers["list/award_rate/value"] == evidence.measurement.indicators["award_rate"].value
    assert numbers["list/merit/low"] == evidence.measurement.allocation_mix["merit"].low
    assert numbers["2020/turn_taking_index/value"] == evidence.by_year[2].indicators["turn_taking_index"].value
    assert len(numbers) == 4 * (len(evidence.measurement.indicators) + 4 + 5 * 3)


def test_a_few_leaders_are_told_of_nowhere(tmp_path):
    few = evidence_of_register(write_register(tmp_path / "x.csv", units=3, roles=("head",)))
    assert few.measurement.indicators["leader_share"].caveat == "caveat.hidden"
    assert all(year.indicators["leader_share"].value is None for year in few.by_year)


def test_files_beside_the_list_are_hashed_too(tmp_path):
    register = write_register(tmp_path / "x.csv", units=2)
    merged = tmp_path / "s.csv"
    merged.write_text("unit_id;successor_id;from\nPhòng 0;Phòng 1;2021\n", encoding="utf-8")
    found = evidence_of_register(register, succession=merged)
    assert {*found.provenance.hashes} == {"register", "succession"}
    assert found.contents.tells["succession"] == "yes"


def test_a_list_kept_as_a_workbook_gives_the_same_report_and_its_own_hash(register, evidence, tmp_path):
    book = openpyxl.Workbook()
    with register.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file, delimiter=";"):
            book.active.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    path = tmp_path / "x.xlsx"
    book.save(path)
    found = evidence_of_register(path, date=evidence.asked.date, seed=evidence.asked.seed)
    assert found.provenance.hashes == {"register": hashlib.sha256(path.read_bytes()).hexdigest()}
    assert replace(found, provenance=evidence.provenance) == evidence


def test_an_anonymous_report_does_not_tell_which_rows_of_a_workbook_were_left_out(register, tmp_path):
    book = openpyxl.Workbook()
    with register.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file, delimiter=";"):
            book.active.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    book.active.append([None, "Tổng cộng", None, None, None, 12])
    book.active.row_dimensions[7].hidden = True
    book.save(tmp_path / "x.xlsx")
    open_, anonymous = (evidence_of_register(tmp_path / "x.xlsx", is_anonymous=is_so) for is_so in (False, True))
    told = {remark.code: remark.fields["lines"] for remark in open_.remarks if "lines" in remark.fields}
    assert (told["RG441"], told["RG442"].isdigit()) == ("7", True)
    assert all(remark.fields["lines"] == "…" and remark.line is None for remark in anonymous.remarks if remark.code in told)


def test_a_secret_list_is_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("year,unit_id,member_id,role,award\nMẬT,,,,\n2020,u,m,head,\n", encoding="utf-8")
    with pytest.raises(InputError, match="RG418"):
        evidence_of_register(path)


def test_what_a_report_adds_to_measuring_takes_seconds(tmp_path):
    """A tenth of the largest list in a tenth of the ten seconds, with room for a busy machine."""
    path = tmp_path / "x.csv"
    luck, n_people, n_years = np.random.default_rng(1), 12_880, 10
    unit, merit = luck.integers(0, 900, n_people), luck.normal(size=n_people)
    with path.open("w", encoding="utf-8") as file:
        file.write("year,unit_id,member_id,role,award,merit\n")
        for year in range(2015, 2015 + n_years):
            given = luck.random(n_people) < 0.15
            role = luck.choice(["direct", "staff", "deputy", "head"], n_people)
            file.writelines(f"{year},u{unit[one]},m{one},{role[one]},{'a' if given[one] else ''},{merit[one]:.3f}\n" for one in range(n_people))
    history = read_register(path)
    begun = time.process_time()
    measure(history)
    measured = time.process_time()
    evidence_of_register(path)
    assert (time.process_time() - measured) - (measured - begun) < 4
