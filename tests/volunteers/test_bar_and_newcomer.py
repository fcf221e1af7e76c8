"""A bar that is being written and a newcomer who looks like the person never miss each other."""

import threading

from django.db import connection, transaction

from accounts.models import User
from accounts.roles import Role
from tests.factories import department, member, ngo, person
from tests.volunteers import barring as make
from tests.volunteers.making import BORN, NOON, volunteer
from volunteers.barring.drafting import draft_bar
from volunteers.flows.bar import BarFlow
from volunteers.models import Likeness, Volunteer

PATIENCE = 20  # seconds


def test_the_bar_waits_for_whoever_is_arriving(clone: str) -> None:
    department()
    home = ngo().organisation
    who = volunteer(home)
    User.objects.filter(pk=who.pk).update(family_name="Королёва", given_name="Алёна")
    arriving = member(home, Role.VOLUNTEER, who=person("Алена"))
    User.objects.filter(pk=arriving.pk).update(family_name="Королева")
    by, here, done = make.a_checker(), threading.Event(), threading.Event()
    bar, waited = draft_bar(who, by=by, at=NOON), list[bool]()

    def arrive() -> None:
        with transaction.atomic():
            Volunteer.objects.create(person=arriving, born_on=BORN)
            here.set()
            waited.append(not done.wait(0.7))  # the bar would stand by now if nothing held it
        connection.close()

    def propose() -> None:
        here.wait(PATIENCE)
        make.take(BarFlow.propose, bar, by, **make.GROUND)
        done.set()
        connection.close()

    threads = [threading.Thread(target=act) for act in (arrive, propose)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert waited == [True]
    assert Likeness.objects.filter(volunteer=arriving.pk, bar=bar).exists()
