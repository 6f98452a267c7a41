"""A report that was left alone is the same; whatever is changed in it, in the rules or in the numbers is found and named."""

from __future__ import annotations

import json
import re
import shutil
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from simulator.errors import InputError
from simulator.experiments.computing import Computing
from simulator.reporting import verifying as module
from simulator.reporting.evidence.contents import Asked
from simulator.reporting.evidence.making import Request, make_evidence
from simulator.reporting.forms.writers import FORMS
from simulator.reporting.publishing import find_template, publish_report
from simulator.reporting.verifying import verify_report
from simulator.workspace import Workspace, find_workspace
from tests.reporting.registers import write_register


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A small workspace of its own, whose rules may be changed."""
    ours, root = find_workspace().root, tmp_path_factory.mktemp("workspace")
    for folder in ("criteria", "scenarios"):
        shutil.copytree(ours / folder, root / folder)
    scenario = root / "scenarios" / "hanoi-2021.yaml"
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(re.sub(r"warm_up_years: \d+", "warm_up_years: 2", text), encoding="utf-8")
    return Workspace(root)


@pytest.fixture(scope="module")
def reports(place, tmp_path_factory):
    """The same report in every form."""
    folder = tmp_path_factory.mktemp("reports")
    evidence = make_evidence(Request("scenario", "hanoi-2021", Asked("", replications=2, years=2)), place, Computing())
    publish_report(evidence, find_template("scenario", place.templates), folder)
    return {form: folder / f"report.vi.{form}" for form in FORMS}


@pytest.mark.parametrize("form", FORMS)
def test_a_report_left_alone_is_the_same(reports, place, form):
    found = verify_report(reports[form], place, Computing())
    assert (found.differences, found.notes, found.n_differences) == ([], [], 0)
    assert found.same
    assert (found.kind, found.subject, found.form) == ("scenario", "hanoi-2021", form)


def test_a_report_on_a_list_left_alone_is_the_same_when_the_list_is_measured_again(place, tmp_path):
    """The order of what a list tells is that of the report, also where the report is read back."""
    register = write_register(tmp_path / "list.csv", columns=("merit",))
    request = Request("register", str(register), Asked("", date="2026-11-22"))
    publish_report(make_evidence(request, place, Computing()), find_template("register", place.templates), tmp_path)
    for form in FORMS:
        found = verify_report(tmp_path / f"report.vi.{form}", place, Computing(), inputs=request)
        assert (found.kind, found.same, found.differences, found.notes) == ("register", True, [], [])


def changed_page(reports, tmp_path, change):
    path = tmp_path / "report.vi.html"
    text = reports["html"].read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    path.write_text(changed, encoding="utf-8", newline="\n")
    return path


def test_a_word_changed_by_hand_is_found_with_what_it_was(reports, place, tmp_path):
    path = changed_page(reports, tmp_path, lambda text: text.replace("DỰ THẢO", "CHÍNH THỨC", 1))
    found = verify_report(path, place, Computing())
    assert not found.same
    assert [(each.kind, each.report, each.again) for each in found.differences] == [("words", "CHÍNH THỨC", "DỰ THẢO")]


@pytest.mark.deep
def test_a_picture_changed_by_hand_is_found(reports, place, tmp_path):
    path = changed_page(reports, tmp_path, lambda text: text.replace('<path d="M', '<path d="M 0 0 L', 1))
    assert [each.kind for each in verify_report(path, place, Computing()).differences] == ["file"]


@pytest.mark.deep
def test_of_two_options_under_one_id_none_hides_behind_the_other(reports, place, tmp_path):
    """What is shown twice, once forged, must not be compared once."""

    def change(content):
        options = content["comparison"]["options"]
        forged = json.loads(json.dumps(options[1]))
        forged["indicators"]["gini"]["value"] = 0.001
        options.insert(1, forged)

    found = verify_report(changed_page(reports, tmp_path, lambda text: carried(text, change)), place, Computing())
    assert any(each.kind == "number" and each.where.endswith("/gini/value") for each in found.differences)


@pytest.mark.deep
def test_nothing_that_is_added_out_of_sight_passes(reports, place, tmp_path):
    path = changed_page(reports, tmp_path, lambda text: text.replace("</head>", "<style>body::after{content:'BAN HÀNH'}</style></head>"))
    found = verify_report(path, place, Computing())
    assert [each.kind for each in found.differences] == ["file"]
    assert not found.same


def carried(text, change):
    """Change what a page carries, and nothing a reader sees."""

    def changed(found):
        content = json.loads(found[2])
        change(content)
        return found[1] + json.dumps(content, ensure_ascii=False).replace("<", "\\u003c") + found[3]

    return re.sub(r'(<script type="application/json" id="evidence-data">)(.*?)(</script>)', changed, text, flags=re.DOTALL)


def test_a_result_that_running_again_does_not_give_is_found(reports, place, tmp_path):
    def change(content):
        content["comparison"]["options"][1]["indicators"]["gini"]["value"] += 1e-12

    found = verify_report(changed_page(reports, tmp_path, lambda text: carried(text, change)), place, Computing())
    assert "comparison/options/1:plan-115/indicators/gini/value" in {each.where for each in found.differences if each.kind == "number"}
    assert len([each for each in found.differences if each.kind == "number"]) == 1


@pytest.mark.deep
def test_another_version_is_a_note_and_no_difference(reports, place, tmp_path):
    def change(content):
        content["comparison"]["provenance"]["versions"]["numpy"] = "1.0"

    path = changed_page(reports, tmp_path, lambda text: carried(text, change))
    version = re.search(r"numpy.{0,200}?<td>([0-9.]+)", path.read_text(encoding="utf-8"), re.DOTALL)[1]
    path.write_text(
        re.sub(rf"(numpy.{{0,200}}?<td>){re.escape(version)}", r"\g<1>1.0", path.read_text(encoding="utf-8"), flags=re.DOTALL),
        encoding="utf-8",
        newline="\n",
    )
    found = verify_report(path, place, Computing())
    assert ("program", "comparison/provenance/versions/numpy", "1.0") in [(each.kind, each.where, each.report) for each in found.notes]
    assert [each for each in found.differences if each.kind != "words"] == []


def test_other_rules_today_are_named_with_the_numbers_they_move(reports, place, tmp_path):
    shutil.copytree(place.root, tmp_path / "w")
    plan = tmp_path / "w" / "criteria" / "decree-91.yaml"
    rules = plan.read_text(encoding="utf-8")
    plan.write_text(rules.replace("share: 0.15", "share: 0.3"), encoding="utf-8")
    assert plan.read_text(encoding="utf-8") != rules
    found = verify_report(reports["html"], Workspace(tmp_path / "w"), Computing())
    assert {each.kind for each in found.differences} >= {"rules", "number"}
    assert any(each.where.endswith("hashes/decree-91") for each in found.differences)
    assert found.n_differences > len(found.differences)
    assert [each.kind for each in found.differences].count("number") == module._MOST_TOLD


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("nowhere.html", None, "RP301"),
        ("report.odt", b"PK", "RP301"),
        ("report.html", b"<html></html>", "RP301"),
        ("nested.html", b'<script type="application/json" id="evidence-data">' + b"[" * 200_000 + b"</script>", "RP301"),
        ("list.html", b'<script type="application/json" id="evidence-data">[1]</script>', "RP302"),
        *((f"report.{form}", b"nonsense", "RP301") for form in FORMS),
    ],
)
def test_what_is_no_report_is_refused(tmp_path, place, name, content, code):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        verify_report(path, place, Computing())
    assert [finding.code for finding in caught.value.findings] == [code]


def test_a_report_of_another_version_that_cannot_be_read_says_which(reports, place, tmp_path):
    def change(content):
        content["comparison"]["a-key-of-tomorrow"] = 1

    with pytest.raises(InputError) as caught:
        verify_report(changed_page(reports, tmp_path, lambda text: carried(text, change)), place, Computing())
    (finding,) = caught.value.findings
    assert finding.code == "RP302"
    assert finding.fields["found"] != "?"


def test_a_study_that_was_not_run_again_is_a_note():
    class Before:
        def to_dict(self):
            return {"structures": {"options": [{"id": "a", "value": 1.0}]}, "comparison": {"value": 1.0}}

    class After:
        def to_dict(self):
            return {"structures": None, "comparison": {"value": 1.0}}

    assert [(each.kind, each.where) for each in module._compare_results(Before(), After())] == [("study", "structures")]
    assert list(module._compare_results(After(), After())) == []


def repacked(reports, path, changes):
    """Write the Word document anew with some parts changed, or added."""
    with ZipFile(reports["docx"]) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            changed = changes.get(name, lambda same: same)(content)
            assert name not in changes or changed != content
            target.writestr(name, changed)
        for name in changes.keys() - set(source.namelist()):
            target.writestr(name, changes[name](b""))
    return path


def test_a_word_document_changed_in_word_is_found(reports, place, tmp_path):
    change = {"word/document.xml": lambda content: content.replace("DỰ THẢO".encode(), "CHÍNH THỨC".encode(), 1)}
    found = verify_report(repacked(reports, tmp_path / "report.vi.docx", change), place, Computing())
    assert [(each.kind, each.report, each.again) for each in found.differences] == [("words", "CHÍNH THỨC", "DỰ THẢO")]


@pytest.mark.deep
@pytest.mark.parametrize("part", ["word/styles.xml", "word/_rels/document.xml.rels", "word/another.xml"])
def test_a_word_document_changed_out_of_sight_is_found(reports, place, tmp_path, part):
    found = verify_report(repacked(reports, tmp_path / "report.vi.docx", {part: lambda content: content + b" "}), place, Computing())
    assert [each.kind for each in found.differences] == ["file"]


def test_a_document_that_would_fill_the_memory_is_refused(reports, place, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_MOST_INFLATED", 1_000_000)
    path = repacked(reports, tmp_path / "report.vi.docx", {"word/another.xml": lambda _: b" " * 1_000_001})
    with pytest.raises(InputError) as caught:
        verify_report(path, place, Computing())
    assert [finding.code for finding in caught.value.findings] == ["RP301"]


def test_a_document_without_its_words_is_refused(reports, place, tmp_path):
    path = tmp_path / "report.vi.docx"
    with ZipFile(reports["docx"]) as source, ZipFile(path, "w") as target:
        for name in source.namelist():
            if name != "word/document.xml":
                target.writestr(name, source.read(name))
    with pytest.raises(InputError):
        verify_report(path, place, Computing())


@pytest.mark.parametrize("form", FORMS)
def test_a_report_on_a_set_is_the_same(place, tmp_path, form):
    evidence = make_evidence(Request("criteria", "molisa-2019", Asked("", lang="en")), place, Computing())
    publish_report(evidence, find_template("criteria", place.templates), tmp_path, forms=(form,))
    assert verify_report(tmp_path / f"report.en.{form}", place, Computing()).same


def test_a_report_on_a_list_is_the_same_for_the_same_list_alone(place, tmp_path):
    path = write_register(tmp_path / "list.csv", units=8, size=8, years=[2020, 2021, 2022])
    request = Request("register", str(path), Asked(""))
    publish_report(make_evidence(request, place, Computing()), find_template("register", place.templates), tmp_path, forms=("html",))
    report = tmp_path / "report.vi.html"
    assert verify_report(report, place, Computing(), inputs=request).same
    with pytest.raises(InputError) as caught:
        verify_report(report, place, Computing())
    assert [finding.code for finding in caught.value.findings] == ["RP303"]
    other = write_register(tmp_path / "other.csv", units=8, size=8, years=[2020, 2021, 2022], seed=2)
    found = verify_report(report, place, Computing(), inputs=Request("register", str(other), Asked("")))
    assert {each.kind for each in found.differences} >= {"rules", "number"}


@pytest.mark.deep
def test_a_report_on_a_file_elsewhere_is_checked_against_that_file(place, tmp_path):
    path = tmp_path / "hanoi-2021.yaml"
    shutil.copy(place.scenarios / "hanoi-2021.yaml", path)
    elsewhere = Workspace(tmp_path / "w")
    shutil.copytree(place.root, elsewhere.root)
    (elsewhere.scenarios / "hanoi-2021.yaml").unlink()
    request = Request("scenario", str(path), Asked("", replications=2, years=1))
    publish_report(make_evidence(request, elsewhere, Computing()), find_template("scenario", place.templates), tmp_path, forms=("html",))
    assert verify_report(tmp_path / "report.vi.html", elsewhere, Computing(), inputs=request).same
