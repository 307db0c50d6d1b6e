"""Looking back is worth what is written down of it."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.model.words import count
from smsrepo.rules.rule import WARNING, Context, rule

_LEAST = 5
_VERDICTS = {
    "supplier-review": (
        ("obligations", "causes", "improvements", "contract_verdict"),
        ("7.2-s8.1", "7.2-s8.2"),
    ),
    "change-review": (("objectives_met", "side_effects", "customer_view", "cause"), ("9.2-s20.1",)),
    "release-review": (("measured", "customer_impact", "conclusions", "cause"), ("9.3-s16", "9.3-s18")),
    "major-incident-review": (("criterion", "told", "went_well", "went_badly", "cause"), ("8.1-s14",)),
    "design-review": (("reason", "removal_contents"), ("5.1-s5.1", "5.1-s6")),
    "plan-test": (("scenario", "objectives", "review"), ("6.3.3-s7.1",)),
}
"""The fields that carry a judgement, and the rows that rest on it."""


@rule(
    "review-verdict-hollow",
    severity=WARNING,
    requirements=list(dict.fromkeys(row for _, rows in _VERDICTS.values() for row in rows)),
    reads=list(_VERDICTS),
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A review of a supplier, change, release, major incident, design or plan gives a verdict of hardly a word."""
    for type_name, (fields, rows) in _VERDICTS.items():
        for review in repo.all(type_name):
            for field in fields:
                text = review.data.get(field)
                words = len(text.split()) if isinstance(text, str) else _LEAST
                if words < _LEAST:
                    said = f"`{field}` has {count(words, 'word')}; a judgement takes at least {_LEAST}"
                    hint = "Write what was found and how it was seen; where there is nothing, `none` with the reason."
                    yield review.flaw(field, said, hint, rows)
