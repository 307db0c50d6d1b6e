"""A placeholder is no content."""

from collections.abc import Iterator
from typing import Any

from smsrepo.model.finding import Flaw
from smsrepo.model.placeholder import WRITE_HERE
from smsrepo.model.repo import Repo
from smsrepo.model.walk import escape
from smsrepo.rules.rule import ERROR, Context, rule


@rule("placeholder-left", severity=ERROR, requirements=["4.3.2-a", "4.3.3-s1.2"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An issued document or a closed record still holds the placeholder that sms new wrote."""
    for artefact in repo.artefacts:
        if (artefact.status == "issued" or artefact.closed) and WRITE_HERE in artefact.text:
            for pointer in _placeholders(artefact.data, ""):
                hint = "Write what belongs there, or take the file back to draft or open."
                yield artefact.flaw(pointer, f"here still stands “{WRITE_HERE}”", hint)


def _placeholders(data: Any, pointer: str) -> Iterator[str]:
    if data == WRITE_HERE:
        yield pointer
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _placeholders(value, f"{pointer}/{escape(key)}")
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _placeholders(value, f"{pointer}/{index}")
