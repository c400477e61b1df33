"""The one place that picks real things and puts the api together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends, FastAPI

from api.notifications.post import Post, open_post
from api.persistence.store import JOBS, KEYS, open_store
from api.rest import (
    callbacks,
    clips,
    directory,
    eligibility,
    operations,
    practices,
    previews,
    problems,
    publications,
    referrals,
)
from api.rest.access import Tokens, bearer
from api.rest.described import DescribedApi
from api.rest.operations import ApiMetrics
from api.services import accountmail, ageing, keeping, notifying, telling
from api.services.accountmail import Write
from api.services.desk import Desk
from api.services.directory import DirectoryKeeper
from api.services.filing import file_together
from api.services.notifying import Tell
from api.services.provider import Terms
from api.services.publications import PublicationKeeper
from api.services.safetylists import seed_safety_lists
from api.services.seeding import DemoApp, seed_demonstration, seed_directory
from api.services.sorting import sort_out
from api.services.together import MOST, Together
from api.services.wordseeding import seed_words
from api.settings import ApiSettings
from api.staff.site import staff_site
from common.runtime.assets import assets
from common.runtime.clock import Clock, system_clock
from common.runtime.database import Database
from common.runtime.keytable import unlocked
from common.runtime.logs import get
from common.runtime.metrics import CountRequests
from common.runtime.pace import Pace
from common.runtime.sqljobs import SqlDispatcher
from common.runtime.web import BodyLimit, keep_to_itself

if TYPE_CHECKING:
    from api.staff_bot.entry import StaffTelegram

MAIL = Path("var/mail")  # where letters go as files while no mail server is set
log = get(__name__)
# Somebody may add to their own words again and again, and none of it may keep a referral from
# arriving: this is 340 of the longest messages that Telegram carries, in Bengali.
LONGEST_BODY = 4 * 1024 * 1024  # bytes
FOR_MACHINES = (
    referrals,
    callbacks,
    practices,
    eligibility,
    directory,
    publications,
    clips,
    previews,
)


def _for_machines() -> APIRouter:
    """All that machines ask; the framework builds each of it at its first request, and once.

    It would build them anew for each application that included them.
    """
    together = APIRouter()
    for noun in FOR_MACHINES:
        together.include_router(noun.router, dependencies=[Depends(bearer)])
    together.include_router(operations.router)
    return together


MACHINES = _for_machines()


def build(
    settings: ApiSettings,
    *,
    tell: Tell | None = None,
    write: Write | None = None,
    clock: Clock = system_clock,
) -> FastAPI:
    """The whole api as one application; the worker of its jobs lives and dies with it.

    Raises:
        DatabaseError: the database cannot be opened.
    """
    desk, dispatcher = open_desk(settings, clock)
    staff_bot = _open_staff_bot(desk, settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await _seed(desk, settings)
        post = _post(settings, clock)
        by_mail = app.state.metrics.watching(tell or post.tell)
        handlers = {
            **notifying.handlers(desk, by_mail),
            **accountmail.handlers(desk, write or post.write),
            **ageing.handlers(desk),
            **keeping.handlers(desk),
            **telling.handlers(desk, staff_bot.send if staff_bot else None),
        }
        periodic = (*ageing.PERIODIC, *keeping.PERIODIC, *(telling.PERIODIC if staff_bot else ()))
        app.state.worker = worker = asyncio.create_task(dispatcher.run(handlers, periodic))
        listening = [asyncio.create_task(staff_bot.run())] if staff_bot else []
        sorting = asyncio.create_task(sort_out(desk))
        log.info("api.ready", host=settings.host, port=settings.port)
        try:
            yield
        finally:
            for task in (worker, sorting, *listening):
                task.cancel()
            await asyncio.gather(worker, sorting, *listening, return_exceptions=True)
            await desk.database.close()

    app = DescribedApi(
        title="Doorway intake", version="1", lifespan=lifespan, docs_url=None, redoc_url=None
    )
    _furnish(app, desk, settings)
    return app


def open_desk(settings: ApiSettings, clock: Clock) -> tuple[Desk, SqlDispatcher]:
    """What the services work with, and the dispatcher that works its jobs."""
    return desk_over(open_store(settings.database_url), settings, clock)


def desk_over(
    database: Database, settings: ApiSettings, clock: Clock
) -> tuple[Desk, SqlDispatcher]:
    """The same over a store that is open already. Raises DatabaseError: these are not its keys."""
    vault = unlocked(database, KEYS, settings.vault)
    dispatcher = SqlDispatcher(database, JOBS, vault, clock)
    desk = Desk(
        database=database,
        vault=vault,
        clock=clock,
        dispatcher=dispatcher,
        directory=DirectoryKeeper(database, clock),
        publications=PublicationKeeper(database, clock),
        contact_days=settings.contact_working_days,
        public_url=settings.public_url,
        chat_url=settings.chat_url,
        interpreting_phone=settings.interpreting_phone,
        keep=settings.keep,
        # A trip to a server is worth sharing; a file's writer shares its commits by itself.
        filing=Together(file_together, most=MOST if database.shared else 1),
    )
    return desk, dispatcher


def _furnish(app: FastAPI, desk: Desk, settings: ApiSettings) -> None:
    app.state.desk = desk
    app.state.pace = Pace(settings.vault.fingerprint, desk.clock)
    app.state.tokens = Tokens(settings.tokens)
    app.state.metrics = ApiMetrics(desk.clock)
    app.state.metrics_token = settings.metrics_token_value
    problems.install(app)
    # Pages first: what looks for one need not be held against every route for machines.
    app.mount("/assets", assets())
    app.mount("/staff", staff_site(desk, _terms(settings)))
    app.router.routes.extend(MACHINES.routes)
    app.add_middleware(BodyLimit, limit=LONGEST_BODY)
    keep_to_itself(app, https=settings.https)
    app.add_middleware(CountRequests, metrics=app.state.metrics)


async def fill(settings: ApiSettings, demo_password: str) -> int:
    """Fill the store without serving; how many demonstration accounts there are now.

    Raises:
        DatabaseError: the database cannot be opened.
    """
    database = open_store(settings.database_url)
    try:
        await seed_directory(database, system_clock)
        lists = await seed_safety_lists(database, system_clock)
        await seed_words(database, system_clock, beside=lists)
        if not demo_password:
            return 0
        return await seed_demonstration(database, demo_password, _demo_app(settings))
    finally:
        await database.close()


async def _seed(desk: Desk, settings: ApiSettings) -> None:
    await seed_directory(desk.database, desk.clock)
    lists = await seed_safety_lists(desk.database, desk.clock)
    await seed_words(desk.database, desk.clock, beside=lists)
    if settings.demo_password is not None:
        password = settings.demo_password.get_secret_value()
        await seed_demonstration(desk.database, password, _demo_app(settings))
    await desk.directory.current()  # so that the first resident does not wait for it


def _open_staff_bot(desk: Desk, settings: ApiSettings) -> "StaffTelegram | None":
    if settings.staff_telegram_token is None:
        return None
    # Only here: whoever has no such bot need not wait for Telegram's library.
    from api.staff_bot.entry import StaffTelegram  # noqa: PLC0415 as said above

    token = settings.staff_telegram_token.get_secret_value()
    return StaffTelegram(desk, token, settings.staff_telegram_api_url)


def _demo_app(settings: ApiSettings) -> DemoApp | None:
    """The authenticator app that all made-up accounts share, if they have one."""
    if settings.demo_totp_secret is None:
        return None
    return DemoApp(settings.demo_totp_secret.get_secret_value(), settings.vault, system_clock())


def _post(settings: ApiSettings, clock: Clock) -> Post:
    url = settings.smtp_url.get_secret_value() if settings.smtp_url else ""
    return open_post(url, sender=settings.mail_from, folder=MAIL, clock=clock)


def _terms(settings: ApiSettings) -> Terms | None:
    """How another house knows us, if its accounts are taken."""
    if settings.oidc_issuer is None or settings.oidc_client_secret is None:
        return None
    return Terms(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret.get_secret_value(),
        label=settings.oidc_label,
        back=f"{settings.public_url.rstrip('/')}/staff/sign-in/organisation/back",
        acr_values=settings.oidc_acr_values,
        proof=settings.proof,
        trusts_email=settings.oidc_trusts_email,
    )
