"""导入轨迹表: a file from the carrier's web site, asked for, taken in as long work, and told.

Nothing is shown before: what is known already changes nothing, and what is unknown moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from workstation.acts import track_files
from workstation.acts.table_files import RowsFaulty
from workstation.acts.track_files import Imported
from workstation.acts.tracking import Taken
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.screens import long_work
from workstation.screens.dialogs import Asked, Reading
from workstation.screens.long_form import AskingScreen, LongForm, Values
from workstation.screens.table_files import PATH, Faults, named, whence

TITLE = "导入轨迹表"
_TEXT = f"从寄递企业网站抄下的轨迹，各列：{'、'.join(track_files.HEADS)}。已有的不会重复。"
_ASKED = Asked(PATH, "文件", required=True, explains="CSV 或 XLSX 表格的路径。")


async def take_in(screen: AskingScreen) -> None:
    """Ask for a file and take it in; with anything wrong in it the form comes back."""
    wrong: Explained | None = None
    while (values := await _filled(screen, wrong)) is not None:
        wrong = None
        try:
            found = await _taken(screen, values)
        except RowsFaulty as faulty:
            await screen.app.push_screen_wait(Faults(faulty, named(values)))
        except Explained as error:
            wrong = error
        else:
            await _show(screen, found)
            return


async def _filled(screen: AskingScreen, wrong: Explained | None) -> Values | None:
    form = LongForm(TITLE, [_ASKED], screen.typed(TITLE), text=whence(_TEXT), wrong=wrong, yes="导入")
    given: Values | None = await screen.app.push_screen_wait(form)
    return given


async def _taken(screen: AskingScreen, values: Values) -> Imported:
    desk, path = screen.desk, named(values)
    return await long_work.done(
        screen.counter, TITLE, lambda told: track_files.import_table(desk, path.name, path, progress=told)
    )


async def _show(screen: AskingScreen, found: Imported) -> None:
    screen.forget(TITLE)
    new = sum(taken.new for taken in found.taken)
    screen.counter.done(f"已导入：{found.rows} 行，新轨迹 {new} 条，{len(found.taken)} 件邮件有更新。")
    await screen.load()
    screen.refresh_keys()
    if told := list(_told(found)):
        await screen.app.push_screen_wait(Reading(TITLE, "\n".join(told)))


def _told(found: Imported) -> Iterator[str]:
    for taken in found.taken:
        yield from _changes(taken)
    if found.unread:
        yield f"有 {found.unread} 条没有认得的代码或状态：照原文留存，不改变邮件的状态。"
    if found.unknown:
        yield f"这些运单没有绑在本大厅的封套上，没有导入：{'、'.join(found.unknown)}。"


def _changes(taken: Taken) -> Iterator[str]:
    states = "、".join(word(state) for state in taken.states.values())
    yield f"{taken.waybill}　{states}　新轨迹 {taken.new} 条"
    yield from (f"　! 待办：{word(kind)}" for kind in taken.raised)
    yield from (f"　· 待办已自行了结：{word(kind)}" for kind in taken.overtaken)
