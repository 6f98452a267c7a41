"""What every test stands on: no window, no personal Jupyter settings, ears for interrupts, reproducible examples."""

from __future__ import annotations

import gc
import os
import signal

import hypothesis
import pytest
from _pytest.doctest import DoctestModule

from tests.dealing import Dealing
from tests.reading import take_own_share_apart
from tests.telling_less import tell_less

# Set before anything imports matplotlib; a test run must not look for a screen.
os.environ["MPLBACKEND"] = "Agg"
# Set before anything imports numpy: the workers of a run share the processors, and threads of linear algebra that wait for one burn what they wait for.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

# The ordinary suite meets the same examples every time, and so does the deep one, which looks further: a red run is red again. Who hunts for
# mistakes, as before a release, lets chance choose the examples: TIEUCHI_HYPOTHESIS=hunt.
hypothesis.settings.register_profile("ordinary", deadline=None, derandomize=True, database=None, max_examples=10)
hypothesis.settings.register_profile("deep", deadline=None, derandomize=True, database=None, max_examples=1000)
hypothesis.settings.register_profile("hunt", deadline=None, max_examples=1000)
hypothesis.settings.load_profile(os.environ.get("TIEUCHI_HYPOTHESIS", "ordinary"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Deal files out in an order of our own, where whole files are dealt out."""
    return Dealing(config, log) if config.getvalue("dist") == "loadfile" else None


class _OnlyFilesWithExamples:
    """Look for examples in docstrings only in the files that show any: to take every object of all modules apart costs seconds."""

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(self, file_path):
        collectors = yield
        if file_path.suffix == ".py" and b">>>" not in file_path.read_bytes():
            return [each for each in collectors if not isinstance(each, DoctestModule)]
        return collectors


def pytest_configure(config):
    """Let it speak for the files of the simulator as well, which lie outside the folder of this file; and let workers tell what is waited for."""
    config.pluginmanager.register(_OnlyFilesWithExamples())
    tell_less(config)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session):
    """Look for no garbage while files are read: all that is made is kept."""
    gc.disable()
    try:
        take_own_share_apart(session.config)
        return (yield)
    finally:
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Compute the example of the second first page in the deep tests alone: it is that of the other in Vietnamese, and takes as long."""
    for item in items:
        if item.path.name == "README.vi.md":
            item.add_marker(pytest.mark.deep)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """Leave what lives as long as the run, thousands of tests and every module, out of each later search for garbage, and search less often.

    The little among it that is garbage already, some twenty megabytes, is left too: to find it, each worker would look through a million things.
    """
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(autouse=True, scope="module")
def _what_earlier_files_left_is_set_aside():
    """Every run of a batch ends with a search for garbage; without this, each would look through all that the files before have kept."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _jupyter_of_our_own(tmp_path_factory: pytest.TempPathFactory):
    """Keep kernels that tests start away from the settings and the history of whoever runs them."""
    home = tmp_path_factory.mktemp("jupyter")
    with pytest.MonkeyPatch.context() as patch:
        for name in (
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_DATA_DIR",
            "JUPYTER_RUNTIME_DIR",
            "JUPYTERLAB_WORKSPACES_DIR",
            "JUPYTERLAB_SETTINGS_DIR",
            "IPYTHONDIR",
        ):
            folder = home / name.lower()
            folder.mkdir()
            patch.setenv(name, str(folder))
        yield


@pytest.fixture(autouse=True, scope="session")
def _children_hear_interrupts():
    """A suite started in the background of a shell is deaf to Ctrl-C, and so would be the programs it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
