"""A name that everybody can read: what, and when."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("release-misnamed", severity=ERROR, requirements=["9.3-s1.2"], reads=["release"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The name of a release does not fit its series, month or kind, or is used twice."""
    first: dict[str, str] = {}
    for release in sorted(repo.all("release"), key=lambda release: release.id):
        name = release.data.get("name")
        if not isinstance(name, str):
            continue
        problem = _problem(release, name)
        if name in first:
            problem = f"is the name of {first[name]} already"
        first.setdefault(name, release.id)
        if problem:
            hint = "Name it by the release policy: series, year and month; -E and a number for an emergency only."
            yield release.flaw("name", f"`{name}` {problem}", hint)


def _problem(release: Artefact, name: str) -> str:
    series, _, month = name.rpartition(" ")
    planned = release.date("deployed_on") or release.date("planned_for")
    if series != release.data.get("series", series):
        return f"does not begin with the series `{release.data['series']}`"
    if planned and not month.startswith(f"{planned:%Y-%m}"):
        return f"names another month than {planned:%Y-%m}, in which the release falls"
    if ("-E" in month) != (release.data.get("kind", "") == "emergency") and "kind" in release.data:
        return (
            "has the mark of an emergency" if "-E" in month else "lacks the mark of an emergency, such as -E1"
        )
    return ""
