"""What missed its criterion goes live by a decision, not by default."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.new_services.projects import PLAN, live_days, undecided
from smsrepo.rules.rule import ERROR, Context, rule

_Case = tuple[object, object]


@rule(
    "failed-criterion-undecided",
    severity=ERROR,
    requirements=["5.4-s3"],
    reads=["test-record", "decision", "change", PLAN],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A test missed an acceptance criterion, and the service went live without a joint decision on it."""
    passed = _passed(repo)
    for test in repo.all("test-record"):
        executed = test.date("executed_on")
        live = next((day for day in live_days(repo, test) if executed is None or executed <= day), None)
        missed = [
            (index, case)
            for index, case in enumerate(test.entries("cases"))
            if case.get("result") == "failed" and case.get("criterion")
        ]
        if live is None or not missed:
            continue
        left = [found for found in missed if not _mended(passed, test, found[1], live)]
        problem = undecided(repo, test, live)
        if left and problem:
            index, case = left[0]
            yield test.flaw(
                f"/cases/{index}/result",
                f"`{case['criterion']}` was missed, the service went live on {live}, and {problem}",
                "Before it goes live the provider and the parties concerned decide together what is done and whether it"
                " does: sms new decision --set kind=criteria-not-met, named in `decision` of the test.",
            )


def _passed(repo: Repo) -> dict[_Case, list[tuple[date, Artefact]]]:
    """By set of criteria and criterion, the days on which a case was passed, each with its test."""
    found: dict[_Case, list[tuple[date, Artefact]]] = {}
    for test in repo.all("test-record"):
        if day := test.date("executed_on"):
            for case in test.entries("cases"):
                if case.get("result") == "passed" and case.get("criterion"):
                    found.setdefault((test.data.get("criteria"), case["criterion"]), []).append((day, test))
    return found


def _mended(
    passed: Mapping[_Case, list[tuple[date, Artefact]]], test: Artefact, case: Mapping[str, Any], live: date
) -> bool:
    """Whether the criterion was tried again and met before the service went live."""
    executed = test.date("executed_on")
    again = passed.get((test.data.get("criteria"), case["criterion"]), ()) if "criteria" in test.data else ()
    return any(
        one is not test and executed is not None and executed <= day <= live
        and (executed < day or one.data.get("repeats") == test.id)
        for day, one in again
    )  # fmt: skip
