from __future__ import annotations

import tempfile
from contextlib import contextmanager

import pytest

from simulator.errors import InputError
from simulator.experiments.execution.computing import Computing
from simulator.experiments.store.store import Store
from simulator.reporting import batch
from simulator.reporting.delivering import deliver_all
from simulator.reporting.evidence.contents import Asked
from simulator.reporting.evidence.making import Request
from tests.experiments.conftest import furnish
from tests.experiments.crew import Here
from tests.experiments.shelf import kept
from tests.reporting.registers import write_register
from tests.reporting.telling import telling_here


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A workspace of a dozen units with one sound scenario and one that cannot be read."""
    place = furnish(tmp_path_factory.mktemp("workspace") / "w")
    sound = (place.scenarios / "tiny.yaml").read_text(encoding="utf-8")
    broken = sound.replace("id: tiny\n", "id: broken\n").replace("baseline:", "bassline:")
    (place.scenarios / "broken.yaml").write_text(broken, encoding="utf-8")
    return place


def requests(*names):
    return [Request("scenario", name, Asked("", lang="en", replications=2, years=1)) for name in names]


@contextmanager
def making_here():
    """Let reports be made where a test is, and told without a kernel: that of a batch each has its process is proved in ``test_batch.py``."""
    with pytest.MonkeyPatch.context() as patch, telling_here():
        patch.setattr(batch, "Processes", Here)
        patch.setattr(tempfile, "tempdir", tempfile.tempdir)  # which is set where a report is made
        yield


@pytest.fixture(scope="module")
def delivered(place, tmp_path_factory):
    """Deliver a scenario that cannot be read, a sound one, a list and one that is not there, in one batch."""
    folder, told = tmp_path_factory.mktemp("delivered"), []
    lists = [folder / "Nguyễn Văn Mẫu.csv", folder / "Trần Thị Mẫu.csv"]
    write_register(lists[0], units=2, years=[2020])
    computing = Computing(store=Store(folder / "store"), progress=lambda *done: told.append(done))
    asked = [*requests("broken", "tiny"), *(Request("register", str(path), Asked("")) for path in lists)]
    with making_here():
        return folder, told, deliver_all(asked, place, computing, folder / "out", forms=("html",), lang="en")


def test_each_report_has_a_folder_and_one_that_fails_stops_no_other(delivered):
    folder, told, outcomes = delivered
    bad, good, _, _ = outcomes
    assert [outcome.name for outcome in outcomes] == ["broken", "tiny", "register-1", "register-2"]
    assert {finding.file for finding in bad.failure} == {"scenarios/broken.yaml"}
    assert bad.published is None
    assert good.published.files[0] == folder / "out" / "tiny" / "report.en.html"
    assert all(path.is_file() for path in good.published.files)
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["index.en.html", "register-1", "tiny"]
    assert told == [(done, 4) for done in range(1, 5)]
    assert kept(folder / "store") == [0, 1]


def test_a_list_of_a_batch_is_told_without_the_name_of_its_file(delivered):
    folder, _, (*_, done, failed) = delivered
    assert done.published.files[0] == folder / "out" / "register-1" / "report.vi.html"
    assert (failed.name, [finding.code for finding in failed.failure]) == ("register-2", ["RG401"])
    files = [path for path in (folder / "out").rglob("*.*") if path.is_file()]
    assert len(files) > 3
    for path in files:
        assert "Mẫu" not in str(path.relative_to(folder))
        assert "Mẫu".encode() not in path.read_bytes()


def test_two_reports_for_one_folder_are_refused_before_anything_is_made(place, tmp_path):
    with pytest.raises(InputError):
        deliver_all(requests("tiny", "tiny"), place, Computing(), tmp_path / "out", forms=("html",), lang="en")
    assert not (tmp_path / "out").exists()
