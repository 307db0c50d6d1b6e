"""The revisions of each document that readers may look up, with where each of them stands on a day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from smsrepo.control.lineage import APPROVING, Act, Lineage, Revision, Version, standing
from smsrepo.control.register import Register, State, state_of
from smsrepo.control.succession import period, seen_by

APPROVED = frozenset({State.APPROVED, State.EFFECTIVE, State.SUPERSEDED, State.OBSOLETE})


@dataclass(frozen=True, slots=True)
class Edition:
    """One revision of a document, as it stands on a day.

    It applies from `since` to the day before `until`: a `since` of None is a revision that never applied, or one from
    before control began whose header names no day; an `until` of None is open. `adopted`: it was issued when control
    began, and taken over on the day on which it `entered`. `acts` are the statements about it that stand, or stood
    until its approval was taken back, `reviews` those that found nothing to change. `before` is the number of the
    revision it is compared with ("": none). `shown`: it is what the document is on that day, in force or, while nothing
    is, the newest.
    """

    id: str
    version: Version
    state: State
    entered: date
    commit: str
    since: date | None = None
    until: date | None = None
    adopted: bool = False
    acts: tuple[Act, ...] = ()
    reviews: tuple[Act, ...] = ()
    before: str = ""
    shown: bool = False

    @property
    def number(self) -> str:
        """major.minor."""
        return self.version.revision

    @property
    def title(self) -> str:
        """The title in its own header, or the id."""
        return str(self.version.fields.get("title", "") or self.id)

    @property
    def summary(self) -> str:
        """What its header says has changed."""
        return str(self.version.fields.get("summary_of_change", "") or "")

    @property
    def approvals(self) -> tuple[Act, ...]:
        """The statements by which somebody approved it or its withdrawal."""
        return tuple(act for act in self.acts if act.action in APPROVING)

    @property
    def approved(self) -> bool:
        """Whether its approval stands."""
        return self.state in APPROVED


def editions_of(register: Register, on: date) -> Mapping[str, tuple[Edition, ...]]:
    """The revisions of each document by its id, in the order in which they came; only what was seen by a day.

    Of several states of one number it is the approved one, or else the newest. Documents that left the main branch
    without ever being approved are left out.
    """
    found: dict[str, tuple[Edition, ...]] = {}
    for id_, lineage in register.lineages.items():
        if not lineage.revisions[0].version.type.is_record:
            editions = tuple(_editions(lineage, on))
            if any(edition.approved or edition.shown for edition in editions):
                found[id_] = editions
    return found


def _editions(lineage: Lineage, on: date) -> Iterator[Edition]:
    shown = lineage.in_force(on) or lineage.latest(on)
    last = last_approved = ""
    for revision in _by_number(lineage, on):
        found = _edition(lineage, revision, on, before=last_approved or last, shown=revision is shown)
        yield found
        last = found.number
        if found.approved:
            last_approved = found.number


def _by_number(lineage: Lineage, on: date) -> list[Revision]:
    found: dict[str, Revision] = {}
    for revision in seen_by(lineage, on):
        number = revision.version.revision
        known = found.get(number)
        if revision.version.number and not (known and known.approved_on(on) and not revision.approved_on(on)):
            found[number] = revision
    return sorted(found.values(), key=lambda one: one.position)


def _edition(lineage: Lineage, revision: Revision, on: date, *, before: str, shown: bool) -> Edition:
    applied = period(lineage, revision, on)
    return Edition(
        lineage.id,
        revision.version,
        state_of(lineage, revision, on),
        revision.entered.date(),
        revision.commit,
        since=applied.start if applied else None,
        until=applied.end if applied else None,
        adopted=revision.adopted,
        acts=tuple(_acts(revision, on)),
        reviews=tuple(lineage.reviewed(revision, on)),
        before=before,
        shown=shown,
    )


def _acts(revision: Revision, on: date) -> list[Act]:
    """The statements that stand; before the one that took an approval back, those on which it had rested."""
    known = [act for act in revision.acts if act.entered.date() <= on]
    ended = revision.ended
    rested = list(standing(act for act in known if ended and act.entered < ended))
    return [*rested, *(act for act in standing(known) if act not in rested)]
