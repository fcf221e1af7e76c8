"""Who lives in the demonstration: two registrars and two checkers (four eyes), one person for
every other role, a second institution and NGO, somebody with two hats, and an outsider.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.roles import Role
from casework.process import Text

LINDEN, SAIL, GROVE = "linden-alley", "northern-sail", "quiet-grove"
SATURDAYS, OUTSIDE, SHIFT = "saturdays", "step-outside", "warm-shift"
DEPARTMENT = "department"


@dataclass(frozen=True)
class Player:
    """One of the cast: a name, the hats they wear (organisation, role), what waits for them."""

    key: str
    family_name: str
    given_name: str
    patronymic: str
    hats: tuple[tuple[str, str], ...]
    now: Text
    language: str = "ru"

    @property
    def email(self) -> str:
        """Their address; nothing is ever sent there."""
        return f"{self.key}@open-doors.example"


def _player(
    key: str, names: str, now: Text, *hats: tuple[str, str], language: str = "ru"
) -> Player:
    family, given, patronymic = names.split(" ")
    return Player(key, family, given, patronymic, hats, now, language)


PLAYERS = (
    _player(
        "maria",
        "Котова Мария Андреевна",
        _("Cleared to the third tier. A visit within a day, and there are times for more."),
        (SATURDAYS, Role.VOLUNTEER),
    ),
    _player(
        "sofia",
        "Лим София Викторовна",
        _("New here: the passport, the rules and the knowledge test are ahead."),
        (SATURDAYS, Role.VOLUNTEER),
        language="en",
    ),
    _player(
        "daria",
        "Белова Дарья Ильинична",
        _("Coordinates: hours to confirm, another time offered, papers that end soon."),
        (SATURDAYS, Role.COORDINATOR),
    ),
    _player(
        "pavel",
        "Орлов Павел Николаевич",
        _("Heads the NGO: an agreement with the Lighthouse waits for his signature."),
        (SATURDAYS, Role.HEAD),
    ),
    _player(
        "irina",
        "Лаврова Ирина Петровна",
        _("Directs Linden Alley: two requests of high risk. Try a closure: whom would it touch?"),
        (LINDEN, Role.DIRECTOR),
    ),
    _player(
        "oksana",
        "Ким Оксана Юрьевна",
        _("Answers requests for visits: one has just become late."),
        (LINDEN, Role.DESK),
    ),
    _player(
        "nina",
        "Гусева Нина Фёдоровна",
        _("The nurse: nothing waits for her decision yet."),
        (LINDEN, Role.NURSE),
    ),
    _player(
        "timur",
        "Ахметов Тимур Рашидович",
        _("At the gate: two are inside, one more is expected."),
        (LINDEN, Role.GATE),
    ),
    _player(
        "viktor",
        "Сомов Виктор Егорович",
        _("Directs Northern Sail, volunteers elsewhere: two hats. A request of high risk waits."),
        (SAIL, Role.DIRECTOR),
        (SATURDAYS, Role.VOLUNTEER),
    ),
    _player(
        "galina",
        "Руднева Галина Львовна",
        _("New director of Quiet Grove: a pack to take over, and a request of high risk."),
        (GROVE, Role.DIRECTOR),
    ),
    _player(
        "mark",
        "Юдин Марк Олегович",
        _("Heads Step Outside: Apple Orchard has offered an agreement."),
        (OUTSIDE, Role.HEAD),
        language="en",
    ),
    _player(
        "zoya",
        "Панина Зоя Тимофеевна",
        _("Coordinates another NGO: hours to confirm. Of Linden Alley she sees no case."),
        (SHIFT, Role.COORDINATOR),
    ),
    _player(
        "olga",
        "Маркина Ольга Сергеевна",
        _("Registrar: applications to check, one of them late; a change to enter, a file to read."),
        (DEPARTMENT, Role.REGISTRAR),
    ),
    _player(
        "andrei",
        "Седов Андрей Павлович",
        _("The second registrar: an application waits for his decision."),
        (DEPARTMENT, Role.REGISTRAR),
    ),
    _player(
        "elena",
        "Жукова Елена Борисовна",
        _("Checks certificates: some to record, one to confirm after Roman."),
        (DEPARTMENT, Role.CHECKER),
    ),
    _player(
        "roman",
        "Титов Роман Игоревич",
        _("The second checker: two outcomes wait for another pair of eyes, one of them late."),
        (DEPARTMENT, Role.CHECKER),
    ),
    _player(
        "vera",
        "Соколова Вера Дмитриевна",
        _("Of the appeals commission: an appeal to decide, and two messages without an answer."),
        (DEPARTMENT, Role.COMMISSIONER),
    ),
    _player(
        "lev",
        "Громов Лев Аркадьевич",
        _("The chief: what became late, who was told, who belongs here."),
        (DEPARTMENT, Role.CHIEF),
    ),
    _player(
        "alla",
        "Носова Алла Геннадьевна",
        _("Audits: every decision, and whether the trail holds."),
        (DEPARTMENT, Role.AUDITOR),
    ),
)
CAST = {player.key: player for player in PLAYERS}


def shown() -> list[dict[str, Any]]:
    """The cast as its page shows it; empty until the demonstration's data is there: one query."""
    emails = {player.email: player for player in PLAYERS}
    hats = Membership.objects.filter(person__email__in=emails).select_related(
        "person", "organisation"
    )
    found: dict[str, dict[str, Any]] = {}
    for hat in hats.order_by("pk"):
        player = emails[hat.person.email]
        words = f"{hat.get_role_display()}, {hat.organisation.short_name}"
        row = found.setdefault(player.key, {"key": player.key, "name": str(hat.person)})
        row["role"] = f"{row['role']}; {words}" if "role" in row else words
        row["now"] = player.now
    return [found[player.key] for player in PLAYERS if player.key in found]
