"""A workspace with the shipped law and questions, in which Hà Nội has a tenth of its units: what does not depend on size costs seconds less."""

from __future__ import annotations

import re
import shutil

import yaml

from simulator.workspace import Workspace, find_workspace


def furnish_small(folder):
    """Put the shipped rules and scenarios into a folder, with a tenth of the units."""
    ours = find_workspace().root
    for name in ("criteria", "scenarios"):
        shutil.copytree(ours / name, folder / name)
    population = folder / "scenarios" / "populations" / "hanoi.yaml"
    text = population.read_text(encoding="utf-8")
    smaller = re.sub(r"units: (\d+)0\b", r"units: \1", text)
    assert smaller != text
    population.write_text(smaller, encoding="utf-8")
    return Workspace(folder)


def thin_out(workspace):
    """Leave a workspace of one's own a quarter of its units, half a thousand people, where it is not people that a test is about."""
    population = workspace.scenarios / "populations" / "hanoi.yaml"
    text = population.read_text(encoding="utf-8")
    fewer = re.sub(r"units: (\d+)\b", lambda found: f"units: {max(2, int(found[1]) // 4)}", text)
    assert fewer != text
    population.write_text(fewer, encoding="utf-8")
    return workspace


def shorten(workspace, options, **changes):
    """Leave the question hanoi-2021 of a workspace of one's own but some options, and change other keys of it.

    Letter 3959 advises, so an option with it is also tried at every level of compliance, which is most of what the four options cost.
    """
    path = workspace.scenarios / "hanoi-2021.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["options"] = [option for option in content["options"] if option["id"] in options]
    assert [option["id"] for option in content["options"]] == list(options)
    assert changes.keys() <= content.keys()
    path.write_text(yaml.safe_dump(content | changes, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return workspace
