"""The api's keys are changed while referrals come in: all stay readable, repeats are recognised."""

import asyncio
from collections.abc import Iterator
from io import StringIO

from rich.console import Console

from api.domain.staff import Role, StaffAsker
from api.persistence.sealed import SEALED
from api.services.casework import Case, read_referral
from common.contract.referral import ReferralSubmission
from common.runtime.upkeep.holding import beside
from common.runtime.upkeep.reseal import Resealed, reseal
from common.runtime.upkeep.resealing import reseal_all
from common.runtime.vault import Vault
from tests.support.intake_api import KEYS as OLD
from tests.support.intake_api import Api, running_api, submission
from tests.support.upkeep import api_holding

NEW = Vault.new_key("k2")
ADDED, CHANGED = f"{OLD},{NEW}", f"{NEW},{OLD}"
COORDINATOR = StaffAsker(4, Role.COORDINATOR)


def send(api: Api, number: int) -> str:
    """Refer somebody, with all that comes after; their reference."""
    mine = {"X-Conversation-Id": f"conversation-{number}"}
    body = submission(conversation_id=mine["X-Conversation-Id"], name=f"Person {number}")
    reference = str(api.send(body, key=f"key-{number:08}").json()["reference"])
    at = f"/v1/referrals/{reference}"
    correction = {"phone": f"07700 9008{number:02}"}
    assert api.client.post(f"{at}/corrections", json=correction, headers=mine).is_success
    about = {"ethnic_category": "K"}
    assert api.client.post(f"{at}/about-you", json=about, headers=mine).is_success
    return reference


def case(api: Api, reference: str) -> Case:
    return api.run(read_referral, api.desk, COORDINATOR, reference)


def read(api: Api, references: list[str]) -> None:
    """See that each says what was sent."""
    for number, reference in enumerate(references):
        found = case(api, reference)
        assert isinstance(found.told, ReferralSubmission)
        assert found.told.name == f"Person {number}"
        assert [one.phone for one in found.corrections] == [f"+4477009008{number:02}"]


async def change(url: str) -> Resealed:
    async with beside(api_holding(url, CHANGED)) as database:
        return await reseal(database, SEALED, Vault.parse(CHANGED), lambda *_: None, batch=2)


def test_keys_are_changed_while_referrals_come_in(store_url: str) -> None:
    references: list[str] = []
    numbers: Iterator[int] = iter(range(100))
    for keys in (OLD, ADDED):  # the new one is made known, then used
        with running_api(store_url, keys=keys) as api:
            references += [send(api, next(numbers)) for _ in range(4)]
    with running_api(store_url, keys=CHANGED) as api:
        assert api.client.portal is not None
        changing = api.client.portal.start_task_soon(change, store_url)
        while not changing.done():
            references.append(send(api, next(numbers)))
            read(api, references)
        assert changing.result().done >= 8 * 3
        assert (changing.result().late, changing.result().closed) == (0, 0)
        assert asyncio.run(reseal_all(api_holding(store_url, CHANGED), Console(file=StringIO())))

    with running_api(store_url, keys=NEW) as api:
        read(api, references)
        first = {"X-Conversation-Id": "conversation-0"}
        seen = api.client.get(f"/v1/referrals/{references[0]}", headers=first)
        assert seen.json()["status"] == "assigned"
        # The same once more is known by its key; another one, as perhaps the same person's.
        body = submission(conversation_id="conversation-0", name="Person 0")
        assert api.send(body, key="key-00000000").json()["reference"] == references[0]
        body = submission(conversation_id="conversation-other", name="Person 0")
        second = str(api.send(body, key="another-key-0").json()["reference"])
        assert case(api, second).duplicates == (references[0],)
