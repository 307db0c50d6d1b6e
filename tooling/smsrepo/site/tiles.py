"""The figures of the front page: each with a word and a shape for how it stands, and a link to what is behind it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from smsrepo.conformity.coverage import State as Presence
from smsrepo.control.register import State
from smsrepo.control.tally import SAID, Tally
from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Severity
from smsrepo.model.words import count, few
from smsrepo.site.conformity.findings import DECISIONS
from smsrepo.site.conformity.requirements import PATH as REQUIREMENTS
from smsrepo.site.documents.register import PATH as REGISTER
from smsrepo.site.documents.unproven import HISTORY
from smsrepo.site.publication import Publication
from smsrepo.site.records.actions import PATH as ACTIONS
from smsrepo.site.records.actions import has_actions
from smsrepo.site.records.agenda import agenda, late
from smsrepo.site.records.calendar_page import PATH as CALENDAR
from smsrepo.site.records.due import is_late
from smsrepo.site.services.levels import MEASUREMENT, Levels, met
from smsrepo.site.services.levels_page import PATH as SERVICE_LEVELS
from smsrepo.site.state import tally_of_documents
from smsrepo.site.text.markup import badge, blocks, link, plain, still_open

RECORDS = "records/index.md"
OPEN_TYPES = ("nonconformity", "action")

_DOCUMENTS, _DECISIONS = "Documents in force", "Decisions"
_TOLD_OTHERWISE = {State.EFFECTIVE, State.IN_REVIEW, State.DRAFT, State.OBSOLETE}
_SEARCH = '<span class="sms-hint">To find a document, press / and type its id or any word.</span>'


class Tile(NamedTuple):
    """One figure; `state` says in words how it stands, `tone` which shape the words get."""

    name: str
    target: str
    figure: str
    state: str
    tone: str


def health(publication: Publication, levels: Levels) -> str:
    """A verdict, the tiles, and in one line what the tool itself has found."""
    shown = [
        _in_force(publication),
        _waiting(publication),
        _calendar(publication),
        _matters(publication),
        _service_levels(publication, levels),
        _requirements(publication),
    ]
    beside = [_check(publication), _history(publication), _decisions(publication)]
    return blocks(
        _verdict(publication, [*shown, *beside]),
        "\n".join(['<div class="sms-tiles" markdown>', *map(_tile, shown), "</div>"]),
        f'<p class="sms-beside" markdown="span">{" ".join(map(_line, beside))} {_SEARCH}</p>',
    )


def _verdict(publication: Publication, tiles: Sequence[Tile]) -> str:
    """One sentence for who has time for one. A system that is being built is never simply in order."""
    bad = [tile for tile in tiles if tile.tone == "bad"]
    building = _being_built(publication)
    said = []
    if bad:
        needs = "Needs attention" if len(bad) == 1 else f"{len(bad)} matters need attention"
        said.append(f"{badge(needs, 'bad')} {_named(bad)}.")
    if building:
        said.append(building)
    if not said:
        fine = (
            "Nothing is overdue or missed"
            if publication.control_began
            else "Nothing is overdue, missed or in doubt"
        )
        said.append(f"{badge(fine, 'good')} as of {publication.as_of}.")
    told = (_DOCUMENTS, _DECISIONS) if building else ()
    unfinished = [tile for tile in tiles if tile.tone == "part" and tile.name not in told]
    if unfinished:
        said.append(f"Not finished: {_named(unfinished)}.")
    return f'<p class="sms-verdict" markdown="span">{" ".join(said)}</p>'


def _being_built(publication: Publication) -> str:
    """How far it is, as long as most documents are not in force or a decision is open; then empty."""
    documents, decisions = tally_of_documents(publication), _open_decisions(publication)
    number, total = documents.states[State.EFFECTIVE], _kept(documents)
    if not decisions and not _being_written(documents):
        return ""
    words = [f"{number:,} of {link(count(total, 'document'), REGISTER)} in force"]
    words += [f"{link(count(decisions, 'decision'), DECISIONS)} open"] if decisions else []
    return f"{badge('Being built:', 'part')} {', '.join(words)}."


def _named(tiles: Iterable[Tile]) -> str:
    return ", ".join(f"{link(plain(tile.name), tile.target)} ({plain(tile.state)})" for tile in tiles)


def _tile(tile: Tile) -> str:
    return (
        f'<div class="sms-tile" markdown="1">\n'
        f'<p class="sms-tile__name" markdown="span">{link(plain(tile.name), tile.target)}</p>\n'
        f'<p class="sms-tile__figure">{plain(tile.figure)}</p>\n'
        f'<p class="sms-tile__more">{badge(tile.state, tile.tone)}</p>\n</div>\n'
    )


def _line(tile: Tile) -> str:
    parts = (link(plain(tile.name), tile.target), plain(tile.figure), badge(tile.state, tile.tone))
    return f"<span>{' '.join(filter(None, parts))}</span>"


def _kept(documents: Tally) -> int:
    """All documents but those that were withdrawn."""
    return documents.total - documents.states[State.OBSOLETE]


def _being_written(documents: Tally) -> bool:
    """Whether most documents are not in force; also while there is none."""
    return 2 * documents.states[State.EFFECTIVE] < max(_kept(documents), 1)


def _in_force(publication: Publication) -> Tile:
    documents = tally_of_documents(publication)
    number, withdrawn = documents.states[State.EFFECTIVE], documents.states[State.OBSOLETE]
    controlled = [a.proven for a in publication.repo.artefacts if a.proven]
    suspect = sum(bool(proven.suspect) for proven in controlled)
    if suspect:
        state, tone = f"{count(suspect, 'approval')} in doubt", "bad"
    elif not number:
        state, tone = "nothing is in force yet", "part"
    elif publication.control_began:
        state, tone = "not proven", "plain"
    elif controlled:
        state, tone = "none in doubt", "part" if _being_written(documents) else "good"
    else:
        state, tone = "by their headers", "plain"
    more = f", {withdrawn:,} withdrawn" if withdrawn else ""
    return Tile(_DOCUMENTS, REGISTER, f"{number:,} of {_kept(documents):,}", f"{state}{more}", tone)


def _waiting(publication: Publication) -> Tile:
    """What somebody has to approve; below it, what is still written and what is approved and waits for its day."""
    documents = tally_of_documents(publication)
    waiting, drafts = documents.number(State.IN_REVIEW), documents.number(State.DRAFT)
    others = sorted({*documents.states, *documents.newer} - _TOLD_OTHERWISE)
    kinds = [f"{documents.number(state):,} {SAID.get(state, state)}" for state in others]
    below = ", ".join([*([count(drafts, "draft")] if drafts else []), *kinds])
    tone = "wait" if waiting else "plain" if below else "good"
    figure = f"{waiting:,}" if waiting else "none"
    return Tile("Waiting for approval", REGISTER, figure, below or "no drafts", tone)


def _calendar(publication: Publication) -> Tile:
    """Everything that has a day: reviews of documents, open records, what is planned."""
    overdue, entries = late(publication), agenda(publication)
    if overdue:
        return Tile(
            "Calendar", CALENDAR, f"{len(overdue):,} overdue", f"overdue since {overdue[0].on}", "bad"
        )
    following = f"next on {entries[0].on}" if entries else "nothing is planned"
    return Tile("Calendar", CALENDAR, "none overdue", following, "good" if entries else "plain")


def open_matters(publication: Publication) -> list[Artefact]:
    """Open nonconformities and actions: overdue ones and those that end soon come first."""
    found = [a for name in OPEN_TYPES for a in publication.repo.all(name) if not a.closed]
    return sorted(found, key=lambda a: (str(a.date("due") or "9"), a.id))


def _matters(publication: Publication) -> Tile:
    found = open_matters(publication)
    overdue = sum(is_late(publication, a) for a in found)
    flaws = [a for a in found if a.type.name == OPEN_TYPES[0]]
    grave = sum(a.data.get("severity") == "major" for a in flaws)
    actions = f"{count(len(found) - len(flaws), 'action')}"
    state, tone = (f"{overdue:,} overdue", "bad") if overdue else ("none overdue", "good")
    figure = f"{still_open(len(flaws))}{f', {grave} major' if grave else ''}"
    return Tile("Nonconformities", matters_page(publication), figure, f"{state}, {actions}", tone)


def matters_page(publication: Publication) -> str:
    """Where open nonconformities and actions are listed."""
    return ACTIONS if has_actions(publication) else RECORDS


def _service_levels(publication: Publication, levels: Levels) -> Tile:
    """Met and missed in the latest month that was measured."""
    type_ = publication.repo.types.get(MEASUREMENT)
    target = SERVICE_LEVELS if levels.targets else f"{type_.folder}/index.md" if type_ else RECORDS
    if not levels.month:
        return Tile("Service levels", target, "not measured", "no monthly result yet", "plain")
    records = levels.months[levels.month]
    missed = sum(not met(record) for record in records)
    without = levels.unmeasured(levels.targets)
    if missed:
        state, tone = f"{missed} missed", "bad"
    elif levels.late:
        state, tone = "no later result", "bad"
    elif without:
        state, tone = f"{count(without, 'target')} without result", "part"
    else:
        state, tone = "none missed", "good"
    figure = f"{len(records) - missed} of {len(records)} met"
    return Tile(f"Service levels, {levels.month}", target, figure, state, tone)


def _requirements(publication: Publication) -> Tile:
    rows = publication.coverage
    served = sum(row.state is Presence.MET for row in rows)
    others = [
        f"{number} {state}"
        for state in (Presence.JUDGEMENT, Presence.DOCUMENTED, Presence.PARTIAL, Presence.GAP)
        if (number := sum(row.state is state for row in rows))
    ]
    judged = sum(row.state is Presence.JUDGEMENT for row in rows)
    tone = "part" if served + judged < len(rows) else "good" if rows else "plain"
    return Tile("Requirements", REQUIREMENTS, f"{served} of {len(rows)} met", few(others) or "no gap", tone)


def _check(publication: Publication) -> Tile:
    errors, warnings = (publication.report.count(severity) for severity in (Severity.ERROR, Severity.WARNING))
    tone = "bad" if errors else "part" if warnings else "good"
    return Tile("Check", "findings.md", "", _found(errors, warnings) or "nothing found", tone)


def _history(publication: Publication) -> Tile:
    """What sms verify says. Warnings about what happened stay for ever, so that they leave nothing to finish."""
    proof = publication.proof
    if proof is None:
        return Tile("History", HISTORY, "", "document control has not begun", "plain")
    if began := publication.control_began:
        return Tile("History", HISTORY, "", f"document control began later, on {began}", "plain")
    found = _found(proof.errors, len(proof.findings) - proof.errors)
    if not proof.proven:
        return Tile("History", HISTORY, "", f"not proven: {found}", "bad")
    said = "nothing against the rules up to this day" if publication.another_day else "proven"
    return Tile("History", HISTORY, "", ", ".join(filter(None, (said, found))), "plain" if found else "good")


def _found(errors: int, warnings: int) -> str:
    """How many of each, as far as there are any."""
    numbers = ((errors, "error"), (warnings, "warning"))
    return ", ".join(count(number, name) for number, name in numbers if number)


def _decisions(publication: Publication) -> Tile:
    open_ = _open_decisions(publication)
    more = "only you can take them" if open_ else "nothing left to decide"
    return Tile(_DECISIONS, DECISIONS, still_open(open_), more, "part" if open_ else "good")


def _open_decisions(publication: Publication) -> int:
    repo = publication.repo
    marks = [a.marks for a in repo.artefacts] + [setting.marks for setting in repo.settings.values()]
    return sum(mark.open for some in marks for mark in some)
