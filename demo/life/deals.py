"""Agreements: offered by one side, signed by the other; two offers wait for an answer."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from demo.cast import GROVE, LINDEN, OUTSIDE, SAIL, SATURDAYS, SHIFT
from demo.houses import DOORLESS, HANDS, LIGHTHOUSE, OPORA, ORCHARD, ZARECHYE
from demo.life.beginnings import LEADERS
from demo.stage import Stage
from institutions.flows import AgreementFlow
from institutions.models import Agreement
from institutions.services.agreements import offer_agreement

YEAR = timedelta(days=365)
NOTE = "Куратор со стороны учреждения назван в каждом визите; о перемене планов — за сутки."


@dataclass
class Deal:
    """Two sides, the types, who offers; signed by the other side's leader."""

    ngo: str
    house: str
    types: tuple[str, ...]
    by_house: bool = False
    agreement: Agreement = field(init=False)

    @property
    def sides(self) -> tuple[str, str]:
        """Who offers and who answers."""
        return (self.house, self.ngo) if self.by_house else (self.ngo, self.house)

    def offer(self, stage: Stage, at: datetime) -> None:
        """The first signature."""
        side, _ = self.sides
        self.agreement = offer_agreement(
            institution=stage.institution(self.house),
            ngo=stage.ngo(self.ngo),
            types=[stage.version(code).type_id for code in self.types],
            from_on=at.date(),
            through_on=at.date() + YEAR,
            by=stage.acting(LEADERS[side], side),
            at=at,
            key=stage.key(),
            visits_a_week=14,
            note=NOTE,
        )

    def sign(self, stage: Stage, at: datetime) -> None:
        """The second."""
        _, side = self.sides
        AgreementFlow.sign(
            self.agreement, by=stage.acting(LEADERS[side], side), at=at, key=stage.key()
        )


def plan(stage: Stage) -> None:
    """What was signed as it began, and what waits to be signed."""
    signed = (
        Deal(SATURDAYS, LINDEN, ("T01", "T05", "T06", "T07")),
        Deal(SATURDAYS, GROVE, ("T01", "T05")),
        Deal(SATURDAYS, SAIL, ("T01", "T05"), by_house=True),
        Deal(OUTSIDE, LINDEN, ("T06", "T07", "T08")),
        Deal(OUTSIDE, SAIL, ("T06", "T08"), by_house=True),
        Deal(SHIFT, GROVE, ("T12",)),
        Deal(OPORA, SAIL, ("T03", "T04")),
        Deal(HANDS, LINDEN, ("T11", "T20")),
        Deal(DOORLESS, ZARECHYE, ("T05", "T06", "T13", "T18")),
    )
    days, add = stage.days, stage.agenda.add
    for number, deal in enumerate(signed):
        add(days.back(-117, 10, number), deal.offer, stage)
        add(days.back(-116, 14, number), deal.sign, stage)
    for_mark = Deal(OUTSIDE, ORCHARD, ("T07", "T08"), by_house=True)
    for_pavel = Deal(SATURDAYS, LIGHTHOUSE, ("T01", "T05"), by_house=True)
    for deal in (for_mark, for_pavel):
        on = days.before(days.last_working, 2)
        add(days.at(on, 15), deal.offer, stage)
