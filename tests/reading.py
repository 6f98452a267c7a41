"""How files of tests are read by several workers at once: each first takes a share of its own apart, and finds the others' shares done.

In a fresh clone most of the time before the first test goes into taking each assertion apart. What one worker has taken apart pytest keeps beside the file; workers
that go through the files side by side would all take the same ones apart at the same moment. Nothing is run here, and whatever is amiss is left to pytest.
"""

from __future__ import annotations

import sys

from _pytest.assertion.rewrite import PYC_TAIL, _read_pyc, _rewrite_test, _write_pyc, assertstate_key, get_cache_dir


def take_own_share_apart(config):
    """Prepare every nth file of tests, of n workers."""
    worker = getattr(config, "workerinput", None)
    if worker is None or sys.dont_write_bytecode or config.getoption("assertmode") != "rewrite":
        return
    folders = [config.rootpath / argument for argument in config.args]
    files = sorted({file for folder in folders if folder.is_dir() for file in folder.rglob("test_*.py")})
    for file in files[int(worker["workerid"].removeprefix("gw")) % worker["workercount"] :: worker["workercount"]]:
        take_apart(file, config)


def take_apart(file, config):
    """Prepare one file as pytest would, unless it is prepared."""
    prepared = get_cache_dir(file) / f"{file.stem}{PYC_TAIL}"
    if _read_pyc(file, prepared) is not None:
        return
    try:
        source_hash, code = _rewrite_test(file, config)
        prepared.parent.mkdir(parents=True, exist_ok=True)
    except (SyntaxError, ValueError, OSError):
        return
    _write_pyc(config.stash[assertstate_key], code, source_hash, prepared)
