"""Behind every lost minute there is an outage somebody looked into."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import target_of


@rule(
    "lost-availability-unexplained",
    severity=ERROR,
    requirements=["6.3.3-s1.2", "6.3.3-s2.1"],
    reads=["measurement", "availability-measurement", "sla"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A service was available for less than 100 %, and no availability measurement says what was lost."""
    for measurement in repo.all("measurement"):
        sla = repo.find(measurement.data.get("agreement", ""))
        target = target_of(sla, measurement.data.get("target")) if sla and sla.type.name == "sla" else None
        actual = measurement.data.get("actual")
        lost = isinstance(actual, int | float) and actual < 100
        if target is None or target.get("measure") != "availability" or not lost:
            continue
        if not repo.linked(measurement, "availability-measurement", by="measurement"):
            yield measurement.flaw(
                "actual",
                f"{target.get('service')} was available for {actual} % in {measurement.data.get('period')}, "
                "and nothing says which outages that were",
                "Record minutes and outages: sms new availability-measurement.",
            )
