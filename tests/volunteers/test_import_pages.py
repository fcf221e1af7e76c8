"""Importing a list of volunteers in the browser: look, write, and who sees which file."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation
from accounts.roles import Role
from registry.models import ImportBatch
from registry.services import write_batch
from tests.accounts.sessions import signed_in
from tests.factories import member, person
from tests.volunteers.lists import HEAD, OGRN, OTHER, line, organisation
from tests.volunteers.making import volunteer
from tests.volunteers.pages import words
from volunteers.models import Volunteer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def home() -> Organisation:
    return organisation("Рядом", OGRN)


def upload(client: Client, *lines: list[str]) -> Any:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([HEAD, *lines])
    file = SimpleUploadedFile("люди.csv", out.getvalue().encode())
    return client.post("/people/import/", {"file": file})


def test_a_coordinator_uploads_looks_and_writes(home: Organisation) -> None:
    client = signed_in(member(home, Role.COORDINATOR))
    young = line(3, **{"Дата рождения": "01.01.2010"})
    where = upload(client, line(1), line(2, **{"E-mail": "нет"}), young).headers["Location"]
    seen = words(client.get(where))
    assert "В файле 3 строки. Пока ничего не записано" in seen
    assert "1 человек моложе 18: нужно согласие родителя" in seen
    assert "Иванова-1 Анна" in seen
    assert Volunteer.objects.count() == 0
    client.post(f"{where}apply/")
    write_batch(ImportBatch.objects.get().pk, clock=timezone.now)
    done = words(client.get(where))
    assert "Файл записан" in done
    assert "Не приняты: 1" in done
    assert Volunteer.objects.count() == 2
    text = client.get(f"{where}rejected.csv").content.decode("utf-8-sig")
    assert len(text.strip().split("\r\n")) == 2


def test_files_of_one_ngo_are_not_seen_by_another(home: Organisation) -> None:
    mine = signed_in(member(home, Role.COORDINATOR))
    where = upload(mine, line(1)).headers["Location"]
    other = signed_in(member(organisation("Шаг", OTHER), Role.COORDINATOR))
    assert other.get(where).status_code == 404
    assert other.post(f"{where}apply/").status_code == 404
    assert other.get(f"{where}rejected.csv").status_code == 404
    assert "люди.csv" not in words(other.get("/people/import/"))


def test_a_file_of_something_else_is_refused_beside_the_field(home: Organisation) -> None:
    client = signed_in(member(home, Role.COORDINATOR))
    file = SimpleUploadedFile("x.pdf", b"%PDF")
    answer = client.post("/people/import/", {"file": file})
    assert "Файл не принят" in words(answer)
    assert ImportBatch.objects.count() == 0


def test_only_whoever_leads_an_ngo_imports(home: Organisation) -> None:
    assert signed_in(person()).get("/people/import/").status_code == 404
    assert signed_in(volunteer(home).person).get("/people/import/").status_code == 404
