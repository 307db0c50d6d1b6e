"""All kinds of record: first those that are open, then what was recorded last, then everything by its subject."""

from collections.abc import Iterable, Sequence
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import ArtefactType
from smsrepo.model.newest import newest_first
from smsrepo.model.words import count
from smsrepo.site.documents.unproven import missing_box
from smsrepo.site.page import Page
from smsrepo.site.publication import Publication
from smsrepo.site.records.actions import PATH as ACTIONS
from smsrepo.site.records.actions import TITLE as ACTIONS_TITLE
from smsrepo.site.records.actions import has_actions
from smsrepo.site.records.due import next_of_each_type
from smsrepo.site.records.schedule import PATH as SCHEDULE
from smsrepo.site.records.schedule import has_schedule
from smsrepo.site.state import badge_of
from smsrepo.site.text.markup import badge, blocks, bullets, cards, overdue, plain, small, table

PATH = "records/index.md"
_LATEST = 8
_OTHER = "Other records"


def records_page(publication: Publication) -> Page:
    """Open kinds, the latest records, and every kind under the clause it serves."""
    types = publication.of_kind("record")
    found = {type_.name: publication.repo.by_type.get(type_.name, ()) for type_ in types}
    everything = [a for some in found.values() for a in some]
    told = f"{count(len(everything), 'record')} of {count(sum(map(bool, found.values())), 'kind')}"
    text = blocks(
        "# Records",
        f"Records are evidence of what happened: {told}. A closed record changes only by an added correction.",
        missing_box(publication, PATH, types),
        bullets(_ways(publication)),
        "## Open",
        _open(publication, types),
        blocks("## Recorded last", _latest(publication, everything)) if everything else "",
        *(
            blocks(f"## {plain(topic)}", _kinds(publication, some))
            for topic, some in _topics(publication, types).items()
        ),
    )
    return Page(PATH, "Records", text, contents=False)


def _ways(publication: Publication) -> list[str]:
    """Pages that show some records better than their index does."""
    actions = publication.to(PATH, ACTIONS, ACTIONS_TITLE)
    schedule = publication.to(PATH, SCHEDULE, "Schedule of change")
    return [
        *([f"{actions}: what is open, who does it, and by when."] if has_actions(publication) else []),
        *([f"{schedule}: what is approved and when it is made."] if has_schedule(publication) else []),
    ]


def _open(publication: Publication, types: Iterable[ArtefactType]) -> str:
    """Kinds with open records: first those whose next due day comes first, then the most."""
    days = next_of_each_type(publication)
    numbers = {type_: number for type_ in types if (number := _number_open(publication, type_))}
    ordered = sorted(numbers, key=lambda t: (days.get(t.name, date.max), -numbers[t], t.plural))
    rows = [
        [_link(publication, type_), f"{numbers[type_]:,}", _next(publication, days.get(type_.name))]
        for type_ in ordered
    ]
    return table(["Kind of record", "Open", "Next due"], rows) if rows else "None is open."


def _next(publication: Publication, day: date | None) -> str:
    if day is None:
        return ""
    return f"{day}{overdue(day, publication.as_of)}"


def _latest(publication: Publication, records: Iterable[Artefact]) -> str:
    rows = [
        [plain(a.data.get("recorded_on", "")), publication.artefact(PATH, a), badge_of(publication, a)]
        for a in newest_first(records)[:_LATEST]
    ]
    return cards(["Recorded", "Record", "Status"], rows)


def _topics(publication: Publication, types: Iterable[ArtefactType]) -> dict[str, list[ArtefactType]]:
    """The types by the clause of the first requirement they serve, in the order of the standard."""
    found: dict[str, list[ArtefactType]] = {}
    for type_ in sorted(types, key=lambda t: (_clause(t) or "~", t.plural)):
        clause = _clause(type_)
        topic = publication.ledger.clauses.get(clause, f"Clause {clause}") if clause else _OTHER
        found.setdefault(topic, []).append(type_)
    return found


def _clause(type_: ArtefactType) -> str:
    served = (*type_.requirements, *(row for evidence in type_.evidence for row in evidence.requirements))
    return served[0][:1] if served else ""


def _kinds(publication: Publication, types: Sequence[ArtefactType]) -> str:
    rows = []
    for type_ in types:
        found = publication.repo.by_type.get(type_.name, ())
        latest = max((str(a.data.get("recorded_on", "")) for a in found), default="")
        number = f"{_number_open(publication, type_):,}" if type_.closed else "–"
        rows.append(
            [_link(publication, type_), f"{len(found):,}", number, plain(latest), _kept(publication, type_)]
        )
    return table(["Kind of record", "Records", "Open", "Latest", "Kept"], rows)


def _kept(publication: Publication, type_: ArtefactType) -> str:
    """How long, from when, and the class of the retention schedule."""
    kept = publication.settings.retention(type_.name)
    if kept is None:
        return badge("No retention set", "part")
    begin = "its closure" if kept.trigger == "closed" else "its recording"
    return f"{kept.period.words} from {begin} {small(plain(f'({kept.class_})'))}"


def _link(publication: Publication, type_: ArtefactType) -> str:
    return publication.to(PATH, f"{type_.folder}/index.md", plain(type_.plural))


def _number_open(publication: Publication, type_: ArtefactType) -> int:
    found = publication.repo.by_type.get(type_.name, ())
    return sum(not a.closed for a in found) if type_.closed else 0
