"""The analysis and the incident records tell the same story."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "security-analysis-miscounts",
    severity=ERROR,
    requirements=["6.6.3-s3.2"],
    reads=["security-incident-analysis", "incident"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An analysis of security incidents does not agree with the incident records of its period."""
    incidents = [(str(i.date("reported_at")), i.id) for i in repo.all("incident", security=True)]
    for analysis in repo.all("security-incident-analysis"):
        period = analysis.data.get("period", {})
        reported = {id_ for day, id_ in incidents if period.get("from", "") <= day <= period.get("to", "")}
        named = _named(analysis)
        if named != reported:
            yield analysis.flaw("incidents", f"{analysis.id} {_difference(named, reported)}", _HINT)
        elif analysis.data.get("number") not in (None, len(reported)):
            yield analysis.flaw(
                "number",
                f"{analysis.id} counts {analysis.data['number']}, the incident records show {len(reported)}",
                _HINT,
            )


_HINT = "Compare the incident records that carry the security mark and were reported in the period."


def _named(analysis: Artefact) -> set[str]:
    entries = analysis.data.get("incidents", ())
    return {entry.get("incident", "") for entry in entries} if isinstance(entries, list) else set()


def _difference(named: set[str], reported: set[str]) -> str:
    parts = []
    if missing := sorted(reported - named):
        parts.append(f"leaves out {', '.join(missing)}")
    if foreign := sorted(named - reported):
        parts.append(f"names {', '.join(foreign)}: no security incident reported in its period")
    return " and ".join(parts)
