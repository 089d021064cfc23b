"""The simulator in its own process, asked without the client: real HTTP, and misbehaviour by script."""

from __future__ import annotations

import ast
import base64
import http.client
import json
import subprocess
import sys
import time
import urllib.error
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

import integrations.carriers.ems
from tests.integrations.carriers.ems import simulated

FOLDER = Path(integrations.carriers.ems.__file__).parent
MODULES = ["simulator", "simulated_parcels", "simulated_platform", "simulated_requests", "simulated_script"]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NINE = "2026-03-02 09:00:00"
CUT = (http.client.HTTPException, ConnectionError)

Json = dict[str, Any]


@pytest.fixture(scope="module")
def shared() -> Iterator[simulated.Simulated]:
    """One simulator for the tests that set its script themselves and count from what is there."""
    with simulated.running(clock=NINE) as running:
        yield running


def encoded(who: simulated.Credentials, code: str, text: str) -> bytes:
    """A request as it goes over the wire."""
    plain = (text + who.sign_key).encode()
    gap = 16 - len(plain) % 16
    cipher = Cipher(algorithms.SM4(base64.b64decode(who.sign_key)), modes.ECB()).encryptor()
    sealed = cipher.update(plain + bytes([gap]) * gap) + cipher.finalize()
    return urllib.parse.urlencode(
        {
            "apiCode": code,
            "senderNo": who.sender_no,
            "authorization": who.authorization,
            "msgType": "0",
            "timeStamp": NINE,
            "version": "V1.0.0",
            "logitcsInterface": "|$4|" + base64.b64encode(sealed).decode(),
        }
    ).encode()


def connected(platform: simulated.Simulated) -> http.client.HTTPConnection:
    """A connection that is kept."""
    return http.client.HTTPConnection("127.0.0.1", platform.port, timeout=simulated.PATIENCE)


def posted(
    platform: simulated.Simulated, code: str, body: object, *, over: http.client.HTTPConnection | None = None
) -> tuple[int, bytes]:
    """Status and body of the answer to a request, over a connection of its own unless one is given."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    connection = over or connected(platform)
    try:
        place = urllib.parse.urlsplit(platform.url).path
        connection.request("POST", place, encoded(platform.credentials, code, text), FORM)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        if over is None:
            connection.close()


def asked(platform: simulated.Simulated, code: str, body: object) -> Json:
    """An answer, which is JSON."""
    result: Json = json.loads(posted(platform, code, body)[1])
    return result


def an_order(number: str) -> list[Json]:
    """The body of 020003 for one letter."""
    place = {"prov": "甲省", "city": "甲市", "county": "甲区", "address": "演练路0号"}
    party = {"name": "演练窗口", "phone": "0000000", **place}
    return [
        {
            "createdTime": NINE,
            "ecommerceUserId": number,
            "logisticsOrderNo": number,
            "contentsAttribute": "1",
            "bizProductNo": "1",
            "sender": party,
            "receiver": party,
        }
    ]


def numbers(platform: simulated.Simulated) -> list[str]:
    """The numbers of all orders it has taken."""
    return [order["logisticsOrderNo"] for order in platform.orders()["orders"]]


@pytest.mark.parametrize("module", MODULES)
def test_it_takes_nothing_from_the_client(module: str) -> None:
    """A mistake in the client cannot be repeated by what it is tried against."""
    tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
    ours = [
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (getattr(node, "module", None) or "", *(alias.name for alias in node.names))
        if name.partition(".")[0] in {"integrations", "workstation", "forms", "printing"}
    ]

    assert not [name for name in ours if not name.startswith("integrations.carriers.ems.simulated_")]


def test_no_module_of_it_is_forgotten_here() -> None:
    """Every file of the simulator is looked at."""
    assert sorted(path.stem for path in FOLDER.glob("simul*.py")) == sorted(MODULES)


def test_an_order_and_its_track_over_the_wire() -> None:
    """From nothing to the first event, at the address of production and with a clock that is set."""
    with simulated.running({"plots": ["locker"]}, clock=NINE) as platform:
        assert platform.url.endswith("/amp-prod-api/f/amp/api/open")
        assert platform.test_url.endswith("/amp-prod-api/f/amp/api/test")
        ordered = asked(platform, "020003", an_order("7-1"))
        assert (ordered["retCode"], ordered["success"], ordered["retDate"]) == ("00000", True, NINE)
        waybill = json.loads(ordered["retBody"])["waybillNo"]
        assert asked(platform, "040001", {"waybillNo": waybill})["retMsg"] == "无查询信息"

        platform.set_clock("2026-03-20 09:00:00")
        items = json.loads(asked(platform, "040001", {"waybillNo": waybill})["retBody"])["responseItems"]

        assert (items[-1]["opCode"], items[-1]["deliverCode"]) == ("704", "50")
        assert platform.traffic()["count"] == {"020003": 1, "040001": 2}


def test_the_real_time_without_a_clock(shared: simulated.Simulated) -> None:
    """None lets time go on; a time that is none is refused, and the clock stands as it stood."""
    shared.set_script({})
    shared.set_clock(None)
    year = asked(shared, "040001", {"waybillNo": "1"})["retDate"][:4]
    shared.set_clock(NINE)

    assert int(year) >= 2026
    with pytest.raises(urllib.error.HTTPError, match="400") as refusal:
        shared.set_clock("nine")
    refusal.value.close()
    assert asked(shared, "040001", {"waybillNo": "1"})["retDate"] == NINE


@pytest.mark.parametrize(
    ("rule", "taken"),
    [
        ({"do": "cut_before", "on": "020003"}, False),
        ({"do": "cut_before", "on": "unread"}, False),
        ({"do": "cut_before", "taken": True}, True),
        ({"do": "cut_after"}, True),
        ({"do": "cut_within"}, True),
    ],
    ids=str,
)
def test_a_line_that_is_cut(shared: simulated.Simulated, rule: Json, taken: bool) -> None:
    """The client cannot tell whether the order was taken; the simulator can. Then all goes well."""
    before = numbers(shared)
    number = f"{len(before)}-cut"
    shared.set_script({"rules": [{**rule, "times": 1}]})

    with pytest.raises(CUT):
        posted(shared, "020003", an_order(number))

    assert numbers(shared) == [*before, *([number] if taken else [])]
    assert asked(shared, "020003", an_order(number))["success"] is True
    assert numbers(shared) == [*before, number]


@pytest.mark.parametrize(
    ("rule", "status", "taken"),
    [
        ({"do": "status_500"}, 500, False),
        ({"do": "status_500", "taken": True}, 500, True),
        ({"do": "redirect"}, 302, False),
        ({"do": "page"}, 200, False),
        ({"do": "malformed"}, 200, True),
    ],
    ids=str,
)
def test_an_answer_that_is_no_json(shared: simulated.Simulated, rule: Json, status: int, taken: bool) -> None:
    """An error page, a redirection, the page of a hotel, JSON that breaks off."""
    before = numbers(shared)
    number = f"{len(before)}-broken"
    shared.set_script({"rules": [rule]})

    told, body = posted(shared, "020003", an_order(number))

    assert told == status
    with pytest.raises(ValueError, match=r".+"):
        json.loads(body)
    assert numbers(shared) == [*before, *([number] if taken else [])]


def test_answers_of_another_form(shared: simulated.Simulated) -> None:
    """retBody as an object, in an array, or empty; the order is taken each time."""
    before = len(numbers(shared))
    told = {}
    for form in ("not_string", "in_array", "bodyless"):
        shared.set_script({"rules": [{"do": form}]})
        told[form] = asked(shared, "020003", an_order(f"{before}-{form}"))["retBody"]

    assert told["not_string"]["logisticsOrderNo"] == f"{before}-not_string"
    assert json.loads(told["in_array"])[0]["logisticsOrderNo"] == f"{before}-in_array"
    assert told["bodyless"] == ""
    assert len(numbers(shared)) == before + 3


def test_a_refusal_by_script(shared: simulated.Simulated) -> None:
    """With the code and words of the script, for this operation only; nothing is taken."""
    before = numbers(shared)
    shared.set_script({"rules": [{"on": "020003", "do": "refuse", "code": "S1", "message": "超范围"}]})

    answer = asked(shared, "020003", an_order("9-refused"))

    assert (answer["retCode"], answer["retMsg"], answer["success"]) == ("S1", "超范围", False)
    assert numbers(shared) == before
    assert asked(shared, "040001", {"waybillNo": "1"})["retMsg"] == "查无此邮件"


def test_a_slow_answer_holds_nobody_else_up(shared: simulated.Simulated) -> None:
    """The slow order is taken at once, and others are answered while its answer waits."""
    number = f"{len(numbers(shared))}-slow"
    shared.set_script({"rules": [{"on": "020003", "do": "slow", "seconds": 60}]})
    connection = connected(shared)
    body = encoded(shared.credentials, "020003", json.dumps(an_order(number), separators=(",", ":")))
    connection.request("POST", urllib.parse.urlsplit(shared.url).path, body, FORM)

    started = time.monotonic()
    while number not in numbers(shared):
        assert time.monotonic() - started < simulated.PATIENCE
    assert asked(shared, "040001", {"waybillNo": "1"})["success"] is True
    assert time.monotonic() - started < simulated.PATIENCE
    connection.close()


def test_four_connections_are_kept_and_nothing_is_lost(shared: simulated.Simulated) -> None:
    """Each asks 25 times over one line, all at once; every order is taken and every number its own."""
    shared.set_script({})
    before = len(numbers(shared))

    def keeps_its_line(place: int) -> bool:
        connection = connected(shared)
        connection.connect()
        line = connection.sock
        answers = [
            posted(shared, "020003", an_order(f"k{place}x{n}-1"), over=connection)[0] for n in range(25)
        ]
        kept = connection.sock is line
        connection.close()
        return kept and answers == [200] * 25

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(keeps_its_line, range(4)))

    ordered = shared.orders()["orders"][before:]
    assert len(ordered) == 100
    assert len({waybill for order in ordered for waybill in order["waybills"]}) == 100


def test_a_plot_is_set_for_a_sticker(shared: simulated.Simulated) -> None:
    """A waybill that was not ordered here has events as well; an unknown plot is refused."""
    shared.set_script({})
    shared.set_clock(NINE)
    shared.plot(["9000000000001", "9000000000002"], [[0, "743", ""], [1, "704", "10"]])

    told = json.loads(asked(shared, "040001", {"waybillNo": "9000000000002"})["retBody"])
    assert [item["opCode"] for item in told["responseItems"]] == ["743"]
    with pytest.raises(urllib.error.HTTPError, match="400") as refusal:
        shared.plot(["9000000000001"], "nothing")
    refusal.value.close()


def test_a_wrong_script_changes_nothing(shared: simulated.Simulated) -> None:
    """It is refused with the reason, and the one before goes on."""
    shared.set_script({"rules": [{"do": "status_500"}]})

    with pytest.raises(urllib.error.HTTPError, match="400") as refusal:
        shared.set_script({"rules": [{"do": "explode"}]})
    assert "explode" in json.load(refusal.value)["error"]

    assert posted(shared, "040001", {"waybillNo": "1"})[0] == 500


def test_only_the_documented_addresses_and_forms(shared: simulated.Simulated) -> None:
    """Another path is not found, JSON is no form, and both leave the line in order."""
    shared.set_script({})
    connection = connected(shared)
    path = urllib.parse.urlsplit(shared.url).path
    statuses = []
    for place, kind in ((f"{path}x", FORM), (path, {"Content-Type": "application/json"}), ("/_sim/x", FORM)):
        connection.request("POST", place, b"{}", kind)
        answer = connection.getresponse()
        answer.read()
        statuses.append(answer.status)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()

    assert [*statuses, answer.status] == [404, 415, 404, 404]


def test_what_was_done_is_remembered(shared: simulated.Simulated) -> None:
    """The last entry of the traffic names operation, environment and misbehaviour."""
    shared.set_script({"rules": [{"do": "not_string"}]})
    posted(shared, "040001", {"waybillNo": "1"})

    last = shared.traffic()["last"][-1]
    assert last == {"environment": "production", "apiCode": "040001", "did": "not_string"}


def test_the_record_holds_the_bytes_of_both_sides(tmp_path: Path) -> None:
    """A whole request as it came, and the answer as far as it went out; a line each, there at once."""
    record = tmp_path / "traffic.jsonl"
    rules = [{"do": "cut_before", "on": "unread", "times": 1}, {"do": "cut_within", "on": "020006"}]
    with simulated.running({"rules": rules}, clock=NINE, record=record) as platform:
        with pytest.raises(CUT):
            posted(platform, "020003", an_order("7-1"))
        _, told = posted(platform, "020003", an_order("7-1"))
        with pytest.raises(CUT):
            posted(platform, "020006", {"logisticsOrderNo": "7-1", "waybillNo": "", "cancelReason": "演练"})
        lines = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
        sent = encoded(
            platform.credentials,
            "020003",
            json.dumps(an_order("7-1"), ensure_ascii=False, separators=(",", ":")),
        )

    unread, whole, within = (
        {name: base64.b64decode(line[name]) for name in ("request", "answer")} for line in lines
    )
    assert [line["did"] for line in lines] == ["cut_unread", "", "cut_within"]
    assert unread["request"].startswith(b"POST /amp-prod-api/f/amp/api/open HTTP/1.1\r\n")
    assert unread["request"].endswith(b"\r\n\r\n")
    assert unread["answer"] == b""
    assert whole["request"].partition(b"\r\n\r\n")[2] == sent
    assert whole["answer"].partition(b"\r\n\r\n")[2] == told
    assert within["answer"].startswith(b"HTTP/1.1 200 OK\r\n")
    with pytest.raises(ValueError, match=r".+"):
        json.loads(within["answer"].partition(b"\r\n\r\n")[2])


def test_orders_survive_a_power_cut(tmp_path: Path) -> None:
    """Killed, its last line torn, and opened again at the same port, it knows the order it had taken."""
    state = tmp_path / "orders.jsonl"
    with simulated.running({"rules": [{"do": "cut_after"}]}, clock=NINE, state=state) as first:
        with pytest.raises(CUT):
            posted(first, "020003", an_order("7-1"))
        first.kill()
        port = first.port
    with state.open("ab") as file:
        file.write(b'{"did":"cancel","numb')

    with simulated.running(clock=NINE, state=state, port=port) as second:
        assert second.url == first.url
        again = json.loads(asked(second, "020003", an_order("7-1"))["retBody"])
        other = json.loads(asked(second, "020003", an_order("8-1"))["retBody"])
        told = second.orders()

    assert (again["waybillNo"], other["waybillNo"]) == ("1190000000001", "1190000000002")
    assert [(order["asked"], order["state"]) for order in told["orders"]] == [(2, "live"), (1, "live")]
    assert told["faults"] == []
    assert all(json.loads(line) for line in state.read_bytes().splitlines())


@pytest.mark.parametrize(
    "given", [["--clock", "nine"], ["--script", "/nowhere/script.json"], ["--port", "any"]], ids=str
)
def test_wrong_arguments_end_it(given: list[str]) -> None:
    """It does not begin with a clock or a script that nobody asked for."""
    command = [sys.executable, "-m", simulated.SIMULATOR, *given]

    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=simulated.PATIENCE)

    assert ended.returncode == 2
    assert "usage" in ended.stderr
    assert ended.stdout == ""
