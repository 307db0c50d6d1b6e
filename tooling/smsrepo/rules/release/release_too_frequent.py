"""Customers agreed how often something changes under their hands."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "release-too-frequent",
    severity=ERROR,
    requirements=["9.3-s1.1", "9.3-s1.3"],
    reads=["release", "policy-release"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """More releases of one kind and series fall into a month, quarter or year than the release policy allows."""
    rows = [row for policy in repo.issued("policy-release") for row in policy.data.get("kinds", ())]
    limits = {row.get("kind"): (row["most"], row["per"]) for row in rows if "most" in row and "per" in row}
    counted: dict[tuple[str, str, str], int] = {}
    dated = [(day, release.id, release) for release in repo.all("release") if (day := _day(release))]
    for day, _, release in sorted(dated, key=lambda found: found[:2]):
        kind = release.data.get("kind")
        if kind not in limits or release.status == "cancelled":
            continue
        most, per = limits[kind]
        key = (str(kind), str(release.data.get("series")), _span(day, per))
        counted[key] = counted.get(key, 0) + 1
        if counted[key] > most:
            yield release.flaw(
                "deployed_on" if "deployed_on" in release.data else "planned_for",
                f"{release.id} is number {counted[key]} of the {kind} releases of `{key[1]}` in {key[2]};"
                f" the release policy allows {most} each {per}",
                "Move it, or put its changes into the earlier one. An exception is agreed with the customers first.",
            )


def _day(release: Artefact) -> date | None:
    return release.date("deployed_on") or release.date("planned_for")


def _span(day: date, per: str) -> str:
    return {"month": f"{day:%Y-%m}", "quarter": f"{day.year}-Q{(day.month + 2) // 3}"}.get(per, f"{day.year}")
