"""What the two sides of the stories' agreement promised beside its terms."""

from types import SimpleNamespace

from accounts.roles import Role
from institutions.models import Agreement
from institutions.services.briefings import Given, record
from institutions.services.needs import Wanted, announce
from institutions.services.representatives import name
from tests.institutions import doing
from tests.visits import asking
from tests.visits import receiving as make


def give(cast: SimpleNamespace) -> None:
    """Somebody answers and somebody was briefed; the house needs more people."""
    sides = ("case", "institution__organisation", "ngo__organisation")
    cast.deal = Agreement.objects.select_related(*sides).get(ngo=cast.ngo)
    by, at = asking.hat(cast, Role.HEAD), make.NOON
    name(cast.deal, cast.coordinator.pk, by=by, at=at)
    given = Given(make.TODAY, "Риски и правила дома", 2, [cast.maria.person.pk])
    record(cast.deal, given, by=by, at=at, key=make.key())
    cast.need = need(cast)


def need(cast: SimpleNamespace) -> object:
    """The house needs three people for a month."""
    through = make.TODAY + doing.days(30)
    said = Wanted(doing.type_("T05"), "Настольные игры", 3, make.TODAY, through)
    who = asking.hat(cast, Role.DESK)
    return announce(cast.house, said, by=who, at=make.NOON, key=make.key())
