"""What a step does to documents, sorted so that one mistake gives one finding."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from smsrepo.control.lineage import Revision, Version
from smsrepo.control.replay import Moment, Transition
from smsrepo.load.changed_words import changed_share
from smsrepo.load.contents import Contents
from smsrepo.model.revision import Number

_ALIKE = 20
"""Up to so many percent of differing words, a document under another id counts as the same one."""


class Renumbered(NamedTuple):
    """A document that left, and the one under another id that took its place in the same step."""

    left: Transition
    new: Transition


def number(version: Version) -> Number | None:
    """The revision of a document; None where it has none, or one that is not `"major.minor"` in quotes."""
    return version.number


def touched(moment: Moment) -> Iterator[Transition]:
    """What a step itself did. Left out is what only came under control."""
    changed = {change.path for change in moment.step.changes}
    versions = moment.replay.versions
    for transition in moment.transitions:
        before, after = transition.before, transition.after
        other = before and after and (before.digest, before.path) != (after.digest, after.path)
        if after is None or other or not changed.isdisjoint(versions.files(after.path)):
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
    return transition.lineage.highest_but(transition.revision)


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


@lru_cache(maxsize=1)
def renumbered(moment: Moment) -> tuple[Renumbered, ...]:
    """Documents that go on under another id: in the same file, or nearly word for word in another one."""
    gone = [t for t in left(moment) if t.after is None]
    new = [t for t in moment.transitions if t.before is None and t.after and len(t.lineage.revisions) == 1]
    if not gone or not new:
        return ()
    contents = moment.replay.history.contents
    if isinstance(contents, Contents):
        contents.prefetch(version.blob for t in (*gone, *new) if (version := t.after or t.before))
    texts = [_Text.of(t, contents) for t in new]
    found = []
    for transition in gone:
        come = _going_on(_Text.of(transition, contents), texts)
        if come:
            texts.remove(come)
            found.append(Renumbered(transition, come.transition))
    return tuple(found)


class _Text(NamedTuple):
    """A document that left or came: what it says apart from its id, and its words."""

    transition: Transition
    path: str
    type: str
    content: bytes
    bare: bytes
    words: int
    distinct: frozenset[bytes]

    @classmethod
    def of(cls, transition: Transition, contents: Mapping[str, bytes]) -> "_Text":
        """Of the document as it came, or as it stood before it left."""
        version = transition.after or transition.before
        content = contents[version.blob] if version else b""
        bare = content.replace(transition.id.encode(), b"")
        words, type_ = content.split(), version.type.name if version else ""
        return cls(transition, transition.path, type_, content, bare, len(words), frozenset(words))


def _going_on(gone: _Text, new: list[_Text]) -> _Text | None:
    """The document in which another goes on; what costs least to compare comes first."""
    same = (come for come in new if come.path == gone.path)
    alike = [come for come in new if come.type == gone.type]
    equal = (come for come in alike if come.bare == gone.bare)
    near = (come for come in alike if _near(gone, come))
    return next(same, None) or next(equal, None) or next(near, None)


def _near(one: _Text, other: _Text) -> bool:
    """A word that only one of them has makes at least one pair of words differ, so most need no closer look."""
    larger = max(one.words, other.words) + 1
    least = max(abs(one.words - other.words), len(one.distinct - other.distinct))
    if 100 * least > (_ALIKE + 1) * larger:
        return False
    return changed_share(one.content, other.content) <= _ALIKE


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
        if any(other is not transition.revision for other in transition.lineage.numbered(now)):
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
