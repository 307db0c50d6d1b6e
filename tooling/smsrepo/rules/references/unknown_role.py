"""Every role that a document names is defined."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.references.names import unknown
from smsrepo.rules.rule import ERROR, Context, rule


@rule("unknown-role", severity=ERROR, requirements=["4.1.3-a"], reads=["roles"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A field names a role that sms/roles.yml does not define."""
    hint = "Define the role in sms/roles.yml, or name one from there."
    return unknown(repo, "role", on.settings.roles, hint)
