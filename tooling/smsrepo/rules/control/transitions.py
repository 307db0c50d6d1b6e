"""What a step does to documents, sorted so that one mistake gives one finding."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from smsrepo.control.lineage import Revision, Version
from smsrepo.control.replay import Moment, Transition
from smsrepo.load.changed_words import changed_share

_REVISION = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")
_ALIKE = 20
"""Up to so many percent of differing words, a document under another id counts as the same one."""


class Number(NamedTuple):
    """A revision as it counts up."""

    major: int
    minor: int

    def next(self) -> frozenset["Number"]:
        """The revisions that may follow."""
        return frozenset({Number(self.major, self.minor + 1), Number(self.major + 1, 0)})


class Renumbered(NamedTuple):
    """A document that left, and the one under another id that took its place in the same step."""

    left: Transition
    new: Transition


def number(version: Version) -> Number | None:
    """The revision of a document; None where it has none, or one that is not `"major.minor"` in quotes."""
    written = version.fields.get("revision")
    found = _REVISION.fullmatch(written) if isinstance(written, str) else None
    return Number(int(found[1]), int(found[2])) if found else None


def touched(moment: Moment) -> Iterator[Transition]:
    """What a step itself did. Left out is what two files claim to be, and what only came under control."""
    changed = {change.path for change in moment.step.changes}
    versions = moment.replay.versions
    for transition in moment.transitions:
        after = transition.after
        if after is None or (
            len(versions.paths(after.id)) == 1 and not changed.isdisjoint(versions.files(after.path))
        ):
            yield transition


def faulty(moment: Moment, rule: str) -> Iterator[tuple[Transition, Version]]:
    """The changes of documents that break a rule, with what the document became."""
    for transition, broken in _broken_rules(moment):
        if transition.after and broken == rule:
            yield transition, transition.after


@lru_cache(maxsize=1)  # every rule about changes asks the same of a step
def _broken_rules(moment: Moment) -> tuple[tuple[Transition, str], ...]:
    return tuple((transition, _broken_rule(transition, moment)) for transition in touched(moment))


def issued_before(transition: Transition) -> list[Revision]:
    """The other revisions of the document that were ever issued or withdrawn."""
    return [revision for revision in transition.lineage.released() if revision is not transition.revision]


def highest_before(transition: Transition) -> Number | None:
    """The highest revision that was ever issued, this one left out; None before the first."""
    return max((n for r in issued_before(transition) if (n := number(r.version))), default=None)


def left(moment: Moment) -> list[Transition]:
    """The documents that were issued once, and are no longer among the controlled documents after the step."""
    return [
        transition
        for transition in moment.transitions
        if transition.lineage.released()
        and (transition.after is None or transition.after.type.is_record)
        and transition.before
        and not transition.before.type.is_record
    ]


def renumbered(moment: Moment) -> list[Renumbered]:
    """Documents that go on under another id: in the same file, or nearly word for word in another one."""
    new = [t for t in moment.transitions if t.before is None and t.after and len(t.lineage.revisions) == 1]
    pairs = product(left(moment), new)
    return [
        Renumbered(gone, come) for gone, come in pairs if gone.after is None and _same(gone, come, moment)
    ]


def _same(gone: Transition, come: Transition, moment: Moment) -> bool:
    if gone.path == come.path:
        return True
    before, after, contents = gone.before, come.after, moment.replay.history.contents
    if before is None or after is None or before.type is not after.type:
        return False
    return changed_share(contents[before.blob], contents[after.blob]) <= _ALIKE


def _broken_rule(transition: Transition, moment: Moment) -> str:
    """The id of the rule that a change breaks: the first that fits. Empty where all is well."""
    before, after, revision = transition.before, transition.after, transition.revision
    if after is None or revision is None or transition.moved:
        return ""
    if before is None and _was_used(transition, moment):
        return "" if _left_as(transition) is revision else "id-reused"
    if after.type.is_record:
        return ""
    if after.released and revision.commit != moment.step.commit:
        return _return_of_old_bytes(transition, revision)
    if number(after) is None:
        return "revision-out-of-order"
    return _bytes_under_old_number(transition, after) or _disorder(transition, after, moment)


def _was_used(transition: Transition, moment: Moment) -> bool:
    """Whether an id stood for something before it left: a draft that was never issued stood for nothing."""
    earlier = [r.version for r in transition.lineage.revisions if r.commit != moment.step.commit]
    return any(version.released or version.type.is_record for version in earlier)


def _left_as(transition: Transition) -> Revision | None:
    """The bytes that an id stood for when it left the main branch."""
    stood = [revision for _, revision in transition.lineage.presence[:-1] if revision]
    return stood[-1] if stood else None


def _return_of_old_bytes(transition: Transition, revision: Revision) -> str:
    """Dropping a proposal nobody approved is no revival."""
    revisions = transition.lineage.revisions
    later = revisions[revisions.index(revision) + 1 :]
    return "obsolete-revived" if any(r.approved and not r.ended for r in later) else ""


def _bytes_under_old_number(transition: Transition, after: Version) -> str:
    before, now = transition.before, number(after)
    was = number(before) if before else None
    if before is None or now is None or was is None:
        return ""
    if before.status == "obsolete" and after.status != "obsolete" and now <= was:
        return "obsolete-revived"
    if not before.released or now != was:
        return ""
    if not after.released:
        return "issued-back-to-draft"
    return "attachment-changed" if before.blob == after.blob else "approved-bytes-changed"


def _disorder(transition: Transition, after: Version, moment: Moment) -> str:
    before, now, highest = transition.before, number(after), highest_before(transition)
    told = (
        before is not None
        and not after.released
        and not before.released
        and before.revision == after.revision
    )
    if now is None or told:
        return ""
    if highest and now <= highest:
        if not after.released:
            return "issued-back-to-draft"
        if any(number(revision.version) == now for revision in issued_before(transition)):
            return "revision-reused"
    return "" if now in _allowed(transition, after, moment) else "revision-out-of-order"


def _allowed(transition: Transition, after: Version, moment: Moment) -> frozenset[Number]:
    highest = highest_before(transition)
    if highest:
        return highest.next()
    first = transition.lineage.revisions[0]
    begun = number(first.version) if first.commit == moment.replay.genesis.commit else None
    if begun:  # a draft that was on its way when control began goes on from there
        return begun.next() | {begun}
    now = number(after)
    early = {now} if now and now.major == 0 and not after.released else set()
    return frozenset({Number(1, 0), *early})
