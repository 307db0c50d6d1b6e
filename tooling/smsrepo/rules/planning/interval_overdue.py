"""What must happen at planned intervals has happened in time."""

from collections.abc import Iterator

from smsrepo.control.settings import CONTROL
from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import ArtefactType, Every
from smsrepo.model.duration import Duration
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("interval-overdue", severity=ERROR, reads=["control", "organisation"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A review, audit or other planned step is overdue."""
    for type_ in repo.types.values():
        every = type_.every
        if every is None or type_.name in repo.broken_types or every.per in repo.broken_types:
            continue
        interval = on.settings.interval(every.interval)
        if interval is None:
            message = f"the interval `{every.interval}` is not planned"
            hint = f"Add it under `intervals`: it says how often there must be a new {type_.title.lower()}."
            yield Flaw(CONTROL, message, hint, "/intervals", at_key=True, requirements=every.requirements)
        elif every.per:
            for entry in repo.by_type.get(every.per, ()):
                if entry.active:
                    yield from _overdue(repo, on, type_, every, interval, entry)
        else:
            yield from _overdue(repo, on, type_, every, interval, None)


def _overdue(
    repo: Repo, on: Context, type_: ArtefactType, every: Every, interval: Duration, entry: Artefact | None
) -> Iterator[Flaw]:
    held = [
        day
        for record in repo.by_type.get(type_.name, ())
        if (entry is None or entry.id in record.ids(every.by))
        and (day := record.date(every.date))
        and day <= on.as_of
    ]
    begin = (entry.date("effective_from") if entry else None) or on.settings.operating_since
    last = max(held, default=begin)
    if last is None or interval.after(last) >= on.as_of:
        return
    name = type_.title.lower()
    since = f"the last {name} was on {last}" if held else f"there has been no {name} since {last}"
    message = f"{since}; the next was due by {interval.after(last)} (every {interval.words})"
    hint = f"Hold it and record it: sms new {type_.name}."
    if entry:
        yield entry.flaw("id", f"{entry.id}: {message}", hint, every.requirements)
    else:
        yield Flaw(CONTROL, message, hint, f"/intervals/{every.interval}", requirements=every.requirements)
