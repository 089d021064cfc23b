"""Personal fields at rest: SM4-GCM under the data key, bound to their row; exact look-up by keyed SM3 digest.

Blob: algorithm id (1 byte), key id (1), nonce (12), ciphertext, tag (16). GB/T 32907-2016, GB/T 32905-2016.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SM4_GCM = 1
_HEADER, _NONCE, _TAG = 2, 12, 16
_SHORT, _KEPT = 1024, 4096


class SealBroken(Exception):
    """An encrypted field does not open: wrong key, or it was changed or moved to another row."""


def derive(key: bytes, purpose: str, length: int) -> bytes:
    """A sub-key of `key` for one purpose (HKDF with SM3)."""
    return HKDF(algorithm=hashes.SM3(), length=length, salt=None, info=purpose.encode()).derive(key)


class PersonalKeys:
    """What one data key can do: encrypt and open fields, and make the digests that look people up."""

    def __init__(self, data_key: bytes, key_id: int = 1) -> None:
        self.key_id = key_id
        self._field = algorithms.SM4(derive(data_key, "field", 16))
        self._lookup = hmac.HMAC(derive(data_key, "lookup", 32), hashes.SM3())
        self._journal = hmac.HMAC(derive(data_key, "journal", 32), hashes.SM3())
        self.pepper = derive(data_key, "pepper", 32)
        self._opened: dict[tuple[str, bytes], bytes] = {}

    def encrypt(self, place: str, value: str | bytes) -> bytes:
        """Encrypt for `place` (`table.column|row`)."""
        nonce = os.urandom(_NONCE)
        encryptor = Cipher(self._field, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(place.encode())
        body = encryptor.update(_bytes(value)) + encryptor.finalize()
        blob = bytes((SM4_GCM, self.key_id)) + nonce + body + encryptor.tag
        self._remember(place, blob, _bytes(value))
        return blob

    def open(self, place: str, blob: bytes) -> bytes:
        """The bytes that were encrypted for `place`; raises SealBroken."""
        plain = self._opened.get((place, blob))
        if plain is None:
            plain = self._decrypted(place, blob)
            self._remember(place, blob, plain)
        return plain

    def _remember(self, place: str, blob: bytes, plain: bytes) -> None:
        """Keep short fields that were opened: each act reads the same few again, and who can read this memory
        can read the key in it."""
        if len(blob) <= _SHORT:
            if len(self._opened) >= _KEPT:
                self._opened.clear()
            self._opened[place, blob] = plain

    def _decrypted(self, place: str, blob: bytes) -> bytes:
        if len(blob) < _HEADER + _NONCE + _TAG or blob[0] != SM4_GCM or blob[1] != self.key_id:
            raise SealBroken(place)
        nonce, tag = blob[_HEADER : _HEADER + _NONCE], blob[-_TAG:]
        decryptor = Cipher(self._field, modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(place.encode())
        try:
            return decryptor.update(blob[_HEADER + _NONCE : -_TAG]) + decryptor.finalize()
        except InvalidTag as error:
            raise SealBroken(place) from error

    def lookup(self, kind: str, value: str) -> str:
        """The digest under which a value (already compact) is found again, e.g. kind `phone`."""
        return _digest(self._lookup, f"{kind}|{value}".encode())[:32]

    def journal(self, place: str, value: str | bytes) -> str:
        """The digest that stands in the journal for a personal value at `place`."""
        return _digest(self._journal, place.encode() + b"|" + _bytes(value))[:32]


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()


def _digest(keyed: hmac.HMAC, data: bytes) -> str:
    running = keyed.copy()
    running.update(data)
    return running.finalize().hex()
