"""The journal given out from the screen: where to and of which days, then as long work."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from workstation.acts import journal_files
from workstation.acts.desk import Desk
from workstation.acts.journal_files import Given
from workstation.acts.progress import Progress
from workstation.errors import Explained
from workstation.screens import long_work, table_files
from workstation.screens.dialogs import Asked
from workstation.screens.long_form import AskingScreen, LongForm, Values

TITLE = "导出留痕账"
_TEXT = "全账，或几天的账，每条一行，带核验数据；在别处也能核验，不需要本机的账。"
_ASKED = (
    Asked(table_files.PATH, "写到", required=True, explains="如 留痕账.jsonl；要一个还没有的文件名。"),
    Asked("since", "起日", explains="如 2026-11-01；留空从第一条起。"),
    Asked("until", "止日", explains="留空到最后一条。"),
)


def give_out(screen: AskingScreen) -> None:
    """Ask, and write the file."""
    screen.run_worker(_give_out(screen), group="files", exclusive=True)


async def _give_out(screen: AskingScreen) -> None:
    wrong: Explained | None = None
    while (values := await _filled(screen, wrong)) is not None:
        try:
            path = table_files.named(values)
            work = partial(_written, screen.desk, path, values)
            given = await long_work.done(screen.counter, TITLE, work, unit="条")
        except Explained as error:
            wrong = error
            continue
        screen.forget(TITLE)
        screen.counter.done(f"已导出 {given.head.entries} 条到 {given.path}。")
        await screen.load()
        return


def _written(desk: Desk, path: Path, values: Values, told: Progress) -> Given:
    since, until = values["since"].strip() or None, values["until"].strip() or None
    return journal_files.export(desk, path, since=since, until=until, progress=told)


async def _filled(screen: AskingScreen, wrong: Explained | None) -> Values | None:
    form = LongForm(
        TITLE, _ASKED, screen.typed(TITLE), text=table_files.whence(_TEXT), wrong=wrong, yes="导出"
    )
    given: Values | None = await screen.app.push_screen_wait(form)
    return given
