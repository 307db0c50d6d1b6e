"""An answer that says nothing informs nobody."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_SHORT = 3
_STOCK = frozenset({"not applicable", "not relevant", "does not apply", "to be defined", "not known"})


@rule(
    "change-assessment-hollow",
    severity=ERROR,
    requirements=[
        "9.2-s12", "9.2-s14.1", "9.2-s14.2", "9.2-s14.3", "9.2-s14.4", "9.2-s14.5", "9.2-s14.6",
    ],
    reads=["change"],
)  # fmt: skip
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A decided change answers dimensions of its assessment with a bare "none", or most with next to nothing."""
    for change in repo.all("change"):
        answers = change.data.get("assessments")
        if "decision" not in change.data or not isinstance(answers, dict):
            continue
        words = {name: str(answer).lower().strip(" .!").split() for name, answer in answers.items()}
        bare = [name for name, said in words.items() if len(said) < 2 or " ".join(said) in _STOCK]
        short = [name for name, said in words.items() if len(said) < _SHORT]
        if bare:
            problem = f"answers {_names(bare)} in a bare word, without a reason"
        elif len(short) * 2 > len(words):
            problem = f"says next to nothing about {_names(short)}"
        else:
            continue
        yield change.flaw(
            f"/assessments/{(bare or short)[0]}",
            f"the assessment on which {change.id} was decided {problem}",
            "Say what was looked at and why nothing changes: No effect; the disks stay in the same rack.",
        )


def _names(dimensions: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in dimensions)
