"""The letters the demonstration sent, read from the files of its mail backend."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

END = b"-" * 79
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Sent:
    """One letter as its reader finds it."""

    at: datetime
    to: str
    subject: str
    text: str
    attachments: tuple[str, ...]


def sent(most: int = 200) -> list[Sent]:
    """The newest letters first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    letters = [letter for file in files[:most] for letter in _letters(file)]
    return sorted(letters, key=lambda letter: letter.at, reverse=True)[:most]


def _letters(file: Path) -> list[Sent]:
    parts = file.read_bytes().split(b"\n" + END + b"\n")
    return [_letter(part) for part in parts if part.strip()]


def _letter(raw: bytes) -> Sent:
    message = message_from_bytes(raw.strip(), policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101  (the policy makes one)
    body = message.get_body(("plain",))
    when = message["date"].datetime if message["date"] else NEVER
    return Sent(
        # Mail without a zone of its own says -0000, which is read as no zone.
        at=when if when.tzinfo else when.replace(tzinfo=UTC),
        to=str(message["to"]),
        subject=str(message["subject"]),
        text=body.get_content() if body else "",
        attachments=tuple(part.get_filename() or "" for part in message.iter_attachments()),
    )
