"""Quiet Grove has a new director: she was at its desk, and takes over from the one before."""

from datetime import datetime

from accounts import memberships
from accounts.models import Membership
from accounts.roles import Role
from demo.cast import GROVE
from demo.life.beginnings import CHIEF
from demo.stage import Stage
from institutions.services.handovers import begin_due

SUCCESSOR, DAYS_AGO = "galina", 3


def plan(stage: Stage) -> None:
    """Some working days ago: time enough to accept the pack, and none of it is answered yet."""
    days = stage.days
    stage.agenda.add(days.at(days.before(days.last_working, DAYS_AGO), 9), _change, stage)


def _change(stage: Stage, at: datetime) -> None:
    house, on = stage.organisation(GROVE), at.date()
    held = Membership.objects.filter(organisation=house, during__contains=on)
    memberships.end(held.get(role=Role.DIRECTOR), on=on)
    memberships.end(held.get(role=Role.DESK, person=stage.person(SUCCESSOR)), on=on)
    memberships.grant(stage.person(SUCCESSOR), house, Role.DIRECTOR, on=on, by=stage.person(CHIEF))
    stage.leads(SUCCESSOR, GROVE)
    begin_due(at, house.pk)
