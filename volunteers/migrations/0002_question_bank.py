"""The question bank, and what may no longer change.

A version of a question keeps its words (it may only be retired); a finished try keeps its result
and its answers. Rows may still be deleted as a whole: retention and erasure need that.
"""

import json
from pathlib import Path
from typing import Any

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data" / "questions.json"

KEEP = """
create function volunteers_question_keeps() returns trigger language plpgsql as $$
begin
    if to_jsonb(new) - 'retired_on' <> to_jsonb(old) - 'retired_on' then
        raise exception 'a version of a question never changes: write the next one';
    end if;
    return new;
end $$;

create function volunteers_attempt_keeps() returns trigger language plpgsql as $$
begin raise exception 'a finished attempt never changes'; end $$;

create function volunteers_answer_keeps() returns trigger language plpgsql as $$
begin
    if exists (select from volunteers_attempt
                where id = new.attempt_id and finished_at is not null) then
        raise exception 'a finished attempt takes no answers';
    end if;
    return new;
end $$;

create trigger question_keeps before update on volunteers_questionversion
    for each row execute function volunteers_question_keeps();
create trigger attempt_keeps before update on volunteers_attempt
    for each row when (old.finished_at is not null) execute function volunteers_attempt_keeps();
create trigger answer_keeps before insert or update on volunteers_answer
    for each row execute function volunteers_answer_keeps();
-- A plain trigger sleeps under session_replication_role = replica.
alter table volunteers_questionversion enable always trigger question_keeps;
alter table volunteers_attempt enable always trigger attempt_keeps;
alter table volunteers_answer enable always trigger answer_keeps;
"""
LET_GO = """
drop trigger answer_keeps on volunteers_answer;
drop trigger attempt_keeps on volunteers_attempt;
drop trigger question_keeps on volunteers_questionversion;
drop function volunteers_answer_keeps, volunteers_attempt_keeps, volunteers_question_keeps;
"""


def load(apps: Any, schema_editor: Any) -> None:
    """Every question of the file with its first version."""
    question = apps.get_model("volunteers", "Question").objects
    version = apps.get_model("volunteers", "QuestionVersion")
    rows = json.loads(DATA.read_text(encoding="utf-8"))
    version.objects.bulk_create(
        version(
            question=question.create(
                **{name: row.pop(name) for name in ("code", "topic", "mandatory")}
            ),
            n=1,
            **row,
        )
        for row in rows
    )


class Migration(migrations.Migration):
    """The guards first: the rows that follow already stand under them."""

    dependencies = (("volunteers", "0001_questions"),)
    operations = (
        migrations.RunSQL(KEEP, LET_GO),
        migrations.RunPython(load, migrations.RunPython.noop),
    )
