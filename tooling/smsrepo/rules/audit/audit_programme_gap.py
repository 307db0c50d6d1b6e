"""Over the cycle nothing is left out, by plan."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

LEDGER = "sms/requirements/iso-20000-1-2011.yml"


@rule(
    "audit-programme-gap",
    severity=ERROR,
    requirements=["4.5.4.2-s3", "4.5.4.2-a", "4.5.4.2-s5.2", "6.6.1-e"],
    reads=["audit-programme", "requirements"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An audit programme leaves out a clause or a process over its whole cycle."""
    clauses = list(dict.fromkeys(row["clause"] for row in repo.setting(LEDGER).get("rows", ())))
    processes = [
        process.id for name in repo.types if name.startswith("process-") for process in repo.issued(name)
    ]
    for programme in repo.issued("audit-programme"):
        years = programme.data.get("cycle", ())
        planned = {part for year in years for part in year.get("clauses", ())}
        seen = {process for year in years for process in year.get("processes", ())}
        gaps = [
            clause for clause in clauses if not any(f"{clause}.".startswith(f"{part}.") for part in planned)
        ]
        gaps += sorted(process for process in processes if process not in seen)
        if gaps:
            yield programme.flaw(
                "cycle",
                f"no year covers {', '.join(gaps)}",
                "Put them into a year of the cycle, by their status and importance.",
            )
