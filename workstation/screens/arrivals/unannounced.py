"""A return envelope that comes before anybody was told of it: it is asked what lies in it, then checked."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from workstation.acts import results
from workstation.acts.desk import Desk
from workstation.domain import scans
from workstation.domain.consignment import Consignment
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.words import word
from workstation.screens.arrivals.asking import Given, Question
from workstation.screens.arrivals.checking import Checking
from workstation.screens.arrivals.way import Way
from workstation.screens.dialogs import Pick

BACK = "back"
_CHECK = "接着逐项核对，写货位，^S 到窗。"
#: What it may be, and what has to be told first; the last is always possible.
_MAY_BE = {
    S.HANDED_OVER: {
        "receive": "报得出回执码：先登记属地签收",
        "by_hand": "报不出回执码：凭通话登记属地签收",
    },
    S.ACKNOWLEDGED: {
        "decide": "办理结果：登记属地决定，再核对内件",
        "send_back": "退回的材料：登记属地退件，再核对内件",
    },
    S.DECIDED: {BACK: "办理结果：登记回寄，再核对内件"},
}
_MAY_BE |= {S.ACCEPTED: _MAY_BE[S.ACKNOWLEDGED], S.HOME_CORRECTING: _MAY_BE[S.HANDED_OVER]}
_CALL = {"contact": "还不清楚：打电话问属地，登记联系"}


class Unannounced(Checking):
    """The part of the screen that brings the account to where the envelope already is."""

    def __init__(self, name: str, found_by: str = "") -> None:
        super().__init__(name)
        self._found_by = scans.clean(found_by)
        self._lies_here = False
        """Whether the question on the screen is about an envelope that lies here."""

    def look_what_came(self, way: Way) -> None:
        """If it was its own label that led here, ask what is in the envelope."""
        labels = [w.number for w in way.file.waybills if (w.object, w.state) == (self.consignment, "live")]
        if self._found_by in labels:
            self.ask_what_came()

    def ask_what_came(self) -> None:
        """Ask, unless it has been told of, or nobody here may write."""
        way = self.way
        told = way is None or way.is_coming_back or way.consignment.state in (S.RESULT_ARRIVED, S.DONE)
        if not told and self.barred("arrive") is None:
            self.beside(self._ask_what_came)

    async def _ask_what_came(self) -> None:
        assert self.way is not None, "nothing is asked before it is there"
        own = self.way.consignment
        known = _MAY_BE.get(S(own.state), {})
        choices = [(name, label) for name, label in known.items() if self._may_be(name)]
        text = f"账上还是“{word(own.state)}”（{own.office_name}）。请拆开看，再选。"
        pick = Pick("回程邮件到了，里面是什么？", [*choices, *_CALL.items()], text=text)
        name = await self.app.push_screen_wait(pick)
        if name == BACK:
            self.counter.perform(
                lambda desk: results.result_return(desk, own.id), self._is_back, seen=own.version
            )
        elif name is not None:
            self.app.call_later(self._ask_on, name)

    def _may_be(self, name: str) -> bool:
        return self.why_not("post_back" if name == BACK else name) is None

    def _ask_on(self, name: str) -> None:
        self.ask(name)
        self._lies_here = True

    def ask(self, name: str, **filled: str) -> None:
        """Put a question; asked by its own key, it is not about an envelope that lies here."""
        self._lies_here = False
        super().ask(name, **filled)

    def with_way_back(self, question: Question) -> Question:
        """A decision whose papers lie here: they have come back, too."""
        return (
            replace(question, act=partial(_and_back, question), told=_told) if self._lies_here else question
        )

    async def _answered(self, name: str, question: Question, result: object) -> None:
        await super()._answered(name, question, result)
        if self._lies_here and name in ("receive", "by_hand"):
            self.ask_what_came()
        elif self._lies_here and self.is_checking:
            self.rows.focus()
        self._lies_here = False

    async def _is_back(self, consignment: Consignment) -> None:
        self.counter.done(_told(consignment))
        await self.load()
        self.rows.focus()
        self.refresh_keys()


def _and_back(question: Question, desk: Desk, given: Given) -> Consignment:
    decided = question.act(desk, given)
    assert isinstance(decided, Consignment), "that is what a decision gives"
    if decided.result_mode != "paper":
        return decided
    return results.result_return(replace(desk, seen=None), decided.id)


def _told(consignment: Consignment) -> str:
    if consignment.state == S.RESULT_RETURNING:
        return f"已登记，{_CHECK}"
    return (
        f"{word(consignment.state)}：{consignment.office_name}，结果{word(consignment.result_mode or '')}。"
    )
