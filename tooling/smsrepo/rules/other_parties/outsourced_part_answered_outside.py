"""Accountability stays inside."""

from collections.abc import Iterator

from smsrepo.control.settings import PEOPLE
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "outsourced-part-answered-outside",
    severity=ERROR,
    requirements=["4.2-a"],
    reads=["other-party-process", "people", "assignments"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """The role that answers for a part run by others is held by nobody, or by somebody from outside."""
    external = {
        one["id"] for one in repo.setting(PEOPLE).get("people", ()) if one.get("organisation") == "external"
    }
    for entry in repo.issued("other-party-process"):
        parts = entry.data.get("parts")
        for number, part in enumerate(parts if isinstance(parts, list) else ()):
            role = str(part.get("accountable", ""))
            holders = on.settings.holders(role, on.as_of)
            if role and not any(person.id not in external for person in holders):
                names = ", ".join(person.name for person in holders)
                yield entry.flaw(
                    f"/parts/{number}/accountable",
                    f"`{role}` is held by {names}, from outside" if names else f"nobody holds `{role}`",
                    "Assign the role to somebody of this organisation, or name another role.",
                )
