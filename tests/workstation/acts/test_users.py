"""The people of a hall: who adds and disables them, how they sign in, when they are locked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest

from tests import halls
from tests.engines import Clock
from workstation.acts import passwords, users
from workstation.acts.desk import Desk
from workstation.acts.passwords import Slot
from workstation.acts.users import NewUser
from workstation.domain.people import User
from workstation.domain.roles import Role
from workstation.domain.times import local
from workstation.errors import Explained
from workstation.policies import LoginPolicy
from workstation.store.ledger import Store

MINUTE = 60_000
NEW = NewUser(code="1003", name="欧阳新", role=Role.CLERK, password="Ouyang-2026", pin="519273")


def refusal(act: Callable[[], object]) -> Explained:
    with pytest.raises(Explained) as found:
        act()
    return found.value


def clock_of(desk: Desk) -> Clock:
    return cast("Clock", desk.store.clock)


def administrator(desk: Desk) -> Desk:
    return halls.seat(desk, halls.ADMINISTRATOR)


def fail(desk: Desk, times: int, *, code: str = halls.CLERK) -> list[str]:
    """The codes of so many wrong passwords."""
    return [refusal(lambda: users.sign_in(desk, code, "Falsch-2026")).code for _ in range(times)]


@pytest.fixture
def desk(vacant: Desk) -> Desk:
    """A hall whose people have passwords and PINs, nobody at the desk."""
    return vacant


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that take no time, where a test is about counting."""
    monkeypatch.setattr(passwords, "_MEMORY_KIB", 64)
    monkeypatch.setattr(passwords, "_PASSES", 1)


@pytest.mark.engine
def test_the_right_password_signs_in(desk: Desk) -> None:
    """The operator stands at the desk then; nothing is written."""
    signed_in = users.sign_in(desk, halls.CLERK, halls.PASSWORDS[halls.CLERK])

    with desk.reading() as reading:
        entries = reading.journal()
    assert signed_in.signed_in().code == halls.CLERK
    assert [entry.act for entry in entries] == ["init"]


def test_the_right_pin_confirms(desk: Desk) -> None:
    """The second person stands beside the operator, full-width digits or not."""
    beside = users.second(halls.seat(desk, halls.CLERK), halls.SUPERVISOR, "６１８２０３")

    assert beside.second is not None
    assert beside.second.code == halls.SUPERVISOR
    assert beside.signed_in().code == halls.CLERK


@pytest.mark.parametrize(
    ("code", "password"),
    [
        (halls.CLERK, "Falsch-2026"),
        ("4242", halls.PASSWORDS[halls.CLERK]),
        ("", ""),
        ("'; --", "x"),
        ("1001\0", "x"),
        (halls.COURIER, "x"),
        (halls.CLERK, halls.PINS[halls.CLERK]),
    ],
)
def test_a_wrong_password_and_an_unknown_code_look_alike(desk: Desk, code: str, password: str) -> None:
    """Whoever guesses is not told which of the two was right; couriers never sign in."""
    assert refusal(lambda: users.sign_in(desk, code, password)).code == "wrong-password"


def test_an_unknown_code_costs_a_hash_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time does not tell who exists: one hash each."""
    hashes: list[Slot] = []
    hashed = passwords.hashed

    def counted(store: Store, slot: Slot, secret: str) -> str:
        hashes.append(slot)
        return hashed(store, slot, secret)

    monkeypatch.setattr(passwords, "hashed", counted)

    refusal(lambda: users.sign_in(desk, "4242", "Falsch-2026"))
    refusal(lambda: users.sign_in(desk, halls.COURIER, "Falsch-2026"))

    assert len(hashes) == 2


def test_a_code_may_be_typed_full_width(desk: Desk) -> None:
    """The input method may be on."""
    assert users.sign_in(desk, " １００１ ", halls.PASSWORDS[halls.CLERK]).signed_in().code == "1001"


@pytest.mark.engine
def test_five_failures_lock_for_ten_minutes(desk: Desk) -> None:
    """Then even the right password is refused, until the time is over."""
    assert fail(desk, 5) == ["wrong-password"] * 4 + ["user-locked"]

    locked = refusal(lambda: users.sign_in(desk, halls.CLERK, halls.PASSWORDS[halls.CLERK]))
    clock_of(desk).at += 10 * MINUTE - 1
    still = refusal(lambda: users.sign_in(desk, halls.CLERK, halls.PASSWORDS[halls.CLERK]))
    clock_of(desk).at += 1
    signed_in = users.sign_in(desk, halls.CLERK, halls.PASSWORDS[halls.CLERK])

    assert locked.code == still.code == "user-locked"
    assert local(clock_of(desk).at).strftime("%H:%M:%S") in locked.next
    assert signed_in.operator is not None


def test_after_the_lock_the_count_begins_anew(desk: Desk, quick: None) -> None:
    """One more failure does not lock at once."""
    fail(desk, 5)
    clock_of(desk).at += 10 * MINUTE

    assert fail(desk, 5) == ["wrong-password"] * 4 + ["user-locked"]


def test_a_success_clears_the_count(desk: Desk) -> None:
    """Only failures in a row count."""
    fail(desk, 4)
    users.sign_in(desk, halls.CLERK, halls.PASSWORDS[halls.CLERK])

    assert fail(desk, 4) == ["wrong-password"] * 4


def test_locks_are_apart(desk: Desk) -> None:
    """A locked password leaves the PIN and other people alone."""
    fail(desk, 5)

    users.second(halls.seat(desk, halls.SUPERVISOR), halls.CLERK, halls.PINS[halls.CLERK])
    users.sign_in(desk, halls.OTHER_CLERK, halls.PASSWORDS[halls.OTHER_CLERK])


def test_pins_are_locked_too(desk: Desk) -> None:
    """A PIN has a million values and no more: it is counted like a password."""
    beside = halls.seat(desk, halls.CLERK)
    codes = [refusal(lambda: users.second(beside, halls.SUPERVISOR, "999999")).code for _ in range(5)]

    assert codes == ["wrong-pin"] * 4 + ["user-locked"]


def test_the_login_policy_is_a_setting(desk: Desk) -> None:
    """A hall may lock earlier and longer."""
    policy = LoginPolicy(failures=3, minutes=60)
    codes = [
        refusal(lambda: users.sign_in(desk, halls.CLERK, "Falsch-2026", policy=policy)).code for _ in range(3)
    ]
    clock_of(desk).at += 59 * MINUTE

    assert codes[-1] == "user-locked"
    assert refusal(lambda: users.sign_in(desk, halls.CLERK, "x")).code == "user-locked"


def test_the_right_guess_does_not_slip_in_after_the_lock(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many guesses tried at once none is taken once the lock has fallen."""
    right = passwords.verifies

    def meanwhile(*args: object) -> bool:
        monkeypatch.setattr(passwords, "verifies", right)
        fail(desk, 5)
        return True

    monkeypatch.setattr(passwords, "verifies", meanwhile)

    assert refusal(lambda: users.sign_in(desk, halls.CLERK, "guessed")).code == "user-locked"


def test_a_failed_sign_in_is_no_act(desk: Desk) -> None:
    """Failures are counted outside the ledger."""
    fail(desk, 3)

    with desk.reading() as reading:
        assert len(reading.journal()) == 1


@pytest.mark.engine
def test_an_administrator_adds_a_person(desk: Desk) -> None:
    """The new person signs in and confirms; the journal tells codes and no name."""
    added = users.add_user(administrator(desk), NEW)

    assert users.sign_in(desk, "1003", "Ouyang-2026").signed_in() == users.find_user(desk, "1003")
    assert users.second(administrator(desk), "1003", "519273").second is not None
    with desk.reading() as reading:
        entry = reading.journal()[-1]
    assert (entry.act, entry.operator, entry.object) == ("add_user", halls.ADMINISTRATOR, "1003")
    assert not any(text in entry.body for text in ("欧阳", "Ouyang", "519273", "argon2"))
    assert (added.state, added.password_version, added.pin_version) == ("active", 1, 1)


@pytest.mark.parametrize("code", [halls.CLERK, halls.SUPERVISOR, halls.AUDITOR, halls.COURIER])
def test_only_an_administrator_adds_and_disables(desk: Desk, code: str) -> None:
    """Everybody else is refused, with nothing changed."""
    seat = halls.seat(desk, code)

    assert refusal(lambda: users.add_user(seat, NEW)).code == "wrong-role"
    assert refusal(lambda: users.disable_user(seat, halls.CLERK)).code == "wrong-role"
    assert refusal(lambda: users.find_user(desk, "1003")).code == "user-not-found"


def test_nobody_adds_without_signing_in(desk: Desk) -> None:
    """Every act needs an operator."""
    assert refusal(lambda: users.add_user(desk, NEW)).code == "nobody-signed-in"
    assert refusal(lambda: users.list_users(desk)).code == "nobody-signed-in"


def test_a_courier_gets_a_badge_and_no_password(desk: Desk) -> None:
    """The badge is a number of ours; a password for a courier is refused."""
    courier = NewUser(code="5002", name="顺小哥", role=Role.COURIER)

    added = users.add_user(administrator(desk), courier)
    again = users.add_user(administrator(desk), NewUser(code="5003", name="京小哥", role=Role.COURIER))

    assert added.badge is not None
    assert again.badge is not None
    assert (added.badge[0], len(added.badge)) == ("7", 20)
    assert added.badge != again.badge
    with_password = NewUser(code="5004", name="京小哥", role=Role.COURIER, password="Kuaidi-2026")
    assert refusal(lambda: users.add_user(administrator(desk), with_password)).code == "courier-secret"
    assert (
        refusal(lambda: users.set_password(administrator(desk), "5002", "Kuaidi-2026")).code
        == "courier-secret"
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": halls.CLERK}, "user-exists"),
        ({"code": "12"}, "user-code-form"),
        ({"code": "123456789"}, "user-code-form"),
        ({"code": "10a3"}, "user-code-form"),
        ({"name": "张" * 5000}, "person-name-too-long"),
        ({"name": "😀"}, "person-name-characters"),
        ({"password": None}, "user-password-missing"),
        ({"password": "short"}, "password-weak"),
        ({"pin": "123456"}, "pin-trivial"),
    ],
)
def test_a_person_that_cannot_be_added(desk: Desk, changes: dict[str, str | None], code: str) -> None:
    """Each reason has its code."""
    values = {"code": NEW.code, "name": NEW.name, "role": NEW.role, "password": NEW.password, "pin": NEW.pin}
    new = NewUser(**(values | changes))  # type: ignore[arg-type]  # the table says which

    assert refusal(lambda: users.add_user(administrator(desk), new)).code == code


@pytest.mark.parametrize("name", ["𬱟一", "买买提·吐尔逊", "张三丰"])
def test_rare_and_long_names_are_kept_as_they_are(desk: Desk, name: str) -> None:
    """Names are as on the identity document."""
    users.add_user(
        administrator(desk), NewUser(code="1009", name=name, role=Role.CLERK, password="Ouyang-2026")
    )

    assert users.find_user(desk, "1009").name == name


@pytest.mark.engine
def test_the_own_password_is_changed_with_the_old_one(desk: Desk) -> None:
    """Afterwards the new one signs in and the old one does not."""
    clerk = halls.seat(desk, halls.CLERK)
    old = halls.PASSWORDS[halls.CLERK]

    users.set_password(clerk, halls.CLERK, "Xinde-2027", old=old)

    assert users.sign_in(desk, halls.CLERK, "Xinde-2027").operator is not None
    assert refusal(lambda: users.sign_in(desk, halls.CLERK, old)).code == "wrong-password"


def test_an_old_hash_put_back_does_not_verify(desk: Desk) -> None:
    """Whoever restores a row from yesterday's copy does not restore the password."""
    clerk = halls.seat(desk, halls.CLERK)
    yesterday = clerk.signed_in()
    changed = users.set_password(clerk, halls.CLERK, "Xinde-2027", old=halls.PASSWORDS[halls.CLERK])

    with clerk.act("set_password") as work:
        work.users.save(replace(changed, password=yesterday.password))

    assert (
        refusal(lambda: users.sign_in(desk, halls.CLERK, halls.PASSWORDS[halls.CLERK])).code
        == "wrong-password"
    )


@pytest.mark.parametrize(
    ("by", "whose", "old", "code"),
    [
        (halls.CLERK, halls.CLERK, None, "old-password-missing"),
        (halls.CLERK, halls.CLERK, "Falsch-2026", "wrong-password"),
        (halls.CLERK, halls.OTHER_CLERK, None, "password-not-yours"),
        (halls.SUPERVISOR, halls.CLERK, None, "password-not-yours"),
        (halls.ADMINISTRATOR, "4242", None, "user-not-found"),
    ],
)
def test_a_password_that_is_not_ones_to_change(
    desk: Desk, by: str, whose: str, old: str | None, code: str
) -> None:
    """The own one needs the old one; another's needs an administrator."""
    seat = halls.seat(desk, by)

    assert refusal(lambda: users.set_password(seat, whose, "Xinde-2027", old=old)).code == code


def test_an_administrator_gives_a_forgotten_password_anew(desk: Desk) -> None:
    """The journal tells who did."""
    users.set_password(administrator(desk), halls.CLERK, "Xinde-2027")

    with desk.reading() as reading:
        entry = reading.journal()[-1]
    assert users.sign_in(desk, halls.CLERK, "Xinde-2027").operator is not None
    assert (entry.act, entry.operator, entry.object) == ("set_password", halls.ADMINISTRATOR, halls.CLERK)


def test_a_weak_new_password_is_refused(desk: Desk) -> None:
    """The policy holds for changes too."""
    assert (
        refusal(lambda: users.set_password(administrator(desk), halls.CLERK, "weak")).code == "password-weak"
    )


def test_everybody_sets_the_own_pin_and_no_other(desk: Desk) -> None:
    """A PIN somebody else knows confirms nothing; not even an administrator sets one."""
    auditor = halls.seat(desk, halls.AUDITOR)

    users.set_pin(auditor, halls.AUDITOR, "405172")

    assert users.second(halls.seat(desk, halls.CLERK), halls.AUDITOR, "405172").second is not None
    assert refusal(lambda: users.set_pin(administrator(desk), halls.CLERK, "405172")).code == "pin-not-yours"
    assert refusal(lambda: users.set_pin(auditor, halls.AUDITOR, "111111")).code == "pin-trivial"


def test_a_user_changed_meanwhile_is_not_overwritten(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash was made for a version that is gone."""
    hashed = passwords.hashed

    def meanwhile(store: Store, slot: Slot, secret: str) -> str:
        monkeypatch.setattr(passwords, "hashed", hashed)
        users.set_password(administrator(desk), halls.CLERK, "Andere-2027")
        return hashed(store, slot, secret)

    monkeypatch.setattr(passwords, "hashed", meanwhile)

    told = refusal(lambda: users.set_password(administrator(desk), halls.CLERK, "Xinde-2027"))
    assert told.code == "user-changed-meanwhile"


@pytest.mark.engine
def test_a_disabled_user_is_told_apart_from_a_wrong_password(desk: Desk) -> None:
    """With the right password the reason is told; with a wrong one it is not."""
    disabled = users.disable_user(administrator(desk), halls.CLERK)

    right = refusal(lambda: users.sign_in(desk, halls.CLERK, halls.PASSWORDS[halls.CLERK]))
    pin = refusal(lambda: users.second(administrator(desk), halls.CLERK, halls.PINS[halls.CLERK]))
    wrong = refusal(lambda: users.sign_in(desk, halls.CLERK, "Falsch-2026"))

    assert disabled.state == "disabled"
    assert (right.code, pin.code, wrong.code) == ("user-disabled", "user-disabled", "wrong-password")


def test_a_disabled_code_is_not_given_again(desk: Desk) -> None:
    """The ledger knows people by their codes, for ever."""
    users.disable_user(administrator(desk), halls.CLERK)
    again = NewUser(code=halls.CLERK, name="新人", role=Role.CLERK, password="Ouyang-2026")

    assert refusal(lambda: users.add_user(administrator(desk), again)).code == "user-exists"
    assert (
        refusal(lambda: users.disable_user(administrator(desk), halls.CLERK)).code == "user-already-disabled"
    )


def test_the_last_administrator_stays(desk: Desk) -> None:
    """Without one nobody could ever be added again; with another one may go."""
    seat = administrator(desk)
    assert refusal(lambda: users.disable_user(seat, halls.ADMINISTRATOR)).code == "last-administrator"

    other = NewUser(code="9002", name="第二管理", role=Role.ADMINISTRATOR, password="Guanli-2027")
    users.add_user(seat, other)

    assert users.disable_user(seat, halls.ADMINISTRATOR).state == "disabled"


def test_everybody_who_signed_in_sees_who_works_here(desk: Desk) -> None:
    """In the order of codes, disabled ones included."""
    users.disable_user(administrator(desk), halls.OTHER_CLERK)

    found = users.list_users(halls.seat(desk, halls.CLERK))

    assert [user.code for user in found] == sorted(user.code for user in found)
    assert next(user for user in found if user.code == halls.OTHER_CLERK).state == "disabled"


def test_names_are_personal_and_hashes_are_secret() -> None:
    """The journal carries names as digests and no hash at all."""
    from workstation.domain.fields import personal_fields, secret_fields

    assert personal_fields(User) == {"name"}
    assert secret_fields(User) == {"password", "pin"}
