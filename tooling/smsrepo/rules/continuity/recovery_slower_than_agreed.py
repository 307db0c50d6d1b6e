"""A plan of recovery fits into what the customer can bear."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import hours, pointed
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "recovery-slower-than-agreed",
    severity=ERROR,
    requirements=["6.3.2-b", "6.3.2-c"],
    reads=["continuity-requirement"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Planned steps, copies or the recovery time itself exceed what was agreed."""
    for need in repo.issued("continuity-requirement"):
        longest, recovery = hours(need, "maximum_outage"), hours(need, "recovery_time")
        if longest is not None and recovery is not None and recovery > longest:
            yield need.flaw(
                "/recovery_time/value",
                f"recovery may take {recovery} hours, and the business bears an outage of {longest} hours",
                "Agree a shorter recovery time, and plan the means for it.",
            )
        yield from _beyond(need, "recovery_steps", "within_hours", recovery, "recovery time")
        yield from _beyond(need, "backups", "every_hours", hours(need, "recovery_point"), "recovery point")


def _beyond(need: Artefact, field: str, value: str, limit: float | None, name: str) -> Iterator[Flaw]:
    for pointer, entry in pointed(need, field):
        planned = entry.get(value)
        if limit is not None and isinstance(planned, int | float) and planned > limit:
            yield need.flaw(
                f"{pointer}/{value}",
                f"{planned} hours are planned here, and the agreed {name} is {limit} hours",
                "Plan it shorter, or agree another figure with the customer.",
            )
