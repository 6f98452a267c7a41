"""The register report, page by page, of lists as good and as odd as offices keep them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.presentation.i18n import translate
from simulator.presentation.registers.leader_sentences import say_leaders
from simulator.presentation.registers.measurement_figures import drawn_indicators
from simulator.presentation.registers.measurement_sentences import main_findings
from simulator.presentation.style import Drawing
from simulator.presentation.wording import indicator_name, sentence_case
from simulator.reporting.document import Bullets, FigureBlock, Paragraph, TableBlock
from simulator.reporting.forms.html import export_html
from simulator.reporting.pages.register import RegisterPages
from tests.presentation.test_wording import BANNED
from tests.reporting.pictures import blank
from tests.reporting.registers import ORDER, evidence_of_register, outline_of_register, write_register


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    return evidence_of_register(write_register(tmp_path_factory.mktemp("list") / "list.csv", columns=("merit", "level", "track", "note")))


def words_of(outline):
    return export_html(outline)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_front_tells_what_was_measured_and_the_main_findings(evidence, lang):
    front = RegisterPages(evidence, lang, "2026-01-05").front()
    roles = {block.role: block.text for block in front.blocks if isinstance(block, Paragraph)}
    assert front.title == translate("report.register.title", lang)
    assert roles["stamp"] == translate("report.stamp", lang)
    assert roles["date"] == {"vi": "Ngày 05 tháng 01 năm 2026", "en": "5 January 2026"}[lang]
    assert {"vi": "24 đơn vị", "en": "24 units"}[lang] in roles["lead"]
    assert [block.items for block in front.blocks if isinstance(block, Bullets)] == [
        [*main_findings(evidence.measurement, lang), *say_leaders(evidence.measurement, lang)]
    ]
    blank = RegisterPages(evidence, lang).front()
    assert translate("report.register.no-date", lang) in [block.text for block in blank.blocks if isinstance(block, Paragraph)]


@pytest.mark.usefixtures("_blank_pictures")
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nothing_measured_is_called_simulated(evidence, lang):
    html = words_of(outline_of_register(evidence, lang))
    assert translate("table.simulated", lang) not in html
    for word in BANNED if lang == "vi" else ():
        assert word not in html.lower()


@pytest.mark.usefixtures("_blank_pictures")
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_list_of_winners_is_called_so_on_the_first_page_and_what_it_lacks_is_told(lang, tmp_path):
    path = write_register(tmp_path / "list.csv", n_awards=14)
    found = evidence_of_register(path, lang=lang)
    assert found.contents.tells["members"] == "no"
    note = translate("report.register.winners-only", lang)
    assert note in [block.text for block in RegisterPages(found, lang).front().blocks if isinstance(block, Paragraph)]
    needs = str(RegisterPages(found, lang).needs())
    assert translate("report.register.need.winners-only", lang) in needs
    complete = evidence_of_register(path, lang=lang, is_complete=True)
    assert (complete.asked.is_complete, complete.contents.tells["members"]) == (True, "yes")
    assert complete.measurement.indicators["award_rate"].value == 1
    assert note not in words_of(outline_of_register(complete))


@pytest.mark.usefixtures("_blank_pictures")
def test_every_question_has_its_figure_and_every_number_of_it_stands_in_the_annex_once(evidence):
    results = RegisterPages(evidence, "vi").results()
    figures = [block for block in results.blocks if isinstance(block, FigureBlock)]
    assert len(figures) == len(drawn_indicators(evidence.measurement)) >= 4
    assert all(figure.alt and figure.says for figure in figures)
    assert not any(isinstance(block, TableBlock) for block in results.blocks)
    captions = [table.caption for _, table in outline_of_register(evidence).tables()]
    assert len(captions) == len(set(captions))
    (annex,) = [block.table for block in RegisterPages(evidence, "vi").annex().blocks]
    told = [row.header for group in annex.groups for row in group.rows]
    for names in drawn_indicators(evidence.measurement).values():
        for name in names:
            assert sum(header.startswith(sentence_case(indicator_name(name, "vi"))) for header in told) >= 1, name


@pytest.mark.usefixtures("_blank_pictures")
def test_an_anonymous_report_says_that_it_tells_no_years(evidence):
    hidden = replace(evidence, asked=replace(evidence.asked, is_anonymous=True), by_year=(), counts=())
    (only,) = RegisterPages(hidden, "vi").years().blocks
    assert only.text == translate("report.register.course.withheld", "vi")
    for lang in ("vi", "en"):
        limits = translate("report.register.limits.title", lang)
        told = words_of(outline_of_register(replace(hidden, asked=replace(hidden.asked, lang=lang))))
        assert translate("report.register.protected.more", lang, section=limits) in told
        assert translate("report.register.limits.several", lang) in told
        assert translate("report.register.limits.several", lang) not in words_of(outline_of_register(evidence, lang))


def test_an_anonymous_report_says_why_it_has_no_hashes(evidence):
    asked, provenance = replace(evidence.asked, is_anonymous=True), replace(evidence.provenance, hashes={})
    section = RegisterPages(replace(evidence, asked=asked, provenance=provenance), "vi").provenance()
    assert section.blocks[0].text == translate("report.register.provenance.intro-anonymous", "vi")
    assert evidence.provenance.hashes["register"] not in str(section)


def test_provenance_has_hashes_seed_and_every_number(evidence):
    section = RegisterPages(evidence, "vi").provenance()
    assert section.data["kind"] == "register"
    assert section.data["hashes"] == evidence.provenance.hashes
    assert section.data["numbers"]["list/award_rate/value"] == evidence.measurement.indicators["award_rate"].value
    cells = [cell for block in section.blocks if isinstance(block, TableBlock) for row in block.table.groups[0].rows for cell in row.cells]
    assert evidence.provenance.hashes["register"] in cells


def test_the_annex_has_every_indicator_and_the_needs_those_without_a_value(evidence):
    (annex,) = [block.table for block in RegisterPages(evidence, "en").annex().blocks]
    assert sum(len(group.rows) for group in annex.groups) == len(evidence.measurement.indicators) + 4
    (needs,) = [block.table for block in RegisterPages(evidence, "en").needs().blocks]
    named = "; ".join(row.cells[0] for group in needs.groups for row in group.rows)
    assert "award money a year" in named
    assert "award rate" not in named


ODD = {
    "one year": {"years": [2020], "columns": ("merit",)},
    "one unit": {"units": 1, "columns": ("merit",)},
    "no leaders": {"roles": (), "columns": ("merit",)},
    "nobody awarded": {"n_awards": 0, "columns": ("merit",)},
    "everybody awarded": {"n_awards": 14},
    "a gap": {"years": [2018, 2021], "columns": ("merit",)},
    "units of one": {"size": 1, "n_awards": 1, "units": 30},
    "tiny": {"units": 1, "size": 2, "n_awards": 1, "years": [2020]},
    "only leaders": {"roles": ("head",) * 14, "columns": ("merit",)},
}


@pytest.mark.parametrize("kind", [*ODD, "winners only"])
def test_an_odd_list_gives_a_report_without_an_empty_figure(kind, tmp_path, monkeypatch):
    """The pictures are made in both languages, and written as files in one."""
    files = {}
    path = write_register(tmp_path / "list.csv", **ODD.get(kind, {"n_awards": 3}))
    if kind == "winners only":
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        path.write_text("\n".join([lines[0], *(line for line in lines[1:] if line.rpartition(";")[2])]), encoding="utf-8")
        counted = [f"{year};Phòng {unit};{role};{n}" for year in range(2018, 2023) for unit in range(24) for role, n in COUNTS]
        (tmp_path / "counts.csv").write_text("\n".join(["year;unit_id;role;n_members", *counted]), encoding="utf-8")
        files["headcount"] = tmp_path / "counts.csv"
    award = {"award": "chien-si-thi-dua-co-so"} if kind != "nobody awarded" else {}
    found = evidence_of_register(path, **files, **award)
    for lang in ("vi", "en"):
        if lang == "en":
            monkeypatch.setattr(Drawing, "to_svg", blank)
        outline = outline_of_register(found, lang)
        told = [chapter.id for chapter in outline.chapters if chapter.id != "figure-data"]
        assert told == [{"years": "course"}.get(name, name) for name in ORDER if name != "front"]
        assert "Nguyễn" not in words_of(outline)
        for figure in outline.figures():
            tables = figure.data or [block.table for block in RegisterPages(found, lang).annex().blocks]
            assert any(row for table in tables for group in table.groups for row in group.rows)
            assert len(figure.alt) > 40
        assert next(block.items for block in RegisterPages(found, lang).front().blocks if isinstance(block, Bullets))


COUNTS = (("head", 1), ("deputy", 2), ("staff", 1), ("direct", 10))
