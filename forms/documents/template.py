"""Reading a `document.md`: our small Markdown subset becomes blocks whose leaves are texts and named facts.

The template is parsed before any value is known, so a value can never become markup. For people: README.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from forms.documents.errors import Slip, TemplateFault

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

PAGES = ("A4", "A5")
MOST_COPIES, LONGEST_COPY = 5, 12

_KNOWN = ["heading", "list", "table", "hr", "blockquote"]
_BRACES = re.compile(r"\{\{([^{}]*)\}\}")
_NAME = re.compile(r"([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)(\??)")
_CODE = re.compile(r"\[(?P<kind>条码|二维码) (?P<number>[^\]]+)\](?P<caption>.*)", re.DOTALL)
_CODE_KINDS = {"条码": "code", "二维码": "qr"}
_PIPE = re.compile(r"(?<!\\)\|")
_LINE_END = re.compile(r"(?<=[!-~])\n(?=[!-~])")


@dataclass(frozen=True)
class Fact:
    """A place for a value, `{{case.number}}`; an optional one, `{{paper.copy_mark?}}`, may leave nothing."""

    name: str
    line: int
    optional: bool

    @property
    def rows(self) -> str:
        """The list fact it is read from entry by entry (`rows.name`: `rows`), or nothing."""
        first, dot, _ = self.name.partition(".")
        return first if dot and first.endswith("rows") else ""


Leaf = tuple[str | Fact, ...]


@dataclass(frozen=True)
class Row:
    """Cells side by side; with `each` the row is repeated for every entry of that list fact."""

    cells: tuple[Leaf, ...]
    each: str = ""


@dataclass(frozen=True)
class Block:
    """A part of a paper that waits for its facts."""

    kind: str
    rows: tuple[Row, ...]

    @property
    def facts(self) -> Iterator[Fact]:
        """Every fact named in it, in order."""
        return (part for row in self.rows for leaf in row.cells for part in leaf if isinstance(part, Fact))


@dataclass(frozen=True)
class Front:
    """What stands before the wording: the page size, and what each copy is called if there are several."""

    page: str
    copies: tuple[str, ...] = ()


def parse(document: str, text: str) -> tuple[Front, tuple[Block, ...]]:
    """The front matter and the blocks of a template; `document` is only there to name it in faults."""
    reader = _Reader(document, text)
    nodes = _nodes(text)
    if not nodes or nodes[0].type != "front_matter":
        raise reader.fault(1, Slip.NO_FRONT)
    blocks = tuple(reader.block(node) for node in nodes[1:])
    if not any(block.kind == "title" for block in blocks):
        raise reader.fault(1, Slip.NO_TITLE)
    return reader.front(nodes[0]), blocks


def _nodes(text: str) -> list[SyntaxTreeNode]:
    # Imported here: loading it takes longer than a command that makes no paper takes to run.
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode
    from mdit_py_plugins.front_matter import front_matter_plugin

    markdown = MarkdownIt("zero").enable(_KNOWN).use(front_matter_plugin)
    return SyntaxTreeNode(markdown.parse(text)).children


class _Reader:
    """Turns the nodes of one document into blocks; knows its name for the faults."""

    def __init__(self, document: str, text: str) -> None:
        self._document = document
        self._lines = text.split("\n")

    def fault(self, line: int, slip: Slip, detail: str = "") -> TemplateFault:
        """The error to raise, with the line of the template a person should look at."""
        return TemplateFault(self._document, line, slip, detail)

    def front(self, node: SyntaxTreeNode) -> Front:
        """The paper size, and on a second line the names of the copies."""
        first, *more = node.content.strip().split("\n")
        key, _, page = first.partition(":")
        if key.strip() != "page" or page.strip() not in PAGES:
            raise self.fault(2, Slip.FRONT, first)
        if not more:
            return Front(page.strip())
        key, _, names = more[0].partition(":")
        if key.strip() != "copies" or len(more) > 1:
            raise self.fault(3, Slip.FRONT, more[-1])
        return Front(page.strip(), self._copies(names))

    def _copies(self, names: str) -> tuple[str, ...]:
        copies = tuple(name.strip() for name in names.split("、"))
        are_named = all(copies) and len(set(copies)) == len(copies) <= MOST_COPIES
        if not are_named or max(map(len, copies)) > LONGEST_COPY:
            raise self.fault(3, Slip.COPIES, names.strip())
        return copies

    def block(self, node: SyntaxTreeNode) -> Block:
        """One block of the page."""
        match node.type:
            case "heading" if node.tag in ("h1", "h2"):
                return Block("title" if node.tag == "h1" else "heading", self._texts(node))
            case "paragraph":
                return self._paragraph(node)
            case "bullet_list":
                return Block("fields", tuple(self._field(item) for item in node.children))
            case "ordered_list":
                notes = (self._texts(self._only(item)) for item in node.children)
                return Block("notes", tuple(chain.from_iterable(notes)))
            case "blockquote":
                return Block("signatures", self._signatures(self._only(node)))
            case "table":
                return Block("table", tuple(self._rows(node)))
            case "hr":
                return Block("tear", ())
        raise self.fault(_line(node), Slip.MARKUP)

    def _texts(self, node: SyntaxTreeNode) -> tuple[Row, ...]:
        return tuple(self._row(self._leaf(inline.content, _line(inline))) for inline in node.children)

    def _paragraph(self, node: SyntaxTreeNode) -> Block:
        content, line = node.children[0].content, _line(node)
        if content.startswith("|"):
            raise self.fault(line, Slip.TABLE)
        if not content.startswith(("[条码", "[二维码")):
            return Block("paragraph", self._texts(node))
        code = _CODE.fullmatch(content)
        if code is None:
            raise self.fault(line, Slip.CODE)
        number, caption = self._leaf(code["number"], line), self._leaf(code["caption"], line)
        return Block(_CODE_KINDS[code["kind"]], (self._row(number, caption),))

    def _field(self, item: SyntaxTreeNode) -> Row:
        node = self._only(item)
        label, colon, value = node.children[0].content.partition("：")
        if not colon or not value.strip():
            raise self.fault(_line(node), Slip.FIELD)
        return self._row(self._leaf(label, _line(node)), self._leaf(value, _line(node) + label.count("\n")))

    def _signatures(self, node: SyntaxTreeNode) -> tuple[Row, ...]:
        lines = node.children[0].content.split("\n")
        return tuple(self._row(self._leaf(text, line)) for line, text in enumerate(lines, _line(node)))

    def _rows(self, table: SyntaxTreeNode) -> Iterator[Row]:
        for part in table.children:
            for node in part.children:
                line = _line(node)
                # Markdown drops the cells a row has too many; words of a paper must not vanish like that.
                if len(_PIPE.findall(self._lines[line - 1].strip().strip("|"))) + 1 > len(node.children):
                    raise self.fault(line, Slip.CELLS)
                cells = (self._leaf(cell.children[0].content, line) for cell in node.children)
                yield self._row(*cells, repeats=part.type == "tbody")

    def _row(self, *leaves: Leaf, repeats: bool = False) -> Row:
        facts = [part for leaf in leaves for part in leaf if isinstance(part, Fact) and part.rows]
        lists = sorted({fact.rows for fact in facts})
        if len(lists) > 1 or (lists and not repeats):
            raise self.fault(facts[0].line, Slip.ROW, facts[0].name)
        return Row(leaves, lists[0] if lists else "")

    def _leaf(self, content: str, line: int) -> Leaf:
        parts: list[str | Fact] = []
        for at, piece in enumerate(_BRACES.split(content)):
            parts.append(self._fact(piece, line) if at % 2 else self._words(piece, line))
            line += piece.count("\n")
        return tuple(part for part in _stripped(parts) if part)

    def _words(self, piece: str, line: int) -> str:
        if "{{" in piece or "}}" in piece:
            raise self.fault(line, Slip.BRACES)
        return _LINE_END.sub(" ", piece).replace("\n", "")

    def _fact(self, piece: str, line: int) -> Fact:
        name = _NAME.fullmatch(piece.strip())
        if name is None:
            raise self.fault(line, Slip.NAME, piece.strip())
        return Fact(name[1], line, bool(name[2]))

    def _only(self, node: SyntaxTreeNode) -> SyntaxTreeNode:
        """The one paragraph a list item or quotation holds; nothing is nested in our documents."""
        if [child.type for child in node.children] != ["paragraph"]:
            raise self.fault(_line(node), Slip.NESTED)
        return node.children[0]


def _line(node: SyntaxTreeNode) -> int:
    return node.map[0] + 1 if node.map else 1


def _stripped(parts: list[str | Fact]) -> list[str | Fact]:
    """Without the spaces at both ends, which are the writer's, not the paper's."""
    if isinstance(parts[0], str):
        parts[0] = parts[0].lstrip(" ")
    if isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip(" ")
    return parts
