"""How far requirements are met, as a bar and as a legend."""

from collections import Counter
from collections.abc import Iterable

from smsrepo.conformity.coverage import Covered, State
from smsrepo.site.text.charts import bar
from smsrepo.site.text.markup import badge, words

TONES = {
    State.MET: "good",
    State.JUDGEMENT: "good",
    State.DOCUMENTED: "wait",
    State.PARTIAL: "part",
    State.GAP: "bad",
}
BEST_FIRST = (State.MET, State.JUDGEMENT, State.DOCUMENTED, State.PARTIAL, State.GAP)
_STYLES = {
    State.MET: "met",
    State.JUDGEMENT: "judgement",
    State.DOCUMENTED: "documented",
    State.PARTIAL: "partial",
    State.GAP: "gap",
}


def coverage_bar(rows: Iterable[Covered]) -> str:
    """A bar of the states with its figures in words."""
    counts = Counter(row.state for row in rows)
    said = ", ".join(f"{counts[state]} {state}" for state in BEST_FIRST)
    return bar({_STYLES[state]: counts[state] for state in BEST_FIRST}, f"Requirements: {said}")


def legend(rows: Iterable[Covered]) -> str:
    """The states with their numbers."""
    counts = Counter(row.state for row in rows)
    said = (f"<span>{badge(words(state), TONES[state])} {counts[state]}</span>" for state in BEST_FIRST)
    return f'<p class="sms-legend">{" ".join(said)}</p>'
