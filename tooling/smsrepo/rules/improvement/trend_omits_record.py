"""A trend is worked out from all that happened, not from what comes to mind."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_COUNTED = {
    "incidents": ("incident", "reported_at"),
    "security": ("incident", "reported_at"),
    "problems": ("problem", "opened_on"),
    "changes": ("change", "raised_on"),
    "complaints": ("complaint", "received_on"),
    "releases": ("release", "deployed_on"),
}


@rule(
    "trend-omits-record",
    severity=ERROR,
    requirements=["6.2-e", "8.2-s4", "9.2-s23"],
    reads=["trend-analysis", "incident", "problem", "change", "complaint", "release"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A trend analysis leaves out a record of its kind and period, or counts one in two groups."""
    months = {subject: _by_month(repo, *counted) for subject, counted in _COUNTED.items()}
    for analysis in repo.all("trend-analysis"):
        subject = analysis.data.get("subject", "")
        listed = [id_ for group in _groups(analysis) for id_ in group]
        twice = sorted(id_ for id_, number in Counter(listed).items() if number > 1)
        if twice:
            yield analysis.flaw("groups", f"{', '.join(twice)} is in two groups", "Count each record once.")
        if subject not in _COUNTED or "groups" not in analysis.data:
            continue
        known = set(listed)
        missing = [
            one.id for one in _in_period(analysis, months[subject], _COUNTED[subject][1])
            if one.id not in known and (subject != "security" or one.data.get("security"))
        ]  # fmt: skip
        if missing:
            yield analysis.flaw(
                "groups",
                f"{', '.join(missing)} belongs to the period and is in no group",
                "Look at it, put it into its group, and see whether the conclusions hold.",
            )


def _groups(analysis: Artefact) -> Iterator[list[str]]:
    for group in analysis.data.get("groups", ()):
        records = group.get("records")
        if isinstance(records, list):
            yield records


def _by_month(repo: Repo, type_: str, field: str) -> dict[tuple[int, int], list[Artefact]]:
    index: dict[tuple[int, int], list[Artefact]] = defaultdict(list)
    for record in repo.all(type_):
        if day := record.date(field):
            index[day.year, day.month].append(record)
    return index


def _in_period(
    analysis: Artefact, months: dict[tuple[int, int], list[Artefact]], field: str
) -> Iterator[Artefact]:
    """The records of the period that were there when the analysis was written."""
    period, written = analysis.data.get("period", {}), analysis.date("recorded_on")
    try:
        first, last = (date.fromisoformat(period[end]) for end in ("from", "to"))
    except (KeyError, ValueError):
        return
    for number in range(12 * first.year + first.month - 1, 12 * last.year + last.month):
        for record in months.get((number // 12, number % 12 + 1), ()):
            day, made = record.date(field), record.date("recorded_on")
            if day and first <= day <= last and not (made and written and made > written):
                yield record
