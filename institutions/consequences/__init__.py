"""What follows from a step: doors and slots, signatures, proposals."""

from institutions.consequences.agreements import (
    conclude_the_proposal,
    keep_the_version,
    resume,
    set_the_last_day,
    sign_for_offerer,
    sign_for_other,
    suspend,
    take_over_the_offer,
)
from institutions.consequences.doors import declare, stop
from institutions.consequences.proposals import (
    begin_registering,
    keep_the_conditions,
    name_the_assessment,
    note_the_answer,
    note_the_question,
    open_the_review,
    overturn_the_refusal,
    stop_waiting,
    uphold_the_refusal,
)

__all__ = [
    "begin_registering",
    "conclude_the_proposal",
    "declare",
    "keep_the_conditions",
    "keep_the_version",
    "name_the_assessment",
    "note_the_answer",
    "note_the_question",
    "open_the_review",
    "overturn_the_refusal",
    "resume",
    "set_the_last_day",
    "sign_for_offerer",
    "sign_for_other",
    "stop",
    "stop_waiting",
    "suspend",
    "take_over_the_offer",
    "uphold_the_refusal",
]
