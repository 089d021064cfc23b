"""The simulated platform behind the wire: it opens what is asked, keeps orders and parcels, and answers."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from integrations.carriers.ems.simulated_parcels import Parcel, Said, Way, plot_of, written
from integrations.carriers.ems.simulated_requests import (
    Account,
    Json,
    Refusal,
    as_object,
    check_form,
    check_order,
    require,
)
from integrations.carriers.ems.simulated_script import Script

_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 215 366]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n"
)
_PLACES = {"": ("", "", ""), "广西壮族自治区南宁市青秀区": ("450000", "450100", "450103")}
_ADDRESS = re.compile(r"(.+?(?:省|自治区))?(.+?(?:市|自治州|地区|盟))?(.+?(?:区|县|旗|市))?")


@dataclass
class Taken:
    """An order the platform has taken."""

    number: str
    waybills: list[str]
    environment: str
    body: str
    """The digest of what was asked: a repetition says the same."""
    state: str = "live"
    asked: int = 1


@dataclass
class Platform:
    """Answers what was read from the wire; each change is first told to `note`."""

    account: Account
    now: Callable[[], int]
    note: Callable[[Json], None]
    first: int = 1190000000001
    script: Script = field(default_factory=Script)
    orders: dict[str, Taken] = field(default_factory=dict)
    parcels: dict[str, Parcel] = field(default_factory=dict)
    faults: list[Json] = field(default_factory=list)
    _answered: int = 0
    _counted_from: int = 0
    _issued: int = 0

    def follow(self, script: Script) -> None:
        """Behave so from now on."""
        self.script = script
        self._counted_from = len(self.orders)

    def answer(self, environment: str, form: Mapping[str, str]) -> Json:
        """The answer to a request, in the documented form."""
        try:
            code, (message, body) = "00000", self._told(environment, form)
        except Refusal as refusal:
            code, message, body = refusal.code, refusal.text, ""
        return self.said(code, message, body)

    def said(self, code: str, message: str, body: str = "") -> Json:
        """What every answer is wrapped in."""
        self._answered += 1
        return {
            "serialNo": f"{self._answered:032x}",
            "retCode": code,
            "retMsg": message,
            "retBody": body,
            "retDate": written(self.now() + self.script.clock_skew),
            "success": code == "00000",
        }

    def plot(self, waybills: list[str], said: Said) -> None:
        """Let a plot begin now, for waybills of an order or from elsewhere (a sticker)."""
        plot_of(said)
        skew = self.script.clock_skew
        self.change({"did": "plot", "waybills": waybills, "plot": said, "at": self.now(), "skew": skew})

    def change(self, entry: Json) -> None:
        """Tell a change, then make it."""
        self.note(entry)
        self.apply(entry)

    def apply(self, entry: Json) -> None:
        """Make a change, now or again."""
        getattr(self, f"_did_{entry['did']}")(entry)

    def overview(self) -> Json:
        """What a test wants to know: orders, faults of the client, and envelopes with two live orders."""
        live = Counter(_envelope(order.number) for order in self.orders.values() if order.state == "live")
        return {
            "orders": [self._shown(order) for order in self.orders.values()],
            "faults": self.faults,
            "envelopes": len({_envelope(number) for number in self.orders}),
            "doubled": sorted(envelope for envelope, count in live.items() if count > 1),
        }

    def _shown(self, order: Taken) -> Json:
        parcels = [self.parcels[waybill] for waybill in order.waybills]
        return {
            "logisticsOrderNo": order.number,
            "waybills": order.waybills,
            "state": order.state,
            "asked": order.asked,
            "tracked": sum(parcel.asked for parcel in parcels),
            "plots": [parcel.said for parcel in parcels],
            "environment": order.environment,
        }

    def _told(self, environment: str, form: Mapping[str, str]) -> tuple[str, str]:
        check_form(self.account, environment, form)
        text = self.account.opened(form["logitcsInterface"])
        try:
            body = json.loads(text)
        except ValueError as error:
            raise Refusal("B0006", "报文不是JSON") from error
        if not any(text == json.dumps(body, ensure_ascii=a, separators=(",", ":")) for a in (False, True)):
            self.change({"did": "fault", "what": "not_compact", "number": form["apiCode"]})
        match form["apiCode"]:
            case "020003":
                return self._ordered(environment, text, body)
            case "020006":
                return self._cancelled(as_object(body))
            case "010004":
                return self._label(as_object(body))
            case "030005":
                return self._pickup(as_object(body))
            case "040001":
                return self._tracked(as_object(body))
        return self._parsed(body)

    def _ordered(self, environment: str, text: str, body: object) -> tuple[str, str]:
        if not isinstance(body, list) or not body:
            raise Refusal("B0006", "报文应为订单数组")
        for order in body:
            check_order(self.account, as_object(order))
        digest = hashlib.sha256(text.encode()).hexdigest()
        told = [self._taken(environment, digest, order) for order in body]
        return "成功", _written(told[0] if len(told) == 1 else told)

    def _taken(self, environment: str, digest: str, order: Json) -> Json:
        number = str(order["logisticsOrderNo"])
        before = self.orders.get(number)
        if before is None:
            self.change(self._new_order(environment, digest, order))
            return self._booked(self.orders[number])
        self.change({"did": "repeat", "number": number})
        if before.body != digest:
            self.change({"did": "fault", "what": "different_body", "number": number})
        if before.state == "canceled":
            raise Refusal("B0011", "订单号重复，该订单已取消")
        if self.script.repeat == "duplicate":
            raise Refusal("B0010", "订单号重复")
        return self._booked(before)

    def _new_order(self, environment: str, digest: str, order: Json) -> Json:
        number = str(order["logisticsOrderNo"])
        nth = len(self.orders) - self._counted_from
        way = [[str(order[side][name]) for name in ("prov", "city")] for side in ("sender", "receiver")]
        return {
            "did": "order",
            "number": number,
            "environment": environment,
            "body": digest,
            "waybills": [f"{self.first + self._issued + n:013}" for n in range(1 + _with_return(order))],
            "plots": [plots[nth % len(plots)] for plots in (self.script.plots, self.script.return_plots)],
            "way": way,
            "at": self.now(),
            "return_after": self.script.return_after,
            "skew": self.script.clock_skew,
        }

    def _booked(self, order: Taken) -> Json:
        return {
            "logisticsOrderNo": order.number,
            "waybillNo": ",".join(order.waybills),
            "routeCode": "000-000-00 000",
            "packageCode": "00000000",
            "packageCodeName": "演练集包地",
            "markDestinationCode": "000",
            "markDestinationName": "演练大头笔",
        }

    def _cancelled(self, body: Json) -> tuple[str, str]:
        require(body, ("logisticsOrderNo", "cancelReason"))
        order = self.orders.get(str(body["logisticsOrderNo"]))
        told = {waybill for waybill in str(body.get("waybillNo") or "").split(",") if waybill}
        if order is None or not told <= set(order.waybills):
            raise Refusal("B0012", "订单不存在")
        if order.state == "live" and any(self.parcels[w].is_taken(self.now()) for w in order.waybills):
            raise Refusal("B0013", "邮件已收寄，不能取消")
        if order.state == "canceled" and self.script.repeat == "duplicate":
            raise Refusal("B0014", "订单已取消")
        if order.state == "live":
            self.change({"did": "cancel", "number": order.number})
        return "成功", _written({"logisticsOrderNo": order.number, "waybillNo": order.waybills[0]})

    def _label(self, body: Json) -> tuple[str, str]:
        require(body, ("waybillNo", "type"))
        if str(body["type"]) not in {"129", "149", "179"}:
            raise Refusal("B0007", "type不合法")
        known = {w for order in self.orders.values() if order.state == "live" for w in order.waybills}
        if body["waybillNo"] not in known:
            raise Refusal("B0012", "运单不存在")
        if str(body.get("getURL", "0")) == "1":
            return "成功", f"https://label.invalid/{body['waybillNo']}.pdf"
        return "成功", base64.b64encode(_PDF).decode()

    def _pickup(self, body: Json) -> tuple[str, str]:
        require(body, ("address", "prov", "city", "county", "bizProductNo", "type", "senderNo"))
        return "成功", _written({"status": self.script.pickup})

    def _tracked(self, body: Json) -> tuple[str, str]:
        require(body, ("waybillNo",))
        parcel = self.parcels.get(str(body["waybillNo"]))
        if parcel is None:
            return self._not_found("查无此邮件")
        parcel.asked += 1
        events = parcel.events(self.now())
        return ("成功", _written({"responseItems": events})) if events else self._not_found("无查询信息")

    def _not_found(self, message: str) -> tuple[str, str]:
        if self.script.not_found == "refused":
            raise Refusal("B0020", message)
        return message, _written({"responseItems": []})

    def _parsed(self, body: object) -> tuple[str, str]:
        if not isinstance(body, list) or not body:
            raise Refusal("B0006", "报文应为地址数组")
        for address in body:
            require(as_object(address), ("wholeAddress",))
        return "成功", _written([_places(str(address["wholeAddress"])) for address in body])

    def _did_order(self, entry: Json) -> None:
        order = Taken(entry["number"], entry["waybills"], entry["environment"], entry["body"])
        self.orders[order.number] = order
        self._issued += len(order.waybills)
        origin, target = (tuple(place) for place in entry["way"])
        ways = [Way(origin, target), Way(target, origin)]
        starts = [entry["at"], entry["at"] + entry["return_after"]]
        for waybill, said, since, way in zip(order.waybills, entry["plots"], starts, ways, strict=False):
            self.parcels[waybill] = Parcel(waybill, said, since, entry["skew"], way)

    def _did_repeat(self, entry: Json) -> None:
        self.orders[entry["number"]].asked += 1

    def _did_cancel(self, entry: Json) -> None:
        order = self.orders[entry["number"]]
        order.state = "canceled"
        for waybill in order.waybills:
            self.parcels[waybill].said = "none"

    def _did_plot(self, entry: Json) -> None:
        for waybill in entry["waybills"]:
            former = self.parcels.get(waybill)
            way = former.way if former else Way()
            self.parcels[waybill] = Parcel(waybill, entry["plot"], entry["at"], entry["skew"], way)

    def _did_fault(self, entry: Json) -> None:
        self.faults.append({"what": entry["what"], "number": entry["number"]})


def _written(body: object) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _envelope(number: str) -> str:
    return number.rpartition("-")[0] or number


def _with_return(order: Json) -> bool:
    return str(order.get("receiptFlag", "1")) == "8"


def _places(address: str) -> Json:
    found = _ADDRESS.match(address)
    names = [name or "" for name in found.groups()] if found else ["", "", ""]
    codes = _PLACES.get("".join(names), ("", "", ""))
    named = zip(("prov", "city", "county"), names, strict=True)
    return {**dict(named), **dict(zip(("proCode", "cityCode", "countyCode"), codes, strict=True))}
