"""The preview: the same words as the paper, as lines for a terminal, and nothing that could steer one."""

import pytest

from forms.documents import preview


def test_every_kind_of_part_has_a_plain_look() -> None:
    """A clerk sees the wording and the values in their order before anything is printed."""
    parts = (
        ("title", (("清单",),)),
        ("heading", (("材料",),)),
        ("paragraph", (("一段",),)),
        ("fields", (("编号", "123"), ("申请人", "—"))),
        ("notes", (("甲",), ("乙",))),
        ("code", (("456", "说明"),)),
        ("signatures", (("签名：",), ("年　月　日",))),
    )

    assert preview(parts) == (
        "【清单】\n\n■ 材料\n\n一段\n\n编号：123\n申请人：—\n\n1. 甲\n2. 乙\n\n"
        "▌▍▌ 456　说明\n\n签名：＿＿＿＿＿＿＿＿\n年　月　日\n"
    )


def test_copies_are_named_below_the_one_text() -> None:
    """They all say the same, so it is read once; a name cannot steer the terminal either."""
    parts = (("title", (("清单",),)),)

    assert preview(parts, copies=("申请人联", "窗口\x1b联")) == (
        "【清单】\n\n（共 2 联：申请人联、窗口[U+001B]联）\n"
    )


def test_columns_stand_below_each_other() -> None:
    """A Chinese character is two cells wide in a terminal, and the columns allow for that."""
    parts = (("table", (("序号", "名称"), ("1", "结婚证"), ("10", "A"))), ("tear", ()))

    shown = preview(parts)

    assert shown.splitlines()[:4] == ["序号 │ 名称", "─────────────", "1    │ 结婚证", "10   │ A"]
    assert shown.splitlines()[5].startswith("- - -")


@pytest.mark.parametrize("steering", ["\x1b[2J", "\x07", "\u202e", "\x9b"])
def test_what_would_steer_a_terminal_is_shown_by_its_code_point(steering: str) -> None:
    """A name with an escape sequence in it cannot clear the clerk's screen."""
    shown = preview((("paragraph", ((f"甲{steering}乙",),)),))

    assert steering not in shown
    assert f"甲[U+{ord(steering[0]):04X}]" in shown


@pytest.mark.parametrize(
    ("digits", "seen"), [("", "合计三份。"), ("8801", "▚▞ 合计三份。"), ("8801 8802", "▚▞ ×2 合计三份。")]
)
def test_a_qr_code_is_shown_as_that_and_not_by_its_digits(digits: str, seen: str) -> None:
    """They tell a person nothing; that there is one, or several, or none, does."""
    assert preview((("qr", ((digits, "合计三份。"),)),)) == f"{seen}\n"
