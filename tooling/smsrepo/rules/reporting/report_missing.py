"""Who was promised a report gets it, month by month."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.duration import Duration
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.periods import elapsed, runs
from smsrepo.rules.service_levels.targets import validity


@rule(
    "report-missing",
    severity=ERROR,
    requirements=["6.2-s2"],
    reads=["report-description", "service-report", "sla", "service", "organisation"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A report that its description promises for a period was not issued in time."""
    for description in repo.issued("report-description"):
        window, within = str(description.data.get("frequency")), description.data.get("due_within")
        if not within or window == "event":
            continue
        allowed = Duration(within)
        there = {
            (report.data.get("agreement"), report.data.get("period"))
            for report in repo.linked(description, "service-report")
            if report.closed
        }
        for agreement in _abouts(repo, description):
            start, end = _validity(agreement, on)
            about = agreement.id if agreement else None
            due = list(elapsed(window, start, end, allowed, on.as_of)) if start else []
            missing = [period for period in due if (about, period) not in there]
            if missing:
                yield description.flaw(
                    "frequency",
                    f"{f'{about}: ' if about else ''}no report for {runs(due, missing)}; each was due within"
                    f" {allowed.words} of the end of its {window}",
                    "Issue it late rather than never, and say why: sms new service-report.",
                )


def _abouts(repo: Repo, description: Artefact) -> list[Artefact | None]:
    if description.data.get("per") == "organisation":
        return [None]
    if description.data.get("per") != "agreement":
        return []
    return [sla for sla in repo.issued("sla") if any(_active(repo, id_) for id_ in sla.ids("services"))]


def _active(repo: Repo, id_: str) -> bool:
    service = repo.find(id_)
    return service is not None and service.active


def _validity(agreement: Artefact | None, on: Context) -> tuple[date | None, date | None]:
    if agreement is None:
        return on.settings.operating_since, None
    begin, end = validity(agreement)
    return max((day for day in (begin, on.settings.operating_since) if day), default=None), end
