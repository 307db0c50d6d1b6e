"""A test counts for the plan and the services it was about."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import PLAN_FIELDS, pointed
from smsrepo.rules.rule import ERROR, Context, rule

_TYPES = {"continuity": "plan-service-continuity", "availability": "plan-availability"}


@rule(
    "plan-test-of-other-plan",
    severity=ERROR,
    requirements=["6.3.3-s3", "6.3.3-s4"],
    reads=["plan-test", "continuity-requirement", *_TYPES.values()],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A test names a plan that does not fit its topic or its needs, or results for a need it was not about."""
    for test in repo.all("plan-test"):
        plan = repo.find(test.data.get("plan", ""))
        expected = _TYPES.get(test.data.get("topic", ""))
        if plan and expected and plan.type.name != expected:
            yield test.flaw(
                "plan",
                f"the topic is {test.data['topic']}, and {plan.id} is a {plan.type.title.lower()}",
                "Name the plan that was tested, or correct the topic.",
            )
        elif plan:
            yield from _needs(repo, test, plan)
        yield from _results(test)


def _needs(repo: Repo, test: Artefact, plan: Artefact) -> Iterator[Flaw]:
    for index, id_ in enumerate(test.ids("requirements")):
        need = repo.find(id_)
        if need and plan.id not in {need.data.get(field, plan.id) for field in PLAN_FIELDS}:
            yield test.flaw(
                f"/requirements/{index}",
                f"the service of {id_} is covered by other plans than {plan.id}",
                "Name the entries whose plan was tested.",
            )


def _results(test: Artefact) -> Iterator[Flaw]:
    about = test.ids("requirements")
    for pointer, result in pointed(test, "results"):
        if result.get("requirement", "") not in about:
            yield test.flaw(
                f"{pointer}/requirement",
                f"{result.get('requirement')} is not among the `requirements` of the test",
                "Add it there, or correct the id.",
            )
