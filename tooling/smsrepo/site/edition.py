"""From a folder to what is published: load, check, cover."""

from datetime import UTC, date, datetime
from pathlib import Path

from smsrepo.check import catalogue, engine
from smsrepo.conformity.coverage import coverage
from smsrepo.control.effective import effective_repo
from smsrepo.control.settings import Settings
from smsrepo.errors import UserError
from smsrepo.site.publication import Publication

FINDINGS = 1


class UnreadableError(UserError):
    """Files that cannot be read would be missing on the site without a trace."""

    exit_code = FINDINGS


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


def publication_of(root: Path, as_of: date | None = None, *, directory_urls: bool = True) -> Publication:
    """The publication of the files on disk, judged as of a day; raises UnreadableError where files are unreadable."""
    # MkDocs may be at the edge, where nobody else knows the day.
    repo, day, attached = effective_repo(root, as_of, datetime.now(UTC).date())
    unreadable = repo.flaws.get("unreadable-file", ())
    if unreadable:
        first = unreadable[0]
        files = "1 file cannot" if len(unreadable) == 1 else f"{len(unreadable)} files cannot"
        where = f"{first.path}:{first.line}:{first.column}: {first.message}"
        raise UnreadableError(
            f"no site: {files} be read. {where}", f"{first.hint} See all with sms check.".strip()
        )
    settings = Settings(repo)
    rules = catalogue.all_rules(root)
    report = engine.run(repo, rules.values(), day)
    rows = coverage(repo, report, day)
    texts = {rule.id: catalogue.page(rule) for rule in rules.values()}
    return Publication(repo, report, rows, settings, rules, texts, day, directory_urls, attached)
