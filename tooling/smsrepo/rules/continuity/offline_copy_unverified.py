"""What is needed when the building is closed lies somewhere else, and somebody has looked."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_ROWS = {"plans": "6.3.2-s4.1", "contact-lists": "6.3.2-s4.2", "configuration-data": "6.3.2-s4.3"}


@rule(
    "offline-copy-unverified",
    severity=ERROR,
    requirements=list(_ROWS.values()),
    reads=["backup-check", "plan-service-continuity", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """Plans, contacts or component data have no checked copy elsewhere, or a copy lies beside its original."""
    checks = list(repo.all("backup-check"))
    for record in checks:
        kept, original = (str(record.data.get(f, "")).strip().casefold() for f in ("kept_at", "original_at"))
        if kept and kept == original:
            yield record.flaw(
                "kept_at",
                "the copy is where the original is: what takes the one takes the other",
                "Keep a copy at another place, and check that one.",
            )
    interval = on.settings.interval("backup_check")
    dated = [(day, record) for record in checks if (day := record.date("checked_on")) and day <= on.as_of]
    recent = [(day, record) for day, record in dated if interval and interval.after(day) >= on.as_of]
    if not recent or not any(repo.issued("plan-service-continuity")):
        return  # no check at all is a matter of the planned interval
    found = {kind for _, record in recent if record.data.get("usable", True) for kind in record.ids("covers")}
    newest = max(recent, key=lambda one: (one[0], one[1].id))[1]
    for kind, row in _ROWS.items():
        if kind not in found:
            yield newest.flaw(
                "covers",
                f"no check since {min(day for day, _ in recent)} found a usable copy of the {kind.replace('-', ' ')}",
                "Open the copy that lies outside the normal places, and record it: sms new backup-check.",
                (row,),
            )
