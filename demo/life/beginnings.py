"""Organisations and people; the old register and a list of volunteers, imported from files."""

from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from accounts.memberships import grant
from accounts.models import Organisation, User
from accounts.roles import OrganisationKind, Role
from demo.cast import DEPARTMENT, PLAYERS, SATURDAYS
from demo.houses import BANDS, HOUSES, Band, House
from demo.people import BEFORE, BORN, EXTRAS
from demo.stage import Stage
from registry import services
from registry.importing.planning import MAIN_SITE
from registry.models import District, Institution, Kind, Ngo, Site
from volunteers.models import Volunteer

REGISTER = Path(settings.BASE_DIR) / "registry" / "samples" / "register.xlsx"
PHONE = "+7 (495) 000-00-00"
LIST = Path(__file__).resolve().parent.parent / "data" / "volunteers.csv"
LONG_AGO, LATELY = timedelta(days=3 * 365), timedelta(days=240)
NEWCOMER = "sofia"
CHIEF, AUDITOR = "lev", "alla"
LEADING = (Role.DIRECTOR, Role.HEAD)
LEADERS = {
    ref: player.key for player in PLAYERS for ref, role in player.hats if role in LEADING
} | {extra.organisation: extra.key for extra in EXTRAS if extra.role in LEADING}


def plan(stage: Stage) -> None:
    """First everybody, then the files."""
    days, add = stage.days, stage.agenda.add
    stage.leaders |= LEADERS
    add(days.back(-139, 9), _found, stage)
    add(days.back(-138, 10), import_file, stage, "register", REGISTER, "olga")
    add(days.back(-124, 15), import_file, stage, "volunteers", LIST, "daria")
    add(days.back(-9, 12), _arrive, stage)


def import_file(stage: Stage, kind: str, path: Path, by: str, at: datetime) -> None:
    """Receive a file, look at it, and have it written: as its page does."""
    acting = stage.acting(by)
    batch = services.receive(
        kind=kind,
        name=path.name,
        content=path.read_bytes(),
        owner=acting.organisation,
        by_id=acting.user.pk,
        at=at,
    )
    services.queue(batch, at=at)
    services.write_batch(batch.pk, clock=lambda: at)


def _found(stage: Stage, at: datetime) -> None:
    Organisation.objects.create(
        ref=DEPARTMENT,
        kind=OrganisationKind.DEPARTMENT,
        name="Департамент труда и социальной защиты населения города Москвы",
        short_name="ДТСЗН",
    )
    kinds = {kind.code: kind for kind in Kind.objects.all()}
    districts = {district.name: district for district in District.objects.all()}
    for house in HOUSES:
        _house(house, kinds[house.kind], districts[house.district])
    for band in BANDS:
        _band(band)
    _people(stage, at)


def _organisation(one: House | Band, kind: OrganisationKind) -> Organisation:
    return Organisation.objects.create(
        ref=one.ref,
        kind=kind,
        name=one.name,
        short_name=one.short_name,
        inn=one.inn,
        ogrn=one.ogrn,
    )


def _house(house: House, kind: Kind, district: District) -> None:
    institution = Institution.objects.create(
        organisation=_organisation(house, OrganisationKind.INSTITUTION),
        kind=kind,
        beds=house.beds,
        phone=PHONE,
        email=f"{house.ref}@open-doors.example",
        head_name=_leads(house.ref, Role.DIRECTOR),
    )
    Site.objects.create(
        institution=institution,
        name=MAIN_SITE,
        district=district,
        address=house.address,
        latitude=house.latitude,
        longitude=house.longitude,
    )


def _band(band: Band) -> None:
    Ngo.objects.create(
        organisation=_organisation(band, OrganisationKind.NGO),
        form=band.form,
        head_name=_leads(band.ref, Role.HEAD),
        phone=PHONE,
        email=f"{band.ref}@open-doors.example",
        site_url=f"https://{band.ref}.example",
        applicant=True,
    )


def _leads(ref: str, role: Role) -> str:
    """The name of whoever leads an organisation, as the register writes it."""
    for player in PLAYERS:
        if (ref, role) in player.hats:
            return f"{player.family_name} {player.given_name} {player.patronymic}"
    return next(one.names for one in EXTRAS if (one.organisation, one.role) == (ref, role))


def _people(stage: Stage, at: datetime) -> None:
    for player in PLAYERS:
        names = (player.family_name, player.given_name, player.patronymic)
        _person(player.email, names, player.language, at)
    for extra in EXTRAS:
        family, given, patronymic = extra.names.split(" ")
        _person(extra.email, (family, given, patronymic), "ru", at)
    hats = [(one.key, ref, role) for one in PLAYERS for ref, role in one.hats]
    hats += [(one.key, one.organisation, one.role) for one in EXTRAS]
    for key, ref, role in hats:
        if key != NEWCOMER:
            since = LATELY if role == Role.VOLUNTEER else LONG_AGO
            _take_in(stage, key, ref, BEFORE.get((key, ref), role), at.date() - since)
    born = BORN | {one.key: one.born_on for one in EXTRAS if one.born_on}
    for key, born_on in born.items():
        Volunteer.objects.create(
            person=stage.person(key), born_on=born_on, phone=PHONE, languages=["русский"]
        )


def _person(email: str, names: tuple[str, str, str], language: str, at: datetime) -> User:
    return User.objects.create_user(
        email,
        family_name=names[0],
        given_name=names[1],
        patronymic=names[2],
        language=language,
        joined_at=at,
    )


def _take_in(stage: Stage, key: str, ref: str, role: str, since: date) -> None:
    """A membership, granted by whoever leads there; to whoever leads, by the Department."""
    leader = LEADERS.get(ref, CHIEF)
    host = CHIEF if key == leader else leader
    grant(
        stage.person(key),
        stage.organisation(ref),
        role,
        on=since,
        by=stage.person(host if key != host else AUDITOR),
    )


def _arrive(stage: Stage, at: datetime) -> None:
    """Somebody new joins the NGO."""
    _take_in(stage, NEWCOMER, SATURDAYS, Role.VOLUNTEER, at.date())
