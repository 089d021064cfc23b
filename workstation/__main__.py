"""The program: `workstation …`, the same as `python -m workstation …`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from workstation import __version__


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and give its exit code (design §9)."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments == ["--version"]:
        # Answered before anything else is imported: scripts ask for it at every turn.
        print(f"workstation {__version__}")
        return 0
    from workstation.commands import running

    return running.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
