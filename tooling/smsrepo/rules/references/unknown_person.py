"""Every person that is named is registered."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.references.names import unknown
from smsrepo.rules.rule import ERROR, Context, rule


@rule("unknown-person", severity=ERROR, requirements=["4.3.3-s3.3"], reads=["people"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A field names a person whom sms/people.yml does not know."""
    hint = "Add the person to sms/people.yml, or name one from there."
    return unknown(repo, "person", on.settings.people, hint)
