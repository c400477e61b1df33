"""What is counted over all referrals and jobs: numbers by code, of nobody in particular."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from api.domain.referral import Status
from api.persistence.store import JOBS
from api.persistence.tables import REFERRAL
from common.runtime.jobfigures import KindOfJob, figures


def referrals_by_status(connection: Connection) -> Mapping[str, int]:
    """How many referrals and calls stand where; 0 for where none does.

    Scoped to nobody: it only counts, for whoever watches the service.
    """
    status = REFERRAL.c.status
    rows = connection.execute(select(status, func.count()).group_by(status))
    return {**dict.fromkeys((one.value for one in Status), 0), **{row[0]: row[1] for row in rows}}


def jobs(connection: Connection, now: datetime) -> Sequence[KindOfJob]:
    """The jobs that are not done."""
    return figures(connection, JOBS, now)
