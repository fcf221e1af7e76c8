"""A director leaves things behind, and another one follows."""

from types import SimpleNamespace

from accounts import memberships
from accounts.hats import Acting
from accounts.models import User
from accounts.roles import Role
from institutions.flows import HandoverFlow
from institutions.models import Answer, Handover, Level
from institutions.queries.handovers import of
from tests import factories as make
from tests.institutions import doing
from tests.institutions.doing import DAY, NOON, TODAY


def leave_behind(cast: SimpleNamespace) -> SimpleNamespace:
    """What the director leaves: an agreement with a promise, a door with conditions, an offer."""
    cast.deal = doing.agree(cast, note="По средам автобус учреждения встречает у метро")
    cast.mode = doing.declare(
        cast.site,
        Level.WIDE,
        instant=True,
        supervisor=cast.desk.pk,
        conditions="Сменная обувь",
    )
    other = SimpleNamespace(house=cast.house, ngo=make.ngo("Соседи"))
    other.head = make.member(other.ngo.organisation, Role.HEAD)
    cast.offer = doing.offer(other)
    return cast


def succeed(cast: SimpleNamespace, *, after: int = 0) -> User:
    """The director leaves today, and somebody else directs so many days later."""
    org = cast.house.organisation
    memberships.end(cast.director.memberships.get(organisation=org, role="director"), on=TODAY)
    return make.member(org, Role.DIRECTOR, on=TODAY + after * DAY)


def handed(cast: SimpleNamespace) -> Handover:
    found = of(cast.house.pk).first()
    assert found is not None
    return found


def acting(person: User) -> Acting:
    return make.acting(person, TODAY, "director")


def answer_all(handover: Handover, person: User) -> None:
    items = [str(one.pk) for one in handover.items.filter(answer=Answer.PENDING)]
    HandoverFlow.confirm(
        handover, by=acting(person), at=NOON, key=doing.key(), items=items, reason=""
    )
