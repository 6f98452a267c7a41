"""The front pages tell the truth: every command and every output on them is executed, every figure computed, every link followed.

The examples in Python are doctests, which pytest collects from the pages themselves; here it is proved that it sees all of them. Where results
have changed on purpose, ``python -m tests.health.test_readme`` draws the pictures and writes the figures and outputs anew; the words are for a human.

The main job takes more than a minute of computing, so the ordinary suite does not do it. What it found is written down beside this file, and every figure,
word and picture of the pages is proved to be that. That it is what the main job finds today is proved in two ways: the ordinary suite finds it stale as soon as
the question, its rules, its assumptions or its population are others, or the model gives another number or award in the golden run of the same question; the
deep tests do the whole job, and also find what only the whole of it shows, such as a change of the statistics over replications or of when they stop.
"""

from __future__ import annotations

import difflib
import doctest
import hashlib
import json
import os
import re
import runpy
import shlex
import subprocess
import sys
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

import simulator as sim
from simulator.cli.app import app, main
from simulator.experiments.results.comparison import Comparison
from simulator.experiments.scenarios.description import describe_run
from simulator.experiments.scenarios.scenario import load_scenario, scenario_files
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat
from simulator.presentation.wording import indicator_name, pick, scale_of, sentence_case
from simulator.reporting.forms.writers import FORMS
from simulator.workspace import find_workspace
from tests.golden.golden import FOLDER as GOLDEN
from tests.health.conftest import ROOT
from tests.health.test_launcher import load
from tests.small_hanoi import furnish_small, shorten

PAGES = {"en": "README.md", "vi": "README.vi.md"}
PICTURE_SCRIPT = ROOT / "reports" / "style" / "first_screen.py"
RECORD = Path(__file__).with_name("main_job.json")
MAIN_SCENARIO = "hanoi-2021"
MAIN_FOLDER = f"reports/output/{MAIN_SCENARIO}"
FENCE = re.compile(r"(?:<!-- file: (?P<file>[\w.-]+) -->\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ \./run(.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
RESULTS = re.compile(r"(<!-- results of hanoi-2021 -->\n)((?:\n?\|.*\n)*)")
IN_RESULTS = {"turn_taking_index": 2, "equal_opportunity_difference": 0, "excess_inflation": 1, "merit_kappa": 2}
"""Indicators on the pages, and the decimals that are honest there."""
REFRESH = "the main job finds something else now: python -m tests.health.test_readme"
OF_THE_LAUNCHER = {"", "check", "setup", "test"}
ELLIPSIS = doctest.ELLIPSIS
# What no official Vietnamese page may say.
NEVER = ("thiên vị", "lạm phát khen thưởng", "may rủi", "xổ số", "chạy", "con dấu", "giấy chứng nhận")


class Block(NamedTuple):
    kind: str
    text: str
    file: str | None


@cache
def page(lang):
    return (ROOT / PAGES[lang]).read_text(encoding="utf-8")


def blocks(lang, kind=None):
    found = [Block(match["kind"], match["text"], match["file"]) for match in FENCE.finditer(page(lang))]
    return [block for block in found if kind in {None, block.kind}]


def console(lang):
    """Return each command a reader is shown with an output, and the output."""
    return [(match[1].strip(), match[2]) for block in blocks(lang, "console") for match in COMMAND.finditer(block.text)]


def words_of_commands(lang):
    """Return every ``./run …`` in running text, tables and shell blocks, without the ``./run``."""
    inline = re.findall(r"`\./run([^`]*)`", FENCE.sub("", page(lang)))
    shell = [line.partition("#")[0].removeprefix("./run") for block in blocks(lang, "sh") for line in block.text.splitlines()]
    return [words.strip() for words in inline + shell]


def write_files(folder):
    """Write the files that the pages show."""
    for name in PAGES:
        for block in blocks(name):
            if block.file:
                (folder / block.file).write_text(block.text, encoding="utf-8", newline="\n")


@pytest.fixture
def execute_here(tmp_path, monkeypatch, capsys):
    """Give a way to run a command in this process, in a folder that holds the pages' files: to start another takes a second."""
    write_files(tmp_path)
    monkeypatch.chdir(tmp_path)

    def execute_here(words):
        code = main(["--workspace", str(ROOT), *shlex.split(words)])
        told = capsys.readouterr()
        return subprocess.CompletedProcess(words, code, told.out, told.err)

    return execute_here


def execute(words, folder, workspace=ROOT):
    """Run a command as the launcher hands it over, in a folder that holds the pages' files; the main job writes its report there too."""
    write_files(folder)
    arguments = shlex.split(words) or shlex.split(main_words())
    command = [sys.executable, "-P", "-m", "simulator", "--workspace", str(workspace), *arguments]
    return subprocess.run(command, cwd=folder, env=os.environ | {"PYTHONUTF8": "1"}, capture_output=True, text=True, encoding="utf-8", check=False)


def main_words():
    """Give the main job in words of the command line, with the folder the pages name."""
    return shlex.join([*load(ROOT / "run").MAIN_JOB, "-o", MAIN_FOLDER])


def found_in(folder):
    """Read what the main job found."""
    return Comparison.from_json((folder / MAIN_FOLDER / "comparison.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def main_job(tmp_path_factory):
    """Do the main job once, in full: what it printed, and what it found."""
    folder = tmp_path_factory.mktemp("main-job")
    finished = execute("", folder)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout, found_in(folder)


@pytest.fixture(scope="module")
def written_down():
    """Give what the main job found when the pages were written."""
    return Comparison.from_json(json.dumps(json.loads(RECORD.read_text(encoding="utf-8"))["comparison"]))


def without_details(comparison):
    """Leave out of a comparison what the pages tell nothing of, and what depends on the machine."""
    options = [replace(option, by_year={}, compliance=[], reasons={}, by_group={}, ladder=[]) for option in comparison.options]
    nowhere = replace(comparison.provenance, versions={}, commit=None)
    return replace(comparison, options=options, assumptions=[], provenance=nowhere, references=[], stopping=None)


def golden_digest():
    """Name the golden run of the question: it is the model's, number by number."""
    return hashlib.sha256((GOLDEN / f"{MAIN_SCENARIO}.csv").read_bytes()).hexdigest()


def write_down(comparison):
    """Keep what the main job found."""
    content = {"golden": golden_digest(), "comparison": json.loads(without_details(comparison).to_json())}
    RECORD.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def results_table(comparison, lang):
    """Return the table of the main figures as Markdown: each option's value, and its verdict against *keep as is*."""
    rows = [[translate("table.indicator", lang), *(pick(option.title, lang) for option in comparison.options)], ["---"] * 5]
    for name, places in IN_RESULTS.items():
        form = NumberFormat(lang, scale_of(name), places)
        unit = translate(f"table.unit.value.{form.scale}", lang)
        cells = []
        for option in comparison.options:
            item = option.indicators[name]
            word = translate(f"verdict.{item.verdict.replace(' ', '-')}", lang)
            word = f"**{word}**" if item.verdict == "clear" else word
            cells.append(form.value(item.value) if option.id == comparison.baseline_option else f"{form.value(item.value)}, {word}")
        rows.append([sentence_case(indicator_name(name, lang)) + (f" ({unit})" if unit else ""), *cells])
    return "\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows)


# --- the two pages -------------------------------------------------------------------------------------------------------------------------


def test_the_pages_are_equals():
    """Neither is a summary: the same sections, blocks, commands and tables in the same order."""

    def skeleton(lang):
        lines = FENCE.sub("", page(lang)).splitlines()
        return {
            "headings": [line.split()[0] for line in lines if line.startswith("#")],
            "rows": [line.count(" | ") for line in lines if line.startswith("|")],
            "bullets": sum(line.startswith("- ") for line in lines),
            "blocks": [(block.kind, block.file) for block in blocks(lang)],
            "files": [block.text for block in blocks(lang) if block.file],
            "commands": [command.replace(" --lang en", "") for command, _ in console(lang)],
            "words": sorted(words_of_commands(lang)),
        }

    assert skeleton("en") == skeleton("vi")
    assert "](README.vi.md)" in page("en")
    assert "](README.md)" in page("vi")


def test_the_first_screen_stands_in_order():
    for lang, promise, caution in (
        ("en", "**Try an award rule before it becomes law.**", "**What it is not: a prediction of any real person's award.**"),
        ("vi", "**Thử một tiêu chí khen thưởng trước khi nó thành luật.**", "**Công cụ này không dự báo việc khen thưởng của bất kỳ ai.**"),
    ):
        marks = ["# tieuchi", promise, "![", "```sh", "```python", "\n| ", caution, "scenarios/assumptions.yaml", "\n## "]
        places = [page(lang).find(mark) for mark in marks]
        assert -1 not in places
        assert places == sorted(places)


@pytest.mark.parametrize("lang", PAGES)
def test_every_question_shipped_is_named(lang):
    rows = re.findall(r"^\| `([\w-]+)` \| ", page(lang), re.MULTILINE)
    assert sorted(rows) == [path.stem for path in scenario_files(find_workspace(ROOT))]


@pytest.mark.parametrize("lang", PAGES)
def test_links_lead_somewhere(lang):
    anchors = {
        re.sub(r"[^\w\s-]", "", line.lstrip("# ").lower()).strip().replace(" ", "-") for line in page(lang).splitlines() if line.startswith("#")
    }
    broken = [
        target
        for target in re.findall(r"\]\(([^)]+)\)", page(lang))
        if not (target[1:] in anchors if target.startswith("#") else (ROOT / target).is_file())
    ]
    assert broken == []
    folders = re.findall(r"^\| (?:\[)?`(\w+/)`", page(lang), re.MULTILINE)
    assert len(folders) == 7
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []


def test_the_vietnamese_page_keeps_to_official_words():
    assert [word for word in NEVER if word in page("vi").lower()] == []
    assert re.findall(r"\d\.\d+ ?%", page("vi")) == []


# --- examples ------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", PAGES)
def test_every_block_is_of_a_kind_that_is_executed(lang):
    assert {block.kind for block in blocks(lang)} == {"sh", "python", "console", "yaml", "csv"}
    assert all(block.file for block in blocks(lang) if block.kind in {"yaml", "csv"})
    assert all(block.text.startswith("$ ./run") for block in blocks(lang, "console"))
    assert page(lang).count("```") == 2 * len(blocks(lang))


@pytest.mark.parametrize("lang", PAGES)
def test_pytest_sees_every_example_in_python(lang, pytestconfig):
    """The pages are among what pytest collects, and its doctest reader finds exactly the Python blocks, each with its whole output."""
    assert PAGES[lang] in pytestconfig.getini("testpaths")
    assert any(Path(PAGES[lang]).match(pattern) for pattern in pytestconfig.getoption("doctestglob"))
    read = doctest.DocTestParser().get_examples
    in_blocks = [(each.source, each.want) for block in blocks(lang, "python") for each in read(block.text)]
    assert [(each.source, each.want) for each in read(page(lang))] == in_blocks
    assert len(in_blocks) == sum(line.startswith(">>> ") for line in page(lang).splitlines()) > 0
    assert not any("```" in want for _, want in in_blocks)


@pytest.mark.parametrize(
    ("words", "output"), [pytest.param(*each, id=f"{lang}: run {each[0]}") for lang in PAGES for each in console(lang) if each[0]]
)
def test_commands_print_what_the_page_shows(words, output, execute_here):
    finished = execute_here(words)
    assert finished.returncode == int(" error: " in output), finished.stderr
    assert doctest.OutputChecker().check_output(output, finished.stdout, ELLIPSIS), finished.stdout


@pytest.mark.parametrize("lang", PAGES)
def test_the_main_job_prints_what_the_page_shows(lang, written_down):
    """The table of what it found, and where its report lies."""
    names = ", ".join(f"report.vi.{form}" for form in FORMS)
    printed = "\n".join([sim.draw_table(written_down, "vi").to_text(), translate("cli.report.ready", "vi", folder=MAIN_FOLDER, names=names), "…\n"])
    (shown,) = (output for words, output in console(lang) if not words)
    assert doctest.OutputChecker().check_output(shown, printed, ELLIPSIS), printed


@pytest.mark.deep
@pytest.mark.parametrize("lang", PAGES)
def test_the_main_job_done_in_full_prints_what_the_page_shows(lang, main_job):
    printed, _ = main_job
    (shown,) = (output for words, output in console(lang) if not words)
    assert doctest.OutputChecker().check_output(shown, printed, ELLIPSIS), printed


def knows_these_options(words, capsys):
    """Ask a command for its help: it refuses an option that it does not have."""
    code = main(["--workspace", str(ROOT), *shlex.split(words), "--help"])
    told = capsys.readouterr()
    return code == 0 and told.out and not told.err


def test_the_main_job_can_be_typed(capsys):
    assert knows_these_options(main_words(), capsys)
    assert not knows_these_options(f"{main_words()} --no-such-option", capsys)


@pytest.mark.parametrize("lang", PAGES)
def test_every_command_is_named_and_no_other(lang):
    table = {words.split()[0] if words else "" for words in words_of_commands(lang)}
    assert table == OF_THE_LAUNCHER | {command.name for command in app.registered_commands}


def test_the_launcher_knows_its_own_words(root):
    text = (root / "run").read_text(encoding="ascii")
    assert all(f'command == "{word}"' in text for word in OF_THE_LAUNCHER - {""})


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The shipped workspace with fewer people, options and years, for the one comparison that is made here."""
    return shorten(furnish_small(tmp_path_factory.mktemp("small")), ("keep-as-is", "plan-115"), warm_up_years=2)


@pytest.mark.parametrize("words", sorted({words for lang in PAGES for words in words_of_commands(lang)} - OF_THE_LAUNCHER))
def test_commands_in_the_text_can_be_typed(words, request, tmp_path, capsys):
    """What takes long or needs files or a person is done in full elsewhere: it is only asked whether it knows these options.

    One comparison is made small, in a process of its own.
    """
    is_long = words.split()[0] in {
        "compare",
        "lab",
        "app",
        "report",
        "import",
        "score",
        "explain",
        "transition",
        "bench",
        "attribute",
        "sensitivity",
        "tipping",
        "power",
        "paperwork",
        "verify",
    }
    if "--replications" in words:
        small = request.getfixturevalue("small")
        finished = execute(f"{words} --replications 2 --years 1 --workers 1", tmp_path, small.root)
    elif is_long:
        assert knows_these_options(words, capsys)
        return
    else:
        finished = request.getfixturevalue("execute_here")(words)
    assert finished.returncode == 0, finished.stderr
    assert "Traceback" not in finished.stderr


# --- figures -------------------------------------------------------------------------------------------------------------------------------


def test_what_is_written_down_is_of_todays_question_and_model(written_down):
    """Nothing that the main job runs on has changed since: neither a value that it reads, nor a number or an award of the golden run."""
    scenario = load_scenario(MAIN_SCENARIO)
    today = describe_run(scenario)
    assert load(ROOT / "run").MAIN_JOB == ["report", MAIN_SCENARIO]
    assert (written_down.provenance.hashes, written_down.provenance.seeds) == (today.hashes, today.seeds), REFRESH
    assert [option.id for option in written_down.options] == [option.id for option in scenario.options]
    assert json.loads(RECORD.read_text(encoding="utf-8"))["golden"] == golden_digest(), REFRESH


def all_but_last_bits(value):
    """Round numbers to the precision in which all machines agree."""
    if isinstance(value, dict):
        return {name: all_but_last_bits(each) for name, each in value.items()}
    if isinstance(value, list):
        return [all_but_last_bits(each) for each in value]
    return pytest.approx(value, rel=1e-9, abs=1e-9) if isinstance(value, float) else value


@pytest.mark.deep
def test_what_is_written_down_is_what_the_main_job_finds(written_down, main_job):
    _, comparison = main_job
    assert asdict(without_details(comparison)) == all_but_last_bits(asdict(written_down)), REFRESH


@pytest.mark.parametrize("lang", PAGES)
def test_the_figures_are_those_of_the_main_job(lang, written_down):
    assert RESULTS.search(page(lang))[2] == results_table(written_down, lang)


def test_the_words_of_size_are_true(written_down):
    """What both pages say under *In words*; whoever changes one changes the other."""
    comparison = written_down
    plan, letter, both = (comparison.option(name).indicators for name in ("plan-115", "letter-3959", "plan-115-and-letter-3959"))

    def share(option, name):
        return option[name].difference / option[name].baseline

    verdicts = {name: [option[name].verdict for option in (plan, letter, both)] for name in IN_RESULTS}
    assert verdicts["turn_taking_index"] == ["small", "clear", "clear"]
    assert all(-0.95 < share(option, "turn_taking_index") < -0.7 for option in (letter, both))
    assert plan["turn_taking_index"].baseline == pytest.approx(0.25, abs=0.03)
    assert verdicts["equal_opportunity_difference"] == ["clear", "small", "clear"]
    assert -0.23 < share(plan, "equal_opportunity_difference") < -0.18
    assert -0.29 < share(both, "equal_opportunity_difference") < -0.22
    assert verdicts["excess_inflation"] == ["small"] * 3
    assert verdicts["merit_kappa"] == ["small", "clear", "clear"]
    assert plan["merit_kappa"].baseline == pytest.approx(0.225, abs=0.02)
    assert all(option["merit_kappa"].value == pytest.approx(0.335, abs=0.015) for option in (letter, both))
    assert [option["merit_ceiling"].verdict for option in (letter, both)] == ["clear", "clear"]
    assert all(option["merit_ceiling"].difference > 0 for option in (letter, both))
    base, of_plan = comparison.option("keep-as-is").allocation_mix, comparison.option("plan-115").allocation_mix
    moved = {cause: of_plan[cause].value - base[cause].value for cause in base}
    assert moved["post"] < -0.05
    assert moved["unexplained"] > 0.5 * -moved["post"] > moved["merit"]
    assert {item.nature for option in (plan, letter, both) for item in option.values()} == {"assumed"}
    assert {clause.compliance for clause in comparison.clauses if clause.compliance is not None} == {0.3}


def test_the_pictures_are_drawn_again_byte_for_byte(written_down):
    script = runpy.run_path(str(PICTURE_SCRIPT))
    assert script["SCENARIO"] == written_down.scenario == MAIN_SCENARIO
    for lang, name in script["FILES"].items():
        drawn = script["draw_first_screen"](written_down, lang)
        assert PICTURE_SCRIPT.with_name(name).read_bytes() == drawn.encode(), f"{name}: draw it again with {PICTURE_SCRIPT.name}"
        assert f"](reports/style/{name})" in page(lang)


@pytest.mark.parametrize("name", ["first-screen.svg", "first-screen.vi.svg"])
def test_a_picture_needs_nothing_from_outside(name):
    picture = ElementTree.parse(PICTURE_SCRIPT.with_name(name)).getroot()  # noqa: S314  # a file of this house
    names = {element.tag.rpartition("}")[2] for element in picture.iter()}
    assert names == {"svg", "title", "style", "defs", "pattern", "path", "rect", "text"}
    assert not any(attribute.endswith("href") for element in picture.iter() for attribute in element.attrib)


# --- writing anew --------------------------------------------------------------------------------------------------------------------------


def refresh(want, got):
    """Give each line of an elided output the next fresh line of the same label, or else the one that is most like it."""
    fresh, lines, start = got.splitlines(), [], 0
    for line in want.splitlines():
        words = line.removesuffix("...") if line != "..." else ""
        rest = fresh[start:]
        same = [row for row in rest if words and label(row) == label(words)]
        near = same or (difflib.get_close_matches(words, rest, 1, 0.5) if words else [])
        if near:
            start += rest.index(near[0]) + 1
        lines.append(near[0] + line[len(words) :] if near else line)
    return "".join(f"{line}\n" for line in lines)


def label(line):
    """Give what a row of a printed table is about."""
    return line.strip().partition("  ")[0]


def write_anew(folder):
    """Write every figure and output on the pages anew; returns the comparison the pictures are drawn from."""
    finished = execute("", folder)
    comparison = found_in(folder)
    write_down(comparison)
    for lang, name in PAGES.items():
        text = RESULTS.sub(lambda match, lang=lang: match[1] + results_table(comparison, lang), page(lang))
        for words, want in console(lang):
            text = text.replace(want, refresh(want, execute(words, folder).stdout if words else finished.stdout))
        door = {"sim": sim}
        for example in doctest.DocTestParser().get_examples(page(lang)):
            if example.want:
                printed = eval(example.source.strip().removeprefix("print"), door)  # noqa: S307  # the page's own example
                text = text.replace(example.want, refresh(example.want, printed))
            else:
                exec(example.source, door)  # noqa: S102  # the same
        (ROOT / name).write_text(text, encoding="utf-8", newline="\n")
    return comparison


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        found = write_anew(Path(place))
    picture_script = runpy.run_path(str(PICTURE_SCRIPT))
    for language, file_name in picture_script["FILES"].items():
        PICTURE_SCRIPT.with_name(file_name).write_text(picture_script["draw_first_screen"](found, language), encoding="utf-8", newline="\n")
