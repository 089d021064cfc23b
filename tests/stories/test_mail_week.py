"""A week of the mail with a platform that misbehaves in every way: nothing is lost, doubled or unexplained.

Played in a hall with the internet, and in one that has it at night alone; with five times as many parcels
in a long run.
"""

from __future__ import annotations

import base64
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any, NamedTuple, get_args
from urllib.parse import parse_qsl

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from forms import items
from integrations.carriers.ems import simulated_parcels
from integrations.carriers.ems.simulated_script import Action
from tests import builders
from tests.lengths import often
from tests.stories import mail_days, mail_parcels
from tests.stories.mail_days import CANCEL, ORDER, SHAPES, TRACK
from tests.stories.mail_week import POLICY, Week, a_week
from workstation.acts import orders, silence, verification, whereabouts
from workstation.domain.mail import OrderState

pytestmark = [pytest.mark.engine, pytest.mark.long]

TIMES = often(5, 1)
ONLINE, OFFLINE = "online", "offline by day"
#: The published example (domain.md §3.1).
SIGN_KEY = "MDEyMzQ1Njc4OWFiY2RlZg=="
VECTOR = "|$4|bjpt44DaNFululm42LhgQ7mqmie6urnK7+bCdFlr4Jn++Q9qL82C2jxcJhNmorLUMl1QH9ahSF9rrKTItnvJYA=="
PUBLIC = {"apiCode", "senderNo", "authorization", "msgType", "timeStamp", "version", "logitcsInterface"}

Weeks = Mapping[str, Week]


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Weeks]:
    """Both halls on Sunday night."""
    plans = mail_parcels.plans(TIMES)
    with ExitStack() as stack:
        opened = {
            name: stack.enter_context(
                a_week(tmp_path_factory.mktemp("week"), plans, is_offline_by_day=name == OFFLINE)
            )
            for name in (ONLINE, OFFLINE)
        }
        mail_days.played(*opened.values())
        yield opened


@pytest.fixture(params=[ONLINE, OFFLINE])
def week(request: pytest.FixtureRequest, weeks: Weeks) -> Week:
    """Either of them."""
    return weeks[request.param]


# --- how the week ends


def test_every_envelope_is_explained_as_its_story_has_it(week: Week) -> None:
    """One explanation for whatever is on its way, none for what is at its end; nobody has more to do."""
    ended = mail_days.endings(week)

    assert {name: ending.reasons for name, ending in ended.items()} == {
        plan.name: (plan.reason,) if plan.reason else () for plan in week.plans
    }
    assert [parcel.plan.name for parcel in week.parcels if parcel.left] == []


def test_each_order_lives_at_the_carrier_exactly_where_the_ledger_has_it(week: Week) -> None:
    """None is double, none is lost, none waits; the waybill of an envelope is the one its order was given."""
    platform = week.line.platform.orders()
    live = {
        each["logisticsOrderNo"]: each["waybills"] for each in platform["orders"] if each["state"] == "live"
    }
    with week.desks[0].reading() as reading:
        ledger = reading.mail_orders.where()
    placed = {order.id: order for order in ledger if order.state == OrderState.PLACED}

    assert (platform["doubled"], platform["faults"]) == ([], [])
    assert orders.listed(week.desks[0]) == []
    assert live.keys() == placed.keys()
    assert {name: order.waybill for name, order in placed.items()} == {name: w[0] for name, w in live.items()}
    assert max(Counter(order.envelope for order in placed.values()).values()) == 1


def test_offices_that_say_nothing_are_queued_by_themselves(week: Week) -> None:
    """Whatever was delivered or handed over for longer than is usual, and nothing else."""
    silent = {each.consignment for each in silence.listed(week.desks[0], days=POLICY.silent_days)}

    assert {parcel.plan.name for parcel in week.parcels if f"{parcel.case}-1" in silent} >= {
        plan.name for plan in week.plans if plan.reason == "silent"
    }
    named = {f"{p.case}-1" for p in week.parcels if p.plan.reason in ("silent", "trouble", "no_waybill")}
    assert silent <= named


def test_journal_and_custody_are_whole(week: Week) -> None:
    """The journal agrees with every record; each piece has one holder from its first second on."""
    assert verification.verify(week.desks[0]).difference is None
    for parcel in week.parcels:
        builders.assert_custody(parcel.desk, parcel.case)


def test_without_the_internet_by_day_the_week_ends_the_same(weeks: Weeks) -> None:
    """State of case, consignment, envelopes, their parcels and orders, way back; tasks; explanation."""
    ended = mail_days.endings(weeks[OFFLINE])

    assert ended == mail_days.endings(weeks[ONLINE])
    assert len(ended) == len(mail_parcels.PLANS) * TIMES


def test_nothing_is_unexplained_on_any_evening(week: Week) -> None:
    """What is back or lost by the carrier's account has its task as soon as it is known."""
    assert week.unexplained == []
    assert sum(whereabouts.report(week.desks[0], policy=POLICY).counts.values()) > len(week.plans) // 2


# --- that it was a bad week


def test_every_misbehaviour_was_met(week: Week) -> None:
    """Each one on orders and on questions; cancellations cut off and refused; the internet away by day."""
    met = Counter((said["apiCode"], said["did"]) for said in week.line.traffic())

    assert set(SHAPES) == set(get_args(Action))
    assert {shape for shape in SHAPES if not met[ORDER, shape]} == set()
    assert {shape for shape in SHAPES if not met[TRACK, shape]} == set()
    assert all(met[CANCEL, shape] for shape in ("cut_after", "refuse", "status_500"))
    assert met["", "cut_unread"]
    assert bool(week.line.dialled_in_vain) == week.is_offline_by_day


def test_every_plot_was_played() -> None:
    """Each that the simulator knows by name, each way of telling, and each code that takes another back."""
    told = [plan.plot for plan in mail_parcels.PLANS]
    named = {part.partition(":")[0] for plot in told if isinstance(plot, str) for part in plot.split("+")}
    codes = {event[1] for plot in told if not isinstance(plot, str) for event in plot}

    ways = {"unknown", "cancelled", "undone", "late", "doubled", "reordered"}
    assert named == {*simulated_parcels.PLOTS, *ways}
    assert codes >= {*simulated_parcels.CANCELS, "987"}


def test_both_answers_to_a_repeated_order_were_met(week: Week) -> None:
    """The same waybill again, and that the number is known; persons have bound, canceled and ordered anew."""
    told: defaultdict[str, list[str]] = defaultdict(list)
    for said in sent(week, ORDER):
        told[said.order].append(said.answer)
    again = [answer for answers in told.values() for answer in answers[1:]]

    assert any("订单号重复" in answer for answer in again)
    assert any('"retCode":"00000"' in answer for answer in again)
    assert all(week.decided[what] for what in ("bind", "cancel", "confirm_cancel", "again", "bind_after_all"))
    assert week.reasons.keys() >= {"duplicate", "tries_spent", "refused"}


# --- what was on the wire


class Sent(NamedTuple):
    """A request as it was recorded, opened."""

    form: Mapping[str, str]
    text: str
    body: Any
    raw: str
    answer: str

    @property
    def order(self) -> str:
        """The number of the order in it."""
        return str(self.body[0]["logisticsOrderNo"])


def opened(sealed: str, sign_key: str = SIGN_KEY) -> str:
    """The JSON in `logitcsInterface`: SM4-ECB, PKCS#7, the text of the key behind it."""
    assert sealed.startswith("|$4|")
    cipher = Cipher(algorithms.SM4(base64.b64decode(sign_key)), modes.ECB()).decryptor()
    padded = cipher.update(base64.b64decode(sealed[4:], validate=True)) + cipher.finalize()
    plain, padding = padded[: -padded[-1]], padded[-padded[-1] :]
    assert padding == bytes([len(padding)]) * len(padding)
    assert plain.endswith(sign_key.encode())
    return plain.decode().removesuffix(sign_key)


def sent(week: Week, api: str = "") -> list[Sent]:
    """Every request that was read, of one operation or of all."""
    said = [
        each
        for each in week.line.traffic()
        if each["apiCode"] and each["apiCode"] in (api or each["apiCode"])
    ]
    return [_sent(each) for each in said]


def _sent(said: Mapping[str, str]) -> Sent:
    request = base64.b64decode(said["request"]).decode()
    answer = base64.b64decode(said["answer"]).decode(errors="replace")  # it may be cut within a character
    form = dict(parse_qsl(request.partition("\r\n\r\n")[2], keep_blank_values=True, strict_parsing=True))
    text = opened(form["logitcsInterface"])
    return Sent(form, text, json.loads(text), request, answer.partition("\r\n\r\n")[2])


def test_the_decoder_opens_the_published_vector() -> None:
    """Key and body of the example, and its bytes again from them."""
    body = '{"waybillNo":"1234567890123"}'
    plain = (body + SIGN_KEY).encode()
    plain += bytes([16 - len(plain) % 16]) * (16 - len(plain) % 16)
    cipher = Cipher(algorithms.SM4(base64.b64decode(SIGN_KEY)), modes.ECB()).encryptor()

    assert opened(VECTOR) == body
    assert "|$4|" + base64.b64encode(cipher.update(plain) + cipher.finalize()).decode() == VECTOR


def test_what_was_sent_has_the_documented_form(week: Week) -> None:
    """The public fields with the misspelt one, an array for orders alone, compact JSON inside."""
    said = sent(week)

    assert {each.form["apiCode"] for each in said} == {ORDER, CANCEL, TRACK}
    for each in said:
        assert each.form.keys() == PUBLIC
        assert (each.form["msgType"], each.form["version"]) == ("0", "V1.0.0")
        assert isinstance(each.body, list) == (each.form["apiCode"] == ORDER)
        assert json.dumps(each.body, ensure_ascii=False, separators=(",", ":")) == each.text


def test_an_order_that_is_repeated_is_the_same_to_the_last_byte(week: Week) -> None:
    """However often a number was sent, and whatever came between."""
    bodies: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for each in sent(week, ORDER):
        bodies[each.order].append((each.text, each.form["logitcsInterface"]))

    assert max(map(len, bodies.values())) >= POLICY.tries
    assert [number for number, told in bodies.items() if len(set(told)) > 1] == []


def test_nobody_is_named_on_the_wire(week: Week) -> None:
    """No applicant, identity number, telephone or item, neither inside nor outside of what is sealed."""
    cases = [builders.case_of(parcel.desk, parcel.case) for parcel in week.parcels]
    applicant = builders.a_person()
    told = {applicant.id_number, applicant.phone, applicant.address, *(case.number for case in cases)}
    told |= {case.applicant_name for case in cases} | {items.by_code(case.item).title for case in cases}
    secret = {word for word in told if word}

    said = "\n".join(f"{each.raw}\n{each.text}" for each in sent(week))

    assert len(secret) > len(cases) + 4
    assert [word for word in secret if word in said] == []
