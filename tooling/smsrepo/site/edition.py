"""From a folder to what is published: load, check, cover."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from smsrepo.check import catalogue, engine
from smsrepo.check.verify import Proof, known_on, verify
from smsrepo.conformity.coverage import coverage
from smsrepo.control.editions import Edition, editions_of
from smsrepo.control.effective import effective_repo
from smsrepo.control.register import Register
from smsrepo.control.settings import Settings
from smsrepo.errors import FindingsError, UserError
from smsrepo.git import door
from smsrepo.git.history import first_day
from smsrepo.load.contents import Contents
from smsrepo.load.history import load_history
from smsrepo.site.publication import Publication
from smsrepo.site.release import Release, address


def picture_files(publication: Publication, root: Path) -> dict[str, Path | bytes]:
    """The pictures of documents by path: as they were approved with the text, else the file on disk.

    Files that a link leads out of the repository are left out.
    """
    home = root.resolve()
    found: dict[str, Path | bytes] = {}
    for path in sorted(publication.images):
        file = (root / path).resolve()
        if path in publication.attached:
            found[path] = publication.attached[path]
        elif file == home / path and file.is_file():
            found[path] = file
    return found


def today() -> date:
    """The day in UTC: MkDocs may be at the edge, where nobody else knows it."""
    return datetime.now(UTC).date()


def publication_of(
    root: Path,
    as_of: date | None = None,
    *,
    directory_urls: bool = True,
    site_url: str = "",
    release: Release | None = None,
) -> Publication:
    """The publication of the files on disk, judged as of a day; raises FindingsError where files are unreadable,
    UserError where the day lies before the history.

    For `site_url` see address. A baseline is always made as on its own day, however much later that happens.
    """
    now = as_of if as_of and release and release.baseline else today()
    repo, day, attached, register = effective_repo(
        root, as_of, now, register_after=lambda root, commit: _register(root, commit, as_of, now)
    )
    unreadable = repo.flaws.get("unreadable-file", ())
    if unreadable:  # on the site they would be missing without a trace
        first = unreadable[0]
        files = "1 file cannot" if len(unreadable) == 1 else f"{len(unreadable)} files cannot"
        where = f"{first.path}:{first.line}:{first.column}: {first.message}"
        raise FindingsError(
            f"no site: {files} be read. {where}", f"{first.hint} See all with sms check.".strip()
        )
    settings = Settings(repo)
    present = settings.day(None, now)
    if as_of and as_of < present:
        _refuse_before_history(root, as_of)
    proof = _proof(root, register.replay.head, as_of, now) if register else None
    if proof and day != present:
        proof = known_on(proof, day)
    rules = catalogue.all_rules(root)
    report = engine.run(repo, rules.values(), day)
    rows = coverage(repo, report, day)
    texts = {rule.id: catalogue.page(rule) for rule in rules.values()}
    editions = editions_of(register, day) if register else {}
    return Publication(
        repo, report, rows, settings, rules, texts, day, directory_urls, attached, editions,
        _contents(register, editions), address(settings, site_url, release.name if release else ""),
        another_day=day != present, to_come=day > present, register=register, proof=proof,
    )  # fmt: skip


@lru_cache(maxsize=1)  # a served site is made again and again while the history stays the same
def _proof(root: Path, commit: str, as_of: date | None, today: date) -> Proof | None:
    """What sms verify says of a commit, and with it where everything stands; None before document control began."""
    history = load_history(root, commit)
    return verify(history, catalogue.built_in().values(), as_of, today) if history.genesis else None


def _register(root: Path, commit: str, as_of: date | None, today: date) -> Register | None:
    proof = _proof(root, commit, as_of, today)
    return proof.register if proof else None


def _refuse_before_history(root: Path, day: date) -> None:
    """Raises UserError where nobody knows what there was on a day. Without git, files are taken at their word."""
    head = door.head(root)
    first = first_day(root, head) if head else None
    if first and day < first:
        raise UserError(
            f"nothing is known as of {day}: the history begins on {first}, with its first commit",
            f"Name a day from then on, such as {first}.",
        )


def _contents(register: Register | None, editions: Mapping[str, tuple[Edition, ...]]) -> Mapping[str, bytes]:
    """The bytes of the revisions that have a page of their own or are compared with another, read in one stream."""
    contents = register.replay.history.contents if register else {}
    if isinstance(contents, Contents):
        several = (found for found in editions.values() if len(found) > 1 or not found[0].shown)
        contents.prefetch(edition.version.blob for found in several for edition in found)
    return contents
