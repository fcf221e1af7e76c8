"""From a row of an old register to the facts it states, in the words of the models."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.roles import OrganisationKind
from registry.importing.known import Places
from registry.models import Institution, Ngo, Site
from registry.reading.rows import Fault, InstitutionRow, NgoRow

LATITUDES = 90

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Facts:
    """What one row says; an empty value says nothing."""

    kind: OrganisationKind
    ogrn: str
    organisation: Values
    detail: Values
    site: Values | None = None
    during: DateRange | None = None
    types: tuple[str, ...] = ()


def of_institution(row: InstitutionRow, places: Places) -> Facts:
    """The facts of an institution and its main site; raises Fault."""
    district = places.districts.get((row.okrug, row.district))
    if row.kind not in places.kinds or district is None:
        raise Fault("unknown_place", _("Its kind or district is no longer in the catalogue."))
    inside = row.latitude is None or abs(row.latitude) <= LATITUDES
    return Facts(
        kind=OrganisationKind.INSTITUTION,
        ogrn=row.ogrn,
        organisation=_named(row),
        detail=_fitting(
            Institution,
            kind_id=places.kinds[row.kind],
            beds=row.beds or None,
            phone=row.phone,
            email=row.email,
            head_name=row.head,
            regime=row.regime,
        ),
        site=_fitting(
            Site,
            district_id=district,
            address=row.address,
            latitude=_degrees(row.latitude) if inside else None,
            longitude=_degrees(row.longitude) if inside else None,
        ),
    )


def of_ngo(row: NgoRow, places: Places) -> Facts:
    """The facts of an NGO, its registration and the types it allows; raises Fault."""
    unknown = [code for code in row.types if code not in places.types]
    if unknown:
        message = _("These are not interaction types of the catalogue: %(codes)s.")
        raise Fault("unknown_type", message % {"codes": ", ".join(unknown)})
    return Facts(
        kind=OrganisationKind.NGO,
        ogrn=row.ogrn,
        organisation=_named(row),
        detail=_fitting(
            Ngo,
            form=row.form,
            head_name=row.head,
            phone=row.phone,
            email=row.email,
            site_url=row.site,
        ),
        during=_period(row.registered_on, row.valid_through),
        types=row.types,
    )


def _named(row: InstitutionRow | NgoRow) -> Values:
    return _fitting(Organisation, name=row.name, short_name=row.short_name, inn=row.inn)


def _fitting(model: type[models.Model], **values: Any) -> Values:
    for column, value in values.items():
        limit = getattr(model._meta.get_field(column), "max_length", None)
        if limit and isinstance(value, str) and len(value) > limit:
            message = _("“%(text)s…” is too long: at most %(limit)d characters fit.")
            raise Fault("too_long", message % {"text": value[:40], "limit": limit})
    return values


def _degrees(found: float | None) -> Decimal | None:
    return None if found is None else Decimal(f"{found:.6f}")


def _period(first: date, last: date) -> DateRange:
    """The last valid day is inclusive in a file; the last day of the calendar means no end."""
    return DateRange(first, None if last == date.max else last + timedelta(days=1))
