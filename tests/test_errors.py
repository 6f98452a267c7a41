from __future__ import annotations

import errno
import pickle

import pytest

from simulator.errors import CodeEntry, CodeRegister, Finding, InputError, RunError, Severity, TieuchiError, reason_of


def finding(**changes):
    return Finding(
        **{"code": "CS101", "severity": Severity.ERROR, "file": "criteria/a.yaml", "line": 7, "fields": {"key": "x"}, "english": "plain", **changes}
    )


def test_a_finding_is_one_line():
    assert finding().render() == "criteria/a.yaml:7: CS101 error: plain"
    assert finding(severity=Severity.WARNING).render("hai\n  dòng") == "criteria/a.yaml:7: CS101 warning: hai dòng"


def test_findings_can_be_kept_in_a_set():
    assert len({finding(), finding(), finding(line=8)}) == 2


def test_an_input_error_carries_every_finding():
    error = InputError([finding(), finding(line=9)])
    assert [item.line for item in error.findings] == [7, 9]
    assert str(error).splitlines() == ["criteria/a.yaml:7: CS101 error: plain", "criteria/a.yaml:9: CS101 error: plain"]


@pytest.mark.parametrize("error", [InputError([finding()]), RunError("stopped", fields={"run": "3"})], ids=["input", "run"])
def test_errors_travel_between_processes(error):
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert isinstance(again, TieuchiError)
    assert str(again) == str(error)
    assert vars(again) == vars(error)


REGISTER = CodeRegister(
    {
        "XX101": CodeEntry(Severity.ERROR, "{what} is {found}"),
        "XX201": CodeEntry(Severity.WARNING, "{what} is odd"),
        "YY101": CodeEntry(Severity.ERROR, "{what} is wrong"),
    },
    readable=("YY",),
)


def test_a_register_makes_findings():
    made = REGISTER.make_finding("XX101", "a.yaml", 3, what="share", found="@whole-number")
    assert made.render() == "a.yaml:3: XX101 error: share is whole number"
    assert made.fields == {"what": "share", "found": "@whole-number"}


def test_only_errors_make_a_file_unreadable_and_not_all_of_them():
    assert [REGISTER.make_finding(code, "a", 1, what="x", found="y").is_unreadable for code in REGISTER.entries] == [True, False, False]


@pytest.mark.parametrize(
    ("problem", "word"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "@no-permission"),
        (OSError(errno.ENOSPC, "No space left on device"), "@disk-full"),
        (IsADirectoryError(errno.EISDIR, "Is a directory"), "@not-a-file"),
        (OSError(errno.EXDEV, "Invalid cross-device link"), "@cannot-be-used"),
        (ValueError("embedded null byte"), "@cannot-be-used"),
    ],
)
def test_the_reason_of_the_system_is_a_word_of_the_catalogue(problem, word):
    assert reason_of(problem) == word


def test_a_file_that_is_open_elsewhere_on_windows_is_no_lack_of_permission():
    problem = PermissionError(errno.EACCES, "The process cannot access the file because it is being used by another process")
    problem.winerror = 32
    assert reason_of(problem) == "@in-use"
