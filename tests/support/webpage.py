"""Reads a page as a browser without scripts does: its forms, what can be pressed, what it says."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class PageForm:
    """A form: where it goes, what it carries, and its buttons as `(name, value, label)`."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass
class PageLine:
    """One line of the talk: whose it is, its text, and how it is shown."""

    name: str
    classes: list[str]
    language: str
    text: str = ""

    @property
    def is_mine(self) -> bool:
        """Whether the person said it."""
        return "line--you" in self.classes


class Page(HTMLParser):
    """One page, or a part of one that a stream has brought."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.source = source
        self.forms: list[PageForm] = []
        self.lines: list[PageLine] = []
        self.links: list[str] = []
        self.language = ""
        self.direction = ""
        self.text = ""
        self.alert = ""
        self.pending: list[PageLine] = []
        self.toggles: dict[str, str] = {}
        self._depth: list[tuple[str, str]] = []
        self.feed(source)

    @property
    def choices(self) -> list[str]:
        """The data of every button of every form."""
        return [value for one in self.forms for name, value, _ in one.buttons if name == "press"]

    @property
    def labels(self) -> dict[str, str]:
        """The label of every button by its data."""
        return {value: label for one in self.forms for _, value, label in one.buttons if value}

    def form(self, name: str, value: str) -> PageForm:
        """The form that has this button."""
        found = [
            one for one in self.forms if (name, value) in {button[:2] for button in one.buttons}
        ]
        assert found, f"no button {name}={value} among {self.choices}"
        return found[-1]

    @property
    def box(self) -> PageForm:
        """The form with the box to write in."""
        (found,) = [one for one in self.forms if "text" in one.fields]
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language, self.direction = given.get("lang", ""), given.get("dir", "")
        elif tag == "form":
            self.forms.append(PageForm(given["action"], given["method"]))
        elif tag == "input":
            self.forms[-1].fields[given["name"]] = given["value"]
        elif tag == "button" and "form" in {name for name, _ in self._depth}:
            self._button(given)
        elif tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "br":
            self.handle_data("\n")
        elif tag == "div" and "line" in given.get("class", "").split():
            self._line(given)
        if tag not in _VOID:
            self._depth.append((tag, given.get("id") or given.get("role", "")))
        if tag == "textarea":
            self.forms[-1].fields["text"] = ""

    def handle_endtag(self, tag: str) -> None:
        while self._depth and self._depth.pop()[0] != tag:
            continue

    def handle_data(self, data: str) -> None:
        inside = {name for name, _ in self._depth}
        if inside & {"style", "script", "title"}:
            return
        self.text += data
        if "textarea" in inside:
            self.forms[-1].fields["text"] += data
        elif {"button", "form"} <= inside:
            name, value, label = self.forms[-1].buttons[-1]
            self.forms[-1].buttons[-1] = (name, value, (label + data).strip())
        elif "p" in inside and self._within("l-"):
            self.lines[-1].text += data
        if self._within("trouble"):
            self.alert += data

    def _button(self, given: dict[str, str]) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        self.forms[-1].buttons.append((name, value, ""))
        if "aria-pressed" in given:
            self.toggles[value] = given["aria-pressed"]

    def _line(self, given: dict[str, str]) -> None:
        line = PageLine(given["id"], given["class"].split(), given.get("lang", ""))
        self.lines.append(line)
        if self._within("pending"):
            self.pending.append(line)

    def _within(self, start: str) -> bool:
        return any(name.startswith(start) for _, name in self._depth)


_VOID = frozenset({"input", "br", "img", "link", "meta", "path"})
