"""Every file can be read: text, in the YAML dialect of SMS files."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("unreadable-file", severity=ERROR, waivable=False, requirements=["4.3.2-f", "4.3.3-s3.1"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A file cannot be read."""
    yield from repo.flaws.get("unreadable-file", ())
