"""review-overdue."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.register import Register
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import register_rule


@register_rule("review-overdue", requirements=["4.3.2-c"])
def check(register: Register, on: date) -> Iterator[Flaw]:
    """The review of a document in force is overdue, and the time of grace is over."""
    grace = register.settings.interval("document_review_grace")
    for standing in register.documents(on):
        due, revision = standing.next_review, standing.in_force
        if due is None or revision is None or (grace.after(due) if grace else due) >= on:
            continue
        version = revision.version
        yield Flaw(
            version.path,
            f"{version.id} {version.revision} was to be reviewed by {due}",
            f"Read it against practice. If it still holds: sms review {version.id}. If not, issue a new revision.",
        )
