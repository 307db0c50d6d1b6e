"""A period begins before it ends."""

from collections.abc import Iterator, Mapping
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.day import before, moment_in
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("period-reversed", severity=ERROR, requirements=["4.3.3-s1.1"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The last day of a period lies before its first."""
    for artefact in repo.artefacts:
        for pointer, period in _periods(artefact):
            begin, end = (moment_in(day) or moment_in(f"{day}-01") for day in (period["from"], period["to"]))
            if begin and end and before(end, begin):
                yield artefact.flaw(
                    f"{pointer}/to",
                    f"the period ends on {period['to']} and begins on {period['from']}",
                    "Correct the day that is wrong. Until then, whatever counts by this period finds nothing in it.",
                )


def _periods(artefact: Artefact) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The maps of `from` and `to` in a field or in the entries of one."""
    for name, value in artefact.data.items():
        places = [(f"/{name}", value)]
        if isinstance(value, list):
            places = [(f"/{name}/{index}", entry) for index, entry in enumerate(value)]
        for pointer, one in places:
            if isinstance(one, dict) and "from" in one and "to" in one:
                yield pointer, one
