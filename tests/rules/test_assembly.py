from __future__ import annotations

from copy import deepcopy

import pytest

from simulator.errors import InputError
from simulator.rules.assembly import iter_set_files, read_criteria, read_layer, stack_over
from simulator.rules.reading import read_yaml, read_yaml_bytes
from tests.rules.specimen import OVERLAY, SET, line_of, make_workspace, replace, stack_texts

LOOSER = replace(replace(OVERLAY, "id: stricter", "id: looser"), "share: 0.3", "rounding: floor")
UPON = replace(replace(OVERLAY, "id: stricter", "id: upon"), "extends: specimen", "extends: stricter").replace("share: 0.3", "rounding: floor")
OTHER_SET = replace(SET, "id: specimen", "id: other")


@pytest.fixture
def workspace(tmp_path):
    return make_workspace(tmp_path, stricter=OVERLAY, looser=LOOSER, upon=UPON, other=OTHER_SET)


def codes(expression, workspace):
    with pytest.raises(InputError) as caught:
        read_criteria(expression, workspace)
    return [(finding.code, finding.file) for finding in caught.value.findings]


@pytest.mark.parametrize(
    ("expression", "stack"),
    [
        ("specimen", ("specimen",)),
        ("specimen+stricter", ("specimen", "stricter")),
        ("specimen+stricter+looser", ("specimen", "stricter", "looser")),
        ("specimen + looser", ("specimen", "looser")),
        ("stricter", ("specimen", "stricter")),
        ("upon", ("specimen", "stricter", "upon")),
        ("stricter+looser", ("specimen", "stricter", "looser")),
    ],
)
def test_an_expression_is_read_from_left_to_right(expression, stack, workspace):
    criteria = read_criteria(expression, workspace)
    assert criteria.stack == stack
    assert criteria.id == expression
    assert criteria.files == tuple(f"criteria/{set_id}.yaml" for set_id in stack)


def test_laying_overlays_leaves_the_files_as_they_were_read(workspace):
    """Files are remembered, so whoever reads them next must find in them what they hold."""
    documents = [read_yaml(path, workspace.show(path)) for path in iter_set_files(workspace)]
    before = deepcopy([document.data for document in documents])
    first, again = (read_criteria("specimen+stricter+looser", workspace) for _ in range(2))
    assert [document.data for document in documents] == before
    assert all(read_yaml(path, workspace.show(path)) is document for path, document in zip(iter_set_files(workspace), documents, strict=True))
    assert (first.content_hash, first.changes) == (again.content_hash, again.changes)


def test_a_path_is_a_set_too(workspace, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(replace(OVERLAY, "id: stricter", "id: mine"), encoding="utf-8")
    assert read_criteria("mine.yaml", workspace).stack == ("specimen", "mine")
    assert read_criteria("specimen+mine.yaml", workspace).files == ("criteria/specimen.yaml", "mine.yaml")
    assert read_criteria(str(tmp_path / "mine.yaml"), workspace).clause("fighter.quota").share == 0.3


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("specimn", [("CS117", "criteria")]),
        ("", [("CS117", "criteria")]),
        ("specimen+", [("CS117", "criteria")]),
        ("../instruments", [("CS117", "criteria")]),
        ("instruments", [("CS117", "criteria")]),
        ("specimen+other", [("OV206", "criteria/other.yaml")]),
        ("specimen+specimen", [("OV207", "criteria/specimen.yaml")]),
        ("specimen+stricter+stricter", [("OV207", "criteria/stricter.yaml")]),
        ("specimen+upon", [("OV205", "criteria/upon.yaml")]),
        ("other+stricter", [("OV205", "criteria/stricter.yaml")]),
        ("missing.yaml", [("RD001", "missing.yaml")]),
    ],
)
def test_what_cannot_be_stacked_is_told(expression, found, workspace):
    assert codes(expression, workspace) == found


def test_the_most_similar_names_come_first(workspace):
    with pytest.raises(InputError) as caught:
        read_criteria("specimn", workspace)
    assert caught.value.findings[0].fields["known"].startswith("specimen")


def test_overlays_that_extend_each_other(tmp_path):
    one = replace(replace(OVERLAY, "id: stricter", "id: one"), "extends: specimen", "extends: two")
    two = replace(replace(OVERLAY, "id: stricter", "id: two"), "extends: specimen", "extends: one")
    workspace = make_workspace(tmp_path, one=one, two=two)
    assert codes("one", workspace) == [("OV208", "criteria/two.yaml")]


def test_the_id_is_the_name_of_the_file(tmp_path):
    workspace = make_workspace(tmp_path, renamed=SET)
    assert codes("renamed", workspace) == [("CS115", "criteria/renamed.yaml")]


@pytest.mark.parametrize(("text", "code"), [("- a\n", "CS116"), ("just words\n", "CS116"), ("{}\n", "CS102"), (SET + "supersedes: []\n", None)])
def test_only_keys_and_values_make_a_set(text, code):
    document = read_yaml_bytes(text.encode(), "x.yaml")
    if code is None:
        assert read_layer(document).content.supersedes == ()
        return
    with pytest.raises(InputError) as caught:
        read_layer(document)
    assert {finding.code for finding in caught.value.findings} == {code}


def test_a_full_set_supersedes_nothing():
    text = SET + 'supersedes: [{set: other, clause: fighter.quota, why: {vi: "a", en: "b"}}]\n'
    with pytest.raises(InputError) as caught:
        read_layer(read_yaml_bytes(text.encode(), "x.yaml"))
    assert [finding.code for finding in caught.value.findings] == ["OV210"]


def test_registers_are_not_sets(workspace):
    assert [path.stem for path in iter_set_files(workspace)] == ["looser", "other", "specimen", "stricter", "upon"]


def test_an_overlay_given_as_a_file_finds_its_base_beside_it(workspace, tmp_path):
    folder = tmp_path / "a+b"
    folder.mkdir()
    (folder / "specimen.yaml").write_text(replace(SET, "share: 0.5", "share: 0.45"), encoding="utf-8")
    (folder / "stricter.yaml").write_text(OVERLAY, encoding="utf-8")
    (folder / "looser.yaml").write_text(LOOSER, encoding="utf-8")
    alone = read_criteria(f"{folder}/stricter.yaml", workspace)
    assert alone.files == (f"{folder}/specimen.yaml", f"{folder}/stricter.yaml")
    plain = tmp_path / "c"
    folder.rename(plain)
    both = read_criteria(f"{plain}/specimen.yaml+{plain}/stricter.yaml", workspace)
    assert both.stack == ("specimen", "stricter")
    assert both.files == (f"{plain}/specimen.yaml", f"{plain}/stricter.yaml")


def test_a_base_that_is_nowhere_says_where_it_was_looked_for(workspace, tmp_path):
    (tmp_path / "stricter.yaml").write_text(replace(OVERLAY, "extends: specimen", "extends: nobody"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_criteria(f"{tmp_path}/stricter.yaml", workspace)
    assert caught.value.findings[0].fields["where"] == f"{tmp_path}, criteria, criteria/scoring-tables"


def test_a_text_stacked_on_a_set_is_what_its_file_would_be():
    later = replace(replace(OVERLAY, "id: stricter", "id: later"), "share: 0.3", "rounding: floor")
    stacked = stack_over(stack_texts(SET, OVERLAY), later, "later", "later.yaml")
    read = stack_texts(SET, OVERLAY, later)
    assert (stacked.rules, stacked.headers, stacked.changes, stacked.amended) == (read.rules, read.headers, read.changes, read.amended)
    assert stacked.location("fighter.quota.rounding") == ("later.yaml", line_of(later, "rounding: floor"))
    assert stacked.location("fighter.quota.share")[0] == "layer-1.yaml"
    with pytest.raises(InputError) as caught:
        stack_over(stack_texts(SET, OVERLAY), replace(later, "rounding: floor", "share: 0.1"), "later", "later.yaml")
    assert [finding.code for finding in caught.value.findings] == ["OV204"]
