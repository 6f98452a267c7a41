from __future__ import annotations

import subprocess
import sys

import pytest

from simulator.reporting.notebooks import _out_of_sight


def test_what_executes_notebooks_is_loaded_without_the_grammar_of_addresses():
    code = (
        "import sys\nimport simulator.reporting.render\n"
        "assert 'papermill' in sys.modules and 'jsonschema' in sys.modules\n"
        "sys.exit('rfc3987_syntax' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_module_is_out_of_sight_for_a_moment_only(monkeypatch):
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with _out_of_sight("colorsys"), pytest.raises(ImportError):
        import colorsys  # noqa: PLC0415 - that is what is tried
    import colorsys  # noqa: PLC0415 - as above

    assert colorsys.rgb_to_hls(0, 0, 0) == (0, 0, 0)


def test_a_module_that_was_loaded_before_stays():
    with _out_of_sight("pytest"):
        assert sys.modules["pytest"] is pytest
    assert sys.modules["pytest"] is pytest
