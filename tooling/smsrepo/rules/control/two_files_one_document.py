"""two-files-one-document."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.register import Register
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import register_rule


@register_rule("two-files-one-document", requirements=["4.3.2-e", "4.3.2-f"])
def check(register: Register, _on: date) -> Iterator[Flaw]:
    """Two files carry the same id, so that nobody can tell which one applies."""
    for id_ in sorted(register.lineages):
        first, *others = register.replay.versions.paths(id_) or [""]
        if others:
            yield Flaw(
                first,
                f"{id_} is in {len(others) + 1} files: {', '.join([first, *others])}",
                "Keep the one that was approved, and give the other an id of its own: sms new picks one.",
            )
