"""A review looks at what is new since the last one."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.management_review.history import evidence, successive
from smsrepo.rules.rule import WARNING, Context, rule


@rule("review-input-stale", severity=WARNING, requirements=["4.5.4.3-s3"], reads=["management-review"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """All evidence of an input is older than the previous management review."""
    for previous, review in successive(repo):
        since, until = previous.date("held_on"), review.date("held_on")
        for name in review.data.get("inputs", {}):
            found = [repo.find(id_) for id_ in evidence(review, name)]
            records = [record for record in found if record and record.type.is_record]
            undated = not records or len(records) < len(found)
            if not since or not until or undated or name == "previous_reviews":
                continue
            newest = max(_last_news(record, until) for record in records)
            if newest < since:
                yield review.flaw(
                    f"/inputs/{name}/evidence",
                    f"the evidence ends on {newest}; {previous.id} on {since} had all of it",
                    "Name what is new since then, or write `none` with the reason.",
                )


def _last_news(record: Artefact, until: date) -> date:
    """The last day on which something happened to a record; days after the review do not count."""
    return max((day for name in record.data if (day := record.date(name)) and day <= until), default=until)
