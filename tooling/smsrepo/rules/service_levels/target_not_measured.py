"""A promise is measured month by month, quarter by quarter, year by year."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.duration import Duration
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.periods import elapsed, runs
from smsrepo.rules.service_levels.targets import targets, validity

_ROWS = {
    "sla": ("6.1-s10", "6.1-s11.1"),
    "ola": ("6.1-s13", "6.1-s14.1"),
    "supplier-contract": ("7.2-s8.1", "7.2-s9.1"),
}


@rule(
    "target-not-measured",
    severity=ERROR,
    requirements=[row for rows in _ROWS.values() for row in rows],
    reads=[*_ROWS, "service", "component", "measurement", "control", "organisation"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A target of an agreement lacks the result of a month, quarter or year that is due."""
    allowed = on.settings.interval("measurement")
    if allowed is None:
        return
    for agreement in (one for type_ in _ROWS for one in repo.issued(type_)):
        results = {
            (m.data.get("target"), m.data.get("period"))
            for m in repo.linked(agreement, "measurement", by="agreement")
        }
        for pointer, target in targets(agreement):
            about = repo.find(str(target.get("service") or target.get("component")))
            window = str(target.get("window"))
            if about is None or not about.active:
                continue
            due = _due(agreement, window, allowed, on)
            missing = [period for period in due if (target.get("id"), period) not in results]
            if missing:
                yield agreement.flaw(
                    f"{pointer}/id",
                    f"`{target.get('id', '')}` has no measurement for {runs(due, missing)};"
                    f" each was due within {allowed.words} of the end of its {window}",
                    "Take the figures from their source and record each: sms new measurement.",
                    _ROWS[agreement.type.name],
                )


def _due(agreement: Artefact, window: str, allowed: Duration, on: Context) -> list[str]:
    """The whole periods of the agreement in this revision whose results must be there."""
    begin, end = validity(agreement)
    starts = [day for day in (begin, agreement.date("effective_from"), on.settings.operating_since) if day]
    return list(elapsed(window, max(starts), end, allowed, on.as_of)) if starts else []
