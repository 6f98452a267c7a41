from __future__ import annotations

import zipfile

import pytest

from simulator.reporting.word.data import add_data, read_data
from simulator.reporting.word.styles import new_document

DATA = {"provenance": {"Tên": "]]> & <\x01\ud800>", "numbers": {"a": 0.1, "b": None}, "is": True}}


@pytest.fixture
def written(tmp_path):
    document = new_document("vi", "Báo cáo")
    add_data(document, DATA)
    document.save(str(tmp_path / "a.docx"))
    return tmp_path / "a.docx"


def test_data_come_back_as_they_were(written):
    assert read_data(written) == DATA


def test_the_part_has_the_id_word_asks_for(written):
    with zipfile.ZipFile(written) as archive:
        names = [name for name in archive.namelist() if name.startswith("customXml/")]
        assert sorted(names) == ["customXml/_rels/item1.xml.rels", "customXml/item1.xml", "customXml/itemProps1.xml"]
        assert len(archive.namelist()) == len(set(archive.namelist()))


def test_a_document_without_data_says_so(tmp_path):
    new_document("vi", "Báo cáo").save(str(tmp_path / "a.docx"))
    with pytest.raises(ValueError, match="holds no data of a report"):
        read_data(tmp_path / "a.docx")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<report xmlns='urn:tieuchi:report'>{</report>", "cannot be read|can be read"),
        (b"<report xmlns='urn:tieuchi:report'>[1]</report>", "not what a report holds"),
        (b"<report xmlns='urn:tieuchi:report'>", "can be read"),
        (b"<!DOCTYPE r [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><report xmlns='urn:tieuchi:report'>&e;</report>", "can be read"),
        (b"<other xmlns='urn:tieuchi:report'>{}</other>", "holds no data"),
    ],
)
def test_spoilt_data_are_refused(tmp_path, content, words):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("customXml/item1.xml", content)
    with pytest.raises(ValueError, match=words):
        read_data(tmp_path / "a.docx")


def test_a_part_that_is_too_large_is_not_read(written, monkeypatch):
    monkeypatch.setattr("simulator.reporting.word.data.MOST_BYTES", 10)
    with pytest.raises(ValueError, match="holds no data"):
        read_data(written)


def test_what_is_no_archive_is_refused(tmp_path, written):
    (tmp_path / "b.docx").write_bytes(written.read_bytes()[:500])
    with pytest.raises(ValueError, match="not a Word document"):
        read_data(tmp_path / "b.docx")
