"""Records kept outside go like those inside: after their time, authorised by whom the retention schedule names."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "outside-disposal-irregular",
    severity=ERROR,
    requirements=["4.3.3-s2.7"],
    reads=["disposal", "control", "assignments", "people"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """Records kept outside were removed too early, or without the authority that the retention schedule names."""
    for disposal in repo.all("disposal"):
        for number, lot in enumerate(disposal.data.get("outside_removed", ())):
            yield from _lot(disposal, lot, f"outside_removed/{number}", on)


def _lot(disposal: Artefact, lot: dict[str, Any], at: str, on: Context) -> Iterator[Flaw]:
    kept = on.settings.retention(lot["type"])
    if kept is None:
        hint = "Name the type of record whose class in sms/control.yml applies to them."
        yield disposal.flaw(f"{at}/type", f"no class of the retention schedule holds `{lot['type']}`", hint)
        return
    due = kept.period.after(date.fromisoformat(lot["to"]))
    if date.fromisoformat(lot["due"]) < due:
        message = f"kept for {kept.period.words} from {lot['to']}, they may go on {due}, not on {lot['due']}"
        yield disposal.flaw(
            f"{at}/due", message, "Count the retention period from the latest day they are about."
        )
    for earlier, later in (("due", "removed_on"), ("authorised_on", "removed_on")):
        if lot[later] < lot[earlier]:
            message = f"they were removed on {lot[later]}, before `{earlier}` ({lot[earlier]})"
            yield disposal.flaw(f"{at}/{later}", message, "Correct the date, or raise a nonconformity.")
    day = date.fromisoformat(lot["authorised_on"])
    roles = on.settings.roles_of(lot["authorised_by"], day, day)
    if lot["authorised_by"] == disposal.data.get("recorded_by"):
        message = f"{lot['authorised_by']} recorded the disposal and authorised it"
        yield disposal.flaw(f"{at}/authorised_by", message, "Somebody else authorises it.")
    elif not set(roles) & set(kept.disposal_approvers):
        message = f"{lot['authorised_by']} was none of: {', '.join(kept.disposal_approvers)}"
        yield disposal.flaw(f"{at}/authorised_by", message, "sms/control.yml names the roles of each class.")
