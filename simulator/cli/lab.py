"""The commands that open notebooks: JupyterLab on the workspace, and the workbench as a page without code."""

# typer reads the annotations when the program runs, so they are not postponed here.

from typing import Annotated

import typer

from simulator.cli.helping import help_key
from simulator.cli.interrupts import leave_to_others
from simulator.cli.options import LangOption, WorkspaceOption, place_of, whole_number, words_of

HeadlessOption = Annotated[bool, typer.Option("--no-browser", help=help_key("no-browser"))]
PortOption = Annotated[str | None, typer.Option("--port", metavar="N", help=help_key("port"))]


def lab_command(
    context: typer.Context,
    is_headless: HeadlessOption = False,
    port: PortOption = None,
    lang: LangOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Open JupyterLab on the workspace."""
    from simulator.widgets.serving.lab import open_lab

    leave_to_others()  # JupyterLab asks before it stops, and may be told no
    words = words_of(context, lang)
    number = whole_number("port", port, words)
    raise typer.Exit(open_lab(place_of(context, workspace), has_browser=not is_headless, port=number, lang=words))


def app_command(
    context: typer.Context,
    is_headless: HeadlessOption = False,
    port: PortOption = None,
    lang: LangOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Serve the workbench as a page without code."""
    from simulator.widgets.serving.app import serve

    number = whole_number("port", port, words_of(context, lang))
    raise typer.Exit(serve(place_of(context, workspace), has_browser=not is_headless, port=number))
