"""The policy binds staff, customers and suppliers; so each of them has received it."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_SIDES = {"customer": "customers", "supplier": "suppliers"}


@rule(
    "security-policy-untold",
    severity=ERROR,
    requirements=["6.6.1-a"],
    reads=["policy-information-security", "communication", "customer", "supplier", "control", "organisation"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """Staff, a customer or a supplier never received the information security policy in force."""
    grace = on.settings.interval("document_announcement")
    for policy in repo.issued("policy-information-security"):
        since = policy.date("effective_from") or on.settings.operating_since
        if since is None or grace is None or on.as_of <= grace.after(since):
            continue
        sent = [com for com in repo.all("communication") if _announces(com, policy)]
        untold = [] if any("all-staff" in com.ids("audience") for com in sent) else ["staff"]
        told = {id_ for com in sent for id_ in com.ids("recipients")}
        for type_, audience in _SIDES.items():
            everyone = any(audience in com.ids("audience") and not com.ids("recipients") for com in sent)
            if not everyone:
                untold += [p.id for p in repo.issued(type_) if p.active and p.id not in told]
        if untold:
            yield policy.flaw(
                "revision",
                f"no communication shows that {policy.id} reached {', '.join(untold)}",
                "Send it with the reason why it matters, and record that with `announces`: sms new communication.",
            )


def _announces(message: Artefact, policy: Artefact) -> bool:
    """Whether a message made this major revision known; a minor one mends words."""
    major = str(policy.data.get("revision", "")).partition(".")[0]
    return any(named.startswith(f"{policy.id}@{major}.") for named in message.ids("announces"))
