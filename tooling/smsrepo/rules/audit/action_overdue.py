"""An action that nobody finishes is only an intention."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.model.words import count
from smsrepo.rules.rule import WARNING, Context, rule


@rule("action-overdue", severity=WARNING, requirements=["4.5.4.2-s9.1", "4.5.4.2-s9.2"], reads=["action"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """An action is open past its due day."""
    for action in repo.all("action", status="open"):
        due = action.date("due")
        if due and due < on.as_of:
            late = (on.as_of - due).days
            yield action.flaw(
                "due",
                f"{action.id} of `{action.data.get('owner', '?')}` is {count(late, 'day')} overdue",
                "Finish it, agree a new day with those who decided it, or cancel it with the reason.",
            )
