"""形式审查: the checklist on the left, the row's 审查要点 on the right, the outcome always below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from workstation.acts import masking
from workstation.acts.inputs import Finding
from workstation.acts.scanning import Scanned
from workstation.domain.case import Row
from workstation.domain.words import word
from workstation.errors import Explained, on_screen
from workstation.screens.base import Do
from workstation.screens.review import keys, points, supplying
from workstation.screens.review.keys import Moment
from workstation.screens.review.row_form import RowForm
from workstation.screens.review.saving import Saving
from workstation.screens.review.supplying import SupplyForm
from workstation.widgets.frame import Key, Keys
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import OneLine, Words

_HEADS = (Column("结果", 10), Column("材料", 8, flexible=True), Column("", 4))
#: In the footer while papers come in, under other words.
_SUPPLYING = {"save": "登记", "pass": "补交", "turn": "审查", "case": "办件"}
#: In the footer always; the others only while they are possible, or it would be too long to be read.
_ALWAYS = ("save", "pass", "missing", "notice", "case")


class ReviewScreen(Saving):
    """The formal review of one case; findings are a draft until they are saved."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "形式审查"
    DOES = (
        Do("save", "保存", "ctrl+s", "bc", "保存审查结果；补正时登记补交的材料"),
        Do("pass", "合格", "space", "hg", "这一行与要求相符，到下一个未审的行；补正时打勾"),
        Do("missing", "缺件", "delete", "qj", "这一行没有交"),
        Do("skip", "不适用", "ctrl+n", "bsy", "有条件的行，这次用不着"),
        Do("pledge", "承诺", "ctrl+g", "cn", "出具容缺/告知承诺书；签名后扫它的条码"),
        Do("notice", "告知", "f5", "gz", "一次性告知：先看全文，再打印"),
        Do("turn", "补正", "f4", "bz", "在审查和登记补交之间切换"),
        Do("seal", "装封", "f6", "zf", "装袋封装"),
        Do("case", "办件", "f3", "bj", "身份核验、不予收件、指引等在办件画面"),
        Do("undo", "重审", "backspace", "cs", "这一行当作没有审过"),
        Do("drop", "弃草稿", "ctrl+d", "qcg", "丢弃没有保存的审查结果"),
    )
    explains = (
        "逐行看材料：空格合格，Enter 记缺陷、份数或提供方式，Del 缺件，退格重审。右边是这一行的审查要点，"
        "下面是现在的结论。只看形式，不作实质判断。Tab 到右边可以翻看长的要点。"
    )

    def body(self) -> Iterator[Widget]:
        """The case, its rows with their points, the outcome and what to do next."""
        yield OneLine("", id="case")
        with Horizontal():
            yield RecordList[str](_HEADS, self._cells, empty="（没有材料清单）", id="rows")
            with VerticalScroll(id="points"):
                yield Words("", id="point")
        yield Words("", id="outcome")

    def on_mount(self) -> None:
        """The cursor begins in the list."""
        self._rows.focus()

    def why_not(self, name: str) -> str | None:
        """As the tables, the case and the row under the cursor allow."""
        moment = self._moment
        if moment is None:
            return None if name == "case" else "办件没有读到"
        return keys.why_not(name, moment)

    def refresh_keys(self) -> None:
        """The keys that matter now; while papers come in some are called otherwise."""
        if self.is_mounted:
            self.query_one(Keys).tell([key for do in self.DOES if (key := self._key(do))])

    def _key(self, do: Do) -> Key | None:
        why = self.why_not(do.name)
        if self.is_supplying:
            label = _SUPPLYING.get(do.name)
            return Key(do.key_word, label, why) if label else None
        is_shown = do.name in _ALWAYS or (why is None and do.name != "undo")
        return Key(do.key_word, do.label, why) if is_shown else None

    def take_scan(self, scanned: Scanned) -> bool:
        """A pledge of this case: it has been signed; any other face of it is here already."""
        if scanned.kind == "pledge" and scanned.object.startswith(f"{self.number}-p"):
            self.run_worker(self._sign(scanned.code), group="tasks")
            return True
        return scanned.object == self.number

    # --- what is found

    def do_pass(self) -> None:
        """As asked, and on to the next row nobody has looked at; while papers come in: they came."""
        there, row_id = self.there, self._row_id
        if self.is_supplying:
            self._tick(row_id)
        elif row_id in there.findings or there.is_unseen(row_id) or there.stored(row_id).defects:
            self._found(there.as_asked(row_id))
        else:
            self._go_on(row_id)

    def do_missing(self) -> None:
        """Nothing was handed in."""
        self._found(self.there.missing(self._row_id))

    def do_skip(self) -> None:
        """The condition is not met."""
        self._found(Finding(row=self._row_id, not_applicable=True))

    def do_undo(self) -> None:
        """As if nobody had looked."""
        if self.is_supplying:
            self.supplies.pop(self._row_id, None)
            self.show()
        else:
            self.change(self.there.without(self._row_id))

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """The points of another row."""
        event.stop()
        self.show()
        self.query_one("#points", VerticalScroll).scroll_home(animate=False)

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter on a row: all about it."""
        event.stop()
        if why := self.why_not("open"):
            self.counter.attention(f"这一行现在不能改：{why}")
            return
        there, row = self.there, self.there.stored(event.row)
        if self.is_supplying:
            supply = self.supplies.get(row.row_id) or supplying.as_asked(row)
            self.app.push_screen(
                SupplyForm(there.look, row, supply), lambda given: self._supplied(row, given)
            )
            return
        finding = there.findings.get(row.row_id) or there.as_asked(row.row_id)
        self.app.push_screen(RowForm(row, finding, self._judged), self._noted)

    def _judged(self, finding: Finding) -> str:
        """What a row would come to, in one line."""
        outlook = self.there.found(finding).rows[finding.row]
        if outlook.refusal is not None:
            return on_screen(f"{points.state_of(outlook)}：{outlook.refusal.why}")
        defects = "、".join(defect.word for defect in outlook.defects)
        return points.state_of(outlook) + (f"：{defects}" if defects else "")

    def _noted(self, finding: Finding | None) -> None:
        if finding is not None:
            self._found(finding)

    def _supplied(self, row: Row, supply: Mapping[str, str] | None) -> None:
        if supply is not None:
            there = supplying.materials(self.there.look, {row.row_id: supply})
            self.supplies.pop(row.row_id, None)
            if there:
                self.supplies[row.row_id] = supply
            self.show()

    def _tick(self, row_id: str) -> None:
        if self.supplies.pop(row_id, None) is None:
            self.supplies[row_id] = supplying.as_asked(self.there.stored(row_id))
        self._go_on(row_id)
        self.show()

    def _found(self, finding: Finding) -> None:
        """One more finding; the cursor goes on before anything is drawn."""
        self.hold(self.there.found(finding))
        self._go_on(finding.row)
        self.show()

    def _go_on(self, row_id: str) -> None:
        """The cursor to the row that comes next."""
        following = self._next_to_supply() if self.is_supplying else self.there.next_unseen(row_id)
        if following:
            self.go_to(following)
        elif not self.is_supplying:
            self._rows.to(self._rows.cursor + 1)

    def _next_to_supply(self) -> str | None:
        wanted = supplying.wanted(self.there.look)
        return next((row_id for row_id in wanted if row_id not in self.supplies), None)

    def do_turn(self) -> None:
        """Between reviewing and taking in papers, where both are possible."""
        self.is_supplying = not self.is_supplying
        self.show()
        first = next((row_id for row_id in self.there.rows if self.there.is_unseen(row_id)), None)
        self.go_to(self._next_to_supply() if self.is_supplying else first)

    def do_seal(self) -> None:
        """On to the envelope."""
        self.counter.go("sealing", number=self.number)

    def do_case(self) -> None:
        """All the rest that can be done with a case."""
        self.counter.go("case", number=self.number)

    # --- showing

    @property
    def _rows(self) -> RecordList[str]:
        return self.query_one("#rows", RecordList)

    @property
    def _row_id(self) -> str:
        row_id = self._rows.row
        assert row_id is not None, "without a row no key of a row does anything"
        return row_id

    @property
    def _moment(self) -> Moment | None:
        if self._sheet is None:
            return None
        return Moment(self._sheet, self._rows.row, self.is_supplying, self.supplies)

    def go_to(self, row_id: str | None) -> None:
        """The cursor to a row; None: the first."""
        rows = list(self._rows.rows)
        self._rows.to(rows.index(row_id) if row_id in rows else 0)

    def show_all(self) -> None:
        """The case and its rows; the cursor stays where it is, or begins at the first row to be looked at."""
        there, rows = self.there, self._rows
        case = there.look.file.case
        name = masking.field(case, "applicant_name")
        self.query_one("#case", OneLine).say(
            f"{case.number}　{word(there.look.file.shown)}　{there.look.title}　{name}"
        )
        ids = list(there.rows)
        if list(rows.rows) != ids:
            first = next((row_id for row_id in ids if there.is_unseen(row_id)), ids[0] if ids else None)
            rows.show(ids, at=ids.index(first) if first else 0)
        self.show()

    def show(self) -> None:
        """Outcomes, points and keys as they are now."""
        if self._sheet is None:
            return
        self.entitle("补正提交" if self.is_supplying else self.TITLE_WORD)
        row_id = self._rows.row
        self._rows.refresh()
        self.query_one("#point", Words).say(self._points(row_id) if row_id else "")
        self._say(*(self._supplying() if self.is_supplying else points.outcome(self._sheet)))
        self.refresh_keys()

    def show_lost(self, error: Explained) -> None:
        """Why there is no case to be shown."""
        self._say(f"✗ {error.what}", on_screen(f"{error.why}下一步：{error.next}"))

    def _say(self, outcome: str, then: str) -> None:
        self.query_one("#outcome", Words).say(f"{outcome}\n{then}")

    def _points(self, row_id: str) -> str:
        supply = self.supplies.get(row_id)
        taken = f"补交：{supplying.told(supply)}\n" if supply else ""
        return taken + points.of_row(self.there, row_id)

    def _supplying(self) -> tuple[str, str]:
        there = len(supplying.wanted(self.there.look))
        return (
            f"· 补正：{there} 行待补交，已勾选 {len(self.supplies)} 行",
            "空格勾选，Enter 改份数，^S 登记。没有勾选的仍为不符。",
        )

    def _cells(self, row_id: str) -> tuple[str, str, str]:
        there = self.there
        row = there.rows[row_id]
        state = points.state_of(row)
        if self.is_supplying and row_id in supplying.wanted(there.look):
            state = "[x] 补交" if row_id in self.supplies else "[ ] 待补"
        defects = "、".join(defect.word for defect in row.defects) if row.refusal is None else ""
        return state, row.row.name + (f"：{defects}" if defects else ""), points.kept(there, row_id)


OPENS = ReviewScreen
