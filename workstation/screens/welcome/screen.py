"""开始: nobody has worked here yet; a practice hall, or one in earnest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textual.containers import Vertical
from textual.widget import Widget

from workstation.acts.progress import Stopped
from workstation.errors import Explained
from workstation.screens import long_work
from workstation.screens.base import CounterScreen, Do
from workstation.screens.dialogs import Refusal
from workstation.screens.welcome.founding import FoundingScreen
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words


class _Way(NamedTuple):
    """One of the two ways to begin."""

    name: str
    title: str
    line: str
    about: str


_WAYS = (
    _Way(
        "practise",
        "演练",
        "先试一试，一切都是假的",
        "建一个演练大厅，演出十一天的业务，停在某个下午三点半，然后您接着办。"
        "人员、办件、部门都是编的，纸面和画面都印着“演练”。它有自己的目录，删掉也不影响正式的大厅。",
    ),
    _Way(
        "found",
        "新建大厅",
        "正式使用",
        "填大厅的名称、地址和首批人员，定好密钥放在哪里，最后抄下恢复单。约十分钟。"
        "请系统管理员来办；手边要有纸笔和保险柜。要和别的窗口共用一个数据库，请用命令 init 和 key enrol。",
    ),
)


class WelcomeScreen(CounterScreen):
    """The first screen of an empty home."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "开始"
    DOES = (
        Do("practise", "演练", "f2", "yl", "建一个演练大厅（几秒钟），或回到上次的演练"),
        Do("found", "新建大厅", "f3", "xjdt", "正式使用：建立大厅和首批人员"),
    )
    explains = "这个数据目录里还没有大厅。↑↓ 选择，Enter 开始。大厅在别处时，退出后用 --home 指明它的目录。"

    def body(self) -> Iterator[Widget]:
        """Where this is, and the two ways."""
        with Vertical(id="welcome-box"):
            yield Words("跨省通办窗口工作站", id="welcome-title")
            yield Words(f"这里还没有大厅。数据目录：{self.counter.home.root}", id="welcome-home")
            heads = [Column("怎样开始？", 12), Column("", 10, flexible=True)]
            yield RecordList[_Way](heads, lambda way: (way.title, way.line), id="choices")
            yield Words("", id="welcome-about")

    def on_mount(self) -> None:
        """Practice comes first: nothing can go wrong there."""
        ways = self.query_one("#choices", RecordList)
        ways.show(_WAYS)
        ways.focus()

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """The cursor stands on another line."""
        if event.row is not None:
            self.query_one("#welcome-about", Words).say(event.row.about)

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter on a line."""
        if event.row.name == "found":
            self.do_found()
        else:
            self.do_practise()

    def do_found(self) -> None:
        """To the form."""
        self.app.push_screen(FoundingScreen())

    def do_practise(self) -> None:
        """Into the practice hall; it is played first where there is none."""
        if self.counter.practice_home.has_hall:
            self.counter.enter_practice()
        else:
            self.run_worker(self._practise(), group="tasks")

    async def _practise(self) -> None:
        try:
            await long_work.done(self.counter, "正在演出十一天的业务", self.counter.play_practice, unit="天")
        except Stopped:
            self.counter.attention("已停下，什么也没有留下。要演练时再选一次。")
        except Explained as error:
            self.app.push_screen(Refusal(error))
        else:
            self.counter.enter_practice()


OPENS = WelcomeScreen
