"""The register and the page show the same title."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("title-differs", severity=ERROR, requirements=["4.3.2-f"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The first heading is not the title in the header."""
    for document in repo.artefacts:
        title = document.data.get("title")
        if document.type.kind != "document" or not isinstance(title, str):
            continue
        first = document.headings[0] if document.headings else None
        if first is None or first.level != 1:
            message = "the text does not start with the title as its heading"
            yield document.flaw("title", message, f"Start the text with `# {title}`.")
        elif first.title != title:
            message = f"the heading says “{first.title}”, the header says “{title}”"
            yield document.flaw_at(first.line, 1, message, "Give both the same words.")
