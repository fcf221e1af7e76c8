"""Ground R3: what the institution does not do is what the catalogue or the house excludes."""

from types import SimpleNamespace
from typing import Any

import pytest

from casework.process import Refused
from institutions.flows import NarrowingFlow, ProposalFlow
from institutions.models import ProposalState
from institutions.services.narrowing import Demanded, draft
from tests.institutions.doing import NOON, TODAY, days, key, type_
from tests.institutions.paging import signed_in, text
from tests.institutions.proposing import acting, again, send, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
REFUSAL = {"code": "R3", "reason": "Мы этого не проводим", "assessment": ""}
HOLDS, DOES_NOT_HOLD = "основание R3 подтверждается", "основание R3 не подтверждается"


def exclude(cast: SimpleNamespace, code: str, **fields: Any) -> None:
    wanted = Demanded(type_(code), TODAY + days(1), "Нет зала", excluded=True, **fields)
    one = draft(cast.house, wanted, by=acting(cast, "director"), at=NOON)
    NarrowingFlow.narrow(one, by=acting(cast, "director"), at=NOON, key=key())


def page(cast: SimpleNamespace, ref: str) -> str:
    return text(signed_in(cast.director, "ru").get(f"/cases/{ref}/"))


def test_it_holds_where_the_house_has_excluded_a_type_on_the_days_proposed(
    cast: SimpleNamespace,
) -> None:
    exclude(cast, "T05")
    proposal = send(cast, types=[type_("T01"), type_("T05")])
    assert HOLDS in page(cast, proposal.case.ref)
    take(ProposalFlow.refuse, proposal, cast, "director", NOON, **REFUSAL)
    assert again(proposal).case.state == ProposalState.REFUSED


@pytest.mark.parametrize("code", ["T05", "T01"])
def test_it_does_not_hold_for_another_type_or_other_days(cast: SimpleNamespace, code: str) -> None:
    exclude(cast, code, through_on=TODAY + days(20 if code == "T01" else 400))
    proposal = send(cast)
    assert DOES_NOT_HOLD in page(cast, proposal.case.ref)
    with pytest.raises(Refused) as refused:
        take(ProposalFlow.refuse, proposal, cast, "director", NOON, **REFUSAL)
    assert [one.code for one in refused.value.objections] == ["R3"]
