"""A part of a process in other hands is looked at as often as was said."""

from collections.abc import Iterator

from smsrepo.model.duration import duration_in
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule

_CHECKS = ("meeting", "supplier-review", "service-review")


@rule(
    "other-party-unchecked",
    severity=WARNING,
    requirements=["4.2-c", "4.2-s3", "4.2-s4"],
    reads=["other-party-process", *_CHECKS],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """Another party runs a part of a process, and no interval is named or the last look at it is older."""
    for entry in repo.issued("other-party-process"):
        if not isinstance(entry.data.get("parts"), list):
            continue
        every = duration_in(entry.data.get("checked_every"))
        if every is None:
            message = "nothing says how often results and compliance of the party are looked at"
            yield entry.flaw(
                "id", message, "Name it in `checked_every`, such as P4M for a meeting each quarter."
            )
            continue
        held = (record.date("held_on") for type_ in _CHECKS for record in repo.linked(entry, type_))
        days = [day for day in (*held, entry.date("checked_on")) if day and day <= on.as_of]
        if days and every.after(max(days)) < on.as_of:
            message = f"last looked at on {max(days)}; the next time was due by {every.after(max(days))}"
            hint = "Hold the meeting, and name this entry in its minutes under `about`."
            yield entry.flaw("checked_every", message, hint)
