"""The directory's pages: practices added, changed and closed, colleagues arranged, bots told."""

import re
from collections.abc import Mapping
from functools import partial

import pytest

from api.persistence import staff
from tests.api.staff.conftest import Visitor
from tests.support.intake_api import ALBION, AMINA, BRENDAN, CHIDI, CLOSED, Api, submission
from tests.support.staff_browser import Browser, sql

pytestmark = pytest.mark.any_store
DIRECTORY = "/staff/directory"
NEW = {
    "ods_code": "f84777",
    "name": "Docklands Surgery",
    "street": "7 Dock Road",
    "postcode": "e14 6aa",
    "phone": "020 7456 9820",
    "pcn_code": "S",
    "also_known_as": "Dock Road\r\nডকল্যান্ডস\r\n",
}


def fill(browser: Browser, path: str, **fields: str) -> tuple[int, str]:
    """Send a page's form as a browser would, with these in it; the answer's status and text."""
    page, action = browser.get(path).text, fields.pop("action", path)
    form = re.search(rf'<form method="post" action="{action}".*?</form>', page, re.DOTALL)
    assert form is not None
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
    answer = browser.post(action, {**hidden, **fields})
    return answer.status_code, answer.text


def snapshot(api: Api) -> dict[str, dict[str, object]]:
    """The directory as the bots get it."""
    answer = api.client.get("/v1/directory").json()
    return {one["ods_code"]: one for one in answer["practices"]}


def test_practices_stand_by_network_with_who_prescribes(signed_in: Visitor) -> None:
    page = signed_in("kofi").get(DIRECTORY).text
    north, south, closed = (page.index(one) for one in (">North<", ">South<", ">Closed:"))
    assert north < page.index("Albion Road Surgery") < south < page.index("Chrisp Lane Practice")
    assert page.index("The Old Surgery") > closed
    assert page.count("Amina") == 2  # at her practice, and among the colleagues


def test_the_bots_know_a_new_practice_at_once(signed_in: Visitor, api: Api) -> None:
    etag = api.client.get("/v1/directory").headers["etag"]
    kofi = signed_in("kofi")
    assert fill(kofi, f"{DIRECTORY}/new", **NEW)[0] == 303
    assert api.client.get("/v1/directory", headers={"If-None-Match": etag}).status_code == 200
    found = snapshot(api)["F84777"]
    assert (found["postcode"], found["pcn_name"]) == ("E14 6AA", "South")
    assert found["also_known_as"] == ["Dock Road", "ডকল্যান্ডস"]
    assert sql(api, "SELECT actor, subject FROM audit WHERE action LIKE 'directory%'") == [
        ("staff:4", "practice:F84777")
    ]


WRONG: Mapping[str, dict[str, str]] = {
    "Give the code of the practice, like F84012": {"ods_code": "x"},
    "There is a practice with this code already": {"ods_code": ALBION},
    "Give the name of the practice": {"name": " "},
    "Give the whole postcode, like E1 4DG": {"postcode": "E1"},
    "This postcode is not in Tower Hamlets": {"postcode": "E1 4ZZ"},
    "Give the whole number": {"phone": "12"},
    "Choose a network from the list": {"pcn_code": "Z"},
    "Give at most 30 names": {"also_known_as": "x" * 201},
}


def test_what_is_wrong_is_said_and_what_was_typed_stays(signed_in: Visitor, api: Api) -> None:
    kofi = signed_in("kofi")
    for told, wrong in WRONG.items():
        status, page = fill(kofi, f"{DIRECTORY}/new", **{**NEW, **wrong})
        assert status == 422, told
        assert told in page
        assert "ডকল্যান্ডস" in page or "also_known_as" in wrong
    assert "F84777" not in snapshot(api)


def test_a_renamed_practice_keeps_its_old_name(signed_in: Visitor, api: Api) -> None:
    kofi, path = signed_in("kofi"), f"{DIRECTORY}/{ALBION}"
    told = {**NEW, "name": "Albion Health", "postcode": "E1 4DG", "also_known_as": "Albion"}
    assert fill(kofi, path, **told)[0] == 303
    found = snapshot(api)[ALBION]
    assert (found["name"], found["open"]) == ("Albion Health", True)
    assert found["also_known_as"] == ["Albion", "Albion Road Surgery"]
    assert fill(kofi, path, **{**told, "postcode": "E1 4ZZ"})[0] == 422


def test_two_who_change_a_practice_do_not_overwrite_each_other(
    signed_in: Visitor, api: Api
) -> None:
    kofi, path = signed_in("kofi"), f"{DIRECTORY}/{ALBION}"
    told = {**NEW, "postcode": "E1 4DG"}
    assert fill(kofi, path, **{**told, "name": "First"})[0] == 303
    status, page = fill(kofi, path, **{**told, "name": "Second"}, seen="an older one")
    assert status == 409
    assert f'href="{path}"' in page
    assert snapshot(api)[ALBION]["name"] == "First"
    people = {"action": f"{path}/prescribers", "seen": "an older one"}
    assert fill(kofi, path, **people)[0] == 409
    colleague = {"capacity": "5", "seen": "an older one"}
    assert fill(kofi, f"{DIRECTORY}/people/{AMINA}", **colleague)[0] == 409


def test_who_prescribes_for_a_practice_is_ticked(signed_in: Visitor, api: Api) -> None:
    kofi, path = signed_in("kofi"), f"{DIRECTORY}/{ALBION}"
    told = {"action": f"{path}/prescribers"}
    assert fill(kofi, path, **told, **{f"staff-{BRENDAN}": "yes", "staff-x": "yes"})[0] == 303
    prescribers = f"SELECT staff_id FROM staff_practice WHERE ods_code = '{ALBION}'"
    assert sql(api, prescribers) == [(BRENDAN,)]
    assert fill(kofi, path, **told, **{"staff-4": "yes"})[0] == 404  # Kofi is none


def test_a_colleagues_languages_cover_and_room_are_arranged(signed_in: Visitor, api: Api) -> None:
    kofi, path = signed_in("kofi"), f"{DIRECTORY}/people/{AMINA}"
    told = {"language-bn": "yes", "language-syl": "yes", "cover": str(CHIDI), "capacity": "7"}
    assert fill(kofi, path, **told)[0] == 303
    assert sql(api, "SELECT language FROM staff_language ORDER BY language") == [("bn",), ("syl",)]
    arranged = f"SELECT cover_id, capacity FROM staff_member WHERE id = {AMINA}"
    assert sql(api, arranged) == [(CHIDI, 7)]
    assert "Bengali, Sylheti" in kofi.get(DIRECTORY).text
    assert fill(kofi, path, **{**told, "capacity": "many"})[0] == 422
    assert fill(kofi, path, **{**told, "cover": str(AMINA)})[0] == 422
    assert fill(kofi, path, **{**told, "cover": ""})[0] == 303
    assert sql(api, arranged) == [(None, 7)]
    for nobody in ("99", "x"):
        assert kofi.get(f"{DIRECTORY}/people/{nobody}").status_code == 404


def closing(api: Api) -> list[str]:
    """Three open referrals of a practice, of which somebody has begun one; their references."""
    sent = [
        str(
            api.send(
                submission(conversation_id=f"conversation-{n}", name=f"Person {n}"),
                key=f"key-0000000{n}",
            ).json()["reference"]
        )
        for n in range(3)
    ]
    sql(api, "UPDATE referral SET status = 'accepted' WHERE reference = :one", one=sent[0])
    return sent


def held(api: Api) -> list[tuple[object, ...]]:
    return sql(api, "SELECT assigned_to, assigned_because FROM referral ORDER BY id")


def test_closing_says_first_what_happens_and_then_does_it(signed_in: Visitor, api: Api) -> None:
    closing(api)
    kofi, path = signed_in("kofi"), f"{DIRECTORY}/{ALBION}/close"
    page = kofi.get(path).text
    assert "1 that somebody works on already stay with them" in page
    assert "2 that nobody has begun are given out anew" in page
    assert re.search(r"The coordinators</bdi>: 2", page)
    assert snapshot(api)[ALBION]["open"]
    assert fill(kofi, path)[0] == 303
    assert not snapshot(api)[ALBION]["open"]
    nobodys = (None, "practice_not_open")
    assert held(api) == [(AMINA, "practice_prescriber"), nobodys, nobodys]
    assert fill(kofi, f"{DIRECTORY}/{ALBION}", action=f"{DIRECTORY}/{ALBION}/open")[0] == 303
    assert snapshot(api)[ALBION]["open"]


def test_with_a_successor_the_rule_finds_who_takes_each(signed_in: Visitor, api: Api) -> None:
    closing(api)
    api.write(partial(staff.set_capacity, staff_id=BRENDAN, capacity=1))
    kofi, path = signed_in("kofi"), f"{DIRECTORY}/{ALBION}/close"
    page = kofi.get(f"{path}?successor=F84002").text
    assert re.search(r"Brendan</bdi>: 1", page)
    assert re.search(r"The coordinators</bdi>: 1", page)
    told = re.findall(r'name="(seen|successor|token)" value="([^"]*)"', page)
    assert kofi.post(path, dict(told)).status_code == 303
    assert held(api)[1:] == [(BRENDAN, "practice_prescriber"), (None, "nobody_free")]
    assert kofi.post(path, dict(told)).status_code == 409  # it was closed meanwhile


def test_closing_is_refused_when_a_referral_came_meanwhile(signed_in: Visitor, api: Api) -> None:
    kofi, path = signed_in("kofi"), f"{DIRECTORY}/{ALBION}/close"
    told = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', kofi.get(path).text))
    closing(api)
    assert kofi.post(path, told).status_code == 409
    assert snapshot(api)[ALBION]["open"]
    assert fill(kofi, path, successor=CLOSED)[0] == 422
    assert kofi.get(f"{path}?successor=nonsense").status_code == 422


def test_prescribers_have_no_such_pages(signed_in: Visitor) -> None:
    amina = signed_in("amina")
    for path in ("", "/new", f"/{ALBION}", f"/{ALBION}/close", f"/people/{AMINA}"):
        assert amina.get(f"{DIRECTORY}{path}").status_code == 404, path
