"""Known again under every spelling, and nobody honest taken for somebody else."""

import unicodedata
from dataclasses import replace

import pytest
from django.test import override_settings

from accounts.blind import EMAIL, NAME, PHONE, BlindIndex, Identity, folded_email, folded_phones
from tests.accounts.spellings import BORN, honest, people, spellings

BARRED = 100


def alike(one: Identity, other: Identity) -> set[str]:
    index = BlindIndex()
    return {kind for kind, _digest in index.kept(one) & index.sought(other)}


@pytest.mark.parametrize("who", people(), ids=lambda who: who.family_name)
def test_every_spelling_of_a_name_is_known_again(who: Identity) -> None:
    index = BlindIndex()
    kept = index.kept(who)
    missed = [one for one in spellings(who) if not kept & index.sought(one)]
    assert [(one.family_name, one.given_name, one.patronymic) for one in missed] == []


def test_whoever_was_barred_under_such_a_spelling_is_known_under_the_plain_one() -> None:
    index = BlindIndex()
    missed = [
        written
        for who in people()
        for written in spellings(who)
        if not index.kept(written) & index.sought(who)
    ]
    assert missed == []


def test_there_are_more_than_three_hundred_spellings() -> None:
    written = {
        (one.family_name, one.given_name, one.patronymic)
        for who in people()
        for one in spellings(who)
    }
    assert len(written) > 400


def test_a_name_in_latin_letters_throughout_is_known_as_it_sounds() -> None:
    yuliya = Identity("Смыслова", "Юлия", "Андреевна", BORN)
    for written in (("Smyslova", "Yuliya"), ("IULIIA", "SMYSLOVA")):
        assert alike(yuliya, Identity(*written, "", BORN)) == {NAME}
    assert alike(yuliya, Identity("Smyslova", "Uliana", "", BORN)) == set()


def wrong(number: int) -> tuple[int, int]:
    """Honest people who are taken for one of a hundred barred, and how many were compared."""
    index = BlindIndex()
    kept = {mark for who in honest(BARRED, seed=1984) for mark in index.kept(who)}
    taken = [one for one in honest(number) if kept & index.sought(one)]
    return len(taken), number


def test_nobody_honest_of_two_thousand_is_taken_for_somebody_barred() -> None:
    assert wrong(2_000) == (0, 2_000)


@pytest.mark.drill
def test_hardly_anybody_of_twenty_thousand_is() -> None:
    taken, compared = wrong(20_000)
    assert taken / compared <= 0.0001


def test_twins_are_told_apart() -> None:
    ivan = Identity("Иванов", "Иван", "Сергеевич", BORN)
    assert alike(ivan, replace(ivan, given_name="Пётр")) == set()


def test_a_namesake_of_another_day_is_nobody() -> None:
    anna = Identity("Иванова", "Анна", "Петровна", BORN)
    assert alike(anna, replace(anna, born_on=BORN.replace(day=18))) == set()
    assert alike(anna, replace(anna, born_on=None)) == set()


@pytest.mark.parametrize(
    ("written", "mailbox"),
    [
        ("Anna@Example.org", "anna@example.org"),
        ("an.na+help@gmail.com", "anna@gmail.com"),
        ("anna@googlemail.com", "anna@gmail.com"),
        ("an.na@example.org", "an.na@example.org"),
        ("an.na@ya.ru", "an-na@yandex.ru"),
        ("an-na@yandex.com", "an-na@yandex.ru"),
        ("anna+1@mail.ru", "anna@mail.ru"),
        ("ａnna@example.org", "anna@example.org"),
        ("no address", ""),
    ],
)
def test_addresses_of_one_mailbox_are_one(written: str, mailbox: str) -> None:
    assert folded_email(written) == mailbox


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("+7 (916) 123-45-67", ["9161234567"]),
        ("89161234567", ["9161234567"]),
        ("916 123 45 67", ["9161234567"]),
        ("8-916-123-45-67 доб. 15", ["9161234567"]),
        ("8 916 1234567, 8 495 7654321", ["9161234567", "4957654321"]),
        ("звонить Пете", []),
        ("112", []),
        ("", []),
    ],
)
def test_numbers_of_one_telephone_are_one(written: str, numbers: list[str]) -> None:
    assert folded_phones(written) == numbers


def test_nothing_said_of_oneself_marks_nothing() -> None:
    index = BlindIndex()
    assert index.kept(Identity()) == index.sought(Identity(born_on=BORN)) == frozenset()


def test_without_the_key_nothing_can_be_tried_out() -> None:
    who = Identity("Иванова", "Анна", "", BORN, "anna@example.org", "8 916 1234567")
    ours = BlindIndex().kept(who)
    with override_settings(OPEN_DOORS_INDEX_KEY="another key of this test, long enough for it"):
        theirs = BlindIndex().kept(who)
    assert {kind for kind, _digest in ours} == {NAME, EMAIL, PHONE}
    assert not ours & theirs


@pytest.mark.parametrize("text", ["\x00", "\ud800", "🙂" * 50, "а" * 10_000, "־־", "\u202e"])
def test_no_text_is_too_strange(text: str) -> None:
    who = Identity(text, text, text, BORN, text, text)
    if any(unicodedata.category(char) == "Cs" for char in text):
        who = replace(who, email="", phone="")
    BlindIndex().sought(who)
