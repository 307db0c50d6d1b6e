"""Who shall put something right has to hear of it."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("nonconformity-owner-untold", severity=ERROR, requirements=["4.5.4.2-s8.1"], reads=["nonconformity"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The role that answers for a nonconformity is not among those that were told of it."""
    for nonconformity in repo.all("nonconformity"):
        role = nonconformity.data.get("responsible")
        if role and role not in nonconformity.ids("communicated_to"):
            yield nonconformity.flaw(
                "communicated_to",
                f"`{role}` answers for {nonconformity.id} and is not among those told",
                "Tell the holder of the role and add it.",
            )
