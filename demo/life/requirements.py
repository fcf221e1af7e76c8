"""A course of first aid is to be asked of everybody in contact work; a second person decides."""

from datetime import datetime

from demo.stage import Stage
from volunteers.models import CheckedBy
from volunteers.services.requirements import Described, Wanted, propose

PROPOSED, FIRST = -4, 9
WHY = "Решение рабочей группы: на выездах дважды не оказалось никого, кто умел остановить кровь."
FIRST_AID = Described(
    checked_by=CheckedBy.NGO,
    per_institution=False,
    two_people=False,
    months=36,
    name_ru="Курс первой помощи",
    name_en="First-aid course",
    why_ru="Пока едет скорая, помочь может только тот, кто рядом и умеет.",
    why_en="Until the ambulance comes only somebody who is there and knows how can help.",
    how_ru="Пройдите курс от восьми часов и покажите свидетельство координатору.",
    how_en="Take a course of eight hours or more and show the certificate to the coordinator.",
)


def plan(stage: Stage) -> None:
    """One registrar proposes it; the other finds it waiting."""
    stage.agenda.add(stage.days.back(PROPOSED, 11), _propose, stage)


def _propose(stage: Stage, at: datetime) -> None:
    on = stage.days.on
    wanted = Wanted("V2", on(FIRST), "41", on(PROPOSED), WHY)
    propose(FIRST_AID, wanted, by=stage.acting("olga"), at=at, key=stage.key())
