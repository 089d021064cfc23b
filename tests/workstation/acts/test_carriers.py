"""寄递企业: which one is in service, who decides it, how it is asked, and that no credential leaks."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace

import httpx
import pytest

import integrations.carriers
from integrations.carriers import CarrierError, Misconfigured
from tests import builders
from tests.builders import an_envelope, assert_explained, refused
from tests.integrations.carriers.ems import simulated
from workstation.acts import carriers, mail_orders, verification
from workstation.acts.carriers import Told
from workstation.acts.desk import Desk
from workstation.domain.envelope import EnvelopeState
from workstation.domain.mail import Carrier, OrderState
from workstation.errors import Explained, Refused

SECONDS = 5.0


@pytest.fixture(scope="module")
def platform() -> Iterator[simulated.Simulated]:
    """The platform in a process of its own."""
    with simulated.running() as running:
        yield running


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """Who decides which carrier is used."""
    return builders.at(desk, "2001")


def with_account(desk: Desk, account: Mapping[str, str] | None) -> Desk:
    """The desk of a window whose key sources have this."""
    return replace(desk, credentials=lambda name: account if name == "ems" else None)


@pytest.fixture
def online(supervisor: Desk, platform: simulated.Simulated) -> Desk:
    """A hall whose carrier is the platform, with an account at it."""
    platform.set_script({})
    carriers.set_carrier(supervisor, "ems", url=platform.url)
    return with_account(supervisor, asdict(platform.credentials))


def carrier_of(desk: Desk, name: str) -> Carrier:
    """A carrier as it stands."""
    with desk.reading() as reading:
        return carriers.find(reading, name)


# --- which one


def test_a_hall_begins_without_a_carrier(desk: Desk) -> None:
    """Stickers need none; both are there to be chosen."""
    found = carriers.listed(desk)

    assert [(known.name, known.carrier, known.has_credentials) for known in found] == [
        ("number_pool", None, False),
        ("ems", None, False),
    ]
    with desk.reading() as reading:
        assert mail_orders.in_service(reading) is None


def test_one_carrier_is_in_service(supervisor: Desk) -> None:
    """Another one retires the former, which is kept with its settings until it is set anew."""
    carriers.set_carrier(supervisor, "number_pool", numbers="packing")
    carriers.set_carrier(supervisor, "ems", environment="test", with_return=True)

    assert carrier_of(supervisor, "number_pool").state == "retired"
    now = carrier_of(supervisor, "ems")
    assert (now.state, now.environment, now.with_return, now.version) == ("in_service", "test", 1, 1)
    assert [known.name for known in carriers.listed(supervisor)] == ["ems", "number_pool"]

    again = carriers.set_carrier(supervisor, "number_pool")
    assert (again.state, again.numbers, again.version) == ("in_service", "sticker", 3)
    assert verification.verify(supervisor).difference is None


def test_what_is_set_replaces_all_that_was_set(supervisor: Desk) -> None:
    """A relay that was named once is not used for ever."""
    carriers.set_carrier(supervisor, "ems", environment="test", url="https://relay.example/ems")

    now = carriers.set_carrier(supervisor, "ems")

    assert (now.environment, now.url, now.with_return) == ("production", None, 0)


@pytest.mark.parametrize("code", ["1001", "4001"])
def test_only_who_makes_the_rules_sets_or_tests_a_carrier(desk: Desk, code: str) -> None:
    """Supervisors and administrators; clerks and auditors look."""
    other = builders.at(desk, code)

    with refused(other, "wrong-role"):
        carriers.set_carrier(other, "ems")
    with refused(other, "wrong-role"):
        carriers.ask(other, timeout=SECONDS)
    assert len(carriers.listed(other)) == 2
    assert carriers.set_carrier(builders.at(desk, "3001"), "ems").name == "ems"


@pytest.mark.parametrize(
    "given", [{"name": "shunfeng"}, {"environment": "live"}, {"numbers": "computed"}, {"name": ""}]
)
def test_codes_nobody_knows_are_refused(supervisor: Desk, given: dict[str, str]) -> None:
    """Only the post carries authority mail (邮政法第五十五条): no other name is known."""
    with refused(supervisor, "code-unknown"):
        carriers.set_carrier(supervisor, given.pop("name", "ems"), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url",
    [
        "平台",
        "api.ems.com.cn",
        "ftp://x/y",
        "http://relay.example/ems",
        "https://",
        "https://user:secret@x/",
        "https://x/?key=secret",
        "https://x/#a",
        "https://x y/",
        "http://localhost.evil.example/",
        "https://" + "x" * 300,
    ],
)
def test_what_is_no_address_of_a_platform_is_refused(supervisor: Desk, url: str) -> None:
    """Credentials go under TLS or stay on this machine; none has a place in an address."""
    with refused(supervisor, "carrier-address"):
        carriers.set_carrier(supervisor, "ems", url=url)


@pytest.mark.parametrize(
    "url",
    ["https://relay.example:8443/ems", "http://127.0.0.1:8080/x", "http://[::1]:9/", "https://[fd00::1]/a"],
)
def test_relays_and_simulators_may_be_named(supervisor: Desk, url: str) -> None:
    """Each is an address that the client itself takes."""
    assert carriers.set_carrier(supervisor, "ems", url=url).url == url
    known = {"sender_no": "1", "authorization": "x", "sign_key": "MDEyMzQ1Njc4OWFiY2RlZg=="}
    carriers.client(with_account(supervisor, known), carrier_of(supervisor, "ems"), timeout=1).close()


def test_a_setting_without_effect_is_refused(supervisor: Desk) -> None:
    """Who sets it believes that it works."""
    with refused(supervisor, "carrier-setting-idle"):
        carriers.set_carrier(supervisor, "ems", numbers="packing")
    with refused(supervisor, "carrier-setting-idle"):
        carriers.set_carrier(supervisor, "number_pool", with_return=True)
    with refused(supervisor, "carrier-setting-idle"):
        carriers.set_carrier(supervisor, "number_pool", environment="test")


def test_after_a_switch_orders_of_the_former_carrier_go_on(supervisor: Desk) -> None:
    """What was sealed under the platform is followed to its end; what comes after is told to nobody."""
    carriers.set_carrier(supervisor, "ems")
    before = an_envelope(supervisor, EnvelopeState.SEALED).number

    carriers.set_carrier(supervisor, "number_pool")
    after = an_envelope(supervisor, EnvelopeState.SEALED).number

    with supervisor.reading() as reading:
        order = mail_orders.current(reading, before)
        assert order is not None
        assert (order.carrier, order.state) == ("ems", OrderState.WAITING)
        assert mail_orders.current(reading, after) is None
        assert carriers.find(reading, order.carrier).state == "retired"


# --- asking it


def test_a_platform_that_answers_tells_of_the_halls_address(
    online: Desk, platform: simulated.Simulated
) -> None:
    """Two questions, nothing ordered, nothing written down."""
    head, asked = builders.head(online), platform.traffic()["count"]

    told = carriers.ask(online, timeout=SECONDS)

    assert told is not None
    assert told.address == f"福建省福州市鼓楼区{online.hall.address}"
    assert (told.carrier.name, told.served, told.reach) == ("ems", True, "在揽收范围内")
    counts = platform.traffic()["count"]
    assert {code: counts[code] - asked.get(code, 0) for code in counts} == {"060001": 1, "030005": 1}
    assert builders.head(online) == head


def test_no_pickup_is_an_answer_too(online: Desk, platform: simulated.Simulated) -> None:
    """The account works; somebody has to carry the envelopes to the post."""
    platform.set_script({"pickup": "1"})

    address = "福建省厦门市思明区示例路 1 号"

    told = carriers.ask(online, "ems", address=address, timeout=SECONDS)

    assert told is not None
    assert (told.place, told.served, told.reach) == ("福建省厦门市思明区", False, "超范围")
    assert told.address == address


def test_an_address_without_a_county_is_not_asked_about_further(online: Desk) -> None:
    """The platform would refuse the question, and it would look as if the account were wrong."""
    told = carriers.ask(online, address="示例路 1 号院 2 栋", timeout=SECONDS)

    assert told is not None
    assert (told.place, told.served, told.reach) == ("", False, "没有认出县区，没有问")


def test_what_is_no_address_is_not_asked_about(online: Desk) -> None:
    """Nor is anything that could steer a terminal sent."""
    with refused(online, "address-control"):
        carriers.ask(online, address="示例\x1b[2J", timeout=SECONDS)


def test_where_nothing_is_online_nothing_is_asked(supervisor: Desk) -> None:
    """Neither without a carrier nor with the pool; a carrier that was never set up is refused."""
    assert carriers.ask(supervisor, timeout=SECONDS) is None
    with refused(supervisor, "carrier-not-found"):
        carriers.ask(supervisor, "ems", timeout=SECONDS)
    carriers.set_carrier(supervisor, "number_pool")
    assert carriers.ask(supervisor, timeout=SECONDS) is None


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"do": "refuse", "code": "B0001", "message": "协议客户不存在"}, "carrier-refused"),
        ({"do": "malformed"}, "carrier-unreadable"),
        ({"do": "cut_after"}, "carrier-unreachable"),
        ({"do": "status_500"}, "carrier-unreachable"),
        ({"do": "slow", "seconds": 3}, "carrier-unreachable"),
    ],
)
def test_a_platform_that_does_not_answer_well_is_told(
    online: Desk, platform: simulated.Simulated, rule: dict[str, object], code: str
) -> None:
    """Each way has its code, as a failure of the outside; a refusal is told in the platform's words."""
    platform.set_script({"rules": [rule]})

    with refused(online, code) as caught:
        carriers.ask(online, timeout=0.5)

    assert caught.value.exit_code == 4
    assert ("B0001 协议客户不存在" in caught.value.why) == (code == "carrier-refused")


def test_nobody_listening_is_told(online: Desk) -> None:
    """The line or the address."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        carriers.set_carrier(online, "ems", url=f"http://127.0.0.1:{unused.getsockname()[1]}/")

        with refused(online, "carrier-unreachable"):
            carriers.ask(online, timeout=SECONDS)


def test_every_way_a_question_can_fail_has_its_words() -> None:
    """A question is never unsure, and never a second order; what is left is told."""
    reasons = {kind.reason for kind in _kinds(CarrierError)}

    assert carriers.UNANSWERED.keys() == reasons - {
        "carrier_failed", "misconfigured", "unsure", "duplicate"
    }  # fmt: skip


def _kinds(kind: type[CarrierError]) -> Iterator[type[CarrierError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _kinds(child)


# --- credentials


def test_without_an_account_nothing_is_sent(supervisor: Desk) -> None:
    """A person is told where one belongs; an order that waits knows that it is not in order."""
    carriers.set_carrier(supervisor, "ems")

    for desk in (supervisor, with_account(supervisor, None)):
        with refused(desk, "carrier-account-missing"):
            carriers.ask(desk, timeout=SECONDS)
        with pytest.raises(Misconfigured):
            carriers.client(desk, carrier_of(desk, "ems"), timeout=SECONDS)


def test_an_unsound_source_is_told_to_who_asks_and_holds_orders_back(supervisor: Desk) -> None:
    """The worker must not fall over a file whose rights somebody has changed."""

    def unsound(_: str) -> Mapping[str, str]:
        raise Refused("carrier-file-open", what="文件不可用。", why="别人能读。", next="请改权限。")

    carriers.set_carrier(supervisor, "ems")
    desk = replace(supervisor, credentials=unsound)

    with refused(desk, "carrier-file-open"):
        carriers.ask(desk, timeout=SECONDS)
    with pytest.raises(Misconfigured):
        carriers.client(desk, carrier_of(desk, "ems"), timeout=SECONDS)
    assert not any(known.has_credentials for known in carriers.listed(desk))


def test_an_account_of_the_wrong_form_is_our_own_fault(supervisor: Desk) -> None:
    """Nothing is sent, and it is no failure of the outside."""
    carriers.set_carrier(supervisor, "ems")
    desk = with_account(supervisor, {"sender_no": "1", "authorization": "x", "sign_key": "short"})

    with refused(desk, "carrier-misconfigured") as caught:
        carriers.ask(desk, timeout=SECONDS)

    assert caught.value.exit_code == 3


@pytest.mark.parametrize("do", [None, "refuse", "malformed", "cut_after", "status_500"])
def test_no_credential_leaves_in_a_text(
    online: Desk,
    platform: simulated.Simulated,
    do: str | None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Not in what is told, logged or journalled, nor in the representation of anything on the way."""
    platform.set_script({"rules": [{"do": do}] if do else []})
    caplog.set_level(logging.DEBUG)

    told = _told_or_refused(online)
    wire = carriers.client(online, carrier_of(online, "ems"), timeout=SECONDS)
    said = [repr(told), str(told), repr(online), repr(wire), repr(wire.credentials), caplog.text]
    wire.close()
    with online.reading() as reading:
        said += [entry.body for entry in reading.journal()]

    values = asdict(platform.credentials).values()
    assert "ems" in said[-1]
    assert [value for value in values if any(value in text for text in said)] == []


def _told_or_refused(desk: Desk) -> Told | dict[str, str] | None:
    try:
        return carriers.ask(desk, timeout=SECONDS)
    except Explained as error:
        assert_explained(error, error.code)
        # Whoever logs it whole logs its causes too.
        cause = error.__cause__
        assert isinstance(cause, integrations.carriers.CarrierError)
        assert not isinstance(cause.__cause__ or cause.__context__, httpx.HTTPError)
        return error.as_dict() | {"cause": repr(cause)}
