"""The client at the wire: what is sent once, what is certain after an error, what leaves no trace."""

from __future__ import annotations

import contextlib
import datetime
import ipaddress
import json
import logging
import socket
import ssl
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from integrations.carriers import (
    Booked,
    CarrierError,
    Duplicate,
    Misconfigured,
    Order,
    Party,
    Refused,
    Unreachable,
    Unreadable,
    Unsure,
)
from integrations.carriers.ems import client, messages
from integrations.carriers.ems.client import Client
from integrations.carriers.ems.messages import Credentials

CREDENTIALS = Credentials("1100012345", "made-up-authorization", "MDEyMzQ1Njc4OWFiY2RlZg==")
NINE = 1795136400000  # 2026-11-20 09:00:00 in Shanghai
HALL = Party("厦门市政务服务中心", "0592-7703333", "福建省", "厦门市", "湖里区", "云顶北路842号", "361015")
OFFICE = Party("南宁市公安局", "13800138000", "广西壮族自治区", "南宁市", "青秀区", "枫林路23号", "530000")
ORDER = Order("E2026112000017-1", NINE, HALL, OFFICE, with_return=True)
WAYBILL, BACK = "1234567890123", "1234567890124"
GOOD = {"logisticsOrderNo": ORDER.number, "waybillNo": f"{WAYBILL},{BACK}"}
OPEN = "http://127.0.0.1:1/amp-prod-api/f/amp/api/open"


def told(body: object, code: str = "00000", text: str = "成功") -> bytes:
    """An answer of the platform; a body of text is sent as it stands."""
    ret_body = body if isinstance(body, str) else json.dumps(body)
    return json.dumps({"retCode": code, "retMsg": text, "retBody": ret_body}).encode()


Answering = Callable[[httpx.Request], httpx.Response]


def meeting(answer: Answering | bytes, **settings: object) -> Client:
    """A client whose every request gets this answer."""
    handler = answer if callable(answer) else lambda _: httpx.Response(200, content=answer)
    given_ = {"now": lambda: NINE, "url": OPEN, "transport": httpx.MockTransport(handler)} | settings
    return Client(CREDENTIALS, **given_)  # type: ignore[arg-type]  # a table of settings has no types


def failing(error: Exception) -> Answering:
    """A network on which this happens."""

    def fail(_: httpx.Request) -> httpx.Response:
        raise error

    return fail


def form_of(request: httpx.Request) -> dict[str, str]:
    """The fields that were sent."""
    return dict(parse_qsl(request.content.decode(), strict_parsing=True))


@dataclass
class Platform:
    """Listens on a port of this machine and treats one connection after the other as it is told."""

    treat: Callable[[socket.socket], None]
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0

    def __enter__(self) -> Platform:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}/amp-prod-api/f/amp/api/open"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                self.connections += 1
                with connection, contextlib.suppress(OSError):
                    connection.settimeout(5)
                    self.treat(connection)

    def read(self, connection: socket.socket) -> bool:
        """Take one request in whole; False where the other side has gone."""
        data = b""
        while b"\r\n\r\n" not in data:
            if not (piece := connection.recv(65536)):
                return False
            data += piece
        head, _, body = data.partition(b"\r\n\r\n")
        length = next(line for line in head.lower().splitlines() if line.startswith(b"content-length:"))
        while len(body) < int(length.split(b":")[1]):
            body += connection.recv(65536)
        self.requests.append(body)
        return True


def http(body: bytes) -> bytes:
    """An answer as it stands on the wire."""
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


@contextlib.contextmanager
def platform(treat: Callable[[Platform, socket.socket], None]) -> Iterator[tuple[Platform, Client]]:
    """A platform that treats connections so, and a client of it."""
    with Platform(lambda connection: treat(there, connection)) as there:
        speaking = Client(CREDENTIALS, now=lambda: NINE, url=there.url, answer_within=5)
        try:
            yield there, speaking
        finally:
            speaking.close()


def test_an_order_is_sent_exactly_as_it_was_kept() -> None:
    """One form, to the address of the setting, with the kept body in it and nothing of today but the time."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, content=told(GOOD))

    speaking = meeting(answer)
    body = speaking.body(ORDER)
    booked = speaking.place(body)

    (request,) = asked
    assert booked == Booked(WAYBILL, BACK)
    assert str(request.url) == OPEN
    assert request.method == "POST"
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert form_of(request) == messages.form(messages.Request("020003", body), CREDENTIALS, at=NINE)


def test_a_repetition_is_equal_but_for_its_time() -> None:
    """An hour later the same body goes out, so the platform can know it again."""
    forms: list[dict[str, str]] = []
    clock = iter([NINE, NINE + 3_600_000])

    def answer(request: httpx.Request) -> httpx.Response:
        forms.append(form_of(request))
        return httpx.Response(200, content=told(GOOD))

    speaking = meeting(answer, now=lambda: next(clock))
    body = speaking.body(ORDER)
    assert speaking.place(body) == speaking.place(body)

    first, second = forms
    assert first["timeStamp"] == "2026-11-20 09:00:00"
    assert second == first | {"timeStamp": "2026-11-20 10:00:00"}


def test_every_operation_is_sent_and_read() -> None:
    """Each asks under its own code and gives back what it found."""
    items = {"responseItems": [{"opTime": "2026-11-20 09:00:00", "opCode": "203"}]}
    bodies: dict[str, object] = {
        "020006": "",
        "010004": "JVBERi0xLjQK",
        "030005": {"status": "0"},
        "040001": items,
        "060001": [{"prov": "福建省"}],
    }
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(form_of(request)["apiCode"])
        return httpx.Response(200, content=told(bodies[asked[-1]]))

    speaking = meeting(answer)
    speaking.cancel(ORDER.number, WAYBILL, "信封作废")
    label = speaking.label(WAYBILL)
    found = speaking.pickup_range(HALL)
    events = speaking.track(WAYBILL)
    place = speaking.parse_address("厦门市云顶北路842号")

    assert asked == list(bodies)
    assert label == b"%PDF-1.4\n"
    assert found.served
    assert [(event.waybill, event.code, event.at) for event in events] == [(WAYBILL, "203", NINE)]
    assert place is not None
    assert place.province == "福建省"


def test_a_carrier_may_say_no() -> None:
    """A refusal and a duplicate are answers: nothing is unsure after them."""
    body = meeting(b"").body(ORDER)

    with pytest.raises(Duplicate):
        meeting(told("", code="B1", text="订单号重复")).place(body)
    with pytest.raises(Refused):
        meeting(told("", code="B2", text="超出服务范围")).place(body)
    with pytest.raises(Refused):
        meeting(told("", code="B3", text="已揽收，不能取消")).cancel(ORDER.number, WAYBILL, "信封作废")


@pytest.mark.parametrize(
    "error", [httpx.ConnectError("x"), httpx.ConnectTimeout("x"), httpx.PoolTimeout("x")], ids=repr
)
def test_without_a_connection_nothing_has_left(error: Exception) -> None:
    """An order may then be sent again, or given up, with no doubt."""
    speaking = meeting(failing(error))

    with pytest.raises(Unreachable):
        speaking.place(speaking.body(ORDER))
    with pytest.raises(Unreachable):
        speaking.cancel(ORDER.number, WAYBILL, "信封作废")
    with pytest.raises(Unreachable):
        speaking.track(WAYBILL)


@pytest.mark.parametrize(
    "error",
    [
        httpx.WriteError("x"),
        httpx.WriteTimeout("x"),
        httpx.ReadError("x"),
        httpx.ReadTimeout("x"),
        httpx.RemoteProtocolError("x"),
        httpx.DecodingError("x"),
    ],
    ids=repr,
)
def test_once_a_byte_may_have_left_an_order_is_unsure(error: Exception) -> None:
    """A question may simply be asked again; an order or its cancellation may have been taken."""
    speaking = meeting(failing(error))

    with pytest.raises(Unsure):
        speaking.place(speaking.body(ORDER))
    with pytest.raises(Unsure):
        speaking.cancel(ORDER.number, WAYBILL, "信封作废")
    with pytest.raises(Unreachable):
        speaking.track(WAYBILL)


@pytest.mark.parametrize("status", [204, 301, 302, 307, 400, 408, 409, 429, 500, 502, 503, 504])
def test_an_answer_of_something_else_leaves_an_order_unsure(status: int) -> None:
    """A fault behind the gateway may be one after the order was written down; nothing is sent elsewhere."""
    asked: list[httpx.URL] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        return httpx.Response(status, headers={"Location": "https://elsewhere.example/"}, content=told(GOOD))

    speaking = meeting(answer)
    with pytest.raises(Unsure, match=f"HTTP {status}"):
        speaking.place(speaking.body(ORDER))
    with pytest.raises(Unreachable, match=f"HTTP {status}"):
        speaking.track(WAYBILL)

    assert [str(url) for url in asked] == [OPEN] * 2


@pytest.mark.parametrize("status", [401, 403, 404, 405, 413, 415])
def test_the_gateway_turns_away_before_anything_is_taken(status: int) -> None:
    """A wrong address or no permission to enter: a refusal, and no doubt about the order."""
    speaking = meeting(lambda _: httpx.Response(status, content=b"<html>"))

    with pytest.raises(Refused) as refused:
        speaking.place(speaking.body(ORDER))
    assert refused.value.code == f"HTTP {status}"


@pytest.mark.parametrize("data", [b"", b"{}", b"<html>", told({}), told({"waybillNo": "?"}), told("{")])
def test_an_answer_not_understood_leaves_an_order_unsure(data: bytes) -> None:
    """It came from the platform, so the order did arrive."""
    speaking = meeting(data)

    with pytest.raises(Unsure):
        speaking.place(speaking.body(ORDER))
    with pytest.raises((Unreadable, Unreachable)):
        speaking.label(WAYBILL)


def test_a_question_answered_with_rubbish_is_unreadable() -> None:
    """Which asking again will hardly mend."""
    for ask in (meeting(b"<html>").track, meeting(told({})).track, meeting(told("aGVsbG8=")).label):
        with pytest.raises(Unreadable):
            ask(WAYBILL)


def test_an_answer_has_a_length() -> None:
    """2 MB, for a label 8; the rest is not read."""
    read: list[int] = []

    def endless() -> Iterator[bytes]:
        for megabyte in range(100):
            read.append(megabyte)
            yield b" " * (1 << 20)

    speaking = meeting(lambda _: httpx.Response(200, content=endless()))

    with pytest.raises(Unreadable, match="too long"):
        speaking.track(WAYBILL)
    assert len(read) == 3
    with pytest.raises(Unsure, match="too long"):
        speaking.place(speaking.body(ORDER))
    read.clear()
    with pytest.raises(Unreadable, match="too long"):
        speaking.label(WAYBILL)
    assert len(read) == 9


def test_an_answer_has_an_end() -> None:
    """A platform that sends a byte now and then does not hold the counter for ever."""
    seconds = iter(range(0, 10_000, 7))
    drops = (b" " for _ in range(1000))
    speaking = meeting(
        lambda _: httpx.Response(200, content=drops), monotonic=lambda: next(seconds), answer_within=30
    )

    with pytest.raises(Unreachable, match="without end"):
        speaking.track(WAYBILL)
    assert sum(1 for _ in drops) > 990


@given(st.binary(max_size=120) | st.binary(max_size=60).map(lambda data: told(data.decode("latin-1"))))
def test_any_bytes_are_an_answer_or_one_of_our_errors(data: bytes) -> None:
    """Whatever the platform sends, nothing but the named errors comes out."""
    speaking = meeting(data)
    body = speaking.body(ORDER)

    with contextlib.suppress(CarrierError):
        speaking.place(body)
    with contextlib.suppress(CarrierError):
        speaking.track(WAYBILL)
    with contextlib.suppress(CarrierError):
        speaking.label(WAYBILL)


def test_nothing_listens_so_nothing_has_left() -> None:
    """A port without a listener, tried for real."""
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    speaking = Client(CREDENTIALS, now=lambda: NINE, url=f"http://127.0.0.1:{port}/")
    with contextlib.closing(speaking), pytest.raises(Unreachable, match="ConnectError"):
        speaking.place(speaking.body(ORDER))


def read_and_cut(there: Platform, connection: socket.socket) -> None:
    """Take the request and hang up."""
    there.read(connection)


def cut_at_once(there: Platform, connection: socket.socket) -> None:
    """Hang up without a look at the request."""


def stay_silent(there: Platform, connection: socket.socket) -> None:
    """Take the request, and say nothing until the other side hangs up."""
    while there.read(connection):
        pass


def test_a_cut_after_the_order_was_read_leaves_it_unsure() -> None:
    """It was taken, and nobody said so; it was sent once."""
    with platform(read_and_cut) as (there, speaking):
        with pytest.raises(Unsure):
            speaking.place(speaking.body(ORDER))

        assert len(there.requests) == there.connections == 1


def test_a_cut_before_the_order_was_read_leaves_it_unsure_too() -> None:
    """From here it looks the same; it is not tried again by itself."""
    with platform(cut_at_once) as (there, speaking):
        with pytest.raises(Unsure):
            speaking.place(speaking.body(ORDER))

        assert there.requests == []
        assert there.connections == 1


def test_a_cut_within_the_answer_leaves_an_order_unsure() -> None:
    """The waybill was on its way; a question cut so is one without an answer."""

    def cut(there: Platform, connection: socket.socket) -> None:
        there.read(connection)
        connection.sendall(http(told(GOOD))[:-20])

    with platform(cut) as (there, speaking):
        with pytest.raises(Unsure):
            speaking.place(speaking.body(ORDER))
        with pytest.raises(Unreachable):
            speaking.track(WAYBILL)

        assert len(there.requests) == 2


def test_a_silent_platform_leaves_an_order_unsure() -> None:
    """The time for an answer is over."""
    with platform(stay_silent) as (there, _):
        impatient = Client(CREDENTIALS, now=lambda: NINE, url=there.url, answer_within=0.05)
        with contextlib.closing(impatient), pytest.raises(Unsure, match="ReadTimeout"):
            impatient.place(impatient.body(ORDER))


def keep_answering(there: Platform, connection: socket.socket) -> None:
    """Answer as long as the connection stands."""
    while there.read(connection):
        connection.sendall(http(told(GOOD)))


def test_a_connection_is_kept() -> None:
    """Ten orders go over one, and each is sent once."""
    with platform(keep_answering) as (there, speaking):
        body = speaking.body(ORDER)
        for _ in range(10):
            assert speaking.place(body) == Booked(WAYBILL, BACK)

        assert len(there.requests) == 10
        assert there.connections == 1


def test_a_connection_closed_meanwhile_is_opened_anew() -> None:
    """A platform that hangs up after each answer, as it may, costs no order."""

    def once(there: Platform, connection: socket.socket) -> None:
        there.read(connection)
        connection.sendall(http(told(GOOD)).replace(b"200 OK\r\n", b"200 OK\r\nConnection: close\r\n"))

    with platform(once) as (there, speaking):
        body = speaking.body(ORDER)
        assert speaking.place(body) == speaking.place(body)

        assert there.connections == 2


def test_settings_for_the_way_to_the_internet_are_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy named in the environment would see whom the hall writes to."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")

    with platform(keep_answering) as (there, speaking):
        speaking.place(speaking.body(ORDER))

        assert there.connections == 1


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A key and a certificate for 127.0.0.1 that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "somebody")])
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    file = tmp_path / "platform.pem"
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(secret + made.public_bytes(pem))
    return file


def test_only_who_is_vouched_for_is_told_anything(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown certificate ends it before a byte of the form; a known authority lets it through."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate)

    def treat(there: Platform, connection: socket.socket) -> None:
        with serving.wrap_socket(connection, server_side=True) as secure:
            keep_answering(there, secure)

    with platform(treat) as (there, _):
        url = there.url.replace("http:", "https:")
        stranger = Client(CREDENTIALS, now=lambda: NINE, url=url)
        with contextlib.closing(stranger), pytest.raises(Unreachable, match="ConnectError"):
            stranger.place(stranger.body(ORDER))
        assert there.requests == []

        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        known = Client(CREDENTIALS, now=lambda: NINE, url=url)
        with contextlib.closing(known):
            assert known.place(known.body(ORDER)) == Booked(WAYBILL, BACK)
        assert len(there.requests) == 1


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.ems.com.cn",
        "ftp://api.ems.com.cn/",
        "http://api.ems.com.cn/amp-prod-api/f/amp/api/open",
        "https:///open",
        "https://somebody:secret@api.ems.com.cn/open",
        "https://api.ems.com.cn/open?senderNo=1",
        "https://api.ems.com.cn/open#1",
        "https://[::1/",
        "https://api.ems.com.cn:port/",
    ],
)
def test_an_address_is_one_of_tls_or_of_this_machine(url: str) -> None:
    """Everything else is told when the setting is read, and the address is not repeated."""
    with pytest.raises(Misconfigured, match=r"^not an address of the platform$"):
        Client(CREDENTIALS, now=lambda: NINE, url=url)


@pytest.mark.parametrize(
    "url", [client.PRODUCTION, client.TEST, "http://127.0.0.1:8080/", "http://[::1]:8080/"]
)
def test_the_published_addresses_and_those_of_a_simulator_are_taken(url: str) -> None:
    """Production, test, and this machine."""
    with contextlib.closing(Client(CREDENTIALS, now=lambda: NINE, url=url)) as speaking:
        assert speaking.url == url


def test_an_error_holds_nothing_of_what_was_said() -> None:
    """Neither in its words nor in a chain behind it; the client does not show its credentials either."""
    fault = httpx.Response(500, content=told({}, text="枫林路23号"))
    cut = failing(httpx.ReadError("枫林路23号"))

    for speaking in (meeting(cut), meeting(lambda _: fault), meeting(told("枫林路"))):
        with pytest.raises(Unsure) as unsure:
            speaking.place(speaking.body(ORDER))
        printed = "".join(traceback.format_exception(unsure.value)) + repr(speaking)
        assert "枫林路" not in printed
        assert "made-up-authorization" not in printed
        assert "MDEyMzQ1" not in printed
        assert not [error for error in chain(unsure.value) if isinstance(error, httpx.HTTPError)]


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and all that stand behind it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def test_nothing_of_an_order_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Not even where everything is logged: the address and what came of it, no more."""
    caplog.set_level(logging.DEBUG)

    with platform(keep_answering) as (_, speaking):
        body = speaking.body(ORDER)
        speaking.place(body)
    sealed = messages.sealed(body, CREDENTIALS.sign_key)

    assert caplog.text
    secrets = ("made-up-authorization", "1100012345", "MDEyMzQ1", sealed[4:40])
    assert not [word for word in (*secrets, "枫林路", WAYBILL, ORDER.number) if word in caplog.text]
