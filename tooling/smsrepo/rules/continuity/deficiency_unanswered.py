"""What did not work is put right."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import pointed
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import can_answer

_DAYS = {"plan-test": "held_on", "continuity-invocation": "invoked_at", "backup-check": "checked_on"}


@rule(
    "deficiency-unanswered",
    severity=ERROR,
    requirements=["6.3.3-s8.1"],
    reads=[*_DAYS, "action", "nonconformity", "change", "improvement"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A test, an invocation or a check found something wrong, and nothing answers it."""
    for type_name, field in _DAYS.items():
        for record in repo.all(type_name):
            yield from _missed(record)
            for pointer, deficiency in pointed(record, "deficiencies"):
                answer = repo.find(deficiency.get("answer", ""))
                if answer and not can_answer(answer, record.date(field)):
                    yield record.flaw(
                        f"{pointer}/answer",
                        f"{answer.id} was given up, or was done before {record.date(field)}",
                        "Decide what is done now: sms new action.",
                    )


def _missed(record: Artefact) -> Iterator[Flaw]:
    """A need that was missed while the record says that there was no deficiency."""
    if not isinstance(record.data.get("deficiencies"), dict):
        return
    missed = [
        f"{pointer}/met" for pointer, result in pointed(record, "results") if result.get("met") is False
    ]
    if record.data.get("usable") is False:
        missed.append("/usable")
    if missed:
        yield record.flaw(
            missed[0],
            f"{record.id} misses what was expected here and names no deficiency",
            "Name it under `deficiencies` with the action that answers it.",
        )
