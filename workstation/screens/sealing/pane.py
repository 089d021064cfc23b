"""The lower part once the envelope is printed: two scans, place, who has looked, nothing secret."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from workstation.domain.codes import LENGTH
from workstation.domain.envelope import Envelope
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.screens.sealing.bag import FACES, Bag, Phase
from workstation.screens.sealing.ticks import Ticks
from workstation.widgets.field import Field, Tick
from workstation.widgets.words import Words

PLACE, INSPECTOR, NO_SECRET = "place", "inspector", "no_secret"
#: Short, so that both paths stand on a narrow line.
_SHEETS = {"envelope": "面", "packing_list": "清单"}
_SCAN_OR_TYPE = f"扫条码；没有扫描枪时输入 {LENGTH} 位数字。"


class SealPane(Widget):
    """Shows what the seal needs; what is typed in it comes out as the fields' own messages."""

    DEFAULT_CSS = """
    SealPane { height: auto; }
    SealPane #seal-fields { height: auto; }
    SealPane.-packing { display: none; }
    SealPane.-closed #seal-fields { display: none; }
    SealPane #seal-told { height: auto; max-height: 3; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__(id="seal-pane")
        self._last_place = self._operator = ""
        self._staff: Mapping[str, str] = {}

    def compose(self) -> ComposeResult:
        """Five lines, and what is told below."""
        with Vertical(id="seal-fields"):
            for kind in FACES:
                yield Field(kind, word(kind), explains=_SCAN_OR_TYPE)
            yield Field(PLACE, "货位", explains="封好后放在哪里：输入或扫货位条码。")
            yield Field(INSPECTOR, "验视人", explains="谁看过封套里的东西（收寄验视），填工号。")
            yield Tick(NO_SECRET, "已检查，封套内无涉密材料", explains="涉密材料不得邮寄。空格打勾。")
        yield Words("", id="seal-told")

    def show(self, bag: Bag, ticks: Ticks, operator: str) -> None:
        """How far it is, and what is there already."""
        self.set_class(bag.phase == Phase.PACKING, "-packing")
        self.set_class(bag.phase == Phase.CLOSED, "-closed")
        self._last_place, self._operator, self._staff = bag.last_place, operator, bag.staff
        for kind in FACES:
            self.scanned(kind, ticks.scans.get(kind))
        for name, typed in ((PLACE, ticks.place), (INSPECTOR, ticks.inspector)):
            if self.field(name).value != typed:
                self.field(name).value = typed
        self.query_one("#seal-told", Words).say("\n".join(_told(bag)))
        self.note()

    def field(self, name: str) -> Field:
        """One of the fields."""
        return next(each for each in self.query(Field) if each.name == name)

    @property
    def tick(self) -> Tick:
        """Nothing secret."""
        return self.query_one(Tick)

    @property
    def place(self) -> str:
        """Where it will lie: what is typed, or where the one before was laid."""
        return self.field(PLACE).value.strip() or self._last_place

    @property
    def inspector(self) -> str:
        """Code of who has looked: what is typed, or whoever is at the desk."""
        return self.field(INSPECTOR).value.strip() or self._operator

    def scanned(self, kind: str, number: str | None) -> None:
        """This face is there; None: it is not, but what is typed of it stays."""
        field = self.field(kind)
        if number is None:
            typed = len(field.value.strip())
            field.note(f"还差 {LENGTH - typed} 位" if 0 < typed < LENGTH else "等扫描" if not typed else "")
            return
        if field.value != number:
            field.value = number
        field.right("本封套")

    def note(self) -> None:
        """Say what place and inspector come to."""
        place, inspector = self.field(PLACE), self.field(INSPECTOR)
        if place.value.strip():
            place.right()
        else:
            place.note(f"不填就是 {self._last_place}（上次）" if self._last_place else "必填")
        name = self._staff.get(self.inspector)
        if not inspector.value.strip():
            inspector.note(f"不填就是本人 {self._operator} {name or ''}")
        elif name is None:
            inspector.wrong("不在岗或没有这个工号")
        else:
            inspector.right(name)

    @property
    def lacks(self) -> tuple[str, str] | None:
        """The first thing the seal still needs of this pane: a field's name, and why."""
        if not self.place:
            return PLACE, "还没有写货位"
        if self.inspector not in self._staff:
            return INSPECTOR, "验视人不在岗或没有这个工号"
        return None if self.tick.ticked else (NO_SECRET, "还没有确认封套内无涉密材料")


def _told(bag: Bag) -> list[str]:
    envelope = bag.envelope
    if envelope is None:
        return []
    sheets = [f"{label} {bag.paths[kind]}" for kind, label in _SHEETS.items() if kind in bag.paths]
    return [*_closed(envelope, bag), *([f"纸面　{'　'.join(sheets)}"] if sheets else [])]


def _closed(envelope: Envelope, bag: Bag) -> list[str]:
    if bag.phase != Phase.CLOSED or envelope.sealed_at is None:
        return []
    sealed, looked = (_person(bag, code or "") for code in (envelope.sealed_by, envelope.inspected_by))
    return [f"封装　{minute(envelope.sealed_at)} {sealed}　验视　{looked}"]


def _person(bag: Bag, code: str) -> str:
    return f"{code} {bag.staff.get(code, '')}".rstrip()
