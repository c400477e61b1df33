"""What may go wrong on purpose: each noun is declared once, and rendered in one place.

No message ever carries personal data: it may be shown to whoever asked.
"""

from typing import ClassVar


class DomainError(Exception):
    """The root; `code` is stable and travels, `title` is for a person who reads it."""

    code: ClassVar[str] = "error"
    title: ClassVar[str] = "Something went wrong"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.title)
        self.detail = detail


class NotFoundError(DomainError):
    """There is no such thing, or not for this asker: the two look the same."""

    code = "not-found"
    title = "Not found"


class ConflictError(DomainError):
    """The request contradicts what is stored."""

    code = "conflict"
    title = "This contradicts what is stored"


class KeyReusedError(ConflictError):
    """An Idempotency-Key came back with another body."""

    code = "key-reused"
    title = "This Idempotency-Key belongs to another request"


class AlreadySentError(ConflictError):
    """The very same conversation has sent this referral; it may know its own reference."""

    code = "already-sent"
    title = "You have already sent this"

    def __init__(self, reference: str) -> None:
        super().__init__()
        self.reference = reference


class OvertakenError(ConflictError):
    """Somebody else was first: what was asked for was made from a page that is out of date."""

    code = "overtaken"
    title = "Somebody else was first"


class MoveRefusedError(ConflictError):
    """The table of transitions has no such move."""

    code = "move-refused"
    title = "A referral cannot move like this"


class ChangedMeanwhileError(ConflictError):
    """Somebody else has changed it since the page was shown."""

    code = "changed-meanwhile"
    title = "Somebody else has changed this meanwhile"


class RefusedError(DomainError):
    """The asker is known and may not do this."""

    code = "refused"
    title = "You may not do this"


class NotSignedInError(DomainError):
    """Nobody we know is asking."""

    code = "not-signed-in"
    title = "A valid token is needed"


class UnacceptableError(DomainError):
    """A field is well formed and still cannot be so; `field` is its path, as `contact.phone`."""

    code = "unacceptable"
    title = "A field cannot be accepted"

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field


class TooManyError(DomainError):
    """It came too often; `wait` is for how many seconds to leave it."""

    code = "too-many"
    title = "Too many requests"

    def __init__(self, wait: int) -> None:
        super().__init__()
        self.wait = wait
