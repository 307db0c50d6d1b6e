"""What has happened is corrected; only what has not happened can be prevented."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "preventive-action-after-nonconformity",
    severity=WARNING,
    requirements=["4.5.5.1-s7"],
    reads=["action", "nonconformity"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An action is called preventive, and all it comes from are nonconformities."""
    for action in repo.all("action", kind="preventive"):
        sources = [source for id_ in action.ids("source") if (source := repo.find(id_))]
        if sources and all(source.type.name == "nonconformity" for source in sources):
            yield action.flaw(
                "kind",
                f"{action.id} answers {', '.join(source.id for source in sources)}: that is corrective action",
                "Call it corrective. If it prevents something else, name the risk, trend or test that shows it.",
            )
