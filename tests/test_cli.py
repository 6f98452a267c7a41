"""The command line as its users meet it: what is on stdout, what is on stderr, and the exit code."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

from simulator import cli
from simulator.cli import app, main
from simulator.presentation.i18n import catalogue

COMMANDS = ["list", "lint", "compare", "report", "measure", "lab"]
LINE = re.compile(r"^[^:\n]+:\d+: [A-Z]{2}\d{3} (error|warning): \S.*$")


@pytest.fixture(scope="module")
def place(root, tmp_path_factory):
    """Make a workspace with the real rules and a tenth of the units, so that a comparison takes a second."""
    folder = tmp_path_factory.mktemp("place")
    for name in ("criteria", "scenarios"):
        shutil.copytree(root / name, folder / name)
    population = folder / "scenarios" / "populations" / "hanoi.yaml"
    population.write_text(re.sub(r"units: (\d+)0\b", r"units: \1", population.read_text(encoding="utf-8")), encoding="utf-8")
    scenario = folder / "scenarios" / "hanoi-2021.yaml"
    shorter = re.sub(r"years: 10\b", "years: 3", scenario.read_text(encoding="utf-8"))
    scenario.write_text(re.sub(r"warm_up_years: \d+", "warm_up_years: 4", re.sub(r"replications: \d+", "replications: 2", shorter)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def root(pytestconfig):
    return pytestconfig.rootpath


@pytest.fixture
def run(place, capsys):
    def run(*arguments, workspace=place):
        given = ["--workspace", str(workspace), *arguments] if workspace else list(arguments)
        code = main(given)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


# --- help and usage -----------------------------------------------------------------------------------------------------


def test_every_command_is_there():
    assert [command.name for command in app.registered_commands] == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_both_languages_with_an_example(run, command):
    code, out, err = run(command, "--help", workspace=None)
    assert (code, err) == (0, "")
    assert " ".join(catalogue("vi")[f"cli.help.{command}"].split()) in " ".join(out.split())
    assert " ".join(catalogue("en")[f"cli.help.{command}"].split()) in " ".join(out.split())
    assert f"Ví dụ: tieuchi {command}" in out
    assert "--lang" in out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["cmpare"],
        ["compare"],
        ["list", "--jso"],
        ["compare", "hanoi-2021", "--replications", "1"],
        ["compare", "hanoi-2021", "--replications", "many"],
        ["compare", "hanoi-2021", "--seed", "-1"],
        ["compare", "hanoi-2021", "--seed", str(2**63)],
        ["compare", "hanoi-2021", "--seed", "7.0"],
        ["compare", "hanoi-2021", "--years", "0"],
        ["compare", "hanoi-2021", "--workers", "0"],
        ["compare", "hanoi-2021", "--lang", "fr"],
        ["report", "hanoi-2021", "--to", "docx"],
        ["report", "hanoi-2021", "--date", "10/11/2021"],
        ["lint", "--on", "2021-2-30"],
    ],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_mistake_in_the_command_is_one_clear_line(run, arguments, lang):
    code, out, err = run(*arguments, *(["--lang", lang] if "--lang" not in arguments and arguments else []))
    assert code == 2
    assert out == ""
    assert len(err.splitlines()) == 1
    assert LINE.match(err.strip())
    assert "CL001" in err


@pytest.mark.parametrize("arguments", [["compare", "no-such"], ["report", "no-such"], ["measure", "no-such.csv"], ["lint", "no-such"]])
def test_what_is_not_there_is_bad_input(run, arguments):
    code, out, err = run(*arguments)
    said = err or out  # what lint finds is its result
    assert code == 2
    assert all(LINE.match(line) for line in said.splitlines())


def test_a_folder_without_criteria_is_bad_input(run, tmp_path):
    code, out, err = run("list", workspace=tmp_path)
    assert (code, out) == (2, "")
    assert "WS001" in err


# --- list and lint -------------------------------------------------------------------------------------------------------


def test_list_names_sets_and_scenarios(run):
    code, out, err = run("list")
    assert (code, err) == (0, "")
    for name in ("decree-91", "hanoi-plan-115", "hanoi-2021", "Bộ tiêu chí"):
        assert name in out
    assert "Criteria sets" in run("list", "--lang", "en")[1]
    assert "Criteria sets" in run("--lang", "en", "list")[1]


def test_list_as_json_keeps_the_promised_shape(run):
    content = json.loads(run("list", "--json")[1])
    assert list(content) == ["criteria_sets", "scoring_tables", "scenarios", "instruments"]
    assert all({"id", "title", "status", "extends"} <= entry.keys() for entry in content["criteria_sets"])


def test_list_shows_the_rest_when_one_file_is_broken(run, place, tmp_path):
    shutil.copytree(place, tmp_path / "w")
    (tmp_path / "w" / "criteria" / "broken.yaml").write_text("a: [", encoding="utf-8")
    code, out, err = run("list", workspace=tmp_path / "w")
    assert code == 1
    assert "decree-91" in out
    assert "criteria/broken.yaml:" in err


def test_lint_prints_findings_as_its_result(run):
    code, out, _ = run("lint")
    assert code == 0
    assert all(LINE.match(line) and " warning: " in line for line in out.splitlines())
    assert run("lint", "--strict")[0] == (1 if out else 0)


def test_lint_as_json_has_the_same_findings(run):
    findings = json.loads(run("lint", "--json")[1])["findings"]
    assert len(findings) == len(run("lint")[1].splitlines())
    assert all({"code", "severity", "file", "line", "message"} == finding.keys() for finding in findings)


@pytest.mark.parametrize("text", ["a: [", "id: x\nid: y\n", "on: 1\n"])
def test_lint_of_what_is_no_set_is_bad_input(run, tmp_path, text):
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    code, out, _ = run("lint", str(path))
    assert code == 2
    assert out
    assert all(LINE.match(line) for line in out.splitlines())


def test_lint_speaks_the_language_asked_for(run, tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("a:\tb\n", encoding="utf-8")
    vietnamese, english = run("lint", str(path))[1], run("lint", str(path), "--lang", "en")[1]
    assert vietnamese != english
    assert "tab character" in english


# --- compare and report --------------------------------------------------------------------------------------------------


def test_compare_prints_the_table_alone_and_progress_aside(run):
    code, out, err = run("compare", "hanoi-2021", "--workers", "1")
    assert code == 0
    assert "Mức độ biểu hiện luân phiên" in out
    assert "kết quả mô phỏng, không phải số liệu thống kê" in out.replace("\n", " ")
    assert "2/2" in err
    assert "2/2" not in out


def test_compare_as_json_keeps_the_promised_shape_and_the_numbers_asked_for(run):
    code, out, _ = run("compare", "hanoi-2021", "--json", "--workers", "1", "--replications", "3", "--years", "4", "--seed", "0")
    content = json.loads(out)
    assert code == 0
    assert (content["replications"], content["years"], content["seed"]) == (3, [1, 2, 3, 4], 0)
    assert content["null_reform"]["max_abs_difference"] == 0
    keep = next(option for option in content["options"] if option["id"] == content["baseline_option"])
    assert {item["difference"] for item in keep["indicators"].values()} <= {0, None}


def test_a_scenario_that_is_wrong_says_where(run, place, tmp_path):
    text = (place / "scenarios" / "hanoi-2021.yaml").read_text(encoding="utf-8")
    path = tmp_path / "hanoi-2021.yaml"
    path.write_text(text.replace("decree-91+hanoi-plan-115\n", "decree-92+hanoi-plan-115\n"), encoding="utf-8")
    code, out, err = run("compare", str(path))
    assert (code, out) == (2, "")
    line = next(number for number, words in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if "decree-92" in words)
    assert err.startswith(f"{path.as_posix()}:{line}: ")


def test_report_writes_three_files_prints_the_table_and_says_where(run, tmp_path, place):
    code, out, err = run("report", "hanoi-2021", "-o", str(tmp_path / "out"), "--workers", "1", "--date", "2026-01-05")
    assert code == 0, err
    assert "Mức phù hợp giữa khen thưởng và thành tích" in out
    assert f"Báo cáo: {tmp_path / 'out' / 'report.vi.html'}" in out
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["comparison.csv", "comparison.json", "report.vi.html"]
    assert "Ngày 05 tháng 01 năm 2026" in (tmp_path / "out" / "report.vi.html").read_text(encoding="utf-8")
    assert not (place / "reports").exists()


def test_report_goes_to_the_workspace_and_tells_machines_its_files(run, place, tmp_path):
    shutil.copytree(place, tmp_path / "w")
    code, out, _ = run("report", "hanoi-2021", "--json", "--lang", "en", "--workers", "1", workspace=tmp_path / "w")
    files = json.loads(out)["files"]
    assert code == 0
    assert [name.rsplit("/", 1)[-1] for name in files] == ["report.en.html", "comparison.json", "comparison.csv"]
    assert (tmp_path / "w" / "reports" / "output" / "hanoi-2021" / "report.en.html").is_file()


def test_a_wrong_template_is_refused_before_the_simulation(run, place, tmp_path):
    shutil.copytree(place, tmp_path / "w")
    (tmp_path / "w" / "reports" / "templates").mkdir(parents=True)
    (tmp_path / "w" / "reports" / "templates" / "scenario.ipynb").write_text("{", encoding="utf-8")
    code, out, err = run("report", "hanoi-2021", workspace=tmp_path / "w")
    assert (code, out) == (2, "")
    assert "RP105" in err
    assert len(err.splitlines()) == 1


def test_a_file_where_a_folder_should_be_is_said(run, tmp_path):
    (tmp_path / "out").write_text("x", encoding="utf-8")
    code, _, err = run("report", "hanoi-2021", "-o", str(tmp_path / "out"), "--workers", "1")
    assert code == 1
    assert LINE.match(err.splitlines()[-1])


# --- measure -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def register(tmp_path):
    rows = ["year,unit_id,member_id,role,award"]
    for year in range(2019, 2024):
        for unit in range(12):
            for member in range(8):
                award = "chien-si-thi-dua-co-so" if (member + year) % 8 == unit % 8 else ""
                rows.append(f"{year},u{unit},u{unit}m{member},{'head' if member == 0 else 'direct'},{award}")
    path = tmp_path / "register.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_measure_prints_indicators_with_intervals_and_caveats(run, register):
    code, out, err = run("measure", str(register), workspace=None)
    assert (code, err) == (0, "")
    assert "Tỷ lệ lãnh đạo, quản lý trong số được khen (%)" in out.replace("\n  ", " ") or "Tỷ lệ lãnh đạo" in out
    assert "96 người, 12 đơn vị, 5 năm" in out.replace("\n", " ")


def test_measure_as_json_keeps_the_promised_shape(run, register):
    content = json.loads(run("measure", str(register), "--json", workspace=None)[1])
    assert {"award", "n_members", "n_units", "n_years", "n_awards", "indicators", "allocation_mix"} <= content.keys()
    assert set(content["allocation_mix"]) == {"merit", "turn", "post", "unexplained"}
    assert all({"value", "low", "high", "n", "caveat"} == item.keys() for item in content["indicators"].values())
    assert all(item["caveat"] for item in content["indicators"].values() if item["value"] is None)


def test_measure_of_an_award_that_is_not_there_names_those_that_are(run, register):
    code, out, err = run("measure", str(register), "--award", "nothing", workspace=None)
    assert (code, out) == (2, "")
    assert "chien-si-thi-dua-co-so" in err


# --- the process ---------------------------------------------------------------------------------------------------------


def tieuchi(*arguments, **options):
    return subprocess.run([sys.executable, "-m", "simulator", *arguments], capture_output=True, check=False, **options)


def test_output_is_utf8_whatever_the_code_page(place):
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "LC_ALL": "C"}
    finished = tieuchi("--workspace", str(place), "list", env=environment)
    assert finished.returncode == 0
    assert "Bộ tiêu chí" in finished.stdout.decode("utf-8")


def test_a_reader_that_has_enough_causes_no_complaint(place):
    with subprocess.Popen(
        [sys.executable, "-m", "simulator", "--workspace", str(place), "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(timeout=60) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="an interrupt is no signal there")
def test_an_interrupt_is_told_in_one_line(place):
    arguments = [sys.executable, "-m", "simulator", "--workspace", str(place), "compare", "hanoi-2021", "--replications", "900", "--workers", "1"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8") as child:
        child.stderr.readline()
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
    assert child.returncode == 130
    assert out == ""
    assert err.splitlines()[-1] == catalogue("vi")["cli.stopped"]


@pytest.mark.skipif(sys.platform == "win32", reason="an interrupt is no signal there")
@pytest.mark.parametrize("command", ["compare", "report"])
@pytest.mark.parametrize("seconds", [0.0, 0.4, 3.0], ids=["before-workers", "as-workers-start", "at-work"])
def test_two_interrupts_stop_all_processes_at_once_and_leave_nothing(place, tmp_path, command, seconds):
    """A terminal sends Ctrl-C to every process of the group, and an impatient user sends it twice."""
    arguments = ["--workspace", str(place), command, "hanoi-2021", "--replications", "900", "--workers", "2", "--lang", "en"]
    arguments += ["-o", str(tmp_path / "report")] if command == "report" else []
    with subprocess.Popen(
        [sys.executable, "-m", "simulator", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
    ) as child:
        child.stderr.readline()
        time.sleep(seconds)
        started = time.monotonic()
        os.killpg(child.pid, signal.SIGINT)
        time.sleep(0.1)
        os.killpg(child.pid, signal.SIGINT)
        out, err = child.communicate(timeout=60)
        lasted = time.monotonic() - started
    words = catalogue("en")
    said = [line for line in err.splitlines() if line and not re.fullmatch(r"[\d/ ]*.*900.*", line)]
    assert (child.returncode, out, said) == (130, "", [words["cli.stopping"], words["cli.stopped"]])
    assert lasted < 5  # a second, on a machine that does nothing else
    assert not (tmp_path / "report").exists()
    deadline = time.monotonic() + 15  # the system may take seconds to bury what has ended
    while is_alive(child.pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_alive(child.pid)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_that_python_swallows_is_sent_again(monkeypatch):
    """An interrupt that falls into the end of an object's life is only printed by Python, and the work would go on."""

    class Fragile:
        def __del__(self):
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(cli, "SECONDS_TO_STOP", 0.05)
    try:
        with pytest.raises(KeyboardInterrupt), cli._stopping_at_once("en"):  # noqa: PT012 - the work goes on after the swallowing
            Fragile()
            time.sleep(20)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def is_alive(group):
    """Tell whether any process of a group lives."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_checking_rules_loads_neither_model_nor_figures():
    code = (
        "import sys; from simulator.cli import main; main(['lint']); sys.exit(bool({'mesa', 'matplotlib', 'papermill', 'scipy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
