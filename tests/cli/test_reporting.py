"""``report``: files where they were asked for, the main table on stdout; what cannot be is said before anything is run."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from simulator.errors import RunError
from simulator.experiments.studies import KINDS
from simulator.presentation.style import Drawing
from simulator.reporting.batch import Outcome
from simulator.reporting.evidence.contents import Asked, ScenarioEvidence
from simulator.reporting.forms.writers import FORMS
from simulator.reporting.pages.asked_words import command_of
from simulator.reporting.published import Published
from simulator.reporting.verifying import Difference, Verification
from tests.presentation.specimen import specimen_comparison
from tests.reporting.pictures import blank
from tests.reporting.telling import telling_here

LINE = re.compile(r"^[^:\n]+:\d+: [A-Z]{2}\d{3} (error|warning): \S.*$")


def test_report_writes_every_form_and_the_numbers_prints_the_table_and_says_where(run, tmp_path, brief, monkeypatch):
    monkeypatch.setattr(Drawing, "to_svg", blank)  # which files there are does not depend on what is drawn in them
    asked = ("-o", str(tmp_path / "out"), "--workers", "1", "--date", "2026-01-05")
    with telling_here():
        code, out, err = run("report", "hanoi-2021", *asked, workspace=brief)
    assert code == 0, err
    assert "Mức phù hợp giữa khen thưởng và thành tích" in out
    assert f"Báo cáo trong thư mục {tmp_path / 'out'}: {', '.join(f'report.vi.{form}' for form in FORMS)}\n" in out
    redlines = {f"comparison-table.plan-115.vi.{form}" for form in ("docx", "xlsx")}
    reports = {f"report.vi.{form}" for form in (*FORMS, "xlsx")}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"comparison.csv", "comparison.json", *reports, *redlines}
    assert "Ngày 05 tháng 01 năm 2026" in (tmp_path / "out" / "report.vi.html").read_text(encoding="utf-8")
    assert not (brief / "reports" / "output").exists()


@pytest.mark.deep
def test_report_goes_to_the_workspace_and_tells_machines_its_files(run, brief, tmp_path):
    shutil.copytree(brief, tmp_path / "w", ignore=shutil.ignore_patterns("reports"))
    code, out, _ = run("report", "hanoi-2021", "--json", "--lang", "en", "--workers", "1", workspace=tmp_path / "w")
    files = json.loads(out)["files"]
    assert code == 0
    names = [name.rsplit("/", 1)[-1] for name in files]
    assert names[:6] == [*(f"report.en.{form}" for form in (*FORMS, "xlsx")), "comparison.json", "comparison.csv"]
    assert {name.split(".")[0] for name in names[6:]} == {"comparison-table"}
    assert (tmp_path / "w" / "reports" / "output" / "hanoi-2021" / "report.en.html").is_file()


def test_a_wrong_template_is_refused_before_the_simulation(run, place, tmp_path):
    shutil.copytree(place, tmp_path / "w")
    (tmp_path / "w" / "reports" / "templates").mkdir(parents=True)
    (tmp_path / "w" / "reports" / "templates" / "scenario.ipynb").write_text("{", encoding="utf-8")
    code, out, err = run("report", "hanoi-2021", workspace=tmp_path / "w")
    assert (code, out) == (2, "")
    assert "RP105" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("under", ["", "/deeper/still"])
@pytest.mark.parametrize("subjects", [("hanoi-2021",), ("hanoi-2021", "decree-91")])
def test_a_file_where_a_folder_should_be_is_said_before_anything_is_run(run, tmp_path, monkeypatch, under, subjects):
    monkeypatch.setattr("simulator.reporting.evidence.making.make_evidence", None)
    monkeypatch.setattr("simulator.reporting.delivering.deliver_all", None)
    (tmp_path / "out").write_text("x", encoding="utf-8")
    code, out, err = run("report", *subjects, "-o", f"{tmp_path / 'out'}{under}", "--workers", "1")
    assert (code, out) == (2, "")
    (line,) = err.splitlines()
    assert line.startswith(f"{(tmp_path / 'out').as_posix()}:1: CL015 error: ")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "x"


def test_a_letter_no_typeface_has_is_found_before_the_simulation_where_a_pdf_is_asked_for(run, place, tmp_path, monkeypatch):
    shutil.copytree(place, tmp_path / "w", ignore=shutil.ignore_patterns("reports"))
    file = tmp_path / "w" / "scenarios" / "hanoi-2021.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    number = next(position for position, line in enumerate(lines) if "Kế hoạch 115, en: Plan 115" in line)
    lines[number] = lines[number].replace("Kế hoạch 115,", "Kế hoạch 115 語 😀,")
    file.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr("simulator.reporting.evidence.simulated.compare", None)
    code, out, err = run("report", "hanoi-2021", "-o", str(tmp_path / "out"), workspace=tmp_path / "w")
    assert (code, out) == (2, "")
    told = err.splitlines()[-1]
    assert told.startswith(f"scenarios/hanoi-2021.yaml:{number + 1}: RP111 error: ")
    assert "“語” (U+8A9E)" in told
    assert "--to html,docx" in told
    assert not (tmp_path / "out").exists()


def test_only_the_forms_asked_for_are_written(run, brief, tmp_path, monkeypatch):
    monkeypatch.setattr(Drawing, "to_svg", blank)
    with telling_here():
        code, _, err = run("report", "hanoi-2021", "-o", str(tmp_path / "out"), "--workers", "1", "--to", "HTML", workspace=brief)
    assert code == 0, err
    assert sorted(path.name for path in (tmp_path / "out").glob("report.*")) == ["report.vi.html", "report.vi.xlsx"]


@pytest.mark.parametrize(
    "words",
    [
        ("hanoi-2021", "--to", "odt"),
        ("hanoi-2021", "--to", ""),
        ("hanoi-2021", "--to", "html,,"),
        ("hanoi-2021", "--with", "everything"),
        ("hanoi-2021", "--anonymous"),
        ("hanoi-2021", "--award", "x"),
        ("decree-91", "--years", "3"),
        ("decree-91", "--with", "structures"),
        ("hanoi-2021", "--replications", "1"),
        ("hanoi-2021", "--date", "5/13/2026"),
        ("nothing-of-the-kind",),
        (),
    ],
)
def test_what_cannot_be_is_one_line_before_anything_is_run(run, tmp_path, monkeypatch, words):
    monkeypatch.setattr("simulator.reporting.evidence.making.make_evidence", None)
    code, out, err = run("report", *words, "-o", str(tmp_path / "out"))
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_wrong_names_are_told_at_once_before_anything_is_run_and_stop_no_other_report(run, tmp_path, monkeypatch):
    events = []
    monkeypatch.setattr("simulator.presentation.terminal.say", events.append)

    def deliver_all(requests, *_args, **_how):
        events.append([request.subject for request in requests])
        return [Outcome(request.subject, Published((tmp_path / "report.vi.html",), "x")) for request in requests]

    monkeypatch.setattr("simulator.reporting.delivering.deliver_all", deliver_all)
    code, out, _ = run("report", "hanoi-2022", "decree-91", "khong-co", "-o", str(tmp_path / "out"), "--lang", "en")
    assert code == 1
    told = [event if isinstance(event, list) else re.search("RP107 error: .* named “(.*?)”", event)[1] for event in events]
    assert told == ["hanoi-2022", "khong-co", ["decree-91"]]
    assert "(1 made, 2 failed)" in out


def test_wrong_names_alone_are_refused_together(run, tmp_path):
    code, out, err = run("report", "hanoi-2022", "khong-co", "-o", str(tmp_path / "out"))
    assert (code, out) == (2, "")
    first, second = err.splitlines()
    assert "Gần giống: hanoi-2021. Lệnh “tieuchi list”" in first
    assert "“khong-co”. Lệnh “tieuchi list”" in second


def test_the_command_a_report_gives_can_be_typed(run, tmp_path, monkeypatch):
    """The words for studies are those the command line knows."""
    asked = []

    def make_evidence(request, *_args, **_how):
        asked.append(request)
        raise RunError("enough")

    monkeypatch.setattr("simulator.reporting.evidence.making.make_evidence", make_evidence)
    studies = dict.fromkeys(KINDS, object())
    evidence = ScenarioEvidence(Asked("hanoi-2021", replications=2), specimen_comparison(), **studies)
    run(*command_of(evidence).split()[1:], "-o", str(tmp_path / "out"))
    assert [(request.subject, set(request.studies), request.asked.replications) for request in asked] == [("hanoi-2021", set(KINDS), 2)]


@pytest.mark.deep
def test_a_study_asked_for_is_run_and_shown_from_then_on(run, brief, tmp_path, monkeypatch):
    shutil.copytree(brief, tmp_path / "w", ignore=shutil.ignore_patterns("reports"))
    short = ("report", "hanoi-2021", "--workers", "1", "--years", "1", "--to", "html", "--json")
    before = evidence_in(run(*short, workspace=tmp_path / "w"))
    asked = evidence_in(run(*short, "--with", "structures", workspace=tmp_path / "w"))
    monkeypatch.setattr("simulator.reporting.evidence.simulated.compare_structures", None)
    after = evidence_in(run(*short, workspace=tmp_path / "w"))
    assert before["structures"] is None
    assert len(asked["structures"]["structures"]) == 5
    assert after == asked
    assert before["comparison"] == asked["comparison"]


def evidence_in(result):
    code, out, err = result
    assert code == 0, err
    with open(json.loads(out)["files"][0], encoding="utf-8") as page:  # noqa: PTH123 - the name is text
        return json.loads(re.search(r'id="evidence-data">(.*?)</script>', page.read(), re.DOTALL).group(1))


@pytest.mark.parametrize("flags", [(), ("--without-studies",)])
def test_a_report_is_checked_with_its_studies_unless_that_is_asked_and_then_never_called_the_same(run, tmp_path, monkeypatch, flags):
    asked = []

    def verify_report(report, _place, computing, **how):
        asked.append((report.name, computing.store, how["has_studies"]))
        how["begin"]("attribution")
        notes = [] if how["has_studies"] else [Difference("study", "attribution", None, None)]
        return Verification("scenario", "hanoi-2021", "html", same=not notes, n_differences=0, notes=notes)

    monkeypatch.setattr("simulator.reporting.verifying.verify_report", verify_report)
    code, out, err = run("verify", str(tmp_path / "report.vi.html"), "--json", *flags)
    assert asked == [("report.vi.html", None, not flags)]
    assert (code, json.loads(out)["same"], json.loads(out)["differences"]) == (int(bool(flags)), not flags, [])
    assert "Phân tích tác động theo từng điều khoản" in err
