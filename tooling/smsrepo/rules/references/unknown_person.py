"""Every person that is named is registered."""

import difflib
from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.references.unknown_role import named_values
from smsrepo.rules.rule import ERROR, Context, rule


@rule("unknown-person", severity=ERROR, requirements=["4.3.3-s3.3"], reads=["people"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A field names a person whom sms/people.yml does not know."""
    known = on.settings.people
    for path, pointer, person in named_values(repo, "persons"):
        if person not in known:
            close = difflib.get_close_matches(person, known, 1, 0.6)
            hint = (
                f"Did you mean `{close[0]}`?"
                if close
                else "Add the person to sms/people.yml, or name one from there."
            )
            yield Flaw(path, f"there is no person `{person}`", hint, pointer)
