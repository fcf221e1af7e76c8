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
        _("is cleared, has a visit tomorrow, and can take more"),
        (SATURDAYS, Role.VOLUNTEER),
    ),
    _player(
        "sofia",
        "Лим София Викторовна",
        _("is new: her tasks, the knowledge test first"),
        (SATURDAYS, Role.VOLUNTEER),
        language="en",
    ),
    _player(
        "daria",
        "Белова Дарья Ильинична",
        _("coordinates: what expires, what is unanswered, hours to confirm"),
        (SATURDAYS, Role.COORDINATOR),
    ),
    _player(
        "pavel",
        "Орлов Павел Николаевич",
        _("heads the NGO: an agreement waits for his signature"),
        (SATURDAYS, Role.HEAD),
    ),
    _player(
        "irina",
        "Лаврова Ирина Петровна",
        _("directs Linden Alley: requests of high risk, her door, a closure to try"),
        (LINDEN, Role.DIRECTOR),
    ),
    _player(
        "oksana",
        "Ким Оксана Юрьевна",
        _("answers visit requests; one is late"),
        (LINDEN, Role.DESK),
    ),
    _player(
        "nina",
        "Гусева Нина Фёдоровна",
        _("is the nurse; her pages come with outings"),
        (LINDEN, Role.NURSE),
    ),
    _player(
        "timur",
        "Ахметов Тимур Рашидович",
        _("stands at the gate: who is expected today"),
        (LINDEN, Role.GATE),
    ),
    _player(
        "viktor",
        "Сомов Виктор Егорович",
        _("directs Northern Sail and volunteers on Saturdays: two hats"),
        (SAIL, Role.DIRECTOR),
        (SATURDAYS, Role.VOLUNTEER),
    ),
    _player(
        "galina",
        "Руднева Галина Львовна",
        _("directs the home for the elderly “Quiet Grove”"),
        (GROVE, Role.DIRECTOR),
    ),
    _player(
        "mark",
        "Юдин Марк Олегович",
        _("heads Step Outside: an agreement was offered to him"),
        (OUTSIDE, Role.HEAD),
        language="en",
    ),
    _player(
        "zoya",
        "Панина Зоя Тимофеевна",
        _("is an outsider to Linden Alley: sees none of its cases"),
        (SHIFT, Role.COORDINATOR),
    ),
    _player(
        "olga",
        "Маркина Ольга Сергеевна",
        _("keeps the register: an application to check, a file to import"),
        (DEPARTMENT, Role.REGISTRAR),
    ),
    _player(
        "andrei",
        "Седов Андрей Павлович",
        _("is the second registrar: an application to decide on"),
        (DEPARTMENT, Role.REGISTRAR),
    ),
    _player(
        "elena",
        "Жукова Елена Борисовна",
        _("checks certificates: some to record, some to confirm"),
        (DEPARTMENT, Role.CHECKER),
    ),
    _player(
        "roman",
        "Титов Роман Игоревич",
        _("is the second checker: outcomes that wait for another pair of eyes"),
        (DEPARTMENT, Role.CHECKER),
    ),
    _player(
        "vera",
        "Соколова Вера Дмитриевна",
        _("is on the appeals commission and sees what is late"),
        (DEPARTMENT, Role.COMMISSIONER),
    ),
    _player(
        "lev",
        "Громов Лев Аркадьевич",
        _("is the chief: what became late, what was told, who belongs here"),
        (DEPARTMENT, Role.CHIEF),
    ),
    _player(
        "alla",
        "Носова Алла Геннадьевна",
        _("audits: every decision, and whether the trail holds"),
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
