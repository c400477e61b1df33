"""What a page of ours must never do: run or style anything inline, or ask anybody else."""

import re
from html.parser import HTMLParser

import httpx2

_ASKS = {"src", "srcset", "poster", "data", "action", "formaction", "hx-post", "hx-get"}
_ASKED_FOR = {"link": "href", "use": "href", "image": "href"}
_OURS = re.compile(r"(/(?!/)[^\s]*|#[\w-]*|data:,?)")
# Drawn into the page: as an image, a drawing runs nothing and asks nobody.
_DRAWN = ("img", "src", "data:image/svg+xml")
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
_POLICY = {
    "default-src": {"'self'"},
    "object-src": {"'none'"},
    "base-uri": {"'none'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
}
_NONCE = re.compile(r"'nonce-[\w-]{22}'")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.forms: list[tuple[str, set[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "style" or (tag == "script" and "src" not in given):
            self.wrong.append(f"<{tag}> with its content inline")
        if tag in {"iframe", "object", "embed", "base"}:
            self.wrong.append(f"<{tag}>")
        for name, value in given.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                self.wrong.append(f"{tag} has {name}")
            asks = name in _ASKS or _ASKED_FOR.get(tag) == name
            drawn = (tag, name, value[: len(_DRAWN[2])]) == _DRAWN
            if asks and not drawn and not _OURS.fullmatch(value):
                self.wrong.append(f"{tag} asks {value}")
            if name == "href" and value.strip().lower().startswith(("javascript:", "data:t")):
                self.wrong.append(f"{tag} runs {value}")
        if tag == "form":
            self.forms.append((f"{given.get('method', 'get')} {given['action']}", set()))
        if tag == "input" and self.forms:
            self.forms[-1][1].add(given.get("name", ""))


def faults(answer: httpx2.Response) -> list[str]:
    """What is wrong with this page, its headers and its cookies."""
    page = _Page()
    page.feed(answer.text)
    where = f"{answer.request.method} {answer.url.path} ({answer.status_code})"
    wrong = [*page.wrong, *_headers(answer), *_cookies(answer)]
    # Whoever leaves from the privacy page need not have a talk: there the browser's word decides.
    free = {"post /leave"} if answer.url.path.startswith("/privacy") else set()
    for to, has in page.forms:
        # What only looks for something changes nothing, and its token would stand in the address.
        is_search = to.startswith("get ")
        if ("token" in has) is is_search and to not in free:
            wrong.append(f"{to} has {'a' if is_search else 'no'} token")
    return [f"{where}: {one}" for one in wrong]


def _headers(answer: httpx2.Response) -> list[str]:
    has = answer.headers
    wrong = [f"{name} is {has.get(name)}" for name, one in _HEADERS.items() if has.get(name) != one]
    parts = has.get("content-security-policy", "").split(";")
    policy = {name: set(allowed) for name, *allowed in map(str.split, filter(str.strip, parts))}
    off = {name for name, one in _POLICY.items() if policy.get(name) != one}
    wrong += [f"{name} is {policy.get(name)}" for name in off]
    for name in ("script-src", "style-src"):
        allowed = policy.get(name, set())
        if not (len(allowed) == 2 and "'self'" in allowed and any(map(_NONCE.fullmatch, allowed))):
            wrong.append(f"{name} is {allowed}")
    return wrong


def _cookies(answer: httpx2.Response) -> list[str]:
    https = answer.url.scheme == "https"
    wrong = []
    for cookie in answer.headers.get_list("set-cookie"):
        parts = [one.strip().lower() for one in cookie.split(";")]
        must = {"httponly", "samesite=lax", "path=/", *(["secure"] if https else [])}
        if missing := must - set(parts) or (https and not cookie.startswith("__Host-")):
            wrong.append(f"the cookie {parts[0].partition('=')[0]} lacks {missing}")
    return wrong
