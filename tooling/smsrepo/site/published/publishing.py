"""Publishes a version of the site beside the others: a baseline for ever, what moves as often as it is replaced."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from smsrepo.errors import UserError
from smsrepo.model.release_name import IN_FORCE, release_name
from smsrepo.site.engines.with_mkdocs import PLUGIN, build, config_of
from smsrepo.site.folder import number_of_pages
from smsrepo.site.published import versions as catalogue
from smsrepo.site.published.refusals import (
    refuse_altered,
    refuse_other_baseline,
    refuse_strangers,
    versions_on,
)
from smsrepo.site.published.shelf import Delivery, Shelf, content_of
from smsrepo.site.published.versions import BASELINE, Version

_EPOCH = "SOURCE_DATE_EPOCH"


class Origin(NamedTuple):
    """Where a version comes from. `opened` gives its files for as long as they are needed; for `commit` and
    `committed` see Version (None: nothing was ever committed); `as_of` is the day to judge by, None for today.
    """

    kind: str
    commit: str
    committed: datetime | None
    as_of: date | None
    opened: Callable[[], AbstractContextManager[Path]]


class Wish(NamedTuple):
    """What somebody wants: "" for no title of its own; for `default` see with_version."""

    name: str
    title: str
    aliases: tuple[str, ...]
    default: bool | None
    replace: bool


class Outcome(NamedTuple):
    """The version as it stands now. `pages` were built (0: none); `listed` says that its title, its aliases or what is
    in force are new, `mended` what was gone or altered and is there again.
    """

    version: Version
    pages: int
    listed: bool
    mended: tuple[str, ...]


def publish(shelf: Shelf, origin: Origin, wish: Wish) -> Outcome:
    """Put a version on the shelf. Raises UserError for what would change a published baseline, or lie over something
    that nobody published; then nothing is written.
    """
    release_name(wish.name, "a version")
    versions = versions_on(shelf)
    former = catalogue.find(versions, wish.name)
    refuse_strangers(shelf, versions, (wish.name, *wish.aliases))
    refuse_altered(shelf, versions)
    if former is None or former.kind != BASELINE:
        return _build_and_put(shelf, versions, former, origin, wish)
    refuse_other_baseline(former, origin.kind, origin.commit)
    return _put(shelf, versions, former, former, wish, None)


def _build_and_put(
    shelf: Shelf, versions: Sequence[Version], former: Version | None, origin: Origin, wish: Wish
) -> Outcome:
    if former and origin.kind == BASELINE:
        raise UserError(
            f"the version {wish.name} is on the site already, and is no baseline",
            "Publish it under another name, or remove that version.",
        )
    # What cannot be named must not cost a build.
    draft = Version(wish.name, wish.title, kind=origin.kind)
    catalogue.with_version(versions, draft, wish.aliases, default=wish.default)
    with _built(origin, wish) as (site, as_of):
        when = origin.committed.isoformat() if origin.committed else ""
        new = Version(
            wish.name, wish.name, (), origin.kind, origin.commit, when, as_of, content_of(site),
            former.more if former else {},
        )  # fmt: skip
        if former and former.content == new.content == shelf.content(wish.name):
            return _put(shelf, versions, former, former, wish, None)
        if former and not wish.replace:
            raise UserError(
                f"the version {wish.name} is published already, with other content",
                "If it is one that moves, such as dev, add --replace. Otherwise publish under another name.",
            )
        return _put(shelf, versions, former, new, wish, site)


def _put(
    shelf: Shelf,
    versions: Sequence[Version],
    former: Version | None,
    new: Version,
    wish: Wish,
    site: Path | None,
) -> Outcome:
    titled = replace(new, title=wish.title or (former.title if former else "") or wish.name)
    result = catalogue.with_version(versions, titled, wish.aliases, default=wish.default)
    version = catalogue.find(result, wish.name) or titled
    copies = {
        alias: one.name for one in result for alias in _stale(shelf, one, built=bool(site) and one is version)
    }
    wanted = {catalogue.FILE: catalogue.render(result), **_at_the_root(shelf, result)}
    files = {name: content for name, content in wanted.items() if content != shelf.file(name)}
    copied = {alias for one in versions for alias in one.aliases if copies.get(alias) == one.name}
    fresh = set(version.aliases) if site else set()
    mended = (copied - fresh) | (files.keys() & _at_the_root(shelf, versions).keys() if versions else set())
    if site or copies or files:
        shelf.put(Delivery(version.name, site, copies, files, f"Publish {version.name}"))
    return Outcome(
        version, number_of_pages(site) if site else 0, catalogue.FILE in files, tuple(sorted(mended))
    )


def _stale(shelf: Shelf, version: Version, *, built: bool) -> tuple[str, ...]:
    """The aliases of a version that do not hold what it holds. One that was altered itself is not spread."""
    if built:
        return version.aliases
    stale = tuple(
        alias for alias in version.aliases if version.kind and shelf.content(alias) != version.content
    )
    return stale if stale and shelf.content(version.name) == version.content else ()


def _at_the_root(shelf: Shelf, versions: Sequence[Version]) -> dict[str, bytes]:
    """What else lies at the root. Whatever somebody wrote into .nojekyll stays: it counts that it is there."""
    files = {} if ".nojekyll" in shelf.names() else {".nojekyll": b""}
    ours = any(one.in_force and one.kind for one in versions)
    return {**files, "index.html": catalogue.redirect(IN_FORCE)} if ours else files


@contextmanager
def _built(origin: Origin, wish: Wish) -> Iterator[tuple[Path, str]]:
    """The built site, and the day it is judged by. A baseline gives the same bytes on any day."""
    with tempfile.TemporaryDirectory(prefix="smsrepo-") as folder, origin.opened() as root:
        site = Path(folder) / "site"
        config = config_of(root, site, origin.as_of)
        config.plugins[PLUGIN].config.update(version=wish.name, baseline=origin.kind == BASELINE)
        # Material reads `default` as a pattern that may match anywhere in a name.
        config.extra["version"] = {
            "provider": "mike", "default": f"^{IN_FORCE}$", "alias": True, "kind": origin.kind
        }  # fmt: skip
        with _dated(origin.committed):
            build(config)
        yield site, str(config.extra["sms_as_of"])


@contextmanager
def _dated(committed: datetime | None) -> Iterator[None]:
    """MkDocs writes the time of the build into compressed files, unless this says another."""
    before = os.environ.get(_EPOCH)
    if committed:
        os.environ[_EPOCH] = str(int(committed.timestamp()))
    try:
        yield
    finally:
        if committed:
            os.environ.pop(_EPOCH)
            if before is not None:
                os.environ[_EPOCH] = before
