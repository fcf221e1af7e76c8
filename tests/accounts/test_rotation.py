"""Keys turn: everything is sealed anew, the old key goes, and everything still reads."""

import base64
import json
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.core.management import call_command
from django.db import models

from accounts import rotation, sealing
from accounts.checks import indexes_have_a_key_of_their_own
from accounts.mfa import SealedSecrets
from accounts.sealing import Sealed, seal, unseal
from casework.models import Entry
from tests import factories as make
from tests.accounts.sealed import many, number_of, numbers
from volunteers.models import Outcome
from volunteers.models.sealed import NUMBER

OLD, NEW = "the-old-secret-of-the-ring", "the-new-secret-of-the-ring"
COLUMN = "volunteers_outcome.number_sealed"


def run(*flags: str) -> dict[str, Any]:
    out = StringIO()
    call_command("rotate_keys", "--json", *flags, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.fixture
def old(settings: Any) -> Any:
    settings.OPEN_DOORS_KEYS = [OLD]
    return settings


def test_every_sealed_column_is_known_to_the_rotation() -> None:
    sealed = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.BinaryField) and field.name.endswith("_sealed")
    }
    declared = {str(column) for column in sealing.COLUMNS if not column.inside}
    assert sealed == declared
    assert COLUMN in declared


@pytest.mark.django_db
def test_two_hundred_numbers_turn_and_the_old_key_may_go(old: Any) -> None:
    rows = many(200)
    old.OPEN_DOORS_KEYS = [NEW, OLD]
    assert run("--dry-run")["columns"][COLUMN] == {"resealed": 0, "left": 200, "closed": 0}
    done = run()
    assert done["key"] == sealing.key_id(NEW)
    assert done["columns"][COLUMN] == {"resealed": 200, "left": 0, "closed": 0}
    old.OPEN_DOORS_KEYS = [NEW]
    assert numbers(rows) == {row: number_of(row) for row in rows}


@pytest.mark.django_db
def test_a_second_run_finds_nothing_to_do(old: Any) -> None:
    many(3)
    old.OPEN_DOORS_KEYS = [NEW, OLD]
    run()
    before = dict(Outcome.objects.values_list("pk", "number_sealed"))
    assert run()["columns"][COLUMN] == {"resealed": 0, "left": 0, "closed": 0}
    assert dict(Outcome.objects.values_list("pk", "number_sealed")) == before
    assert Entry.objects.filter(action="keys.rotated").count() == 1


@pytest.mark.django_db
def test_it_goes_on_where_it_was_interrupted(old: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    many(30)
    old.OPEN_DOORS_KEYS = [NEW, OLD]
    batches = iter(rotation._batches(NUMBER, 10))
    next(batches)
    batches.close()  # type: ignore[attr-defined]  # it is a generator
    assert run("--dry-run")["columns"][COLUMN]["left"] == 20
    assert run()["columns"][COLUMN] == {"resealed": 20, "left": 0, "closed": 0}


@pytest.mark.django_db
def test_what_no_key_opens_is_counted_and_left_and_the_rest_goes_on(old: Any) -> None:
    rows = many(5)
    Outcome.objects.filter(pk=rows[2]).update(number_sealed=NUMBER.seal("77", rows[1]))
    old.OPEN_DOORS_KEYS = [NEW, OLD]
    with pytest.raises(SystemExit):
        run()
    assert rotation.rotate()[-1:] != []
    found = {one.column: one for one in rotation.rotate()}[COLUMN]
    assert (found.resealed, found.left, found.closed) == (0, 1, 1)


@pytest.mark.django_db
def test_numbers_sealed_before_there_were_key_ids_open_and_turn(old: Any) -> None:
    row = many(1)[0]
    nonce = b"0" * 12
    cipher = AESGCM(sealing._derived(old.SECRET_KEY, "open-doors sealed numbers", 32))
    text = number_of(row).encode()
    earlier = nonce + cipher.encrypt(nonce, text, f"outcome:{row}".encode())
    Outcome.objects.filter(pk=row).update(number_sealed=earlier)
    assert numbers([row]) == {row: number_of(row)}
    run()
    assert numbers([row]) == {row: number_of(row)}
    kept = bytes(Outcome.objects.get(pk=row).number_sealed)
    assert kept.startswith(sealing.newest_head())


@pytest.mark.django_db
def test_seeds_of_the_second_factor_turn_too(old: Any) -> None:
    person = make.person()
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    old.OPEN_DOORS_KEYS = [NEW, OLD]
    assert run()["columns"]["mfa_authenticator.data.secret"]["resealed"] == 1
    old.OPEN_DOORS_KEYS = [NEW]
    kept = Authenticator.objects.get(user=person).data["secret"]
    assert base64.b64decode(kept).startswith(sealing.newest_head())
    assert SealedSecrets().decrypt(kept) == "JBSWY3DPEHPK3PXP"


@pytest.mark.parametrize("about", ["volunteers_outcome:number_sealed:2", "outcome:1", ""])
def test_another_place_does_not_open_it(old: Any, about: str) -> None:
    with pytest.raises(Sealed):
        unseal(NUMBER.seal("77-4417", 1), about)


def test_another_key_id_does_not_open_it(old: Any) -> None:
    old.OPEN_DOORS_KEYS = [NEW, OLD]
    sealed = seal("77-4417", "outcome:1")
    other = sealing.head_of(OLD) + sealed[sealing.HEAD :]
    with pytest.raises(Sealed):
        unseal(other, "outcome:1")
    old.OPEN_DOORS_KEYS = [OLD]
    with pytest.raises(Sealed):
        unseal(sealed, "outcome:1")


def test_the_products_secret_may_change_while_the_old_one_stands_in_the_ring(old: Any) -> None:
    nonce = b"0" * 12
    cipher = AESGCM(sealing._derived(old.SECRET_KEY, "open-doors sealed numbers", 32))
    earlier = nonce + cipher.encrypt(nonce, b"77-4417", b"outcome:1")
    old.OPEN_DOORS_KEYS, old.SECRET_KEY = [NEW, old.SECRET_KEY], "another"
    assert NUMBER.unseal(earlier, 1) == "77-4417"


def test_a_deployment_is_warned_when_indexes_have_no_key_of_their_own(settings: Any) -> None:
    settings.OPEN_DOORS_INDEX_KEY = ""
    assert [one.id for one in indexes_have_a_key_of_their_own()] == ["accounts.W001"]
    settings.OPEN_DOORS_INDEX_KEY = "of-indexes"
    assert indexes_have_a_key_of_their_own() == []


def test_the_key_of_an_index_is_its_columns_own_and_stays_when_the_ring_turns(old: Any) -> None:
    old.OPEN_DOORS_INDEX_KEY = "of-indexes"
    first = sealing.index_key("bar:name")
    assert first != sealing.index_key("bar:mail")
    old.OPEN_DOORS_KEYS = [NEW, OLD]
    assert sealing.index_key("bar:name") == first
    assert len(first) == 32
