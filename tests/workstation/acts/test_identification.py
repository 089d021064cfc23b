"""身份核验: who was looked at and how; by hand, after a failure, from afar, and by an electronic licence."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests import builders
from tests.builders import STAFF, a_case, a_person, as_role, at, case_of, refused, with_second
from tests.engines import OPENING
from workstation.acts import identification, labels, packing, pictures, revealing, waiting
from workstation.acts.desk import Desk
from workstation.domain.case import Case, CaseState, Evidence, Identity
from workstation.domain.envelope import EnvelopeState
from workstation.domain.roles import COUNTER, Role
from workstation.domain.words import word
from workstation.store.sqlite import SqliteEngine

ORGANISATION = {"id_kind": "unified_credit_code", "id_number": "91350100M000100Y43"}
PARTICIPANTS = "本窗口林一鸣；属地窗口韦示例"


def a_picture() -> bytes:
    """A frame of a video, and nobody in it."""
    file = io.BytesIO()
    Image.effect_noise((64, 48), 80).save(file, "PNG")
    return file.getvalue()


PICTURE = a_picture()
VIDEO: dict[str, Any] = {
    "method": "video",
    "outcome": "passed",
    "participants": PARTICIPANTS,
    "held_at": OPENING - 60_000,
    "picture": PICTURE,
}
E_LICENCE: dict[str, Any] = {
    "method": "e_licence",
    "outcome": "passed",
    "licence": "示例电子身份证 标识 0001",
}


@pytest.fixture
def case(desk: Desk) -> str:
    """The number of a case just registered, handed in by an agent."""
    return a_case(desk, CaseState.REGISTERED, agent=a_person("李代办")).number


@pytest.fixture
def alone(desk: Desk) -> str:
    """The number of a case that the applicant handed in."""
    return a_case(desk, CaseState.REGISTERED).number


def looks(desk: Desk, case: str) -> list[Identity]:
    """The looks of a case."""
    with desk.reading() as reading:
        return reading.identities.where(case_number=case)


def kept(desk: Desk, case: str) -> list[Evidence]:
    """The pictures of a case."""
    with desk.reading() as reading:
        return reading.evidence.where(case_number=case)


def entries(desk: Desk, case: str) -> list[str]:
    """What the journal says about a case."""
    with desk.reading() as reading:
        return [entry.body for entry in reading.journal_of(case)]


# --- whom


def test_looking_at_the_person_is_recorded(desk: Desk, alone: str) -> None:
    """The act tells who looked at whom, how and with what outcome."""
    done = identification.identify(desk, alone, method="in_person", outcome="passed")

    (identity,) = looks(desk, alone)
    assert done.identity == "passed"
    assert (identity.by, identity.second, identity.method, identity.subject) == (
        "1001",
        None,
        "in_person",
        "applicant",
    )
    builders.assert_true_ledger(desk)


def test_who_stands_at_the_counter_is_looked_at(desk: Desk, case: str) -> None:
    """With an agent it is the agent, unless the applicant is named; each has an outcome of their own."""
    agent = identification.identify(desk, case, method="in_person", outcome="passed")
    both = identification.identify(desk, case, method="in_person", outcome="failed", subject="applicant")

    assert [look.subject for look in looks(desk, case)] == ["agent", "applicant"]
    assert (agent.agent_identity, agent.identity) == ("passed", "none")
    assert (both.agent_identity, both.identity, both.bearer_identity) == ("passed", "failed", "passed")


def test_a_failed_check_is_recorded_too(desk: Desk, alone: str) -> None:
    """A person who is not the one on the document is no reason to write nothing."""
    assert identification.identify(desk, alone, method="in_person", outcome="failed").identity == "failed"


def test_there_must_be_an_agent_to_look_at(desk: Desk, alone: str) -> None:
    """A case that the applicant handed in has no agent."""
    with refused(desk, "agent-unknown"):
        identification.identify(desk, alone, method="in_person", outcome="passed", subject="agent")


def test_a_supervisor_identifies_too(desk: Desk, case: str) -> None:
    """Supervisors do what clerks do."""
    done = identification.identify(at(desk, "2001"), case, method="in_person", outcome="passed")

    assert done.changed_by == "2001"


def test_a_case_that_does_not_exist_is_not_found(desk: Desk, case: str) -> None:
    """A right check digit is never enough: the number must have been issued."""
    with refused(desk, "case-not-found"):
        identification.identify(desk, "1" + case[1:-5] + "99990", method="in_person", outcome="passed")


@pytest.mark.parametrize("value", [{"method": "hearsay"}, {"outcome": "maybe"}, {"subject": "neighbour"}])
def test_unknown_codes_are_refused(desk: Desk, case: str, value: dict[str, Any]) -> None:
    """Method, outcome and subject are coded; another word is told which there are."""
    told: dict[str, Any] = {"method": "in_person", "outcome": "passed", **value}

    with refused(desk, "code-unknown"):
        identification.identify(desk, case, **told)


# --- the second person


def test_identity_by_hand_takes_two(desk: Desk, case: str) -> None:
    """What is typed because no document can be read has a reason and a second person."""
    with refused(desk, "reason-missing"):
        identification.identify(desk, case, method="manual", outcome="passed")
    with refused(desk, "second-needed"):
        identification.identify(desk, case, method="manual", outcome="passed", reason="读卡器坏了")

    identification.identify(
        with_second(desk, "1002"), case, method="manual", outcome="passed", reason="读卡器坏了"
    )

    (identity,) = looks(desk, case)
    assert (identity.second, identity.reason) == ("1002", "读卡器坏了")


def test_a_pass_after_a_failure_takes_two(desk: Desk, alone: str) -> None:
    """Nobody alone turns a failed check into a passed one; failing again takes nobody else."""
    identification.identify(desk, alone, method="in_person", outcome="failed")
    identification.identify(desk, alone, method="in_person", outcome="failed")

    with refused(desk, "second-needed"):
        identification.identify(desk, alone, method="in_person", outcome="passed")
    passed = identification.identify(with_second(desk), alone, method="in_person", outcome="passed")

    assert passed.identity == "passed"


@pytest.mark.parametrize(("failed", "other"), [("agent", "applicant"), ("applicant", "agent")])
def test_a_failure_is_that_of_the_person_it_was_about(desk: Desk, case: str, failed: str, other: str) -> None:
    """The other one passes by one look; the same one only with a second person, by whichever method."""
    identification.identify(desk, case, method="in_person", outcome="failed", subject=failed)

    identification.identify(desk, case, method="in_person", outcome="passed", subject=other)
    with refused(desk, "second-needed"):
        identification.identify(desk, case, subject=failed, **VIDEO)
    with refused(desk, "second-needed"):
        identification.identify(desk, case, subject=failed, **E_LICENCE)


def test_nobody_is_the_own_second_person(desk: Desk, case: str) -> None:
    """Operator and second person are two people."""
    with refused(desk, "own-second"):
        identification.identify(
            with_second(desk, "1001"), case, method="manual", outcome="passed", reason="无法读证"
        )


@pytest.mark.parametrize("code", ["3001", "4001", "5001"])
def test_only_the_counter_confirms(desk: Desk, case: str, code: str) -> None:
    """Administrator, auditor and courier confirm no identity."""
    with refused(desk, "wrong-second"):
        identification.identify(
            with_second(desk, code), case, method="manual", outcome="passed", reason="无法读证"
        )


def test_a_picture_waits_with_the_look(lonely: Desk) -> None:
    """It waits encrypted for the second person, and is kept as evidence with the confirmation."""
    case = a_case(lonely, CaseState.REGISTERED).number
    identification.identify(lonely, case, method="in_person", outcome="failed")

    with pytest.raises(waiting.Waits) as put:
        identification.identify(lonely, case, **VIDEO)
    assert (kept(lonely, case), case_of(lonely, case).identity) == ([], "failed")
    assert found_in_files(lonely, PICTURE, base64.b64encode(PICTURE)) == []
    waiting.confirm(at(lonely, "2001"), put.value.waiting.id)

    (evidence,) = kept(lonely, case)
    assert evidence.picture == PICTURE
    assert looks(lonely, case)[-1].second == "2001"
    assert case_of(lonely, case).identity == "passed"
    builders.assert_true_ledger(lonely)


# --- what each method tells


def test_an_electronic_licence_is_named(desk: Desk, alone: str) -> None:
    """As it identifies itself; the journal does not repeat it."""
    done = identification.identify(desk, alone, **E_LICENCE)

    (identity,) = looks(desk, alone)
    assert (done.identity, identity.licence) == ("passed", "示例电子身份证 标识 0001")
    assert "电子身份证" not in "".join(entries(desk, alone))


def test_a_look_from_afar_is_kept_with_its_picture(desk: Desk, alone: str) -> None:
    """Who took part, when, and the picture with its kind, size and keyed digest."""
    done = identification.identify(desk, alone, **VIDEO)

    (identity,), (evidence,) = looks(desk, alone), kept(desk, alone)
    assert (done.identity, identity.method) == ("passed", "video")
    assert (identity.participants, identity.held_at) == (PARTICIPANTS, VIDEO["held_at"])
    assert (evidence.id, evidence.identity, evidence.by) == (f"{identity.id}-e1", identity.id, "1001")
    assert (evidence.media_type, evidence.size) == ("image/png", len(PICTURE))
    assert evidence.sm3 == desk.store.keys.journal("evidence.picture", PICTURE)
    builders.assert_true_ledger(desk)


def test_a_failed_look_from_afar_keeps_its_picture_too(desk: Desk, alone: str) -> None:
    """Then it is wanted most."""
    identification.identify(desk, alone, **{**VIDEO, "outcome": "failed"})

    assert [evidence.picture for evidence in kept(desk, alone)] == [PICTURE]


@pytest.mark.parametrize(
    ("told", "missing", "code"),
    [
        (E_LICENCE, "licence", "licence-missing"),
        (VIDEO, "participants", "participants-missing"),
        (VIDEO, "held_at", "held-at-missing"),
        (VIDEO, "picture", "picture-missing"),
    ],
)
@pytest.mark.parametrize("as_empty", [False, True])
def test_each_method_has_to_tell(
    desk: Desk, case: str, told: dict[str, Any], missing: str, code: str, as_empty: bool
) -> None:
    """Without it, or with nothing in it, the clerk is told what to add, and by which option."""
    given = {name: value for name, value in told.items() if name != missing}
    if as_empty:
        given[missing] = {"picture": b"", "held_at": None}.get(missing, "")

    with refused(desk, code) as caught:
        identification.identify(desk, case, **given)

    assert f"--{missing.replace('_', '-')}" in caught.value.next
    assert caught.value.why.startswith(("电子证照", "远程视频"))


@pytest.mark.parametrize("method", ["in_person", "manual", "e_licence"])
def test_what_a_method_does_not_need_is_not_taken_in(desk: Desk, case: str, method: str) -> None:
    """A picture of somebody who stands here would be one too many."""
    told = {"method": method, "licence": None, "reason": "无法读证"}
    if method == "e_licence":
        told["licence"] = "示例证照"

    with refused(desk, "not-of-method") as caught:
        identification.identify(desk, case, **{**VIDEO, **told})

    assert "participants" in caught.value.why


def test_a_look_from_afar_has_happened(desk: Desk, alone: str) -> None:
    """A time to come is a slip of the keyboard."""
    with refused(desk, "held-at-future") as caught:
        identification.identify(desk, alone, **{**VIDEO, "held_at": OPENING + 3_600_000})

    assert "2026-11-20 " in caught.value.why


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (b"GIF89a", "picture-form-unknown"),
        (PICTURE[:-12], "picture-damaged"),
        (PICTURE + bytes(pictures.LARGEST), "picture-too-large"),
    ],
    ids=["unknown", "damaged", "large"],
)
def test_a_picture_is_one(desk: Desk, alone: str, picture: bytes, code: str) -> None:
    """Refused before anything is written, each with its own words."""
    with refused(desk, code):
        identification.identify(desk, alone, **{**VIDEO, "picture": picture})


@pytest.mark.parametrize("name", ["reason", "participants", "licence"])
def test_texts_are_texts(desk: Desk, alone: str, name: str) -> None:
    """Control characters are told with their field."""
    told = {**(E_LICENCE if name == "licence" else VIDEO), name: "a\x00b"}

    with refused(desk, "plain-text-control") as caught:
        identification.identify(desk, alone, **told)

    assert caught.value.what.startswith(labels.label(name))
    assert caught.value.why.endswith(labels.at(name))


# --- the document


def expired(**changes: Any) -> Any:
    """Somebody whose document ran out the day before."""
    return a_person(**{"name": "覃示例", "valid_to": "2026-11-19", **changes})


@pytest.mark.parametrize("told", [{"method": "in_person", "outcome": "passed"}, E_LICENCE, VIDEO])
@pytest.mark.parametrize("people", [{"applicant": expired()}, {"agent": expired(name="李代办")}])
def test_an_expired_document_does_not_pass(desk: Desk, told: dict[str, Any], people: dict[str, Any]) -> None:
    """Whoever's it is and however it is looked at; what to do is told."""
    case = a_case(desk, CaseState.REGISTERED, **people).number

    with refused(desk, "document-expired") as caught:
        identification.identify(desk, case, **told)

    assert "证件已过期" in caught.value.what
    assert caught.value.what.startswith(word(next(iter(people))))
    assert "2026-11-19" in caught.value.why
    assert "--method manual" in caught.value.next


def test_an_expired_document_can_fail_and_two_may_pass_it_by_hand(desk: Desk) -> None:
    """The look is recorded, and two people answer for the rest."""
    case = a_case(desk, CaseState.REGISTERED, applicant=expired()).number

    failed = identification.identify(desk, case, method="in_person", outcome="failed")
    passed = identification.identify(
        with_second(desk), case, method="manual", outcome="passed", reason="新证在办，凭临时身份证"
    )

    assert (failed.identity, passed.identity) == ("failed", "passed")


@pytest.mark.parametrize("valid_to", ["2026-11-20", "2036-01-01", None])
def test_a_document_holds_to_the_end_of_its_last_day(desk: Desk, valid_to: str | None) -> None:
    """And 长期 for ever."""
    case = a_case(desk, CaseState.REGISTERED, applicant=expired(valid_to=valid_to)).number

    assert identification.identify(desk, case, method="in_person", outcome="passed").identity == "passed"


# --- agents and legal persons, on the way to the seal


def reviewed(desk: Desk, **people: Any) -> Case:
    """A case that is ready but for the look."""
    case = a_case(desk, CaseState.REGISTERED, **people)
    return builders.review_all(desk, case.number)


def test_an_agents_case_is_sealed_by_the_look_at_the_agent(desk: Desk) -> None:
    """That the applicant was looked at does not help: somebody else stands here."""
    case = reviewed(desk, agent=a_person("李代办")).number
    envelope = packing.pack(desk, [case]).number
    identification.identify(desk, case, method="in_person", outcome="passed", subject="applicant")

    with refused(desk, "identity-missing") as caught:
        builders.sealed(desk, envelope)
    builders.identified(desk, case)

    assert word("agent") in caught.value.why
    assert builders.sealed(desk, envelope).state == EnvelopeState.SEALED


def test_a_legal_person_is_looked_at_through_its_agent(desk: Desk) -> None:
    """It has no face; the one who came has, and by that look its papers are sealed."""
    people = {"applicant": a_person("榕城示例有限公司", **ORGANISATION), "agent": a_person("李经办")}
    case = reviewed(desk, **people).number
    envelope = packing.pack(desk, [case]).number

    with refused(desk, "subject-not-a-person") as caught:
        identification.identify(desk, case, method="in_person", outcome="passed", subject="applicant")
    done = identification.identify(desk, case, method="in_person", outcome="passed")

    assert "--subject agent" in caught.value.next
    assert (done.identity, done.agent_identity) == ("none", "passed")
    assert builders.sealed(desk, envelope).state == EnvelopeState.SEALED
    builders.assert_true_ledger(desk, case)


def test_a_legal_person_does_not_come_alone(desk: Desk) -> None:
    """Who hands in for it is registered too, and is a person."""
    company = a_person("榕城示例有限公司", **ORGANISATION)

    with refused(desk, "agent-missing"):
        a_case(desk, CaseState.REGISTERED, applicant=company)
    with refused(desk, "agent-not-a-person"):
        a_case(desk, CaseState.REGISTERED, applicant=a_person(), agent=company)


# --- the picture at rest, and looked at again


def found_in_files(desk: Desk, *texts: bytes) -> list[str]:
    """The files of the ledger in which one of these stands."""
    engine = desk.store.engine
    assert isinstance(engine, SqliteEngine)
    files = sorted(Path(engine.path).parent.glob(f"{Path(engine.path).name}*"))
    assert files
    return [file.name for file in files if any(text in file.read_bytes() for text in texts)]


def test_a_picture_is_encrypted_at_rest(desk: Desk, alone: str) -> None:
    """No part of it stands in the ledger's files, nor in the journal, which has its digest alone."""
    parts = [PICTURE, PICTURE[40:72], PICTURE[-60:-28], base64.b64encode(PICTURE)[:48]]
    identification.identify(desk, alone, **VIDEO)
    desk.store.engine.close()  # the last to close writes the log into the file

    assert found_in_files(desk, *parts, PARTICIPANTS.encode()) == []
    journal = "".join(entries(desk, alone))
    assert kept(desk, alone)[0].sm3 in journal
    assert all(part.hex() not in journal for part in parts)
    assert base64.b64encode(PICTURE)[:48].decode() not in journal


def test_a_picture_is_looked_at_again_and_the_look_is_kept(desk: Desk, alone: str) -> None:
    """图片信息归档核查: in clear, as an act with a reason that names the picture."""
    identification.identify(desk, alone, **VIDEO)
    (identity,) = looks(desk, alone)

    found, picture = identification.evidence(at(desk, "2001"), identity.id)

    with desk.reading() as reading:
        (reveal,) = reading.reveals.where(case_number=alone)
        entry = reading.journal_of(alone)[-1]
    assert (picture, found.identity) == (PICTURE, identity.id)
    assert (reveal.id, reveal.by, reveal.reason) == (f"{alone}-r1", "2001", "verify")
    assert (entry.act, entry.object) == ("reveal", alone)
    assert f'"evidence":"{found.id}"' in entry.body
    builders.assert_true_ledger(desk)


def test_looks_at_pictures_and_at_cases_are_counted_together(desk: Desk, alone: str) -> None:
    """No two of them share an id."""
    identification.identify(desk, alone, **VIDEO)

    revealing.reveal(desk, alone, reason="contact")
    identification.evidence(desk, looks(desk, alone)[0].id, reason="supervise")
    revealing.reveal(desk, alone, reason="legal")

    with desk.reading() as reading:
        reasons = [reveal.reason for reveal in reading.reveals.where(case_number=alone)]
    assert reasons == ["contact", "supervise", "legal"]


@pytest.mark.parametrize("role", sorted({user.role for user in STAFF} - COUNTER))
def test_only_who_may_reveal_sees_pictures(desk: Desk, alone: str, role: Role) -> None:
    """Administrator, auditor and courier do not."""
    identification.identify(desk, alone, **VIDEO)

    with refused(desk, "wrong-role"):
        identification.evidence(as_role(desk, role), looks(desk, alone)[0].id)


def test_there_must_be_a_picture(desk: Desk, alone: str) -> None:
    """Looks at the counter have none; nor has a number that is nobody's; curiosity is no reason."""
    identification.identify(desk, alone, method="in_person", outcome="passed")
    (identity,) = looks(desk, alone)

    for name in (identity.id, f"{alone}-i9", "", "a\x00"):
        with refused(desk, "evidence-not-found"):
            identification.evidence(desk, name)
    with refused(desk, "code-unknown"):
        identification.evidence(desk, identity.id, reason="curiosity")
