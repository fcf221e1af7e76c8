"""The demonstration's own pages: choosing whom to be, and reading everybody's letters."""

from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.mail import EmailMessage, get_connection
from django.test import Client

from accounts.roles import Role
from demo.cast import CAST
from tests.factories import member, organisation, person

pytestmark = pytest.mark.django_db
RUSSIAN = {"accept-language": "ru"}


@pytest.fixture
def maria() -> None:
    """One of the cast alone."""
    player = CAST["maria"]
    somebody = person()
    somebody.email, somebody.given_name, somebody.family_name = player.email, "Мария", "Котова"
    somebody.save()
    member(organisation("ngo", "БФ «Рядом по субботам»"), Role.VOLUNTEER, who=somebody)


def test_before_the_cast_has_come_the_page_says_so(client: Client) -> None:
    page = client.get("/demo/", headers=RUSSIAN).content.decode()
    assert "make demo" in page
    assert "/demo/as/" not in page


@pytest.mark.usefixtures("maria")
def test_each_of_the_cast_stands_there_with_what_waits_for_them(client: Client) -> None:
    page = client.get("/demo/", headers=RUSSIAN).content.decode()
    assert page.count("/demo/as/") == 1
    assert "Мария Котова" in page
    assert str(CAST["maria"].now) not in page  # the Russian stands there, not the source text


@pytest.mark.usefixtures("maria")
def test_one_click_makes_somebody_of_the_cast_act(client: Client) -> None:
    answer = client.post("/demo/as/maria/")
    assert (answer.status_code, answer["location"]) == (302, "/start/")
    page = client.get("/hats/", headers=RUSSIAN)
    assert CAST["maria"].email in page.content.decode()


@pytest.mark.parametrize("name", ["maria", "nobody", "a" * 300])
def test_whoever_is_not_there_cannot_be_chosen(client: Client, name: str) -> None:
    assert client.post(f"/demo/as/{name}/").status_code == 404


@pytest.mark.usefixtures("maria")
def test_a_link_alone_signs_nobody_in(client: Client) -> None:
    assert client.get("/demo/as/maria/").status_code == 405


def test_every_letter_can_be_read(
    client: Client,
    settings: type(configured),
    tmp_path: Path,  # type: ignore[valid-type]
) -> None:
    settings.EMAIL_FILE_PATH = tmp_path  # type: ignore[attr-defined]
    backend = "django.core.mail.backends.filebased.EmailBackend"
    letter = EmailMessage("Вас ждут завтра", "Возьмите паспорт.", to=["maria@open-doors.example"])
    letter.connection = get_connection(backend, file_path=str(tmp_path))
    assert client.get("/demo/mail/", headers=RUSSIAN).status_code == 200
    letter.send()
    page = client.get("/demo/mail/", headers=RUSSIAN).content.decode()
    assert "Вас ждут завтра" in page.replace("\xa0", " ")
    assert "Возьмите паспорт." in page.replace("\xa0", " ")
    assert "maria@open-doors.example" in page
