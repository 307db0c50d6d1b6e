"""The forges we know, by name."""

from collections.abc import Callable, Mapping

from smsrepo.errors import UserError
from smsrepo.forge.forge import Forge


def connect(name: str, env: Mapping[str, str]) -> Forge:
    """The forge of a name, set up from environment variables; no request is made yet.

    github: GITHUB_TOKEN, GITHUB_REPOSITORY ("owner/name") and, for a server of one's own, GITHUB_API_URL and
    GITHUB_GRAPHQL_URL, as GitHub Actions sets them. Raises UserError for an unknown name, a variable that is
    missing or one that makes no sense.
    """
    if name not in _FORGES:
        raise UserError(f"there is no forge `{name}`", f"Known are: {', '.join(sorted(_FORGES))}.")
    return _FORGES[name](env)


def _github(env: Mapping[str, str]) -> Forge:
    from smsrepo.forge.github import from_environment

    return from_environment(env)


_FORGES: dict[str, Callable[[Mapping[str, str]], Forge]] = {"github": _github}
