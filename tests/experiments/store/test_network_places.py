"""Folders of other machines are known by what is mounted."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.experiments.store import network_places
from simulator.experiments.store.network_places import is_on_network, kind_of_place

MOUNTS = """\
rootfs / rootfs rw 0 0
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/office\\040files cifs rw 0 0
server:/srv /srv nfs4 rw 0 0
/dev/sdb1 /srv/local xfs rw 0 0
me@server: /mnt/far fuse.sshfs rw 0 0
portal /run/doc fuse.portal rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/work", "ext4"),
        ("/mnt/office files/thi đua/reports", "cifs"),
        ("/mnt/office", "ext4"),
        ("/srv/an", "nfs4"),
        ("/srv/local/an", "xfs"),
        ("/srvs", "ext4"),
        ("/mnt/far/x", "fuse.sshfs"),
    ],
)
def test_the_deepest_and_last_mount_that_holds_a_place_counts(place, kind):
    assert kind_of_place(Path(place), MOUNTS) == kind


def test_nothing_is_known_where_nothing_is_listed():
    assert kind_of_place(Path("/x"), "") == ""


@pytest.mark.skipif(not network_places.MOUNTS.exists(), reason="only Linux lists what is mounted there")
@pytest.mark.parametrize(
    ("kind", "is_remote"), [("cifs", True), ("nfs4", True), ("fuse.sshfs", True), ("9p", True), ("ext4", False), ("fuse.portal", False)]
)
def test_a_share_is_told_from_a_disk(tmp_path, monkeypatch, kind, is_remote):
    listed = tmp_path / "mounts"
    listed.write_text(f"somewhere {tmp_path.resolve().as_posix()} {kind} rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(network_places, "MOUNTS", listed)
    assert is_on_network(tmp_path / "not yet made") is is_remote
    monkeypatch.setattr(network_places, "MOUNTS", tmp_path / "nothing")
    assert not is_on_network(tmp_path)
