"""Met or missed follows from the measured hours."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.lifecycle import applies_on
from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import hours, pointed
from smsrepo.rules.rule import ERROR, Context, rule

_DAYS = {"plan-test": "held_on", "continuity-invocation": "invoked_at"}


@rule(
    "plan-test-contradicts-need",
    severity=ERROR,
    requirements=["6.3.3-s3", "6.3.3-s4"],
    reads=[*_DAYS, "continuity-requirement"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A test says met where the agreed hours were exceeded, or missed where they were kept."""
    for type_name, field in _DAYS.items():
        for record in repo.all(type_name):
            yield from _contradictions(repo, record, record.date(field))


def _contradictions(repo: Repo, record: Artefact, on: date | None) -> Iterator[Flaw]:
    for pointer, result in pointed(record, "results"):
        need = repo.find(result.get("requirement", ""))
        if need is None or on is None or not applies_on(need, on):
            continue
        agreed = hours(need, str(result.get("figure", "")).replace("-", "_"))
        actual = result.get("hours")
        if agreed is None or not isinstance(actual, int | float):
            continue
        if (actual <= agreed) is not result.get("met", actual <= agreed):
            word = "met" if actual <= agreed else "missed"
            yield record.flaw(
                f"{pointer}/met",
                f"{need.id} asks for at most {agreed} hours, and it took {actual}: that is {word}",
                "Check the time in the log of the test, and mend `hours` or `met`.",
            )
