"""People kept away: barred, about to be, looking like somebody barred, suspended for a while."""

from types import SimpleNamespace

from accounts.models import User
from accounts.roles import Role
from tests import factories
from tests.visits import receiving as make
from tests.volunteers import barring, making
from volunteers.barring.drafting import draft_bar
from volunteers.flows.bar import BarFlow
from volunteers.models import Likeness, Volunteer


def keep_away(cast: SimpleNamespace) -> None:
    """Nobody of these is Maria or anybody else whom the stories meet."""
    home = cast.ngo.organisation
    gone, asked, late = (
        making.volunteer(home, name=name) for name in ("Зинаида", "Клара", "Пелагея")
    )
    elsewhere = factories.ngo().organisation
    alike = making.volunteer(elsewhere, name=gone.person.given_name)
    User.objects.filter(pk=alike.pk).update(family_name=gone.person.family_name)
    cast.bar = barring.barred(gone, make.NOON)
    cast.likeness = Likeness.objects.select_related("case").get(volunteer=alike.pk, bar=cast.bar)
    cast.proposed = barring.proposed(asked, at=make.NOON)
    head = factories.acting(cast.head, make.TODAY, Role.HEAD)
    cast.reported = draft_bar(late, by=head, at=make.NOON)
    barring.take(BarFlow.report, cast.reported, head, make.NOON, reason="Кричала на детей.")
    cast.kept = _suspended(cast)
    making.compare()


def _suspended(cast: SimpleNamespace) -> object:
    who: Volunteer = making.volunteer(cast.ngo.organisation, name="Роза")
    by = factories.acting(cast.coordinator, make.TODAY, Role.COORDINATOR)
    return barring.suspended(who, by, make.TODAY, at=make.NOON)
