"""Nonconformities and actions together: what is open, from what it follows, and what came of the finished ones."""

from collections.abc import Iterator, Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from smsrepo.model.artefact import Artefact
from smsrepo.model.words import count
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.records.due import is_late
from smsrepo.site.state import badge_of
from smsrepo.site.text.markup import badge, blocks, bullets, cards, plain, small, words

PATH = "actions.md"
TITLE = "Nonconformities and actions"
_NONCONFORMITY, _ACTION = "NCR", "ACT"
_BACK = relativedelta(months=12)


def action_pages(publication: Publication) -> Iterator[Page]:
    """The page; none in an SMS that has neither type."""
    if not has_actions(publication):
        return
    found = _of(publication, _NONCONFORMITY) + _of(publication, _ACTION)
    still = sorted((a for a in found if not a.closed), key=lambda a: (str(a.data.get("due", "9999")), a.id))
    late = [a for a in still if is_late(publication, a)]
    text = blocks(
        f"# {TITLE}",
        f"{_told(still)}, {len(late) or 'none'} overdue, as of {publication.as_of}.",
        blocks("## Overdue", _table(publication, late)) if late else "",
        "## Open",
        _table(publication, [a for a in still if a not in late]) if len(still) > len(late) else "None.",
        f"## Finished since {publication.as_of - _BACK}",
        _finished(publication, found),
    )
    yield Page(PATH, TITLE, text, contents=False)


def has_actions(publication: Publication) -> bool:
    """Whether the SMS keeps nonconformities or actions."""
    codes = {type_.code for type_ in publication.repo.types.values() if type_.is_record}
    return bool(codes & {_NONCONFORMITY, _ACTION})


def _of(publication: Publication, code: str) -> list[Artefact]:
    return [a for a in publication.repo.artefacts if a.type.code == code and a.type.is_record]


def _told(still: Sequence[Artefact]) -> str:
    faults = sum(a.type.code == _NONCONFORMITY for a in still)
    return (
        f"{count(faults, 'nonconformity', 'nonconformities')} and {count(len(still) - faults, 'action')} open"
    )


def _table(publication: Publication, records: Sequence[Artefact]) -> str:
    rows = [_row(publication, record) for record in records]
    return cards(["Due", "What", "State", "Owner", "Comes from, leads to"], rows)


def _row(publication: Publication, record: Artefact) -> list[str]:
    due = f'<span class="sms-nowrap">{plain(record.data.get("due", ""))}</span>'
    kind = words(str(record.data.get("severity") or record.data.get("kind") or "")).lower()
    about = f"{record.type.title}, {kind}" if kind else record.type.title
    return [
        f"{due} {badge('Overdue', 'bad')}" if is_late(publication, record) else due,
        f"{publication.artefact(PATH, record)}<br>{small(plain(about))}",
        _state(publication, record),
        _owner(publication, record),
        "<br>".join(
            [
                *(_thread(publication, id_) for id_ in record.ids("source")),
                *(f"→ {_step(publication, id_)}" for id_ in record.ids("corrective_actions")),
            ]
        ),
    ]


def _state(publication: Publication, record: Artefact) -> str:
    """An action that is done stays open until somebody else has seen that it worked."""
    done = record.type.code == _ACTION and record.date("completed_on") and not record.closed
    more = f" {small('waits to be verified')}" if done else ""
    return f"{badge_of(publication, record)}{more}"


def _owner(publication: Publication, record: Artefact) -> str:
    if owner := record.data.get("owner"):
        return publication.person(PATH, str(owner))
    return publication.role(PATH, str(record.data.get("responsible", "")))


def _thread(publication: Publication, id_: str) -> str:
    """A source; before a nonconformity stands what showed it."""
    found = publication.repo.find(id_)
    if found is None or found.type.code != _NONCONFORMITY:
        return publication.reference(PATH, id_)
    before = [_short(publication, source) for source in found.ids("source")]
    return " › ".join([*before, publication.artefact(PATH, found)])


def _short(publication: Publication, id_: str) -> str:
    found = publication.repo.find(id_)
    return publication.artefact(PATH, found, plain(id_)) if found else plain(id_)


def _step(publication: Publication, id_: str) -> str:
    found = publication.repo.find(id_)
    return f"{_short(publication, id_)} {badge_of(publication, found)}" if found else plain(id_)


def _finished(publication: Publication, records: Sequence[Artefact]) -> str:
    """Numbers of the last twelve months; what did not work by name."""
    since = publication.as_of - _BACK
    ended = [(a, day) for a in records if a.closed and (day := _end(a)) and since <= day <= publication.as_of]
    closed = [a for a, _ in ended if a.type.code == _NONCONFORMITY]
    verified = [a for a, _ in ended if a.type.code == _ACTION and a.data.get("effectiveness")]
    failed = [a for a in verified if a.data["effectiveness"] != "effective"]
    timely = sum(_in_time(a) for a in (*closed, *verified))
    given_up = sum(a.closed and "cancelled_because" in a.data for a in records)
    lines = [
        f"{count(len(closed), 'nonconformity', 'nonconformities')} closed",
        f"{count(len(verified), 'action')} verified by somebody else: {len(verified) - len(failed):,} effective, "
        f"{len(failed):,} not effective",
        f"{timely:,} of {len(closed) + len(verified):,} done by the day agreed",
        f"{count(given_up, 'action')} given up in all the time on record" if given_up else "",
    ]
    named = bullets(f"{badge('Not effective', 'bad')} {publication.artefact(PATH, a)}" for a in failed)
    return blocks(bullets(line for line in lines if line), named)


def _end(record: Artefact) -> date | None:
    """The day a record was closed: a nonconformity by its closure, an action by the check of its effect."""
    return record.date("closed_on") or record.date("verified_on")


def _in_time(record: Artefact) -> bool:
    done, due = record.date("closed_on") or record.date("completed_on"), record.date("due")
    return bool(done and due and done <= due)
