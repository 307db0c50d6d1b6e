"""Reads the JSON of a forge by name and type. What is not as published stops the run: no fact is guessed."""

import re
from datetime import datetime

from smsrepo.errors import CannotRunError

_HASH = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")


class Fields:
    """One JSON object of an answer; `what` names it in messages. Every reader raises CannotRunError."""

    def __init__(self, data: object, what: str) -> None:
        if not isinstance(data, dict):
            raise self._unexpected(what)
        self._data: dict[str, object] = data
        self._what = what

    def text(self, name: str) -> str:
        """A string that must be there."""
        value = self._data.get(name)
        if not isinstance(value, str):
            raise self._unexpected(f"{self._what}.{name}")
        return value

    def maybe_text(self, name: str) -> str:
        """A string that may be null; then it is empty."""
        return "" if self._null(name) else self.text(name)

    def number(self, name: str) -> int:
        """A whole number that must be there."""
        value = self._data.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._unexpected(f"{self._what}.{name}")
        return value

    def truth(self, name: str) -> bool:
        """True or false; it must be there."""
        value = self._data.get(name)
        if not isinstance(value, bool):
            raise self._unexpected(f"{self._what}.{name}")
        return value

    def hash(self, name: str) -> str:
        """A full object id as git writes it: safe to give to git."""
        value = self.text(name)
        if not _HASH.match(value):
            raise self._unexpected(f"{self._what}.{name}")
        return value

    def moment(self, name: str) -> datetime:
        """A moment with its time zone."""
        try:
            moment = datetime.fromisoformat(self.text(name))
        except ValueError as error:
            raise self._unexpected(f"{self._what}.{name}") from error
        if moment.tzinfo is None:
            raise self._unexpected(f"{self._what}.{name}")
        return moment

    def inner(self, name: str) -> "Fields":
        """An object that must be there."""
        return Fields(self._data.get(name), f"{self._what}.{name}")

    def maybe_inner(self, name: str) -> "Fields | None":
        """An object that may be null."""
        return None if self._null(name) else self.inner(name)

    def each(self, name: str) -> tuple["Fields", ...]:
        """The objects of a list that must be there."""
        value = self._data.get(name)
        if not isinstance(value, list):
            raise self._unexpected(f"{self._what}.{name}")
        return tuple(Fields(one, f"{self._what}.{name}") for one in value)

    def has(self, name: str) -> bool:
        """Whether there is anything of that name; null counts as nothing."""
        return self._data.get(name) is not None

    def _null(self, name: str) -> bool:
        """A field that is published as nullable is null; one that is missing is not published so."""
        if name not in self._data:
            raise self._unexpected(f"{self._what}.{name}")
        return self._data[name] is None

    @staticmethod
    def _unexpected(where: str) -> CannotRunError:
        return CannotRunError(
            f"the forge's answer is not as published: {where}",
            "Try again later. If it stays so, the forge has changed its interface: please report it.",
        )
