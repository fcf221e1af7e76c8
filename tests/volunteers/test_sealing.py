"""Numbers of papers lie sealed: another row, another key and a changed byte do not open them."""

import pytest
from django.test import override_settings

from accounts.sealing import Sealed, seal, unseal


def test_what_is_sealed_opens_again() -> None:
    assert unseal(seal("77-4417", "outcome:1"), "outcome:1") == "77-4417"
    assert (seal("", "outcome:1"), unseal(b"", "outcome:1")) == (b"", "")


def test_the_same_number_never_looks_the_same() -> None:
    assert seal("77-4417", "outcome:1") != seal("77-4417", "outcome:1")
    assert b"4417" not in seal("77-4417", "outcome:1")


@pytest.mark.parametrize("about", ["outcome:2", ""])
def test_copied_into_another_row_it_does_not_open(about: str) -> None:
    with pytest.raises(Sealed):
        unseal(seal("77-4417", "outcome:1"), about)


@pytest.mark.parametrize("broken", [b"x", b"x" * 40])
def test_what_was_changed_does_not_open(broken: bytes) -> None:
    with pytest.raises(Sealed):
        unseal(broken, "outcome:1")


def test_an_older_key_still_opens() -> None:
    sealed = seal("77-4417", "outcome:1")
    with override_settings(SECRET_KEY="newer", SECRET_KEY_FALLBACKS=["test"]):
        assert unseal(sealed, "outcome:1") == "77-4417"
    with override_settings(SECRET_KEY="newer"), pytest.raises(Sealed):
        unseal(sealed, "outcome:1")
