"""What an incident cost the users stands in the month's availability."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "outage-missing-from-availability",
    severity=ERROR,
    requirements=["6.3.3-s1.2", "6.3.3-s2.1"],
    reads=["availability-measurement", "incident", "measurement", "sla"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An availability measurement leaves out the downtime of an incident, or counts it with other minutes."""
    incidents = _with_downtime(repo)
    for record in repo.all("availability-measurement"):
        if "unplanned_outages" not in record.data:
            continue
        month = (str(record.data.get("service", "")), str(record.data.get("period", "")))
        named = {
            outage.get("incident"): (pointer, outage)
            for pointer, outage in pointed(record, "unplanned_outages")
        }
        customers = _customers(repo, record)
        for incident in incidents.get(month, ()):
            if customers and incident.data.get("customer", customers[0]) not in customers:
                continue
            minutes = incident.data["downtime_minutes"]
            pointer, outage = named.get(incident.id, ("", {}))
            if pointer and outage.get("minutes", minutes) == minutes:
                continue
            told = f"counts {outage['minutes']}" if pointer else "does not name it"
            yield record.flaw(
                f"{pointer}/minutes" if pointer else "unplanned_outages",
                f"{incident.id} had {minutes} minutes of downtime in {month[1]}, and this record {told}",
                "Add the outage with the minutes of the incident, and work out the availability again.",
            )


def _customers(repo: Repo, record: Artefact) -> tuple[str, ...]:
    """Those whose agreement the record is about; empty where it names none: then it is about all of them."""
    result = repo.find(str(record.data.get("measurement", "")))
    sla = repo.find(str(result.data.get("agreement", ""))) if result else None
    return sla.ids("customers") if sla and sla.type.name == "sla" else ()


def _with_downtime(repo: Repo) -> dict[tuple[str, str], list[Artefact]]:
    """Incidents that cost minutes, by service and month; those that run into another month are left out."""
    found: dict[tuple[str, str], list[Artefact]] = {}
    for incident in repo.all("incident"):
        down, began = incident.data.get("downtime_minutes"), str(incident.data.get("reported_at", ""))[:7]
        if isinstance(down, int) and down > 0 and str(incident.data.get("resolved_at", ""))[:7] == began:
            found.setdefault((str(incident.data.get("service", "")), began), []).append(incident)
    return found
