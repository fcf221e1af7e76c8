"""A refusal that an NGO does not accept, and a new head of another: both wait for a decision."""

from dataclasses import replace
from datetime import datetime

from demo.houses import HANDS, QUICK
from demo.life.beginnings import LEADERS
from demo.stage import Stage
from registry import appealing, changing
from registry.changing import Report
from registry.models import Application

GROUNDS = (
    "Обучение наставников подтверждено: журналы занятий на шестнадцать часов и заключения "
    "психолога приложены к заявлению, в отказе о них ни слова. Помощь в больнице мы готовы снять."
)
NEW_HEAD = "Лапина Тамара Геннадьевна"
MINUTES = "Протокол общего собрания № 7"


def plan(stage: Stage) -> None:
    """The commission has one appeal, the registrars one change."""
    days = stage.days
    last = days.last_working
    stage.agenda.add(days.at(days.before(last, 2), 12), _appeal, stage)
    stage.agenda.add(days.at(days.before(last, 1), 13), _report, stage)


def _appeal(stage: Stage, at: datetime) -> None:
    refused = Application.objects.select_related("case__owner").get(ngo=stage.ngo(QUICK))
    by = stage.acting(LEADERS[QUICK])
    appealing.file(refused.case, GROUNDS, by=by, at=at, key=stage.key())


def _report(stage: Stage, at: datetime) -> None:
    by, since = stage.acting(LEADERS[HANDS]), stage.days.before(at.date(), 4)
    said = Report(**changing.said(stage.ngo(HANDS)), since_on=since, why=MINUTES)
    changing.report(replace(said, head_name=NEW_HEAD), by=by, at=at, key=stage.key())
