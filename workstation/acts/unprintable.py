"""Characters that no face of the hall draws: told before a paper is printed, with their code points.

The paper leaves a box where a Han character is missing; somebody must know that there is something to write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_COMMON = "gbk"
"""What this encoding has, each of our faces draws (a test says so): no face is loaded to find that out."""
_NAMED = 6
"""Characters named one by one; a remark full of pictures shall not fill the screen."""

_INSTALL = "；请系统管理员装上生僻字库，之后可印。（命令：make fonts）"


def characters(text: str) -> tuple[str, ...]:
    """The characters of the text that would not be printed, each once, in order of appearance."""
    try:
        text.encode(_COMMON)
    except UnicodeEncodeError:
        return _missing("".join(char for char in text if not _is_common(char)))
    return ()


def sentences(where: str, text: str) -> Iterator[str]:
    """What the clerk is told of a text that cannot be printed as it is; `where` names it, as 申请人姓名."""
    gone = characters(text)
    if not gone:
        return
    from printing import fonts

    boxed = [char for char in gone if fonts.printable(char) == fonts.BOX]
    coded = [char for char in gone if char not in boxed]
    if boxed:
        then = _INSTALL if all(map(fonts.rare_face_helps, boxed)) else "。"
        yield f"{where}里的{_listed(boxed)}现有字库印不出，纸面会留方框，请手写{then}"
    if coded:
        yield f"{where}里的{_listed(coded)}不是文字，纸面只印出它的编码；请核对录入。"


def line(text: str) -> str:
    """The line below the preview of a paper that has such characters, or nothing."""
    gone = characters(text)
    return f"印不出的字：{_listed(gone)}。纸面会留方框或者只印编码，请打印后手写。" if gone else ""


def _is_common(char: str) -> bool:
    try:
        return bool(char.encode(_COMMON))
    except UnicodeEncodeError:
        return False


def _missing(text: str) -> tuple[str, ...]:
    # Imported here: the drawing library takes longer to load than an intake form to open.
    from printing import fonts

    try:
        return fonts.missing(text)
    except fonts.FontMissing:
        # A damaged face is told when a paper is made; a hint must not keep anybody from registering.
        return ()


def _listed(chars: Sequence[str]) -> str:
    named = "、".join(map(_named, chars[:_NAMED]))
    return f"{named}等 {len(chars)} 个字" if len(chars) > _NAMED else named


def _named(char: str) -> str:
    code = f"U+{ord(char):04X}"
    return f"‘{char}’（{code}）" if char.isprintable() else code
