"""The story of the demonstration: who did what on which day. It is data; `past` makes a history of it."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from smsrepo.load.yaml_dialect import parse
from smsrepo.pack.contents import pack_root

DEMONSTRATION = "tooling/demonstration/"
_STORY = f"{DEMONSTRATION}story.yml"
_EARLIER = f"{DEMONSTRATION}story-earlier.yml"
_ACTIONS = {
    "approves": "approve", "rejects": "reject", "reviews": "periodic-review", "withdraws": "withdraw",
    "revokes": "revoke", "acknowledges": "acknowledge", "disposes": "dispose",
}  # fmt: skip
_SIGNED_BEFORE = timedelta(minutes=20)
_MERGED_AFTER = timedelta(minutes=3)


class Earlier(NamedTuple):
    """How an earlier text follows from a later one: header fields with other values or left out, then passages.

    `base` is the later text ("POL-002@1.0"; "" for the final one). `instead` are passages with what stood there
    before, `cut` passages from the beginning of one text up to another ("" for the end of the file). A text too
    different to follow from another is there as a whole, in `text`.
    """

    base: str
    header: Mapping[str, str]
    without: frozenset[str]
    instead: tuple[tuple[str, str], ...]
    cut: tuple[tuple[str, str], ...]
    text: str = ""


class Act(NamedTuple):
    """What a person says about documents (by id) and settings (by path), and when."""

    person: str
    role: str
    action: str
    subjects: tuple[str, ...]
    at: datetime
    reason: str


class Chapter(NamedTuple):
    """A pull request as it was merged. `brings` are ids, paths or patterns of paths; "ID@label" an earlier text.

    `signed` statements come with it; `reviewed` ones the collector records in a commit of its own.
    `rest` brings the settings, schemas and tools that no other chapter does.
    """

    on: datetime
    by: str
    co_authors: tuple[str, ...]
    says: str
    brings: tuple[str, ...]
    rest: bool
    signed: tuple[Act, ...]
    reviewed: tuple[Act, ...]

    @property
    def recorded(self) -> datetime:
        """When the collector records the reviews."""
        return self.on + _MERGED_AFTER


class Taking(NamedTuple):
    """Who begins document control, and what that person says about it."""

    by: str
    statement: str


class Story(NamedTuple):
    """The whole past. `forge` merges, as "Name <mail>"; `collector` is the key that signs reviews.

    `founded` begins the history; `taken_over` stands in the demonstration without a past. `old_keys` are key files
    by person, each with the moment until which it signs. `moved` is the day on which the documents that no chapter
    brings come into the repository, `ends` the last day on which anything does.
    """

    forge: str
    collector: str
    founded: Taking
    taken_over: Taking
    old_keys: Mapping[str, tuple[str, datetime]]
    earlier: Mapping[str, Earlier]
    moved: date
    ends: date
    chapters: tuple[Chapter, ...]


def read_story() -> Story:
    """The story that the pack holds."""
    told = _parsed(_STORY)
    return Story(
        told["forge"],
        told["collector"],
        Taking(**told["founded"]),
        Taking(**told["taken_over"]),
        {person: (old["file"], _moment(old["until"])) for person, old in told["old_keys"].items()},
        {name: _earlier(form) for name, form in _parsed(_EARLIER).items()},
        date.fromisoformat(told["moved"]),
        date.fromisoformat(told["ends"]),
        tuple(_chapter(one) for one in told["chapters"]),
    )


def signed_before(merged: datetime) -> datetime:
    """When statements are signed that come with a pull request."""
    return merged - _SIGNED_BEFORE


def whole(name: str) -> bytes:
    """A file that stands beside the story."""
    return (pack_root() / DEMONSTRATION / name).read_bytes()


def key_file(name: str) -> bytes:
    """A private key of the demonstration. It is public."""
    return whole(f"keys/{name}")


def _parsed(path: str) -> dict[str, Any]:
    found: dict[str, Any] = parse((pack_root() / path).read_text(encoding="utf-8"))
    return found


def _earlier(form: Mapping[str, Any]) -> Earlier:
    return Earlier(
        form.get("base", ""),
        form.get("header", {}),
        frozenset(form.get("without", ())),
        tuple((one["now"], one.get("then", "")) for one in form.get("instead", ())),
        tuple((one["from"], one.get("to", "")) for one in form.get("cut", ())),
        whole(form["text"]).decode() if "text" in form else "",
    )


def _chapter(told: Mapping[str, Any]) -> Chapter:
    on = _moment(told["on"])
    return Chapter(
        on, told["by"], tuple(told.get("with", ())), told["says"], tuple(told.get("brings", ())),
        told.get("rest", False), tuple(_acts(told.get("signed", ()), on)), tuple(_acts(told.get("reviewed", ()), on)),
    )  # fmt: skip


def _acts(told: Any, on: datetime) -> Iterator[Act]:
    for one in told:
        at = _moment(one["at"]) if "at" in one else signed_before(on)
        verb = next(verb for verb in _ACTIONS if verb in one)
        yield Act(one["by"], one["as"], _ACTIONS[verb], tuple(one[verb]), at, one.get("reason", ""))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
