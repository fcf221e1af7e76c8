"""Cases of many kinds read at once with their details: one query, whatever their kinds."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from casework.models import Case
from casework.process import Flow


def with_details(cases: QuerySet[Case, Any], kinds: Iterable[str]) -> QuerySet[Case, Any]:
    """These cases, those of these kinds with what their headings and parties read."""
    flows = [Flow.by_kind[kind] for kind in sorted(set(kinds))]
    paths = [path for flow in flows for path in _paths(flow)]
    return cases.select_related("owner", "asker", *paths)


def detail_in(case: Case) -> Any:
    """The detail that such a case was read with."""
    return getattr(case, _name(Flow.by_kind[case.kind]))


def _paths(flow: type[Flow[Any]]) -> list[str]:
    """What the flow's detail is read with, from its case."""
    own, about_the_case = _name(flow), "case__"
    return [own] + [
        path.removeprefix(about_the_case) if path.startswith(about_the_case) else f"{own}__{path}"
        for path in flow.related
    ]


def _name(flow: type[Flow[Any]]) -> str:
    return flow.model.__name__.lower()
