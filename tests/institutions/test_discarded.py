"""A draft of a proposal that is thrown away: by whoever writes it, before anybody else saw it."""

from types import SimpleNamespace

import pytest

from casework.models import Notice
from casework.process import Refused
from institutions.flows import ProposalFlow
from institutions.models import Proposal, ProposalState
from tests.institutions.doing import NOON
from tests.institutions.paging import signed_in, text
from tests.institutions.proposing import again, draft, send, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def discarded(cast: SimpleNamespace) -> Proposal:
    proposal = draft(cast)
    take(ProposalFlow.discard, proposal, cast, "coordinator", NOON)
    return again(proposal)


def test_a_draft_is_thrown_away_and_nobody_hears(cast: SimpleNamespace) -> None:
    proposal = discarded(cast)
    assert (proposal.case.state, proposal.case.closed_at) == (ProposalState.DISCARDED, NOON)
    assert Notice.objects.count() == 0
    assert text(signed_in(cast.head).get("/proposals/")).count(proposal.case.ref) == 0
    assert proposal.case.ref in text(signed_in(cast.head).get(f"/cases/{proposal.case.ref}/"))


def test_neither_the_institution_nor_the_department_ever_sees_it(cast: SimpleNamespace) -> None:
    case = f"/cases/{discarded(cast).case.ref}/"
    for person in (cast.director, cast.desk, cast.registrar):
        assert signed_in(person).get(case).status_code == 404
    assert case not in text(signed_in(cast.director).get("/proposals/"))


def test_what_was_thrown_away_is_neither_written_nor_sent(cast: SimpleNamespace) -> None:
    proposal, client = discarded(cast), signed_in(cast.coordinator)
    assert client.get(f"/proposals/{proposal.case.ref}/edit/").status_code == 404
    documents = f"/proposals/{proposal.case.ref}/documents/"
    assert client.get(documents)["Location"] == f"/cases/{proposal.case.ref}/"
    with pytest.raises(Refused):
        take(ProposalFlow.send, proposal, cast, "coordinator", NOON)


def test_what_was_sent_is_withdrawn_and_not_thrown_away(cast: SimpleNamespace) -> None:
    proposal = send(cast)
    with pytest.raises(Refused):
        take(ProposalFlow.discard, proposal, cast, "coordinator", NOON)
    assert again(proposal).case.state == ProposalState.SENT


def test_the_same_may_be_written_again(cast: SimpleNamespace) -> None:
    first = discarded(cast)
    assert draft(cast).pk != first.pk
