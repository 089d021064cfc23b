"""The same parts as plain text, for a look in the terminal before anything is printed."""

import unicodedata
from collections.abc import Callable, Sequence

Rows = Sequence[Sequence[str]]

_WIDEST = 24


def preview(parts: Sequence[tuple[str, Rows]], *, copies: Sequence[str] = ()) -> str:
    """The paper once as lines of text, its copies named below.

    Characters that would steer a terminal are shown by their code point.
    """
    seen = ((kind, [[_visible(cell) for cell in row] for row in rows]) for kind, rows in parts)
    told = ["\n".join(_LOOKS[kind](rows)) for kind, rows in seen]
    if copies:
        told.append(f"（共 {len(copies)} 联：{_visible('、'.join(copies))}）")
    return "\n\n".join(told) + "\n"


def _title(rows: Rows) -> list[str]:
    return [f"【{row[0]}】" for row in rows]


def _heading(rows: Rows) -> list[str]:
    return [f"■ {row[0]}" for row in rows]


def _plain(rows: Rows) -> list[str]:
    return [row[0] for row in rows]


def _notes(rows: Rows) -> list[str]:
    return [f"{number}. {row[0]}" for number, row in enumerate(rows, 1)]


def _fields(rows: Rows) -> list[str]:
    return [f"{label}：{value}" for label, value in rows]


def _table(rows: Rows) -> list[str]:
    widths = [min(max(map(_width, column)), _WIDEST) for column in zip(*rows, strict=True)]
    lines = [" │ ".join(map(_padded, row, widths)).rstrip() for row in rows]
    return [lines[0], "─" * (sum(widths) + 3 * len(widths) - 3), *lines[1:]]


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _code(rows: Rows) -> list[str]:
    return [f"▌▍▌ {number}　{caption}" for number, caption in rows]


def _qr(rows: Rows) -> list[str]:
    """Its digits tell a person nothing; how many symbols there are does."""
    counts = [len(digits.split()) for digits, _ in rows]
    signs = ["" if count == 0 else "▚▞ " if count == 1 else f"▚▞ ×{count} " for count in counts]
    return [f"{sign}{caption}" for sign, (_, caption) in zip(signs, rows, strict=True)]


def _tear(_rows: Rows) -> list[str]:
    return ["- " * 30]


def _signatures(rows: Rows) -> list[str]:
    return [f"{row[0]}{'＿' * 8 if row[0].endswith('：') else ''}" for row in rows]


def _visible(text: str) -> str:
    unseen = {char for char in text if unicodedata.category(char).startswith("C")} - {"\n"}
    return text.translate({ord(char): f"[U+{ord(char):04X}]" for char in unseen})


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


_LOOKS: dict[str, Callable[[Rows], list[str]]] = {
    "title": _title,
    "heading": _heading,
    "paragraph": _plain,
    "notes": _notes,
    "fields": _fields,
    "table": _table,
    "code": _code,
    "qr": _qr,
    "tear": _tear,
    "signatures": _signatures,
}
