from __future__ import annotations

import pytest

from simulator.errors import Severity
from simulator.presentation.i18n import catalogue, placeholders
from simulator.reporting.codes import CODES, rendering_error, template_finding


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence_with_the_same_fields(code, lang):
    assert set(placeholders(catalogue(lang)[f"finding.{code}"])) <= {*placeholders(CODES[code]), "known"}


def test_no_sentence_has_outlived_its_code():
    assert {key.removeprefix("finding.").removesuffix(".empty") for key in catalogue("vi") if key.startswith("finding.RP")} == set(CODES)


def test_a_wrong_template_is_bad_input_and_a_failed_rendering_is_a_failed_run():
    finding = template_finding("RP103", "t.ipynb", name="lang")
    assert (finding.severity, finding.is_unreadable, finding.file) == (Severity.ERROR, True, "t.ipynb")
    error = rendering_error("RP202", "t.ipynb", cell="3", seconds="5")
    assert error.fields["code"] == "RP202"
    assert str(error) == "cell 3 of the report took longer than 5 s"
