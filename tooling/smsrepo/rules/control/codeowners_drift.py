"""codeowners-drift."""

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

from smsrepo.control.codeowners import owned_in, render
from smsrepo.control.policy import CODEOWNERS, GITLINK
from smsrepo.control.register import Register
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import WARNING, register_rule


@register_rule("codeowners-drift", severity=WARNING, requirements=["4.3.2-a"])
def check(register: Register, on: date) -> Iterator[Flaw]:
    """CODEOWNERS names others than those who own and approve the documents."""
    blob = register.replay.tree.get(CODEOWNERS)
    if blob is None:
        return
    content = b"" if blob.mode == GITLINK else register.replay.history.contents[blob.id]
    written = content.decode("utf-8", "replace").splitlines()
    wanted = render(owned_in(register), register.settings, on).splitlines()
    for number, (is_, should_be) in enumerate(zip_longest(written, wanted, fillvalue=""), 1):
        if is_ != should_be:
            message = f"the forge asks the wrong people to review: it says `{is_}`, on {on} it should say `{should_be}`"
            yield Flaw(CODEOWNERS, message, "Write it anew: sms codeowners, then commit it.", line=number)
            return
