"""A survey speaks for all users when all groups of users were asked."""

from collections.abc import Iterator
from math import ceil
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "survey-sample-lopsided",
    severity=ERROR,
    requirements=["7.1-s13.2"],
    reads=["survey-result", "survey-design", "customer"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A survey left out a group of users, or asked fewer of them than its design wants."""
    for survey in repo.all("survey-result"):
        design = repo.find(survey.data.get("design", ""))
        asked = [group for group in survey.data.get("groups", ()) if isinstance(group, dict)]
        yield from _left_out(repo, survey, asked)
        if design and design.type.name == "survey-design":
            yield from _too_few(survey, design)


def _left_out(repo: Repo, survey: Artefact, asked: list[dict[str, Any]]) -> Iterator[Flaw]:
    have = {(group.get("customer"), group.get("group")) for group in asked}
    for number, id_ in enumerate(survey.ids("customers")):
        customer = repo.find(id_)
        groups = customer.data.get("user_groups", ()) if customer else ()
        since = customer.date("effective_from") if customer else None
        finished = survey.date("finished_on")
        if since and finished and since > finished:
            continue  # the groups as they are today are younger than the survey
        missing = [group["name"] for group in groups if (id_, group.get("name")) not in have]
        if missing:
            yield survey.flaw(
                f"/customers/{number}",
                f"nobody was asked in these groups of users of {id_}: {', '.join(missing)}",
                "Ask them as well, or name the group under `groups` exactly as in the customer's entry.",
            )


def _too_few(survey: Artefact, design: Artefact) -> Iterator[Flaw]:
    share, enough = design.data.get("share_asked"), design.data.get("enough_asked")
    if not isinstance(share, int | float) or not isinstance(enough, int):
        return
    for number, group in enumerate(survey.data.get("groups", ())):
        wanted = min(ceil(group.get("size", 0) * share / 100), enough)
        if group.get("asked", wanted) < wanted:
            yield survey.flaw(
                f"/groups/{number}/asked",
                f"{group['asked']} of {group.get('size')} were asked, {design.id} wants {wanted}",
                "Ask more of them before the survey is analysed.",
            )
