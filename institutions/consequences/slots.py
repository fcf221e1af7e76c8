"""Slots from windows: set by set in the database, as often as one likes.

A window is local time where the institution is; each day is converted by itself, so that a
change of the clocks moves nothing. What differs from the door is withdrawn; people who were
promised a place there keep it, and the new slot at that time is smaller by them.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from registry.models import Site

_WINDOWS = """
    registry_site s
    join accounts_organisation o on o.id = s.institution_id
    join institutions_door d on d.site_id = s.id and d.withdrawn_at is null and d.level <> 'shut'
    join institutions_window w on w.mode_id = d.mode_id
"""
_WANTED = f"""
    with wanted as (
        select s.institution_id, s.id as site_id, d.id as door_id, w.capacity,
               (day::date + w.begins) at time zone o.zone as begins,
               (day::date + w.ends) at time zone o.zone as ends
          from {_WINDOWS}
         cross join lateral generate_series(
               greatest(lower(d.during), (%(at)s at time zone o.zone)::date)::timestamp,
               least(upper(d.during) - 1,
                     (%(at)s at time zone o.zone)::date + %(ahead)s)::timestamp,
               interval '1 day') as day
         where s.id = any(%(sites)s) and extract(isodow from day) = w.weekday + 1)
"""  # noqa: S608  (put together from constants)
_PROMISED = """
    coalesce((select sum(p.used) from institutions_slot p
               where p.site_id = wanted.site_id and p.withdrawn_at is not null and p.used > 0
                 and p.during && tstzrange(least(wanted.begins, wanted.ends),
                                     greatest(wanted.begins, wanted.ends))), 0)
"""
WITHDRAW = f"""
    update institutions_slot x set withdrawn_at = %(at)s
     where x.site_id = any(%(sites)s) and x.withdrawn_at is null and lower(x.during) > %(at)s
       and not exists (
           select from {_WINDOWS}
            cross join lateral (select (lower(x.during) at time zone o.zone)::date as on) day
            where s.id = x.site_id and d.during @> day.on
              and extract(isodow from day.on) = w.weekday + 1
              and (day.on + w.begins) at time zone o.zone = lower(x.during)
              and (day.on + w.ends) at time zone o.zone = upper(x.during))
"""  # noqa: S608  (the same)
REFIT = f"""
    {_WANTED}
    update institutions_slot x
       set door_id = wanted.door_id,
           capacity = greatest(x.used, wanted.capacity - {_PROMISED})
      from wanted
     where x.site_id = wanted.site_id and x.withdrawn_at is null and wanted.begins > %(at)s
       and lower(x.during) = wanted.begins and upper(x.during) = wanted.ends
       and (x.door_id, x.capacity) is distinct from
           (wanted.door_id, greatest(x.used, wanted.capacity - {_PROMISED}))
"""  # noqa: S608  (the same)
INSERT = f"""
    {_WANTED}
    insert into institutions_slot (institution_id, site_id, door_id, during, capacity, used)
    select institution_id, site_id, door_id, tstzrange(begins, ends), room, 0
      from (select *, capacity - {_PROMISED} as room from wanted
             where begins > %(at)s and begins < ends) fresh
     where room > 0 order by begins
    on conflict do nothing
"""  # noqa: S608  (the same)


def refill(site_ids: Iterable[int], at: datetime, ahead: int) -> int:
    """Make the future slots of these sites what their doors say; how many are new."""
    sites = sorted(site_ids)
    values = {"sites": sites, "at": at, "ahead": ahead}
    with transaction.atomic(), connection.cursor() as cursor:
        # Whoever else makes slots there waits: the same windows are not read twice.
        list(Site.objects.select_for_update().filter(pk__in=sites).order_by("pk"))
        for statement in (WITHDRAW, REFIT, INSERT):
            cursor.execute(statement, values)  # type: ignore[arg-type]  # psycopg adapts lists
        return int(cursor.rowcount)
