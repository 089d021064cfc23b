"""寄递企业: which one the hall uses, and the way to it; its credentials come from the key sources alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forms.identifiers import address as addresses
from forms.identifiers import plain_text
from workstation.acts import checks, labels, mail_orders, refusals, steps
from workstation.acts.desk import Desk
from workstation.domain.envelope import Envelope
from workstation.domain.mail import Carrier, MailOrder, OrderState
from workstation.domain.words import word
from workstation.errors import Explained, OutsideFailed, Refused
from workstation.reference import divisions
from workstation.store.work import Reading, Work

if TYPE_CHECKING:
    from integrations.carriers import CarrierError, Order, Party
    from integrations.carriers.ems.client import Client

#: Folders of `integrations/carriers`; only China Post and EMS may carry authority mail (邮政法第五十五条).
NAMES = {"number_pool": "号码池（不联网）", "ems": "邮政EMS协议客户开放平台"}
NUMBERS = {"sticker": "贴纸运单，扫了才绑", "packing": "装袋时取号，印在封套上"}
ENVIRONMENTS = ("production", "test")
#: Credentials of a carrier's interface, by the names they have in the source.
CREDENTIALS = ("sender_no", "authorization", "sign_key")

_URL = re.compile(
    # Credentials leave this machine under TLS only; a simulator or relay of its own may do without.
    r"(https://(\[[0-9A-Fa-f:]+\]|[^\s/@?#:\[\]]+)|http://(localhost|127\.0\.0\.1|\[::1\]))"
    r"(:[0-9]{1,5})?(/[^\s?#]*)?"
)
_LONGEST_URL = 200


@dataclass(frozen=True)
class Known:
    """A carrier there is, and how the hall uses it (None: not set up)."""

    name: str
    title: str
    carrier: Carrier | None
    has_credentials: bool

    @property
    def is_online(self) -> bool:
        """Whether it takes orders over the network."""
        return self.name in mail_orders.TAKE_ORDERS


def listed(desk: Desk) -> list[Known]:
    """Every carrier there is, the one in service first."""
    desk.signed_in()
    with desk.reading() as reading:
        known = {carrier.name: carrier for carrier in reading.carriers.where()}
    found = [Known(name, NAMES[name], known.get(name), _has_credentials(desk, name)) for name in NAMES]
    return sorted(found, key=lambda each: each.carrier is None or each.carrier.state != "in_service")


def set_carrier(
    desk: Desk,
    name: str,
    *,
    environment: str = "production",
    url: str | None = None,
    numbers: str = "sticker",
    with_return: bool = False,
) -> Carrier:
    """Use this carrier from now on; what is on its way with the former one is followed to its end."""
    checks.one_of("寄递企业", name, tuple(NAMES))
    checks.one_of("接口环境", environment, ENVIRONMENTS)
    checks.one_of("取号方式", numbers, tuple(NUMBERS))
    url = _url(url) if url else None
    _fits(name, online=bool(url) or environment != "production" or with_return, numbers=numbers)
    with desk.act("set_carrier") as work:
        work.object = name
        for other in work.carriers.where(state="in_service"):
            if other.name != name:
                work.carriers.save(replace(other, state="retired"))
        wanted = Carrier(name, "in_service", environment, url, numbers, int(with_return))
        known = work.carriers.get(name)
        if known is None:
            return work.carriers.add(wanted)
        desk.saw(known)
        return work.carriers.save(
            replace(
                known,
                state="in_service",
                environment=environment,
                url=url,
                numbers=numbers,
                with_return=int(with_return),
            )
        )


def _url(text: str) -> str:
    text = checks.field("接口地址", plain_text.validate, text)
    if not _URL.fullmatch(text) or len(text) > _LONGEST_URL:
        raise checks.usage(
            "carrier-address",
            labels.wrong("接口地址", "不是能用的地址。"),
            "请填写 HTTPS 的完整地址，不带用户名、密码和问号；不另设时用平台自己的地址。",
        )
    return text


def _fits(name: str, *, online: bool, numbers: str) -> None:
    """A setting that has no effect would be taken for one that has."""
    if name in mail_orders.TAKE_ORDERS and numbers != "sticker":
        raise checks.usage(
            "carrier-setting-idle",
            "装袋时取号只用于号码池；这家寄递企业下单时自己给号。",
            "请去掉取号方式，或改用号码池。（命令：--numbers）",
        )
    if name not in mail_orders.TAKE_ORDERS and online:
        raise checks.usage(
            "carrier-setting-idle",
            "号码池不联网，没有接口环境、接口地址和回程运单可设。",
            "请去掉这些设置，或选联网的寄递企业。（命令：--environment、--url、--with-return）",
        )


@dataclass(frozen=True)
class Told:
    """What a carrier's platform said of an address."""

    carrier: Carrier
    address: str
    place: str
    """Province, city and county it finds the address in; empty where it finds none."""
    served: bool
    """Whether it picks up there."""
    reach: str
    """The same in its own words."""


def ask(desk: Desk, name: str | None = None, *, address: str | None = None, timeout: float) -> Told | None:
    """Two harmless questions to a platform, which orders nothing; None where there is nobody to ask."""
    desk.may("set_carrier")
    given = checks.field("address", addresses.validate, address) if address else None
    with desk.reading() as reading:
        carrier = find(reading, name) if name else mail_orders.in_service(reading)
    if carrier is None or carrier.name not in mail_orders.TAKE_ORDERS:
        return None
    # Told in full here, while an order that waits only knows that something is not in order.
    if credentials(desk, carrier.name) is None:
        raise _no_account(carrier)
    from integrations.carriers import CarrierError

    try:
        with closing(client(desk, carrier, timeout=timeout)) as wire:
            return _told(wire, carrier, given, _sender(desk))
    except CarrierError as error:
        raise _unanswered(carrier, error) from error


def label(desk: Desk, order_id: str, *, timeout: float, back: bool = False) -> bytes:
    """面单: the carrier's own label of an order, as its PDF; `back`: the one for the way back."""
    desk.may("print_paper")
    with desk.reading() as reading:
        order = mail_orders.find(reading, order_id)
        carrier = find(reading, order.carrier)
    number = order.return_waybill if back else order.waybill
    if order.state != OrderState.PLACED or number is None:
        raise _no_label(order)
    from integrations.carriers import CarrierError

    try:
        with closing(client(desk, carrier, timeout=timeout)) as wire:
            return wire.label(number, reverse=back)
    except CarrierError as error:
        raise _unanswered(carrier, error, undone="没有给面单") from error


def _no_label(order: MailOrder) -> Refused:
    return Refused(
        "label-not-there",
        what=f"{order.id} 没有面单可取。",
        why=f"它现在是“{word(order.state)}”；面单要有寄递企业给的运单号。",
        next="没有面单也能交寄：扫贴纸运单绑定。（命令：envelope bind）",
    )


def _told(wire: Client, carrier: Carrier, given: str | None, hall: Party) -> Told:
    names = dict.fromkeys((hall.province, hall.city, hall.county))
    address = given or f"{''.join(names)}{hall.address}"
    place = wire.parse_address(address)
    found = "".join(dict.fromkeys((place.province, place.city, place.county))) if place else ""
    there = replace(hall, address=given or hall.address)
    if given:
        parts = (place.province, place.city or place.province, place.county) if place else ("", "", "")
        there = replace(there, province=parts[0], city=parts[1], county=parts[2])
    if not there.county:
        # It refuses a question without one, and that would read as if the account were wrong.
        return Told(carrier, address, found, served=False, reach="没有认出县区，没有问")
    reach = wire.pickup_range(there)
    return Told(carrier, address, found, reach.served, reach.text)


def find(reading: Reading, name: str) -> Carrier:
    """A carrier the hall has set up, or a refusal."""
    carrier = reading.carriers.get(name)
    if carrier is None:
        raise refusals.not_found("carrier", name)
    return carrier


def client(desk: Desk, carrier: Carrier, *, timeout: float) -> Client:
    """The way to a carrier that takes orders; `Misconfigured` where the key sources have nothing for it."""
    # Loaded late: the web library takes longer to load than most commands take to run.
    from integrations.carriers import Misconfigured
    from integrations.carriers.ems import client as ems
    from integrations.carriers.ems.messages import Credentials

    try:
        found = credentials(desk, carrier.name)
    except Explained as error:
        raise Misconfigured(error.code) from error
    if found is None:
        raise Misconfigured("no credentials")
    known = Credentials(**{each: found[each] for each in CREDENTIALS})
    url = carrier.url or (ems.TEST if carrier.environment == "test" else ems.PRODUCTION)
    return ems.Client(known, now=desk.store.now, url=url, answer_within=timeout)


def credentials(desk: Desk, name: str) -> Mapping[str, str] | None:
    """What the key sources have for this carrier; None where nothing lies."""
    return desk.credentials(name) if desk.credentials else None


def order_of(work: Work, desk: Desk, order: MailOrder) -> Order:
    """An order as the carrier is told it: this hall to the home office, and nothing of whom it is about."""
    from integrations.carriers import Order

    envelope = steps.find_envelope(work, order.envelope)
    return Order(
        number=order.id,
        created_at=order.asked_at,
        sender=_sender(desk),
        receiver=_receiver(work, envelope),
        with_return=bool(find(work, order.carrier).with_return),
    )


def _sender(desk: Desk) -> Party:
    from integrations.carriers import Party

    hall = desk.hall
    province, city, county = divisions.parts(hall.division)
    return Party(hall.name, hall.phone, province, city, county, hall.address, hall.postcode)


def _receiver(work: Work, envelope: Envelope) -> Party:
    from integrations.carriers import Party

    first = steps.consignments_in(work, envelope)[0]
    province, city, county = divisions.parts(first.office_division)
    return Party(
        envelope.office_name,
        first.office_phone,
        province,
        city,
        county,
        envelope.office_address,
        envelope.office_postcode,
    )


def _has_credentials(desk: Desk, name: str) -> bool:
    if name not in mail_orders.TAKE_ORDERS:
        return False
    try:
        return credentials(desk, name) is not None
    except Explained:
        return False


#: Why a question got no answer that helps, and what to do.
UNANSWERED = {
    "unreachable": (
        "连不上，或没有等到回音",
        "请检查网络和接口地址，稍后再试；此间照常封装，贴纸运单扫了就绑。（命令：carrier list）",
    ),
    "unreadable": (
        "有回答，但不是平台说明的形式",
        "请核对接口地址是不是平台的；确实是的，请与邮政客户经理联系。（命令：carrier list）",
    ),
    "refused": (
        "平台拒绝了",
        "请核对账号和接口环境：测试环境有自己的授权码；仍不行请问邮政客户经理。（命令：carrier list）",
    ),
}


def _unanswered(carrier: Carrier, error: CarrierError, *, undone: str = "没有测通") -> Explained:
    from integrations import carriers

    what = f"{word(carrier.name)}（{word(carrier.environment)}）{undone}。"
    if isinstance(error, carriers.Misconfigured):
        return Refused(
            "carrier-misconfigured",
            what=what,
            why="账号或接口地址不合平台的要求，没有发出。",
            next="请系统管理员核对账号文件和接口地址。（命令：carrier list、carrier set）",
        )
    why, then = UNANSWERED[error.reason]
    said = f"：{error.code} {error.text}".rstrip() if isinstance(error, carriers.Refused) else ""
    return OutsideFailed(f"carrier-{error.reason}", what=what, why=f"{why}{said}。", next=then)


def _no_account(carrier: Carrier) -> Refused:
    return Refused(
        "carrier-account-missing",
        what=f"没有找到{word(carrier.name)}的账号，没有测试。",
        why="服务凭据目录、账号文件和钥匙环里都没有。",
        next="请系统管理员放好账号文件。（命令：设置里的 mail.credentials，或 WORKSTATION_CARRIER_FILE）",
    )
