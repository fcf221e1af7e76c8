"""Proposals at every turn of their way: asked about, refused, reviewed, accepted, and late."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from django.core.files.base import File

from accounts.models import User
from casework.process import Step
from demo.cast import GROVE, LINDEN, OUTSIDE, SAIL, SATURDAYS
from demo.houses import DOORLESS, HANDS, LIGHTHOUSE, OPORA, ORCHARD, PAW, ZARECHYE
from demo.stage import Stage
from institutions.flows import ProposalFlow
from institutions.models import EnclosureKind, Proposal
from institutions.queries.beginnings import of
from institutions.services.agreements import counter_offer, offer_agreement
from institutions.services.enclosures import enclose
from institutions.services.proposals import Draft, write

# `documents.typ` beside the file is what it was made from.
PROGRAMME = Path(__file__).resolve().parent.parent / "data" / "programme.pdf"
MONTH, YEAR = timedelta(days=30), timedelta(days=365)
PREPARATION = (
    "Школа волонтёра на шестнадцать часов, беседа с психологом, проверка знаний. Готовы 11 человек."
)
EXPERIENCE = "С 2015 года, три центра в Москве. Подтвердить могут их директора."
CONDITIONS = {
    "risks": "У двоих аллергия на шоколад, сладости не приносить. Фото и видео — нет.",
    "rules": "Сменная обувь, вход через проходную, телефоны в шкафчике.",
    "disputes": "Сначала координатор и ответственный за волонтёров, затем директор и глава НКО.",
    "ending": "На год. Раньше — с предупреждением за десять дней, ради безопасности — сразу.",
    "contact": "Ответственный за работу с волонтёрами, кабинет 12.",
    "other": "",
}
NOTE = "Инструмент привозит НКО; краску и расходные материалы покупает учреждение."


@dataclass
class Act:
    """One proposal: who, to whom, what, by whom of the NGO."""

    ngo: str
    house: str
    types: tuple[str, ...]
    programme: str
    groups: tuple[str, ...]
    writer: str = ""
    programme_file: str = ""
    proposal: Proposal = field(init=False)

    def send(self, stage: Stage, at: datetime) -> None:
        """Written and sent in one go."""
        by = stage.acting(self.writer or stage.leaders[self.ngo], self.ngo)
        said = Draft(
            types=[stage.version(code).type_id for code in self.types],
            groups=self.groups,
            from_on=(at + MONTH).date(),
            through_on=(at + YEAR).date(),
            visits_a_week=1,
            people_a_visit=4,
            programme=self.programme,
            preparation=PREPARATION,
            experience=EXPERIENCE,
            needs="",
        )
        house, ngo = stage.institution(self.house), stage.ngo(self.ngo)
        self.proposal = write(house, ngo, said, by=by, at=at)
        if self.programme_file:
            with PROGRAMME.open("rb") as stream:
                file, person = File(stream, self.programme_file), cast(User, by.user)
                enclose(self.proposal, EnclosureKind.PROGRAMME, file, by=person, at=at)
        ProposalFlow.send(self.proposal, by=by, at=at, key=stage.key())

    def take(self, stage: Stage, step: Step, at: datetime, **answers: Any) -> None:
        """A step of the NGO's head or of the director, whoever's it is."""
        side = self.ngo if step in {ProposalFlow.supply, ProposalFlow.ask_founder} else self.house
        by = stage.acting(stage.leaders[side], side)
        step(self.proposal, by=by, at=at, key=stage.key(), **answers)

    def negotiate(self, stage: Stage, at: datetime) -> None:
        """The agreement that follows: offered by the NGO, other terms from the director."""
        ngo, house = (stage.acting(stage.leaders[ref], ref) for ref in (self.ngo, self.house))
        begun = of(stage.organisation(self.ngo), {"proposal": self.proposal.case.ref}, at.date())
        assert begun is not None  # noqa: S101  (accepted a moment before)
        terms = begun.typed | {"types": [int(key) for key in begun.typed["types"]]}
        deal = offer_agreement(
            institution=begun.pair.institution,
            ngo=begun.pair.ngo,
            by=ngo,
            at=at,
            key=stage.key(),
            proposal=begun.proposal,
            **terms,
        )
        other = terms | {"people_a_visit": 3, "note": f"{terms['note']}\n{NOTE}"}
        counter_offer(deal, by=house, at=at, key=stage.key(), **other)


def plan(stage: Stage) -> None:
    """By working days back from the last one that is over."""
    games = "Настольные игры и прогулки по территории, по субботам, два часа, 3–4 человека."
    asked = Act(SATURDAYS, ORCHARD, ("T05", "T06"), games, ("children",), "daria")
    late = Act(SATURDAYS, LIGHTHOUSE, ("T01",), games, ("children", "teens"), "daria")
    refused = Act(OUTSIDE, ZARECHYE, ("T06",), "Прогулки по парку у дома.", ("adults",))
    referred = Act(OPORA, SAIL, ("T04",), "Математика и русский для 8–9 классов.", ("teens",))
    new = Act(DOORLESS, LINDEN, ("T05",), "Вечера настольных игр для подростков.", ("teens",))
    new.programme_file = "Вечера настольных игр.pdf"
    accepted = Act(HANDS, GROVE, ("T11",), "Ремонт беседки и теплицы, три субботы.", ("elderly",))
    dogs = "Занятия с собаками-терапевтами, по средам, сорок минут, две собаки с кинологами."
    # Accepted before it is registered: the term for the agreement stands still until then.
    waiting = Act(PAW, ZARECHYE, ("T16",), dogs, ("adults",))
    _do(stage, 17, asked.send)
    _step(stage, 9, asked, ProposalFlow.request_information, reason="Кто и сколько часов готовит?")
    _step(stage, 3, asked, ProposalFlow.supply, reason="Психолог и два куратора, 16 часов.")
    _do(stage, 10, late.send)
    _do(stage, 9, refused.send)
    answers = {"code": "R5", "reason": "Никто не учился помогать людям на колясках."}
    _step(stage, 2, refused, ProposalFlow.refuse, **answers, assessment="")
    _do(stage, 6, referred.send)
    why = "Попечительский совет просит подождать до весны."
    _step(stage, 1, referred, ProposalFlow.refer, reason=why)
    _do(stage, 2, new.send)
    _do(stage, 4, waiting.send)
    _step(stage, 2, waiting, ProposalFlow.accept, **CONDITIONS)
    _do(stage, 8, accepted.send)
    _step(stage, 4, accepted, ProposalFlow.accept, **CONDITIONS)
    _do(stage, 1, accepted.negotiate)


def _do(stage: Stage, back: int, act: Any, hour: int = 11) -> None:
    days = stage.days
    stage.agenda.add(days.at(days.before(days.last_working, back), hour), act, stage)


def _step(stage: Stage, back: int, act: Act, step: Step, **answers: Any) -> None:
    days = stage.days
    at = days.at(days.before(days.last_working, back), 15)
    stage.agenda.add(at, _taken, stage, act, step, answers)


def _taken(stage: Stage, act: Act, step: Step, answers: dict[str, Any], at: datetime) -> None:
    act.take(stage, step, at, **answers)
