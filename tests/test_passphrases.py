"""How strong a passphrase is said to be, and what the keyring is trusted with."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError, PasswordSetError

from supervise.errors import NotAllowed
from supervise.passphrases import (
    LEAST_CHARACTERS,
    LEAST_SCORE,
    forget,
    refuse_weak,
    remember,
    remembered,
    strength,
)

# --- How strong


@pytest.mark.parametrize(
    "passphrase",
    ["correct horse battery staple", "coffee train fish", "my three cats sleep late", "Qx9#vT2!mLp4"],
)
def test_a_few_unrelated_words_or_a_random_row_are_enough(passphrase: str) -> None:
    assert strength(passphrase).is_enough
    refuse_weak(passphrase)


@pytest.mark.parametrize(
    ("passphrase", "step"),
    [
        ("", "Three or four words that have nothing to do with each other are a good beginning."),
        ("      ", "Three or four words that have nothing to do with each other are a good beginning."),
        ("kettle fog", "It needs at least 2 more characters: another word would do."),
        ("kettle fogs", "It needs at least 1 more character: another word would do."),
        ("Password123!", "Part of it is among the passwords that are tried first."),
        ("14031987norwich", "Dates and years are tried early."),
        ("aaaaaaaaaaaaaaaa", "Repeating something adds little."),
        ("abcdefghijklmnop", "Runs such as abc or 6543 add little."),
        ("margaret thatcher", "Names are tried early."),
        ("Supervision2019!", "Dates and years are tried early."),
        ("Rose Okafor, Team Manager", "Words from your own work are tried early."),
        ("the the the the the", "Add another word or two"),
    ],
)
def test_what_is_easy_to_guess_is_not_enough_and_the_next_step_says_why(
    passphrase: str, step: str
) -> None:
    found = strength(passphrase, ["Rose Okafor"])
    assert found.score < LEAST_SCORE
    assert not found.is_enough
    assert found.next_step.startswith(step)
    with pytest.raises(NotAllowed) as refused:
        refuse_weak(passphrase, ["Rose Okafor"])
    assert refused.value.sentence == f"That passphrase is {found.words.lower()}."
    assert refused.value.remedy == found.next_step


def test_the_service_s_own_words_count_for_nothing_once_they_are_known() -> None:
    said = "Northmere Assessment Brightwell"
    assert strength(said).is_enough
    assert strength(said, ["Northmere", "Assessment A", "Ada Brightwell"]).score == 0


@given(st.text(max_size=200))
@settings(max_examples=80, deadline=None)
def test_any_text_has_a_strength_and_only_a_strong_one_nothing_to_add(text: str) -> None:
    found = strength(text)
    assert found.is_enough == (found.score >= LEAST_SCORE)
    assert (found.next_step == "") == (found.score == 4)
    assert found.words


@given(st.text(max_size=LEAST_CHARACTERS - 1).filter(lambda text: text.isascii()))
@settings(max_examples=40, deadline=None)
def test_a_short_one_is_never_enough(text: str) -> None:
    assert not strength(text).is_enough


def test_a_very_long_one_is_judged_by_its_beginning_and_soon() -> None:
    began = time.perf_counter()
    assert strength("correct horse battery staple " + "4@8({[<63!1|0$5+7%2 " * 50_000).is_enough
    assert not strength("a" * 1_000_000 + " correct horse battery").is_enough
    assert time.perf_counter() - began < 5


def test_the_same_letters_on_another_keyboard_are_the_same_passphrase() -> None:
    assert strength("ﬁne ﬁsh ﬂoat Ångström") == strength("fine fish float A\u030angstro\u0308m")


# --- Remembered


class Ring(KeyringBackend):
    """A keyring in memory, as good or bad as a test wants it."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = self.is_full = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.is_full:
            raise PasswordSetError
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.is_locked or (service, username) not in self.kept:
            raise PasswordDeleteError
        del self.kept[service, username]


class PlainFile(Ring):
    """One that keeps passphrases where anybody can read them; keyring does not recommend such."""

    priority = 0.5


@pytest.fixture
def ring() -> Iterator[Ring]:
    before = keyring.get_keyring()
    ring = Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_what_is_remembered_is_of_one_store_and_can_be_forgotten(ring: Ring, tmp_path: Path) -> None:
    one, other = tmp_path / "a.store", tmp_path / "b.store"
    assert remembered(one) is None
    assert remember(one, "tŷ bach twt")
    assert list(ring.kept) == [("Supervise", str(one.resolve()))]
    assert remembered(one) == "tŷ bach twt"
    assert remembered(other) is None
    assert forget(one)
    assert forget(other)
    assert remembered(one) is None


def test_a_keyring_that_will_not_take_it_or_is_locked_is_told_by_a_no(
    ring: Ring, tmp_path: Path
) -> None:
    store = tmp_path / "a.store"
    assert not remember(store, "x" * 1001)
    ring.is_full = True
    assert not remember(store, "secret")
    ring.is_full = False
    assert remember(store, "secret")
    ring.is_locked = True
    assert remembered(store) is None
    assert not forget(store)
    ring.is_locked = False
    assert remembered(store) == "secret"


def test_a_passphrase_never_goes_into_a_plain_file(tmp_path: Path) -> None:
    before = keyring.get_keyring()
    plain = PlainFile()
    keyring.set_keyring(plain)
    try:
        assert not remember(tmp_path / "a.store", "secret")
        assert plain.kept == {}
    finally:
        keyring.set_keyring(before)


def test_where_there_is_no_keyring_nothing_is_remembered(tmp_path: Path) -> None:
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        assert not remember(tmp_path / "a.store", "secret")
        assert remembered(tmp_path / "a.store") is None
        assert forget(tmp_path / "a.store")
    finally:
        keyring.set_keyring(before)
