"""What an approved change writes: the old version ends where the new one begins."""

from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from casework.process import Ask
from registry.models import (
    Kind,
    Procedure,
    ProcedureStep,
    ProcedureVersion,
    TypeChange,
    TypeVersion,
)
from registry.queries.types import newest, newest_procedure

W = TypeChange.What


def written(ask: Ask[TypeChange]) -> TypeVersion | None:
    """The version of the type that holds from the change's day on; None once it is retired.

    It is written when it is first asked for: by a floor above that settles what it touches, or
    by the step itself.
    """
    change = ask.detail
    if change.approved_by_id is None:
        assert ask.by is not None  # noqa: S101  (a person approves)
        change.approved_by_id = ask.by.user.pk
        if change.what == W.PROCEDURE:
            change.procedure_version = _procedure(change)
        else:
            change.version = _version(change)
        change.save(update_fields=["approved_by", "version", "procedure_version"])
    return change.version


def put_in_force(ask: Ask[TypeChange]) -> None:
    """Write it, if nobody has asked for it yet."""
    written(ask)


def _version(change: TypeChange) -> TypeVersion | None:
    last = newest(change.type_id)
    _close(last, change)
    if change.what == W.RETIREMENT:
        return None
    fields = dict(change.content)
    kinds = Kind.objects.filter(code__in=fields.pop("kinds"))
    made = TypeVersion.objects.create(
        type_id=change.type_id,
        number=last.number + 1,
        during=DateRange(change.from_on, None),
        **fields,
    )
    made.kinds.set(kinds)
    return made


def _procedure(change: TypeChange) -> ProcedureVersion:
    last = newest_procedure(change.type.code)
    procedure, _made = Procedure.objects.get_or_create(code=change.type.code)
    if last:
        _close(last, change)
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        number=last.number + 1 if last else 1,
        during=DateRange(change.from_on, None),
    )
    ProcedureStep.objects.bulk_create(
        ProcedureStep(version=version, n=n, **step)
        for n, step in enumerate(change.content["steps"], start=1)
    )
    return version


def _close(last: Any, change: TypeChange) -> None:
    """The period of what held ends where the change begins; one that has its end keeps it."""
    if last.during.upper is None:
        rows = type(last)._default_manager.filter(pk=last.pk)
        rows.update(during=DateRange(last.during.lower, change.from_on))
