"""Each content item that the standard asks of a document has a section of its own."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("missing-section", severity=ERROR)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A document lacks a section that its type requires."""
    for document in repo.artefacts:
        lines = {heading.anchor: heading.line for heading in document.headings}
        line = document.headings[0].line if document.headings else 1
        for section in document.type.sections:
            if section.id in lines:
                line = lines[section.id]
            elif document.status != "obsolete":
                message = f"the section “{section.title}” is missing"
                hint = f"Add `## {section.title}`. {section.help}"
                yield document.flaw_at(line, 1, message, hint, section.requirements)
