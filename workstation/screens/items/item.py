"""One item: what the list says of it, the checklist that holds for a place, and what the hall has said."""

from __future__ import annotations

from collections.abc import Iterator

from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget

from forms import items
from workstation.errors import Explained, on_screen
from workstation.screens import table_files
from workstation.screens.base import Do
from workstation.screens.dialogs import Asked, Form
from workstation.screens.items import forms, looking, saying
from workstation.screens.items.looking import Sight
from workstation.screens.long_form import AskingScreen
from workstation.widgets.words import Words

REGISTER = Do("register", "收件", "f2", "sj", "登记这个事项的办件")
CHANGE_MODE = Do("change_mode", "改方式", "f4", "gfs", "更改这个事项的办理方式")
_PLACE = "填部门代码（如 450103-hz）或 6 位区划代码；空着是不指定。"


class ItemActs(AskingScreen):
    """A screen with an item on it."""

    @property
    def item(self) -> items.Item | None:
        """The item that is meant."""
        raise NotImplementedError

    def why_not(self, name: str) -> str | None:
        """Whose act it is, and whether there is an item."""
        acts = {"register": "register", "change_mode": "set_mode"}
        if name not in acts:
            return None
        return self.barred(acts[name]) or (None if self.item else "没有选事项")

    def do_register(self) -> None:
        """A hand-in of this item."""
        if self.item is not None:
            self.counter.go("intake", item=self.item.code)

    def do_change_mode(self) -> None:
        """How it is done from now on."""
        if self.item is not None:
            self.ask(forms.changing_mode(self.item))


class ItemScreen(ItemActs):
    """All that is known of it."""

    CSS_PATH = "item.tcss"
    TITLE_WORD = "事项"
    DOES = (
        REGISTER,
        Do("place", "换属地", "f3", "hsd", "看另一个部门或区划用的材料清单"),
        CHANGE_MODE,
        Do("give_out", "导出", "f6", "dc", "材料清单写成表格，编辑后可再导入"),
        Do("agreements", "协议", "f8", "xy", "就这个事项的协议：登记、终止"),
    )
    explains = (
        "↑↓ PgUp PgDn 翻看。材料清单先用本大厅为这个部门、区划导入的办事指南，再用属地的、事项的、通用的。"
    )

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code, self._place = code, ""
        self._sight: Sight | None = None

    def body(self) -> Iterator[Widget]:
        """Two texts, one below the other or side by side."""
        with VerticalScroll(id="item-text"):
            yield Words(id="item-head")
            with Vertical(id="item-parts"):
                yield Words(id="item-papers")
                with Vertical(id="item-side"):
                    yield Words(id="item-others")
                    yield Words(id="item-listed")

    def on_mount(self) -> None:
        """The arrow keys move the text."""
        self.query_one(VerticalScroll).focus()

    @property
    def item(self) -> items.Item | None:
        """This one."""
        return self._sight.item if self._sight else None

    async def load(self) -> None:
        """The item as it holds today."""
        if self.counter.is_signed_in:
            await self._look(self._place)

    def do_place(self) -> None:
        """The checklist of another place."""
        self._ask_place(self._place)

    def do_give_out(self) -> None:
        """Its checklist into a file."""
        table_files.give_out(self, forms.exporting(self._code))

    def do_agreements(self) -> None:
        """Agreements about it."""
        self.counter.go("agreements", item=self._code)

    def _ask_place(self, value: str, wrong: Explained | None = None) -> None:
        form = Form("哪里的材料清单？", [Asked("place", "属地", value=value)], text=_PLACE, wrong=wrong)
        self.app.push_screen(form, self._placed)

    def _placed(self, values: dict[str, str] | None) -> None:
        if values is not None:
            self.run_worker(self._go_to(values["place"]), group="list", exclusive=True)

    async def _go_to(self, place: str) -> None:
        if (error := await self._look(place)) is not None:
            self._ask_place(place, error)

    async def _look(self, place: str) -> Explained | None:
        """Look at the item for a place; why that was not possible, if it was not."""
        try:
            sight = await self.counter.look(lambda desk: looking.sight(desk, self._code, place))
        except Explained as error:
            self.counter.attention(on_screen(f"{error.what}{error.why}"))
            return error
        self._sight, self._place = sight, place
        self.entitle(f"事项 {self._code}")
        for name in ("head", "papers", "others", "listed"):
            self.query_one(f"#item-{name}", Words).say(getattr(saying, name)(sight))
        self.refresh_keys()
        return None
