"""The door's statements, on both databases: what is used once, and what is told of whom."""

from datetime import timedelta
from functools import partial

from api.domain.door import Entry, Passkey
from api.domain.staff import Role
from api.persistence import door, factors, people
from tests.support.clock import START
from tests.support.intake_api import AMINA, BRENDAN, BROMLEY, Api

LATER = START + timedelta(minutes=10)
PASSKEY = Passkey("credential", "public", 2**31, "Work laptop", START)


def test_a_step_of_time_is_used_once_and_never_backwards(api: Api) -> None:
    give = partial(factors.set_secret, staff_id=AMINA, sealed=b"x", step=10, now=START)
    api.write(give)
    used = [api.write(partial(factors.use_step, staff_id=AMINA, step=one)) for one in (11, 11, 10)]
    assert used == [True, False, False]
    assert not api.write(partial(factors.use_step, staff_id=BRENDAN, step=11))
    api.write(partial(factors.set_secret, staff_id=AMINA, sealed=b"y", step=11, now=START))
    assert api.write(partial(factors.last_step, staff_id=AMINA)) == 11
    assert api.write(partial(factors.secret, staff_id=AMINA)) == b"y"


def test_recovery_codes_are_used_once_by_their_owner(api: Api) -> None:
    api.write(partial(factors.set_codes, staff_id=AMINA, codes=["a", "b"]))
    tries = ((BRENDAN, "a"), (AMINA, "a"), (AMINA, "a"))
    used = [api.write(partial(factors.use_code, staff_id=who, code=code)) for who, code in tries]
    assert used == [False, True, False]
    assert api.write(partial(factors.of, staff_id=AMINA)).codes == 1


def test_a_passkey_is_one_persons(api: Api) -> None:
    add = partial(factors.add_passkey, passkey=PASSKEY)
    assert api.write(partial(add, staff_id=AMINA))
    assert not api.write(partial(add, staff_id=BRENDAN))
    api.write(partial(factors.count_up, credential="credential", sign_count=2**32 - 1))
    (known,) = api.write(partial(factors.of, staff_id=AMINA)).passkeys
    assert known.sign_count == 2**32 - 1
    drop = partial(factors.drop_passkey, credential="credential")
    assert [api.write(partial(drop, staff_id=one)) for one in (BRENDAN, AMINA)] == [False, True]


def test_a_half_open_door_shuts_by_itself_and_opens_once(api: Api) -> None:
    for name, until in (("old", START), ("new", LATER)):
        entry = Entry(name, AMINA, "/staff/", 0, until)
        api.write(partial(door.open_entry, entry=entry, now=START - timedelta(minutes=1)))
    look = partial(door.entry, now=START)
    assert api.write(partial(look, token_hash="old")) is None
    assert api.write(partial(door.note_wrong, token_hash="new")) == 1
    found = api.write(partial(look, token_hash="new"))
    assert found == Entry("new", AMINA, "/staff/", 1, LATER)
    assert [api.write(partial(door.close_entry, token_hash="new")) for _ in "12"] == [True, False]
    assert api.write(partial(door.note_wrong, token_hash="new")) == 0


def test_a_link_is_used_once(api: Api) -> None:
    add = partial(door.add_link, token_hash="one", staff_id=AMINA, expires_at=LATER, now=START)
    api.write(add)
    take = partial(door.take_link, token_hash="one")
    assert api.write(partial(take, now=LATER)) is None
    assert [api.write(partial(take, now=START)) for _ in "12"] == [AMINA, None]


def test_another_houses_account_means_one_person_for_good(api: Api) -> None:
    for who in (AMINA, BRENDAN):
        api.write(partial(door.identify, subject="mark", staff_id=who))
    assert api.write(partial(door.identified, subject="mark")) == AMINA
    assert api.write(partial(door.is_identified, staff_id=AMINA))
    api.write(partial(door.forget_identities, staff_id=AMINA))
    assert api.write(partial(door.identified, subject="mark")) is None


def test_people_are_listed_with_what_a_manager_must_know(api: Api) -> None:
    api.write(partial(factors.add_passkey, staff_id=AMINA, passkey=PASSKEY))
    api.write(partial(people.set_active, staff_id=BRENDAN, active=False))
    change = partial(people.change, staff_id=BRENDAN, name="Zara", role=Role.PRESCRIBER)
    api.write(partial(change, practices=[BROMLEY]))
    listed = api.write(people.listed)
    assert [one.name for one in listed] == ["Amina", "Chidi", "Kofi", "Zara"]
    assert [one.has_factor for one in listed] == [True, False, False, False]
    assert listed[-1].practices == {BROMLEY}
    assert not listed[-1].active
    assert api.write(people.managers) == 0
    known = partial(people.known_practices, codes=[BROMLEY, "X00000"])
    assert api.write(known) == {BROMLEY}
