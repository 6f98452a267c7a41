"""A list may name an award in words."""

from __future__ import annotations

import pytest

from simulator.rules.award_names import award_names, award_title, same_words
from simulator.workspace import Workspace, find_workspace


@pytest.mark.parametrize(
    "name",
    [
        "chien-si-thi-dua-co-so",
        "Chie\u0302\u0301n sĩ thi đua cơ sở",
        "CHIẾN SĨ  THI ĐUA CƠ SỞ",
        "Chiến sĩ thi đua cơ sở",
        "Grassroots Emulation Fighter",
    ],
)
def test_titles_and_ids_of_the_shipped_sets_are_known_however_written(name):
    assert award_names(find_workspace())[same_words(name)] == "chien-si-thi-dua-co-so"


def test_a_title_of_two_awards_and_a_broken_file_are_passed_over(tmp_path):
    folder = tmp_path / "criteria"
    folder.mkdir()
    (folder / "a.yaml").write_text('awards:\n  one: {title: {vi: "Cờ", en: "Flag"}}\n  two: {title: {vi: "Cờ"}}\n  three: {}\n', encoding="utf-8")
    (folder / "b.yaml").write_text("awards: [1,\n", encoding="utf-8")
    (folder / "c.yaml").write_text("- 1\n", encoding="utf-8")
    assert award_names(Workspace(tmp_path)) == {"one": "one", "two": "two", "three": "three", "flag": "one"}


def test_the_title_of_an_award_is_found_by_its_id_alone():
    assert award_title("giay-khen-dot-xuat", find_workspace())["vi"].startswith("Giấy khen đột xuất")
    assert award_title("giấy khen", find_workspace()) is None
