"""What is installed again comes from a place that nobody can tamper with."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_HELD = ("software", "documentation", "hardware_images", "settings")


@rule(
    "component-without-master",
    severity=ERROR,
    requirements=["9.1-s12", "9.1-s13.3"],
    reads=["component", "library"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A live component says that it has a master copy, and no library in use lists anything of it."""
    kept = {
        item.get("component")
        for library in repo.all("library")
        if library.active
        for field in _HELD
        if isinstance(library.data.get(field), list)
        for item in library.data[field]
        if isinstance(item, dict)
    }
    for component in repo.all("component"):
        if (
            component.active
            and isinstance(component.data.get("master_copy"), str)
            and component.id not in kept
        ):
            yield component.flaw(
                "master_copy",
                f"{component.id} has a master copy, but no library in use lists it",
                "Add it to the entry of the library where it lies, or say in `master_copy` why there is none.",
            )
