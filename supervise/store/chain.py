"""The chain: what makes the history a thing that can be checked against a piece of paper.

Each payload of a change has a digest, SHA-256(nonce || body). A change's link is

    SHA-256(previous link || metadata || SHA-256(all its digests in order))

so it covers every payload without holding one: a payload deleted by law takes its words and its nonce
along, while its digest, which says nothing of them, still carries the chain. The metadata have no words or
names in them.
"""

import json
import os
from collections.abc import Sequence
from typing import Any, NamedTuple

SIZE = 32
"""Bytes of a digest, a link and a nonce."""

START = bytes(SIZE)
"""The link before the first."""


class Metadata(NamedTuple):
    """What a change's link says of it in the clear; `undoes` is a JSON list of numbers, or None."""

    number: int
    at: str
    day: str
    kind: str
    undoes: str | None


def canonical(value: Any) -> str:
    """The one JSON text of a value: keys sorted, no spaces, characters as themselves."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def nonces(count: int) -> list[bytes]:
    """So many fresh random nonces."""
    random = os.urandom(SIZE * count)
    return [random[at : at + SIZE] for at in range(0, SIZE * count, SIZE)]


def _sha256(data: bytes) -> bytes:
    from hashlib import sha256  # late: what is only read needs none

    return sha256(data).digest()


def digest(nonce: bytes, body: str) -> bytes:
    """The digest of one payload."""
    return _sha256(nonce + body.encode())


def link(previous: bytes, metadata: Metadata, digests: bytes) -> bytes:
    """The link of a change whose payloads have these digests, joined in order."""
    said = canonical(list(metadata)).encode()
    return _sha256(previous + said + _sha256(digests))


def split(digests: bytes) -> Sequence[bytes]:
    """The single digests."""
    return [digests[at : at + SIZE] for at in range(0, len(digests), SIZE)]
