"""The slots: two wrapped copies of the store's key, so that either of two secrets opens the store.

The store key is random and never changes with a passphrase. It is wrapped (AES-256-GCM) once under a key
made from the passphrase by Argon2id and once under a key made from a random recovery key by HKDF-SHA256,
which suffices because that one cannot be guessed. What the sealing covers besides the key itself: the
store's id, the kind of slot and its parameters, so that no slot can be moved or weakened unnoticed.

The slots stand in a small JSON file beside the store and travel inside every backup. While the store's
own key is being changed the file holds the old one and the new one; otherwise one.
"""

import base64
import binascii
import json
import os
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from supervise.errors import StoreIsDamaged, WrongPassphrase
from supervise.store.files import write_safely

VERSION = 1
KEY_BYTES = 32
RECOVERY_BYTES = 20
_NONCE_BYTES = 12

#: Argon2id for new slots: 128 MiB, a quarter of a second on a small machine (RFC 9106 asks for 64 MiB).
ARGON2: Mapping[str, int] = {"memory_kib": 128 * 1024, "iterations": 3, "lanes": 4}

#: What a file may ask of us: outside of this it is not one that we wrote.
_RANGES = {"memory_kib": (64 * 1024, 4 * 1024 * 1024), "iterations": (1, 100), "lanes": (1, 64)}

#: What people write for letters that base32 has, where it has no such figure.
_MISREAD = str.maketrans({"0": "O", "1": "I", "8": "B"})


class Slot(NamedTuple):
    """One wrapped copy: `kind` is passphrase or recovery, `parameters` what else its wrapping key is
    made from, `sealed` the nonce and the ciphertext."""

    kind: str
    parameters: dict[str, Any]
    sealed: bytes


class Slots(NamedTuple):
    """The slots of one key; `key_id` names it without telling anything of it."""

    key_id: str
    passphrase: Slot
    recovery: Slot


class SlotsFile(NamedTuple):
    """What the file holds: the id of its store and, newest last, the slots of its keys."""

    store_id: str
    keys: tuple[Slots, ...]


def new_key() -> bytes:
    """A fresh store key."""
    return os.urandom(KEY_BYTES)


def new_recovery_key() -> str:
    """A fresh recovery key as it is printed: eight groups of four letters and figures."""
    text = base64.b32encode(os.urandom(RECOVERY_BYTES)).decode()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def read_recovery_key(typed: str) -> bytes | None:
    """The recovery key that somebody typed, whatever the case, spaces and dashes, with 0, 1 and 8 taken
    for O, I and B; None if it cannot be one."""
    text = "".join(character for character in typed.upper() if character.isalnum()).translate(_MISREAD)
    try:
        read = base64.b32decode(text)
    except (binascii.Error, ValueError):
        return None
    return read if len(read) == RECOVERY_BYTES else None


def wrap(
    key: bytes, passphrase: str, recovery_key: str, store_id: str, argon2: Mapping[str, int] = ARGON2
) -> Slots:
    """The slots of a key under both secrets. ValueError if the recovery key cannot be one."""
    recovery = read_recovery_key(recovery_key)
    if recovery is None:
        raise ValueError("that is no recovery key")
    key_id = os.urandom(8).hex()
    salt = {"salt": _text(os.urandom(16))}
    return Slots(
        key_id,
        _passphrase_slot(key, passphrase, store_id, key_id, argon2),
        _seal(key, _hkdf(recovery, salt), "recovery", salt, store_id, key_id),
    )


def rewrap(file: SlotsFile, secret: str, passphrase: str) -> SlotsFile:
    """The same keys and recovery keys under a new passphrase. WrongPassphrase if the secret opens none;
    a key that it does not open keeps its slots."""
    opened = dict(unwrapped(file, secret))
    return file._replace(
        keys=tuple(
            slots._replace(passphrase=_passphrase_slot(key, passphrase, file.store_id, slots.key_id))
            if (key := opened.get(slots.key_id)) is not None
            else slots
            for slots in file.keys
        ),
    )


def unwrap(file: SlotsFile, secret: str) -> list[bytes]:
    """The keys that the secret opens, newest first. WrongPassphrase if it opens none."""
    return [key for _, key in unwrapped(file, secret)]


def unwrapped(file: SlotsFile, secret: str) -> list[tuple[str, bytes]]:
    """The same with their ids. What looks like a recovery key is tried as one first; it may still be somebody's
    passphrase."""
    newest_first = file.keys[::-1]
    found = list(_by_recovery(file.store_id, newest_first, secret))
    found = found or list(_by_passphrase(file.store_id, newest_first, secret))
    if not found:
        raise WrongPassphrase("That is neither the passphrase nor the recovery key of this store.")
    return found


def _by_recovery(store_id: str, keys: tuple[Slots, ...], secret: str) -> Iterator[tuple[str, bytes]]:
    recovery = read_recovery_key(secret)
    if recovery is None:
        return
    for slots in keys:
        key = _open(slots.recovery, _hkdf(recovery, slots.recovery.parameters), store_id, slots.key_id)
        if key is not None:
            yield slots.key_id, key


def _by_passphrase(store_id: str, keys: tuple[Slots, ...], secret: str) -> Iterator[tuple[str, bytes]]:
    for slots in keys:
        key = _open(
            slots.passphrase, _argon2(secret, slots.passphrase.parameters), store_id, slots.key_id
        )
        if key is not None:
            yield slots.key_id, key


def _passphrase_slot(
    key: bytes, passphrase: str, store_id: str, key_id: str, argon2: Mapping[str, int] = ARGON2
) -> Slot:
    parameters = {**argon2, "salt": _text(os.urandom(16))}
    return _seal(key, _argon2(passphrase, parameters), "passphrase", parameters, store_id, key_id)


def _argon2(passphrase: str, parameters: dict[str, Any]) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    text = unicodedata.normalize("NFKC", passphrase)  # the same keys on another keyboard or system
    return Argon2id(
        salt=_bytes(parameters["salt"]), length=KEY_BYTES, iterations=parameters["iterations"],
        lanes=parameters["lanes"], memory_cost=parameters["memory_kib"],
    ).derive(text.encode())  # fmt: skip


def _hkdf(recovery: bytes, parameters: dict[str, Any]) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    salt = _bytes(parameters["salt"])
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=b"supervise recovery").derive(
        recovery
    )


def _bound(kind: str, parameters: dict[str, Any], store_id: str, key_id: str) -> bytes:
    """What a slot's sealing covers besides the key."""
    return json.dumps([VERSION, store_id, key_id, kind, parameters], sort_keys=True).encode()


def _seal(
    key: bytes, wrapping: bytes, kind: str, parameters: dict[str, Any], store_id: str, key_id: str
) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    bound = _bound(kind, parameters, store_id, key_id)
    return Slot(kind, parameters, nonce + AESGCM(wrapping).encrypt(nonce, key, bound))


def _open(slot: Slot, wrapping: bytes, store_id: str, key_id: str) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, sealed = slot.sealed[:_NONCE_BYTES], slot.sealed[_NONCE_BYTES:]
    try:
        return AESGCM(wrapping).decrypt(
            nonce, sealed, _bound(slot.kind, slot.parameters, store_id, key_id)
        )
    except InvalidTag:
        return None


def write(path: Path, file: SlotsFile) -> None:
    """Puts the slots in their file. OSError if that fails; the old file is then still there."""
    said = {
        "version": VERSION,
        "store": file.store_id,
        "keys": [_slots_said(slots) for slots in file.keys],
    }
    write_safely(path, (json.dumps(said, indent=2) + "\n").encode())


def read(path: Path) -> SlotsFile:
    """The slots in that file. StoreIsDamaged if it is missing or does not make sense."""
    try:
        return parse(path.read_bytes())
    except FileNotFoundError as error:
        raise _damaged(f"The keys of the store are missing ({path.name}).") from error


def parse(content: bytes) -> SlotsFile:
    """The slots that such a file holds. StoreIsDamaged if it does not make sense."""
    try:
        said = json.loads(content)
        if said["version"] != VERSION or not said["keys"]:
            raise ValueError("another version, or no key")
        return SlotsFile(str(said["store"]), tuple(_slots_heard(slots) for slots in said["keys"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(
            "The keys of the store do not make sense: the file that holds them is damaged."
        ) from error


def _damaged(sentence: str) -> StoreIsDamaged:
    return StoreIsDamaged(
        sentence,
        "Put the keys back from a backup: each backup carries a copy. “supervise restore” does it.",
    )


def _slots_said(slots: Slots) -> dict[str, Any]:
    def said(slot: Slot) -> dict[str, Any]:
        return {**slot.parameters, "sealed": _text(slot.sealed)}

    return {
        "key_id": slots.key_id,
        "passphrase": said(slots.passphrase),
        "recovery": said(slots.recovery),
    }


def _slots_heard(said: dict[str, Any]) -> Slots:
    def heard(kind: str, parameters: tuple[str, ...]) -> Slot:
        slot = said[kind]
        _bytes(slot["salt"])
        return Slot(kind, {name: slot[name] for name in parameters}, _bytes(slot["sealed"]))

    passphrase = heard("passphrase", (*_RANGES, "salt"))
    for name, (low, high) in _RANGES.items():
        if not low <= passphrase.parameters[name] <= high:
            raise ValueError(f"{name} out of range")
    return Slots(str(said["key_id"]), passphrase, heard("recovery", ("salt",)))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
