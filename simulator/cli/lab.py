"""The commands that open notebooks: JupyterLab on the workspace, and the workbench or the training session as a page without code."""

# typer reads the annotations when the program runs, so they are not postponed here.

from typing import Annotated, get_args

import typer

from simulator.cli.helping import help_key
from simulator.cli.interrupts import leave_to_others
from simulator.cli.options import LangOption, WorkspaceOption, place_of, read_choice, whole_number, words_of

HeadlessOption = Annotated[bool, typer.Option("--no-browser", help=help_key("no-browser"))]
PageArgument = Annotated[str | None, typer.Argument(metavar="[PAGE]", help=help_key("page"))]
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
    page: PageArgument = None,
    is_headless: HeadlessOption = False,
    port: PortOption = None,
    lang: LangOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Serve the workbench, or the training session, as a page without code."""
    from simulator.widgets.serving.app import Page, serve

    pages: tuple[Page, ...] = get_args(Page)
    words = words_of(context, lang)
    number = whole_number("port", port, words)
    chosen = pages[0] if page is None else read_choice("PAGE", page, pages, words)
    raise typer.Exit(serve(place_of(context, workspace), chosen, has_browser=not is_headless, port=number, lang=words))
