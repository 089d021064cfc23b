"""Whether a path lies on a network file system, where SQLite's locks cannot be relied on; a pure function."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p"})
_ESCAPE = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True)
class Mount:
    """A file system and the directory it is mounted on."""

    point: str
    kind: str

    @property
    def is_network(self) -> bool:
        """Whether another machine (or a program standing in for one) keeps its files."""
        return self.kind in _NETWORK or self.kind.startswith("fuse.")

    def holds(self, path: str) -> bool:
        """Whether `path` lies under this mount point."""
        return self.point == "/" or path == self.point or path.startswith(self.point + "/")


def mount_of(mountinfo: str, path: str) -> Mount | None:
    """The mount an absolute path without links lies on, by the text of `/proc/self/mountinfo`."""
    found = None
    for line in mountinfo.splitlines():
        mount = _mount(line)
        # As long as the one before: mounted over it later, so this one is seen.
        if mount and mount.holds(path) and (found is None or len(mount.point) >= len(found.point)):
            found = mount
    return found


def _mount(line: str) -> Mount | None:
    """`id parent major:minor root POINT options [tags…] - KIND source options`, see proc(5)."""
    before, dash, after = line.partition(" - ")
    fields = before.split(" ")
    if not dash or len(fields) < 5:
        return None
    return Mount(_ESCAPE.sub(lambda m: chr(int(m[1], 8)), fields[4]), after.split(" ")[0])
