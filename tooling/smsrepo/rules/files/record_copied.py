"""Each record tells of its own day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule

_SERIES = frozenset({"measurement", "availability-measurement", "capacity-measurement", "backup-check"})
"""Records of a series, whose words may well be the same each time."""
_ENOUGH = 120
"""Characters of text that nobody writes twice by chance."""


@rule("record-copied", severity=WARNING, requirements=["4.3.3-s1.2"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Two records of a type have the same text and different dates."""
    for type_ in repo.types.values():
        if not type_.is_record or type_.name in _SERIES:
            continue
        alike: dict[str, list[Artefact]] = defaultdict(
            list
        )  # most records differ in their first words already
        for record in repo.all(type_.name):
            if opening := next(_texts(record.data), ""):
                alike[" ".join(opening.split())].append(record)
        for records in alike.values():
            if len(records) > 1:
                yield from _copies(records)


def _copies(records: list[Artefact]) -> Iterator[Flaw]:
    first: dict[str, Artefact] = {}
    for record in records:
        words = "\n".join(" ".join(text.split()) for text in _texts(record.data))
        if len(words) < _ENOUGH:
            continue
        other = first.setdefault(words, record)
        if other is not record and other.data.get("recorded_on") != record.data.get("recorded_on"):
            yield record.flaw(
                "recorded_on",
                f"{record.id} says word for word what {other.id} said on {other.data.get('recorded_on')}",
                "Write down what happened this time. If nothing did, the record should not be there.",
            )


def _texts(data: Mapping[str, Any] | list[Any]) -> Iterator[str]:
    """Everything that is written in words, the title left out."""
    for key, value in data.items() if isinstance(data, Mapping) else enumerate(data):
        if isinstance(value, Mapping | list):
            yield from _texts(value)
        elif isinstance(value, str) and " " in value and key != "title":
            yield value
