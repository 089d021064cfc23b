"""办件: a case with everything of it in panes, and its acts on keys and by dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget

from workstation.acts import offers, previews, printing
from workstation.acts.scanning import Scanned
from workstation.domain.codes import short_form
from workstation.domain.paper import Paper, PaperState
from workstation.domain.words import word
from workstation.errors import Explained, on_screen
from workstation.policies import RatingPolicy
from workstation.screens import places
from workstation.screens.base import CounterScreen, Do
from workstation.screens.case import notes, panes, sight, telling, usual
from workstation.screens.case.asker import Asker
from workstation.screens.case.asking import Target
from workstation.screens.case.further import REPRINT, choices
from workstation.screens.case.identity import IDENTIFY
from workstation.screens.case.sight import Sight
from workstation.screens.dialogs import Pick, Reading, Refusal
from workstation.widgets.frame import Key, Keys
from workstation.widgets.record_list import RecordList
from workstation.widgets.words import OneLine, Words


class CaseScreen(CounterScreen):
    """One case."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "办件"
    DOES = (
        Do("next", "下一步", "f2", "xyb", "按办件现在的状态，办通常的下一步"),
        Do("further", "其他", "ctrl+o", "qt", "联系、指引、撤回、查看明文等不常办的"),
        Do("identify", "核验", "f3", "sfhy", "身份核验：核对证件与本人"),
        Do("review", "审查", "f4", "xsscbz", "形式审查，补正提交"),
        Do("notice", "告知", "f5", "ycxgz", "一次性告知缺什么"),
        Do("seal", "封装", "f6", "zdfz", "装袋、封装、作废、拆封"),
        Do("hand_over", "交寄", "f7", "jj", "揽投员来取件", opens="courier"),
        Do("arrivals", "属地", "f8", "sddj", "属地签收、受理、决定，结果到窗"),
        Do("serve", "送达", "f9", "sdbj", "送达结果，办结"),
        Do("reprint", "补打", "ctrl+r", "bd", "补打“纸面”里光标所在的一张"),
        Do("deadlines", "期限", "ctrl+t", "qx", "每一段期限怎么算：起点、跳过的每一天、暂停、终点"),
        Do("print", "打印", "ctrl+d", "dy", "把“纸面”里光标所在、还没有打过的一张交给打印机"),
    )
    explains = (
        "办件的全部。← → 换页，Tab 在列表之间切换，Enter 看一行的详情；F2 办下一步，Ctrl+O 办其他。"
        "人名、证件、电话都已遮盖；要看明文按 Ctrl+O 选“查看明文”，会留痕。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,ctrl+left", "turn(-1)", "上一页", show=False),
        Binding("right,ctrl+right", "turn(1)", "下一页", show=False),
    ]

    def __init__(self, number: str) -> None:
        super().__init__()
        self._asked_for = number
        self._number: str | None = None
        self._sight: Sight | None = None
        self._pane = "overview"
        self._clear_until: Timer | None = None
        self._opening = False
        self.asker = Asker(self)

    def body(self) -> Iterator[Widget]:
        """What it is above, its panes below."""
        yield Words(id="case-head")
        yield OneLine(id="case-tabs")
        with Horizontal():
            yield from panes.panes()

    def on_mount(self) -> None:
        """Begin with the overview."""
        self._open("overview")

    def on_resize(self) -> None:
        """Another size, another number of panes."""
        self.call_after_refresh(self._say_tabs)

    # --- asking and showing

    @property
    def sight(self) -> Sight | None:
        """The case as it was when it was asked for last; None while it opens."""
        return self._sight

    async def load(self) -> None:
        """Everything about the case as it is now; cursors stay."""
        if self._number is None:
            if not self._opening:
                self._opening = True
                self.run_worker(self._find(), group="open")
            return
        number = self._number
        try:
            seen = await self.counter.look(lambda desk: sight.look(desk, number))
        except Explained as error:
            self.counter.attention(f"{error.what}{error.why}")
            return
        self._show(seen)

    async def _find(self) -> None:
        """The case behind the number; of several the clerk picks one."""
        try:
            found = await self.counter.look(lambda desk: sight.cases_of(desk, self._asked_for))
            number: str | None = found[0] if len(found) == 1 else await self._pick(found)
        except Explained as error:
            await self.app.push_screen_wait(Refusal(error))
            self._step_off()
            return
        if number is None:
            self._step_off()
            return
        self._number = number
        await self.load()
        self.refresh_keys()

    async def _pick(self, found: Sequence[str]) -> str | None:
        looked = await self.counter.look(lambda desk: [sight.look(desk, number) for number in found])
        lines = [(each.case.number, telling.in_one_line(each)) for each in looked]
        title = f"{self._asked_for} 里有 {len(lines)} 个办件"
        picked: str | None = await self.app.push_screen_wait(Pick(title, lines))
        return picked

    def _step_off(self) -> None:
        if self.app.screen is self:
            self.counter.pop_screen()

    def _show(self, seen: Sight) -> None:
        first, self._sight = self._sight is None, seen
        self.entitle(f"办件 {short_form(seen.case.number)}")
        self._say_head()
        self._fill("rows", seen.file.rows)
        self._fill("ways", panes.sent(seen))
        self._fill("held", panes.held(seen))
        self._fill("faces", seen.papers)
        self._fill("beside", notes.of_file(seen.file))
        past = self._list("entries")
        at_end = past.cursor >= len(past.rows) - 1
        past.show(seen.file.timeline, at=len(seen.file.timeline) - 1 if at_end else past.cursor)
        self._list("ways").styles.height = panes.height_of_ways(seen)
        self._say_tabs()
        if first:
            self._list(panes.FIRST[self._pane]).focus()

    def _fill(self, name: str, rows: Sequence[Any]) -> None:
        shown = self._list(name)
        shown.show(rows, at=shown.cursor)

    def _list(self, name: str) -> RecordList[Any]:
        return self.query_one(f"#{name}", RecordList)

    def _say_head(self) -> None:
        if self._sight is None:
            return
        step = usual.next_step(self._sight)
        next_step = f"{step.words}（F2）" if step else "没有（在本窗口已无事可办）"
        seconds = self.counter.screen_policy.reveal_seconds
        shown = self.query_one("#case-head", Words)
        shown.set_class(self.is_clear, "-clear")
        shown.say(telling.head(self._sight, next_step, clear=self.is_clear, seconds=seconds))

    # --- panes

    def action_turn(self, step: int) -> None:
        """The next pane, round and round; where the overview is always there it is left out."""
        names = [name for name in panes.TITLES if name != "overview" or not self._is_wide]
        at = names.index(self._pane) if self._pane in names else 0 if step < 0 else -1
        if self._is_wide and self._pane == "overview":
            at = names.index("past") if step > 0 else 1
        self._open(names[(at + step) % len(names)])
        self._list(panes.FIRST[self._pane]).focus()

    @property
    def _is_wide(self) -> bool:
        return self.has_class("-wide")

    def _open(self, name: str) -> None:
        self._pane = name
        for each in panes.TITLES:
            pane = self.query_one(f"#pane-{each}")
            pane.set_class(each == name, "-open")
            pane.set_class(name == "overview" and each == "past", "-beside")
        self._say_tabs()

    def _say_tabs(self) -> None:
        wide = self._is_wide
        current = "past" if wide and self._pane == "overview" else self._pane
        self.query_one("#case-tabs", OneLine).say(panes.tabs(current, beside=wide))

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter on a line: all that is known of it."""
        seen, row = self._sight, event.row
        if seen is None:
            return
        tells: dict[str, Callable[[], tuple[str, str]]] = {
            "rows": lambda: (f"{row.position} {row.name}", telling.row_told(row, clear=self.is_clear)),
            "ways": lambda: (f"送件 {row.consignment.ordinal}", telling.way_told(seen, row.consignment)),
            "entries": lambda: ("留痕", telling.entry_told(row)),
            "held": lambda: (row.piece.name, telling.custody_of(seen, row.piece.id)),
            "beside": lambda: (row.kind, row.told(clear=self.is_clear)),
        }
        if event.rows.id == "faces":
            self.run_worker(self._read(row), group="tasks", exclusive=True)
        elif event.rows.id in tells:
            self.app.push_screen(Reading(*tells[event.rows.id]()))

    async def _read(self, paper: Paper) -> None:
        """The text of a paper, and where its sheet was laid."""
        replaced = f"\n已由 {paper.replaced_by} 代替" if paper.replaced_by else ""
        clear, where = self.is_clear, ""
        try:
            where = await self.counter.look(lambda desk: printing.whereabouts(desk, paper))
            text = await self.counter.look(lambda desk: previews.printed(desk, paper.number))
        except Explained as error:
            text = on_screen(f"{error.what}{error.why}")
        if self._sight is not None and not clear:
            text = telling.masked_text(text, self._sight.case)
        above = f"{word(paper.state)}{replaced}\n{where}\n"
        await self.app.push_screen_wait(Reading(f"{word(paper.kind)} {paper.number}", f"{above}\n{text}"))

    # --- in clear

    @property
    def is_clear(self) -> bool:
        """Whether what is personal is shown in clear at this moment."""
        return self._clear_until is not None

    def reveal(self) -> None:
        """Show it in clear for as long as the settings say."""
        self._clear_until = self.set_timer(self.counter.screen_policy.reveal_seconds, self.hide)
        self._say_head()

    def hide(self) -> None:
        """Mask it again."""
        if self._clear_until is not None:
            self._clear_until.stop()
            self._clear_until = None
            self._say_head()

    # --- acts

    def why_not(self, name: str) -> str | None:
        """Why an act is not possible now."""
        seen = self._sight
        if seen is None:
            return "办件还没有打开"
        if name == "next":
            return None if usual.next_step(seen) else "没有通常的下一步"
        if name == "print":
            return offers.barred(self.desk, "print_paper") or _no_sheet(self._face)
        if name == "reprint":
            return seen.barred["reprint"] or (None if self._face else "请先到“纸面”选一张")
        return usual.why_not(seen, name) if name in usual.BEHIND else None

    def refresh_keys(self) -> None:
        """The possible acts first: there is not room for all."""
        if not self.is_mounted:
            return
        keys = [Key(do.key_word, do.label, self.why_not(do.name)) for do in self.DOES]
        self.query_one(Keys).tell(sorted(keys, key=lambda key: key.why_not is not None))

    @property
    def _face(self) -> Paper | None:
        face: Paper | None = self._list("faces").row if self._pane == "papers" else None
        return face

    async def do_next(self) -> None:
        """The usual next step."""
        step = usual.next_step(self._sight) if self._sight else None
        if step is not None:
            await self.action_do(step.does)

    def do_identify(self) -> None:
        """身份核验."""
        if self._sight:
            target = next(target for target in IDENTIFY.targets_in(self._sight))
            self.asker.ask(IDENTIFY, target)

    def do_review(self) -> None:
        """To the review, which is also where papers are handed in again."""
        self._go("review")

    def do_notice(self) -> None:
        """The notice is told where it was found."""
        self._go("review")

    def do_seal(self) -> None:
        """To packing and sealing."""
        self._go("sealing")

    def do_hand_over(self) -> None:
        """The courier takes what lies here, this case's envelope among it."""
        self.counter.go("courier")

    def do_arrivals(self) -> None:
        """What comes from the home office."""
        self._go("arrivals")

    def do_serve(self) -> None:
        """To serving and closing."""
        self._go("serving")

    def do_reprint(self) -> None:
        """补打."""
        if self._face:
            number = self._face.number
            self.asker.ask(REPRINT, Target(number, None, f"{word(self._face.kind)} …{number[-5:]}"))

    def do_deadlines(self) -> None:
        """期限."""
        self.counter.go("deadlines", number=self._number)

    def do_print(self) -> None:
        """打印."""
        if self._face:
            self.run_worker(self._print(self._face), group="tasks", exclusive=True)

    async def _print(self, paper: Paper) -> None:
        """On a printer of the clerk's choice; what has been printed is refused by the act."""
        text = "同一编号只能有一张纸：从出纸盘打过的不要再打，再要一张请补打。\n"
        to = await places.chosen(self, paper.number, f"用哪台打印机打？　{word(paper.kind)}", text=text)
        if to is not None:
            self.counter.perform(
                lambda desk: printing.print_paper(desk, paper.number, printer=to),
                lambda going: self._going(paper, going),
            )

    async def _going(self, before: Paper, paper: Paper) -> None:
        self.counter.done(places.going(before.sheet or before.number, paper))
        await self.load()
        self.refresh_keys()

    def do_further(self) -> None:
        """Every other act, in one list."""
        if self._sight:
            opened = self.counter.opened
            policy = opened.settings.rating if opened else RatingPolicy()
            self.asker.choose(choices(self._sight, policy))

    def _go(self, name: str) -> None:
        self.counter.go(name, number=self._number)

    def on_screen_suspend(self) -> None:
        """Left, covered or locked: what was in clear is masked."""
        self.hide()

    def take_scan(self, scanned: Scanned) -> bool:
        """A paper of this case: there it is. Anything else is opened by the frame."""
        seen = self._sight
        if seen is None:
            return False
        for at, paper in enumerate(seen.papers):
            if paper.number == scanned.code:
                self._open("papers")
                self._list("faces").to(at)
                self._list("faces").focus()
                self.refresh_keys()
                return True
        return scanned.object in seen.records


def _no_sheet(paper: Paper | None) -> str | None:
    """Why nothing can be printed of what the cursor stands on."""
    if paper is None:
        return "请先到“纸面”选一张"
    return None if paper.state == PaperState.MADE else f"这张纸面{word(paper.state)}"


OPENS = CaseScreen
