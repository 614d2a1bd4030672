"""Passphrases: how hard one is to guess, in words that help to choose a better one; and remembering one.

The guessing is zxcvbn's: it counts how many guesses somebody would need who knows dictionaries, lists of
stolen passwords, keyboards and calendars. The words are ours. What it is asked about is cut, because it
takes no more than 72 characters and can be slow well before that; the passphrase itself is never cut, and a
longer one is at least as strong as its beginning.
"""

import re
import unicodedata
from collections.abc import Iterable, Set
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from supervise.errors import NotAllowed

LEAST_CHARACTERS = 12
LEAST_SCORE = 3
"""What a real store asks for: 12 characters, and a score of 3, which is at least 100 million guesses. Each
guess costs whoever stole the laptop what it costs us, a quarter of a second and 128 MiB (`store.keys`).
Three or four words that have nothing to do with each other reach it; no mixture of signs is asked for.
Four words are not enough by being four: the same one four times is one."""

_ASKED = 40
"""How much of a passphrase is judged; more would make somebody wait for a figure that no longer matters."""

_WORDS = (
    "Very easy to guess",
    "Easy to guess",
    "Still too easy to guess",
    "Strong enough",
    "Strong",
)  # fmt: skip
_TOO_SHORT = "Too short"
_BETWEEN = re.compile(r"[\s\-_.,;:/]+")

#: Words that anybody would try on a store of this program.
_EXPECTED = (
    "supervise", "supervision", "supervisor", "social", "worker", "work", "children", "child", "services",
    "council", "county", "team", "manager", "safeguarding", "practice", "norfolk",
)  # fmt: skip

_KEYRING_NAME = "Supervise"
_LONGEST_REMEMBERED = 1000
"""Longer ones would not go into the credentials of Windows, which take 2,560 bytes."""

_ANOTHER_WORD = "Add another word or two, the less expected the better."

#: What to do about the largest piece that is easy to guess, by what kind of piece it is.
_NEXT = {
    "dictionary": _ANOTHER_WORD,
    "passwords": "Part of it is among the passwords that are tried first. Choose words of your own.",
    "user_inputs": "Words from your own work are tried early. Add one that has nothing to do with it.",
    "names": "Names are tried early. Add a word or two that are not names.",
    "spatial": "Rows of keys are tried early. Use words instead.",
    "repeat": "Repeating something adds little. Add a different word.",
    "sequence": "Runs such as abc or 6543 add little. Add a word instead.",
    "date": "Dates and years are tried early. Add a word or two.",
    "regex": "Dates and years are tried early. Add a word or two.",
    "bruteforce": _ANOTHER_WORD,
}


class Strength(NamedTuple):
    """How strong a passphrase is: `score` from 0 to 4, the same in a few `words`, whether it `is_enough` for
    a real store, and `next_step`, a sentence on what would make it stronger ("" if nothing need be said)."""

    score: int
    words: str
    is_enough: bool
    next_step: str


def strength(passphrase: str, own_words: Iterable[str] = ()) -> Strength:
    """How strong it is against somebody who knows `own_words` too: the login name, the service, the team."""
    text = unicodedata.normalize("NFKC", passphrase)  # as the keys are made from it
    missing = LEAST_CHARACTERS - len(text)
    if not text.strip():
        return Strength(
            score=0, words=_TOO_SHORT, is_enough=False,
            next_step="Three or four words that have nothing to do with each other are a good beginning.",
        )  # fmt: skip
    score, piece = _guessed(text, own_words)
    if missing > 0:
        more = "1 more character" if missing == 1 else f"{missing} more characters"
        return Strength(
            score=min(score, LEAST_SCORE - 1), words=_TOO_SHORT, is_enough=False,
            next_step=f"It needs at least {more}: another word would do.",
        )  # fmt: skip
    if score >= LEAST_SCORE:
        step = "" if score > LEAST_SCORE else "One more word would make it stronger still."
        return Strength(score=score, words=_WORDS[score], is_enough=True, next_step=step)
    return Strength(score=score, words=_WORDS[score], is_enough=False, next_step=_NEXT[piece])


def refuse_weak(passphrase: str, own_words: Iterable[str] = ()) -> None:
    """NotAllowed, with the next step, if a real store should not be given that passphrase."""
    found = strength(passphrase, own_words)
    if not found.is_enough:
        raise NotAllowed(f"That passphrase is {found.words.lower()}.", found.next_step)


def _guessed(text: str, own_words: Iterable[str]) -> tuple[int, str]:
    """The score, and what kind the largest piece is of those that make it easy."""
    from zxcvbn import zxcvbn

    expected = {word for each in own_words for word in re.findall(r"\w{3,}", each.lower())}
    expected.update(_EXPECTED)
    asked = _what_counts(text, expected)[:_ASKED]
    if not asked:
        return 0, "user_inputs"
    told = zxcvbn(asked, sorted(expected))
    largest = max(
        told["sequence"], key=lambda piece: (piece["pattern"] != "bruteforce", len(piece["token"]))
    )
    return int(told["score"]), _kind(largest)


def _what_counts(text: str, expected: Set[str]) -> str:
    """The text without words that begin as expected, words it has already, and what stands between words:
    zxcvbn takes each of these for a piece of its own that nobody would think of."""
    longest_first = sorted(map(re.escape, expected), key=len, reverse=True)
    begins = re.compile(f"(?:{'|'.join(longest_first)})*", re.IGNORECASE)
    words = (begins.sub("", word, count=1) for word in _BETWEEN.split(text))
    return "".join({word.lower(): word for word in words}.values())


def _kind(piece: dict[str, Any]) -> str:
    """Of what kind a piece is, by zxcvbn's names for patterns and dictionaries."""
    if piece["pattern"] != "dictionary":
        return str(piece["pattern"])
    name = str(piece["dictionary_name"])
    if "names" in name:
        return "names"
    return name if name in _NEXT else "dictionary"


NO_KEYRING = (
    "This computer has no place for passphrases that can be relied on, so it is not remembered. "
    "It will be asked for each time."
)
"""What to say when `remember` could not."""


def remember(store: Path, passphrase: str) -> bool:
    """Remembers the passphrase in the system's keyring; False if there is none to rely on (a plain file is
    not), or it would not take it: then nothing is remembered, and `NO_KEYRING` says so."""
    import keyring
    from keyring.core import recommended
    from keyring.errors import KeyringError

    if len(passphrase) > _LONGEST_REMEMBERED or not recommended(keyring.get_keyring()):
        return False
    try:
        keyring.set_password(_KEYRING_NAME, _user(store), passphrase)
    except KeyringError:
        return False
    return remembered(store) == passphrase


def remembered(store: Path) -> str | None:
    """What the system's keyring remembers for the store at that path; None where there is no keyring."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_KEYRING_NAME, _user(store))
    except KeyringError:
        return None


def forget(store: Path) -> bool:
    """Makes the keyring forget it; False if it is locked or would not, so that it may still know it."""
    import keyring
    from keyring.errors import KeyringError, NoKeyringError, PasswordDeleteError

    try:
        with suppress(PasswordDeleteError):  # which is also raised where there is nothing to forget
            keyring.delete_password(_KEYRING_NAME, _user(store))
        return keyring.get_password(_KEYRING_NAME, _user(store)) is None
    except NoKeyringError:
        return True
    except KeyringError:
        return False


def _user(store: Path) -> str:
    return str(store.resolve())
