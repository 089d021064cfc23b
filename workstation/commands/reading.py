"""The JSON a verb reads from standard input; size, encoding, syntax and form have each their own codes."""

from __future__ import annotations

import json
import sys
from typing import Any, NoReturn, TypeVar

from workstation import typed
from workstation.errors import WrongUsage

T = TypeVar("T")

#: More than any hand-in needs; a runaway pipe does not fill the memory.
LARGEST = 1_000_000


def from_stdin(kind: type[T]) -> T:
    """The structure on standard input."""
    return read(sys.stdin.buffer.read(LARGEST + 1) if sys.stdin else b"", kind)


def read(data: bytes, kind: type[T]) -> T:
    """The structure these bytes are the JSON of."""
    if len(data) > LARGEST:
        raise _wrong("input-too-large", f"超过了 {LARGEST} 字节。", "请分开办理。")
    values = _parsed(_decoded(data))
    try:
        return typed.convert(values, kind)
    except typed.Misfit as misfit:
        raise _misfit(misfit) from misfit


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong(
            "input-not-utf8", f"第 {error.start + 1} 个字节起不是 UTF-8。", "请存成 UTF-8 再试。"
        ) from None


def _parsed(text: str) -> object:
    if not text.strip():
        raise _wrong("input-empty", "标准输入是空的。", "请把 JSON 送到标准输入；用 --schema 看示例。")
    try:
        values: object = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_number)
        json.dumps(values, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise _broken(f"第 {error.lineno} 行第 {error.colno} 列起读不懂。") from None
    except UnicodeEncodeError:
        raise _wrong("input-damaged-text", "文字里有损坏的字符（半个编码）。", "请重新输入该字。") from None
    except RecursionError:
        raise _broken("层数太深。") from None
    except ValueError:
        raise _broken("有一个数太大。") from None
    return values


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _wrong("input-duplicate-field", f"字段 {twice} 写了两次。", "请只留一个。")
    return values


def _no_number(name: str) -> NoReturn:
    raise _broken(f"{name} 不是 JSON 里的数。")


def _misfit(misfit: typed.Misfit) -> WrongUsage:
    place = misfit.path or "整个输入"
    match misfit.problem:
        case "missing":
            return _wrong("input-missing-field", f"缺少字段 {place}。", _SEE)
        case "unknown":
            return _wrong("input-unknown-field", f"不认识字段 {place}。", f"请核对拼写，或删去它；{_SEE}")
        case "type":
            why = f"{place} 应为{misfit.expected}，给的是{misfit.found}。"
            return _wrong("input-wrong-type", why, _SEE)
    expected = f"应为{misfit.expected}" if misfit.expected else "不合要求"
    return _wrong("input-wrong-value", f"{place} {expected}。", _SEE)


_SEE = "用 --schema 看每个字段的要求和完整示例。"


def _broken(why: str) -> WrongUsage:
    return _wrong(
        "input-broken-json", f"不是正确的 JSON：{why}", "请检查引号、逗号和括号；用 --schema 看示例。"
    )


def _wrong(code: str, why: str, then: str) -> WrongUsage:
    return WrongUsage(code, what="输入有误，没有执行。", why=why, next=then)
