from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from simulator.presentation.i18n import catalogue
from simulator.reporting.forms import typefaces
from simulator.reporting.forms.typefaces import SIGNS, STYLES, VIETNAMESE_LETTERS, choose_typefaces, copy_of, lacking_in, text_typefaces

NAMES = {(False, False): "Regular", (False, True): "Italic", (True, False): "Bold", (True, True): "Bold Italic"}
ALL = {*VIETNAMESE_LETTERS, *SIGNS, *map(chr, range(32, 127))}


def font_file(path, family, style=(False, False), letters=ALL, width=500):
    """Write a font whose every letter is a square."""
    pen = TTGlyphPen(None)
    for at, point in enumerate([(0, 0), (0, 500), (400, 500), (400, 0)]):
        (pen.lineTo if at else pen.moveTo)(point)
    pen.closePath()
    glyph = pen.glyph()
    order = [".notdef", *(f"u{ord(letter):04X}" for letter in sorted(letters))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(letter): f"u{ord(letter):04X}" for letter in letters})
    builder.setupGlyf(dict.fromkeys(order, glyph))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (width, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": NAMES[style]})
    builder.setupOS2(fsSelection=32 * style[0] + style[1])
    builder.setupPost()
    builder.save(path)
    return path


def family_files(folder, family, stem, **changes):
    folder.mkdir(parents=True, exist_ok=True)
    return [font_file(folder / f"{stem}{NAMES[style].replace(' ', '')}.ttf", family, style, **changes) for style in STYLES]


def test_there_are_147_vietnamese_letters():
    assert len(set(VIETNAMESE_LETTERS)) == len(VIETNAMESE_LETTERS) == 147
    assert unicodedata.normalize("NFC", VIETNAMESE_LETTERS) == VIETNAMESE_LETTERS


def test_times_new_roman_comes_before_liberation_serif(tmp_path):
    liberation = family_files(tmp_path / "l", "Liberation Serif", "LiberationSerif-")
    times = family_files(tmp_path / "t", "Times New Roman", "times")
    assert choose_typefaces(liberation).chain[0].family == "Liberation Serif"
    chosen = choose_typefaces([*liberation, *times]).chain[0]
    assert chosen.family == "Times New Roman"
    assert {face.path for face in chosen.faces.values()} == set(times)


def test_a_typeface_is_refused_for_one_letter_that_one_style_lacks(tmp_path):
    files = family_files(tmp_path, "Liberation Serif", "LiberationSerif-")
    font_file(files[2], "Liberation Serif", (True, False), ALL - {"Ộ"})
    assert choose_typefaces(files).chain[0].family == "DejaVu Serif"


def test_a_typeface_is_refused_for_a_sign_our_texts_use(tmp_path):
    assert choose_typefaces(family_files(tmp_path, "Times New Roman", "times", letters=ALL - {"−"})).chain[0].family == "DejaVu Serif"


def test_an_old_typeface_of_the_same_name_does_not_hide_the_new_one(tmp_path):
    old = family_files(tmp_path / "a-old", "Liberation Serif", "LiberationSerif-", letters=ALL - {*"ẤấỘộ"})
    new = family_files(tmp_path / "b-new", "Liberation Serif", "LiberationSerif-")
    chosen = choose_typefaces([*old, *new]).chain[0]
    assert {face.path for face in chosen.faces.values()} == set(new)


def test_a_missing_style_is_not_made_up(tmp_path):
    assert choose_typefaces(family_files(tmp_path, "Times New Roman", "times")[:3]).chain[0].family == "DejaVu Serif"


def test_the_order_of_the_files_decides_nothing(tmp_path):
    files = [*family_files(tmp_path / "a", "Times New Roman", "times"), *family_files(tmp_path / "b", "Times New Roman", "times")]
    assert choose_typefaces(files).chain == choose_typefaces(reversed(files)).chain


@pytest.mark.parametrize("name", ["times.ttc", "Times New Roman.dfont", "times.pfb"])
def test_other_kinds_of_files_are_passed_over(tmp_path, name):
    (tmp_path / name).write_bytes(b"ttcf\x00\x01")
    assert choose_typefaces([tmp_path / name]).chain[0].family == "DejaVu Serif"


@pytest.mark.parametrize("content", [b"", b"ttcf", b"\x00\x01\x00\x00" + b"\xff" * 40, None], ids=["empty", "collection", "damaged", "cut short"])
def test_a_file_that_cannot_be_read_is_as_good_as_none(tmp_path, content):
    path = font_file(tmp_path / "times.ttf", "Times New Roman")
    path.write_bytes(path.read_bytes()[:900] if content is None else content)
    assert choose_typefaces([path, tmp_path / "timesgone.ttf"]).chain[0].family == "DejaVu Serif"


@pytest.mark.parametrize("name", ["Times New Roman Bold.ttf", "Times_New_Roman_Bold.ttf", "timesbd.ttf", "TIMESBD.TTF"])
def test_the_names_of_files_on_every_system_are_looked_at(tmp_path, name, monkeypatch):
    looked_at = []
    monkeypatch.setattr(typefaces, "_read", lambda path: looked_at.append(path.name))
    choose_typefaces([tmp_path / name, tmp_path / "arial.ttf"])
    assert looked_at == [name]


def test_a_letter_is_taken_from_the_first_that_has_it():
    chosen = choose_typefaces([])
    assert [each.family for each in chosen.chain] == ["DejaVu Serif", "DejaVu Sans"]
    assert [each.family for each in chosen.needed_for("Đồng")] == ["DejaVu Serif"]
    assert [each.family for each in chosen.needed_for("₫")] == ["DejaVu Serif", "DejaVu Sans"]


def test_a_letter_nobody_has_is_told_and_what_is_never_drawn_is_not():
    assert choose_typefaces([]).lacking("a語\n\u200b\u00a0b語") == ["語"]


def test_the_spare_typefaces_have_every_letter_of_the_catalogue_and_of_vietnamese():
    letters = {*VIETNAMESE_LETTERS, *SIGNS, *(letter for lang in ("vi", "en") for words in catalogue(lang).values() for letter in words)}
    assert choose_typefaces([]).lacking(letters) == []
    assert text_typefaces().lacking(letters) == []


def test_signs_of_the_catalogue_are_demanded_of_the_typeface_of_the_text():
    letters = {letter for lang in ("vi", "en") for words in catalogue(lang).values() for letter in words if ord(letter) > 126}
    assert {letter for letter in letters if not letter.isalpha()} <= {*SIGNS, "⁶", "\u00a0"}


def test_a_line_is_as_wide_as_its_letters(tmp_path):
    chosen = choose_typefaces(family_files(tmp_path, "Times New Roman", "times", width=400))
    assert chosen.width("Đồng") == pytest.approx(1.6)
    assert chosen.width("語") == pytest.approx(0.5)
    wide = choose_typefaces([])
    assert wide.width("Đồng", is_bold=True) > wide.width("Đồng")


def test_the_choice_is_made_once(monkeypatch):
    assert text_typefaces() is text_typefaces()


def test_copies_have_names_of_their_own(tmp_path):
    names = [name for name, _ in copy_of(choose_typefaces([]).chain)]
    assert len(names) == len(set(names)) == 8
    assert all(Path(name).suffix == ".ttf" for name in names)


def test_the_folder_of_a_typeface_may_have_a_vietnamese_name(tmp_path):
    folder = tmp_path / "Phông chữ"
    folder.mkdir()
    files = [Path(shutil.copy(path, folder)) for path in family_files(tmp_path, "Times New Roman", "times")]
    assert choose_typefaces(files).chain[0].family == "Times New Roman"


def test_letters_are_looked_up_only_where_a_pdf_is_asked_for():
    assert lacking_in(("html", "docx")) is None
    assert lacking_in(("html", "pdf"))("a語") == ["語"]
