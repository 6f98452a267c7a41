"""A report that was left alone is the same; whatever is changed in it, in the rules or in the numbers is found and named."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from simulator.errors import InputError
from simulator.experiments.execution.computing import Computing
from simulator.experiments.power import power as power_module
from simulator.experiments.power.power import Design
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.experiments.scenarios.thinning import THINNED_MEMBERS
from simulator.experiments.studies import KINDS
from simulator.model.behaviour import STRUCTURES
from simulator.reporting import verifying as module
from simulator.reporting.evidence import simulated
from simulator.reporting.evidence.contents import Asked, read_evidence
from simulator.reporting.evidence.making import Request, make_evidence
from simulator.reporting.forms.writers import FORMS, WRITERS
from simulator.reporting.publishing import find_template, publish, tell
from simulator.reporting.verifying import verify_report
from simulator.workspace import Workspace
from tests.experiments.conftest import furnish
from tests.experiments.ranges import keep_ranges
from tests.experiments.sensitivity.test_global_sensitivity import SMALL
from tests.reporting.registers import write_register
from tests.reporting.telling import telling_here
from tests.small_hanoi import furnish_small, shorten, thin_out


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A small workspace of its own, whose rules may be changed."""
    return shorten(thin_out(furnish_small(tmp_path_factory.mktemp("workspace"))), ("keep-as-is", "plan-115"), warm_up_years=2)


@pytest.fixture(scope="module")
def done():
    """What was told and run again in this file, by what was asked."""
    return {}


@pytest.fixture
def _each_once(done, monkeypatch, _told_here):
    """Let checking tell and run the same thing once in this file: it is the changed file that each of these tests is about.

    The first time is a real one, beside what the report was made from, so that telling and running again are proved to give the same.
    """
    monkeypatch.setattr(module, "tell", once(done, module.tell, lambda evidence, template, **_: (evidence.to_json(), template)))
    asked = once(done, module.make_evidence, lambda request, workspace, *_, **__: (repr(request), workspace.root))
    monkeypatch.setattr(module, "make_evidence", asked)


def once(done, run, name_of):
    """Give what is run its result again where the same was asked before."""

    def run_once(*given, **more):
        name = run, name_of(*given, **more)
        if name not in done:
            done[name] = run(*given, **more)
        return done[name]

    return run_once


@pytest.fixture(scope="module")
def outline(place):
    """A report, laid out."""
    evidence = make_evidence(Request("scenario", "hanoi-2021", Asked("", replications=2, years=2)), place, Computing())
    with telling_here():
        return tell(evidence, find_template("scenario", place.templates))


@pytest.fixture(scope="module")
def reports(outline, tmp_path_factory):
    """The same report in every form."""
    folder = tmp_path_factory.mktemp("reports")
    for form, write in WRITERS.items():
        write(outline, folder / f"report.vi.{form}")
    return {form: folder / f"report.vi.{form}" for form in FORMS}


@pytest.mark.usefixtures("_each_once")
@pytest.mark.parametrize("form", FORMS)
def test_a_report_left_alone_is_the_same(reports, place, form):
    found = verify_report(reports[form], place, Computing())
    assert (found.differences, found.notes, found.n_differences) == ([], [], 0)
    assert found.same
    assert (found.kind, found.subject, found.form) == ("scenario", "hanoi-2021", form)


@pytest.mark.deep
@pytest.mark.usefixtures("_each_once")
def test_a_report_on_a_list_left_alone_is_the_same_when_the_list_is_measured_again(place, tmp_path):
    """The order of what a list tells is that of the report, also where the report is read back."""
    register = write_register(tmp_path / "list.csv", columns=("merit",))
    request = Request("register", str(register), Asked("", date="2026-11-22"))
    publish(make_evidence(request, place, Computing()), find_template("register", place.templates), tmp_path)
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


@pytest.mark.usefixtures("_each_once")
def test_a_word_changed_by_hand_is_found_with_what_it_was(reports, place, tmp_path):
    path = changed_page(reports, tmp_path, lambda text: text.replace("DỰ THẢO", "CHÍNH THỨC", 1))
    found = verify_report(path, place, Computing())
    assert not found.same
    assert [(each.kind, each.report, each.again) for each in found.differences] == [("words", "CHÍNH THỨC", "DỰ THẢO")]


@pytest.mark.usefixtures("_each_once")
@pytest.mark.deep
def test_a_picture_changed_by_hand_is_found(reports, place, tmp_path):
    path = changed_page(reports, tmp_path, lambda text: text.replace('<path d="M', '<path d="M 0 0 L', 1))
    assert [each.kind for each in verify_report(path, place, Computing()).differences] == ["file"]


@pytest.mark.usefixtures("_each_once")
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


@pytest.mark.usefixtures("_each_once")
def test_words_that_a_style_sheet_adds_are_found_and_told(reports, place, tmp_path):
    path = changed_page(reports, tmp_path, lambda text: text.replace("</style>", "h1::after{content:' GIẢ'}</style>", 1))
    found = verify_report(path, place, Computing())
    assert not found.same
    assert [(each.kind, each.where, each.report, each.again) for each in found.differences] == [
        ("file", "style-sheet", "h1::after{content:' GIẢ'}", None)
    ]


def carried(text, change):
    """Change what a page carries, and nothing a reader sees."""

    def changed(found):
        content = json.loads(found[2])
        change(content)
        return found[1] + json.dumps(content, ensure_ascii=False).replace("<", "\\u003c") + found[3]

    return re.sub(r'(<script type="application/json" id="evidence-data">)(.*?)(</script>)', changed, text, flags=re.DOTALL)


@pytest.mark.usefixtures("_each_once")
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


@pytest.mark.usefixtures("_told_here", "_pictures_aside")
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


@pytest.mark.parametrize(
    ("files", "known"), [((), "report.vi.html"), (("report.vi.docx", "report.en.pdf", "comparison.json"), "report.en.pdf, report.vi.docx")]
)
def test_of_a_folder_it_is_said_which_file_to_name(tmp_path, place, files, known):
    for name in files:
        (tmp_path / name).touch()
    with pytest.raises(InputError) as caught:
        verify_report(tmp_path, place, Computing())
    (finding,) = caught.value.findings
    assert (finding.code, finding.fields["known"][: len(known)]) == ("RP304", known)
    assert "comparison.json" not in finding.fields["known"]


@pytest.mark.parametrize(("name", "problem"), [("there", "@no-ending"), ("nowhere", "@no-such-file")])
def test_a_name_without_an_ending_is_refused_with_a_reason(tmp_path, place, name, problem):
    (tmp_path / "there").touch()
    assert found_of(tmp_path / name, place) == [("RP301", problem)]


def test_a_report_of_another_version_that_cannot_be_read_says_which(reports, place, tmp_path):
    def change(content):
        content["comparison"]["a-key-of-tomorrow"] = 1

    with pytest.raises(InputError) as caught:
        verify_report(changed_page(reports, tmp_path, lambda text: carried(text, change)), place, Computing())
    (finding,) = caught.value.findings
    assert finding.code == "RP302"
    assert finding.fields["found"] != "?"


FEW_LISTS = partial(Design, turns=(("none", 0.0), ("lot", 0.0), ("weighed", 0.25)), units=((4, 1),), years=(3,), bonuses=(0.0,))


@pytest.fixture(autouse=True)
def _small_plan(monkeypatch):
    """Let what varies everything at once, and what plants lists, be run again as small as it was."""
    monkeypatch.setattr(simulated, "GlobalPlan", lambda: SMALL)
    monkeypatch.setattr(power_module, "Design", FEW_LISTS)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A workspace in which studies take a second: a few units, one option, one assumption with a range."""
    desk = furnish(tmp_path_factory.mktemp("desk") / "w")
    keep_ranges(desk.scenarios / "assumptions.yaml", {"rank_weight"})
    return desk


@pytest.fixture(scope="module")
def studied(desk, studied_again):
    """What a report stands on that has every study."""
    scenario = load_scenario("tiny", desk).with_(replications=2, years=1)
    with pytest.MonkeyPatch.context() as patch:
        study_once(studied_again, patch)
        patch.setattr(power_module, "Design", FEW_LISTS)
        evidence = make_evidence(Request("scenario", "tiny", Asked("", replications=2, years=1), studies=("structures",)), desk, Computing())
        attribution = simulated.attribute(scenario, replications=2, members=None, workspace=desk)
        tipping = simulated.find_tipping(scenario, Computing(), futures=4, replications=2, members=THINNED_MEMBERS)
        plan = SMALL.with_replications(2)
        together = simulated.find_global_sensitivity(scenario, Computing(), method="sobol", plan=plan, members=None)
        alone = simulated.find_sensitivity(scenario, Computing(), replications=2, members=None)
        paperwork = simulated.paperwork_of_scenario(scenario, Computing(), desk, replications=2, members=None)
        power = simulated.power_of_scenario(scenario, Computing(), replications=2, members=THINNED_MEMBERS)
    studies = {"attribution": attribution, "global_sensitivity": together, "sensitivity": alone, "tipping": tipping}
    return replace(evidence, **studies, paperwork=paperwork, power=power)


@pytest.fixture
def check(desk, monkeypatch):
    """Give a way to check the results a report carries, its words apart."""

    def check(evidence, **how):
        monkeypatch.setattr(module, "_evidence_in", lambda *_: read_evidence(evidence.to_json()))
        monkeypatch.setattr(module, "_compare_words", lambda *_: iter(()))
        return verify_report(Path("report.vi.html"), desk, how.pop("computing", Computing()), **how)

    return check


STUDIES = (
    "attribute",
    "compare_structures",
    "find_global_sensitivity",
    "find_sensitivity",
    "find_tipping",
    "paperwork_of_scenario",
    "power_of_scenario",
)
"""What runs a study, as it is called where evidence is made."""


@pytest.fixture(scope="module")
def studied_again():
    """What was compared and studied again in this file, by what was asked."""
    return {}


@pytest.fixture
def _each_study_once(studied_again, monkeypatch):
    """Let the same study of the same scenario be run once in this file: it is the forged number that each of these tests is about.

    What is asked for in another way than the report was made is run again. That the same study gives the same again, its own tests prove, and here the deep ones.
    """
    study_once(studied_again, monkeypatch)


def study_once(studied_again, patch):
    def asked(scenario, *given, **how):
        """Tell all that was asked for, and leave out who computes and who listens."""
        sizes = {name: repr(value) for name, value in how.items() if name in {"replications", "members", "futures", "method", "plan"}}
        return repr(scenario), [repr(each) for each in given if not isinstance(each, Computing)], sorted(sizes.items())

    for run in ("compare", *STUDIES):
        patch.setattr(simulated, run, once(studied_again, getattr(simulated, run), lambda *given, **how: repr(asked(*given, **how))))


class NoStore:
    """A store that must not be asked."""

    def __getattr__(self, name):
        raise AssertionError(name)


@pytest.mark.deep
@pytest.mark.usefixtures("_each_study_once")
def test_a_report_is_the_same_when_all_its_studies_were_run_again_and_nothing_was_looked_up(studied, check, studied_again):
    studied_again.clear()  # so that all of it is really run again here
    begun = []
    found = check(studied, computing=Computing(store=NoStore()), begin=begun.append)
    assert (found.same, found.differences, found.notes) == (True, [], [])
    assert begun == [*STRUCTURES, "global_sensitivity", "sensitivity", "tipping", "attribution", "paperwork", "power"]


@pytest.mark.usefixtures("_each_study_once")
def test_studies_that_are_left_out_are_named_and_the_report_is_not_called_the_same(studied, check, monkeypatch):
    for run in STUDIES:
        monkeypatch.setattr(simulated, run, None)
    found = check(studied, has_studies=False)
    assert (found.same, found.differences, found.n_differences) == (False, [], 0)
    assert [(each.kind, each.where) for each in found.notes] == [("study", name) for name in KINDS]
    assert check(only(studied), has_studies=False).same


def only(evidence, *names):
    """Take all other studies away."""
    return replace(evidence, **dict.fromkeys(KINDS.keys() - set(names)))


RECORDS = {
    "attribution": (("options", 0, "indicators", "leader_share", "parts", 0), "value"),
    "structures": (("options", 1, "indicators", "leader_share", "by_structure", STRUCTURES[-1]), "value"),
    "global_sensitivity": (("options", 0, "differences", "excess_inflation"), "difference"),
    "sensitivity": (("options", 0, "differences", "excess_inflation"), "difference"),
    "tipping": (("options", 0, "differences", "turn_taking_index"), "mean"),
    "paperwork": (("options", 1, "quantities", "dossiers"), "value"),
    "power": (("turns", 0, "found"), "rate"),
}
"""Kind of study → the record in it that is forged, and its field."""


def forged(evidence, *names):
    """Change one number of each of some studies, and leave the other studies out."""
    content = only(evidence, *names).to_dict()
    for name in names:
        way, field = RECORDS[name]
        record = content[name]
        for step in way:
            record = record[step]
        record[field] += 0.25
    return read_evidence(json.dumps(content))


@pytest.mark.usefixtures("_each_study_once")
@pytest.mark.parametrize("name", KINDS)
def test_a_study_that_alone_was_forged_is_found(studied, check, name):
    found = check(forged(studied, name))
    (difference,) = found.differences
    assert (found.same, difference.kind, difference.where.partition("/")[0]) == (False, "number", name)
    assert difference.report == pytest.approx(difference.again + 0.25)


@pytest.mark.usefixtures("_each_study_once", "_told_here")
@pytest.mark.deep
def test_studies_forged_in_their_results_and_their_words_alike_are_found(studied, desk, tmp_path):
    found = verify_report(published(forged(studied, *KINDS), desk, tmp_path), desk, Computing())
    assert sorted((each.kind, each.where.partition("/")[0]) for each in found.differences) == sorted(("number", name) for name in KINDS)


@pytest.mark.usefixtures("_each_study_once")
@pytest.mark.deep
def test_a_report_with_every_study_is_the_same_from_its_file(studied, desk, tmp_path):
    assert verify_report(published(studied, desk, tmp_path), desk, Computing()).same


def published(evidence, desk, folder):
    publish(evidence, find_template("scenario", desk.templates), folder, forms=("html",))
    return folder / "report.vi.html"


@pytest.mark.usefixtures("_each_study_once")
def test_a_study_said_to_have_been_run_more_often_is_found(studied, check):
    found = check(replace(only(studied, "attribution"), attribution=replace(studied.attribution, replications=3)))
    assert {each.where.partition("/")[0] for each in found.differences} == {"attribution"}
    assert "attribution/replications" not in {each.where for each in found.differences}


def test_a_report_that_claims_another_seed_is_found(studied, desk, check):
    """Made with a lucky seed, and said to be made with that of the scenario."""
    asked = Asked("", replications=2, years=1, seed=12)
    lucky = make_evidence(Request("scenario", "tiny", asked), desk, Computing())
    made = replace(lucky.comparison.provenance, seeds=studied.comparison.provenance.seeds)
    comparison = replace(lucky.comparison, seed=studied.comparison.seed, provenance=made)
    found = check(replace(lucky, asked=replace(lucky.asked, seed=None), comparison=comparison))
    assert {each.kind for each in found.differences} == {"number", "rules"}
    assert found.n_differences > module._MOST_TOLD
    assert check(lucky).same


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("asked", "replications", 1),
        ("asked", "replications", 1001),
        ("asked", "years", 0),
        ("asked", "years", 10**9),
        ("asked", "seed", -1),
        ("asked", "seed", 2**63),
        ("attribution", "replications", 10**6),
        ("global_sensitivity", "replications", 10**6),
        ("sensitivity", "replications", 0),
        ("structures", "replications", 10**6),
        ("tipping", "replications", 1),
        ("tipping", "futures", 0),
        ("tipping", "futures", 10**6),
    ],
)
def test_what_no_command_could_have_asked_for_is_refused_before_anything_runs(studied, desk, tmp_path, monkeypatch, part, name, value):
    content = studied.to_dict()
    content[part][name] = value
    monkeypatch.setattr(module, "make_evidence", None)
    path = tmp_path / "report.vi.html"
    path.write_text(f'<script type="application/json" id="evidence-data">{json.dumps(content)}</script>', encoding="utf-8")
    assert found_of(path, desk) == [("RP301", "@not-askable")]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 0.98, 0.9999])
def test_a_truncated_report_is_refused_or_found(reports, outline, place, tmp_path, monkeypatch, form, share):
    """A copy that broke off is never called the same, and never ends in an error nobody foresaw."""
    monkeypatch.setattr(module, "tell", lambda *_: outline)
    monkeypatch.setattr(module, "make_evidence", lambda *_, **__: module._evidence_in(reports["html"], "html"))
    whole = reports[form].read_bytes()
    path = tmp_path / f"report.vi.{form}"
    path.write_bytes(whole[: int(len(whole) * share)])
    assert found_of(path, place) in (False, [("RP301", "@no-report-data")])


def found_of(path, place):
    """Give whether a file is called the same, or the reasons for which it is refused."""
    try:
        return verify_report(path, place, Computing()).same
    except InputError as error:
        return [(finding.code, finding.fields["problem"]) for finding in error.findings]


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


@pytest.mark.usefixtures("_each_once")
def test_a_word_document_changed_in_word_is_found(reports, place, tmp_path):
    change = {"word/document.xml": lambda content: content.replace("DỰ THẢO".encode(), "CHÍNH THỨC".encode(), 1)}
    found = verify_report(repacked(reports, tmp_path / "report.vi.docx", change), place, Computing())
    assert [(each.kind, each.report, each.again) for each in found.differences] == [("words", "CHÍNH THỨC", "DỰ THẢO")]


@pytest.mark.usefixtures("_each_once")
def test_words_put_into_a_header_are_found_with_their_place(reports, place, tmp_path):
    with ZipFile(reports["docx"]) as archive:
        part = next(name for name in archive.namelist() if name.startswith("word/header"))
    words = b"<w:p><w:r><w:t>BAN HANH</w:t></w:r></w:p></w:hdr>"
    path = repacked(reports, tmp_path / "report.vi.docx", {part: lambda content: content.replace(b"</w:hdr>", words)})
    (found,) = verify_report(path, place, Computing()).differences
    assert (found.kind, found.where.rpartition(":")[0], found.report, found.again) == ("words", part, "BAN HANH", None)


@pytest.mark.usefixtures("_each_once")
@pytest.mark.deep
@pytest.mark.parametrize("part", ["word/styles.xml", "word/_rels/document.xml.rels", "word/another.xml"])
def test_a_word_document_changed_out_of_sight_is_found(reports, place, tmp_path, part):
    found = verify_report(repacked(reports, tmp_path / "report.vi.docx", {part: lambda content: content + b" "}), place, Computing())
    assert [each.kind for each in found.differences] == ["file"]


@pytest.mark.usefixtures("_each_once")
def test_a_document_that_would_fill_the_memory_is_refused(reports, place, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_MOST_INFLATED", 1_000_000)
    path = repacked(reports, tmp_path / "report.vi.docx", {"word/another.xml": lambda _: b" " * 1_000_001})
    with pytest.raises(InputError) as caught:
        verify_report(path, place, Computing())
    assert [finding.code for finding in caught.value.findings] == ["RP301"]


@pytest.mark.usefixtures("_each_once")
def test_a_document_without_its_words_is_refused(reports, place, tmp_path):
    path = tmp_path / "report.vi.docx"
    with ZipFile(reports["docx"]) as source, ZipFile(path, "w") as target:
        for name in source.namelist():
            if name != "word/document.xml":
                target.writestr(name, source.read(name))
    with pytest.raises(InputError):
        verify_report(path, place, Computing())


@pytest.mark.usefixtures("_each_once")
def test_a_report_on_a_set_is_the_same(place, tmp_path):
    evidence = make_evidence(Request("criteria", "molisa-2019", Asked("", lang="en")), place, Computing())
    publish(evidence, find_template("criteria", place.templates), tmp_path)
    for form in FORMS:
        assert verify_report(tmp_path / f"report.en.{form}", place, Computing()).same


@pytest.mark.usefixtures("_each_once")
def test_a_report_on_a_list_is_the_same_for_the_same_list_alone(place, tmp_path):
    path = write_register(tmp_path / "list.csv", units=8, size=8, years=[2020, 2021, 2022])
    request = Request("register", str(path), Asked(""))
    publish(make_evidence(request, place, Computing()), find_template("register", place.templates), tmp_path, forms=("html",))
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
    publish(make_evidence(request, elsewhere, Computing()), find_template("scenario", place.templates), tmp_path, forms=("html",))
    assert verify_report(tmp_path / "report.vi.html", elsewhere, Computing(), inputs=request).same
