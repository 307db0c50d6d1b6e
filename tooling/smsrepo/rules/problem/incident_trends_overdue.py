"""Causes that nobody looks for are found by the next incident."""

from collections.abc import Iterator

from smsrepo.control.settings import CONTROL
from smsrepo.model.artefact import Artefact
from smsrepo.model.day import day_in
from smsrepo.model.duration import Duration
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "incident-trends-overdue",
    severity=ERROR,
    requirements=["8.2-s4"],
    reads=["trend-analysis", "incident", "control", "organisation"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """No analysis of trends covers the incidents since the one before for longer than the planned interval."""
    limit = on.settings.interval("incident_trends")
    ends = sorted(
        (end, analysis.id, analysis)
        for analysis in repo.all("trend-analysis", subject="incidents")
        if (end := day_in(analysis.data.get("period", {}).get("to")))
    )
    if limit is None:
        return
    if not ends:
        yield from _none_at_all(repo, on, limit)
    for number, (end, _, analysis) in enumerate(ends):
        last = number + 1 == len(ends)
        following = on.as_of if last else ends[number + 1][0]
        if limit.after(end) < following:
            until = "nothing has followed" if last else f"the next ends on {following}"
            yield analysis.flaw(
                "/period/to",
                f"the analysis of incidents ends on {end}, and {until}; every {limit.words} is planned",
                _hint(ends[-1][2]),
            )


def _hint(newest: Artefact) -> str:
    return f"Analyse the incidents since {newest.id}: sms new trend-analysis --set subject=incidents"


def _none_at_all(repo: Repo, on: Context, limit: Duration) -> Iterator[Flaw]:
    """Without any analysis the time counts from the beginning, as long as there is an incident to look at."""
    begin = on.settings.operating_since
    if begin and limit.after(begin) < on.as_of and any(repo.all("incident")):
        message = f"incidents were never analysed since {begin}; every {limit.words} is planned"
        hint = "Analyse the incidents so far: sms new trend-analysis --set subject=incidents"
        yield Flaw(CONTROL, message, hint, "/intervals/incident_trends")
