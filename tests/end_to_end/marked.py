"""Looks for marked answers everywhere that something could be left of them."""

from email import message_from_bytes
from email.policy import default
from urllib.parse import unquote

from tests.end_to_end.marks import Marks, found_in, found_in_files
from tests.end_to_end.visitor import browser
from tests.support.house import House


async def metrics_of(house: House) -> dict[str, str]:
    """What each side tells of itself, or that it tells nothing."""
    found = {}
    for name, side in (("api", house.api), ("bot", house.bot)):
        async with browser(side.url) as client:
            found[f"metrics of the {name}"] = (await client.get("/metrics")).text
    assert "doorway_api_requests" in found["metrics of the api"]
    return found


def no_mark_is_left(house: House, marks: Marks, metrics: dict[str, str], written: str) -> None:
    """Neither in what was logged, printed, sent, asked, answered and counted, nor in any file."""
    places = {
        "log as JSON": house.logs.json.getvalue(),
        "log on the console": house.logs.console.getvalue(),
        "letters": b" ".join(house.post.brought).decode(),
        "what is read in them": " ".join(read_in_letters(house)),
        "addresses": unquote(" ".join((*house.api.door.asked, *house.bot.door.asked))),
        "refusals": b" ".join(_refusals(house)).decode(),
        **metrics,
    }
    assert [name for name, text in places.items() if not text] == []
    places["output"] = written
    found = {name: found_in(text, marks) for name, text in places.items()}
    assert {name: some for name, some in found.items() if some} == {}
    assert found_in_files(house.folder, marks) == []


def read_in_letters(house: House) -> list[str]:
    """Subjects and texts, whatever they were encoded in, also of letters that were refused."""
    letters = [message_from_bytes(one, policy=default) for one in house.post.brought]
    parts = (part for one in letters for part in one.walk() if not part.is_multipart())
    return [*(str(one["Subject"]) for one in letters), *(str(one.get_content()) for one in parts)]


def _refusals(house: House) -> list[bytes]:
    # What the page does not take is kept there for whoever typed it.
    of_the_bot = (one for one in house.bot.door.refusals if b"<textarea" not in one)
    return [*house.api.door.refusals, *of_the_bot]
