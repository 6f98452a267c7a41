"""Help is one page in one language, with every default and one example."""

from __future__ import annotations

import shlex

import pytest
from typer.main import get_command

from simulator.cli.app import app
from simulator.cli.helping import HelpedCommand, described, help_key
from simulator.presentation.i18n import catalogue

COMMANDS = get_command(app).commands
PARAMETERS = {f"{name} {parameter.name}": parameter for name, command in COMMANDS.items() for parameter in command.params}
OTHER = {"vi": "en", "en": "vi"}


def flat(text):
    return " ".join(text.split())


def test_a_help_text_is_a_key_of_the_catalogue():
    assert help_key("lang") == "cli.help.lang"
    assert {command.help for command in COMMANDS.values()} <= set(catalogue("vi"))


@pytest.mark.parametrize("lang", OTHER)
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_a_page_is_in_one_language(run, command, lang):
    code, out, err = run(*command.split(), "--help", "--lang", lang, workspace=None)
    assert (code, err) == (0, "")
    key = help_key(command or "app")
    for word in (key, "cli.help.options", "cli.help.help"):
        assert flat(catalogue(lang)[word]) in flat(out)
        assert flat(catalogue(OTHER[lang])[word]) not in flat(out)
    assert max(map(len, out.splitlines())) <= 120


@pytest.mark.parametrize("lang", OTHER)
def test_each_parameter_says_its_default_or_that_it_is_needed(lang):
    words = catalogue(lang)
    needed, by_default = words["cli.help.required"], words["cli.help.default"].partition(" {")[0]
    silent = [
        (name, part)
        for name, parameter in PARAMETERS.items()
        for part in (needed if parameter.required else by_default, words[parameter.help])
        if part not in described(parameter, lang)
    ]
    assert len(PARAMETERS) > 100
    assert silent == []


def test_no_default_is_a_string_of_the_code():
    """The page tells defaults in the reader's words; a string in the code could say something else."""
    assert [name for name, parameter in PARAMETERS.items() if isinstance(parameter.default, str)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_one_example_that_its_own_options_allow(command):
    name, *words = shlex.split(COMMANDS[command].epilog)
    assert name == command
    known = {option for parameter in COMMANDS[command].params for option in parameter.opts}
    assert {word for word in words if word.startswith("-")} <= known
    context = COMMANDS[command].make_context(command, words)
    assert context.params


def test_the_example_can_be_typed_as_it_stands(run, monkeypatch):
    monkeypatch.setenv("TIEUCHI_PROGRAM", "./run")
    assert "\nVí dụ: ./run compare hanoi-2021 --replications 20\n" in run("compare", "--help", workspace=None)[1]
    monkeypatch.delenv("TIEUCHI_PROGRAM")
    assert "\nExample: tieuchi lab\n" in run("lab", "--help", "--lang=en", workspace=None)[1]


def test_a_narrow_terminal_gets_narrow_lines(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    lines = run("compare", "--help", workspace=None)[1].splitlines()
    assert max(len(line) for line in lines if "Ví dụ" not in line and "Cách dùng" not in line) <= 60


def test_a_mistake_after_a_command_knows_its_command():
    command = HelpedCommand("one", callback=lambda: None)
    with pytest.raises(Exception, match="no-such") as caught:
        command.make_context("one", ["--no-such"])
    assert caught.value.ctx.info_name == "one"
