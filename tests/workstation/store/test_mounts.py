"""Which mount a path lies on, by the system's own table."""

from __future__ import annotations

import pytest

from workstation.store.mounts import Mount, mount_of

TABLE = r"""22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
30 27 0:40 / /srv rw,relatime shared:1 master:2 - nfs4 server:/export rw,vers=4.2
31 30 254:1 / /srv/local rw - ext4 /dev/vdb rw
32 27 0:41 / /mnt/two\040words\134and rw - cifs //server/share rw
33 27 0:42 / /home/a/remote rw,nosuid - fuse.sshfs a@server: rw
34 27 8:1 / /media/stick rw - fuseblk /dev/sda1 rw
35 27 0:43 / /twice rw - nfs server:/old rw
36 27 254:2 / /twice rw - xfs /dev/vdc rw
a line that is none
"""


@pytest.mark.parametrize(
    ("path", "mount"),
    [
        ("/ledger.db", Mount("/", "ext4")),
        ("/srv/ledger.db", Mount("/srv", "nfs4")),
        ("/srv", Mount("/srv", "nfs4")),
        ("/srvx/ledger.db", Mount("/", "ext4")),
        ("/srv/local/ledger.db", Mount("/srv/local", "ext4")),
        ("/mnt/two words\\and/ledger.db", Mount("/mnt/two words\\and", "cifs")),
        ("/home/a/remote/x/ledger.db", Mount("/home/a/remote", "fuse.sshfs")),
        ("/twice/ledger.db", Mount("/twice", "xfs")),
    ],
)
def test_mount_of(path: str, mount: Mount) -> None:
    """A path lies on the longest mount point that holds it, and of two alike on the later."""
    assert mount_of(TABLE, path) == mount


def test_no_table() -> None:
    """Where there is no table there is no mount to tell of."""
    assert mount_of("", "/ledger.db") is None


@pytest.mark.parametrize(
    "kind", ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "fuse.glusterfs"]
)
def test_network(kind: str) -> None:
    """File systems kept elsewhere are known, and those any program may stand behind."""
    assert Mount("/", kind).is_network


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "fuseblk", "nfsd"])
def test_local(kind: str) -> None:
    """File systems of this machine are taken, and what only sounds like another."""
    assert not Mount("/", kind).is_network
