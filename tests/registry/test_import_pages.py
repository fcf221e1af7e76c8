"""Importing in the browser: a registrar uploads, looks, writes and follows."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.memberships import grant
from accounts.models import Organisation, User
from registry import tasks
from registry.models import ImportBatch, Institution
from tests.registry.world import INSTITUTIONS, as_csv, institution_line, words

pytestmark = pytest.mark.django_db
PAGE = "/register/import/"


def member(email: str, role: str, ref: str = "dtszn", kind: str = "department") -> User:
    person = User.objects.create_user(email)
    organisation, _ = Organisation.objects.get_or_create(
        ref=ref, defaults={"kind": kind, "name": ref, "short_name": ref}
    )
    grant(person, organisation, role, on=date(2020, 1, 1), by=None)
    return person


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0.0}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


@pytest.fixture
def registrar() -> Client:
    return signed_in(member("registrar@example.org", "registrar"))


def upload(client: Client, content: bytes, name: str = "реестр.csv") -> Any:
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content)})


GOOD = as_csv(INSTITUTIONS, institution_line(1), institution_line(2, **{"ИНН": "1"}))


def test_registrar_uploads_looks_writes_and_sees_what_happened(registrar: Client) -> None:
    answer = upload(registrar, GOOD)
    where = answer.headers["Location"]
    page = words(registrar.get(where))
    assert "В файле 2 строки. Пока ничего не записано" in page
    assert "реестр.csv, № 2" in page
    assert "Центр «Дом 2»" in page
    assert "ИНН «1» неверен" in page
    assert Institution.objects.count() == 0
    assert registrar.post(f"{where}apply/").headers["Location"] == where
    waiting = registrar.get(where)
    assert waiting.headers["Refresh"] == "2"
    assert "<progress" in waiting.content.decode()
    tasks.apply_import(batch_id=ImportBatch.objects.get().pk)
    done = registrar.get(where)
    assert "Refresh" not in done.headers
    assert "Файл записан" in words(done)
    assert Institution.objects.count() == 1
    assert ImportBatch.objects.get().by == User.objects.get()


def test_changed_fields_are_shown_before_they_are_written(registrar: Client) -> None:
    where = upload(registrar, as_csv(INSTITUTIONS, institution_line(1))).headers["Location"]
    registrar.post(f"{where}apply/")
    tasks.apply_import(batch_id=ImportBatch.objects.get().pk)
    changed = as_csv(INSTITUTIONS, institution_line(1, **{"Число мест": "55"}))
    page = words(registrar.get(upload(registrar, changed).headers["Location"]))
    assert "Число мест: <del>40</del> → <ins>55</ins>" in page


def test_double_click_writes_once(registrar: Client) -> None:
    where = upload(registrar, GOOD).headers["Location"]
    for _ in range(2):
        assert registrar.post(f"{where}apply/").status_code == 302
    tasks.apply_import(batch_id=ImportBatch.objects.get().pk)
    assert registrar.post(f"{where}apply/").status_code == 302
    assert ImportBatch.objects.get().state == "done"
    assert ImportBatch.objects.get().rows.count() == 2


def test_batch_waits_for_the_scan_when_the_broker_is_down(
    registrar: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.apply_import, "apply_async", down)
    where = upload(registrar, GOOD).headers["Location"]
    assert registrar.post(f"{where}apply/").status_code == 302
    tasks.continue_imports()
    assert ImportBatch.objects.get().state == "queued"
    ImportBatch.objects.update(progressed_at=timezone.now() - tasks.PATIENCE * 2)
    tasks.continue_imports()
    assert ImportBatch.objects.get().state == "done"


def test_scan_leaves_files_that_nobody_asked_to_write(registrar: Client) -> None:
    upload(registrar, GOOD)
    ImportBatch.objects.update(progressed_at=timezone.now() - tasks.PATIENCE * 2)
    tasks.continue_imports()
    assert ImportBatch.objects.get().state == "ready"


def test_rows_not_taken_can_be_downloaded(registrar: Client) -> None:
    where = upload(registrar, GOOD).headers["Location"]
    text = registrar.get(f"{where}rejected.csv").content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith("реестр.csv;2;3;")


@pytest.mark.parametrize(
    ("name", "content"),
    [("notes.csv", b"a;b\n1;2\n"), ("photo.png", b"\x89PNG\0"), ("x.xlsx", b"PK\x03\x04")],
)
def test_wrong_file_is_told_beside_the_field(registrar: Client, name: str, content: bytes) -> None:
    answer = upload(registrar, content, name)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["file"]
    assert ImportBatch.objects.count() == 0


def test_empty_and_missing_files_are_told(registrar: Client) -> None:
    assert list(upload(registrar, b"").context["form"].errors) == ["file"]
    answer = registrar.post(PAGE, {})
    assert answer.status_code == 200


def test_other_roles_do_not_import() -> None:
    assert Client().get(PAGE).status_code == 302
    outsiders = (
        member("checker@example.org", "checker"),
        member("director@example.org", "director", "home", "institution"),
        User.objects.create_user("nobody@example.org"),
    )
    for person in outsiders:
        assert signed_in(person).get(PAGE).status_code == 404


def test_registrar_of_another_department_does_not_see_the_file(registrar: Client) -> None:
    where = upload(registrar, GOOD).headers["Location"]
    other = signed_in(member("other@example.org", "registrar", "dtszn-2"))
    assert other.get(where).status_code == 404
    assert other.post(f"{where}apply/").status_code == 404
    assert other.get(f"{where}rejected.csv").status_code == 404


@pytest.mark.parametrize("number", [0, 10**30])
def test_unknown_file_is_not_found(registrar: Client, number: int) -> None:
    assert registrar.get(f"{PAGE}{number}/").status_code == 404


def test_plan_asks_as_few_questions_for_a_long_file(registrar: Client) -> None:
    counts = []
    for size in (3, 60):
        content = as_csv(INSTITUTIONS, *(institution_line(n) for n in range(size)))
        where = upload(registrar, content).headers["Location"]
        with CaptureQueriesContext(connection) as questions:
            registrar.get(where)
        counts.append(len(questions))
    assert counts[0] == counts[1]
