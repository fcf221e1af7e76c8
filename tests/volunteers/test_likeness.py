"""Coming back under another name: held by the database itself until a checker has compared."""

from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import Organisation, User
from accounts.services import come_in
from casework.models import Notice
from casework.process import Refused
from casework.sweep import sweep
from tests.factories import ngo, person
from tests.volunteers import barring as make
from tests.volunteers import lists
from tests.volunteers.making import BORN, NOON, TODAY, clear, volunteer
from volunteers.barring.comparing import compare_changed
from volunteers.flows.bar import BarFlow
from volunteers.flows.likeness import LikenessFlow
from volunteers.models import BarMark, Halt, Likeness, Volunteer
from volunteers.queries import clearance

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(home: Organisation) -> Volunteer:
    """Somebody barred: Алёна Королёва."""
    who = volunteer(home)
    rename(who, "Королёва", "Алёна", "Сергеевна")
    Volunteer.objects.filter(pk=who.pk).update(phone="+7 (916) 123-45-67")
    make.barred(Volunteer.objects.get(pk=who.pk))
    return who


def rename(who: Volunteer, family: str, given: str, patronymic: str = "") -> None:
    User.objects.filter(pk=who.pk).update(
        family_name=family, given_name=given, patronymic=patronymic
    )


def newcomer(**fields: object) -> Volunteer:
    """Somebody of another NGO whose papers are all in order."""
    email = fields.pop("email", None)
    names = {"family_name": "Мышкина", "given_name": "Ольга"} | {
        key: fields.pop(key) for key in ("family_name", "given_name", "patronymic") if key in fields
    }
    who = volunteer(ngo().organisation, born=date(1985, 3, 3))
    clear(who, "V1")
    User.objects.filter(pk=who.pk).update(**names, **({"email": email} if email else {}))
    Volunteer.objects.filter(pk=who.pk).update(**fields)
    return who


def halted(who: Volunteer) -> bool:
    (missing,) = clearance.missing_for([who.pk], "V1", None, TODAY, TODAY).values()
    return clearance.HALTED in [one.why for one in missing]


def test_whoever_changes_waits_until_they_are_compared(gone: Volunteer) -> None:
    other = newcomer()
    assert halted(other)
    assert compare_changed(NOON) == 1
    assert not halted(other)
    assert compare_changed(NOON) == 0


WAYS: dict[str, dict[str, object]] = {
    "name": {"family_name": "Kopoлeва", "given_name": "АЛЕНА", "born_on": BORN},
    "swapped": {"family_name": "алёна", "given_name": "королева ", "born_on": BORN},
    "phone": {"phone": "8 916 123 45 67"},
}


@pytest.mark.parametrize("way", WAYS)
def test_whoever_looks_like_somebody_barred_stays_held(gone: Volunteer, way: str) -> None:
    other = newcomer(**WAYS[way])
    compare_changed(NOON)
    assert halted(other)
    likeness = Likeness.objects.get(volunteer=other.pk)
    assert likeness.kinds == ["phone" if way == "phone" else "name"]
    assert likeness.case.state == "waiting"


def test_an_address_that_ends_in_the_same_mailbox(home: Organisation) -> None:
    who = volunteer(home)
    User.objects.filter(pk=who.pk).update(email="a.koroleva@gmail.com")
    make.barred(Volunteer.objects.get(pk=who.pk))
    other = newcomer(email="akoroleva+help@googlemail.com")
    compare_changed(NOON)
    assert Likeness.objects.get(volunteer=other.pk).kinds == ["email"]


def test_whoever_is_here_already_under_another_name_is_found_with_the_bar(
    home: Organisation,
) -> None:
    other = volunteer(ngo().organisation)
    rename(other, "Королева", "Алена")
    clear(other, "V1")
    who = volunteer(home)
    rename(who, "Королёва", "Алёна", "Сергеевна")
    assert not halted(other)
    make.proposed(who)
    assert halted(other)


def change_the_name(who: Volunteer) -> None:
    come_in(
        who.person, family_name="Королёва", given_name="Алёна", patronymic="", password="пароль-1"
    )


def change_the_birthday(who: Volunteer) -> None:
    who.born_on = BORN
    who.save()


def by_hand(who: Volunteer) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update volunteers_volunteer set born_on = %s where person_id = %s", [BORN, who.pk]
        )


@pytest.mark.parametrize("change", [change_the_name, change_the_birthday, by_hand])
def test_whichever_way_the_data_change_they_are_compared(
    gone: Volunteer, change: Callable[[Volunteer], None]
) -> None:
    by_name = change is change_the_name
    names = {} if by_name else {"family_name": "Королёва", "given_name": "Алёна"}
    other = newcomer(**names, **({"born_on": BORN} if by_name else {}))
    compare_changed(NOON)
    assert not halted(other)
    change(Volunteer.objects.select_related("person").get(pk=other.pk))
    assert halted(other)
    compare_changed(NOON)
    assert Likeness.objects.filter(volunteer=other.pk).exists()


def test_signing_in_is_no_change(gone: Volunteer) -> None:
    other = newcomer()
    compare_changed(NOON)
    User.objects.filter(pk=other.pk).update(last_login=NOON, language="en")
    assert not halted(other)


def alike(gone: Volunteer) -> Likeness:
    other = newcomer(family_name="Королева", given_name="Алена", born_on=BORN)
    compare_changed(NOON)
    return Likeness.objects.select_related("case__owner").get(volunteer=other.pk)


def test_another_person_is_let_go_and_not_asked_about_again(gone: Volunteer) -> None:
    likeness = alike(gone)
    other = Volunteer.objects.select_related("person").get(pk=likeness.volunteer_id)
    make.take(LikenessFlow.another, likeness, make.a_checker(), reason="Видели паспорт.")
    assert not halted(other)
    assert set(Notice.objects.filter(person=other.pk).values_list("kind", flat=True)) <= {
        "outcome_record",
        "outcome_confirm",
    }
    other.save()
    compare_changed(NOON)
    assert not halted(other)


def test_the_same_person_is_barred_under_the_new_name_too(gone: Volunteer) -> None:
    likeness = alike(gone)
    User.objects.filter(pk=likeness.volunteer_id).update(email="new-name@example.org")
    make.take(LikenessFlow.same, likeness, make.a_checker(), reason="Видели паспорт.")
    compare_changed(NOON)
    assert halted(Volunteer.objects.get(pk=likeness.volunteer_id))
    third = newcomer(email="new-name+1@example.org")
    compare_changed(NOON)
    assert Likeness.objects.get(volunteer=third.pk).kinds == ["email"]
    assert Notice.objects.filter(kind="person_barred", person=likeness.volunteer_id).count() == 1


def test_with_the_bar_goes_everything_that_hung_on_it(gone: Volunteer) -> None:
    likeness = alike(gone)
    bar = make.again(likeness.bar)
    make.take(BarFlow.ask_removal, bar, make.a_checker(), reason="Ошибка.")
    make.take(BarFlow.lift, make.again(bar), make.a_checker())
    assert make.again(likeness).case.state == "dropped"
    assert not BarMark.objects.exists()
    assert not Halt.objects.filter(lifted_at=None).exists()


def test_nobody_says_who_they_are_themselves(gone: Volunteer) -> None:
    checker = make.a_checker()
    Volunteer.objects.create(person=checker.user, born_on=BORN)
    rename(Volunteer.objects.get(pk=checker.user.pk), "Королёва", "Алёна")
    compare_changed(NOON)
    likeness = Likeness.objects.select_related("case__owner").get(volunteer=checker.user.pk)
    with pytest.raises(Refused) as refused:
        make.take(LikenessFlow.another, likeness, checker, reason="Это не я.")
    assert "oneself" in [one.code for one in refused.value.objections]


def test_silence_lets_nobody_go(gone: Volunteer) -> None:
    likeness = alike(gone)
    due = likeness.case.terms.get(name="answer").due_at
    sweep(due)
    assert halted(Volunteer.objects.get(pk=likeness.volunteer_id))
    assert make.again(likeness).case.state == "waiting"


def test_an_offices_telephone_says_nothing(home: Organisation) -> None:
    office = "8 495 123-45-67"
    people = [
        newcomer(phone=office, family_name=name) for name in ("Ким", "Пак", "Ли", "Цой", "Хан")
    ]
    make.barred(people[0])
    assert not any(halted(one) for one in people[1:])
    assert set(BarMark.objects.values_list("kind", flat=True)) == {"name", "email"}


def test_a_member_of_the_family_with_the_same_telephone_is_asked_about(home: Organisation) -> None:
    mother, son = newcomer(phone="8 916 1112233"), newcomer(phone="+79161112233")
    make.barred(mother)
    assert halted(son)


def test_no_mark_can_be_read(gone: Volunteer) -> None:
    for mark in BarMark.objects.all():
        assert len(mark.digest) == 64
        assert int(mark.digest, 16)


def test_a_stranger_without_a_profile_is_compared_when_they_get_one(gone: Volunteer) -> None:
    who = person("Алёна")
    User.objects.filter(pk=who.pk).update(family_name="Королёва")
    assert compare_changed(NOON) == 0
    made = Volunteer.objects.create(person=who, born_on=BORN)
    assert halted(made)


def test_the_checker_sees_both_and_nobody_else_does(
    gone: Volunteer, checker: Client, coordinator: Client
) -> None:
    likeness = alike(gone)
    where = f"/bars/{likeness.case.ref}/"
    page = checker.get(where)
    assert page.status_code == 200
    assert "Королёва" in page.content.decode()
    assert coordinator.get(where).status_code == 404
    assert coordinator.get(f"/cases/{likeness.case.ref}/").status_code == 404


def test_an_imported_list_brings_nobody_back(gone: Volunteer, tmp_path: Path) -> None:
    lists.organisation("Навстречу", lists.OGRN)
    known = {"Фамилия": "Королёва ", "Имя": "Aлeнa", "Дата рождения": "17.05.1990"}
    path = lists.file_of(tmp_path, lists.line(1, **known), lists.line(2))
    out = StringIO()
    call_command("import_volunteers", str(path), "--ngo", lists.OGRN, "--apply", stdout=out)
    assert "запрещ" not in out.getvalue()
    back, honest = (Volunteer.objects.get(person__email=f"anna{n}@example.org") for n in (1, 2))
    assert halted(back)
    assert halted(honest)
    compare_changed(NOON)
    assert halted(back)
    assert not halted(honest)
