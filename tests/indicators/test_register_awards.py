"""Awards are known by id or title, and nobody's name is repeated as that of an award."""

from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.indicators.measurement import measure
from simulator.indicators.register import read_register

HEADER = "year,unit_id,member_id,role,award,track"
NAME = "Nguyễn Văn Mẫu"
FOCUS = "chien-si-thi-dua-co-so"


def register(tmp_path, *awards, track="annual"):
    """List one member for each award."""
    path = tmp_path / "register.csv"
    rows = [f"2024,a,{number},direct,{award},{track if award else ''}" for number, award in enumerate(awards)]
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("chien-si-thi-dua", ("chien-si-thi-dua", f"chien-si-thi-dua-tinh / {FOCUS}")),
        ("chien-si-thi-dua-co-so-", ("…", FOCUS)),
        ("Chiến sĩ thi đua cơ sơ", ("…", FOCUS)),
        ("lao-dong-tien-tein", ("lao-dong-tien-tein", "lao-dong-tien-tien")),
        (FOCUS, None),
        ("Chiến sĩ thi đua cơ sở", None),
        ("giay-khen-cua-phong", None),
        (NAME, None),
    ],
)
def test_an_award_that_is_nearly_a_known_one_is_asked_about(tmp_path, written, told):
    found = []
    read_register(register(tmp_path, written, "", written), award=None, on_warning=found.append)
    mistyped = [(finding.line, finding.fields) for finding in found if finding.code == "RG449"]
    assert mistyped == ([] if told is None else [(2, {"found": told[0], "guess": told[1], "n": "2"})])


def refused(path, award=None):
    with pytest.raises(InputError) as caught:
        read_register(path, award=award)
    assert NAME not in str(caught.value)
    return [(finding.code, finding.line, finding.fields.get("known", finding.fields.get("lines"))) for finding in caught.value.findings]


def read(path, **options):
    told = []
    history = read_register(path, on_warning=told.append, is_complete=True, **options)
    return history, [(finding.code, finding.line, finding.fields["n"], finding.fields["lines"]) for finding in told]


def test_titles_count_as_ids_and_the_usual_title_is_judged(tmp_path):
    path = register(tmp_path, "Chiến sĩ thi đua cơ sở", FOCUS, "lao động  tiên tiến", "")
    history, told = read(path)
    assert (history.focus_award, sorted(history.awards), told) == (FOCUS, [FOCUS, "lao-dong-tien-tien"], [])
    assert history.is_awarded.tolist() == [True, True, False, False]
    assert read(path, award="Lao động tiên tiến")[0].focus_award == "lao-dong-tien-tien"


def test_a_title_and_its_id_in_two_rows_are_one_award_twice(tmp_path):
    path = register(tmp_path, FOCUS, "Chiến sĩ thi đua cơ sở")
    path.write_text(path.read_text(encoding="utf-8").replace("a,1,", "a,0,"), encoding="utf-8")
    assert refused(path) == [("RG407", 3, None)]


def test_without_any_criteria_titles_are_words_like_others(tmp_path):
    path = register(tmp_path, "Lao động tiên tiến", "x")
    with pytest.raises(InputError, match="RG410"):
        read_register(path, workspace=tmp_path)


def test_several_awards_are_listed_and_a_name_among_them_is_told_by_its_line(tmp_path):
    known = "bang-khen, lao-dong-tien-tien, …"
    path = register(tmp_path, "Lao động tiên tiến", NAME, "bang-khen", NAME)
    assert refused(path) == [("RG410", 1, known), ("RG437", 3, "3, 5")]
    assert refused(path, "giay-khen") == [("RG409", 1, known), ("RG437", 3, "3, 5")]


def test_words_that_are_no_ids_are_not_repeated_however_many_people_hold_them(tmp_path):
    """Whoever signs may stand in every row."""
    assert refused(register(tmp_path, NAME, NAME, NAME, "x")) == [("RG410", 1, "x, …"), ("RG437", 2, "2, 3, 4")]
    assert read(register(tmp_path, NAME, NAME, NAME))[0].focus_award == "…"


def test_a_name_is_not_shown_as_the_award_that_was_measured(tmp_path):
    history, told = read(register(tmp_path, NAME, "", ""))
    assert told == [("RG437", 2, "1", "2")]
    assert (history.is_awarded.tolist(), NAME in measure(history).to_json()) == ([True, False, False], False)


def test_many_lines_are_not_all_told(tmp_path):
    found = refused(register(tmp_path, *[f"{NAME} {number}" for number in range(12)]))
    assert found == [("RG410", 1, "…"), ("RG437", 2, "2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …")]


def test_long_service_awards_that_are_asked_for_are_said_to_be_left_out(tmp_path):
    path = register(tmp_path, "x", "huan-chuong", "huan-chuong")
    path.write_text(path.read_text(encoding="utf-8").replace("huan-chuong,annual", "huan-chuong,long-service"), encoding="utf-8")
    assert refused(path, "huan-chuong") == [("RG435", 3, "x")]
    assert refused(path, "y") == [("RG409", 1, "x")]
    assert read(path)[0].awards.keys() == {"x"}
    alone = register(tmp_path, "huan-chuong", track="long-service")
    assert refused(alone, "huan-chuong") == [("RG435", 2, "-")]
    assert not read(alone)[0].is_awarded.any()
