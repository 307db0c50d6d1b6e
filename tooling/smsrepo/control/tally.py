"""How many documents stand where: one counting for the terminal, the proof and the site."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from smsrepo.control.register import Register, State, state_of

SAID: dict[str, str] = {
    State.EFFECTIVE: "in force",
    State.APPROVED: "approved for later",
    State.REVOKED: "with its approval taken back",
}
"""States of which people use another word."""


class Tally(NamedTuple):
    """`states` counts documents by the state of the revision that describes them: the one in force, or else the
    newest. `newer` counts, by their state, the newest revisions of documents of which an earlier one is in force.
    """

    states: Counter[str]
    newer: Counter[str]

    @property
    def total(self) -> int:
        """All documents."""
        return self.states.total()

    def number(self, state: str) -> int:
        """In how many documents a revision is in a state, also beside one in force."""
        return self.states[state] + self.newer[state]


def tally(register: Register, on: date) -> Tally:
    """Where all documents stand on a day."""
    return tally_of(
        (
            standing.state,
            state_of(register.lineages[standing.id], standing.newer, on) if standing.newer else "",
        )
        for standing in register.documents(on)
    )


def tally_of(documents: Iterable[tuple[str, str]]) -> Tally:
    """From each document's state and that of its newer revision, "" where there is none."""
    pairs = list(documents)
    return Tally(Counter(state for state, _ in pairs), Counter(newer for _, newer in pairs if newer))
