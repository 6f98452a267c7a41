"""Assumptions of which only a few have a range, so that a study of them takes seconds."""

from __future__ import annotations

import re


def keep_ranges(path, names):
    """Take from a file of assumptions the ranges of all but some."""
    blocks = re.split(r"(?m)^(?=  [a-z_]+:$)", path.read_text(encoding="utf-8"))
    path.write_text("".join(block if block.split(":")[0].strip() in names else _without_range(block) for block in blocks), encoding="utf-8")


def _without_range(block):
    value = re.search(r"(?m)^    value: (\S+)$", block)
    return block if value is None else re.sub(r"(?m)^    (low|high): \S+$", rf"    \1: {value.group(1)}", block)
