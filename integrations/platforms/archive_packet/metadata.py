"""基本信息元数据.xml: what the case is and which files belong to it, written, and read without trust.

Names of elements are those seen in public code, the others ours: SOURCE.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from defusedxml import ElementTree as Safe
from defusedxml.common import DefusedXmlException

ROOT = "base_info"
UNREAD = "GB/T 42727-2023 第7至9章未读到原文，结构依公开代码所见；来源：未核对"


@dataclass(frozen=True)
class Field:
    """One thing said of the case: the element's name, what it is called, and its value."""

    name: str
    title: str
    value: str


@dataclass(frozen=True)
class Group:
    """Things said of one part of the case, such as a consignment."""

    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Item:
    """One paper or picture as the metadata names it; without a file it says why there is none."""

    number: str
    title: str
    file: str = ""
    size: int = 0
    absent: str = ""


@dataclass(frozen=True)
class Metadata:
    """What was read: the case's own fields, and the items of each folder with how many it says there are."""

    fields: tuple[Field, ...]
    items: tuple[Item, ...]
    counts_agree: bool


class Unreadable(ValueError):
    """The metadata are no XML of ours."""


class HasDtd(Unreadable):
    """They bring a document type or entities, which ours never have."""


def written(
    fields: Sequence[Field], groups: Sequence[Group], folders: Sequence[tuple[str, Sequence[Item]]]
) -> bytes:
    """The metadata of a case as XML."""
    root = Xml.Element(ROOT)
    _under(root, "standard", UNREAD)
    _fields(root, fields)
    for group in groups:
        _fields(Xml.SubElement(root, group.name), group.fields)
    fileset = Xml.SubElement(root, "fileset")
    for title, items in folders:
        folder = Xml.SubElement(fileset, "folder", {"title": title, "count": str(len(items))})
        for item in items:
            _item(folder, item)
    Xml.indent(root)
    content: bytes = Xml.tostring(root, encoding="UTF-8", xml_declaration=True)
    return content + b"\n"


def read(content: bytes) -> Metadata:
    """What the metadata of a packet say."""
    try:
        root = Safe.fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise HasDtd(type(error).__name__) from error
    except (Xml.ParseError, LookupError, ValueError) as error:  # the last two: a coding nobody knows
        raise Unreadable(str(error)) from error
    if root.tag != ROOT:
        raise Unreadable(root.tag)
    return _read(root)


def _read(root: Xml.Element) -> Metadata:
    folders = root.findall("fileset/folder")
    items = [_item_of(each) for folder in folders for each in folder.findall("file")]
    fields = [Field(each.tag, each.get("title", ""), each.text or "") for each in root if not len(each)]
    agree = all(folder.get("count") == str(len(folder.findall("file"))) for folder in folders)
    return Metadata(tuple(fields), tuple(items), agree)


def _item_of(element: Xml.Element) -> Item:
    size = element.findtext("computer_file_size", "")
    return Item(
        number=element.findtext("number", ""),
        title=element.findtext("title", ""),
        file=element.findtext("file_actual_name", ""),
        size=int(size) if size.isascii() and size.isdigit() and len(size) < 16 else 0,
        absent=element.findtext("absent", ""),
    )


def _item(folder: Xml.Element, item: Item) -> None:
    element = Xml.SubElement(folder, "file")
    _under(element, "number", item.number)
    _under(element, "title", item.title)
    if item.file:
        _under(element, "file_actual_name", item.file)
        _under(element, "computer_file_size", str(item.size))
    else:
        _under(element, "absent", item.absent)


def _fields(parent: Xml.Element, fields: Sequence[Field]) -> None:
    for field in fields:
        _under(parent, field.name, field.value, title=field.title)


def _under(parent: Xml.Element, name: str, value: str, **attributes: str) -> None:
    Xml.SubElement(parent, name, attributes).text = _fit(value)


def _fit(text: str) -> str:
    """Characters that no XML can hold are named by their code."""
    return "".join(c if _holds(c) else f"[U+{ord(c):04X}]" for c in text)


def _holds(character: str) -> bool:
    if character in "\t\n":
        return True
    return unicodedata.category(character) not in ("Cc", "Cs") and ord(character) & 0xFFFE != 0xFFFE
