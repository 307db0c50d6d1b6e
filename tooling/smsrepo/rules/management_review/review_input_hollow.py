"""A review leaves what was said, not that something was said."""

from collections.abc import Iterator, Mapping
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.model.words import count
from smsrepo.rules.rule import WARNING, Context, rule

_VERDICTS = ("policy_verdict", "objectives_verdict", "opportunities")
_TALKED = ("performance", "workload", "agreements_verdict", "business_changes", "proposals", "complaints")
_MANAGEMENT, _SERVICE, _NONE = 8, 5, 4  # words below which nothing can have been said


@rule(
    "review-input-hollow",
    severity=WARNING,
    requirements=[*(f"4.5.4.3-{letter}" for letter in "abcdefghij"), "7.1-s6"],
    reads=["management-review", "service-review"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An input, verdict or decision of a management review or a point of a service review says next to nothing."""
    for review in repo.all("management-review"):
        yield from _hollow(review, "/inputs", review.data.get("inputs", {}), _MANAGEMENT)
        yield from _hollow(review, "", {name: review.data.get(name) for name in _VERDICTS}, _MANAGEMENT)
        yield from _hollow(review, "/decisions", review.data.get("decisions", {}), _MANAGEMENT)
    for review in repo.all("service-review"):
        yield from _hollow(review, "", {name: review.data.get(name) for name in _TALKED}, _SERVICE)


def _hollow(review: Artefact, where: str, said: Mapping[str, Any], least: int) -> Iterator[Flaw]:
    for name, value in said.items():
        key, text = ("", value) if isinstance(value, str) else _inner(value)
        needed = _NONE if key == "none" else least
        words = len(str(text).split())
        if text is not None and words < needed:
            yield review.flaw(
                f"{where}/{name}/{key}" if key else f"{where}/{name}",
                f"{count(words, 'word')} of at least {needed}: nobody can see what {review.id} was told or found",
                "Write what was said: figures, names, what follows from them.",
            )


def _inner(value: object) -> tuple[str, object]:
    """The text of an input, or the reason why there is none."""
    if not isinstance(value, Mapping):
        return "", None
    return next(((key, value[key]) for key in ("text", "none") if key in value), ("", None))
