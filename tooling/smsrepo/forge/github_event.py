"""The event that started a workflow on GitHub. Only the number of the pull request is taken from it."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from smsrepo.errors import CannotRunError, UserError
from smsrepo.forge.fields import Fields

_QUEUED = re.compile(r"refs/heads/gh-readonly-queue/.+/pr-(\d+)-[0-9a-f]+")


class Event(NamedTuple):
    """A pull request by number. In a merge queue (`queued`) what is judged is a commit that the queue made of it."""

    number: int
    queued: bool


def event_of(env: Mapping[str, str]) -> Event | None:
    """The event in GITHUB_EVENT_PATH; None without that variable.

    Everything else is asked of the forge again. Raises UserError where the event is about no pull request,
    CannotRunError where it cannot be read.
    """
    path = env.get("GITHUB_EVENT_PATH", "")
    if not path:
        return None
    try:
        event = Fields(json.loads(Path(path).read_text(encoding="utf-8")), "event")
    except (OSError, ValueError) as error:
        raise CannotRunError(
            f"the event in {path} cannot be read", "Is this a workflow of GitHub?"
        ) from error
    if event.has("pull_request"):
        return Event(event.inner("pull_request").number("number"), queued=False)
    queued = (
        _QUEUED.fullmatch(event.inner("merge_group").text("head_ref")) if event.has("merge_group") else None
    )
    if queued is None:
        raise UserError(
            "this workflow was not started by a pull request",
            "Start it on pull_request, pull_request_review or merge_group, or name the number: --pull NUMBER.",
        )
    return Event(int(queued[1]), queued=True)
