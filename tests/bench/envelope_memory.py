"""How much memory many envelopes take: `python -m tests.bench.envelope_memory alone|together COUNT…`.

Alone, each has its own PDF, is measured and read again; together, they are one PDF, and all of it is. Told is
the most that the process had at any time until it had made so many, in megabytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from printing import envelopes, reading
from printing.envelopes import EnvelopeFace
from tests.bench import letters
from tests.bench.envelopes_ours import stock


def main(how: str, counts: Sequence[int]) -> None:
    """Make them, and tell the memory at each count."""
    make = {"alone": alone, "together": together}[how]
    faces = [EnvelopeFace(**letter) for letter in letters.generated(max(counts))]
    told, done = [], 0
    for count in counts:
        make(faces[done if how == "alone" else 0 : count])
        done = count
        told.append(most())
    print(json.dumps(told))


def most() -> float:
    """The most memory so far, by the kernel's account of this program: `getrusage` adds what started it."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    (told,) = (line for line in lines if line.startswith("VmHWM:"))
    return int(told.split()[1]) / 1024


def alone(faces: Sequence[EnvelopeFace]) -> None:
    """A PDF for each."""
    for face in faces:
        together([face])


def together(faces: Sequence[EnvelopeFace]) -> None:
    """One PDF of all."""
    pdf = envelopes.render(*faces, stock=stock())
    assert reading.codes(pdf, dpi=203) == [face.number for face in faces]


if __name__ == "__main__":
    main(sys.argv[1], [int(count) for count in sys.argv[2:]])
