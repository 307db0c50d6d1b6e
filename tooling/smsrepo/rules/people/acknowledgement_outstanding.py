"""Who was asked to confirm a document has confirmed it."""

from collections.abc import Iterator

from smsrepo.control.people import Person
from smsrepo.control.settings import PEOPLE
from smsrepo.model.artefact import Artefact
from smsrepo.model.duration import Duration
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "acknowledgement-outstanding",
    severity=WARNING,
    requirements=["4.1.2-e", "4.4.2-d"],
    reads=["communication", "people", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """Staff were asked to confirm a revision that is still current, and somebody has not."""
    limit = on.settings.interval("document_acknowledgement")
    if limit is None:
        return
    asked = [
        record
        for record in repo.all("communication")
        if record.data.get("acknowledgements") and "all-staff" in record.ids("audience")
    ]
    confirmed: dict[str, set[str]] = {}
    for record in asked:
        who = {str(entry.get("person")) for entry in record.data["acknowledgements"]}
        for named in record.ids("announces"):
            confirmed.setdefault(named, set()).update(who)
    staff = _staff(repo, on)
    for record in asked:
        current = [named for named in record.ids("announces") if _current(repo, named)]
        answered = set.intersection(*(confirmed[named] for named in current)) if current else set(staff)
        late = sorted(id_ for id_ in staff if id_ not in answered and _late(record, staff[id_], limit, on))
        if late:
            yield record.flaw(
                "sent_on",
                f"{', '.join(late)} have not confirmed what was announced, {current[0]} among it",
                "Ask them, and add each answer with its day in a record of the repeated message.",
            )


def _staff(repo: Repo, on: Context) -> dict[str, Person]:
    """The people of this organisation who are there today."""
    entries = repo.setting(PEOPLE).get("people", ())
    internal = {entry["id"] for entry in entries if entry.get("organisation") == "internal"}
    return {id_: one for id_, one in on.settings.people.items() if id_ in internal and one.active(on.as_of)}


def _current(repo: Repo, named: str) -> bool:
    id_, _, revision = named.partition("@")
    document = repo.find(id_)
    return document is not None and document.issued and document.data.get("revision") == revision


def _late(record: Artefact, person: Person, limit: Duration, on: Context) -> bool:
    sent = record.date("sent_on")
    return sent is not None and limit.after(max(sent, person.active_from)) < on.as_of
