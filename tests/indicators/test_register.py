"""Award registers as offices keep them, and what is said of the rows that cannot be used."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import InputError
from simulator.history import Track
from simulator.indicators.breakdown import break_down
from simulator.indicators.family import MERIT_OF_WINNERS, NOTHING_CONTESTED
from simulator.indicators.measurement import EVERYBODY_AWARDED, NOBODY_AWARDED, OF_WINNERS_ALONE, WINNERS_ONLY, Measured, measure
from simulator.indicators.ratchet import steps_of
from simulator.indicators.register import read_register
from simulator.indicators.yearly import measure_by_year

HEADER = "year,unit_id,member_id,role,award"


def register(tmp_path, *lines, header=HEADER, name="register.csv"):
    path = tmp_path / name
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def findings(path, **options):
    with pytest.raises(InputError) as caught:
        read_register(path, **options)
    assert all(finding.is_unreadable for finding in caught.value.findings)
    return [(finding.code, finding.line) for finding in caught.value.findings]


def rotation(n_units=8, n_years=6):
    return [
        f"{2015 + year},u{unit},u{unit}-m{member},{'head' if member == 0 else 'direct'},{'csttd' if member == year % 3 else ''}"
        for year in range(n_years)
        for unit in range(n_units)
        for member in range(3)
    ]


def test_a_long_register_is_read_and_measured(tmp_path):
    history = read_register(register(tmp_path, *rotation()))
    assert history.focus_award == "csttd"
    measurement = json.loads(measure(history).to_json())
    assert measurement["n_members"] == 24
    assert measurement["n_units"] == 8
    assert measurement["n_years"] == 6
    assert measurement["indicators"]["award_rate"]["value"] == pytest.approx(1 / 3)
    assert measurement["indicators"]["leader_share"]["value"] == pytest.approx(1 / 3)
    unknown = measurement["indicators"]["turn_taking_index"]
    assert [unknown[key] for key in ("value", "low", "high", "n", "caveat")] == [None, None, None, 0, "caveat.no-merit"]


def test_with_merit_rotation_is_seen(tmp_path):
    rows = [f"{line.replace(',', ';')};{number * 37 % 97 // 10},{number * 37 % 97 % 10}" for number, line in enumerate(rotation())]
    path = register(tmp_path, *rows, header=f"{HEADER},merit".replace(",", ";"))
    values = measure(read_register(path)).indicators
    assert values["turn_taking_index"].value == pytest.approx(1)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_separators_and_marks_of_excel_are_read(tmp_path, separator, mark):
    path = tmp_path / "r.csv"
    text = "\r\n".join([HEADER, *rotation()]) + "\r\n"
    path.write_text(mark + text.replace(",", separator), encoding="utf-8", newline="")
    assert read_register(path).is_awarded.sum() == 48


def test_row_order_and_names_do_not_matter(tmp_path):
    rows = rotation()
    shuffled = [rows[i] for i in np.random.default_rng(1).permutation(len(rows))]
    renamed = [row.replace("u", "đơn vị ") for row in shuffled]
    one = measure(read_register(register(tmp_path, *rows)))
    other = measure(read_register(register(tmp_path, *renamed, name="other.csv")))
    assert {k: v.value for k, v in one.indicators.items()} == {k: v.value for k, v in other.indicators.items()}


def test_several_awards_of_one_member_in_one_year_are_one_row(tmp_path):
    path = register(tmp_path, "2020,u1,a,direct,lao-dong-tien-tien", "2020,u1,a,direct,chien-si-thi-dua-co-so", "2020,u1,b,head,")
    history = read_register(path)
    assert len(history.year) == 2
    assert history.focus_award == "chien-si-thi-dua-co-so"
    assert set(history.awards) == {"lao-dong-tien-tien", "chien-si-thi-dua-co-so"}


def test_the_focus_is_asked_for_when_it_is_not_clear(tmp_path):
    path = register(tmp_path, "2020,u1,a,direct,x", "2020,u1,b,direct,y", "2020,u1,c,direct,")
    assert findings(path) == [("RG410", 1)]
    assert findings(path, award="z") == [("RG409", 1)]
    assert read_register(path, award="y").focus_award == "y"


def test_a_flag_column_is_the_focus(tmp_path):
    path = register(tmp_path, "2020,u1,a,1,1", "2020,u1,b,0,0", header="year,unit_id,member_id,is_leader,is_awarded")
    history = read_register(path)
    assert history.is_leader.tolist() == [True, False]
    assert history.is_awarded.tolist() == [True, False]


def test_long_service_awards_do_not_count(tmp_path):
    path = register(tmp_path, "2020,u1,a,head,x,long-service", "2020,u1,b,direct,x,annual", "2020,u1,c,direct,,", header=f"{HEADER},track")
    history = read_register(path)
    assert history.is_awarded.tolist() == [False, True, False]


def test_winners_and_headcounts_make_the_same_shares(tmp_path):
    winners = register(tmp_path, *[row for row in rotation() if row.endswith("csttd")])
    counts = [f"{2015 + y},u{u},{role},{n}" for y in range(6) for u in range(8) for role, n in (("head", 1), ("direct", 2))]
    heads = register(tmp_path, *counts, header="year,unit_id,role,n_members", name="heads.csv")
    values = measure(read_register(winners, headcount=heads)).indicators
    assert values["award_rate"].value == pytest.approx(1 / 3)
    assert values["leader_share"].value == pytest.approx(1 / 3)
    too_few = register(tmp_path, *[c.replace("direct,2", "direct,0") for c in counts], header="year,unit_id,role,n_members", name="few.csv")
    assert {code for code, _ in findings(winners, headcount=too_few)} == {"RG411"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["2020,u1,a,direct,x", "2020,u1,a,direct,x"], [("RG407", 3)]),
        (["2020,u1,a,direct,x", "2020,u2,a,direct,y"], [("RG408", 3)]),
        (["2020,u1,a,direct,x", "2020,u1,a,head,y"], [("RG408", 3)]),
        (["20x0,u1,a,direct,x", "2020,u1,b,boss,"], [("RG405", 2), ("RG405", 3)]),
        (["2020,,a,direct,x"], [("RG405", 2)]),
        (["2020,u1,a,direct,x,1,2"], [("RG412", 2)]),
        ([], [("RG403", 1)]),
    ],
)
def test_every_doubtful_row_is_named_once(tmp_path, lines, expected):
    assert findings(register(tmp_path, *lines)) == expected


COLUMNS = ["year", "unit_id", "member_id", "role", "award", "merit", "post_rank", "achieved_on", "awarded_on", "track", "decision_no"]
SOUND = [
    f"{year},u{unit},u{unit}-{member},{'head' if member == 0 else 'staff'},{award},{unit + member}.5,{member + 1},{year}-0{member + 1}-01,{year}-11-01,{track},{number}"
    if award
    else f"{year},u{unit},u{unit}-{member},{'head' if member == 0 else 'staff'},,{unit + member}.5,{member + 1},,,,"
    for year in (2019, 2020, 2021)
    for unit in range(2)
    for member in range(3)
    for number, (award, track) in enumerate([("x", "annual"), ("y", "ad-hoc"), ("x", "ad-hoc")][: (year + unit + member) % 4] or [("", "")])
]


@given(
    row=st.integers(0, len(SOUND) - 1),
    column=st.sampled_from(COLUMNS),
    other=st.integers(0, len(SOUND) - 1) | st.sampled_from(["", "?", "1,5", "1999-01-01", "7"]),
)
def test_one_wrong_cell_is_at_most_one_finding(tmp_path_factory, row, column, other):
    place = COLUMNS.index(column)
    rows = [line.split(",") for line in SOUND]
    rows[row][place] = rows[other][place] if isinstance(other, int) else f'"{other}"'
    path = register(tmp_path_factory.mktemp("one"), *map(",".join, rows), header=",".join(COLUMNS))
    try:
        read_register(path, award="x", on_warning=lambda _: None)
    except InputError as problem:
        assert len(problem.findings) == 1, problem  # noqa: PT017 - most cells may be changed without harm


def test_what_is_wrong_in_several_files_is_told_at_once(tmp_path):
    winners = register(tmp_path, "20x0,u1,a,direct,x", "2020,u1,b,head,x", "2020,u2,b,head,x")
    heads = register(tmp_path, "2020,u1,boss,3", header="year,unit_id,role,n_members", name="heads.csv")
    after = register(tmp_path, "u1,u3,last year", header="unit_id,successor_id,from", name="after.csv")
    assert findings(winners, headcount=heads) == [("RG405", 2), ("RG408", 4), ("RG405", 2)]
    assert findings(winners, headcount=heads, succession=after) == [("RG405", 2), ("RG405", 2), ("RG405", 2)]
    assert findings(tmp_path / "none.csv", headcount=tmp_path / "nothing.csv", succession=after) == [("RG401", 1), ("RG401", 1)]
    assert findings(winners, headcount=after) == [("RG404", 1)] * 3


def test_what_needs_a_second_look_is_told_and_the_list_is_read(tmp_path):
    path = register(tmp_path, "2020,u1,a,direct,x,1", "2020,u1,b,head,,2", header=f"{HEADER},meritt")
    told = []
    assert read_register(path, on_warning=told.append).merit is None
    assert [(finding.code, finding.severity, finding.fields["guesses"]) for finding in told] == [("RG429", "warning", "meritt → merit")]
    with pytest.warns(UserWarning, match="RG429 warning: columns that are not used: F; perhaps a heading is mistyped: meritt → merit"):
        read_register(path)


def test_a_warning_is_not_told_twice_where_the_list_is_refused_late(tmp_path):
    path = register(tmp_path, "2020,u1,a,direct,x,1", "2020,u1,b,head,,2", header=f"{HEADER},meritt")
    heads = register(tmp_path, "2020,u1,direct,0,1", "2020,u1,head,1,1", header="year,unit_id,role,n_members,note", name="heads.csv")
    for options, expected in (({"award": "y"}, ["RG429", "RG409"]), ({"headcount": heads}, ["RG429", "RG428", "RG411"])):
        told = []
        with pytest.raises(InputError) as caught:
            read_register(path, on_warning=told.append, **options)
        assert [finding.code for finding in (*told, *caught.value.findings)] == expected


def test_with_an_error_the_rest_is_told_too(tmp_path):
    path = register(tmp_path, "20x0,u1,a,direct,x,1", header=f"{HEADER},meritt")
    with pytest.raises(InputError) as caught:
        read_register(path)
    assert [(finding.code, finding.severity) for finding in caught.value.findings] == [("RG429", "warning"), ("RG405", "error")]


def test_a_file_that_is_no_register_is_one_finding(tmp_path):
    assert findings(register(tmp_path, *["Kính gửi: các phòng, ban, đơn vị"] * 80, header="Căn cứ, theo đề nghị,")) == [("RG427", 1)]


def test_missing_columns_are_named(tmp_path):
    path = register(tmp_path, "2020,u1", header="year,unit_id")
    assert findings(path) == [("RG404", 1)] * 3


def test_numbers_that_may_be_read_in_two_ways_are_refused(tmp_path):
    header = f"{HEADER},merit".replace(",", ";")
    path = register(tmp_path, "2020;u1;a;direct;x;1.234", "2020;u1;b;direct;;2", header=header)
    assert findings(path) == [("RG406", 2)]
    clear = register(tmp_path, "2020;u1;a;direct;x;1.234", "2020;u1;b;direct;;2.5", header=header, name="b.csv")
    assert read_register(clear).merit.tolist() == [1.234, 2.5]
    grouped = register(tmp_path, "2020;u1;a;direct;x;1.234,5", "2020;u1;b;direct;;2,5", header=header, name="c.csv")
    assert read_register(grouped).merit.tolist() == [1234.5, 2.5]


def test_no_name_of_a_person_is_ever_repeated(tmp_path):
    path = register(tmp_path, "2020,u1,Nguyễn Văn A,direct,x", "2020,u2,Nguyễn Văn A,direct,y", ",u3,Trần Thị B,direct,")
    with pytest.raises(InputError) as caught:
        read_register(path)
    assert "Nguyễn" not in str(caught.value)
    assert "Trần" not in str(caught.value)


def test_a_file_that_is_not_there_or_not_text_is_one_clear_finding(tmp_path):
    assert findings(tmp_path / "none.csv") == [("RG401", 1)]
    path = tmp_path / "tcvn.csv"
    path.write_bytes(HEADER.encode() + b"\n2020,\xb5\xff,a,direct,x\n")
    assert findings(path) == [("RG402", 2)]


@pytest.mark.parametrize(
    "lines",
    [
        ["2020,u1,a,direct,x", "2020,u1,b,direct,"],
        ["2020,u1,a,direct,x", "2021,u1,a,direct,"],
        ["2020,u1,a,head,x", "2020,u1,b,head,x", "2020,u2,c,head,"],
        ["2020,u1,a,direct,", "2020,u1,b,direct,", "2021,u1,a,direct,x"],
        ["2019,u1,a,direct,x", "2021,u1,a,direct,x", "2021,u1,b,staff,"],
        ["2019,u1,a,direct,x", "2020,u2,a,deputy,x", "2021,u1,a,direct,"],
    ],
)
def test_odd_registers_are_measured_with_caveats_and_never_crash(tmp_path, lines):
    measurement = json.loads(measure(read_register(register(tmp_path, *lines), award="x")).to_json())
    for name, measured in measurement["indicators"].items():
        assert (measured["value"] is None) <= (measured["caveat"] is not None), name


def read_told(path, **asked):
    """Read a list and give the codes of the warnings, too."""
    told = []
    history = read_register(path, on_warning=told.append, **asked)
    return history, [finding.code for finding in told]


def test_a_list_in_which_everybody_is_awarded_is_one_of_winners_unless_somebody_says_that_it_is_complete(tmp_path):
    path = register(tmp_path, *(row for row in rotation() if row.endswith("csttd")))
    history, told = read_told(path)
    measured = measure(history)
    assert (told, measured.caveats) == (["RG448"], (WINNERS_ONLY,))
    known = {name for name, found in measured.indicators.items() if found.value is not None}
    assert {"leader_share", "effective_winners"} <= known <= OF_WINNERS_ALONE
    for name in ("award_rate", "five_year_coverage", "gini", "repeat_deficit", "win_dispersion", "award_volume_growth"):
        assert measured.indicators[name] == Measured(None, None, None, 0, WINNERS_ONLY), name
    assert {year.indicators["award_rate"].caveat for year in measure_by_year(history)} == {WINNERS_ONLY}
    history, told = read_told(path, is_complete=True)
    measured = measure(history)
    assert (told, measured.caveats, measured.indicators["award_rate"].value) == ([], (EVERYBODY_AWARDED,), 1)
    assert measured.indicators["win_dispersion"].caveat == NOTHING_CONTESTED


FLAGGED = "year,unit_id,member_id,is_leader,is_awarded"
TRACKED = "year,unit_id,member_id,role,award,track"


@pytest.mark.parametrize(
    ("rows", "header", "are_winners"),
    [
        (("2020,u1,a,1,1", "2020,u1,b,0,1"), FLAGGED, True),
        (("2020,u1,a,1,1", "2020,u1,b,0,0"), FLAGGED, False),
        (("2020,u1,a,head,x", "2020,u1,b,direct,y"), "year,unit_id,member_id,role,award", True),
        (("2020,u1,a,head,x", "2021,u1,b,direct,"), "year,unit_id,member_id,role,award", False),
        (("2020,u1,a,head,x,annual", "2020,u1,b,direct,z,long-service"), TRACKED, True),
        (("2020,u1,a,head,x,annual", "2020,u1,b,direct,,annual"), TRACKED, False),
    ],
)
def test_one_row_without_an_award_tells_that_the_others_are_listed_and_long_service_tells_nothing(tmp_path, rows, header, are_winners):
    asked = {} if header == FLAGGED else {"award": "x"}
    history, told = read_told(register(tmp_path, *rows, header=header), **asked)
    assert (not history.knows_unawarded, told == ["RG448"]) == (are_winners, are_winners)


def test_winners_beside_a_head_count_are_not_asked_for_the_others(tmp_path):
    path = register(tmp_path, "2020,u1,a,head,csttd")
    counts = tmp_path / "counts.csv"
    counts.write_text("year,unit_id,role,n_members\n2020,u1,head,1\n2020,u1,direct,4\n", encoding="utf-8")
    history, told = read_told(path, headcount=counts)
    assert (history.knows_unawarded, told, measure(history).indicators["award_rate"].value) == (True, [], 0.2)


@pytest.mark.parametrize(
    ("header", "award", "track"),
    [("year,unit_id,member_id,role,award", "", ""), ("year,unit_id,member_id,role,award,track", "huan-chuong", ",long-service")],
    ids=["no award", "long service only"],
)
def test_where_nobody_is_awarded_the_share_is_nought_and_the_rest_unknown(tmp_path, header, award, track):
    rows = [
        f"{year},u{unit},m{unit}-{k},{'direct' if k else 'head'},{award}{track}" for year in range(2015, 2021) for unit in (0, 1) for k in range(3)
    ]
    measured = measure(read_register(register(tmp_path, *rows, header=header)))
    assert measured.caveats == (NOBODY_AWARDED,)
    known = {name: found.value for name, found in measured.indicators.items() if found.value is not None}
    assert known == {"award_rate": 0, "five_year_coverage": 0}
    assert all(found.caveat for name, found in measured.indicators.items() if name not in known)
    assert {found.value for found in measured.allocation_mix.values()} == {None}


def test_a_flag_column_of_noughts_is_nobody_awarded(tmp_path):
    path = register(tmp_path, "2020,u1,a,1,0", "2020,u1,b,0,0", header="year,unit_id,member_id,is_leader,is_awarded")
    measured = measure(read_register(path))
    assert (measured.caveats, measured.indicators["award_rate"].value) == ((NOBODY_AWARDED,), 0)


def test_who_works_directly_is_unknown_where_only_leaders_are_told(tmp_path):
    path = register(tmp_path, "2020,u1,a,1,1", "2020,u1,b,0,1", "2020,u1,c,0,0", header="year,unit_id,member_id,is_leader,is_awarded")
    shares = measure(read_register(path)).indicators
    assert (shares["direct_worker_share"].value, shares["direct_worker_share"].caveat) == (None, "caveat.undefined")
    assert shares["leader_share"].value == pytest.approx(0.5)


def test_a_share_of_direct_workers_is_undefined_where_nobody_is_marked_as_one(tmp_path):
    award = "chien-si-thi-dua-co-so"
    unmarked = register(tmp_path, f"2020,u1,a,head,{award}", f"2020,u1,b,staff,{award}", "2020,u1,c,staff,")
    marked = register(tmp_path, f"2020,u1,a,head,{award}", f"2020,u1,b,staff,{award}", "2020,u1,c,direct,", name="marked.csv")
    histories = [read_register(path) for path in (unmarked, marked)]
    shares = [measure(history).indicators for history in histories]
    assert [found["direct_worker_share"].value for found in shares] == [None, 0]
    assert list(break_down(histories[0])["role"]) == ["staff", "head"]
    assert [found["leader_share"].value for found in shares] == pytest.approx([0.5, 0.5])


def test_optional_columns_become_levels_posts_and_months(tmp_path):
    header = f"{HEADER},post_rank,level,achieved_on,awarded_on,track,decision_no"
    history = read_register(
        register(
            tmp_path,
            "2020,u1,a,head,bang-khen,1,3,2020-03-01,2020-09-01,ad-hoc,12/QD",
            "2020,u1,a,head,giay-khen,1,2,,31/12/2020,annual,",
            "2020,u1,b,direct,,,,1/12/2020,,,",
            "2021,u1,b,direct,giay-khen,5,2,2020-12-01,2021-01-01,thematic,9/QD",
            "2021,u1,a,head,huan-chuong,1,6,2019-01-01,2021-06-01,long-service,1/QD",
            header=header,
        ),
        award="giay-khen",
    )
    assert history.award_levels == {"bang-khen": 3, "giay-khen": 2}
    assert history.post_rank.tolist() == [1, 6, 1, 5]
    assert {award: given.tolist() for award, given in history.awards.items()} == {
        "bang-khen": [True, False, False, False],
        "giay-khen": [True, False, False, True],
    }
    times = {award: [column.tolist() for column in (each.row, each.track, each.is_in_round_too)] for award, each in history.outside.items()}
    assert times == {"bang-khen": [[0], [Track.AD_HOC], [False]], "giay-khen": [[3], [Track.THEMATIC], [False]]}
    assert history.outside["bang-khen"].decided_at.tolist() == pytest.approx([12 * 2020 + 8])
    achieved = history.achievements
    assert achieved.year.tolist() == [2020, 2020, 2020]
    assert (achieved.awarded_at - achieved.achieved_at).tolist() == pytest.approx([6, np.nan, 1], nan_ok=True)
    assert achieved.is_ad_hoc.tolist() == [True, False, True]


def test_tracks_are_followed_apart_by_the_days_of_their_decisions(tmp_path):
    """Twice ad hoc in a year, the lower one last and first in the file; the certificate came with the round as well; service awards come nowhere."""
    header = f"{HEADER},level,awarded_on,track"
    lines = [
        "2020,u1,a,head,giay-khen,1,2020-09-01,ad-hoc",
        "2020,u1,a,head,bang-khen,3,2020-03-01,ad-hoc",
        "2020,u1,a,head,giay-khen,1,2020-12-31,annual",
        "2021,u1,a,head,co-so,2,,",
        "2021,u1,a,head,huan-chuong,6,2021-06-01,long-service",
        "2020,u1,b,direct,,,,",
        "2021,u1,b,direct,,,,",
    ]
    history = read_register(register(tmp_path, *lines, header=header), award="co-so")
    assert set(history.outside) == {"giay-khen", "bang-khen"}
    assert history.outside["giay-khen"].is_in_round_too.tolist() == [True]
    assert [(int(track), int(change)) for track, change in zip(*steps_of(history)[1:], strict=True)] == [(Track.ANNUAL, 1), (Track.AD_HOC, -2)]
    found = measure(history, n_draws=10).indicators["ratchet_index"]
    assert (found.value, dict(found.beside)) == (0, {"annual": 1, "ad_hoc": -1, "thematic": None})
    without_days = [",".join([*line.split(",")[:6], "", line.split(",")[7]]) for line in lines]
    assert steps_of(read_register(register(tmp_path, *without_days, header=header), award="co-so")).track.tolist() == [Track.ANNUAL]
    without_tracks = [line.rpartition(",")[0] for line in lines[:2]] + [line.rpartition(",")[0] for line in lines[3:]]
    assert read_register(register(tmp_path, *without_tracks, header=header.rpartition(",")[0]), award="co-so").outside == {}


def test_an_award_without_its_day_says_nothing_of_the_time(tmp_path):
    header = f"{HEADER},achieved_on,awarded_on"
    path = register(tmp_path, "2020,u1,a,head,x,2020-03-01,", "2020,u1,b,direct,,2020-05-01,", "2020,u1,c,direct,x,,2020-12-01", header=header)
    assert read_register(path).achievements.member.tolist() == [1]


def test_two_awards_of_one_kind_in_a_year_are_told_apart_by_their_decisions(tmp_path):
    rows = ["2020,u1,a,direct,x,1/QD", "2020,u1,a,direct,x,2/QD", "2020,u1,b,head,,"]
    assert read_register(register(tmp_path, *rows, header=f"{HEADER},decision_no")).is_awarded.tolist() == [True, False]
    assert findings(register(tmp_path, *[row.rpartition(",")[0] for row in rows])) == [("RG407", 3)]


@pytest.mark.parametrize(
    ("column", "cells", "expected"),
    [
        ("merit", ["1.5", "2.5", ""], [("RG419", 3)]),
        ("merit", ["", "2.5", ""], []),
        ("post_rank", ["1", "2", ""], [("RG419", 3)]),
        ("level", ["1", "2", "1"], []),
        ("level", ["1", "2", "3"], []),
    ],
)
def test_what_must_be_the_same_is_compared(tmp_path, column, cells, expected):
    rows = ["2020,u1,a,direct,x", "2020,u1,a,direct,y", "2020,u1,b,head,x", "2020,u1,c,direct,"]
    path = register(tmp_path, *[f"{row},{cell}" for row, cell in zip(rows, [*cells, ""], strict=True)], header=f"{HEADER},{column}")
    assert (findings(path, award="x") if expected else read_register(path, award="x") and []) == expected


def test_an_award_may_stand_at_several_levels_and_the_highest_of_the_year_counts(tmp_path):
    header = f"{HEADER},level,track"
    rows = [
        *("2020,u1,a,direct,bang-khen,3,", "2020,u1,b,head,bang-khen,3,", "2020,u1,b,head,bang-khen,4,", "2020,u1,b,head,bang-khen,5,ad-hoc"),
        *("2021,u1,a,direct,bang-khen,4,", "2021,u1,b,head,bang-khen,,", "2020,u1,c,staff,giay-khen,2,", "2021,u1,c,staff,huy-chuong,,"),
    ]
    history = read_register(register(tmp_path, *rows, header=header), award="bang-khen", is_complete=True)
    assert history.award_levels == {"giay-khen": 2}
    assert {award: level.tolist() for award, level in history.row_levels.items()} == {"bang-khen": [3, 4, 0, 4, 0, 0]}
    assert history.outside["bang-khen"].level.tolist() == [5]
    assert measure(history).indicators["ratchet_index"].value == 1
    flags = [f"{row.replace('bang-khen', '1')}" for row in rows if "bang" in row]
    of_flags = read_register(register(tmp_path, *flags, header=header.replace("award", "is_awarded"), name="flags.csv"), is_complete=True)
    assert of_flags.row_levels["is_awarded"].tolist() == [3, 4, 4, 0]


def test_one_decision_gives_an_award_at_one_level(tmp_path):
    header = f"{HEADER},level,decision_no"
    rows = [
        "2020,u1,a,direct,x,3,1/QD",
        "2020,u1,a,direct,x,4,1/QD",
        "2020,u1,a,direct,y,5,1/QD",
        "2020,u1,b,head,x,6,1/QD",
        "2020,u1,b,head,x,7,2/QD",
    ]
    assert findings(register(tmp_path, *rows, header=header), award="x") == [("RG419", 3)]
    without = [row.replace("1/QD", "").replace("2/QD", "") for row in rows]
    assert read_register(register(tmp_path, *without, header=header, name="b.csv"), award="x", is_complete=True).row_levels["x"].tolist() == [4, 7]
    assert findings(register(tmp_path, *rows, rows[0], header=header, name="c.csv"), award="x") == [("RG419", 3), ("RG407", 7)]


def test_levels_of_rows_go_on_beside_a_headcount(tmp_path):
    winners = register(tmp_path, "2020,u1,a,direct,x,3", "2021,u1,a,direct,x,4", header=f"{HEADER},level")
    heads = register(tmp_path, "2020,u1,direct,3", "2021,u1,direct,3", header="year,unit_id,role,n_members", name="heads.csv")
    assert read_register(winners, headcount=heads).row_levels["x"].tolist() == [3, 4, 0, 0, 0, 0]


def test_an_award_before_its_achievement_is_a_finding(tmp_path):
    path = register(tmp_path, "2020,u1,a,direct,x,2020-05-02,2020-05-01", "2020,u1,b,head,,,", header=f"{HEADER},achieved_on,awarded_on")
    assert findings(path) == [("RG420", 2)]


def test_no_award_of_the_yearly_round_beside_one_outside_it_changes_nothing(tmp_path):
    """Offices keep one line for everybody, and add what was given outside the yearly round."""
    rows = [
        "2024,a,1,head,x,annual,1.5",
        "2024,a,2,direct,,annual,2.5",
        "2024,a,2,direct,x,ad-hoc,2.5",
        "2024,a,3,direct,,annual,",
        "2024,a,3,direct,y,ad-hoc,3",
    ]
    told = []
    header, asked = f"{HEADER},track,merit", {"award": "x", "on_warning": told.append, "is_complete": True}
    history = read_register(register(tmp_path, *rows, header=header), **asked)
    assert [(finding.code, finding.line, finding.fields["n"], finding.severity) for finding in told] == [("RG436", 3, "2", "warning")]
    alone = read_register(register(tmp_path, rows[0], rows[2], rows[4], header=header, name="alone.csv"), **asked)
    assert (len(told), measure(history), history.merit.tolist()) == (1, measure(alone), [1.5, 2.5, 3])
    assert findings(register(tmp_path, *rows, rows[1], header=header), award="x") == [("RG407", 7)]


def test_merit_of_winners_alone_is_said_to_compare_nobody(tmp_path):
    rows = [f"{row},{number % 7 if row.endswith('csttd') else ''}" for number, row in enumerate(rotation())]
    path = register(tmp_path, *rows, header=f"{HEADER},merit")
    measured = measure(read_register(path))
    assert measured.caveats == ()
    assert {measured.indicators[name].caveat for name in ("turn_taking_index", "merit_kappa", "excess_inflation", "regret")} == {MERIT_OF_WINNERS}
    without = measure(read_register(register(tmp_path, *rotation(), name="b.csv")))
    assert {name: found.value for name, found in measured.indicators.items()} == {name: found.value for name, found in without.indicators.items()}
    one_more = register(tmp_path, *rows[:2], rows[2] + "3", *rows[3:], header=f"{HEADER},merit", name="c.csv")
    assert read_register(one_more).merit is not None


@pytest.mark.parametrize("signature", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"], ids=["xlsx", "xls"])
def test_a_workbook_is_named_as_one(tmp_path, signature):
    path = tmp_path / "register.xlsx"
    path.write_bytes(signature + bytes(100))
    assert findings(path) == [("RG416", 1)]
