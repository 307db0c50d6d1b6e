"""What stands in the way of publishing: what nobody published, and baselines that are no longer what they were."""

from collections.abc import Iterable, Sequence

from smsrepo.errors import UserError
from smsrepo.model.release_name import IN_FORCE
from smsrepo.model.words import few
from smsrepo.site.published.shelf import Shelf
from smsrepo.site.published.versions import BASELINE, FILE, Version, read


def versions_on(shelf: Shelf) -> tuple[Version, ...]:
    """The versions that stand on a shelf; UserError where something else does."""
    listed = shelf.file(FILE)
    if listed is None and (there := shelf.names()):
        raise UserError(
            f"{shelf.where} is not empty, and holds no {FILE}, but {few(sorted(there))}",
            "No version of the site was published there. Name a new place, or one with versions.",
        )
    return read(listed or b"[]")


def refuse_strangers(shelf: Shelf, versions: Sequence[Version], names: Iterable[str]) -> None:
    """UserError where one of the names is there, but as no version."""
    known = {name for one in versions for name in (one.name, *one.aliases)}
    there = {name.casefold() for name in shelf.names() - known}
    if odd := next((n for n in (*names, IN_FORCE) if n.casefold() in there - known), None):
        raise UserError(
            f"`{odd}` is there already, and {FILE} does not name it",
            "It was not published as a version. Move it away, or choose another name.",
        )


def refuse_altered(shelf: Shelf, versions: Sequence[Version]) -> None:
    """UserError where a baseline does not hold what was published."""
    baselines = (one for one in versions if one.kind == BASELINE)
    if altered := [one.name for one in baselines if shelf.content(one.name) != one.content]:
        raise UserError(
            f"the pages of the baseline {few(altered)} are no longer those that were published",
            "Somebody changed them. Bring them back from a backup, or from the history of the branch.",
        )


def refuse_other_baseline(former: Version, kind: str, commit: str) -> None:
    """UserError unless something of this kind and commit is the baseline that was published."""
    if kind != BASELINE:
        raise UserError(
            f"the version {former.name} is a baseline, and baselines never change",
            "Publish under another name.",
        )
    if former.commit != commit:
        raise UserError(
            f"the baseline {former.name} was published from commit {former.commit[:10]}, "
            f"but its tag is at {commit[:10]}",
            "Somebody moved the tag. Find out who and why; mark a new baseline under another name.",
        )
