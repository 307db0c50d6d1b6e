"""external-copy-differs."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from smsrepo.control.digest import sha256
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import register_rule

if TYPE_CHECKING:
    from smsrepo.control.lineage import Revision
    from smsrepo.control.register import Register
    from smsrepo.control.replay import Replay


@register_rule("external-copy-differs", requirements=["4.3.2-g"])
def check(register: "Register", on: date) -> Iterator[Flaw]:
    """The copy of an external document is not the one that its entry in the register describes."""
    for standing in register.documents(on):
        revision = standing.in_force or standing.latest
        if revision and "copy" in revision.version.fields and "digest" in revision.version.fields:
            yield from _compare(revision, register.replay)


def _compare(revision: "Revision", replay: "Replay") -> Iterator[Flaw]:
    version = revision.version
    path, wanted = str(version.fields["copy"]), str(version.fields["digest"])
    found = _digest(path, replay)
    if found == wanted or version.status == "obsolete":
        return
    is_ = f"has the digest {found}" if found else "is not there"
    hint = "Put the right copy there. For another edition, make a new revision of the entry with its digest."
    # Once the entry is approved, it is the copy that is wrong.
    place = path if revision.approved else version.path
    yield Flaw(
        place, f"the copy of {version.id} {version.revision}, {path}, {is_}; its entry says {wanted}", hint
    )


def _digest(path: str, replay: "Replay") -> str:
    """The digest of a regular file; empty where there is none."""
    blob = replay.tree.get(path)
    if blob is None or not blob.mode.startswith("100"):
        return ""
    facts = replay.history.facts.get(blob.id)
    return f"sha256:{facts.sha256 if facts else sha256(replay.history.contents[blob.id])}"
