"""The program: `workstation …`, the same as `python -m workstation …`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from workstation import __version__

# As in `typing`, which takes too long to load only to answer `--version`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from workstation.commands.parser import Options


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and give its exit code (design §9)."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments == ["--version"]:
        # Answered before anything else is imported: scripts ask for it at every turn.
        print(f"workstation {__version__}")
        return 0
    from workstation.commands import running

    return running.run(arguments, screens=_screens)


def _screens(options: Options) -> int:
    """The screens; their library is loaded only for them."""
    # Nothing loaded before the first paint is rubbish; the application lets it be looked for from then on.
    gc.disable()
    from workstation import app

    return app.run(options)


if __name__ == "__main__":
    sys.exit(main())
