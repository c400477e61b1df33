"""Whether one side can do its work, in the words of both."""

from typing import Literal

from pydantic import BaseModel

Missing = Literal["", "database", "jobs", "directory", "restart"]


class Ready(BaseModel):
    """`waits_for` names what keeps it from working: nothing, or the first of these.

    `database` does not answer; nothing works the `jobs`; there is no `directory` of practices;
    only a `restart` helps. The other fields tell how it stands and decide nothing: a mail server
    that is away makes jobs old, a bot goes on with an old directory.
    """

    status: Literal["ready", "not_ready"]
    waits_for: Missing
    oldest_due_job_seconds: int | None = None
    directory_version: str = ""
    directory_age_seconds: int | None = None

    @property
    def http_status(self) -> int:
        """200 when it can work, else 503."""
        return 503 if self.waits_for else 200


def readiness(
    missing: Missing,
    *,
    oldest_due: int | None = None,
    directory_version: str = "",
    directory_age: int | None = None,
) -> Ready:
    """The answer to whoever asks; ages in seconds."""
    return Ready(
        status="not_ready" if missing else "ready",
        waits_for=missing,
        oldest_due_job_seconds=oldest_due,
        directory_version=directory_version,
        directory_age_seconds=directory_age,
    )
