"""Papers for the tests: what each kind says, and its issue."""

from datetime import date, datetime
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from pypdf import PdfReader

from accounts.models import Organisation
from accounts.roles import Role
from casework.models import Case, Paper, PaperKind
from casework.papers import issue, pdf
from tests import factories

NOON = datetime(2025, 6, 2, 12, tzinfo=ZoneInfo("Europe/Moscow"))
HOUSE = "Центр содействия семейному воспитанию «Липовая аллея»"
NGO = "Автономная некоммерческая организация «Шаг за ворота»"
TYPES = [{"code": "T07", "name": "Сопровождение детей вне учреждения, днём"}]
DECIDED = {
    "proposer": NGO,
    "institution": HOUSE,
    "proposal": "P-1042",
    "received_on": date(2025, 5, 19),
    "role": "директор",
    "name": "Орлова Ирина Сергеевна",
}
VALUES: dict[str, dict[str, Any]] = {
    PaperKind.PROPOSAL: {
        "proposer": NGO,
        "institution": HOUSE,
        "types": TYPES,
        "groups": ["дети 7–12 лет"],
        "since": date(2025, 7, 1),
        "documents": [{"name": "Устав.pdf", "sha256": "a" * 64}],
        "answer_by": date(2025, 6, 17),
    },
    PaperKind.ACCEPTANCE: DECIDED | {"types": TYPES, "agree_by": date(2025, 6, 23)},
    PaperKind.REFUSAL: DECIDED
    | {
        "code": "R6",
        "ground": "Свободных мест нет",
        "reason": "Все окна заняты до осени.",
        "founder": "Департамент",
        "review_by": date(2025, 7, 2),
    },
    PaperKind.REVIEW: DECIDED
    | {
        "refused_on": date(2025, 5, 23),
        "code": "R5",
        "ground": "Подготовки недостаточно",
        "refused_because": "Мало часов",
        "disagreed": "Часы названы",
        "reason": "Программа не покрывает травму.",
    },
    PaperKind.APPEAL: {
        "ngo": NGO,
        "appeal": "L-1007",
        "filed_on": date(2025, 5, 26),
        "what": "отказ в регистрации",
        "against": "N-1003",
        "decided_on": date(2025, 5, 12),
        "overturned": True,
        "grounds": "Опыт описан",
        "reason": f"Опыт описан в заявлении; его подтвердил {HOUSE}.",
        "follows": "Заявление рассмотрит другой регистратор.",
        "role": "член комиссии",
        "name": "Орлова Ирина Сергеевна",
    },
    PaperKind.AGREEMENT: {
        "institution": HOUSE,
        "ngo": NGO,
        "department": "Департамент",
        "since": date(2025, 6, 10),
        "through": date(2026, 6, 9),
        "types": TYPES,
        "duties": {"ngo": ["присылать волонтёров с допуском"]},
        "signatures": [
            {"side": NGO, "name": "Белов Андрей", "role": "руководитель", "on": date(2025, 6, 2)}
        ],
    },
    PaperKind.ESCALATION: {
        "institution": HOUSE,
        "founder": "Департамент",
        "proposer": NGO,
        "case": "P-1042",
        "subject": "Предложение о намерении взаимодействовать",
        "due": "принять решение по предложению",
        "received_on": date(2025, 5, 19),
        "due_on": date(2025, 5, 30),
        "late_days": 1,
        "asks": ["принять решение"],
    },
    PaperKind.EXTRACT: {
        "ngo": NGO,
        "ref": "step",
        "registrations": [
            {
                "number": "НКО-2024-0117",
                "since": date(2024, 6, 3),
                "through": None,
                "standing": "Регистрация действует",
                "withdrawn_on": None,
                "types": [dict(TYPES[0], kinds=["ЦССВ"])],
            }
        ],
        "held": [
            {"what": "T07", "since": "2025-01-01", "through": "2025-02-01", "standing": "Снято"}
        ],
    },
    PaperKind.HOURS: {
        "volunteer": "Котова Мария Андреевна",
        "volunteer_number": "1042",
        "ngo": NGO,
        "since": date(2025, 1, 11),
        "through": date(2025, 5, 24),
        "total": "42 ч 30 мин",
        "times": 14,
        "rows": [{"institution": HOUSE, "type": "Прогулка", "times": 14, "hours": "42 ч 30 мин"}],
    },
}


CASELESS = (PaperKind.EXTRACT, PaperKind.HOURS)


def deal() -> SimpleNamespace:
    """A case between an NGO and a house, with the head of the one and the desk of the other."""
    house = factories.organisation("institution", HOUSE)
    ngo = factories.organisation("ngo", NGO)
    case = Case.objects.create(
        kind="agreement", letter="A", state="offered", owner=house, asker=ngo, opened_at=NOON
    )
    return SimpleNamespace(
        house=house,
        ngo=ngo,
        case=case,
        head=factories.member(ngo, Role.HEAD),
        desk=factories.member(house, Role.DESK),
    )


def issued(
    kind: str,
    cast: SimpleNamespace,
    *,
    language: str = "ru",
    at: datetime = NOON,
    organisation: Organisation | None = None,
    **changed: Any,
) -> Paper:
    """A paper of the cast's case; an extract belongs to none."""
    return issue(
        kind,
        case=None if kind in CASELESS else cast.case,
        organisation=organisation or cast.house,
        values=VALUES[kind] | changed,
        language=language,
        at=at,
    )


def read(paper: Paper) -> str:
    """Every word of the PDF, blanks and breaks evened out."""
    pages = PdfReader(BytesIO(pdf(paper))).pages
    text = "".join(page.extract_text() + " " for page in pages).replace("\u200b", "")
    return " ".join(text.split())
