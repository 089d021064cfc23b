"""Why a paper could not be drawn, in the clerk's words: every error of `printing`, by the name of its class.

By name, because loading the drawing library takes longer than most commands take to run.
"""

from __future__ import annotations

from collections.abc import Mapping

from workstation.domain.words import word
from workstation.errors import OutsideFailed

_ADMIN = "请把这一条告诉管理员。"
_SHORTEN = "请缩短名称或地址；封套可改用大一号的。（命令：printer route、office change）"
_STOCK = "请管理员核对封套或标签的尺寸和校准，再取出这一张。（命令：printer calibrate、paper show）"

#: Class of the error: why, and what to do.
REASONS: Mapping[str, tuple[str, str]] = {
    "DoesNotFit": ("有一段文字太长，缩到看得清的最小字号也放不下；不会截断", _SHORTEN),
    "FontMissing": (
        "字库文件不在，或已损坏",
        "请管理员重新安装程序，再取出这一张。（命令：make setup、paper show）",
    ),
    "ZoneIntruded": ("有内容压进了邮政机器识别区或条码区，这样的封套会投错", _STOCK),
    "OffPaper": ("校准或尺寸把内容推出了纸边，会被裁掉", _STOCK),
    "NotMeasurable": ("排好的页面与封套尺寸不符", _STOCK),
    "WrongStock": ("封套或标签的尺寸自相矛盾", _STOCK),
    "TooCoarse": ("打印机的分辨率太低，条码会扫不出", "请改用 203 点/英寸以上的打印机。（命令：print move）"),
    "WrongPostcode": (
        "邮政编码不是六位数字",
        "请改正部门的邮政编码，作废这个封套后重新装袋。（命令：office change）",
    ),
    "NotEncodable": ("编号不能印成条码", _ADMIN),
    "NotReadable": ("排好的文件读不回来", _ADMIN),
    "NotDrawable": (
        "内件太多，清单的二维码放不下",
        "请分成几个封套装。（命令：envelope void、envelope pack）",
    ),
    "NoFace": ("没有要印的封套面", _ADMIN),
    "UnknownPart": ("文书里有画不出的部分", _ADMIN),
    "UnknownPage": ("文书写的纸张尺寸不认识", _ADMIN),
    "TooSmall": ("纸太小，放不下校准用的刻度", "请用大一号的纸校准。"),
}


def told(kind: str, error: Exception) -> OutsideFailed:
    """A paper of this kind that could not be drawn because of this error."""
    why, then = next(
        (REASONS[each.__name__] for each in type(error).__mro__ if each.__name__ in REASONS),
        ("排版程序遇到了没有料到的内容", _ADMIN),
    )
    return OutsideFailed(
        "paper-undrawable",
        what=f"{word(kind)}画不出来。",
        why=f"{why}（{type(error).__name__}：{error}）。",
        next=then,
    )
