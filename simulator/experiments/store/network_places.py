"""Whether a folder lies on another machine: there, processes of several machines may write one file, and what they share in memory does not reach."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

MOUNTS: Final = Path("/proc/self/mounts")
"""Where Linux lists what is mounted, one line each: source, place, kind, options."""
_REMOTE_KINDS: Final = frozenset(
    {
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "davfs",
        "drvfs",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "prl_fs",
        "smb2",
        "smb3",
        "smbfs",
    }
    | {"vboxsf", "vmhgfs"}
)
_REMOTE_FUSE: Final = re.compile(r"fuse\.(sshfs|rclone|s3fs|gcsfuse|davfs2?|glusterfs|vmhgfs-fuse|smbnetfs|ceph|cephfs|curlftpfs|osxfs|grpcfuse)")
_DRIVE_REMOTE: Final = 4


def is_on_network(folder: Path) -> bool:
    """Tell whether a folder lies on a network share, a folder of the host of a virtual machine, or the like; where the system does not say, it does not."""
    place = folder.absolute()
    if sys.platform == "win32":
        return _is_remote_drive(place)
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    kind = kind_of_place(place.resolve(), mounts)
    return kind in _REMOTE_KINDS or _REMOTE_FUSE.fullmatch(kind) is not None


def kind_of_place(place: Path, mounts: str) -> str:
    """Give the kind of file system a place lies on, of those listed as Linux lists them; the last of the deepest that hold it counts."""
    depth, kind = -1, ""
    for line in mounts.splitlines():
        words = line.split(" ")
        if len(words) > 2:  # noqa: PLR2004 - source, place, kind
            mount = Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), words[1]))
            if place.is_relative_to(mount) and len(mount.parts) >= depth:
                depth, kind = len(mount.parts), words[2]
    return kind


def _is_remote_drive(place: Path) -> bool:
    """Ask Windows: a path of a server, or a letter that stands for one."""
    if place.drive.startswith("\\\\"):
        return True
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  # there alone

        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{place.drive}\\") == _DRIVE_REMOTE)
    return False
