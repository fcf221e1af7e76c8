"""From the named cells of one row to a typed row; the first fault found is raised."""

from datetime import date

from django.utils.translation import gettext as _

from registry.reading import cells, places
from registry.reading.rows import Fault, InstitutionRow, NgoRow, VolunteerRow, Where
from registry.reading.tables import Cells

YOUNGEST = 14
OF_AGE = 18


def institution(where: Where, c: Cells) -> InstitutionRow:
    """One institution."""
    okrug = places.okrug(c["okrug"])
    return InstitutionRow(
        **vars(where),
        name=cells.name(c["name"]),
        short_name=cells.text(c.get("short_name")),
        kind=places.kind(c["kind"]),
        inn=cells.inn(c["inn"], 10),
        ogrn=cells.ogrn(c["ogrn"], 13),
        okrug=okrug,
        district=places.district(c["district"], okrug),
        address=cells.text(c.get("address")),
        phone=cells.phone(c.get("phone")),
        email=cells.mail_if_any(c.get("email")),
        head=cells.text(c.get("head")),
        beds=cells.count(c.get("beds")),
        regime=cells.text(c.get("regime")),
        latitude=cells.degrees(c.get("latitude")),
        longitude=cells.degrees(c.get("longitude")),
    )


def ngo(where: Where, c: Cells) -> NgoRow:
    """One NGO, or an individual organiser (INN of 12 digits, OGRN of 15)."""
    registered_on, valid_through = cells.day(c["registered_on"]), cells.day(c["valid_through"])
    if valid_through < registered_on:
        raise Fault("bad_period", _("The registration ends before it begins."))
    return NgoRow(
        **vars(where),
        name=cells.name(c["name"]),
        short_name=cells.text(c.get("short_name")),
        form=cells.text(c.get("form")),
        inn=cells.inn(c["inn"], 10, 12),
        ogrn=cells.ogrn(c["ogrn"], 13, 15),
        head=cells.text(c.get("head")),
        phone=cells.phone(c.get("phone")),
        email=cells.mail_if_any(c.get("email")),
        site=cells.text(c.get("site")),
        types=places.types(cells.listed(c["types"])),
        registered_on=registered_on,
        valid_through=valid_through,
    )


def volunteer(where: Where, c: Cells, on: date) -> VolunteerRow:
    """One person; who is under 14 on the day `on` cannot be taken."""
    born_on = cells.day(c["born_on"])
    if born_on > on:
        raise Fault("bad_date", _("The date of birth lies in the future."))
    age = on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
    if age < YOUNGEST:
        raise Fault("under_14", _("People under 14 cannot be volunteers here."))
    return VolunteerRow(
        **vars(where),
        last_name=cells.name(c["last_name"]),
        first_name=cells.name(c["first_name"]),
        middle_name=cells.text(c.get("middle_name")),
        born_on=born_on,
        email=cells.mail(c["email"]),
        phone=cells.phone(c.get("phone")),
        languages=cells.listed(c.get("languages")),
        experience=cells.text(c.get("experience")),
        minor=age < OF_AGE,
    )
