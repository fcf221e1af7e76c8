"""Every page of every role, on a phone: by day in Russian, by night in English."""

import re
from types import SimpleNamespace

import pytest
from django.urls import resolve, reverse
from playwright.sync_api import Page

from accounts.access import PUBLIC
from accounts.roles import Role
from face.context import menu_of
from tests.house.test_architecture import ours
from tests.stories.conftest import Stage
from tests.stories.reading import faults
from tests.stories.test_anyone_looks_around import PAGES as LOOKED_AT
from tests.stories.world import EVENING, world

# The database is made before the browser, so that it is thrown away after it.
pytestmark = pytest.mark.usefixtures("django_db_setup")
# Whose page, and what stands there; names in braces are filled in from the world below.
PAGES_OF = {
    "anybody": """/ /rules/ /calendar/2026/ /types/T11/versions/1/ /register/ /register/?what=ngo
        /register/ngos/{ngo}/ /institutions/{house}/ /map/{district}/ /register/apply/
        /help/volunteer/ /verify/ /verify/{paper}/ /verify/{extract} /needs/ /requirements/""",
    "volunteer": """/start/ /clearance/ /clearance/conduct/ /test/ /test/result/{attempt}/
        /duties/mine/ /visits/ /visits/book/ /visits/find/ /visits/slots/{house}/
        /visits/new/{slot}/ /visits/{requested}/
        /visits/{booked}/ /visits/{booked}/pass/ /visits/{done}/ /cases/{requested}/
        /cases/{requested}/withdraw/ /cases/{booked}/cancel/ /tell/ /tell/?visit={booked}
        /tell/mine/ /tell/{concern}/ /notices/ /hats/ /needs/ /me/data/ /me/data/correct/
        /me/data/erase/ /me/data/consents/{consent}/ /cases/{data}/""",
    "candidate": """/start/ /clearance/ /test/ /test/1/ /test/check/ /visits/find/
        /visits/new/{slot}/""",
    "coordinator": """/start/ /visits/ /visits/?part=coming /visits/find/ /visits/new/{slot}/
        /visits/{done}/ /visits/{done}/hours/ /visits/{closed}/ /visits/{offered}/
        /visits/{refused}/ /cases/{offered}/accept/ /people/ /people/{maria}/
        /people/{maria}/record/ /people/{maria}/suspend/ /cases/{kept}/ /cases/{kept}/lift/
        /people/import/ /people/import/{list}/ /agreements/ /duties/ /needs/
        /agreements/{deal}/people/ /agreements/{deal}/briefing/ /proposals/ /proposals/new/
        /proposals/new/?side={house} /proposals/{draft}/edit/ /proposals/{draft}/documents/
        /cases/{draft}/ /cases/{draft}/send/ /cases/{proposal}/""",
    "head": """/start/ /visits/ /visits/find/ /application/ /application/change/ /people/
        /agreements/ /agreements/new/ /agreements/new/?institution={house} /members/
        /members/{membership}/end/ /unattended/ /duties/ /duties/{deal}/ /needs/
        /people/{maria}/bar/
        /agreements/{deal}/people/ /cases/{deal}/ /proposals/ /cases/{contested}/
        /cases/{review}/ /agreements/{countered}/versions/""",
    "sender": "/application/",
    "appellant": "/application/ /application/appeal/{denied}/",
    "writer": "/application/ /application/check/ /application/documents/",
    "director": """/requests/ /requests/{requested}/ /requests/{booked}/ /requests/review/ /door/
        /door/new/ /door/conditions/ /door/conditions/new/
        /cases/{narrowing}/ /closure/new/ /slots/ /agreements/ /agreements/new/ /cases/{offer}/
        /cases/{offer}/sign/ /cases/{offer}/decline/ /cases/{mode}/ /cases/{mode}/reopen/
        /gate/ /members/ /members/away/ /members/{post}/deputy/ /unattended/ /handover/
        /handover/{handover}/ /cases/{handover}/ /people/{maria}/record/ /duties/ /needs/mine/
        /people/{maria}/bar/
        /duties/{deal}/ /agreements/{deal}/people/ /proposals/ /cases/{proposal}/
        /cases/{proposal}/accept/ /cases/{proposal}/refuse/ /cases/{accepted}/
        /cases/{countered}/ /agreements/{countered}/counter/""",
    "desk": """/requests/ /requests/{requested}/ /requests/{refused}/sent/ /door/ /slots/
        /agreements/ /gate/ /cases/{booked}/ /members/away/ /duties/ /needs/mine/ /proposals/
        /cases/{proposal}/receive/""",
    "nurse": "/start/",
    "gate": "/gate/ /gate/?q=никто /gate/{part}/in/ /gate/{part}/refuse/ /gate/sheet/",
    "registrar": """/registrations/ /cases/{application}/ /cases/{application}/complete/
        /cases/{application}/return_/ /suspensions/ /suspensions/new/
        /suspensions/new/?ngo={ngo} /cases/{suspension}/ /cases/{suspension}/lift/
        /cases/{change}/ /cases/{change}/accept/
        /rules/ /rules/concern-answer/ /cases/{rule}/ /calendar/2027/change/
        /calendar/changes/{calendar}/ /cases/{calendar}/ /terms/{term}/ /types/changes/ /types/T11/
        /requirements/new/
        /requirements/risk/change/ /requirements/changes/{demand}/
        /types/T11/change/ /types/T11/retire/ /types/T07/procedure/ /register/import/
        /register/import/{file}/ /late/ /concerns/""",
    "checker": """/data-requests/ /cases/{data}/ /cases/{data}/carry_out/ /cases/{data}/refuse/
        /vetting/ /vetting/{check}/ /people/{maria}/ /people/{maria}/record/
        /bars/ /bars/{likeness}/ /cases/{likeness}/same/ /people/{maria}/suspend/
        /people/{maria}/bar/ /cases/{bar}/ /cases/{bar}/ask_removal/ /cases/{proposed}/
        /cases/{proposed}/confirm/ /cases/{reported}/propose/
        /bank/ /bank/new/ /bank/rights-001/ /bank/rights-001/version/ /bank/rights-001/retire/
        /bank/changes/{question}/ /cases/{question}/ /cases/{question}/refuse/
        /late/ /concerns/ /duties/""",
    "commissioner": """/types/changes/ /types/changes/{type}/ /requirements/changes/{demand}/
        /registrations/ /reviews/ /cases/{appeal}/ /cases/{appeal}/overturn/ /late/
        /late/?tab=long /concerns/ /cases/{concern}/ /cases/{concern}/reply/
        /duties/ /cases/{review}/ /cases/{review}/uphold/""",
    "chief": """/types/changes/ /registrations/ /late/ /unattended/ /concerns/ /audit/ /members/
        /duties/""",
    "auditor": "/audit/ /audit/?case={booked} /late/ /concerns/ /duties/",
}
PAGES = [(who, one) for who, many in PAGES_OF.items() for one in many.split()]
# These look the same to everybody who may open them: one reader is enough.
SAME = {
    *["/late/", "/concerns/", "/audit/", "/gate/", "/slots/", "/members/", "/door/"],
    *["/duties/", "/needs/mine/"],
}
FIRST = {address: who for who, address in reversed(PAGES)}
READ = [(who, one) for who, one in PAGES if one not in SAME or FIRST[one] == who]
# Forms are only sent there, or a file comes from there, or another story reads them.
NOT_PAGES = {
    *(
        "application-begin",
        "audit-verify",
        "gate-out",
        "registration-case",
        "language",
        "test-start",
        "withdraw",
    ),
    *("people-import-apply", "register-import-apply", "request-check"),
    *("document", "proposal-document", "file", "certificate", "hours-table"),
    *("back", "hand-on"),
    *("need-withdraw", "person-more-time"),
    *("my-data-copy", "audit-export", "people-export", "visit-calendar", "paper"),
    *("people-import-rejected", "register-import-rejected", "second_factor"),
}


@pytest.fixture(scope="module")
def cast(stage: Stage) -> SimpleNamespace:
    """The world, with everybody's name in it; somebody of each role reads its pages."""
    made = world()
    made.volunteer, made.candidate = made.maria.person, made.ilya.person
    made.sender, made.writer = made.sent.head.user, made.written.head.user
    made.anybody, made.names = None, names(made)
    made.read, made.complaints = {}, []
    return made


def names(cast: SimpleNamespace) -> dict[str, object]:
    cases = (
        "handover requested booked done closed offered refused offer mode concern suspension check"
        " bar likeness proposed reported kept question deal draft proposal contested review"
        " accepted countered"
    )
    found = {name: getattr(cast, name).case.ref for name in cases.split()}
    things = "term post attempt membership part list file maria"
    found |= {name: getattr(cast, name).pk for name in things.split()}
    return found | {
        "rule": cast.rule.case.ref,
        "calendar": cast.calendar.case.ref,
        "type": cast.type.case.ref,
        "demand": cast.demand.case.ref,
        "data": cast.data.case.ref,
        "consent": cast.consent.case.ref,
        "narrowing": cast.narrowing.case.ref,
        "application": cast.sent.application.case.ref,
        "appeal": cast.appeal.case.ref,
        "change": cast.change.case.ref,
        "denied": cast.denied.application.case.ref,
        "ngo": cast.ngo.organisation.ref,
        "house": cast.house.organisation.ref,
        "district": cast.site.district.oktmo,
        "slot": cast.offered.offered_slot.pk,
        "paper": cast.paper.code,
        "extract": cast.extract.code,
    }


@pytest.fixture
def reader(stage: Stage, cast: SimpleNamespace, language: str, who: str) -> Page:
    """The phone of whoever reads, the same for all their pages, with the content policy kept."""
    stage.clock.move_to(EVENING)
    if (who, language) not in cast.read:
        stage.close()
        page = stage.page(language, getattr(cast, who), bypass_csp=False)
        page.on("console", lambda message: cast.complaints.append(message.text))
        cast.read = {(who, language): page}
    cast.complaints.clear()
    return cast.read[who, language]


@pytest.mark.parametrize(("who", "address"), READ)
def test_a_page_can_be_read_by_everybody(reader: Page, cast: SimpleNamespace, address: str) -> None:
    answer = reader.goto(address.format(**cast.names))
    assert answer is not None
    assert answer.status == 200
    assert faults(reader) == []
    assert cast.complaints == []


def names_of(pages: list[str]) -> set[str | None]:
    return {resolve(re.sub(r"\{\w+\}", "1", one).partition("?")[0]).url_name for one in pages}


def test_no_page_is_left_out() -> None:
    guarded = {one.name for one in ours() if one.who != PUBLIC}  # type: ignore[attr-defined]
    assert guarded - NOT_PAGES - names_of([one for _who, one in PAGES]) == set()


@pytest.mark.parametrize("role", Role.values)
def test_no_row_of_a_menu_is_left_out(role: str) -> None:
    read = {*PAGES_OF[role].split(), *PAGES_OF["anybody"].split(), *LOOKED_AT}
    assert {reverse(row.url_name) for row in menu_of(role)} - read == set()
