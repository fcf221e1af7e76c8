"""A mark is never rewritten, a change of the bank never deleted; tries of before get their marks."""

from django.db import migrations

KEEP = """
create function volunteers_marked_keeps() returns trigger language plpgsql as $$
begin raise exception 'a mark never changes'; end $$;
create trigger marked_keeps before update on volunteers_marked
    for each row execute function volunteers_marked_keeps();
alter table volunteers_marked enable always trigger marked_keeps;

revoke update, truncate on volunteers_marked from open_doors_app;
revoke delete, truncate on volunteers_questionchange from open_doors_app;
"""
LET_GO = """
drop trigger marked_keeps on volunteers_marked;
drop function volunteers_marked_keeps;
"""
# Right is the full set of right options and no other, as it is marked; nothing chosen is wrong.
FILL = """
insert into volunteers_marked (attempt_id, version_id, "right", rest)
select attempt, version, ok,
       coalesce(trunc(100.0 * (score - ok::int) / nullif(total - 1, 0), 2), 0)
  from (
    select a.id as attempt, v.id as version, a.score, jsonb_array_length(a.paper) as total,
           coalesce(
             (select array_agg(distinct (p.place -> 1 ->> c)::int order by (p.place -> 1 ->> c)::int)
                from unnest(w.chosen::int[]) as c where p.place -> 1 ->> c is not null)
             = (select array_agg(o.n::int - 1 order by o.n)
                  from jsonb_array_elements(v.options) with ordinality as o(said, n)
                 where (o.said ->> 'correct')::boolean),
             false) as ok
      from volunteers_attempt a
     cross join lateral jsonb_array_elements(a.paper) with ordinality as p(place, n)
      join volunteers_questionversion v on v.id = (p.place ->> 0)::bigint
      left join volunteers_answer w on w.attempt_id = a.id and w.n = p.n
     where a.finished_at is not null
  ) as answered;
"""


class Migration(migrations.Migration):
    """The rows of before first: they stand under the guards then."""

    dependencies = (("volunteers", "0010_bank_changes"),)
    operations = (
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(KEEP, LET_GO),
    )
