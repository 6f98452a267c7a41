from __future__ import annotations

import pytest

from simulator.presentation.i18n import catalogue, placeholders
from simulator.widgets.codes import CODES


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_code_has_its_sentence_with_the_same_fields(lang):
    told = catalogue(lang)
    for code, entry in CODES.items():
        assert set(placeholders(told[f"finding.{code}"])) == set(placeholders(entry.english)), code
    assert {key.removeprefix("finding.") for key in told if key.startswith("finding.WG")} == set(CODES)
