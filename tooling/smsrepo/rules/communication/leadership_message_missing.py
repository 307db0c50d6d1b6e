"""Top management itself says why promises and duties matter, again and again."""

from collections.abc import Iterator

from smsrepo.control.settings import CONTROL
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule

_MESSAGES = {
    "service-requirements": ("why service requirements have to be met", "4.1.1-c"),
    "law-and-contracts": ("why law and contracts have to be kept", "4.1.1-d"),
}


@rule(
    "leadership-message-missing",
    severity=WARNING,
    requirements=["4.1.1-c", "4.1.1-d"],
    reads=["communication", "roles", "control", "organisation"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """Top management has not told staff for too long why requirements, or law and contracts, matter."""
    every, begin = on.settings.interval("leadership_message"), on.settings.operating_since
    top = {id_ for id_, role in on.settings.roles.items() if role.top_management}
    own = [record for record in repo.all("communication") if record.data.get("sender") in top]
    for topic, (message, row) in _MESSAGES.items():
        sent = [
            day
            for record in own
            if topic in record.ids("topics") and (day := record.date("sent_on")) and day <= on.as_of
        ]
        last = max(sent, default=begin)
        if every and last and every.after(last) < on.as_of:
            since = f"the last message was on {last}" if sent else f"there has been none since {begin}"
            yield Flaw(
                CONTROL,
                f"top management tells staff {message}: {since}, the next was due by {every.after(last)}",
                "Let top management tell it in its own words, and record it: sms new communication.",
                "/intervals/leadership_message",
                requirements=(row,),
            )
