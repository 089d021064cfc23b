"""Packets made from the screen: the folder asked, packed as long work, told with what the checks found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from workstation.acts import archive_checks, archives
from workstation.acts.archives import Batch
from workstation.errors import Explained, on_screen
from workstation.policies import ArchivePolicy
from workstation.screens import long_work
from workstation.screens.dialogs import Asked, Reading
from workstation.screens.long_form import AskingScreen, LongForm, Values
from workstation.screens.table_files import PATH, named, whence

PACK, CHECK = "归档", "检测归档包"
_FOLDER = Asked(PATH, "目录", required=True, explains="放归档包的目录；还没有的会新建。")
_FILE = Asked(PATH, "文件", required=True, explains="归档包的路径。")
_CLEAR = "包里是明文，请妥善保管。"


class _Asks(NamedTuple):
    """One of the two forms."""

    title: str
    asked: Asked
    text: str


async def pack(screen: AskingScreen, cases: Sequence[str], policy: ArchivePolicy) -> Batch | None:
    """Ask for a folder and pack these cases into it; None if the form was left."""
    wrong: Explained | None = None
    text = whence(f"{len(cases)} 件，每件一个包，打好即做四性检测。{_CLEAR}")
    while (values := await _filled(screen, _Asks(PACK, _FOLDER, text), wrong)) is not None:
        try:
            done = await _packed(screen, values, cases, policy)
        except Explained as error:
            wrong = error
            continue
        screen.forget(PACK)
        return done
    return None


async def check(screen: AskingScreen) -> None:
    """Ask for a packet and make the four checks on it."""
    wrong: Explained | None = None
    while (values := await _filled(screen, _Asks(CHECK, _FILE, whence("")), wrong)) is not None:
        try:
            path = named(values)
            report = await screen.counter.do(lambda path=path: archive_checks.check(path))  # type: ignore[misc]
        except Explained as error:
            wrong = error
            continue
        screen.forget(CHECK)
        title = "✓ 四性检测通过" if report.is_sound else "✗ 四性检测不通过"
        text = f"{path.name}\n{archive_checks.summary(report)}\n整包摘要（SM3）：{report.sm3}"
        await screen.app.push_screen_wait(Reading(title, text))
        return


async def show(screen: AskingScreen, done: Batch) -> None:
    """What came of it."""
    title = f"{'✗' if done.failed else '✓'} 归档 {len(done.packed)} 件"
    await screen.app.push_screen_wait(Reading(title, "\n".join(told(done))))


def told(done: Batch) -> Iterator[str]:
    """What came of many, the bad first."""
    for number, error in done.failed:
        yield f"✗ {number}　{on_screen(error.what)}{on_screen(error.why)}"
    if done.left:
        yield f"! 中途停下，还有 {done.left} 件没有打；已打好的都在。"
    for one in done.packed:
        absent = f"　{one.absent} 件只列名" if one.absent else ""
        yield f"✓ {one.path.name}　四性检测通过{absent}"
    if done.packed:
        yield f"放在 {done.packed[0].path.parent}。{_CLEAR}"
        yield archive_checks.NO_SCANNER


async def _filled(screen: AskingScreen, asks: _Asks, wrong: Explained | None) -> Values | None:
    typed = screen.typed(asks.title)
    form = LongForm(asks.title, [asks.asked], typed, text=asks.text, wrong=wrong, yes=asks.title[:2])
    given: Values | None = await screen.app.push_screen_wait(form)
    return given


async def _packed(screen: AskingScreen, values: Values, cases: Sequence[str], policy: ArchivePolicy) -> Batch:
    desk, folder = screen.desk, named(values)
    return await long_work.done(
        screen.counter,
        PACK,
        lambda progress: archives.batch(desk, cases, folder, policy=policy, progress=progress),
        unit="件",
        stopped="打好的归档包留着，其余的没有动。",
    )
