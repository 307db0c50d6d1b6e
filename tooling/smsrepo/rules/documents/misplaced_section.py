"""Sections stand in the order readers and auditors know."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule("misplaced-section", severity=WARNING, requirements=["4.3.2-f"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A required section stands in another place than its type says."""
    for document in repo.artefacts:
        expected = {section.id: number for number, section in enumerate(document.type.sections)}
        furthest, title = -1, ""
        for heading in document.headings:
            number = expected.get(heading.anchor)
            if number is None:
                continue
            if number < furthest:
                message = f"the section “{heading.title}” belongs before “{title}”"
                hint = "Move the section; its text may stay as it is."
                yield document.flaw_at(heading.line, 1, message, hint)
            else:
                furthest, title = number, heading.title
