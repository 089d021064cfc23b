"""The papers a hall hands out: `<document>/document.md` is the wording, `fill` puts the facts into it.

Being there is being registered. What comes out is plain data (kind, rows of cells), drawn elsewhere.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from forms.documents.errors import DocumentError, MissingFact, Slip, TemplateFault, UnknownDocument, WrongFact
from forms.documents.preview import preview
from forms.documents.template import Block, Fact, Leaf, Row, parse

__all__ = [
    "Document",
    "DocumentError",
    "FactValue",
    "Facts",
    "MissingFact",
    "Part",
    "Slip",
    "TemplateFault",
    "UnknownDocument",
    "WrongFact",
    "digest",
    "fill",
    "load",
    "names",
    "preview",
    "read",
    "shipped",
]

Part = tuple[str, tuple[tuple[str, ...], ...]]
"""(kind, rows of cells): title, heading, paragraph, notes, fields, table, code, qr, tear, signatures."""

Entry = Mapping[str, str]
FactValue = str | Sequence[Entry]
Facts = Mapping[str, FactValue]

NOTHING = "—"
"""Stands where a value is given but empty: a reader sees that nothing was forgotten."""

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Document:
    """The wording of one paper, read and checked, with the names of the facts it needs."""

    name: str
    title: str
    page: str
    copies: tuple[str, ...]
    """What each copy is called (申请人联 …); none: it is printed once, without a name."""
    digest: str
    blocks: tuple[Block, ...]
    facts: frozenset[str]


def names() -> tuple[str, ...]:
    """The documents there are, in order of name."""
    return tuple(sorted(path.parent.name for path in _HERE.glob("*/document.md")))


def shipped(name: str) -> str:
    """The wording in the folder of that name; a byte order mark some editors write is dropped."""
    if name not in names():
        raise UnknownDocument(name)
    return (_HERE / name / "document.md").read_text(encoding="utf-8-sig")


def load(name: str) -> Document:
    """The document of that name as its file stands now."""
    return read(name, shipped(name))


def digest(text: str) -> str:
    """The SHA-256 by which a paper names its wording."""
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=64)
def read(name: str, text: str) -> Document:
    """A document out of its wording, for instance an older one or a hall's own."""
    front, blocks = parse(name, text)
    title = next(block for block in blocks if block.kind == "title").rows[0].cells[0]
    return Document(
        name=name,
        title="".join(part for part in title if isinstance(part, str)).strip(),
        page=front.page,
        copies=front.copies,
        digest=digest(text),
        blocks=blocks,
        facts=frozenset(fact.name for block in blocks for fact in block.facts),
    )


def fill(document: Document, facts: Facts) -> tuple[Part, ...]:
    """The paper's parts with every fact in its place; a missing fact is an error, an empty one a dash."""
    filler = _Filler(document.name, facts)
    return tuple((block.kind, tuple(filler.rows(block))) for block in document.blocks)


class _Filler:
    """Puts values into the leaves of one document."""

    def __init__(self, document: str, facts: Facts) -> None:
        self._document = document
        self._facts = facts

    def rows(self, block: Block) -> list[tuple[str, ...]]:
        """The rows of a block, the repeating ones once for each entry of their list."""
        return [
            tuple(self._text(leaf, entry) for leaf in row.cells)
            for row in block.rows
            for entry in self._entries(row)
        ]

    def _entries(self, row: Row) -> Sequence[Entry]:
        if not row.each:
            return ({},)
        facts = [part for leaf in row.cells for part in leaf if isinstance(part, Fact) and part.rows]
        if row.each not in self._facts:
            raise MissingFact(self._document, facts[0].line, row.each)
        entries = self._facts[row.each]
        if isinstance(entries, str):
            raise WrongFact(self._document, facts[0].line, row.each)
        return entries or ({fact.name.removeprefix(f"{row.each}."): "" for fact in facts},)

    def _text(self, leaf: Leaf, entry: Entry) -> str:
        text = "".join(part if isinstance(part, str) else self._value(part, entry) for part in leaf)
        # An optional fact that left nothing must not leave the space before it either.
        return text.strip() if any(isinstance(part, Fact) and part.optional for part in leaf) else text

    def _value(self, fact: Fact, entry: Entry) -> str:
        source: Facts = entry if fact.rows else self._facts
        key = fact.name.removeprefix(f"{fact.rows}.") if fact.rows else fact.name
        if key not in source:
            raise MissingFact(self._document, fact.line, fact.name)
        value = source[key]
        if not isinstance(value, str):
            raise WrongFact(self._document, fact.line, fact.name)
        return value if value.strip() or fact.optional else NOTHING
