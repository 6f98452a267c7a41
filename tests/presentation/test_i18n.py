from __future__ import annotations

import pytest

from simulator.errors import Finding, Severity
from simulator.presentation.i18n import MessageError, catalogue, describe, placeholders, translate, ways_of_writing
from simulator.rules.codes import CODES, make_finding

SEVERAL = ("vi", "en")


def test_both_languages_have_the_same_keys():
    assert set(catalogue("vi")) == set(catalogue("en"))


def test_both_languages_fill_in_the_same_fields():
    different = [key for key, message in catalogue("vi").items() if set(placeholders(message)) != set(placeholders(catalogue("en")[key]))]
    assert different == []


@pytest.mark.parametrize("lang", SEVERAL)
def test_every_message_is_text_with_plain_fields(lang):
    for key, message in catalogue(lang).items():
        assert isinstance(message, str), key
        assert all(name.isidentifier() for name in placeholders(message)), key


@pytest.mark.parametrize("lang", SEVERAL)
def test_every_code_has_a_sentence_that_uses_what_the_finding_carries(lang):
    for code, entry in CODES.items():
        carried = set(placeholders(entry.english))
        assert set(placeholders(catalogue(lang)[f"finding.{code}"])) <= carried, code


def test_no_sentence_is_left_for_a_code_that_is_gone():
    codes = {
        key.removeprefix("finding.").removesuffix(".empty").removesuffix(".plain")
        for key in catalogue("vi")
        if key.startswith(("finding.RD", "finding.CS", "finding.OV", "finding.RL"))
    }
    assert codes == set(CODES)


def test_a_missing_key_is_said_at_once():
    with pytest.raises(MessageError, match=r"no message finding\.nothing in vi\.yaml"):
        translate("finding.nothing", "vi")


def test_a_missing_field_is_said_at_once():
    with pytest.raises(MessageError, match=r"needs folder"):
        translate("finding.WS001", "en")


def test_a_language_nobody_wrote_is_said_at_once():
    with pytest.raises(MessageError, match="fr"):
        translate("finding.WS001", "fr", folder="x")


def test_a_finding_is_told_in_both_languages():
    finding = make_finding("CS103", "criteria/decree-91.yaml", 12, key="share", expected="@number", found="nhiều")
    assert describe(finding, "vi") == "“share” phải là số, ở đây là nhiều. Hãy sửa giá trị."
    assert describe(finding, "en") == "“share” must be a number, found nhiều. Mend the value."


@pytest.mark.parametrize("code", ["RG405", "RG424", "RG433"])
def test_an_empty_cell_has_a_sentence_of_its_own(code):
    fields = {"column": "unit_id", "expected": "@not-empty", "n": "6", "n_rows": "9"}
    vi, en = (describe(Finding(code, Severity.ERROR, "x", 2, {**fields, "found": "@empty"}, ""), lang) for lang in ("vi", "en"))
    assert "để trống" in vi
    assert "is empty" in en
    assert "ghi để trống" not in vi
    told = describe(Finding(code, Severity.ERROR, "x", 2, {**fields, "found": "12"}, ""), "vi")
    assert "ghi “12”" in told


def test_a_value_that_only_looks_like_a_word_is_left_alone():
    finding = make_finding("CS103", "x.yaml", 1, key="share", expected="@number", found="@nobody")
    assert "@nobody" in describe(finding, "vi")


def test_braces_in_a_value_are_not_fields():
    finding = make_finding("CS103", "x.yaml", 1, key="share", expected="@number", found="{found}")
    assert "{found}" in describe(finding, "en")


def test_a_code_of_nobody_keeps_its_english():
    assert describe(Finding("ZZ999", Severity.ERROR, "x", 1, english="as it is"), "vi") == "as it is"


def test_ways_of_writing_are_told_apart_the_shown_one_first():
    assert ways_of_writing("column.is_woman.yes", "vi")[0] == "nữ"
    assert all(way == way.strip() != "" for key in catalogue("vi") for way in ways_of_writing(key, "vi"))
    assert ways_of_writing("no.such.key", "vi") == ()
