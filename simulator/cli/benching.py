"""The command that measures how fast the engine is."""

# typer reads the annotations when the program runs, so they are not postponed here.

import importlib.util
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from simulator.cli.giving import give
from simulator.cli.helping import help_key
from simulator.cli.options import JsonOption, LangOption, UsageError, whole_number, words_of
from simulator.presentation.i18n import translate
from simulator.presentation.terminal import follow_progress

PACKAGE: Final = Path(__file__).resolve().parents[1]
"""Beside it in a clone, or inside it in an installed copy, lies the folder of the benchmarks."""


def bench_command(
    context: typer.Context,
    is_full: Annotated[bool, typer.Option("--full", help=help_key("bench-full"))] = False,
    members: Annotated[str | None, typer.Option("--members", metavar="N", help=help_key("bench-members"))] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure how fast the engine is, beside an ordinary model and beside the machine itself."""
    from simulator.presentation.speed_table import draw_speed

    words = words_of(context, lang)
    n_members = whole_number("members", members, words)
    if is_full and n_members is not None:
        raise UsageError(translate("cli.usage.full-or-members", words))

    measured = load_benchmark(PACKAGE).measure_all(is_full=is_full, members=n_members, tell=follow_progress(words, "speed.progress"))
    give(measured if as_json else draw_speed(measured, words).to_text())
    if measured["failures"]:
        raise typer.Exit(1)


def load_benchmark(package: Path) -> Any:
    """Load ``benchmarks/engine.py``, which is no part of the package: of the installed copy, or of the clone."""
    shipped = package / "_shipped" / "benchmarks"
    script = (shipped if shipped.is_dir() else package.parent / "benchmarks") / "engine.py"
    spec = importlib.util.spec_from_file_location("tieuchi_benchmark", script)
    assert spec is not None and spec.loader is not None, script  # noqa: S101, PT018 - a file that ends in .py has both; this tells mypy
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    return benchmark
