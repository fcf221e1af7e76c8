"""Proposing a change of the bank."""

from dataclasses import dataclass, field
from datetime import datetime

from accounts.hats import Acting
from accounts.models import User
from casework.models import Case
from casework.opening import begin
from volunteers.bank.content import OF_QUESTION, Content
from volunteers.flows.question import QuestionChangeFlow
from volunteers.models import QuestionChange, QuestionVersion

W = QuestionChange.What


@dataclass(frozen=True)
class Draft:
    """What is to become of the bank: `what` is one of QuestionChange.What."""

    what: str
    why: str
    content: Content = field(default_factory=dict)
    ground: str = ""
    follows: QuestionVersion | None = None

    def whole(self) -> Content:
        """What is written; what never changes of a question stands as it is."""
        if self.what != W.VERSION or self.follows is None:
            return self.content
        question = self.follows.question
        return self.content | {name: getattr(question, name) for name in OF_QUESTION}


def propose(draft: Draft, *, by: Acting, at: datetime, key: str) -> QuestionChange:
    """A change that waits for its second person. The same key gives the same change; raises
    Refused with every reason.
    """

    def change(case: Case, user: User) -> QuestionChange:
        return QuestionChange(
            case=case,
            what=draft.what,
            question=draft.follows.question if draft.follows else None,
            follows=draft.follows,
            content=draft.whole(),
            ground=draft.ground,
            why=draft.why,
            proposed_by=user,
        )

    return begin(QuestionChangeFlow.propose, change, by=by, at=at, key=key)
