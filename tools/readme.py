"""Write the generated part of README.md: the state diagrams of the life cycle.

`python -m tools.readme` writes them, `python -m tools.readme --check` says whether they are up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from workstation.domain import lifecycle
from workstation.domain.lifecycle import Edge
from workstation.domain.words import word

README = Path(__file__).parent.parent / "README.md"
_TITLES = {
    "cases": "Case 办件",
    "consignments": "Consignment 送件",
    "envelopes": "Envelope 封套",
    "batches": "Batch 批次",
}


def diagrams() -> str:
    """All tables of the life cycle as state diagrams."""
    return "\n\n".join(
        f"**{_TITLES[name]}**\n\n{_diagram(edges)}" for name, edges in lifecycle.TABLES.items()
    )


def _diagram(edges: Iterable[Edge]) -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    named = dict.fromkeys(state for edge in edges for state in (edge.state, edge.to) if state)
    lines += [f"    {state}: {word(state)} {state}" for state in named]
    lines += [f"    {edge.state or '[*]'} --> {edge.to}: {_label(edge)}" for edge in edges]
    return "\n".join([*lines, "```"])


def _label(edge: Edge) -> str:
    guard = f" [{edge.guard.replace(':', ' –').replace(';', ',')}]" if edge.guard else ""
    return f"{word(edge.act)} {edge.act}{guard}"


def written(text: str) -> str:
    """The README with its diagrams as the tables are now."""
    begin, end = "<!-- lifecycle -->", "<!-- /lifecycle -->"
    before, rest = text.split(begin)
    _, after = rest.split(end)
    return f"{before}{begin}\n{diagrams()}\n{end}{after}"


def main() -> int:
    """Write or check."""
    now = README.read_text(encoding="utf-8")
    new = written(now)
    if "--check" in sys.argv:
        return int(new != now)
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
