"""What holds of every way to write a file whole: the wanted name is taken at the end, and a failure leaves what stood there."""

from __future__ import annotations

import pytest


def takes_its_name_when_it_is_whole(whole_file, folder):
    """Write over an old file that can be read until the new one is whole."""
    wanted = folder / "kết quả.xlsx"
    wanted.write_text("old", encoding="utf-8")
    with whole_file(wanted) as unfinished:
        assert (unfinished.parent, unfinished.suffix) == (folder, ".xlsx")
        unfinished.write_text("new", encoding="utf-8")
        assert wanted.read_text(encoding="utf-8") == "old"
    assert wanted.read_text(encoding="utf-8") == "new"
    assert list(folder.iterdir()) == [wanted]


def leaves_the_old_file_and_nothing_else(whole_file, folder):
    """Fail halfway."""
    wanted = folder / "x.csv"
    wanted.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError), whole_file(wanted) as unfinished:
        unfinished.write_text("half " * 10000 + "\ud800", encoding="utf-8")
    assert wanted.read_text(encoding="utf-8") == "old"
    assert list(folder.iterdir()) == [wanted]
