"""Every text in the house reads the same on every machine and betrays none of them."""

from __future__ import annotations

import re
import unicodedata

import pytest

BINARY = {".png", ".ttf", ".xlsx", ".docx", ".pdf"}
# A folder of the machine somebody happened to work on.
MACHINE_PATH = re.compile(r"(?<![\w.~/-])(?:/(?:work|root|tmp|home|Users)/|[A-Z]:\\\\?Users\\)[\w.-]")


@pytest.fixture(scope="module")
def texts(root, project_files):
    return {path: (root / path).read_bytes() for path in project_files if path.suffix not in BINARY}


def test_utf8_without_a_mark_and_with_unix_line_ends(texts):
    wrong = []
    for path, content in texts.items():
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            wrong.append(f"{path}: {error}")
        if content.startswith(b"\xef\xbb\xbf"):
            wrong.append(f"{path}: starts with a byte order mark")
        if b"\r" in content:
            wrong.append(f"{path}: has a carriage return")
        if content and not content.endswith(b"\n"):
            wrong.append(f"{path}: last line is not ended")
    assert wrong == []


def test_vietnamese_is_composed(texts):
    """One letter, one form (NFC): else a search for a title finds half of its occurrences."""
    wrong = [
        f"{path}:{number}"
        for path, content in texts.items()
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1)
        if not unicodedata.is_normalized("NFC", line)
    ]
    assert wrong == []


def test_no_path_of_a_machine(texts):
    wrong = [
        f"{path}:{number}: {line.strip()}"
        for path, content in texts.items()
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", ["work", "root", "tmp"])
def test_a_path_of_a_machine_would_be_found(folder):
    assert MACHINE_PATH.search(f"see /{folder}/main/notes.txt")
    assert not MACHINE_PATH.search(f"notebooks/{folder}/main.ipynb")
