"""The numbered tours run as their users run them, from the folder they lie in, and show what they promise, in both languages."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys

import nbformat
import papermill
import pytest
from lxml import html

from tests.notebooks.example_register import example_register
from tests.notebooks.executed import execute_here
from tests.notebooks.test_shape import LANDING, ROOT, VIETNAMESE, source
from tests.small_hanoi import furnish_small

FOLDER = ROOT / "notebooks"
TOURS = sorted(FOLDER.glob("0[1-9]_*.ipynb"))
SMALL = {"03": {"replications": 2, "years": 3}, "04": {"replications": 2, "years": 2}, "06": {"years": 5}}
LONG = {"03", "04", "06"}
"""Tried by the deep tests, in Vietnamese as they are and in English with small parameters: what these call has tests of its own."""
IN_A_KERNEL = "05"
"""The one that proves every day that tours run as their users run them. The other short ones are executed without a kernel, and in the deep tests with one."""
SECONDS = 60
"""What a tour may cost a processor: a machine that does other work besides makes nobody's tour longer."""
TONES = re.compile(r"[ạảãấầẩẫậắằẳẵặẹẻẽếềểễệịỉọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A workspace with the notebooks in it, and a tenth of the units."""
    workspace = furnish_small(tmp_path_factory.mktemp("place"))
    shutil.copytree(FOLDER, workspace.notebooks, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    return workspace


class Shown:
    """What a tour shows once it has run: by the id of a cell, its HTML, its words and the rows of its tables."""

    def __init__(self, notebook):
        self.outputs = {cell["id"]: cell.get("outputs", []) for cell in notebook.cells}

    def html(self, cell):
        (output,) = self.outputs[cell]
        return output.data.get("text/html", output.data["text/plain"])

    def words(self, cell):
        return " ".join(html.fromstring(f"<div>{self.html(cell)}</div>").text_content().split()).replace("\u00a0", " ")

    def rows(self, cell):
        page = html.fromstring(f"<div>{self.html(cell)}</div>")
        return [[" ".join(cell.text_content().split()) for cell in row] for row in page.iterfind(".//tbody/tr")]

    def number(self, cell, header, column):
        """Give the number that begins a cell of a table."""
        (row,) = [row for row in self.rows(cell) if row[0].startswith(header) and len(row) > column]
        return float(re.match(r"[−+]?[\d.,]+", row[column]).group().replace("−", "-").replace(",", "."))


def run(path, place, folder, lang, parameters):
    before = os.times()
    executed = papermill.execute_notebook(
        str(place.notebooks / path.name),
        str(folder / path.name),
        parameters={**parameters, "lang": lang},
        kernel_name="python3",
        cwd=str(place.notebooks),
        progress_bar=False,
        execution_timeout=120,
        start_timeout=60,
    )
    after = os.times()
    of_children = after.children_user + after.children_system - before.children_user - before.children_system
    assert of_children < SECONDS
    assert of_children > 0 or sys.platform == "win32"  # there the times of children are always told as 0
    assert not [output for cell in executed.cells for output in cell.get("outputs", []) if output.output_type in {"error", "stream"}]
    return Shown(executed)


def check_read_a_set(shown, lang):
    counts = {row[0]: row[1] for row in shown.rows("about") if len(row) == 2}
    assert counts[{"vi": "Tổng số", "en": "All"}[lang]] == "125"
    assert "hanoi-letter-3959" in shown.words("about")
    assert any("principles.no-rotation" in row[0] for row in shown.rows("clauses"))
    assert {"vi": "Khắc phục việc xét, đề nghị khen thưởng còn có tính luân phiên", "en": "turn"}[lang] in shown.words("changes")
    assert "0.15" in shown.words("python")
    assert "decree-" in shown.words("python")
    assert "<svg" in shown.html("lens")
    assert "decree-91+hanoi-letter-3959" in shown.words("provenance")


def check_score_a_person(shown, lang):
    ranks = {row[0].split()[0]: row[2:] for row in shown.rows("scores") if len(row) > 2}
    yes, no = {"vi": ("Có", "Không"), "en": ("Yes", "No")}[lang]
    assert {who: row[1] for who, row in ranks.items()} == {"CB01": yes, "CB02": yes, "CB03": yes, "CB04": no, "CB05": yes, "CB06": no}
    assert [ranks[who][0] for who in ("CB02", "CB03", "CB01")] == ["1", "1", "3"]
    assert {ranks[who][-1] for who in ("CB01", "CB05")} == {"2", "1"}
    assert {"vi": "Sáng kiến được công nhận: hiện là 0, cần là 1", "en": "Recognised initiatives: now 0, needed 1"}[lang] in shown.words("reasons")
    assert {"vi": "* Có ít nhất một sáng kiến", "en": "* Has at least one"}[lang] in shown.words("reasons")
    assert "<svg" in shown.html("waterfall")
    assert {"vi": "Tổng 59 điểm", "en": "59 points"}[lang] in shown.words("waterfall")


def check_compare(shown, lang):
    words = shown.words("table")
    assert {"vi": "Công văn 3959", "en": "Letter 3959"}[lang] in words
    assert {"vi": "kết quả mô phỏng, không phải số liệu thống kê", "en": "simulated results, not statistics"}[lang] in words
    values = next(row for row in shown.rows("table") if row[0] == {"vi": "giá trị", "en": "value"}[lang])
    number = [float(cell.replace(",", ".")) for cell in values[1:]]
    assert number[2] < number[0] / 2  # awards by turn under the letter, against keeping as is
    assert all("<svg" in shown.html(cell) for cell in ("differences", "mix", "by-year"))


def check_attribute(shown, lang):
    effect = {row[0]: row[1] for row in shown.rows("table") if len(row) == 2}
    (turns,) = [float(re.match(r"−[\d.,]+", cell).group()[1:].replace(",", ".")) for name, cell in effect.items() if "no-rotation" in name]
    (whole,) = [float(re.match(r"−[\d.,]+", cell).group()[1:].replace(",", ".")) for name, cell in list(effect.items())[:1]]
    assert turns > whole / 2 > 0.02
    assert "<svg" in shown.html("waterfall")
    options = {"vi": ["Kế hoạch 115", "Công văn 3959"], "en": ["Plan 115", "Letter 3959"]}[lang]
    assert all(option in shown.words("sweep") for option in options)
    plan, letter = (int(found.group(1)) if (found := re.search(r"(\d+)%", cell)) else 101 for cell in shown.rows("sweep")[0][1:3])
    assert letter < 20  # a little compliance with the letter is enough to reduce turns
    assert letter < plan


def check_measure(shown, lang):
    assert {"vi": "2018", "en": "2018"}[lang] in shown.words("contents")
    assert {"vi": "240 người, 24 đơn vị, 6 năm, 288 lượt khen", "en": "240 people, 24 units, 6 years, 288 awards"}[lang] in shown.words("table")
    turns = {"vi": "Mức độ biểu hiện luân phiên", "en": "Turn-taking index"}[lang]
    (row,) = [row for row in shown.rows("table") if row[0] == turns]
    comma = {"vi": ",", "en": "."}[lang]
    assert [cell.replace(comma, ".").replace(";", ",").replace("\u00a0", " ") for cell in row[1:3]] == ["0.3", "[0.1, 0.6]"]
    assert {"vi": "không xác định", "en": "undefined"}[lang] in shown.words("table")
    assert all("<svg" in shown.html(cell) for cell in ("rotation", "leaders"))
    assert "chien-si-thi-dua-co-so" not in shown.words("table")  # an award is called by its title
    assert "u01-01" not in "".join(str(outputs) for outputs in shown.outputs.values())


def check_own_unit(shown, lang):
    by_turn, by_post = {"vi": ("Theo thứ tự luân phiên", "Gắn với chức vụ"), "en": ("By turn", "Tied to post")}[lang]
    assert shown.number("beside", by_turn, 2) > shown.number("beside", by_turn, 1) + 20
    assert shown.number("beside", by_post, 2) < shown.number("beside", by_post, 1) / 2
    assert {"vi": "kết quả mô phỏng, không phải số liệu thống kê", "en": "simulated results, not statistics"}[lang] in shown.words("beside")
    rate = {"vi": "Tỷ lệ được khen trên số thuộc diện xét", "en": "Award rate"}[lang]
    assert shown.number("beside", rate, 1) == pytest.approx(shown.number("beside", rate, 2), abs=0.5)  # the places are the same


CHECKS = {
    "01_read_a_set": check_read_a_set,
    "02_score_a_person": check_score_a_person,
    "03_compare_two_rule_sets": check_compare,
    "04_attribute_and_sweep": check_attribute,
    "05_measure_a_register": check_measure,
    "06_your_own_unit": check_own_unit,
}


def test_every_tour_is_checked():
    assert [path.stem for path in TOURS] == list(CHECKS)


def shows_what_it_promises(path, place, folder, lang, parameters):
    check(path, run(path, place, folder, lang, parameters), lang)


def check(path, shown, lang):
    CHECKS[path.stem](shown, lang)
    assert {"vi": "Thông tin phục vụ kiểm chứng", "en": "Provenance"}[lang] in shown.words("provenance")
    assert re.search(r"[0-9a-f]{64}", shown.words("provenance"))
    if lang == "en":
        told = [cell for cell in shown.outputs if shown.outputs[cell] and cell != "provenance" and TONES.search(without_names(shown.words(cell)))]
        assert told == []


def without_names(words):
    """Leave out what is Vietnamese in every language: units and places of lists, and instruments by number."""
    return re.sub(r"Phòng [AB]|Trường [AB]|Hà Nội|Hưng Yên|[\w/-]*Đ[\w/-]*|Việt Nam", "", words)


@pytest.mark.parametrize("path", [path for path in TOURS if path.stem[:2] == IN_A_KERNEL], ids=lambda path: path.stem)
def test_a_tour_shows_what_it_promises_in_under_a_minute(path, place, tmp_path):
    shows_what_it_promises(path, place, tmp_path, "vi", {})


@pytest.mark.parametrize("path", [path for path in TOURS if path.stem[:2] not in {IN_A_KERNEL, *LONG}], ids=lambda path: path.stem)
def test_a_tour_shows_what_it_promises(path, place, monkeypatch, capsys):
    monkeypatch.chdir(place.notebooks)
    check(path, Shown(execute_here(place.notebooks / path.name, {"lang": "vi"})), "vi")
    assert capsys.readouterr() == ("", "")


@pytest.mark.deep
@pytest.mark.parametrize("path", TOURS, ids=lambda path: path.stem)
def test_a_tour_shows_what_it_promises_in_english(path, place, tmp_path):
    shows_what_it_promises(path, place, tmp_path, "en", SMALL.get(path.stem[:2], {}))


@pytest.mark.deep
@pytest.mark.parametrize("path", [path for path in TOURS if path.stem[:2] in LONG], ids=lambda path: path.stem)
def test_a_long_tour_with_its_own_parameters_shows_what_it_promises_in_under_a_minute(path, tmp_path):
    workspace = furnish_small(tmp_path)
    shutil.copytree(FOLDER, workspace.notebooks, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "scenarios" / "populations" / "hanoi.yaml", workspace.scenarios / "populations" / "hanoi.yaml")
    shows_what_it_promises(path, workspace, tmp_path, "vi", {})


def test_the_made_up_list_is_made_by_its_script():
    assert (FOLDER / "examples" / "register.csv").read_text(encoding="utf-8") == example_register()


def test_the_tour_shows_the_class_it_uses():
    words = "".join(source(cell) for cell in json.loads((FOLDER / "06_your_own_unit.ipynb").read_text(encoding="utf-8"))["cells"])
    shown = re.search(r"```python\n(.*?)\n```", words, re.DOTALL).group(1)
    assert (FOLDER / "own_unit.py").read_text(encoding="utf-8").split('"""', 2)[2].strip() == shown


def test_the_landing_page_leads_to_every_page_and_nowhere_else():
    notebook = nbformat.read(FOLDER / LANDING, as_version=4)
    links = {link for cell in notebook.cells for link in re.findall(r"\]\(([^)]+)\)", cell.source)}
    assert links == {path.name for path in FOLDER.glob("*.ipynb")} - {LANDING}


@pytest.mark.parametrize("path", [FOLDER / LANDING, *TOURS], ids=lambda path: path.stem)
def test_a_page_says_vietnamese_first(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            title = cell.source.split("\n")[0]
            assert VIETNAMESE.search(title.partition("·")[0]), title


def test_the_examples_name_nobody():
    lists = [path.read_text(encoding="utf-8") for path in sorted((FOLDER / "examples").glob("*.csv"))]
    assert len(lists) == 3
    assert not any("Họ và tên" in content.partition("\n")[0] for content in lists)
