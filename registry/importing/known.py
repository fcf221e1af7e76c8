"""What the database already holds of the organisations in a file, fetched at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import Organisation
from registry.models import (
    Approved,
    Bar,
    District,
    Institution,
    Kind,
    Ngo,
    Registration,
    Site,
    TypeVersion,
)
from registry.queries.bars import holding


@dataclass(frozen=True)
class Places:
    """The catalogue's and the city's keys by the codes and names a reader yields."""

    kinds: dict[str, int]
    districts: dict[tuple[str, str], int]
    types: dict[str, tuple[int, tuple[int, ...]]]
    names: dict[tuple[str, int], str]

    def shown(self, column: str, value: object) -> str:
        """A value as people read it: names instead of keys."""
        if isinstance(value, int) and (column, value) in self.names:
            return self.names[column, value]
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Known:
    """Rows of these organisations: by OGRN, by organisation, by registration."""

    organisations: dict[str, Organisation]
    institutions: dict[int, Institution]
    sites: dict[int, Site]
    ngos: dict[int, Ngo]
    registrations: dict[int, list[Registration]]
    approved: dict[int, set[str]]
    bars: dict[int, Bar]


def places(on: date) -> Places:
    """Kinds and districts, and each type with the kinds it is allowed for.

    A type that is no longer in force counts by its last version: old registers name such types.
    """
    kinds = list(Kind.objects.all())
    districts = list(District.objects.select_related("okrug"))
    versions = TypeVersion.objects.select_related("type").prefetch_related("kinds")
    types = {
        version.type.code: (version.type_id, tuple(kind.pk for kind in version.kinds.all()))
        for version in sorted(versions, key=lambda v: (on in v.during, v.number))
    }
    return Places(
        kinds={kind.code: kind.pk for kind in kinds},
        districts={(d.okrug.code, d.name): d.pk for d in districts},
        types=types,
        names={("kind_id", kind.pk): kind.name for kind in kinds}
        | {("district_id", d.pk): d.name for d in districts},
    )


def known(ogrns: Iterable[str], on: date) -> Known:
    """Everything about the organisations with these OGRNs: seven queries, however many they are."""
    organisations = {o.ogrn or "": o for o in Organisation.objects.filter(ogrn__in=list(ogrns))}
    keys = [organisation.pk for organisation in organisations.values()]
    sites: dict[int, Site] = {}
    for site in Site.objects.filter(institution__in=keys).order_by("-pk"):
        sites[site.institution_id] = site  # the oldest is the main one
    registrations = defaultdict(list)
    for registration in Registration.objects.filter(ngo__in=keys).order_by("during"):
        registrations[registration.ngo_id].append(registration)
    approved = defaultdict(set)
    of_these = Approved.objects.filter(registration__ngo__in=keys)
    for key, code in of_these.values_list("registration_id", "type__code").distinct():
        approved[key].add(code)
    return Known(
        organisations=organisations,
        institutions=Institution.objects.in_bulk(keys),
        sites=sites,
        ngos=Ngo.objects.in_bulk(keys),
        registrations=dict(registrations),
        approved=dict(approved),
        # The longest of several counts.
        bars={bar.ngo_id: bar for bar in holding(on).filter(ngo__in=keys).order_by("until_on")},
    )
