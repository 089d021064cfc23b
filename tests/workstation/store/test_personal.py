"""Personal fields: closed to all who have not the key, bound to their place, found again by digest."""

from __future__ import annotations

import pytest

from workstation.store.personal import PersonalKeys, SealBroken

PLACE = "cases.applicant_name|13501021012632400019"
KEYS = PersonalKeys(b"\1" * 32)


def fresh() -> PersonalKeys:
    """The same keys in another process, which has opened nothing yet."""
    return PersonalKeys(b"\1" * 32)


@pytest.mark.parametrize("text", ["", "𬱟𪾢", "a" * 5000])
def test_round_trip(text: str) -> None:
    """What was encrypted opens again, here and in another process."""
    blob = KEYS.encrypt(PLACE, text)

    assert [keys.open(PLACE, blob).decode() for keys in (KEYS, fresh(), KEYS)] == [text] * 3


def test_never_the_same_twice() -> None:
    """The same value gives other bytes each time, so equal values are not seen to be equal."""
    assert KEYS.encrypt(PLACE, "张三") != KEYS.encrypt(PLACE, "张三")


@pytest.mark.parametrize("keys", [KEYS, fresh()], ids=["opened before", "not yet opened"])
@pytest.mark.parametrize("at", [0, 1, 5, 14, -1])
def test_changed(keys: PersonalKeys, at: int) -> None:
    """A blob of which any part was changed does not open, also where the true one has been opened."""
    blob = bytearray(KEYS.encrypt(PLACE, "张三"))
    keys.open(PLACE, bytes(blob))
    blob[at] ^= 1

    with pytest.raises(SealBroken):
        keys.open(PLACE, bytes(blob))


@pytest.mark.parametrize("keys", [KEYS, fresh()], ids=["opened before", "not yet opened"])
def test_moved(keys: PersonalKeys) -> None:
    """A blob does not open in another row or column."""
    blob = KEYS.encrypt(PLACE, "张三")
    keys.open(PLACE, blob)

    with pytest.raises(SealBroken, match="agent_name"):
        keys.open(PLACE.replace("applicant", "agent"), blob)


@pytest.mark.parametrize("blob", [b"", b"\1\1", b"\1\1" + b"x" * 27])
def test_too_short(blob: bytes) -> None:
    """Bytes that cannot be a blob do not open."""
    with pytest.raises(SealBroken):
        KEYS.open(PLACE, blob)


def test_other_key() -> None:
    """Under another data key nothing opens, and every digest is another."""
    other = PersonalKeys(b"\2" * 32)
    with pytest.raises(SealBroken):
        other.open(PLACE, KEYS.encrypt(PLACE, "张三"))

    assert other.lookup("name", "张三") != KEYS.lookup("name", "张三")
    assert other.journal(PLACE, "张三") != KEYS.journal(PLACE, "张三")


def test_digests() -> None:
    """A digest is the same each time for the same value and purpose, and 32 hexadecimal digits."""
    digests = [KEYS.lookup("name", "1"), KEYS.lookup("phone", "1"), KEYS.journal("name", "1")]

    assert digests == [
        fresh().lookup("name", "1"),
        fresh().lookup("phone", "1"),
        fresh().journal("name", "1"),
    ]
    assert len(set(digests)) == 3
    assert {len(bytes.fromhex(digest)) for digest in digests} == {16}


def test_memory_is_bounded() -> None:
    """However many fields are opened, only some thousands of short ones are kept."""
    keys = fresh()
    for n in range(10_000):
        keys.encrypt(PLACE, f"{n}")
    keys.encrypt(PLACE, "a" * 100_000)

    assert sum(len(plain) for plain in keys._opened.values()) < 100_000
