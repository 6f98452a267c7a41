from __future__ import annotations

import subprocess
import sys

import pytest

from simulator.errors import InputError
from simulator.presentation.i18n import describe
from simulator.reporting.evidence.contents import Asked
from simulator.reporting.evidence.making import Request, folder_names, kind_of, kinds_of
from simulator.workspace import find_workspace

WORKSPACE = find_workspace()


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("hanoi-2021", "scenario"),
        ("scenarios/hanoi-2021.yaml", "scenario"),
        ("decree-91", "criteria"),
        ("decree-91+hanoi-letter-3959", "criteria"),
        ("molisa-2019", "criteria"),
        ("criteria/decree-91.yaml", "criteria"),
        ("danh sách.xlsx", "register"),
        ("REGISTER.CSV", "register"),
    ],
)
def test_a_subject_tells_what_it_is(subject, kind):
    assert kind_of(subject, WORKSPACE) == kind


def test_what_is_nothing_is_named_with_what_there_is():
    with pytest.raises(InputError) as caught:
        kind_of("hanoi-2012", WORKSPACE)
    (finding,) = caught.value.findings
    assert (finding.code, finding.fields["found"]) == ("RP107", "hanoi-2012")
    assert finding.fields["known"] == "hanoi-2021"


def test_what_is_like_nothing_there_is_is_not_answered_with_all_there_is():
    with pytest.raises(InputError) as caught:
        kind_of("khong-co", WORKSPACE)
    (finding,) = caught.value.findings
    for lang, words in (("vi", "tieuchi list"), ("en", "tieuchi list")):
        assert words in describe(finding, lang)
        assert "hanoi" not in describe(finding, lang)


def test_of_several_subjects_everything_that_is_wrong_is_told_at_once():
    kinds, findings = kinds_of(("decree-92", "hanoi-2021", "hanoi-2022", "a.csv"), WORKSPACE)
    assert kinds == {"hanoi-2021": "scenario", "a.csv": "register"}
    assert [(finding.code, finding.fields["found"], finding.fields["known"]) for finding in findings] == [
        ("RP107", "decree-92", "decree-91"),
        ("RP107", "hanoi-2022", "hanoi-2021"),
    ]


@pytest.mark.parametrize("name", ["nowhere.yaml", "broken.yaml"])
def test_a_file_that_cannot_be_read_is_said(tmp_path, name):
    (tmp_path / "broken.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(InputError):
        kind_of(str(tmp_path / name), WORKSPACE)


def test_the_folder_of_a_list_never_has_the_name_of_its_file():
    subjects = {"Nguyễn Văn Mẫu.csv": "register", "hanoi-2021": "scenario", "Trần Thị Mẫu.xlsx": "register", "criteria/a?b.yaml": "criteria"}
    asked = [Request(kind, subject, Asked("")) for subject, kind in subjects.items()]
    assert folder_names(asked) == ["register-1", "hanoi-2021", "register-2", "a-b"]
    assert [folder_names([request])[0] for request in asked] == ["register", "hanoi-2021", "register", "a-b"]


def test_who_asks_about_rules_or_a_list_loads_no_simulation():
    code = "import sys, simulator.reporting.evidence.making\nsys.stdout.write(' '.join(sorted({'mesa', 'networkx', 'pandas'} & set(sys.modules))))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == ""
