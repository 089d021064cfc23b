"""Results that did not pass over the counter: the date on the receipt, the file that came, in one form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from workstation.acts import result_files
from workstation.acts.desk import Desk
from workstation.domain.case import Case
from workstation.domain.words import word
from workstation.screens.arrivals.asking import Given, Question
from workstation.screens.dialogs import Asked
from workstation.screens.serving.sight import Sight

Serve = Callable[..., Case]
"""`service.serve` of one case to one recipient: what came otherwise is still to be told."""

_ASKED = {
    "direct_post": Asked(
        "received_on", "签收日期", explains="邮件回执上申请人签收的日期，如 2026-11-20；不填就是今天。"
    ),
    "electronic": Asked(
        "file", "结果文件", explains="属地送来的文件，写完整路径；只记它的摘要，文件不动。没有就不填。"
    ),
}


def asked(sight: Sight) -> list[Asked]:
    """What is asked of the results that can be served now; nothing, if they all lie here."""
    modes = {consignment.result_mode for consignment in sight.ready}
    return [question for mode, question in _ASKED.items() if mode in modes]


def question(sight: Sight, serve: Serve, told: Callable[[Case], str]) -> Question:
    """The form before they are served."""
    modes = "、".join(word(mode) for mode in _ASKED if mode in {c.result_mode for c in sight.ready})
    return Question(
        title=f"送达：结果{modes}",
        asked=asked(sight),
        act=partial(_serve, serve),
        told=told,
        done="登记送达",
        seen=sight.case.version,
    )


def _serve(serve: Serve, desk: Desk, given: Given) -> Case:
    path = given.text("file")
    file = result_files.load(Path(path)) if path else None
    return serve(desk, received_on=given.text("received_on") or None, file=file)
